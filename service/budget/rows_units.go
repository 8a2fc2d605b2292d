package budget

import (
	"iter"
	"slices"

	"biaochi/model"
)

// unitRows give the total and a row for each unit that the table is about.
func (b *builder) unitRows() ([]Row, error) {
	byUnit, err := b.sumsByUnit()
	if err != nil {
		return nil, err
	}
	rows := []Row{b.totalRow()}
	for _, u := range b.in.Units {
		if !b.about(u) || len(byUnit[u.Path]) == 0 && !b.def.Rows.KeepEmptyUnits {
			continue
		}
		row := b.newRow(ItemRow, 0)
		b.namedRow(&row, u.Code, u.Name, &model.Predicate{UnitPath: u.Path}, byUnit[u.Path])
		rows = append(rows, row)
	}
	return rows, nil
}

func (b *builder) about(u Unit) bool {
	kinds := b.def.Where.UnitKinds
	return len(kinds) == 0 || slices.Contains(kinds, u.Kind)
}

func (b *builder) sumsByUnit() (map[string][]model.Fact, error) {
	byUnit := map[string][]model.Fact{}
	for f, err := range b.in.ByUnit(b.def.Where) {
		if err != nil {
			return nil, err
		}
		byUnit[f.UnitPath] = append(byUnit[f.UnitPath], f)
	}
	return byUnit, nil
}

// namedRow fills a row from sums that are all its own; they were selected by the
// table's predicate already.
func (b *builder) namedRow(row *Row, key, name string, where *model.Predicate, own []model.Fact) {
	row.Keys[0] = key
	row.sides[0] = where
	for i := range b.def.Columns {
		c := &b.def.Columns[i]
		if c.Kind != FigureColumn {
			continue
		}
		row.Cells[i].Figure = true
		for j := range own {
			if c.Where.Match(&own[j]) {
				row.Cells[i].Amount += own[j].Amount
			}
		}
	}
	row.Cells[0].Text = name
}

// projectRows stream a row a unit and then its projects. Only one unit's projects
// are held at a time, so a whole region needs no more memory than one unit.
func (b *builder) projectRows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		w := projectWalk{builder: b, units: b.in.Units, yield: yield}
		for sum, err := range b.in.ByProject(b.def.Where) {
			if err != nil {
				yield(Row{}, err)
				return
			}
			if sum.Amount != 0 && !w.take(sum) {
				return
			}
		}
		if w.flush() {
			w.finish()
		}
	}
}

// projectWalk gathers the sums of one unit and emits its rows when the next unit
// begins.
type projectWalk struct {
	*builder
	units []Unit // those whose turn is still to come
	path  string
	sums  []ProjectSum
	yield func(Row, error) bool
}

func (w *projectWalk) take(sum ProjectSum) bool {
	if sum.UnitPath != w.path {
		if !w.flush() {
			return false
		}
		w.path = sum.UnitPath
	}
	w.sums = append(w.sums, sum)
	return true
}

// flush emits the units without money before the gathered one, the unit's row and
// the rows of its projects.
func (w *projectWalk) flush() bool {
	if len(w.sums) == 0 {
		return true
	}
	unit, ok := w.skipTo(w.path)
	if !ok {
		return false
	}
	sums := w.sums
	w.sums = w.sums[:0]
	if !w.unitRow(unit, facts(sums)) {
		return false
	}
	for len(sums) > 0 {
		n := slices.IndexFunc(sums, func(s ProjectSum) bool { return s.ProjectCode != sums[0].ProjectCode })
		if n < 0 {
			n = len(sums)
		}
		if !w.projectRow(unit, sums[:n]) {
			return false
		}
		sums = sums[n:]
	}
	return true
}

func facts(sums []ProjectSum) []model.Fact {
	out := make([]model.Fact, len(sums))
	for i := range sums {
		out[i] = sums[i].Fact
	}
	return out
}

// skipTo passes the units before path, as empty rows where the table keeps them,
// and gives the one at path.
func (w *projectWalk) skipTo(path string) (Unit, bool) {
	for len(w.units) > 0 && w.units[0].Path <= path {
		unit := w.units[0]
		w.units = w.units[1:]
		if unit.Path == path {
			return unit, true
		}
		if !w.emptyUnit(unit) {
			return Unit{}, false
		}
	}
	return Unit{Path: path}, true
}

// finish passes the units that are left.
func (w *projectWalk) finish() {
	for _, unit := range w.units {
		if !w.emptyUnit(unit) {
			return
		}
	}
}

func (w *projectWalk) emptyUnit(unit Unit) bool {
	return !w.def.Rows.KeepEmptyUnits || w.unitRow(unit, nil)
}

func (w *projectWalk) unitRow(unit Unit, own []model.Fact) bool {
	row := w.newRow(GroupRow, 1)
	w.namedRow(&row, unit.Code, unit.Name, &model.Predicate{UnitPath: unit.Path}, own)
	return w.yield(row, nil)
}

func (w *projectWalk) projectRow(unit Unit, sums []ProjectSum) bool {
	row := w.newRow(ItemRow, 2)
	code := sums[0].ProjectCode
	where := &model.Predicate{UnitPath: unit.Path, Project: code}
	w.namedRow(&row, unit.Code+"/"+code, sums[0].Name, where, facts(sums))
	return w.yield(row, nil)
}
