package html

import (
	"fmt"
	"slices"
	"strconv"

	"biaochi/service/render"
	"biaochi/service/render/svg"
)

// grid writes a printed form as a table: its printed words head what was filled in.
func (p *printer) grid(g render.Grid, level int) {
	class := "sheet form"
	if g.Landscape {
		class += " landscape"
	}
	p.raw(`<section class="`, class, `"`)
	p.attr("id", g.Anchor)
	p.raw(">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
	p.attr("aria-label", g.Entry)
	p.raw(">\n<table class=\"form\">\n<caption><div class=\"caption\">")
	p.element("div", "label", g.Label)
	p.element(fmt.Sprintf("h%d", level), "", g.Title)
	p.element("div", "subtitle", g.Subtitle)
	p.raw("</div></caption>\n<colgroup>")
	for _, width := range g.Widths {
		p.raw(`<col style="width:`, strconv.FormatFloat(width*100, 'f', 2, 64), `%">`)
	}
	p.raw("</colgroup>\n")
	p.gridRows("thead", g.Rows[:g.HeadRows])
	p.gridRows("tbody", g.Rows[g.HeadRows:])
	p.raw("</table>\n</div>\n</section>\n")
}

func (p *printer) gridRows(part string, rows [][]render.GridCell) {
	if len(rows) == 0 {
		return
	}
	p.raw("<", part, ">\n")
	for _, row := range rows {
		scope := "row"
		if !slices.ContainsFunc(row, func(c render.GridCell) bool { return !c.Label }) {
			scope = "col"
		}
		p.raw("<tr>")
		for _, c := range row {
			p.gridCell(c, scope)
		}
		p.raw("</tr>\n")
	}
	p.raw("</", part, ">\n")
}

func (p *printer) gridCell(c render.GridCell, scope string) {
	columns, rows := c.Spans()
	name := "td"
	p.raw("<")
	if c.Label && c.Text != "" {
		name = "th"
		switch {
		case scope == "col" && columns > 1:
			scope = "colgroup"
		case scope == "row" && rows > 1:
			scope = "rowgroup"
		}
		p.raw(`th scope="`, scope, `"`)
	} else {
		p.raw(name)
	}
	if columns > 1 {
		p.attr("colspan", strconv.Itoa(columns))
	}
	if rows > 1 {
		p.attr("rowspan", strconv.Itoa(rows))
	}
	switch {
	case c.Number:
		p.attr("class", "number")
	case c.Center:
		p.attr("class", "center")
	}
	p.raw(">")
	p.text(c.Text)
	p.raw("</", name, ">")
}

// chart draws the chart and prints its numbers beside it.
func (p *printer) chart(c render.Chart) error {
	p.raw(`<figure class="chart"`)
	p.attr("id", c.Anchor)
	p.raw(">\n")
	p.element("figcaption", "", c.Title)
	p.raw("\n<div class=\"pie\">\n")
	if err := svg.Pie(p.Writer, c); err != nil {
		return err
	}
	p.raw("\n<table class=\"plain fits\">\n")
	p.element("caption", "unseen", c.Title+"的数据")
	p.raw(`<thead><tr><th scope="col">序号</th><th scope="col">项目</th><th scope="col" class="number">金额（`)
	p.text(c.Unit)
	p.raw("）</th><th scope=\"col\" class=\"number\">占比</th></tr></thead>\n<tbody>\n")
	for i, s := range c.Slices {
		p.raw(`<tr><td class="key"><span class="swatch" style="background:`, svg.Colour(i), `"></span>`, strconv.Itoa(i+1), `</td><th scope="row">`)
		p.text(s.Label)
		p.raw(`</th><td class="number">`)
		p.text(s.Amount)
		p.raw(`</td><td class="number">`)
		p.text(s.Share)
		p.raw("</td></tr>\n")
	}
	p.raw(`<tr class="total"><td></td><th scope="row">合计</th><td class="number">`)
	p.text(c.Total)
	p.raw("</td><td></td></tr>\n</tbody>\n</table>\n</div>\n</figure>\n")
	return nil
}
