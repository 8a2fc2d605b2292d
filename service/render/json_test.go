package render_test

import (
	"encoding/json"
	"strings"
	"testing"

	"biaochi/service/render"
)

func sample() render.Document {
	return render.Document{
		Title: "2024年度部门预算公开", Owner: "示例局", Cover: []string{"示例局", "2024年2月"}, Mark: "草案", Language: "zh-CN",
		Blocks: []render.Block{
			render.Heading{Level: 1, Text: "第一部分 概况", Anchor: "part1", Entry: true, NewPage: true},
			render.Paragraph{Text: "职责 <b>&"},
			&render.Table{
				Key: "income", Title: "收入", Head: [][]render.HeadCell{{{Text: "项目", Colspan: 2}}},
				Columns: []render.Column{{Heading: "项目"}, {Heading: "金额", Number: true, Width: 0.5}},
				Rows:    render.RowsOf([]render.Row{{Cells: []render.Cell{{Text: "合计"}, {Text: "-0.01", Number: true, Hundredths: -1}}, Strong: true}}),
			},
			render.Grid{Anchor: "form1", Widths: []float64{0.5, 0.5}, Rows: [][]render.GridCell{{{Text: "项目名称", Label: true, Rowspan: 2}, {}}}},
			render.Chart{Title: "结构", Slices: []render.Slice{{Label: "教育", Amount: "1.00", Share: "100.00%", Weight: 100}}},
		},
	}
}

// What a document says in JSON gives the same document back, and the same bytes.
func TestDocumentsSurviveJSON(t *testing.T) {
	first, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	var back render.Document
	if err := json.Unmarshal(first, &back); err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(back)
	if err != nil || string(first) != string(second) {
		t.Errorf("%v\n%s\nbecame\n%s", err, first, second)
	}
	if len(back.Blocks) != 5 || !strings.Contains(string(first), `{"kind":"table","key":"income"`) {
		t.Errorf("%s", first)
	}
}

func TestAnUnknownBlockIsRefused(t *testing.T) {
	var d render.Document
	if err := json.Unmarshal([]byte(`{"blocks":[{"kind":"video"}]}`), &d); err == nil {
		t.Error("it was read")
	}
}
