package check

import (
	"iter"
	"slices"

	"biaochi/model"
	"biaochi/service/budget"
)

// Grid is a table as the rules read it: lines with keys, and figures that are exact
// or only as shown.
type Grid struct {
	Def   *budget.TableDef
	Title string
	// Exact tells that figures are exact amounts; else they are what the table
	// shows, in whole hundredths of 万元.
	Exact bool
	Lines []Line

	index [2]map[string]int
}

// Line is a row of a grid. Halves are as in budget.Row.
type Line struct {
	Keys   [2]string
	Labels [2]string // how findings call each half: its code, else its first text
	Names  [2]string // the text of the half's name column
	Kind   budget.RowKind
	// Figures are by column; text columns and blank halves hold zero.
	Figures []model.Money
}

// shownUnit is the last place of a published figure: 0.01 万元.
const shownUnit model.Money = 10_000

// shown rounds an amount to what a cell shows.
func shown(m model.Money) model.Money { return model.Money(m.WanFen()) * shownUnit }

// NewGrid reads an assembled table with its exact amounts. It holds every line: the
// project tables of a whole region are walked instead.
func NewGrid(t *budget.Table) (*Grid, error) {
	g := &Grid{Def: t.Def, Title: t.Title, Exact: true}
	for line, err := range lines(t) {
		if err != nil {
			return nil, err
		}
		g.Lines = append(g.Lines, line)
	}
	return g, nil
}

func lines(t *budget.Table) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for row, err := range t.Rows() {
			if err != nil {
				yield(Line{}, err)
				return
			}
			if !yield(lineOf(t, row), nil) {
				return
			}
		}
	}
}

func lineOf(t *budget.Table, row budget.Row) Line {
	line := Line{Keys: row.Keys, Kind: row.Kind, Figures: make([]model.Money, len(row.Cells))}
	for side := range row.Keys {
		line.Labels[side] = t.RowName(row, side)
	}
	for i, cell := range row.Cells {
		c := &t.Def.Columns[i]
		if cell.Figure {
			line.Figures[i] = cell.Amount
		}
		if c.Kind == budget.NameColumn && line.Names[c.Side] == "" {
			line.Names[c.Side] = cell.Text
		}
	}
	return line
}

// Shown gives the grid as a reader of the published table has it: every figure
// rounded to what its cell shows.
func (g *Grid) Shown() *Grid {
	s := &Grid{Def: g.Def, Title: g.Title, Lines: slices.Clone(g.Lines)}
	for i := range s.Lines {
		figures := slices.Clone(s.Lines[i].Figures)
		for j := range figures {
			figures[j] = shown(figures[j])
		}
		s.Lines[i].Figures = figures
	}
	return s
}

// line gives the place of a line by the key of one of its halves; -1 where there
// is none.
func (g *Grid) line(side int, key string) int {
	if g.index[side] == nil {
		g.index[side] = make(map[string]int, len(g.Lines))
		for i := range g.Lines {
			if k := g.Lines[i].Keys[side]; k != "" {
				if _, twice := g.index[side][k]; !twice {
					g.index[side][k] = i
				}
			}
		}
	}
	if i, ok := g.index[side][key]; ok {
		return i
	}
	return -1
}

// figureColumns gives the places of the figure columns of one half.
func (g *Grid) figureColumns(side int) []int {
	var places []int
	for i := range g.Def.Columns {
		if c := &g.Def.Columns[i]; c.Kind == budget.FigureColumn && c.Side == side {
			places = append(places, i)
		}
	}
	return places
}

// showsFigure tells whether any cell of the grid shows a figure.
func (g *Grid) showsFigure() bool {
	return slices.ContainsFunc(g.Lines, func(l Line) bool {
		return slices.ContainsFunc(l.Figures, func(m model.Money) bool { return m.WanFen() != 0 })
	})
}
