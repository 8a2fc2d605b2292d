package docx

import (
	"fmt"
	"slices"
	"strings"

	"biaochi/service/render"
	"biaochi/service/render/layout"
)

// titles writes the lines over a table or form: the first starts the page and is
// where the contents lead.
func (b *builder) titles(i int, newPage bool, lines ...[2]string) {
	before, after := b.bookmark(i)
	for _, l := range lines {
		style, text := l[0], l[1]
		if text != "" {
			p := paragraph{style: style, newPage: newPage, keepNext: true, before: before, after: after}
			if p.soft = style == "Caption"; p.soft {
				text = b.balanced(i, text, layout.CaptionStyle())
			}
			b.paragraph(p, text)
			newPage, before, after = false, "", ""
		}
	}
}

// balanced breaks a centred text of a block as the layout does.
func (b *builder) balanced(block int, text string, s layout.Style) string {
	paper := layout.PaperShort
	if layout.Landscape(b.document.Blocks, block) {
		paper = layout.PaperLong
	}
	return strings.Join(layout.Balanced(text, s, paper), "\n")
}

// table writes the lines over a table, the table, and its note.
func (b *builder) table(i int, t *render.Table, newPage bool) {
	b.titles(i, newPage, [2]string{"TableLabel", t.Label}, [2]string{"Caption", t.Title})
	s := b.book.Sheets[i]
	if t.AboveLeft != "" || t.AboveRight != "" {
		b.above(t, sum(s.Widths))
	}
	b.sheet(s)
	if t.Note != "" {
		b.paragraph(paragraph{style: "Note"}, t.Note)
	} else {
		b.gap(i)
	}
}

// above writes the unit to the left and the unit of the amounts to the right.
func (b *builder) above(t *render.Table, width float64) {
	p := paragraph{style: "Note", keepNext: true, properties: fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:spacing w:before="0"/><w:jc w:val="left"/>`, twips(width))}
	p.after = `<w:r><w:tab/></w:r>` + run(layout.Clean(t.AboveRight), "")
	b.paragraph(p, t.AboveLeft)
}

// gap is the line that the format wants below a table. At the end of a page it can't
// be seen, so that it makes no page of its own.
func (b *builder) gap(i int) {
	blocks := b.document.Blocks
	if i+1 == len(blocks) || layout.StartsPage(blocks, i+1) || layout.Landscape(blocks, i) != layout.Landscape(blocks, i+1) {
		b.add(`<w:p><w:pPr>%s</w:pPr></w:p>`, thin)
		return
	}
	b.add(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/></w:pPr></w:p>`, twips(layout.TableGap))
}

// grid writes a form; its first line starts the page.
func (b *builder) grid(i int, g render.Grid, newPage bool) {
	b.titles(i, newPage, [2]string{"TableLabel", g.Label}, [2]string{"Caption", g.Title}, [2]string{"Subtitle", g.Subtitle})
	b.sheet(b.book.Sheets[i])
	b.gap(i)
}

// place is what stands at a place of the grid: a cell, or its continuation from the
// row above.
type place struct {
	cell *layout.Cell
	goes bool // it began in a row above
}

// places gives each row's cells from left to right; a place that no cell covers has
// none.
func places(s *layout.Sheet) [][]place {
	rows := make([][]place, s.Rows)
	for i := range rows {
		rows[i] = make([]place, len(s.Widths))
	}
	for _, c := range s.Cells {
		for r := c.Row; r < min(c.Row+c.Rows, s.Rows); r++ {
			rows[r][c.Column] = place{c, r > c.Row}
		}
	}
	return rows
}

// sheet writes a grid of cells; rows that the layout does not tear stay whole.
func (b *builder) sheet(s *layout.Sheet) {
	b.add(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>%s<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="%d" w:type="dxa"/><w:left w:w="%d" w:type="dxa"/><w:bottom w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`,
		twips(sum(s.Widths)), borders, twips(s.PadY-layout.Rule/2), twips(layout.PadX-layout.Give), twips(s.PadY-layout.Rule/2), twips(layout.PadX-layout.Give))
	for _, w := range s.Widths {
		b.add(`<w:gridCol w:w="%d"/>`, twips(w))
	}
	b.add(`</w:tblGrid>`)
	for r, row := range places(s) {
		b.row(s, r, row)
	}
	b.add(`</w:tbl>`)
}

const borders = `<w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>`

func (b *builder) row(s *layout.Sheet, r int, row []place) {
	b.add(`<w:tr><w:trPr>`)
	if !slices.Contains(s.Torn, r) {
		b.add(`<w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/>`, twips(s.RowHeight(r)-layout.Rule))
	}
	if r < s.Head {
		b.add(`<w:tblHeader/>`)
	}
	b.add(`</w:trPr>`)
	for column := 0; column < len(row); {
		p := row[column]
		if p.cell == nil {
			p.cell = &layout.Cell{Column: column, Columns: 1, Rows: 1}
		}
		b.cell(s, p, slices.Contains(s.Alone, r))
		column += p.cell.Columns
	}
	b.add(`</w:tr>`)
}

// cell writes a cell. Cells of a row that heads those below hold to the next row.
func (b *builder) cell(s *layout.Sheet, p place, keepNext bool) {
	c := p.cell
	b.add(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(sum(s.Widths[c.Column:c.Column+c.Columns])))
	if c.Columns > 1 {
		b.add(`<w:gridSpan w:val="%d"/>`, c.Columns)
	}
	text := c.Text
	switch {
	case p.goes:
		b.add(`<w:vMerge/>`)
		text = ""
	case c.Rows > 1:
		b.add(`<w:vMerge w:val="restart"/>`)
	}
	if c.Swatch != nil {
		b.add(`<w:shd w:val="clear" w:color="auto" w:fill="%s"/>`, hex(*c.Swatch))
	}
	b.add(`<w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, cellText(s, c, text, keepNext))
}

func cellText(s *layout.Sheet, c *layout.Cell, text string, keepNext bool) string {
	align := [...]string{layout.Left: "left", layout.Center: "center", layout.Right: "right"}[c.Align]
	indent := ""
	if c.Indent > 0 {
		indent = fmt.Sprintf(`<w:ind w:left="%d"/>`, twips(c.Indent*s.Size))
	}
	size := fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, halfPoints(s.Size), halfPoints(s.Size))
	if c.Strong {
		size = fonts(hei) + size
	}
	p := paragraph{keepNext: keepNext, run: size}
	p.properties = fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>%s<w:jc w:val="%s"/><w:rPr>%s</w:rPr>`, twips(s.Pitch()), indent, align, size)
	return p.xml(text)
}

func hex(c layout.Color) string {
	return strings.ToUpper(fmt.Sprintf("%02x%02x%02x", c[0], c[1], c[2]))
}

func sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
}
