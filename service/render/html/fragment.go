// Package html owns how tables look as HTML: a fragment for a page, and a whole
// document that stands alone and prints. It escapes all that it is given. It must
// not know where tables come from, and brings no script.
package html

import (
	"bufio"
	"fmt"
	stdhtml "html"
	"io"
	"strconv"
	"strings"

	"biaochi/service/render"
)

// Options say how a table stands in its page.
type Options struct {
	// HeadingLevel is the level of the title's heading, 2 where 0.
	HeadingLevel int
}

// Fragment writes one table with its caption, head, rows and note as a section,
// with the table's key as id. It streams; an error of the rows or of w ends it and
// leaves the section open. Link and Text of cells are escaped; links must be
// addresses of our own making, since no scheme is refused here.
func Fragment(w io.Writer, t render.Table, o Options) error {
	p := &printer{Writer: bufio.NewWriter(w)}
	if err := p.section(t, o); err != nil {
		return err
	}
	return p.Flush()
}

// printer writes HTML; a failed write shows at Flush, since bufio keeps it.
type printer struct{ *bufio.Writer }

// raw writes markup of our own; text and attr write what came from outside.
func (p *printer) raw(markup ...string) {
	for _, m := range markup {
		p.WriteString(m)
	}
}

func (p *printer) text(s string) { p.WriteString(stdhtml.EscapeString(s)) }

func (p *printer) attr(name, value string) {
	if value != "" {
		p.raw(" ", name, `="`, stdhtml.EscapeString(value), `"`)
	}
}

func (p *printer) element(name, class, content string) {
	if content == "" {
		return
	}
	p.raw("<", name)
	p.attr("class", class)
	p.raw(">")
	p.text(content)
	p.raw("</", name, ">")
}

func (p *printer) section(t render.Table, o Options) error {
	class := "sheet"
	if t.Landscape {
		class += " landscape"
	}
	p.raw(`<section class="`, class, `"`)
	p.attr("id", t.Key)
	p.raw(">\n")
	if err := p.table(t, o); err != nil {
		return err
	}
	p.raw("</section>\n")
	return nil
}

// table writes a table without its sheet, as it stands within a text.
func (p *printer) table(t render.Table, o Options) error {
	p.raw(`<div class="scroll" role="region" tabindex="0"`)
	if t.Inline {
		p.attr("id", t.Key)
	}
	p.attr("aria-label", strings.TrimSpace(t.Label+" "+t.Title))
	p.raw(">\n<table class=\"budget\">\n")
	p.caption(t, o)
	p.columns(t)
	p.head(t)
	if err := p.body(t); err != nil {
		return err
	}
	p.raw("</table>\n</div>\n")
	p.element("p", "note", t.Note)
	return nil
}

func (p *printer) caption(t render.Table, o Options) {
	level := o.HeadingLevel
	if level == 0 {
		level = 2
	}
	p.raw(`<caption><div class="caption">`)
	p.element("div", "label", t.Label)
	p.element(fmt.Sprintf("h%d", level), "", t.Title)
	p.raw(`<div class="above">`)
	p.element("span", "", t.AboveLeft)
	p.element("span", "", t.AboveRight)
	p.raw("</div></div></caption>\n")
}

func (p *printer) columns(t render.Table) {
	p.raw("<colgroup>")
	for _, c := range t.Columns {
		if c.Width == 0 {
			p.raw("<col>")
			continue
		}
		p.raw(`<col style="width:`, strconv.FormatFloat(c.Width*100, 'f', 2, 64), `%">`)
	}
	p.raw("</colgroup>\n")
}

func (p *printer) head(t render.Table) {
	p.raw("<thead>\n")
	for _, cells := range t.Head {
		p.raw("<tr>")
		for _, c := range cells {
			p.headCell(c)
		}
		p.raw("</tr>\n")
	}
	p.numberRow(t)
	p.raw("</thead>\n")
}

func (p *printer) headCell(c render.HeadCell) {
	columns, rows := c.Spans()
	scope := "col"
	if columns > 1 {
		scope = "colgroup"
	}
	p.raw(`<th scope="`, scope, `"`)
	if columns > 1 {
		p.attr("colspan", strconv.Itoa(columns))
	}
	if rows > 1 {
		p.attr("rowspan", strconv.Itoa(rows))
	}
	p.raw(">")
	p.text(c.Text)
	p.raw("</th>")
}

func (p *printer) numberRow(t render.Table) {
	if len(t.NumberRow) == 0 {
		return
	}
	p.raw(`<tr class="numbers">`)
	for _, n := range t.NumberRow {
		p.raw("<td>")
		p.text(n)
		p.raw("</td>")
	}
	p.raw("</tr>\n")
}
