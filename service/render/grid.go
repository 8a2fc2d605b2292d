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
	for _, p := range Place(head) {
		placed = append(placed, PlacedHead{p.Cell, p.Row, p.Column})
	}
	return placed
}

// Spanned is a cell that covers columns and rows.
type Spanned interface{ Spans() (columns, rows int) }

// Placed is a cell with its place in a grid, counted from 0.
type Placed[T Spanned] struct {
	Cell        T
	Row, Column int
}

// Place finds where the cells of a grid stand, each row's from the left, where the
// places that spans of other cells cover are left out.
func Place[T Spanned](rows [][]T) []Placed[T] {
	var placed []Placed[T]
	taken := map[[2]int]bool{}
	for r, cells := range rows {
		column := 0
		for _, cell := range cells {
			for taken[[2]int{r, column}] {
				column++
			}
			placed = append(placed, Placed[T]{cell, r, column})
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
