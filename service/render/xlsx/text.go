package xlsx

import (
	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
)

// textUnits are the widths of the four columns of a sheet of text; lines are over
// all of them, the numbers of charts stand in them.
var textUnits = []float64{10, 45, 20, 20}

// textSheet writes lines of text from the top down, cell by cell: a text is short,
// and charts need it.
type textSheet struct {
	file   *excelize.File
	styles *styles
	name   string
	row    int
	err    error
}

func (b *documentBook) textSheet(p *page) (*textSheet, error) {
	s := &textSheet{file: b.file, styles: b.styles, name: p.name}
	for i, units := range textUnits {
		column, _ := excelize.ColumnNumberToName(i + 1)
		s.keep(s.file.SetColWidth(s.name, column, column, units))
	}
	s.keep(printOnA4(s.file, s.name, false))
	return s, s.err
}

func (s *textSheet) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

// line writes the next line over all columns, as high as its text needs; an empty
// text writes none, and one longer than a row can be goes on in the next.
func (s *textSheet) line(k styleKey, text string, size float64) {
	for text != "" {
		var part string
		part, text = cutToHeight(text, sum(textUnits), size)
		s.row++
		s.set(1, k, part)
		s.keep(s.file.MergeCell(s.name, cellName(1, s.row), cellName(len(textUnits), s.row)))
		s.height(heightFor(linesOf(part, sum(textUnits), size, 0), size))
	}
}

// cutToHeight takes from a text what a row can hold.
func cutToHeight(text string, units, size float64) (part, rest string) {
	runes := []rune(text)
	n := len(runes)
	for fullHeight(linesOf(string(runes[:n]), units, size, 0), size) > maxHeight {
		n = n * 9 / 10
	}
	return string(runes[:n]), string(runes[n:])
}

func (s *textSheet) set(column int, k styleKey, value any) {
	id, err := s.styles.id(k)
	s.keep(err)
	cell := cellName(column, s.row)
	s.keep(s.file.SetCellStyle(s.name, cell, cell, id))
	if text, ok := value.(string); ok {
		s.keep(s.file.SetCellStr(s.name, cell, text)) // never a formula
		return
	}
	s.keep(s.file.SetCellValue(s.name, cell, value))
}

func (s *textSheet) height(points float64) { s.keep(s.file.SetRowHeight(s.name, s.row, points)) }

func (s *textSheet) heading(h render.Heading) {
	switch h.Level {
	case 1:
		s.line(styleKey{look: titleLook}, h.Text, titleSize)
	case 2:
		s.line(styleKey{look: sectionLook}, h.Text, sectionSize)
	default:
		s.line(styleKey{look: paragraphLook, strong: true}, h.Text, textSize)
	}
}

// chartRows are how many lines of text a chart is high.
const chartRows = 16

// chart writes the numbers of a chart and draws a pie over them, as a chart of the
// workbook's own.
func (s *textSheet) chart(c render.Chart) {
	s.line(styleKey{look: sectionLook}, c.Title, sectionSize)
	s.cells(headLook, "序号", "项目", "金额（"+c.Unit+"）", "占比")
	first := s.row + 1
	for i, slice := range c.Slices {
		s.row++
		s.set(1, styleKey{look: numbersLook}, i+1)
		s.set(2, styleKey{look: nameLook}, slice.Label)
		s.set(3, styleKey{look: figureLook}, hundredthsOf(slice.Amount))
		s.set(4, styleKey{look: shareLook}, slice.Share)
		s.height(heightFor(linesOf(slice.Label, textUnits[1], bodySize, 0), bodySize))
	}
	last := s.row
	s.cells(headLook, "", "合计", "", "")
	s.set(3, styleKey{look: figureLook, strong: true}, hundredthsOf(c.Total))
	s.keep(s.file.AddChart(s.name, cellName(1, s.row+2), pieChart(s.name, c.Title, first, last)))
	s.row += chartRows + 2
}

func (s *textSheet) cells(l look, texts ...string) {
	s.row++
	for i, text := range texts {
		s.set(i+1, styleKey{look: l}, text)
	}
	s.height(heightFor(1, bodySize))
}
