package html

import (
	"strconv"

	"biaochi/service/render"
)

func (p *printer) body(t render.Table) error {
	if t.Rows == nil {
		return nil
	}
	p.raw("<tbody>\n")
	indent := t.IndentColumn()
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		p.row(t, row, indent)
	}
	p.raw("</tbody>\n")
	return nil
}

func (p *printer) row(t render.Table, row render.Row, indent int) {
	switch {
	case row.Strong:
		p.raw(`<tr class="total">`)
	case row.Group:
		p.raw(`<tr class="group">`)
	default:
		p.raw("<tr>")
	}
	for i, cell := range row.Cells {
		level := 0
		if i == indent {
			level = row.Level
		}
		p.cell(t.Columns[i], cell, level)
	}
	p.raw("</tr>\n")
}

// cell writes a name as the head of its row, so that a screen reader says it with
// every figure; an empty name heads nothing.
func (p *printer) cell(c render.Column, cell render.Cell, level int) {
	name := "td"
	p.raw("<")
	if !c.Number && !c.Code && cell.Text != "" {
		name = "th"
		p.raw(`th scope="row"`)
	} else {
		p.raw(name)
	}
	p.attr("class", cellClass(c, level))
	p.attr("id", cell.Anchor)
	p.raw(">")
	p.content(cell)
	p.raw("</", name, ">")
}

func cellClass(c render.Column, level int) string {
	switch {
	case c.Number:
		return "number"
	case c.Code:
		return "code"
	case level > 0:
		return "level" + strconv.Itoa(min(level, 3))
	}
	return ""
}

func (p *printer) content(cell render.Cell) {
	if cell.Link == "" || cell.Text == "" {
		p.text(cell.Text)
		return
	}
	p.raw("<a")
	p.attr("href", cell.Link)
	p.raw(">")
	p.text(cell.Text)
	p.raw("</a>")
}
