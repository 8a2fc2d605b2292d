package xlsx

import (
	"math"

	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
)

// form writes a printed form: cells with their spans, rows as high as their texts
// need. Excel fits merged cells by itself nowhere, so heights are measured here.
func (b *documentBook) form(p *page) error {
	f := &formSheet{textSheet: textSheet{file: b.file, styles: b.styles, name: p.name}, grid: p.form}
	total := portraitUnits
	if p.form.Landscape {
		total = landscapeUnits
	}
	for i, share := range p.form.Widths {
		f.units = append(f.units, share*total)
		column, _ := excelize.ColumnNumberToName(i + 1)
		f.keep(f.file.SetColWidth(f.name, column, column, f.units[i]))
	}
	f.keep(printOnA4(f.file, f.name, p.form.Landscape))
	f.across(labelLook, p.form.Label, labelSize)
	f.across(titleLook, p.form.Title, formTitleSize)
	f.across(centreLook, p.form.Subtitle, bodySize)
	f.place()
	f.heights()
	for _, c := range f.cells {
		f.cell(c)
	}
	return f.err
}

type formSheet struct {
	textSheet
	grid  *render.Grid
	units []float64
	cells []placedCell
	// starts are the rows of the sheet that rows of the form begin at, and the one
	// after the last.
	starts []int
}

// placedCell is a cell with its place in the grid, counted from 0.
type placedCell struct {
	render.GridCell
	row, column int
}

func (f *formSheet) across(l look, text string, size float64) {
	if text == "" {
		return
	}
	f.row++
	f.set(1, styleKey{look: l}, text)
	f.keep(f.file.MergeCell(f.name, cellName(1, f.row), cellName(len(f.units), f.row)))
	f.height(heightFor(linesOf(text, sum(f.units), size, 0), size))
}

// place finds where each cell stands once the spans of the rows above are taken
// into account.
func (f *formSheet) place() {
	for _, p := range render.Place(f.grid.Rows) {
		f.cells = append(f.cells, placedCell{p.Cell, p.Row, p.Column})
	}
}

// heights gives each row of the form what its cells need; a cell over several rows
// lengthens the last of them. A row that needs more than a row of a sheet can have
// becomes several.
func (f *formSheet) heights() {
	needs := make([]float64, len(f.grid.Rows))
	for i := range needs {
		needs[i] = heightFor(1, bodySize)
	}
	for _, single := range []bool{true, false} {
		for _, c := range f.cells {
			columns, rows := c.Spans()
			if (rows == 1) != single {
				continue
			}
			need := fullHeight(linesOf(c.Text, sum(f.units[c.column:c.column+columns]), bodySize, 0), bodySize)
			if missing := need - sum(needs[c.row:c.row+rows]); missing > 0 {
				needs[c.row+rows-1] += missing
			}
		}
	}
	for _, need := range needs {
		f.starts = append(f.starts, f.row+1)
		parts := math.Ceil(need / maxHeight)
		for range int(parts) {
			f.row++
			f.height(math.Ceil(need / parts))
		}
	}
	f.starts = append(f.starts, f.row+1)
}

// cell writes a cell and draws the border around all that it spans.
func (f *formSheet) cell(c placedCell) {
	columns, rows := c.Spans()
	f.row = f.starts[c.row]
	from, to := cellName(c.column+1, f.row), cellName(c.column+columns, f.starts[c.row+rows]-1)
	key := styleKey{look: formLook(c.GridCell)}
	f.set(c.column+1, key, c.Text)
	if from == to {
		return
	}
	id, err := f.styles.id(key)
	f.keep(err)
	f.keep(f.file.SetCellStyle(f.name, from, to, id))
	f.keep(f.file.MergeCell(f.name, from, to))
}

func formLook(c render.GridCell) look {
	switch {
	case c.Label:
		return headLook
	case c.Number:
		return shareLook
	case c.Center:
		return numbersLook
	}
	return nameLook
}
