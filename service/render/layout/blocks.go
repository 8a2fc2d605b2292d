package layout

import "biaochi/service/render"

// tableSheet takes a table's head, number row and rows into a sheet, and walks them.
func tableSheet(t *render.Table) (*Sheet, error) {
	s := &Sheet{Head: len(t.Head), figures: map[int]bool{}}
	for i, c := range t.Columns {
		s.figures[i] = c.Number
	}
	for _, c := range render.PlaceHead(t.Head) {
		columns, rows := c.Spans()
		s.add(Cell{Row: c.Row, Column: c.Column, Rows: rows, Columns: columns, Text: c.Text, Align: Center, Label: true})
	}
	if len(t.NumberRow) > 0 {
		for i, text := range t.NumberRow {
			s.add(Cell{Row: s.Head, Column: i, Rows: 1, Columns: 1, Text: text, Align: Center, Label: true})
		}
		s.Head++
	}
	s.Rows = s.Head
	for row, err := range t.Rows {
		if err != nil {
			return nil, err
		}
		s.addRow(t, row)
	}
	return s, nil
}

func (s *Sheet) add(c Cell) { s.Cells = append(s.Cells, &c) }

func (s *Sheet) addRow(t *render.Table, row render.Row) {
	if row.Group {
		s.Alone = append(s.Alone, s.Rows)
	}
	indented := t.IndentColumn()
	for i, cell := range row.Cells {
		c := Cell{Row: s.Rows, Column: i, Rows: 1, Columns: 1, Text: cell.Text, Strong: row.Strong || row.Group}
		c.Names = i < len(t.Columns) && !t.Columns[i].Number && !t.Columns[i].Code
		switch {
		case cell.Number || i < len(t.Columns) && t.Columns[i].Number:
			c.Align = Right
		case i == indented:
			c.Indent = float64(row.Level)
		}
		s.add(c)
	}
	s.Rows++
}

func tableShares(t *render.Table) []float64 {
	shares := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		shares[i] = c.Width
	}
	return shares
}

// gridSheet takes a form into a sheet.
func gridSheet(g render.Grid) *Sheet {
	s := &Sheet{Rows: len(g.Rows), Head: g.HeadRows}
	taken := map[[2]int]bool{}
	for r, cells := range g.Rows {
		column := 0
		for _, cell := range cells {
			for taken[[2]int{r, column}] {
				column++
			}
			s.addGridCell(cell, r, column, taken)
		}
	}
	return s
}

func (s *Sheet) addGridCell(cell render.GridCell, row, column int, taken map[[2]int]bool) {
	columns, rows := cell.Spans()
	rows = min(rows, s.Rows-row)
	for i := range rows * columns {
		taken[[2]int{row + i/columns, column + i%columns}] = true
	}
	c := Cell{Row: row, Column: column, Rows: rows, Columns: columns, Text: cell.Text, Label: cell.Label}
	switch {
	case cell.Number:
		c.Align = Right
	case cell.Center:
		c.Align = Center
	}
	s.add(c)
}

// table sets the lines over a table, the table itself, and its note.
func (f *flow) table(i int, t *render.Table) (*Sheet, error) {
	s, err := tableSheet(t)
	if err != nil {
		return nil, err
	}
	s.settle(tableShares(t), f.width(), f.roomUnder(f.titles(t)))
	f.begin(i, min(tableStart, sum(s.height)+f.titles(t)))
	f.tagTable(s, f.titles(t) > 0)
	if t.Label != "" {
		f.text(t.Label, LabelStyle())
	}
	if t.Title != "" {
		f.text(t.Title, CaptionStyle())
	}
	f.above(t.AboveLeft, t.AboveRight)
	f.draw(s, MarginSide)
	if t.Note != "" {
		f.tagged("P")
		f.text(t.Note, NoteStyle())
	} else {
		f.y += TableGap
	}
	return s, nil
}

// titles is the room of what stands over and under a table.
func (f *flow) titles(t *render.Table) (height float64) {
	for _, part := range []struct {
		text  string
		style Style
	}{{t.Label, LabelStyle()}, {t.Title, CaptionStyle()}, {t.AboveLeft + t.AboveRight, NoteStyle()}, {t.Note, NoteStyle()}} {
		if part.text != "" {
			height += f.height(part.text, part.style)
		}
	}
	return height
}

// height is that of a text with the space around it.
func (f *flow) height(text string, s Style) float64 {
	lines := breakLines(text, s.Face, s.Size, f.width(), s.Indent*s.Size)
	return s.Before + s.After + float64(len(lines))*s.Pitch
}

// roomUnder is what a sheet has below its titles; nothing where it begins so low on a
// page that there is no use in saving one.
func (f *flow) roomUnder(titles float64) pageRoom {
	if f.y > MarginTop+0.3*f.full() {
		return pageRoom{}
	}
	return pageRoom{f.room() - titles, f.full()}
}

// TableGap is what stands free below a table without a note.
const TableGap = 10.0

// above sets the line over a table: left the unit, right the unit of the amounts.
func (f *flow) above(left, right string) {
	if left == "" && right == "" {
		return
	}
	s := NoteStyle()
	rightWidth := textWidth(Clean(right), s.Face, s.Size)
	lines := breakLines(left, s.Face, s.Size, f.width()-rightWidth-2*s.Size, 0)
	for i, l := range lines {
		f.page.write(MarginSide, f.y, s.Pitch, s, l.text, 0)
		if i == len(lines)-1 {
			f.page.write(MarginSide+f.width()-rightWidth, f.y, s.Pitch, s, Clean(right), 0)
		}
		f.y += s.Pitch
	}
	f.y += s.After
}

// grid sets a form, on a page of its own.
func (f *flow) grid(block int, g render.Grid) *Sheet {
	if g.Entry != "" {
		f.place(block, gridLevel, g.Entry, g.Anchor)
	}
	s := gridSheet(g)
	f.tagTable(s, true)
	if g.Label != "" {
		f.text(g.Label, LabelStyle())
	}
	f.text(g.Title, CaptionStyle())
	if g.Subtitle != "" {
		f.text(g.Subtitle, SubtitleStyle())
	}
	s.settle(g.Widths, f.width(), f.roomUnder(0))
	f.draw(s, MarginSide)
	f.y += TableGap
	return s
}

// gridLevel is the level of forms in the contents.
const gridLevel = 3

// Palette colours the slices of charts; neighbours differ in grey too.
var Palette = []Color{
	{11, 78, 162}, {232, 151, 46}, {86, 156, 96}, {196, 71, 60}, {120, 170, 214},
	{122, 87, 150}, {226, 196, 88}, {84, 96, 110}, {180, 120, 80}, {60, 140, 140},
}

// Measures of a chart.
const (
	ChartRadius = 72.0
	chartLeft   = 2*ChartRadius + 20
	chartGap    = 4.0
)

// chart sets a pie with its legend, which gives all numbers, to the right of it.
func (f *flow) chart(i int, c render.Chart) *Sheet {
	f.begin(i, f.chartNeed(c))
	figure := f.tagChart(c)
	f.text(c.Title, ChartStyle())
	f.y += chartGap
	top, page := f.y, f.page
	f.pie(c, MarginSide+ChartRadius, f.y+ChartRadius, figure)
	s := f.legend(c)
	f.tagTable(s, false)
	f.draw(s, MarginSide+chartLeft)
	if f.page == page {
		f.y = max(f.y, top+2*ChartRadius)
	}
	f.y += TableGap
	return s
}

func (f *flow) pie(c render.Chart, x, y float64, node int) {
	total := 0.0
	for _, s := range c.Slices {
		total += float64(s.Weight)
	}
	from := 0.0
	for i, s := range c.Slices {
		if s.Weight == 0 {
			continue
		}
		to := from + float64(s.Weight)/total
		f.page.Wedges = append(f.page.Wedges, Wedge{x, y, ChartRadius, from, to, Palette[i%len(Palette)], node})
		from = to
	}
}

// chartNeed is the room of a chart; a legend that is much longer than the pie may go
// on over pages.
func (f *flow) chartNeed(c render.Chart) float64 {
	return f.height(c.Title, ChartStyle()) + chartGap + min(max(2*ChartRadius, sum(f.legend(c).height)), 4*ChartRadius)
}

// legend is the table beside a chart: each slice with colour, amount and share.
func (f *flow) legend(c render.Chart) *Sheet {
	s := &Sheet{Head: 1, Rows: len(c.Slices) + 2}
	amount := "金额"
	if c.Unit != "" {
		amount += "（" + c.Unit + "）"
	}
	s.legendRow(0, nil, "", "项目", amount, "占比")
	for i, slice := range c.Slices {
		s.legendRow(i+1, &Palette[i%len(Palette)], "", slice.Label, slice.Amount, slice.Share)
	}
	s.legendRow(s.Rows-1, nil, "", "合计", c.Total, "")
	s.settle([]float64{0.1, 0.4, 0.3, 0.2}, f.width()-chartLeft, pageRoom{})
	return s
}

func (s *Sheet) legendRow(row int, swatch *Color, texts ...string) {
	for i, text := range texts {
		c := Cell{Row: row, Column: i, Rows: 1, Columns: 1, Text: text, Strong: row == s.Rows-1}
		if i == 0 {
			c.Swatch = swatch
		}
		switch {
		case row == 0:
			c.Align, c.Label = Center, true
		case i > 1:
			c.Align = Right
		default:
			c.Names = true
		}
		s.add(c)
	}
}
