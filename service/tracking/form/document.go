package form

import (
	"cmp"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"biaochi/service/render"
)

// DraftMark is on every page with a sheet that nobody confirmed.
const DraftMark = "未确认"

// One is the document of one sheet: the form by itself.
func (t *Template) One(s *Sheet) render.Document {
	d := render.Document{
		Title: s.Name + t.words(s, t.Title+t.Subtitle), Owner: s.Unit, Language: "zh-CN", Plain: true, Blocks: []render.Block{t.grid(s, "")},
	}
	if !s.confirmed() {
		d.Mark = DraftMark
	}
	return d
}

// Part is the sheets of one form in a document.
type Part struct {
	Template *Template
	Sheets   []Sheet
}

// Whole is the document of a unit's sheets of one form and year.
func (t *Template) Whole(unit string, year int, sheets []Sheet) render.Document {
	return Report(unit, year, t.Title, []Part{{t, sheets}})
}

// Report is the document of a unit's sheets of a year, form by form: of each a summary,
// and the form of every sheet that somebody began.
func Report(unit string, year int, title string, parts []Part) render.Document {
	title = strconv.Itoa(year) + "年度" + title
	d := render.Document{Title: title, Owner: unit, Cover: []string{unit}, Header: unit + title, Language: "zh-CN"}
	printed := 0
	for _, p := range parts {
		d.Blocks = append(d.Blocks, p.Template.heading(year, p.Sheets), p.Template.summary(p.Sheets))
		for i := range p.Sheets {
			if !p.Sheets[i].confirmed() {
				d.Mark = DraftMark
			}
			if p.Sheets[i].State != "" {
				printed++
				d.Blocks = append(d.Blocks, p.Template.grid(&p.Sheets[i], fmt.Sprintf("附表%d", printed)))
			}
		}
	}
	return d
}

func (t *Template) heading(year int, sheets []Sheet) render.Heading {
	about := &Sheet{Year: year}
	if len(sheets) > 0 {
		about.Window = sheets[0].Window
	}
	return render.Heading{
		Level: 1, Text: t.Summary.Title + t.words(about, t.Subtitle), Anchor: "summary-" + string(t.Kind), Entry: true, NewPage: true,
	}
}

func (t *Template) words(s *Sheet, text string) string {
	return strings.NewReplacer("{Y}", strconv.Itoa(s.Year), "{window}", s.Window, "{grade}", sheetFields["gradeName"](s)).Replace(text)
}

func (t *Template) summary(sheets []Sheet) *render.Table {
	table := &render.Table{
		Key: "summary-table-" + string(t.Kind), Name: t.File, Tab: t.Summary.Tab, Inline: true, AboveRight: "单位：万元",
		Head: [][]render.HeadCell{{}}, Rows: t.summaryRows(sheets),
	}
	if len(sheets) == 0 {
		table.Note = t.Summary.None
	}
	for _, c := range t.Summary.Columns {
		table.Head[0] = append(table.Head[0], render.HeadCell{Text: c.Heading})
		table.Columns = append(table.Columns, render.Column{Heading: c.Heading, Number: c.Number, Width: c.Width})
	}
	return table
}

func (t *Template) summaryRows(sheets []Sheet) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for i := range sheets {
			row := render.Row{}
			for _, c := range t.Summary.Columns {
				row.Cells = append(row.Cells, amountCell(sheetFields[c.Field](&sheets[i]), c.Number))
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// amountCell keeps the number behind an amount in 万元.
func amountCell(text string, number bool) render.Cell {
	cell := render.Cell{Text: text}
	if number && text != "" {
		cents, err := strconv.ParseInt(strings.NewReplacer(",", "", ".", "").Replace(text), 10, 64)
		cell.Number, cell.Hundredths = err == nil, cents
	}
	return cell
}

// grid lays a sheet out as it is printed.
func (t *Template) grid(s *Sheet, label string) render.Grid {
	g := render.Grid{
		Anchor: "sheet-" + cmp.Or(s.Code, string(s.Kind)), Label: label, Title: t.Title, Subtitle: t.words(s, t.Subtitle), Entry: strings.TrimSpace(label + " " + s.Name),
		Widths: t.Widths, Landscape: t.Landscape,
	}
	lines := s.Lines
	if len(lines) == 0 {
		lines = []Line{{}}
	}
	counts := map[string]int{"money": len(t.Money), "lines": len(lines)}
	for _, row := range t.Rows {
		switch row.Each {
		case "money":
			for _, m := range t.Money {
				g.Rows = append(g.Rows, row.print(func(field string) string { return moneyFields[field](moneyLine{s, m.Key, m.Text}) }))
			}
		case "lines":
			g.Rows = append(g.Rows, row.printLines(lines)...)
		default:
			printed := row.print(func(field string) string { return t.field(s, field) })
			for i, c := range row.Cells {
				printed[i].Text = t.words(s, printed[i].Text)
				if c.Over != "" {
					printed[i].Rowspan = max(c.Rowspan, 1) + counts[c.Over]
				}
			}
			g.Rows = append(g.Rows, printed)
		}
	}
	return g
}

func (t *Template) field(s *Sheet, field string) string {
	if field == "grade" {
		return s.ofGrade(t)
	}
	return sheetFields[field](s)
}

// ofGrade is the grade in the words of the form.
func (s *Sheet) ofGrade(t *Template) string {
	if sheetFields["gradeName"](s) == "" {
		return ""
	}
	return t.words(s, t.Grade)
}

func (r Row) print(field func(field string) string) []render.GridCell {
	row := make([]render.GridCell, len(r.Cells))
	for i, c := range r.Cells {
		row[i] = c.print(c.Text)
		if c.Field != "" {
			row[i] = c.print(field(c.Field))
		}
	}
	return row
}

func (c Cell) print(text string) render.GridCell {
	label := c.Label || c.Field == ""
	return render.GridCell{
		Text: strings.TrimSpace(text), Colspan: c.Colspan, Rowspan: c.Rowspan, Label: label, Center: c.Center || label, Number: c.Number,
	}
}

// printLines prints a row for each indicator; of neighbours that print the same in a
// grouped cell, and in those before it, the first has it for all.
func (r Row) printLines(lines []Line) [][]render.GridCell {
	rows := make([][]render.GridCell, len(lines))
	for at := range lines {
		same := func(other int, cell int) bool {
			for _, c := range r.Cells[:cell+1] {
				print, _ := lineField(c.Field)
				if c.Group && print(&lines[at]) != print(&lines[other]) {
					return false
				}
			}
			return true
		}
		for i, c := range r.Cells {
			print, _ := lineField(c.Field)
			if c.Group && at > 0 && same(at-1, i) {
				continue
			}
			cell := c.print(print(&lines[at]))
			for cell.Rowspan = 1; c.Group && at+cell.Rowspan < len(lines) && same(at+cell.Rowspan, i); cell.Rowspan++ {
			}
			rows[at] = append(rows[at], cell)
		}
	}
	return rows
}

// FileName is what a file of the sheets is called by, without its extension.
func (t *Template) FileName(unitCode string, year int, window, project string) string {
	parts := []string{unitCode, strconv.Itoa(year), t.File}
	if window != "" {
		parts = append(parts, window+"月")
	}
	if project != "" {
		parts = append(parts, project)
	}
	return strings.Join(parts, "-")
}
