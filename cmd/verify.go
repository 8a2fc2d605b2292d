package cmd

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"biaochi/config"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/disclosure"
	"biaochi/service/publication"
	"biaochi/web"
)

// Bounds of what is fetched: a site that sends without end must not hold the program.
const (
	maxFetch     = 256 << 20
	fetchTimeout = 2 * time.Minute
)

func (a *app) verifyCommand() *cobra.Command {
	var release string
	c := &cobra.Command{
		Use:   "verify [--release 公开数据包] [文件或网址…]",
		Short: "核对公开文档：由公开数据包重新生成文档和表格并比对；不给文件时核对数据库中全部公开版本",
		Args:  cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.withStore(c, a.verifyStore)
			}
			return a.verifyAll(c.Context(), args, release)
		},
	}
	c.Flags().StringVar(&release, "release", "", "公开数据包的文件或网址（默认取文件旁边或“"+publication.ProofFolder+"”目录中的“"+disclosure.ReleaseFile+"”）")
	return c
}

func (a *app) verifyStore(ctx context.Context, _ config.Config, s *store.Store) error {
	proof, err := publication.NewService(s, web.Stylesheet()).ProveAll(ctx)
	if err != nil {
		return err
	}
	return a.tell(proof)
}

// verifyAll proves one thing after the other; the answer is yes where all hold.
func (a *app) verifyAll(ctx context.Context, args []string, release string) error {
	var failed error
	for _, arg := range args {
		proof, err := a.verify(ctx, arg, release)
		if err != nil {
			return err
		}
		if err := a.tell(proof); err != nil {
			failed = err
		}
	}
	return failed
}

func (a *app) verify(ctx context.Context, what, release string) (*publication.Proof, error) {
	content, header, err := fetch(ctx, what)
	if err != nil {
		return nil, err
	}
	if _, err := disclosure.DecodeRelease(content); err == nil {
		proof, _, err := publication.Prove(content, web.Stylesheet())
		return proof, err
	}
	page := release == "" && isURL(what) && header.Get("Link") != ""
	if release == "" {
		if release, err = releaseBeside(what, header); err != nil {
			return nil, err
		}
	}
	raw, _, err := fetch(ctx, release)
	if err != nil {
		return nil, fmt.Errorf("找不到与 %s 对应的公开数据包，可用 --release 指明：%w", what, err)
	}
	proof, bundle, err := publication.Prove(raw, web.Stylesheet())
	if err != nil {
		return nil, err
	}
	if page {
		return proof, verifySite(ctx, proof, bundle, release)
	}
	return proof, proof.File(bundle, filepath.Base(what), content)
}

// verifySite holds every file that a site offers against the one that the bundle
// gives.
func verifySite(ctx context.Context, proof *publication.Proof, bundle *disclosure.Bundle, release string) error {
	files, err := publication.Rebuild(bundle, proof.Stamp, web.Stylesheet())
	if err != nil {
		return err
	}
	for _, f := range files {
		content, _, err := fetch(ctx, strings.Replace(release, url.PathEscape(disclosure.ReleaseFile), url.PathEscape(f.Name), 1))
		if err != nil {
			return err
		}
		if err := proof.File(bundle, f.Name, content); err != nil {
			return err
		}
	}
	return nil
}

var describedBy = regexp.MustCompile(`<([^>]+)>\s*;\s*rel="?describedby"?`)

// releaseBeside is where the release of a file or page is looked for.
func releaseBeside(what string, header http.Header) (string, error) {
	if !isURL(what) {
		beside := filepath.Join(filepath.Dir(what), disclosure.ReleaseFile)
		if _, err := os.Stat(beside); err != nil { // as assembled
			beside = filepath.Join(filepath.Dir(what), publication.ProofFolder, disclosure.ReleaseFile)
		}
		return beside, nil
	}
	base, err := url.Parse(what)
	if err != nil {
		return "", err
	}
	if link := describedBy.FindStringSubmatch(header.Get("Link")); link != nil {
		there, err := base.Parse(link[1])
		if err != nil {
			return "", err
		}
		return there.String(), nil
	}
	there, err := base.Parse(url.PathEscape(disclosure.ReleaseFile))
	if err != nil {
		return "", err
	}
	there.RawQuery = base.RawQuery
	return there.String(), nil
}

func isURL(what string) bool {
	return strings.HasPrefix(what, "http://") || strings.HasPrefix(what, "https://")
}

// fetch reads a file or an address; header is empty for a file.
func fetch(ctx context.Context, what string) ([]byte, http.Header, error) {
	if !isURL(what) {
		content, err := os.ReadFile(what)
		return content, http.Header{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, what, nil)
	if err != nil {
		return nil, nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("%s 答复 %s", what, response.Status)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxFetch+1))
	if len(content) > maxFetch {
		return nil, nil, model.Fail(model.Invalid, "verify.tooLarge", "%s 超过 %d MB，不像是公开文档", what, maxFetch>>20)
	}
	return content, response.Header, err
}

// tell prints a proof, a line a comparison, and the verdict.
func (a *app) tell(p *publication.Proof) error {
	fmt.Fprintln(a.stdout, p.Title)
	for _, step := range p.Steps {
		sign := "✓"
		if !step.OK {
			sign = "✕"
		}
		fmt.Fprintf(a.stdout, "  %s %s\n", sign, step.What)
	}
	switch {
	case !p.OK():
		fmt.Fprintln(a.stdout, "结论：不一致")
		return errFailed
	case p.Draft:
		fmt.Fprintln(a.stdout, "结论：与数据包一致，但这是未公开的草案")
		return errFailed
	}
	fmt.Fprintln(a.stdout, "结论：一致")
	return nil
}
