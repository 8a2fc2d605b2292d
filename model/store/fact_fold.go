package store

import (
	"cmp"
	"database/sql"
	"iter"
	"slices"

	"biaochi/model"
)

// SumFactsByUnit adds up facts by unit, measure and fund kind, ordered by unit
// path; the sums carry these and the year.
func (tx *Tx) SumFactsByUnit(q FactQuery, where model.Predicate) iter.Seq2[model.Fact, error] {
	text, args := tx.factSQL(q, where, ordered, "SELECT f.unit_path, f.measure, f.fund_kind, f.amount", "", "ORDER BY f.unit_path")
	facts := stream(tx, text, args, func(rows *sql.Rows) (namedRow, error) {
		r := namedRow{factRow: factRow{Year: q.Year}}
		err := rows.Scan(&r.UnitPath, &r.Measure, &r.FundKind, &r.Amount)
		return r, err
	})
	return func(yield func(model.Fact, error) bool) {
		for sum, err := range addUp(facts, func(a, b *namedRow) bool { return a.UnitPath == b.UnitPath }) {
			if !yield(sum.fact(), err) {
				return
			}
		}
	}
}

// ProjectSum is a sum of one project's facts: unit, project, measure, expenditure,
// fund kind, source and amount are set.
type ProjectSum struct {
	model.Fact
	Name string // the project's name in the version the facts come from
}

// SumFactsByProject adds up facts of projects by unit, project, name, measure,
// expenditure, fund kind and source, ordered by unit path and project code.
func (tx *Tx) SumFactsByProject(q FactQuery, where model.Predicate) iter.Seq2[ProjectSum, error] {
	text, args := tx.factSQL(q, where, ordered,
		"SELECT f.unit_path, f.project_code, c.name, f.measure, f.expenditure, f.fund_kind, f.source, f.amount",
		" JOIN project_contents c ON c.version_id = f.version_id", "AND f.project_code > '' ORDER BY f.unit_path, f.project_code")
	facts := stream(tx, text, args, func(rows *sql.Rows) (namedRow, error) {
		r := namedRow{factRow: factRow{Year: q.Year}}
		err := rows.Scan(&r.UnitPath, &r.ProjectCode, &r.name, &r.Measure, &r.Expenditure, &r.FundKind, &r.Source, &r.Amount)
		return r, err
	})
	return func(yield func(ProjectSum, error) bool) {
		for sum, err := range addUp(facts, func(a, b *namedRow) bool {
			return a.ProjectCode == b.ProjectCode && a.UnitPath == b.UnitPath
		}) {
			if !yield(ProjectSum{sum.fact(), sum.name}, err) {
				return
			}
		}
	}
}

// namedRow is a fact, or a sum of facts, with the name of its project.
type namedRow struct {
	factRow
	name string
}

// compare orders sums within a unit or a project; equal ones are added up.
func (r *namedRow) compare(o *namedRow) int {
	return cmp.Or(cmp.Compare(r.name, o.name), cmp.Compare(r.Measure, o.Measure), cmp.Compare(r.Expenditure, o.Expenditure),
		cmp.Compare(r.FundKind, o.FundKind), cmp.Compare(r.Source, o.Source))
}

// addUp sums neighbouring facts that belong together, each group in its order. The
// engines would sort everything first to do the same (twice as slow on SQLite, on
// MySQL far more), while the facts already come one unit and project after another.
func addUp(facts iter.Seq2[namedRow, error], together func(a, b *namedRow) bool) iter.Seq2[namedRow, error] {
	return func(yield func(namedRow, error) bool) {
		var group []namedRow
		for fact, err := range facts {
			if err != nil {
				yield(namedRow{}, err)
				return
			}
			if len(group) > 0 && !together(&group[0], &fact) {
				if !yieldAll(group, yield) {
					return
				}
				group = group[:0]
			}
			group = addTo(group, &fact)
		}
		yieldAll(group, yield)
	}
}

func addTo(group []namedRow, fact *namedRow) []namedRow {
	i, found := slices.BinarySearchFunc(group, fact, func(a namedRow, b *namedRow) int { return a.compare(b) })
	if found {
		group[i].Amount += fact.Amount
		return group
	}
	return slices.Insert(group, i, *fact)
}

func yieldAll(group []namedRow, yield func(namedRow, error) bool) bool {
	for _, sum := range group {
		if !yield(sum, nil) {
			return false
		}
	}
	return true
}
