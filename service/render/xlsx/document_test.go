package xlsx_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
	"biaochi/service/render/xlsx"
)

// wholeDocument has a part of text, a table, a chart and a form with a long text.
func wholeDocument() render.Document {
	table := render.Table{
		Key: "one", Tab: "表1", Label: "公开表1", Title: "收支总表", Columns: []render.Column{{Heading: "项目"}},
		Head: [][]render.HeadCell{{{Text: "项目"}}},
	}
	return render.Document{
		Title: "预算公开", Cover: []string{"=示例单位"}, Mark: "草稿", Language: "zh-CN",
		Blocks: []render.Block{
			render.Heading{Level: 1, Text: "第一部分 概况", Anchor: "part-1", Entry: true, NewPage: true},
			render.Paragraph{Text: "=SUM(1)", Anchor: "p1"},
			render.Paragraph{Text: strings.Repeat("很长的一段文字。", 400), Anchor: "p2"},
			&table,
			render.Chart{Anchor: "c", Title: "结构图", Unit: "万元", Total: "3.00", Slices: []render.Slice{
				{Label: "教育", Amount: "2.00", Share: "66.67%", Weight: 2}, {Label: "其他", Amount: "1.00", Share: "33.33%", Weight: 1},
			}},
			render.Heading{Level: 1, Text: "第二部分 概况", Anchor: "part-2", Entry: true, NewPage: true},
			render.Grid{Anchor: "form-1", Label: "附表2-1", Title: "申报表", Entry: "附表2-1 项目", Widths: []float64{.1, .4, .5}, Rows: [][]render.GridCell{
				{{Text: "概况", Label: true}, {Text: strings.Repeat("需要换行的文字", 400), Colspan: 2}},
				{{Text: "资金", Label: true, Rowspan: 2}, {Text: "一", Label: true}, {Text: "1,000", Number: true}},
				{{Text: "二", Label: true}, {Text: ""}},
			}},
		},
	}
}

func openDocument(t *testing.T, d render.Document) *excelize.File {
	t.Helper()
	var out, again bytes.Buffer
	if err := xlsx.WriteDocument(&out, d); err != nil {
		t.Fatal(err)
	}
	if err := xlsx.WriteDocument(&again, d); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("two writings differ")
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func TestDocumentSheets(t *testing.T) {
	book := openDocument(t, wholeDocument())
	want := []string{"封面和目录", "概况", "表1", "概况（2）", "附表2-1"}
	if got := book.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %v, want %v", got, want)
	}
	for sheet, cell := range map[string]string{"封面和目录": "A2", "概况": "A2"} {
		if formula, err := book.GetCellFormula(sheet, cell); err != nil || formula != "" {
			t.Errorf("%s %s is a formula: %q %v", sheet, cell, formula, err)
		}
	}
	if ok, target, err := book.GetCellHyperLink("封面和目录", "A6"); err != nil || !ok || target != "'表1'!A1" {
		t.Errorf("the contents lead to %q, %v", target, err)
	}
}

// TestLongTexts: no text is lost, and no row is higher than Excel lets it be.
func TestLongTexts(t *testing.T) {
	book := openDocument(t, wholeDocument())
	for sheet, want := range map[string]int{"概况": 400 * 8, "附表2-1": 400 * 7} {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		runes := 0
		for i, row := range rows {
			for _, text := range row {
				if strings.Contains(text, "文字") {
					runes += len([]rune(strings.TrimSpace(text)))
				}
			}
			if height, err := book.GetRowHeight(sheet, i+1); err != nil || height > 409 {
				t.Errorf("%s row %d is %v high, %v", sheet, i+1, height, err)
			}
		}
		if runes < want {
			t.Errorf("%s holds %d characters of %d", sheet, runes, want)
		}
	}
}

func TestFormSpans(t *testing.T) {
	book := openDocument(t, wholeDocument())
	merged, err := book.GetMergeCells("附表2-1")
	if err != nil {
		t.Fatal(err)
	}
	var areas []string
	for _, m := range merged {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	// The long text takes several rows of the sheet, and so does its word.
	for _, want := range []string{"A1:C1", "A3:A5", "B3:C5", "A6:A7"} {
		if !slices.Contains(areas, want) {
			t.Errorf("no merged area %s in %v", want, areas)
		}
	}
}
