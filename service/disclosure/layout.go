package disclosure

import (
	"fmt"
	"iter"
	"strings"

	"biaochi/service/budget"
	"biaochi/service/render"
)

// Layout maps an assembled table to the layout model, which prints in every
// format. link gives the address that opens a figure, "" for none; nil links
// nothing. Rows stream as those of the table do.
func Layout(t *budget.Table, link func(row budget.Row, column int) string) render.Table {
	return render.Table{
		Key:        t.Def.Key,
		Name:       t.Def.Stem(),
		Tab:        fmt.Sprintf("表%d %s", t.Def.Number, t.Def.File),
		Label:      words(t, t.Def.Label),
		Title:      t.Title,
		AboveLeft:  words(t, t.Def.UnitLine[0]),
		AboveRight: words(t, t.Def.UnitLine[1]),
		Landscape:  t.Def.Orientation == "landscape",
		Head:       layoutHead(t),
		NumberRow:  t.Def.NumberRow,
		Columns:    layoutColumns(t.Def),
		Rows:       layoutRows(t, link),
		Note:       note(t),
	}
}

func words(t *budget.Table, text string) string { return budget.Words(text, t.Year, t.UnitName) }

// note is what stands under a table without any figure, "" under one with.
func note(t *budget.Table) string {
	if !t.Empty {
		return ""
	}
	return words(t, t.Def.Note)
}

func layoutHead(t *budget.Table) [][]render.HeadCell {
	head := make([][]render.HeadCell, len(t.Def.Head))
	for i, cells := range t.Def.Head {
		for _, c := range cells {
			head[i] = append(head[i], render.HeadCell{Text: words(t, c.Text), Colspan: c.Colspan, Rowspan: c.Rowspan})
		}
	}
	return head
}

func layoutRows(t *budget.Table, link func(budget.Row, int) string) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for row, err := range t.Rows() {
			if err != nil {
				yield(render.Row{}, err)
				return
			}
			if !yield(layoutRow(t, row, link), nil) {
				return
			}
		}
	}
}

func layoutRow(t *budget.Table, row budget.Row, link func(budget.Row, int) string) render.Row {
	out := render.Row{
		Cells:  make([]render.Cell, len(row.Cells)),
		Strong: row.Kind == budget.TotalRow,
		Group:  row.Kind == budget.GroupRow,
		Level:  max(row.Level-1, 0),
	}
	for i, c := range row.Cells {
		cell := render.Cell{Text: c.Shown()}
		if c.Figure && cell.Text != "" {
			cell.Number, cell.Hundredths = true, c.Amount.WanFen()
			if link != nil {
				cell.Link = link(row, i)
			}
		}
		out.Cells[i] = cell
	}
	anchorHalves(t.Def, row, out.Cells)
	return out
}

// anchorHalves names the first cell of each half, so that a finding can lead there.
func anchorHalves(def *budget.TableDef, row budget.Row, cells []render.Cell) {
	for side, key := range row.Keys {
		if key == "" {
			continue
		}
		for i := range def.Columns {
			if def.Columns[i].Side == side {
				cells[i].Anchor = Anchor(def.Key, side, key)
				break
			}
		}
	}
}

// Anchor is the name of a half row's place in an HTML document: side 0 is the left
// or only half, key is the row's key of that half.
func Anchor(table string, side int, key string) string {
	name := table + "." + strings.Join(strings.Fields(key), "_")
	if side > 0 {
		name += ".right"
	}
	return name
}
