// Package publication owns the use cases around a unit's published budget: its
// tables, what every figure is made of, and what the checks say. It loads, lets
// the pure packages work, and hands over; it must not know HTTP or file formats.
package publication

import (
	"context"
	"iter"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/render/formats"
)

// Service reads one store.
type Service struct {
	store     *store.Store
	style     string
	bundles   bundleCache // of published versions
	headlines headlines
}

// NewService works on a store; style is the stylesheet that documents carry.
func NewService(s *store.Store, style string) *Service { return &Service{store: s, style: style} }

// Query names a unit's year, or a department's over all its units.
type Query struct {
	Scope      store.Scope
	Region     string // "" where the installation has one alone
	Unit       string
	Year       int
	Department bool
	// Filings asks the checks for the rules of what forms say, too.
	Filings bool
	// NewestTexts takes what a unit's sheet says in words as approved last, whatever
	// the state.
	NewestTexts bool
	// Document asks the checks for the rules over the whole document, too.
	Document bool
	// Counted holds the rules over records to the versions that count in the state,
	// which are those that go out; else they read the one in force or the newest.
	Counted bool
	// State is "" for 年初, or 预算草案 where nothing is approved yet.
	State model.TableState
}

// Book is the tables of a unit's year while their records can be read: it is
// valid inside the function that View calls.
type Book struct {
	Region     model.Region
	Unit       model.BudgetUnit
	Name       string // the unit's name in that year
	Kind       model.UnitKind
	Year       int
	Department bool
	Filings    bool
	Document   bool
	State      model.TableState
	// Fallback tells that 预算草案 is shown because nothing is approved.
	Fallback bool
	Set      *budget.Set
	Tables   []*budget.Table
	Sums     []model.Fact
	Names    budget.Names
	Units    []budget.Unit
	projects []budget.ProjectSum // of a single unit, once read
	// tableReport is what the rules over tables said, once run.
	tableReport *check.Report
	draft       *disclosure.Draft   // once built
	manuscript  *formats.Manuscript // of the draft
	style       string
	newestTexts bool
	counted     bool
	years       []disclosure.UnitYear // once loaded
	tx          *store.Tx
	facts       store.FactQuery
}

// View assembles the tables and calls fn with them inside one consistent reading
// of the records. Errors: NotFound for an unknown unit, Invalid for an ambiguous
// region, Forbidden "tables.department" where the scope holds only a part of the
// department, those of fn.
func (s *Service) View(ctx context.Context, q Query, fn func(*Book) error) error {
	return s.store.Read(ctx, func(tx *store.Tx) error {
		b, err := s.open(tx, q)
		if err != nil {
			return err
		}
		if b.Tables, err = budget.Assemble(b.input()); err != nil {
			return err
		}
		return fn(b)
	})
}

// open finds the unit and loads what tables are made from.
func (s *Service) open(tx *store.Tx, q Query) (*Book, error) {
	b := &Book{
		tx: tx, style: s.style, Year: q.Year, Department: q.Department, Filings: q.Filings, Document: q.Document, State: q.State,
		newestTexts: q.NewestTexts, counted: q.Counted,
	}
	for _, step := range []func(Query) error{b.findUnit, b.loadSums, b.loadUnits, b.loadNames} {
		if err := step(q); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *Book) findUnit(q Query) (err error) {
	if b.Unit, err = b.tx.FindUnit(q.Scope, q.Region, q.Unit); err != nil {
		return err
	}
	if q.Department && !q.Scope.Holds(b.Unit.Path) {
		return model.Fail(model.Forbidden, "tables.department",
			"本部门的表包括 %s 的全部所属单位，您的权限不到所属单位；请查看本单位的表", b.Unit.Name)
	}
	if b.Region, err = b.tx.Region(b.Unit.RegionCode); err != nil {
		return err
	}
	b.facts = store.FactQuery{Scope: q.Scope, Year: q.Year, Root: b.Unit.Path, Below: q.Department}
	b.Set, err = budget.LoadSet(b.Region.SetKey)
	return err
}

// loadSums adds up the facts in the state asked for: 年初 unless said otherwise,
// and the draft where no record of the scope is approved.
func (b *Book) loadSums(q Query) (err error) {
	if b.State == "" {
		b.State = model.StateInitial
	}
	b.facts.State = b.State
	if b.Sums, err = b.tx.SumFacts(b.facts, model.Predicate{}); err != nil || q.State != "" || len(b.Sums) > 0 {
		return err
	}
	// Nothing counts: either nothing is approved, or what is has no money.
	approved, err := b.tx.AnyCounted(b.facts)
	if err != nil || approved {
		return err
	}
	b.State, b.Fallback = model.StateDraft, true
	b.facts.State = b.State
	b.Sums, err = b.tx.SumFacts(b.facts, model.Predicate{})
	return err
}

// HasUnits tells that there are units below this one.
func (b *Book) HasUnits() (bool, error) { return b.tx.HasUnitsBelow(b.facts.Scope, b.Unit.Path) }

// loadUnits lists the units with records of the year, under the names they had.
func (b *Book) loadUnits(q Query) error {
	named, err := b.tx.UnitsOfYear(b.facts)
	if err != nil {
		return err
	}
	for _, u := range named {
		b.Units = append(b.Units, budget.Unit{Path: u.Path, Code: u.Code, Name: u.Name, Kind: u.Kind})
	}
	b.Name, b.Kind = b.Unit.Name, b.Unit.Kind
	i := slices.IndexFunc(b.Units, func(u budget.Unit) bool { return u.Path == b.Unit.Path })
	switch {
	case i >= 0:
		b.Name, b.Kind = b.Units[i].Name, b.Units[i].Kind
	case len(b.Units) == 0:
		b.Units = []budget.Unit{{Path: b.Unit.Path, Code: b.Unit.Code, Name: b.Unit.Name, Kind: b.Unit.Kind}}
	}
	return nil
}

func (b *Book) input() budget.Input {
	return budget.Input{
		Set: b.Set, Year: b.Year, Units: b.Units, Names: b.Names, Sums: b.Sums,
		Unit: budget.Unit{Path: b.Unit.Path, Code: b.Unit.Code, Name: b.Name, Kind: b.Kind},
		ByUnit: func(where model.Predicate) iter.Seq2[model.Fact, error] {
			if !b.Department {
				return b.sumsOfUnit(where)
			}
			return b.tx.SumFactsByUnit(b.facts, where)
		},
		ByProject: func(where model.Predicate) iter.Seq2[budget.ProjectSum, error] {
			return b.projectSums(where)
		},
	}
}

// sumsOfUnit answers for a single unit from the sums at hand: they are its own.
func (b *Book) sumsOfUnit(where model.Predicate) iter.Seq2[model.Fact, error] {
	return func(yield func(model.Fact, error) bool) {
		for _, f := range b.Sums {
			if !where.Match(&f) {
				continue
			}
			f.UnitPath = b.Unit.Path
			if !yield(f, nil) {
				return
			}
		}
	}
}

// projectSums streams a department's projects from the store, once a table; a
// single unit's are few and are read once for all tables.
func (b *Book) projectSums(where model.Predicate) iter.Seq2[budget.ProjectSum, error] {
	if b.Department {
		return b.streamProjects(where)
	}
	return func(yield func(budget.ProjectSum, error) bool) {
		if err := b.loadProjects(); err != nil {
			yield(budget.ProjectSum{}, err)
			return
		}
		for _, sum := range b.projects {
			if where.Match(&sum.Fact) && !yield(sum, nil) {
				return
			}
		}
	}
}

func (b *Book) loadProjects() error {
	if b.projects != nil {
		return nil
	}
	b.projects = []budget.ProjectSum{}
	where := model.Predicate{Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure}
	for sum, err := range b.streamProjects(where) {
		if err != nil {
			return err
		}
		b.projects = append(b.projects, sum)
	}
	return nil
}

func (b *Book) streamProjects(where model.Predicate) iter.Seq2[budget.ProjectSum, error] {
	return func(yield func(budget.ProjectSum, error) bool) {
		for sum, err := range b.tx.SumFactsByProject(b.facts, where) {
			if !yield(budget.ProjectSum{Fact: sum.Fact, Name: sum.Name}, err) || err != nil {
				return
			}
		}
	}
}
