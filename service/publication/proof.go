package publication

import (
	"bytes"
	"fmt"
	"strings"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/render"
)

// Proof is what was compared to see whether something is what was published.
type Proof struct {
	Title string // of the document
	Stamp disclosure.Stamp
	Steps []ProofStep
	// Draft tells that what was compared agrees with a bundle that was never published.
	Draft bool
	style string
	// rebuilt are the files that the bundle gives, once made.
	rebuilt []model.PublicationFile
}

// ProofStep is one comparison with its outcome in a sentence.
type ProofStep struct {
	OK   bool
	What string
}

// OK tells that nothing differed.
func (p *Proof) OK() bool {
	for _, s := range p.Steps {
		if !s.OK {
			return false
		}
	}
	return len(p.Steps) > 0
}

func (p *Proof) say(ok bool, yes, no string) {
	what := yes
	if !ok {
		what = no
	}
	p.Steps = append(p.Steps, ProofStep{ok, what})
}

// Prove compares a release with itself: the code on its stamp with its content, and
// every table of its document with the one assembled anew from its facts. style is the
// stylesheet of documents that are rebuilt later.
// Errors: Invalid "release.syntax", "bundle.*".
func Prove(raw []byte, style string) (*Proof, *disclosure.Bundle, error) {
	release, err := disclosure.DecodeRelease(raw)
	if err != nil {
		return nil, nil, err
	}
	bundle, err := disclosure.DecodeBundle(release.Bundle)
	if err != nil {
		return nil, nil, err
	}
	p := &Proof{Title: bundle.Title(), Stamp: release.Stamp, Draft: release.Stamp.PublishedOn == "", style: style}
	// A bundle's file ends in a line break, which a member of another object loses.
	hash := disclosure.ContentHash(append(bytes.TrimSpace(release.Bundle), '\n'))
	p.say(hash == release.Stamp.ContentHash, "数据包内容与内容校验码一致（"+hash+"）",
		"数据包内容与内容校验码不一致：写的是 "+release.Stamp.ContentHash+"，算得 "+hash)
	return p, bundle, p.tables(bundle)
}

// tables holds the document's tables against those that the facts give.
func (p *Proof) tables(bundle *disclosure.Bundle) error {
	tables, err := bundle.Tables()
	if err != nil {
		return err
	}
	printed := map[string]*render.Table{}
	for _, block := range bundle.Document.Blocks {
		if t, ok := block.(*render.Table); ok {
			printed[t.Key] = t
		}
	}
	cells := 0
	for _, t := range tables {
		anew := disclosure.Layout(t, nil)
		if printed[t.Def.Key] == nil {
			p.say(false, "", "文档中没有《"+t.Title+"》")
			continue
		}
		n, difference, err := compareRows(printed[t.Def.Key], &anew)
		if err != nil {
			return err
		}
		cells += n
		if difference != "" {
			p.say(false, "", "《"+t.Title+"》与数据不一致："+difference)
		}
	}
	p.say(true, fmt.Sprintf("由数据重新生成 %d 张表，与文档比对了 %d 个单元格", len(tables), cells), "")
	return nil
}

// compareRows counts the cells that agree and tells the first that doesn't.
func compareRows(printed, anew *render.Table) (cells int, difference string, err error) {
	want, err := collect(printed)
	if err != nil {
		return 0, "", err
	}
	got, err := collect(anew)
	if err != nil {
		return 0, "", err
	}
	if len(want) != len(got) {
		return 0, fmt.Sprintf("文档有 %d 行，数据有 %d 行", len(want), len(got)), nil
	}
	for i := range want {
		for j := range want[i].Cells {
			if j >= len(got[i].Cells) || want[i].Cells[j].Text != got[i].Cells[j].Text {
				return cells, fmt.Sprintf("第 %d 行第 %d 列，文档为“%s”，数据为“%s”", i+1, j+1, want[i].Cells[j].Text, text(got[i].Cells, j)), nil
			}
			cells++
		}
	}
	return cells, "", nil
}

func collect(t *render.Table) (rows []render.Row, err error) {
	for row, err := range t.Rows {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func text(cells []render.Cell, i int) string {
	if i >= len(cells) {
		return ""
	}
	return cells[i].Text
}

// File compares a file, by its bytes, with the one of its format that the bundle
// gives.
func (p *Proof) File(bundle *disclosure.Bundle, name string, content []byte) error {
	if p.rebuilt == nil {
		var err error
		if p.rebuilt, err = Rebuild(bundle, p.Stamp, p.style); err != nil {
			return err
		}
	}
	for _, f := range p.rebuilt {
		if f.Hash == hashOf(content) {
			p.say(true, fmt.Sprintf("%s 与由数据包重新生成的《%s》逐字节相同", name, f.Name), "")
			return nil
		}
	}
	p.say(false, "", name+" 与数据包能生成的任何文件都不同："+nearest(p.rebuilt, name, content))
	return nil
}

// nearest tells where a text file leaves the one that it should be.
func nearest(files []model.PublicationFile, name string, content []byte) string {
	for _, f := range files {
		if f.Name != name || f.Format == "pdf" || f.Format == "docx" || f.Format == "xlsx" {
			continue
		}
		want, got := strings.Split(string(f.Content), "\n"), strings.Split(string(content), "\n")
		for i := range want {
			if i >= len(got) || want[i] != got[i] {
				return fmt.Sprintf("从第 %d 行起不同", i+1)
			}
		}
	}
	return "内容被改动过，或者是由别的版本的程序生成的"
}
