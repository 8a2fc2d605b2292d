package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/filing"
	"biaochi/service/render"
	"biaochi/service/spreadsheet"
)

// formUnits is the width of the whole form in characters.
const formUnits = 96

// spare are the rows for further indicators below each second-level one.
const spare = 3

// formBuilder lays out the printed form of a project, from the region's template.
type formBuilder struct {
	template *disclosure.FormTemplate
	view     filing.View
	project  *model.ProjectContent
	form     *model.Form // never nil
	words    *strings.Replacer
	fixed    map[string]string // fields that are not the filing's own
	rows     [][]slot
	top      int
	edits    []*rowEdit
}

func formLayout(o *disclosure.Outline, view filing.View, department model.BudgetUnit, region model.Region) layout {
	b := &formBuilder{template: &o.Form, view: view, project: view.Content.Project, form: view.Content.Project.Form}
	if b.form == nil {
		b.form = &model.Form{}
	}
	b.words = strings.NewReplacer("{n}", "", "{Y}", strconv.Itoa(view.Record.Year), "{region}", region.Name,
		"{unitShortName}", view.Unit.Name, "{name}", b.project.Name)
	b.fixed = map[string]string{"department": department.Code + "-" + department.Name, "unitName": view.Unit.Name}
	l := layout{name: view.Record.ProjectCode, title: b.words.Replace(o.Form.Title), template: "form/" + o.Key + "/" + strconv.Itoa(o.Since), tab: "申报表"}
	for _, share := range o.Form.Widths {
		l.widths = append(l.widths, share*formUnits)
	}
	l.slots = b.titles(len(l.widths))
	b.build()
	for _, p := range render.Place(b.rows) {
		s := p.Cell
		s.Row, s.Column = b.top+p.Row+1, p.Column+1
		l.slots = append(l.slots, s)
	}
	b.totals(l.slots)
	l.finish = b.finish
	return l
}

func (b *formBuilder) titles(columns int) (slots []slot) {
	for _, text := range []string{b.template.Title, b.template.Subtitle} {
		b.top++
		slots = append(slots, slot{FillCell: render.FillCell{Row: b.top, Column: 1, Columns: columns, Text: b.words.Replace(text), Title: true}})
	}
	return slots
}

func (b *formBuilder) build() {
	for _, cells := range b.template.Rows {
		b.rows = append(b.rows, b.row(cells))
	}
	b.indicators()
	b.rows = append(b.rows, b.row(b.template.Tail))
}

func (b *formBuilder) row(cells []disclosure.FormCell) []slot {
	row := make([]slot, len(cells))
	for i, c := range cells {
		s := slot{FillCell: render.FillCell{Columns: c.Colspan, Rows: c.Rowspan}}
		if c.Field == "" {
			s.Text, s.Label = c.Text, true
		} else {
			b.field(&s, c.Field)
		}
		row[i] = s
	}
	return row
}

// field says what stands in a field, and what takes in what somebody writes there.
func (b *formBuilder) field(s *slot, key string) {
	if text, ok := b.fixed[key]; ok {
		s.Text, s.Center = text, true
		return
	}
	if horizon, fund, ok := strings.Cut(key, "."); ok {
		b.fund(s, horizon, fund)
		return
	}
	s.Open = true
	switch key {
	case "name":
		s.Text, s.Center, s.put = b.printedName(), true, b.putName
	case "nature":
		b.nature(s)
	case "period":
		b.period(s)
	case "filedAt":
		s.Text, s.Center, s.put = b.filedAt(), true, b.putFiledAt
	default:
		if *textOf(b.form, key) != "" {
			s.Text = *textOf(b.form, key)
		}
		s.put = func(c *filing.Content, text string) error {
			*textOf(formOf(c), key) = text
			return nil
		}
	}
}

// formOf gives the form of a content, which is made where it has none.
func formOf(c *filing.Content) *model.Form {
	if c.Project.Form == nil {
		c.Project.Form = &model.Form{}
	}
	return c.Project.Form
}

// textOf finds a text of the form by its field; what a template names wrongly is a
// place of its own, which a test of the templates finds.
func textOf(f *model.Form, key string) *string {
	texts := map[string]*string{
		"overview": &f.Overview, "basis": &f.Basis, "necessity": &f.Necessity, "safeguards": &f.Safeguards, "plan": &f.Plan,
		"longTermGoal": &f.LongTermGoal, "annualGoal": &f.AnnualGoal, "responsible": &f.Responsible, "handler": &f.Handler, "phone": &f.Phone,
	}
	if text, ok := texts[key]; ok {
		return text
	}
	return new(string)
}

func (b *formBuilder) printedName() string {
	if b.form.Name != "" {
		return b.form.Name
	}
	return b.project.Name
}

// putName renames the project, or the form alone where that has a name of its own.
func (b *formBuilder) putName(c *filing.Content, text string) error {
	if text == "" {
		return fmt.Errorf("请填写项目名称")
	}
	if b.form.Name != "" {
		formOf(c).Name = text
	} else {
		c.Project.Name = text
	}
	return nil
}

func (b *formBuilder) nature(s *slot) {
	s.Text, s.Center = b.template.NatureWords[b.project.Nature], true
	for _, n := range model.Natures {
		s.Choices = append(s.Choices, b.template.NatureWords[n])
	}
	s.put = func(c *filing.Content, text string) error {
		if text == "" {
			c.Project.Nature = ""
			return nil
		}
		for nature, word := range b.template.NatureWords {
			if word == text {
				c.Project.Nature = nature
				return nil
			}
		}
		return fmt.Errorf("没有“%s”这个选项，请从下拉列表中选择", brief(text))
	}
}

func (b *formBuilder) period(s *slot) {
	before, after, _ := strings.Cut(b.template.Period, "{years}")
	s.Center = true
	if b.form.PeriodYears != nil {
		s.Text = before + strconv.Itoa(*b.form.PeriodYears) + after
	}
	s.put = func(c *filing.Content, text string) error {
		if text == "" {
			formOf(c).PeriodYears = nil
			return nil
		}
		n, err := number(strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, before), after)))
		if err == nil {
			formOf(c).PeriodYears = &n
		}
		return err
	}
}

func (b *formBuilder) filedAt() string { return strings.Replace(string(b.form.FiledAt), "T", " ", 1) }

func (b *formBuilder) putFiledAt(c *filing.Content, text string) error {
	var at model.CivilTime
	day := strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(text)
	if parts := strings.Split(day, "-"); len(parts) == 3 && len(parts[0]) == 4 && len(parts[1]) < 3 && len(parts[2]) < 3 {
		day = fmt.Sprintf("%s-%02s-%02s", parts[0], parts[1], parts[2])
	}
	if err := at.UnmarshalText([]byte(strings.Replace(day, " ", "T", 1))); err != nil {
		return fmt.Errorf("“%s”不是日期，请写成如 2023-01-06", brief(text))
	}
	formOf(c).FiledAt = at
	return nil
}

// funds

const total = "total"

func (b *formBuilder) fund(s *slot, horizon, key string) {
	s.Amount = true
	amount := fundOf(b.form, horizon, key)
	s.Text = amountText(*amount)
	if key == total { // computed: see totals and finish
		funds := fundsOf(b.form, horizon)
		if sum, ok := funds.Amount(); ok {
			s.Text = sum.Yuan()
		}
		s.Formula = horizon // until the rows have places
		return
	}
	s.Open = true
	s.put = func(c *filing.Content, text string) error {
		m, err := yuan(text)
		if err != nil {
			return err
		}
		*fundOf(formOf(c), horizon, key) = m
		funds := fundsOf(formOf(c), horizon)
		funds.Total = nil
		if sum, ok := funds.Sum(); ok {
			funds.Total = &sum
		}
		return nil
	}
}

// totals gives the totals their formulas, once the rows they add have places.
func (b *formBuilder) totals(slots []slot) {
	for i := range slots {
		if slots[i].Formula == "" {
			continue
		}
		var parts []string
		for _, s := range slots {
			if s.Amount && s.put != nil && s.Column == slots[i].Column {
				parts = append(parts, spreadsheet.CellName(s.Row, s.Column))
			}
		}
		slots[i].Formula = "SUM(" + strings.Join(parts, ",") + ")"
	}
}

func fundsOf(f *model.Form, horizon string) *model.FormFunds {
	if horizon == "longTermFunds" {
		return &f.LongTermFunds
	}
	return &f.AnnualFunds
}

func fundOf(f *model.Form, horizon, key string) **model.Money {
	funds := fundsOf(f, horizon)
	rows := map[string]**model.Money{
		total: &funds.Total, "central": &funds.Central, "provincial": &funds.Provincial,
		"municipalCounty": &funds.MunicipalCounty, "selfRaised": &funds.SelfRaised, "other": &funds.Other,
	}
	if row, ok := rows[key]; ok {
		return row
	}
	return new(*model.Money)
}
