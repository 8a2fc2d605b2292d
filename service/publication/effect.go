package publication

import (
	"cmp"
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
)

// CellChange is a figure of a table that would become another one.
type CellChange struct {
	Table  *budget.Table
	Row    string // key of the row's half
	Label  string // its texts
	Column budget.Column
	Before model.Money // exact; 0 where the row isn't there yet
	After  model.Money
}

// Effect tells which figures of a unit's tables in 预算草案 would change if one
// version of a record took the place of another there: what passing it does. A
// version that is 0 is none. It assembles the tables with the one and with the other.
// Errors: those of View.
func (s *Service) Effect(ctx context.Context, q Query, out, in model.ID) (changes []CellChange, err error) {
	q.State, q.Department = model.StateDraft, false
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		before, err := s.open(tx, q)
		if err != nil {
			return err
		}
		after, err := before.swapped(q, out, in)
		if err != nil {
			return err
		}
		for _, b := range []*Book{before, after} {
			if b.Tables, err = budget.Assemble(b.input()); err != nil {
				return err
			}
		}
		changes, err = compareBooks(before, after)
		return err
	})
	return changes, err
}

// swapped is the book with the facts of one version in the place of another's.
func (b *Book) swapped(q Query, out, in model.ID) (*Book, error) {
	if err := b.loadProjects(); err != nil {
		return nil, err
	}
	after := *b
	after.Sums, after.projects = slices.Clone(b.Sums), slices.Clone(b.projects)
	names, err := b.tx.ProjectNames([]model.ID{out, in})
	if err != nil {
		return nil, err
	}
	for _, version := range []struct {
		id   model.ID
		sign model.Money
	}{{out, -1}, {in, 1}} {
		facts, err := b.tx.VersionFacts(version.id)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			f.Amount *= version.sign
			after.add(f, names[version.id])
		}
	}
	return &after, after.loadNames(q)
}

// add counts a fact into the sums; one of a project into the project's as well.
func (b *Book) add(f model.Fact, project string) {
	sum := f
	sum.UnitPath, sum.ProjectCode, sum.Origin, sum.Counts = "", "", model.Origin{}, model.Counts{}
	b.Sums = addSum(b.Sums, sum)
	if f.ProjectCode == "" || f.Measure != model.MeasureBudget || f.Expenditure != model.ProjectExpenditure {
		return
	}
	of := budget.ProjectSum{Name: project, Fact: model.Fact{
		Year: f.Year, UnitPath: f.UnitPath, ProjectCode: f.ProjectCode, Measure: f.Measure,
		Expenditure: f.Expenditure, FundKind: f.FundKind, Source: f.Source, Amount: f.Amount,
	}}
	same := func(p budget.ProjectSum) bool {
		p.Amount = of.Amount
		return p == of
	}
	if i := slices.IndexFunc(b.projects, same); i >= 0 {
		b.projects[i].Amount += of.Amount
		return
	}
	i, _ := slices.BinarySearchFunc(b.projects, of, func(p, o budget.ProjectSum) int {
		return cmp.Or(cmp.Compare(p.ProjectCode, o.ProjectCode), -1) // behind its equals
	})
	b.projects = slices.Insert(b.projects, i, of)
}

func addSum(sums []model.Fact, sum model.Fact) []model.Fact {
	i := slices.IndexFunc(sums, func(s model.Fact) bool {
		s.Amount = sum.Amount
		return s == sum
	})
	if i < 0 {
		return append(sums, sum)
	}
	sums[i].Amount += sum.Amount
	return sums
}

// cellKey addresses a figure in the tables of a unit.
type cellKey struct{ table, row, column string }

// compareBooks lists the figures that differ, in the order of the tables: those of
// the later book, then those of rows that it has no more.
func compareBooks(before, after *Book) (changes []CellChange, err error) {
	was := map[cellKey]model.Money{}
	if err := before.eachFigure(func(k cellKey, c CellChange) { was[k] = c.After }); err != nil {
		return nil, err
	}
	met := map[cellKey]bool{}
	collect := func(k cellKey, c CellChange) {
		if c.Before = was[k]; !met[k] && c.Before != c.After {
			changes = append(changes, c)
		}
		met[k] = true
	}
	if err := after.eachFigure(collect); err != nil {
		return nil, err
	}
	err = before.eachFigure(func(k cellKey, c CellChange) {
		c.After = 0
		collect(k, c)
	})
	order := func(t *budget.Table) int { return t.Def.Number }
	slices.SortStableFunc(changes, func(a, b CellChange) int { return cmp.Compare(order(a.Table), order(b.Table)) })
	return changes, err
}

// eachFigure walks all figures of the book, each as a change to what it shows.
func (b *Book) eachFigure(fn func(cellKey, CellChange)) error {
	for _, t := range b.Tables {
		for row, err := range t.Rows() {
			if err != nil {
				return err
			}
			for i, c := range t.Def.Columns {
				if _, ok := t.Figure(row, i); !ok || !row.Cells[i].Figure {
					continue
				}
				key := row.Keys[c.Side]
				fn(cellKey{t.Def.Key, key, c.Key}, CellChange{
					Table: t, Row: key, Label: t.RowLabel(row, c.Side), Column: c, After: row.Cells[i].Amount,
				})
			}
		}
	}
	return nil
}
