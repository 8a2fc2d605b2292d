package check

import (
	"biaochi/model"
)

// ref is the place of one cell; line -1 is a row that the table does not have,
// grid nil an amount that stands in no table.
type ref struct {
	grid   *Grid
	line   int
	column int
}

// cell tells whether there is such a cell.
func (r ref) cell() bool { return r.grid != nil && r.line >= 0 }

func (r ref) label() string {
	return r.grid.Lines[r.line].Labels[r.grid.Def.Columns[r.column].Side]
}

// term is one amount of a tie.
type term struct {
	ref
	amount model.Money
}

// bound says how a total stands to its parts.
type bound int

const (
	equals bound = iota
	atMost
	atLeast
)

// tie is one equation, or bound, between cells: total = sum of parts.
type tie struct {
	rule  *Rule
	order int
	total term
	parts []term
	bound bound
	say   string // the equation in words, as the message quotes it
	// at is where a failure is shown when no single cell explains it.
	at ref
	// group joins failures of one cause, such as money on a code with children,
	// that shows in several columns and tables.
	group string

	diff  model.Money // total − parts, as corrected so far
	slack model.Money
}

// weigh computes difference and slack. Exact figures have no slack. Shown ones
// allow half of the last place for every figure that takes part, except that two
// figures which stand for the same amount must be shown the same.
func (t *tie) weigh(exact bool) {
	amount := func(term term) model.Money {
		if !exact {
			return shown(term.amount)
		}
		return term.amount
	}
	t.diff = amount(t.total)
	for _, part := range t.parts {
		t.diff -= amount(part)
	}
	// A part that prints as nothing may still hold less than half of the last place.
	if !exact && len(t.parts) > 1 {
		t.slack = model.Money(1+len(t.parts)) * shownUnit / 2
	}
}

func (t *tie) holds() bool { return t.holdsAt(t.diff) }

func (t *tie) holdsAt(diff model.Money) bool {
	switch t.bound {
	case atMost:
		return diff <= t.slack
	case atLeast:
		return diff >= -t.slack
	}
	return -t.slack <= diff && diff <= t.slack
}

// sign is how a change of the cell changes the difference.
func (t *tie) sign(cell ref) model.Money {
	if t.total.ref == cell {
		return 1
	}
	return -1
}

// cells walks the cells of the tie.
func (t *tie) cells(visit func(ref)) {
	if t.total.cell() {
		visit(t.total.ref)
	}
	for _, part := range t.parts {
		if part.cell() {
			visit(part.ref)
		}
	}
}

// tail gives the 尾差 of a sum within one table that holds; ok is false where the
// shown parts add up to the shown total.
func (t *tie) tail() (tail Tail, ok bool) {
	if t.bound != equals || !t.total.cell() || !t.holds() {
		return Tail{}, false
	}
	var sum model.Money
	for _, part := range t.parts {
		if part.grid != t.total.grid {
			return Tail{}, false
		}
		sum += shown(part.amount)
	}
	total := t.total
	tail = Tail{
		Rule: t.rule.ID, Table: total.grid.Def.Key,
		Row: total.label(), Column: total.grid.Def.Columns[total.column].Heading,
		Shown: shown(total.amount), Parts: sum,
	}
	return tail, tail.Shown != sum
}

// tails gives the 尾差 of all ties, one a cell.
func (l *ledger) tails() (tails []Tail) {
	seen := map[ref]bool{}
	for _, t := range l.ties {
		if tail, ok := t.tail(); ok && !seen[t.total.ref] {
			seen[t.total.ref] = true
			tails = append(tails, tail)
		}
	}
	return tails
}
