package check_test

import (
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// Every figure of the published tables in turn is changed, blank ones too; nearly
// every change must be found, and under one identifier. Only those within rounding
// of their sums may slip through.
func TestChangedCellsAreFound(t *testing.T) {
	inputs := map[string]check.Input{"示例局": sound().input(t), "演示学校": alone(t, 1).input(t), "演示部门": demo(t).input(t)}
	unknown := alone(t, 1).input(t)
	unknown.Sums = nil
	inputs["演示学校（仅有公开表）"] = unknown
	sizes := map[string][]model.Money{"示例局": {10_000, 50_000}, "演示学校": {50_000}}
	for name, in := range inputs {
		for _, by := range append(sizes[name], tenThousand) {
			t.Run(name+by.Wan(), func(t *testing.T) {
				t.Parallel()
				r := mutate(t, in, by)
				t.Logf("每格改动 %s 万元，共 %d 格，发现 %d 格（%d%%），只报一条 %d 格，指到该格 %d 格",
					by.Wan(), r.cells, r.found, 100*r.found/r.cells, r.once, r.placed)
				if by > 10_000 && (r.found*100 < r.cells*99 || r.once*100 < r.found*95) {
					t.Errorf("发现率过低，未发现：%q", r.missed)
				}
			})
		}
	}
}

type recall struct {
	cells, found, once, placed int
	missed                     []string
}

func mutate(t *testing.T, in check.Input, by model.Money) (r recall) {
	t.Helper()
	in.Units = nil // records are not what is changed
	in.Published = nil
	for _, g := range grids(t, in) {
		in.Published = append(in.Published, g.Shown())
	}
	for _, g := range in.Published {
		for i := range g.Lines {
			for c := range g.Def.Columns {
				if figure(g, i, c) {
					g.Lines[i].Figures[c] += by
					r.count(run(t, in).Failures(), g, i, c)
					g.Lines[i].Figures[c] -= by
				}
			}
		}
	}
	return r
}

// figure tells whether a figure can stand in a cell, blank or not.
func figure(g *check.Grid, line, column int) bool {
	c := &g.Def.Columns[column]
	return c.Kind == budget.FigureColumn && g.Lines[line].Keys[c.Side] != ""
}

func (r *recall) count(failures []check.Finding, g *check.Grid, line, column int) {
	label := g.Lines[line].Labels[g.Def.Columns[column].Side]
	r.cells++
	if len(failures) == 0 {
		r.missed = append(r.missed, g.Title+" "+label+" "+g.Def.Columns[column].Heading)
		return
	}
	r.found++
	if len(failures) == 1 {
		r.once++
	}
	if slices.ContainsFunc(failures, func(f check.Finding) bool {
		return f.Table == g.Def.Key && f.Row == label && f.Column == g.Def.Columns[column].Heading
	}) {
		r.placed++
	}
}
