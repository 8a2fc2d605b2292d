package disclosure

import (
	"strconv"
	"strings"

	"biaochi/model"
	"biaochi/service/render"
)

// TargetTemplate is the printed form of a whole-unit target (整体支出绩效目标申报表)
// as data: a grid of seven columns.
type TargetTemplate struct {
	Label    string    `json:"label"`     // where there is one
	LabelOne string    `json:"labelEach"` // {n}: where there are several
	Title    string    `json:"title"`
	Subtitle string    `json:"subtitle"`
	Widths   []float64 `json:"widths"`
	// Words are the printed words by what they head.
	Words map[string]string `json:"words"`
	Head  []string          `json:"head"` // of the indicators: all, level 1 to 3, value
}

// target is a unit's whole-unit target with its place in the document.
type target struct {
	Label string
	Unit  *UnitYear
}

// anchor is where the document has the target.
func (t target) anchor() string { return "target-" + t.Unit.Unit.Code }

// targets lists the whole-unit targets that units filed.
func (c *Content) targets() (list []target) {
	for i := range c.Units {
		if c.Units[i].Target != nil {
			list = append(list, target{Unit: &c.Units[i]})
		}
	}
	for i := range list {
		list[i].Label = c.Outline.Target.Label
		if len(list) > 1 {
			list[i].Label = strings.ReplaceAll(c.Outline.Target.LabelOne, "{n}", strconv.Itoa(i+1))
		}
	}
	return list
}

// targetGrid lays a whole-unit target out as it is printed.
func (c *Content) targetGrid(t target) render.Grid {
	p := printedTarget{
		TargetContent: t.Unit.Target, words: c.Outline.Target.Words,
		form: printedForm{template: &c.Outline.Form, content: c, form: form{Unit: t.Unit, Project: asProject(t.Unit.Target)}},
	}
	replace := func(text string) string { return c.Outline.Words(text, c.Year, t.Unit.Unit.Name, c.Department) }
	title := replace(c.Outline.Target.Title)
	g := render.Grid{
		Anchor: t.anchor(), Label: t.Label, Title: title, Subtitle: replace(c.Outline.Target.Subtitle),
		Entry: t.Label + " " + t.Unit.Unit.Name + title, Widths: c.Outline.Target.Widths,
	}
	g.Rows = append(g.Rows, []render.GridCell{p.word("unit", 2, 1), filled(t.Unit.Unit.Name, 5)})
	g.Rows = append(g.Rows, p.tasks()...)
	g.Rows = append(g.Rows, p.money())
	if p.LongTermGoal != "" {
		g.Rows = append(g.Rows, []render.GridCell{p.word("longTermGoal", 2, 1), filled(p.LongTermGoal, 5)})
	}
	g.Rows = append(g.Rows, []render.GridCell{p.word("annualGoal", 2, 1), filled(p.AnnualGoal, 5)})
	g.Rows = append(g.Rows, p.indicators(c.Outline.Target.Head)...)
	g.Rows = append(g.Rows, p.tail()...)
	return g
}

// asProject lets the printing of project forms read what both forms have.
func asProject(t *model.TargetContent) *model.ProjectContent {
	return &model.ProjectContent{Form: &model.Form{
		Indicators: t.Indicators, Responsible: t.Responsible, Handler: t.Handler, Phone: t.Phone, FiledAt: t.FiledAt,
	}}
}

type printedTarget struct {
	*model.TargetContent
	words map[string]string
	form  printedForm
}

func (p *printedTarget) word(key string, columns, rows int) render.GridCell {
	return render.GridCell{Text: p.words[key], Colspan: columns, Rowspan: rows, Label: true, Center: true}
}

func filled(text string, columns int) render.GridCell {
	return render.GridCell{Text: strings.TrimSpace(printable(text)), Colspan: columns}
}

// tasks are 年度主要任务 with their money in 万元 and its sum.
func (p *printedTarget) tasks() [][]render.GridCell {
	rows := [][]render.GridCell{
		{p.word("tasks", 1, 3+max(len(p.Tasks), 1)), p.word("task", 1, 2), p.word("content", 2, 2), p.word("budget", 3, 1)},
		{p.word("total", 1, 1), p.word("fiscal", 1, 1), p.word("other", 1, 1)},
	}
	var total, fiscal, other *model.Money
	for _, task := range p.Tasks {
		amount := task.Total
		if sum, ok := task.Amount(); ok {
			amount = &sum
		}
		rows = append(rows, []render.GridCell{filled(task.Name, 1), filled(task.Content, 2), wan(amount), wan(task.Fiscal), wan(task.Other)})
		total, fiscal, other = plus(total, amount), plus(fiscal, task.Fiscal), plus(other, task.Other)
	}
	if p.Tasks == nil {
		rows = append(rows, []render.GridCell{{}, {Colspan: 2}, {}, {}, {}})
	}
	return append(rows, []render.GridCell{p.word("sum", 3, 1), wan(total), wan(fiscal), wan(other)})
}

// plus adds what is filled in; nothing and nothing stay nothing.
func plus(sum, amount *model.Money) *model.Money {
	switch {
	case amount == nil:
		return sum
	case sum == nil:
		return amount
	}
	both := *sum + *amount
	return &both
}

func wan(amount *model.Money) render.GridCell {
	cell := render.GridCell{Number: true}
	if amount != nil {
		cell.Text = amount.Wan()
	}
	return cell
}

// money is 年度资金总额 with what of it is 基本支出 and 项目支出.
func (p *printedTarget) money() []render.GridCell {
	var total *model.Money
	if amount, ok := p.AnnualFunds.Amount(); ok {
		total = &amount
	}
	return []render.GridCell{p.word("funds", 2, 1), wan(total), p.word("basic", 1, 1), wan(p.Basic), p.word("project", 1, 1), wan(p.Project)}
}

// indicators are the annual ones; a row without has its long-term one.
func (p *printedTarget) indicators(head []string) [][]render.GridCell {
	var rows [][]render.GridCell
	for _, first := range p.form.tree() {
		start := len(rows)
		for _, second := range first.Level2 {
			own := p.form.rowsOf(first.Key, second.Key)
			for i, indicator := range own {
				var row []render.GridCell
				if i == 0 {
					row = append(row, label(second.Text, len(own)))
				}
				rows = append(rows, append(row, p.indicator(indicator)...))
			}
		}
		rows[start] = append([]render.GridCell{label(first.Text, len(rows)-start)}, rows[start]...)
	}
	words := []render.GridCell{label(head[0], len(rows)+1), label(head[1], 1), label(head[2], 1), label(head[3], 1), label(head[4], 1)}
	words[3].Colspan, words[4].Colspan = 2, 2
	return append([][]render.GridCell{words}, rows...)
}

func (p *printedTarget) indicator(i model.Indicator) []render.GridCell {
	t := i.Annual
	if t == nil {
		t = i.LongTerm
	}
	cells := targetCells(t)
	cells[0].Colspan, cells[1].Colspan = 2, 2
	return cells
}

func (p *printedTarget) tail() [][]render.GridCell {
	text := func(field string, columns int) render.GridCell {
		return render.GridCell{Text: p.form.text(field), Colspan: columns, Center: true}
	}
	return [][]render.GridCell{
		{p.word("responsible", 1, 1), text("responsible", 1), p.word("handler", 1, 1), text("handler", 1), p.word("phone", 1, 1), text("phone", 2)},
		{p.word("filedAt", 2, 1), text("filedAt", 5)},
	}
}
