package html_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/html"
)

var update = flag.Bool("update", false, "write golden files anew")

const hostile = `<script>alert("1")</script>&'`

func row(level int, cells ...render.Cell) render.Row { return render.Row{Level: level, Cells: cells} }

func text(s string) render.Cell { return render.Cell{Text: s} }

func figure(s string, hundredths int64, link string) render.Cell {
	return render.Cell{Text: s, Number: true, Hundredths: hundredths, Link: link}
}

// sample is a table with everything; each text that comes from outside is hostile.
func sample(key string) render.Table {
	total := row(0, text(""), text("合计"), figure("-1.05", -105, "/lineage?row=total&column=2"), text(""))
	total.Strong = true
	group := row(0, render.Cell{Text: "208", Anchor: key + ".208"}, text(hostile), figure("13151.16", 1315116, ""), text(""))
	group.Group = true
	rows := []render.Row{total, group, row(2, text(hostile), text("行政运行"), text(""), figure("0.01", 1, hostile)), row(1, text(""), text(""), text(""), text(""))}
	return render.Table{
		Key: key, Label: "预算公开表1" + hostile, Title: "2023年" + hostile, AboveLeft: "单位名称：" + hostile, AboveRight: "单位：万元",
		Head: [][]render.HeadCell{
			{{Text: "项目", Colspan: 2}, {Text: "2023年", Colspan: 2}},
			{{Text: "科目编码"}, {Text: hostile}, {Text: "合计"}, {Text: "结转"}},
		},
		NumberRow: []string{"1", "2", "3", "4"},
		Columns: []render.Column{
			{Heading: "科目编码", Code: true, Width: .2}, {Heading: "科目名称"}, {Heading: "合计", Number: true, Width: .15}, {Heading: "结转", Number: true, Width: .15},
		},
		Rows: func(yield func(render.Row, error) bool) {
			for row := range slices.Values(rows) {
				if !yield(row, nil) {
					return
				}
			}
		},
		Note: "注：" + hostile,
	}
}

// whole is a document with every kind of block; each text from outside is hostile.
func whole(tables ...render.Table) render.Document {
	d := render.Document{
		Title: "2023年度单位预算公开" + hostile, Owner: hostile, Cover: []string{hostile}, Mark: hostile, Language: "zh-CN",
		Blocks: []render.Block{
			render.Heading{Level: 1, Text: "第一部分 " + hostile, Anchor: "part-1", Entry: true, NewPage: true},
			render.Paragraph{Text: hostile, Anchor: "p-1"},
		},
	}
	for i := range tables {
		d.Blocks = append(d.Blocks, &tables[i])
	}
	inline := sample("inline")
	inline.Inline, inline.Label = true, ""
	return render.Document{
		Title: d.Title, Owner: d.Owner, Cover: d.Cover, Mark: d.Mark, Language: d.Language,
		Blocks: append(d.Blocks,
			render.Heading{Level: 2, Text: "一、说明", Anchor: "sec-1", Entry: true},
			render.Chart{Anchor: "chart-1", Title: "结构图" + hostile, Unit: "万元", Total: "3.00", Slices: []render.Slice{
				{Label: hostile, Amount: "2.00", Share: "66.67%", Weight: 2}, {Label: "其他", Amount: "1.00", Share: "33.33%", Weight: 1},
			}},
			render.Paragraph{Text: "注" + hostile, Small: true},
			&inline,
			render.Grid{Anchor: "form-1", Label: "附表1", Title: "申报表" + hostile, Subtitle: "(2023年度)", Entry: "附表1 项目", Widths: []float64{.2, .3, .5}, Rows: [][]render.GridCell{
				{{Text: "项目名称", Label: true}, {Text: hostile, Colspan: 2, Center: true}},
				{{Text: "资金", Label: true, Rowspan: 2}, {Text: "一", Label: true}, {Text: "1,000", Number: true}},
				{{Text: "二", Label: true}, {Text: ""}},
			}},
		),
	}
}

func document(t *testing.T, tables ...render.Table) string {
	t.Helper()
	var out bytes.Buffer
	if err := html.Write(&out, whole(tables...), "a::after{content:'</style>'}"); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s; look at it, then run with -update", name)
	}
}

func TestFragmentGolden(t *testing.T) {
	var out bytes.Buffer
	if err := html.Fragment(&out, sample("one"), html.Options{HeadingLevel: 1}); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/fragment.html", out.String())
}

func TestDocumentGolden(t *testing.T) {
	wide := sample("two")
	wide.Landscape = true
	golden(t, "testdata/document.html", document(t, sample("one"), wide))
}

// TestNothingEscapes: hostile texts stay texts, in content and in attributes.
func TestNothingEscapes(t *testing.T) {
	page := document(t, sample("one"))
	if strings.Contains(page, "<script") || strings.Count(page, "</style>") != 1 {
		t.Error("a text became markup")
	}
	if want := `href="&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;&#39;"`; !strings.Contains(page, want) {
		t.Errorf("the address is not escaped as %s", want)
	}
}

// TestWellFormed walks the page as XML: every element closes.
func TestWellFormed(t *testing.T) {
	page := strings.TrimPrefix(document(t, sample("one")), "<!DOCTYPE html>")
	page = regexp.MustCompile(`(?s)<style>.*</style>`).ReplaceAllString(page, "")
	closed := regexp.MustCompile(`<(col|meta)( [^>]*)?>`).ReplaceAllString(page, "<$1$2/>")
	decoder := xml.NewDecoder(strings.NewReader(closed))
	for {
		_, err := decoder.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestForReaders looks for what screen readers and keyboards need.
func TestForReaders(t *testing.T) {
	page := document(t, sample("one"))
	for _, want := range []string{
		`<html lang="zh-CN">`, `<caption>`, `<th scope="colgroup" colspan="2">项目</th>`, `<th scope="col">科目编码</th>`,
		`<th scope="row" class="level2">行政运行</th>`, `role="region" tabindex="0" aria-label=`, `<a href="#one">`, `<th scope="rowgroup" rowspan="2">资金</th>`, `role="img" aria-label="结构图`, `<section class="sheet" id="one">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page, "<th scope=\"row\"></th>") {
		t.Error("an empty cell heads its row")
	}
}

func TestErrorsPass(t *testing.T) {
	failure := errors.New("读不出来")
	broken := sample("one")
	broken.Rows = func(yield func(render.Row, error) bool) { yield(render.Row{}, failure) }
	if err := html.Write(io.Discard, render.Document{Blocks: []render.Block{&broken}}, ""); !errors.Is(err, failure) {
		t.Errorf("error of the rows: %v", err)
	}
	if err := html.Write(full{}, whole(sample("one")), ""); !errors.Is(err, errFull) {
		t.Errorf("error of the writer: %v", err)
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
