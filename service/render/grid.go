package render

// PlacedHead is a head cell with its place in the grid, counted from 0.
type PlacedHead struct {
	HeadCell
	Row, Column int
}

// PlaceHead finds where each cell of a head stands once the spans of the rows
// above are taken into account. Only then do renderers know which columns a cell
// is over.
func PlaceHead(head [][]HeadCell) []PlacedHead {
	var placed []PlacedHead
	taken := map[[2]int]bool{}
	for r, cells := range head {
		column := 0
		for _, cell := range cells {
			for taken[[2]int{r, column}] {
				column++
			}
			placed = append(placed, PlacedHead{cell, r, column})
			columns, rows := cell.Spans()
			for i := range rows * columns {
				taken[[2]int{r + i/columns, column + i%columns}] = true
			}
		}
	}
	return placed
}

// IndentColumn is the column that a row's level indents: the first that holds
// names; -1 where the table has none.
func (t *Table) IndentColumn() int {
	for i, c := range t.Columns {
		if !c.Number && !c.Code {
			return i
		}
	}
	return -1
}
