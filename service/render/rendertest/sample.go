// Package rendertest makes documents for the tests of the renderers.
package rendertest

import (
	"fmt"
	"iter"
	"strings"

	"biaochi/service/render"
)

// Sample is a document with all that a renderer has to cope with: tables with spans
// on both kinds of pages, a long one, forms that break, charts, rare characters.
func Sample() render.Document {
	d := render.Document{
		Title: "示例县示例局2026年度单位预算公开", Owner: "示例县示例局", Language: "zh-CN",
		Cover:  []string{"示例县示例局", "2026年3月"},
		Header: "示例县示例局2026年度单位预算公开", Mark: "草稿，尚未公开",
	}
	add := func(blocks ...render.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(part(1, "第一部分　概况"), section("一、本单位职责", "duties"), text(long), section("二、机构设置情况", "offices"), text("本单位内设机构3个：办公室、综合股、法规股。负责人：䶮㛃𬱖𫖯，联系电话0350-3020000，CO₂减排≥12.5％，面积100㎡。"))
	add(part(2, "第二部分　2026年单位预算报表"))
	for i := range 13 {
		add(Table(i+1, i%4 == 1, 6+i*2))
	}
	add(part(3, "第三部分　2026年度单位预算情况说明"))
	for i, title := range []string{"一、收支变动情况及原因", "二、收入预算情况说明", "三、支出预算情况说明"} {
		add(section(title, fmt.Sprintf("section-%d", i+1)), render.Heading{Level: 3, Text: "（一）规模变化情况"}, text(long), text("2026年预算收入11778.21万元，比上年增加1234.56万元，增长11.71%。"), render.Heading{Level: 4, Text: "1、主要原因"}, text(long))
	}
	catalogue := Table(14, false, 12)
	catalogue.Inline, catalogue.Label, catalogue.Title, catalogue.AboveLeft, catalogue.AboveRight = true, "", "政府购买服务指导性目录", "", ""
	add(Chart(), catalogue, section("四、绩效管理情况", "targets"), text("纳入绩效管理的项目3个，逐项列示如下。"))
	for i := range 3 {
		add(Form(i + 1))
	}
	add(part(4, "第四部分　名词解释"), text(long), render.Paragraph{Text: "注：以上名词仅为本文件所用。", Small: true})
	return d
}

const long = "贯彻执行国家和省有关方针政策、法律法规，拟订全县人力资源和社会保障事业发展规划（2021-2025）并组织实施；会同有关部门指导事业单位人事制度改革，按照管理权限承担人员招聘、岗位设置、培训考核等工作，完善“就业优先”的政策体系，统筹城乡就业创业服务工作……负责就业、失业、社会保险基金预测预警和信息引导，拟订应对预案，实施预防、调节和控制，保持就业形势稳定和社会保险基金总体收支平衡。"

func part(n int, title string) render.Heading {
	return render.Heading{Level: 1, Text: title, Anchor: fmt.Sprintf("part-%d", n), Entry: true, NewPage: true}
}

func section(title, anchor string) render.Heading {
	return render.Heading{Level: 2, Text: title, Anchor: anchor, Entry: true}
}

func text(s string) render.Paragraph { return render.Paragraph{Text: s} }

// Table is a table of so many rows with a head of two rows, column numbers, groups
// and a total.
func Table(n int, landscape bool, rows int) *render.Table {
	figures := 3
	if landscape {
		figures = 7
	}
	t := &render.Table{
		Key: fmt.Sprintf("t%d", n), Name: fmt.Sprintf("%02d-示例表", n), Tab: "示例表", Label: fmt.Sprintf("预算公开表%d", n), Title: "2026年一般公共预算支出预算表（不含上年结转）",
		AboveLeft: "单位名称：示例县示例局", AboveRight: "单位：万元", Landscape: landscape,
		Head:      [][]render.HeadCell{{{Text: "项目", Colspan: 2}, {Text: "2026年预算数", Colspan: figures}}, {{Text: "科目编码"}, {Text: "科目名称"}}},
		NumberRow: []string{"栏次", ""},
		Columns:   []render.Column{{Heading: "科目编码", Code: true, Width: 0.11}, {Heading: "科目名称", Width: 0.29}},
		Rows:      sampleRows(rows, figures), Note: "注：尾差由四舍五入造成。",
	}
	for i := range figures {
		t.Head[1] = append(t.Head[1], render.HeadCell{Text: []string{"合计", "基本支出", "项目支出", "财政专户管理资金", "单位资金"}[i%5]})
		t.NumberRow = append(t.NumberRow, fmt.Sprint(i+1))
		t.Columns = append(t.Columns, render.Column{Number: true, Width: 0.6 / float64(figures)})
	}
	return t
}

func sampleRows(count, figures int) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for i := range count {
			row := render.Row{Group: i%5 == 1, Strong: i == 0, Level: i % 3}
			name := fmt.Sprintf("第%d项：机关事业单位基本养老保险缴费支出", i)
			if i%7 == 3 {
				name = strings.Repeat("行政事业单位离退休人员管理机构", 2)
			}
			row.Cells = append(row.Cells, render.Cell{Text: fmt.Sprint(2080100 + i)}, render.Cell{Text: name})
			for j := range figures {
				value := int64(i*123456 + j*1111)
				row.Cells = append(row.Cells, render.Cell{Text: fmt.Sprintf("%d.%02d", value/100, value%100), Number: true, Hundredths: value})
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// Chart is a pie of one large slice, some of middle size and one that can't be seen.
func Chart() render.Chart {
	return render.Chart{Anchor: "chart", Title: "一般公共预算当年拨款结构图", Unit: "万元", Total: "13150.66", Slices: []render.Slice{
		{Label: "社会保障和就业支出", Amount: "11778.21", Share: "89.56%", Weight: 1177821},
		{Label: "卫生健康支出", Amount: "647.45", Share: "4.92%", Weight: 64745},
		{Label: "住房保障支出", Amount: "700.00", Share: "5.32%", Weight: 70000},
		{Label: "农林水支出", Amount: "25.00", Share: "0.19%", Weight: 2500},
	}}
}

// Form is a form with merged cells both ways that breaks over pages.
func Form(n int) render.Grid {
	label := func(text string, columns, rows int) render.GridCell {
		return render.GridCell{Text: text, Colspan: columns, Rowspan: rows, Label: true, Center: true}
	}
	value := func(text string, columns int) render.GridCell { return render.GridCell{Text: text, Colspan: columns} }
	money := func(text string) render.GridCell { return render.GridCell{Text: text, Number: true} }
	g := render.Grid{
		Anchor: fmt.Sprintf("form-%d", n), Label: fmt.Sprintf("附表2-%d", n), Title: "示例县(区)级预算部门(示例局)项目支出绩效目标申报表", Subtitle: "(2026年度)",
		Entry:  fmt.Sprintf("附表2-%d　公益性岗位补贴项目（第%d号）", n, n),
		Widths: []float64{0.06, 0.08, 0.12, 0.18, 0.14, 0.12, 0.16, 0.14},
		Rows: [][]render.GridCell{
			{label("项目名称", 2, 1), value("公益性岗位补贴", 6)},
			{label("主管部门及代码", 2, 1), value("101001-示例县示例局", 2), label("实施单位", 2, 1), value("示例县示例局", 2)},
			{label("项目资金(元)", 2, 3), label("实施期资金总额:", 2, 1), money("12,345,678,901.00"), label("年度资金总额:", 2, 1), money("12,345,678,901.00")},
			{label("其中:中央财政资金", 2, 1), money("0"), label("其中:中央财政资金", 2, 1), money("0")},
			{label("省级财政资金", 2, 1), money(""), label("省级财政资金", 2, 1), money("500,000")},
			{label("项目概况", 2, 1), value(strings.Repeat(long, n*n), 6)},
			{label("总体目标", 2, 2), label("实施期目标", 3, 1), label("年度目标", 3, 1)},
			{value(strings.Repeat("发放补贴，稳定就业。", 40), 3), value("发放补贴。", 3)},
		},
	}
	g.Rows = append(g.Rows, sampleIndicators()...)
	return g
}

func sampleIndicators() [][]render.GridCell {
	head := []string{"一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"}
	rows := [][]render.GridCell{{{Text: "绩效指标", Rowspan: 25, Label: true, Center: true}}}
	for _, text := range head {
		rows[0] = append(rows[0], render.GridCell{Text: text, Label: true, Center: true})
	}
	for i := range 24 {
		var row []render.GridCell
		if i%12 == 0 {
			row = append(row, render.GridCell{Text: []string{"产出指标", "效益指标"}[i/12], Rowspan: 12, Label: true, Center: true})
		}
		for range 2 {
			if i%3 == 0 {
				row = append(row, render.GridCell{Text: "可持续影响指标", Rowspan: 3, Label: true, Center: true})
			}
			row = append(row, render.GridCell{Text: fmt.Sprintf("第%d项服务对象满意程度及其持续影响", i)}, render.GridCell{Text: "≥12.5万元/人·天", Center: true})
		}
		rows = append(rows, row)
	}
	tail := []string{"负责人:", "张某", "经办人:", "李某", "联系电话:", "0350-3020000", "填报日期:", "20260102123456"}
	var last []render.GridCell
	for i, text := range tail {
		last = append(last, render.GridCell{Text: text, Label: i%2 == 0})
	}
	return append(rows, last)
}

// Texts gives all texts of a document that readers must find in it.
func Texts(d render.Document) []string {
	texts := append([]string{d.Title, d.Header, d.Mark}, d.Cover...)
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Heading:
			texts = append(texts, b.Text)
		case render.Paragraph:
			texts = append(texts, b.Text)
		case *render.Table:
			texts = append(texts, tableTexts(b)...)
		case render.Grid:
			texts = append(texts, b.Label, b.Title, b.Subtitle, b.Entry)
			for _, row := range b.Rows {
				for _, cell := range row {
					texts = append(texts, cell.Text)
				}
			}
		case render.Chart:
			texts = append(texts, b.Title, b.Total)
			for _, s := range b.Slices {
				texts = append(texts, s.Label, s.Amount, s.Share)
			}
		}
	}
	return texts
}

func tableTexts(t *render.Table) []string {
	texts := append([]string{t.Label, t.Title, t.AboveLeft, t.AboveRight, t.Note}, t.NumberRow...)
	for _, cells := range t.Head {
		for _, c := range cells {
			texts = append(texts, c.Text)
		}
	}
	for row := range t.Rows {
		for _, c := range row.Cells {
			texts = append(texts, c.Text)
		}
	}
	return texts
}
