package check_test

import (
	"iter"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/render"
)

// small is a document of one table, one empty table, one sentence, one chart and
// one form, as a unit's own.
func small(t testing.TB) check.DocumentInput {
	t.Helper()
	set, err := budget.LoadSet(model.DefaultSetKey)
	if err != nil {
		t.Fatal(err)
	}
	d := render.Document{
		Title: "2024年度单位预算公开", Owner: "示例局", Cover: []string{"示例局"}, Header: "示例局2024年度单位预算公开",
		Blocks: []render.Block{
			render.Heading{Level: 1, Text: "第一部分 2024年单位预算报表", Anchor: "part-1", Entry: true},
			publishedTable(set, "expenditure", []string{"", "合计", "12.00", "2.00", "10.00"}, []string{"201", "一般公共服务支出", "12.00", "2.00", "10.00"}),
			publishedTable(set, "governmentFundExpenditure", []string{"", "合计", "", "", ""}),
			render.Paragraph{Anchor: "p1", Text: sentence},
			render.Chart{Anchor: "c1", Title: "结构图", Unit: "万元", Total: "10.00", Slices: []render.Slice{{Label: "一般公共服务支出", Amount: "10.00", Share: "100.00%", Weight: 1}}},
			render.Grid{Anchor: "form-1", Label: "附表2-1", Entry: "附表2-1 项目", Title: "申报表", Subtitle: "(2024年度)", Widths: []float64{.5, .5}, Rows: [][]render.GridCell{
				{{Text: "项目概况", Label: true}, {Text: "依据2019年的规划开展"}},
				{{Text: "经办人:", Label: true}, {Text: "甲某"}},
			}},
		},
	}
	statement := check.Statement{Anchor: "p1", Text: sentence}
	for _, m := range []struct {
		kind        check.MarkKind
		label, text string
	}{
		{check.AmountMark, "项目支出", "10.00"}, {check.CountMark, "项目", "1"}, {check.AmountMark, "纳入绩效管理的资金", "10.00"},
		{check.DirectionMark, "项目支出", "增加"}, {check.AmountMark, "项目支出增减额", "10.00"}, {check.ReasonMark, "项目支出", "新增一个项目"},
	} {
		from := 0
		if n := len(statement.Marks); n > 0 {
			from = statement.Marks[n-1].End
		}
		start := from + strings.Index(sentence[from:], m.text)
		statement.Marks = append(statement.Marks, check.Mark{Kind: m.kind, Label: m.label, Start: start, End: start + len(m.text), ZeroBase: m.kind == check.DirectionMark})
	}
	return check.DocumentInput{
		Year: 2024, Unit: "901", Set: set, Document: d, Original: &d, Statements: []check.Statement{statement},
		Owner: "单位", Other: "部门", Persons: check.PersonsSurname, Missing: beyondFirstPlane,
	}
}

// beyondFirstPlane is a typeface without private and rare characters.
func beyondFirstPlane(text string) (missing []rune) {
	for _, r := range text {
		if r > 0xFFFF || r >= 0xE000 && r < 0xF900 {
			missing = append(missing, r)
		}
	}
	return missing
}

const sentence = "2024年本单位项目支出10.00万元，项目1个，涉及资金10.00万元，比上年增加10.00万元，主要原因是新增一个项目。"

func publishedTable(set *budget.Set, key string, rows ...[]string) *render.Table {
	def, _ := set.Table(key)
	t := &render.Table{
		Key: key, Label: def.Label, Title: budget.Words(def.Title, 2024, ""), AboveLeft: "单位名称：示例局", AboveRight: "单位：万元", Rows: printed(rows...),
		Columns: []render.Column{{Heading: "科目编码", Code: true}, {Heading: "科目名称"}, {Heading: "合计", Number: true}, {Heading: "基本支出", Number: true}, {Heading: "项目支出", Number: true}},
	}
	if rows[0][2] == "" {
		t.Note = def.Note
	}
	return t
}

func printed(rows ...[]string) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for _, texts := range rows {
			var row render.Row
			for _, text := range texts {
				row.Cells = append(row.Cells, render.Cell{Text: text})
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// document runs the rules on the small document after an edit.
func document(edit func(in *check.DocumentInput)) func(testing.TB) check.Report {
	return func(t testing.TB) check.Report {
		t.Helper()
		in := small(t)
		in.Document.Blocks = append([]render.Block(nil), in.Document.Blocks...)
		edit(&in)
		found, err := check.RunDocument(in)
		if err != nil {
			t.Fatal(err)
		}
		var report check.Report
		report.Add(found)
		report.Close()
		return report
	}
}

// says edits the sentence.
func says(old, by string) func(testing.TB) check.Report {
	return document(func(in *check.DocumentInput) {
		in.Document.Blocks[3] = render.Paragraph{Anchor: "p1", Text: strings.Replace(sentence, old, by, 1)}
	})
}

// tableOf edits a table of the document.
func tableOf(i int, edit func(*render.Table)) func(testing.TB) check.Report {
	return document(func(in *check.DocumentInput) {
		t := *in.Document.Blocks[i].(*render.Table)
		edit(&t)
		in.Document.Blocks[i] = &t
	})
}

func formCell(row int, text string) func(testing.TB) check.Report {
	return document(func(in *check.DocumentInput) {
		original := *in.Original
		g := original.Blocks[5].(render.Grid)
		g.Rows = [][]render.GridCell{{g.Rows[0][0], g.Rows[0][1]}, {g.Rows[1][0], g.Rows[1][1]}}
		g.Rows[row][1].Text = text
		in.Document.Blocks[5] = g
	})
}

var unedited = document(func(*check.DocumentInput) {})

func init() {
	for id, fail := range map[string]func(testing.TB) check.Report{
		"R22": document(func(in *check.DocumentInput) {
			second := in.Document.Blocks[5].(render.Grid)
			second.Anchor, second.Label = "form-2", "附表2-2"
			in.Document.Blocks = append(in.Document.Blocks, second)
		}),
		"R24": says("支出10.00", "支出10.50"),
		"R25": says("增加10.00", "减少10.00"),
		"R27": tableOf(2, func(t *render.Table) { t.Note = "" }),
		"R28": says("2024年", "2023年"),
		"R29": says("本单位", "本部门"),
		"R30": says("10.00万元，项目", "10.00万元，，项目"),
		"D01": document(func(in *check.DocumentInput) {
			in.Document.Blocks = append(in.Document.Blocks[:4:4], in.Document.Blocks[5])
		}),
		"D02": tableOf(1, func(t *render.Table) {
			t.Rows = printed([]string{"", "合计", "12.00", "2.00", "10.00"}, []string{"201", "一般公共服务支出", "13.00", "2.00", "10.00"})
		}),
		"D03": document(func(in *check.DocumentInput) {
			in.Document.Blocks = append(in.Document.Blocks, render.Paragraph{Text: "联系电话13912345678。"})
		}),
		"D04": document(func(in *check.DocumentInput) { in.Persons = check.PersonsOmitted }),
		"D05": says("一个项目", "一个\ue001项目"),
	} {
		cases[id] = ruleCase{pass: unedited, fail: fail}
	}
}

// Further faults of each rule, beside the one in its case.
func TestDocumentFaults(t *testing.T) {
	for name, c := range map[string]struct {
		rule string
		run  func(testing.TB) check.Report
	}{
		"no reason":             {"R25", says("，主要原因是新增一个项目", "")},
		"rate on a zero base":   {"R25", says("增加10.00万元", "增加10.00万元，增长100.00%")},
		"yuan for 万元":           {"R24", says("支出10.00万元", "支出10.00元")},
		"a figure more":         {"R24", says("，项目1个", "，其中设备3.00万元，项目1个")},
		"a figure less":         {"R24", says("项目1个，", "")},
		"note of another fund":  {"R27", tableOf(2, func(t *render.Table) { t.Note = "注：没有国有资本经营预算支出" })},
		"note under figures":    {"R27", tableOf(1, func(t *render.Table) { t.Note = "注：本表无数据" })},
		"title of last year":    {"R28", tableOf(1, func(t *render.Table) { t.Title = "2023年预算支出总表" })},
		"another unit's table":  {"R29", tableOf(1, func(t *render.Table) { t.AboveLeft = "单位名称：另一局" })},
		"placeholder":           {"R30", formCell(0, "XX项目概况")},
		"options":               {"R30", says("比上年增加", "比上年增加（减少）")},
		"row less":              {"D02", tableOf(1, func(t *render.Table) { t.Rows = printed([]string{"", "合计", "12.00", "2.00", "10.00"}) })},
		"unit line":             {"D02", tableOf(1, func(t *render.Table) { t.AboveRight = "单位：元" })},
		"form":                  {"D02", formCell(0, "改过的概况")},
		"identity in a form":    {"D03", formCell(0, "联系人110101199003070732")},
		"full name":             {"D04", formCell(1, "甲乙丙")},
		"rare character":        {"D05", formCell(0, "𠀀峪小流域治理")},
		"more than for project": {"R22", says("资金10.00万元", "资金11.00万元")},
	} {
		if got := outcome(c.run(t), c.rule); got != check.Fail {
			t.Errorf("%s: %s 得到 %q", name, c.rule, got)
		}
	}
}

// A character that some machine knows warns; one of a machine's own is an error. What
// can't be looked at says so.
func TestPrintedCharacters(t *testing.T) {
	for name, c := range map[string]struct {
		run            func(testing.TB) check.Report
		want           check.Outcome
		errors, warned int
	}{
		"none missing": {unedited, check.Pass, 0, 0},
		"rare":         {formCell(0, "𠀀峪小流域治理"), check.Fail, 0, 1},
		"private":      {formCell(0, "\ue001峪小流域治理"), check.Fail, 1, 0},
		"no words":     {document(func(in *check.DocumentInput) { in.Document = render.Document{} }), check.NotApplicable, 0, 0},
		"no typeface":  {document(func(in *check.DocumentInput) { in.Missing = nil }), check.InsufficientData, 0, 0},
	} {
		report := c.run(t)
		if got := outcome(report, "D05"); got != c.want {
			t.Errorf("%s: 得到 %q，应为 %q", name, got, c.want)
		}
		var only check.Report
		for _, f := range report.Findings {
			if f.Rule == "D05" {
				only.Findings = append(only.Findings, f)
			}
		}
		if only.Errors() != c.errors || only.Warnings() != c.warned {
			t.Errorf("%s: %d errors, %d warnings", name, only.Errors(), only.Warnings())
		}
	}
}

// What people wrote may name other years and hold numbers; citations too.
func TestFreeTextIsFree(t *testing.T) {
	in := small(t)
	text := strings.Replace(sentence, "新增一个项目", "2019年确定的3.5亿元工程开工，《2021年规划》〔2020〕", 1)
	in.Statements[0].Text = text
	in.Statements[0].Marks[5].End = in.Statements[0].Marks[5].Start + len("2019年确定的3.5亿元工程开工，《2021年规划》〔2020〕")
	in.Document.Blocks = append([]render.Block(nil), in.Document.Blocks...)
	in.Document.Blocks[3] = render.Paragraph{Anchor: "p1", Text: text}
	found, err := check.RunDocument(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Outcome == check.Fail {
			t.Errorf("%s %s", f.Rule, f.Message)
		}
	}
}

// A foreign document has no records behind it: what needs them lacks data, the rest
// runs, and nothing passes unseen.
func TestForeignDocument(t *testing.T) {
	report := document(func(in *check.DocumentInput) { in.Original, in.Statements = nil, nil })(t)
	for id, want := range map[string]check.Outcome{
		"R22": check.InsufficientData, "R24": check.InsufficientData, "R25": check.InsufficientData, "D01": check.InsufficientData, "D02": check.InsufficientData,
		"R27": check.Pass, "R28": check.Pass, "R29": check.Pass, "R30": check.Pass, "D03": check.Pass, "D04": check.Pass, "D05": check.Pass,
	} {
		if got := outcome(report, id); got != want {
			t.Errorf("%s 得到 %q，应为 %q", id, got, want)
		}
	}
}
