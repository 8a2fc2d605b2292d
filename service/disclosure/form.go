package disclosure

import (
	"cmp"
	"strconv"
	"strings"

	"biaochi/model"
	"biaochi/service/check"
	"biaochi/service/render"
)

// FormTemplate is the printed form of a project as data: a grid of eight columns
// with its words, fields and tree of indicators.
type FormTemplate struct {
	Label    string    `json:"label"` // 附表2-{n}
	Title    string    `json:"title"`
	Subtitle string    `json:"subtitle"`
	Entry    string    `json:"entry"` // how the contents name it
	Widths   []float64 `json:"widths"`
	// NatureWords print 项目属性; Period and FiledAt are formats.
	NatureWords map[model.Nature]string `json:"natureWords"`
	Period      string                  `json:"period"`
	FiledAt     string                  `json:"filedAt"`

	Rows []([]FormCell) `json:"rows"`
	Head []string       `json:"head"` // of the indicators, the first over all rows
	Tree []TreeGroup    `json:"tree"`
	// OtherGroups name groups of other trees, printed where a form has rows of them.
	OtherGroups []TreeGroup `json:"otherGroups"`
	Tail        []FormCell  `json:"tail"`
}

// FormCell is a word of the form or a field of the filing.
type FormCell struct {
	Text    string `json:"text,omitempty"`
	Field   string `json:"field,omitempty"`
	Colspan int    `json:"colspan,omitempty"`
	Rowspan int    `json:"rowspan,omitempty"`
}

// TreeGroup is a first-level indicator with those of the second level.
type TreeGroup struct {
	Key    string      `json:"key"`
	Text   string      `json:"text"`
	Level2 []TreeGroup `json:"level2,omitempty"`
}

// anchor is where the document has the form.
func (f form) anchor() string { return check.FormAnchor + strconv.Itoa(f.No) }

// FormOf gives the anchor of a project's form, or of the whole-unit target where the
// project is "", by the unit's code; "" where the document has none.
func (d *Draft) FormOf(unit, project string) string {
	for _, f := range d.content.forms() {
		if f.Unit.Unit.Code == unit && f.Project.Code == project {
			return f.anchor()
		}
	}
	for _, t := range d.content.targets() {
		if t.Unit.Unit.Code == unit && project == "" {
			return t.anchor()
		}
	}
	return ""
}

// grid lays a project's form out as it is printed.
func (c *Content) grid(f form) render.Grid {
	t := &c.Outline.Form
	p := printedForm{template: t, content: c, form: f}
	words := p.replacer()
	g := render.Grid{
		Anchor: f.anchor(), Label: words.Replace(t.Label), Widths: t.Widths,
		Title: withoutEmptyBrackets(words.Replace(t.Title)), Subtitle: words.Replace(t.Subtitle), Entry: words.Replace(t.Entry),
	}
	for _, cells := range t.Rows {
		g.Rows = append(g.Rows, p.row(cells))
	}
	g.Rows = append(g.Rows, p.indicators()...)
	g.Rows = append(g.Rows, p.row(t.Tail))
	return g
}

type printedForm struct {
	form
	template *FormTemplate
	content  *Content
}

func (p *printedForm) replacer() *strings.Replacer {
	region, short := "", ""
	if sheet := p.Unit.Sheet; sheet != nil {
		region, short = sheet.Unit.RegionName, sheet.Unit.ShortName
	}
	return strings.NewReplacer("{n}", strconv.Itoa(p.No), "{Y}", strconv.Itoa(p.content.Year),
		"{region}", region, "{unitShortName}", short, "{name}", p.name())
}

// withoutEmptyBrackets drops the brackets of a part that is missing.
func withoutEmptyBrackets(title string) string {
	return strings.NewReplacer("()", "", "（）", "").Replace(title)
}

func (p *printedForm) name() string { return oneLine(cmp.Or(p.Project.Form.Name, p.Project.Name)) }

func (p *printedForm) row(cells []FormCell) []render.GridCell {
	row := make([]render.GridCell, len(cells))
	for i, c := range cells {
		row[i] = render.GridCell{Text: c.Text, Colspan: c.Colspan, Rowspan: c.Rowspan, Label: true, Center: true}
		if c.Field != "" {
			row[i] = p.field(c)
		}
	}
	return row
}

func (p *printedForm) field(c FormCell) render.GridCell {
	cell := render.GridCell{Colspan: c.Colspan, Rowspan: c.Rowspan}
	if horizon, key, ok := strings.Cut(c.Field, "."); ok {
		cell.Text, cell.Number = yuan(p.funds(horizon, key)), true
		return cell
	}
	cell.Text = strings.TrimSpace(printable(p.text(c.Field)))
	cell.Center = centred[c.Field]
	return cell
}

// centred are the short fields; the others read like text.
var centred = map[string]bool{
	"name": true, "department": true, "unitName": true, "nature": true, "period": true,
	"responsible": true, "handler": true, "phone": true, "filedAt": true,
}

func (p *printedForm) text(field string) string {
	f := p.Project.Form
	switch field {
	case "name":
		return p.name()
	case "department":
		return p.Unit.Department.Code + "-" + p.Unit.Department.Name
	case "unitName":
		return p.Unit.Unit.Name
	case "nature":
		return p.template.NatureWords[p.Project.Nature]
	case "period":
		return p.period()
	case "responsible":
		return person(p.content.Outline.Handlers, f.Responsible)
	case "handler":
		return person(p.content.Outline.Handlers, f.Handler)
	case "phone":
		return maskMobiles(f.Phone)
	case "filedAt":
		return p.filedAt()
	}
	return map[string]string{
		"overview": f.Overview, "basis": f.Basis, "necessity": f.Necessity, "safeguards": f.Safeguards,
		"plan": f.Plan, "longTermGoal": f.LongTermGoal, "annualGoal": f.AnnualGoal,
	}[field]
}

func (p *printedForm) period() string {
	years := p.Project.Form.PeriodYears
	if years == nil {
		return ""
	}
	return strings.ReplaceAll(p.template.Period, "{years}", strconv.Itoa(*years))
}

// filedAt prints date and time as filed, in the template's format.
func (p *printedForm) filedAt() string {
	at, ok := p.Project.Form.FiledAt.Time()
	if !ok {
		return ""
	}
	layout := p.template.FiledAt
	if len(p.Project.Form.FiledAt) == len("2006-01-02") {
		layout = strings.TrimSuffix(layout, "150405") // a date alone has no time to print
	}
	return at.Format(layout)
}

func (p *printedForm) funds(horizon, key string) *model.Money {
	funds := p.Project.Form.AnnualFunds
	if horizon == "longTermFunds" {
		funds = p.Project.Form.LongTermFunds
	}
	if key == "total" {
		if amount, ok := funds.Amount(); ok {
			return &amount
		}
		return nil
	}
	return map[string]*model.Money{
		"central": funds.Central, "provincial": funds.Provincial, "municipalCounty": funds.MunicipalCounty,
		"selfRaised": funds.SelfRaised, "other": funds.Other,
	}[key]
}

// yuan prints an amount of a form: thousands apart, decimals only where there are
// any, nothing where it was left blank.
func yuan(amount *model.Money) string {
	if amount == nil {
		return ""
	}
	whole, decimals, _ := strings.Cut(amount.Yuan(), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if decimals == "00" {
		return whole
	}
	return whole + "." + decimals
}

// indicators are the head and the rows of the tree: the first cell is over all of
// them, a first-level indicator over its rows, a second-level one over its rows in
// each half; one without rows has an empty one.
func (p *printedForm) indicators() [][]render.GridCell {
	var rows [][]render.GridCell
	for _, first := range p.tree() {
		rows = append(rows, p.group(first)...)
	}
	head := make([]render.GridCell, len(p.template.Head))
	for i, word := range p.template.Head {
		head[i] = label(word, 1)
	}
	head[0].Rowspan = len(rows) + 1
	return append([][]render.GridCell{head}, rows...)
}

func label(text string, rows int) render.GridCell {
	return render.GridCell{Text: text, Rowspan: rows, Label: true, Center: true}
}

// group gives the rows of a first-level indicator.
func (p *printedForm) group(first TreeGroup) [][]render.GridCell {
	var rows [][]render.GridCell
	for _, second := range first.Level2 {
		own := p.rowsOf(first.Key, second.Key)
		for i, indicator := range own {
			var row []render.GridCell
			for _, target := range []*model.Target{indicator.LongTerm, indicator.Annual} {
				if i == 0 {
					row = append(row, label(second.Text, len(own)))
				}
				row = append(row, targetCells(target)...)
			}
			rows = append(rows, row)
		}
	}
	rows[0] = append([]render.GridCell{label(first.Text, len(rows))}, rows[0]...)
	return rows
}

func targetCells(t *model.Target) []render.GridCell {
	if t == nil {
		t = &model.Target{}
	}
	return []render.GridCell{{Text: oneLine(t.Name)}, {Text: oneLine(t.Value), Center: true}}
}

// rowsOf are the indicators of a second-level one, an empty one where there are none.
func (p *printedForm) rowsOf(first, second string) (own []model.Indicator) {
	for _, i := range p.Project.Form.Indicators {
		if i.Level1 == first && i.Level2 == second {
			own = append(own, i)
		}
	}
	if own == nil {
		own = []model.Indicator{{}}
	}
	return own
}

// tree is that of the template with groups of other trees that the form uses.
func (p *printedForm) tree() []TreeGroup {
	tree := append([]TreeGroup(nil), p.template.Tree...)
	for _, other := range p.template.OtherGroups {
		if used := p.used(other); used.Level2 != nil {
			tree = append(tree, used)
		}
	}
	return tree
}

func (p *printedForm) used(other TreeGroup) TreeGroup {
	used := TreeGroup{Key: other.Key, Text: other.Text}
	for _, second := range other.Level2 {
		for _, i := range p.Project.Form.Indicators {
			if i.Level1 == other.Key && i.Level2 == second.Key {
				used.Level2 = append(used.Level2, second)
				break
			}
		}
	}
	return used
}
