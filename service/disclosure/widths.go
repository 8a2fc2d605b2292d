package disclosure

import (
	"biaochi/service/budget"
	"biaochi/service/render"
)

// Widths in millimetres of A4 between its margins, and of kinds of columns at the
// size that tables are printed in.
const (
	portraitWidth  = 180.0
	landscapeWidth = 267.0
	codeWidth      = 20.0 // seven digits and room
	figureMin      = 22.0 // 1234567.89 and room
	figureMax      = 36.0
	figureShare    = 0.5 // of the page at most, so that names keep the rest
)

func layoutColumns(def *budget.TableDef) []render.Column {
	figure, name, total := columnWidths(def)
	columns := make([]render.Column, len(def.Columns))
	for i, c := range def.Columns {
		column := render.Column{Heading: c.Heading}
		switch c.Kind {
		case budget.CodeColumn:
			column.Code, column.Width = true, codeWidth/total
		case budget.FigureColumn:
			column.Number, column.Width = true, figure/total
		default:
			column.Width = name / total
		}
		columns[i] = column
	}
	return columns
}

// columnWidths gives figures what they need and lets the names share the rest.
func columnWidths(def *budget.TableDef) (figure, name, total float64) {
	total = portraitWidth
	if def.Orientation == "landscape" {
		total = landscapeWidth
	}
	count := map[budget.ColumnKind]float64{}
	for _, c := range def.Columns {
		count[c.Kind]++
	}
	figure = min(max(figureShare*total/max(count[budget.FigureColumn], 1), figureMin), figureMax)
	rest := total - codeWidth*count[budget.CodeColumn] - figure*count[budget.FigureColumn]
	return figure, rest / max(count[budget.NameColumn], 1), total
}
