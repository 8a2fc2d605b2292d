package store

import (
	"strings"

	"biaochi/model"
)

// condition is a conjunction in SQL. Once nothing can match it, never is set.
type condition struct {
	parts []string
	args  []any
	never bool
}

func (c *condition) and(sql string, args ...any) {
	c.parts = append(c.parts, sql)
	c.args = append(c.args, args...)
}

// sql gives the text for WHERE.
func (c *condition) sql() string {
	if c.never {
		return "1 = 0"
	}
	if len(c.parts) == 0 {
		return "1 = 1"
	}
	return strings.Join(c.parts, " AND ")
}

// where adds what model.Predicate.Match asks, field by field. This is the only
// place where a predicate becomes SQL. The plus signs change no value: they keep
// SQLite from taking a column for constant, after which it no longer sees that the
// index facts_sums is in the order of the sums.
func (c *condition) where(p *model.Predicate) {
	one(c, "+f.measure", measures, p.Measure)
	one(c, "+f.expenditure", expenditures, p.Expenditure)
	one(c, "+f.source", sources, p.Source)
	one(c, "+f.cost_kind", costKinds, p.CostKind)
	one(c, "+f.procurement_kind", procurementKinds, p.ProcurementKind)
	among(c, "+f.fund_kind", fundKinds, p.FundKinds)
	among(c, "+f.unit_kind", unitKinds, p.UnitKinds)
	c.equal("f.unit_path", p.UnitPath)
	c.equal("f.project_code", p.Project)
	c.equal("+f.government_economic_code", p.Government)
	c.prefix("f.function_code", p.Function)
	c.prefix("f.item_code", p.Item)
	c.prefix("f.department_economic_code", p.Economic...)
}

// one asks for a value of an enumeration; one it does not know matches nothing.
func one[T ~string](c *condition, column string, words vocabulary[T], value T) {
	if value == "" {
		return
	}
	n, ok := words.number(value)
	if !ok {
		c.never = true
		return
	}
	c.and(column+" = ?", n)
}

// among asks for one of several values, blank being a value like the others here.
func among[T ~string](c *condition, column string, words vocabulary[T], values []T) {
	if len(values) == 0 {
		return
	}
	var numbers []any
	for _, value := range values {
		if n, ok := words.number(value); ok {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		c.never = true
		return
	}
	c.and(column+" IN (?"+strings.Repeat(", ?", len(numbers)-1)+")", numbers...)
}

// impossible tells whether a text is the mark of a contradiction: no column holds
// a zero character.
func impossible(text string) bool { return strings.ContainsRune(text, 0) }

func (c *condition) equal(column, value string) {
	switch {
	case value == "":
	case impossible(value):
		c.never = true
	default:
		c.and(column+" = ?", value)
	}
}

// prefix asks for one of several beginnings; an empty one asks for nothing.
func (c *condition) prefix(column string, beginnings ...string) {
	var possible []string
	for _, beginning := range beginnings {
		if beginning == "" {
			return
		}
		if !impossible(beginning) {
			possible = append(possible, beginning)
		}
	}
	if len(beginnings) == 0 {
		return
	}
	sql, args := anyOf(possible, func(beginning string) (string, []any) { return prefixed(column, beginning) })
	c.and(sql, args...)
}
