package xlsx

import (
	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
)

// rowsAbove are the rows over the head: label, title, and the unit line.
const rowsAbove = 3

// sheet writes one table into one sheet, from the top down.
type sheet struct {
	file    *excelize.File
	name    string
	table   render.Table
	styles  *styles
	maxRows int

	out   *excelize.StreamWriter
	units []float64 // width of each column
	row   int       // rows written
	err   error     // the first failure of a style or a write
}

func (s *sheet) write() error {
	if err := s.setUpPage(); err != nil {
		return err
	}
	out, err := s.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	s.out, s.units = out, s.columnUnits()
	s.setColumns()
	s.above()
	s.head()
	if err := s.body(); err != nil {
		return err
	}
	s.note()
	s.allowCodes()
	if s.err != nil {
		return s.err
	}
	return s.out.Flush()
}

func (s *sheet) columns() int { return len(s.table.Columns) }

func (s *sheet) headRows() int {
	rows := len(s.table.Head)
	if len(s.table.NumberRow) > 0 {
		rows++
	}
	return rows
}

func (s *sheet) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sheet) style(k styleKey) int {
	id, err := s.styles.id(k)
	s.keep(err)
	return id
}

// setColumns sets widths and freezes all down to the head.
func (s *sheet) setColumns() {
	for i, units := range s.units {
		s.keep(s.out.SetColWidth(i+1, i+1, units))
	}
	top := rowsAbove + s.headRows()
	s.keep(s.out.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: top, TopLeftCell: cellName(1, top+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: cellName(1, top+1), ActiveCell: cellName(1, top+1), Pane: "bottomLeft"}},
	}))
}

// put writes the next row.
func (s *sheet) put(height float64, cells []any) {
	s.row++
	s.keep(s.out.SetRow(cellName(1, s.row), cells, excelize.RowOpts{Height: height}))
}

// merge joins cells from one to another, counted from 1; one cell stays alone.
func (s *sheet) merge(column, row, toColumn, toRow int) {
	if column == toColumn && row == toRow {
		return
	}
	s.keep(s.out.MergeCell(cellName(column, row), cellName(toColumn, toRow)))
}

// cellName never fails for the columns and rows of a sheet.
func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return name
}

// text is a cell of text: a Cell without a formula is never one, whatever it
// begins with.
func (s *sheet) text(k styleKey, text string) excelize.Cell {
	return excelize.Cell{StyleID: s.style(k), Value: text}
}

// above writes label, title and the unit line over the head.
func (s *sheet) above() {
	t := &s.table
	s.put(heightFor(1, labelSize), []any{s.text(styleKey{look: labelLook}, t.Label)})
	s.put(s.heightAcross(t.Title, titleSize), []any{s.text(styleKey{look: titleLook}, t.Title)})
	s.merge(1, s.row, s.columns(), s.row)
	s.unitLine()
}

func (s *sheet) heightAcross(text string, size float64) float64 {
	return heightFor(linesOf(text, sum(s.units), size, 0), size)
}

func sum(widths []float64) (total float64) {
	for _, w := range widths {
		total += w
	}
	return total
}

// unitLine puts the unit left and 单位：万元 right, the left one over all columns
// but the last.
func (s *sheet) unitLine() {
	last := s.columns()
	cells := make([]any, last)
	cells[0] = s.text(styleKey{look: aboveLeftLook}, s.table.AboveLeft)
	if last > 1 {
		cells[last-1] = s.text(styleKey{look: aboveRightLook}, s.table.AboveRight)
	}
	room := sum(s.units[:max(last-1, 1)])
	s.put(heightFor(linesOf(s.table.AboveLeft, room, bodySize, 0), bodySize), cells)
	s.merge(1, s.row, max(last-1, 1), s.row)
}

// note writes the line below the table, where there is one.
func (s *sheet) note() {
	if s.table.Note == "" {
		return
	}
	s.put(s.heightAcross(s.table.Note, bodySize), []any{s.text(styleKey{look: noteLook}, s.table.Note)})
	s.merge(1, s.row, s.columns(), s.row)
}

// allowCodes keeps Excel from marking every code as a number stored as text.
func (s *sheet) allowCodes() {
	for i, c := range s.table.Columns {
		if c.Code {
			area := cellName(i+1, rowsAbove+1) + ":" + cellName(i+1, max(s.row, rowsAbove+1))
			s.keep(s.file.AddIgnoredErrors(s.name, area, excelize.IgnoredErrorsNumberStoredAsText))
		}
	}
}
