package xlsx

import (
	"biaochi/service/render"

	"github.com/xuri/excelize/v2"
)

// head writes the head with its spans and the row of column numbers.
func (s *sheet) head() {
	placed := render.PlaceHead(s.table.Head)
	heights := s.headHeights(placed)
	first := s.row + 1
	for r := range s.table.Head {
		cells := s.blank(styleKey{look: headLook})
		for _, c := range placed {
			if c.Row == r {
				cells[c.Column] = s.text(styleKey{look: headLook}, c.Text)
			}
		}
		s.put(heights[r], cells)
	}
	for _, c := range placed {
		columns, rows := c.Spans()
		s.merge(c.Column+1, first+c.Row, c.Column+columns, first+c.Row+rows-1)
	}
	s.numberRow()
}

// blank gives a row of empty cells, so that merged and empty ones keep borders.
func (s *sheet) blank(k styleKey) []any {
	cells := make([]any, s.columns())
	for i := range cells {
		cells[i] = s.text(k, "")
	}
	return cells
}

// headHeights gives every row of the head what its cells need; a cell over several
// rows lengthens the last of them.
func (s *sheet) headHeights(placed []render.PlacedHead) []float64 {
	heights := make([]float64, len(s.table.Head))
	for i := range heights {
		heights[i] = heightFor(1, bodySize)
	}
	for _, c := range placed {
		columns, rows := c.Spans()
		units := sum(s.units[c.Column:min(c.Column+columns, s.columns())])
		need := heightFor(linesOf(c.Text, units, bodySize, 0), bodySize)
		rows = min(rows, len(heights)-c.Row)
		if missing := need - sum(heights[c.Row:c.Row+rows]); missing > 0 {
			heights[c.Row+rows-1] += missing
		}
	}
	return heights
}

func (s *sheet) numberRow() {
	if len(s.table.NumberRow) == 0 {
		return
	}
	cells := s.blank(styleKey{look: numbersLook})
	for i, n := range s.table.NumberRow {
		cells[i] = s.text(styleKey{look: numbersLook}, n)
	}
	s.put(heightFor(1, bodySize), cells)
}

// body writes the rows as they come. One row is kept free for the note.
func (s *sheet) body() error {
	if s.table.Rows == nil {
		return nil
	}
	indent := s.table.IndentColumn()
	for row, err := range s.table.Rows {
		if err != nil {
			return err
		}
		if s.row >= s.maxRows-1 {
			return &TooManyRowsError{Table: s.table.Title, Limit: s.maxRows}
		}
		s.bodyRow(row, indent)
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

func (s *sheet) bodyRow(row render.Row, indent int) {
	cells := make([]any, s.columns())
	lines := 1
	for i, c := range row.Cells {
		key := keyOf(s.table.Columns[i], row)
		if i == indent {
			key.indent = row.Level
		}
		cells[i] = s.bodyCell(key, c)
		if !c.Number {
			lines = max(lines, linesOf(c.Text, s.units[i], bodySize, key.indent))
		}
	}
	s.put(heightFor(lines, bodySize), cells)
}

func keyOf(c render.Column, row render.Row) styleKey {
	switch {
	case c.Number:
		return styleKey{look: figureLook, strong: row.Strong}
	case c.Code:
		return styleKey{look: codeLook, strong: row.Strong || row.Group}
	}
	return styleKey{look: nameLook, strong: row.Strong || row.Group}
}

// bodyCell writes a figure as a number. Fifteen digits survive a float64, more
// than the largest sum in 万元 has, so it reads back as shown.
func (s *sheet) bodyCell(k styleKey, c render.Cell) excelize.Cell {
	if c.Number {
		return excelize.Cell{StyleID: s.style(k), Value: float64(c.Hundredths) / 100}
	}
	return s.text(k, c.Text)
}
