package model

import (
	"slices"
	"strings"
)

// Predicate says which facts a figure is made of: a conjunction in which an empty
// field asks for nothing. It is the one definition of a figure: tables match it
// against grouped sums, lineage against the facts themselves, the store turns the
// same fields into SQL. JSON names serve the table sets.
type Predicate struct {
	Measure     Measure     `json:"measure,omitempty"`
	UnitPath    string      `json:"-"` // exactly this unit
	UnitKinds   []UnitKind  `json:"unitKinds,omitempty"`
	Expenditure Expenditure `json:"expenditure,omitempty"`
	FundKinds   []FundKind  `json:"fundKinds,omitempty"`
	Source      Source      `json:"source,omitempty"`
	CostKind    CostKind    `json:"costKind,omitempty"`
	// Function is a functional code or the beginning of one: 208 takes 2080101.
	Function string `json:"function,omitempty"`
	// Economic are department economic codes or beginnings of them.
	Economic []string `json:"economic,omitempty"`
	// Government is one government economic code, exactly.
	Government      string          `json:"government,omitempty"`
	ProcurementKind ProcurementKind `json:"procurementKind,omitempty"`
	// Item is a revenue or service code or the beginning of one.
	Item    string `json:"item,omitempty"`
	Project string `json:"-"` // exactly this project; goes with UnitPath
}

// Match tells whether a fact, or a sum of facts that still carries the fields
// asked for, belongs to the figure.
func (p *Predicate) Match(f *Fact) bool {
	return is(p.Measure, f.Measure) &&
		is(p.Expenditure, f.Expenditure) &&
		is(p.Source, f.Source) &&
		is(p.CostKind, f.CostKind) &&
		among(p.FundKinds, f.FundKind) &&
		strings.HasPrefix(f.FunctionCode, p.Function) &&
		p.matchEconomic(f) &&
		is(p.ProcurementKind, f.ProcurementKind) &&
		strings.HasPrefix(f.ItemCode, p.Item) &&
		among(p.UnitKinds, f.UnitKind) &&
		is(p.UnitPath, f.UnitPath) &&
		is(p.Project, f.ProjectCode)
}

func (p *Predicate) matchEconomic(f *Fact) bool {
	if !is(p.Government, f.GovernmentEconomicCode) {
		return false
	}
	if len(p.Economic) == 0 {
		return true
	}
	return slices.ContainsFunc(p.Economic, func(prefix string) bool {
		return strings.HasPrefix(f.DepartmentEconomicCode, prefix)
	})
}

func is[T ~string](want, got T) bool { return want == "" || want == got }

func among[T comparable](want []T, got T) bool {
	return len(want) == 0 || slices.Contains(want, got)
}

// And joins two predicates field by field; where both ask, the other's word
// narrows this one's. Fields that contradict give a predicate nothing matches.
func (p Predicate) And(q Predicate) Predicate {
	both := p
	pick(&both.Measure, q.Measure)
	pick(&both.UnitPath, q.UnitPath)
	pick(&both.Expenditure, q.Expenditure)
	pick(&both.Source, q.Source)
	pick(&both.CostKind, q.CostKind)
	pick(&both.Government, q.Government)
	pick(&both.ProcurementKind, q.ProcurementKind)
	pick(&both.Project, q.Project)
	both.Function = narrower(p.Function, q.Function)
	both.Item = narrower(p.Item, q.Item)
	both.FundKinds = intersect(p.FundKinds, q.FundKinds)
	both.UnitKinds = intersect(p.UnitKinds, q.UnitKinds)
	both.Economic = narrowerAll(p.Economic, q.Economic)
	return both
}

// never is a value that no fact carries.
const never = "\x00"

func pick[T ~string](field *T, other T) {
	switch {
	case other == "" || *field == other:
	case *field == "":
		*field = other
	default:
		*field = never
	}
}

func narrower(a, b string) string {
	switch {
	case strings.HasPrefix(b, a):
		return b
	case strings.HasPrefix(a, b):
		return a
	}
	return never
}

func narrowerAll(a, b []string) []string {
	if len(a) == 0 || len(b) == 0 {
		return append(slices.Clone(a), b...)
	}
	var out []string
	for _, x := range a {
		for _, y := range b {
			if n := narrower(x, y); n != never {
				out = append(out, n)
			}
		}
	}
	if out == nil {
		return []string{never}
	}
	return out
}

func intersect[T ~string](a, b []T) []T {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	if out == nil {
		return []T{T(never)}
	}
	return out
}
