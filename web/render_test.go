package web_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/web"
)

var (
	update  = flag.Bool("update", false, "write golden files anew")
	samples = flag.String("samples", "", "a folder to write the sample pages to, to look at")
)

var samplePages = []struct {
	name string
	page string
	view func() any
}{
	{"home", web.PageHome, func() any { return homePage() }},
	{"home-empty", web.PageHome, func() any {
		return web.Home{Frame: web.Frame{Title: "单位与年度"}, ImportCommand: `biaochi import --approved --reason "演示数据" scripts/demo/hr-2023.json`}
	}},
	{"unit", web.PageUnit, func() any { return unitPage() }},
	{"unit-empty", web.PageUnit, func() any { return web.Unit{Frame: frame("2024年 示例", "示例", "2024年"), Head: sampleHead} }},
	{"table", web.PageTable, func() any { return tablePage() }},
	{"table-empty", web.PageTable, func() any { return emptyTablePage() }},
	{"lineage", web.PageLineage, func() any { return lineagePage() }},
	{"lineage-empty", web.PageLineage, func() any {
		page := lineagePage()
		page.Facts, page.Count, page.Exact, page.Shown = nil, 0, "0.00", ""
		return page
	}},
	{"findings", web.PageFindings, func() any { return findingsPage() }},
	{"findings-empty", web.PageFindings, func() any { return web.Findings{Frame: frame("检查结果", "检查结果"), Head: sampleHead} }},
	{"error", web.PageError, func() any { return errorPage() }},
	{"large", web.PageUnit, func() any {
		page := unitPage()
		page.LargeText, page.TextSwitch.Text = true, "标准字号"
		return page
	}},
}

func rendered(t *testing.T, page string, view any) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := web.Render(&out, page, view); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// stylesheetVersion changes with every touch of the stylesheet; golden pages
// don't.
var stylesheetVersion = regexp.MustCompile(`\?v=[0-9a-f]+`)

func TestGolden(t *testing.T) {
	for _, s := range samplePages {
		t.Run(s.name, func(t *testing.T) {
			got := rendered(t, s.page, s.view())
			writeSample(t, s.name, got)
			got = stylesheetVersion.ReplaceAll(got, nil)
			golden := filepath.Join("testdata", s.name+".html")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from %s; look at it, then run with -update", s.name, golden)
			}
		})
	}
}

// writeSample puts a page where a browser finds it, with the stylesheet inside.
func writeSample(t *testing.T, name string, page []byte) {
	if *samples == "" {
		return
	}
	link := regexp.MustCompile(`<link rel="stylesheet"[^>]*>`)
	page = link.ReplaceAllLiteral(page, []byte("<style>"+web.Stylesheet()+"</style>"))
	if err := os.WriteFile(filepath.Join(*samples, name+".html"), page, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestNoScript finds a script that a name or an address could have brought in.
func TestNoScript(t *testing.T) {
	for _, s := range samplePages {
		page := strings.ToLower(string(rendered(t, s.page, s.view())))
		for _, bad := range []string{"<script", "javascript:", "onclick", "onload"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s contains %q", s.name, bad)
			}
		}
	}
}

// TestEveryPageIsFramed checks what a reader without eyes or mouse needs.
func TestEveryPageIsFramed(t *testing.T) {
	for _, s := range samplePages {
		page := string(rendered(t, s.page, s.view()))
		for _, want := range []string{`lang="zh-CN"`, `class="skip" href="#content"`, `id="content"`, "<title>", `<h1>`} {
			if strings.Count(page, want) != 1 {
				t.Errorf("%s has %q %d times", s.name, want, strings.Count(page, want))
			}
		}
		uniqueIDs(t, s.name, page)
	}
}

var idAttribute = regexp.MustCompile(` id="([^"]*)"`)

func uniqueIDs(t *testing.T, name, page string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range idAttribute.FindAllStringSubmatch(page, -1) {
		if seen[m[1]] {
			t.Errorf("%s: the id %q is there twice", name, m[1])
		}
		seen[m[1]] = true
	}
}

// TestRenderWritesAllOrNothing, so that an error page can take the place.
func TestRenderWritesAllOrNothing(t *testing.T) {
	failure := errors.New("读不出来")
	broken := tablePage()
	broken.Sheet.Rows = func(yield func(render.Row, error) bool) { yield(render.Row{}, failure) }
	for name, c := range map[string]struct {
		page string
		view any
		want error
	}{
		"unknown page": {"nowhere", homePage(), nil},
		"other view":   {web.PageLineage, homePage(), nil},
		"broken rows":  {web.PageTable, broken, failure},
	} {
		var out bytes.Buffer
		err := web.Render(&out, c.page, c.view)
		if err == nil || out.Len() > 0 {
			t.Errorf("%s: error %v, %d bytes written", name, err, out.Len())
		}
		if c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestStaticHoldsWhatPagesLink(t *testing.T) {
	page := string(rendered(t, web.PageError, errorPage()))
	link := regexp.MustCompile(`href="` + web.StaticPath + `([^"?]+)`).FindStringSubmatch(page)
	if link == nil {
		t.Fatal("no stylesheet is linked")
	}
	file, err := web.Static().Open(link[1])
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}
