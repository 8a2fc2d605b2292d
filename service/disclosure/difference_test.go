package disclosure_test

import (
	"slices"
	"testing"

	"biaochi/service/disclosure"
	"biaochi/service/render"
)

func versionOf(total, reason string, paragraphs ...string) render.Document {
	d := render.Document{Title: "2024年度单位预算公开", Blocks: []render.Block{
		render.Heading{Text: "一、收支变动", Anchor: "change"},
	}}
	for _, p := range append(paragraphs, reason) {
		d.Blocks = append(d.Blocks, render.Paragraph{Text: p})
	}
	row := func(code, name, amount string) render.Row {
		return render.Row{Cells: []render.Cell{{Text: code, Anchor: "expenditure." + code}, {Text: name}, {Text: amount, Number: true}}}
	}
	d.Blocks = append(d.Blocks, &render.Table{
		Key: "expenditure", Title: "支出总表", Columns: []render.Column{{Heading: "编码", Code: true}, {Heading: "名称"}, {Heading: "合计", Number: true}},
		Rows: render.RowsOf([]render.Row{row("201", "一般公共服务", total), row("208", "社会保障", "2.00")}),
	})
	return d
}

// A correction shows the places that it changed and no others.
func TestWhatACorrectionChanged(t *testing.T) {
	changes, err := disclosure.Differences(versionOf("1.00", "人员减少。", "总计3.00万元。"), versionOf("1.50", "人员减少。", "总计3.50万元。", "另有说明。"))
	want := []disclosure.Correction{
		{Where: "支出总表 · 201 一般公共服务 · 合计", Before: "1.00", After: "1.50"},
		{Where: "一、收支变动", Before: "总计3.00万元。", After: "总计3.50万元。"},
		{Where: "一、收支变动", After: "另有说明。"},
	}
	if err != nil || !slices.Equal(changes, want) {
		t.Errorf("%v\ngot %+v\nwant %+v", err, changes, want)
	}
	same, err := disclosure.Differences(versionOf("1.00", "无"), versionOf("1.00", "无"))
	if err != nil || same != nil {
		t.Errorf("%v %+v", err, same)
	}
}
