package check

import (
	"biaochi/model"
	"biaochi/service/budget"
)

// readProjects walks a table by project once. Each unit's block is settled as soon
// as it ends; what stays for the rules between tables are the units' rows alone,
// with what was found wrong in them put right, so that it is not reported again.
func (b *book) readProjects(s source) (*Grid, error) {
	w := blockWalk{book: b, rule: lookup(projectsAddUp), kept: &Grid{Def: s.def, Title: s.title, Exact: b.exact}}
	for line, err := range s.lines {
		if err != nil {
			return nil, err
		}
		if line.Kind == budget.GroupRow {
			w.flush()
		}
		w.block = append(w.block, line)
	}
	w.flush()
	return w.kept, nil
}

// blockWalk gathers a unit's row and the rows of its projects.
type blockWalk struct {
	book  *book
	rule  *Rule
	kept  *Grid
	block []Line
}

func (w *blockWalk) flush() {
	if len(w.block) == 0 {
		return
	}
	grid := &Grid{Def: w.kept.Def, Title: w.kept.Title, Exact: w.kept.Exact, Lines: w.block}
	l := w.ties(grid)
	w.book.report(l.settle())
	w.book.tails = append(w.book.tails, l.tails()...)
	unit := w.block[0]
	for at, delta := range l.fixed {
		if at.line == 0 {
			unit.Figures = corrected(unit.Figures, at.column, delta)
		}
	}
	w.kept.Lines = append(w.kept.Lines, unit)
	w.block = nil
}

func corrected(figures []model.Money, column int, delta model.Money) []model.Money {
	out := append([]model.Money(nil), figures...)
	out[column] += delta
	return out
}

// ties states what must tie within a unit's block: 合计 = its fund columns in every
// row, and the unit's row = the sum of its projects.
func (w *blockWalk) ties(grid *Grid) *ledger {
	l := &ledger{exact: grid.Exact}
	columns := grid.figureColumns(0)
	for line := range grid.Lines {
		t := &tie{rule: w.rule, total: grid.at(line, columns[0]), say: "合计 = 各资金性质之和"}
		for _, c := range columns[1:] {
			t.parts = append(t.parts, grid.at(line, c))
		}
		l.add(t)
	}
	for _, c := range columns {
		t := &tie{rule: w.rule, total: grid.at(0, c), say: "单位合计 = 所列项目之和"}
		for line := range grid.Lines[1:] {
			t.parts = append(t.parts, grid.at(line+1, c))
		}
		l.add(t)
	}
	return l
}
