package check

import (
	"cmp"
	"slices"

	"biaochi/model"
)

// ledger holds ties and finds which cells break them.
type ledger struct {
	exact bool
	ties  []*tie
	fixed map[ref]model.Money // corrections of cells found wrong
}

// defect is one fault: a cell that is off, with every tie that this explains, or a
// single tie that no cell explains.
type defect struct {
	at    ref
	delta model.Money // what the cell lacks
	ties  []*tie
}

// maxRounds bounds the search in a table that is wrong throughout; what is left is
// reported tie by tie.
const maxRounds = 200

func (l *ledger) add(t *tie) {
	t.order = len(l.ties)
	t.weigh(l.exact)
	l.ties = append(l.ties, t)
}

// settle gives the defects in the order of the ties. One wrong cell breaks every
// tie that it stands in; it is found by the correction that mends at least two of
// them and breaks none, so that a defect is reported once.
func (l *ledger) settle() []defect {
	l.fixed = map[ref]model.Money{}
	var found []defect
	byCell := l.suspects()
	for range maxRounds {
		d := l.best(byCell)
		if d == nil {
			break
		}
		l.fixed[d.at] += d.delta
		for _, t := range byCell[d.at] {
			t.diff += t.sign(d.at) * d.delta
		}
		found = append(found, *d)
	}
	for _, t := range l.failing() {
		found = append(found, defect{at: t.place(), delta: t.lack(), ties: []*tie{t}})
	}
	slices.SortStableFunc(found, func(a, b defect) int { return cmp.Compare(a.ties[0].order, b.ties[0].order) })
	return found
}

func (l *ledger) failing() []*tie {
	var failing []*tie
	for _, t := range l.ties {
		if !t.holds() {
			failing = append(failing, t)
		}
	}
	return failing
}

// suspects gives every tie of each cell that stands in a failing one.
func (l *ledger) suspects() map[ref][]*tie {
	byCell := map[ref][]*tie{}
	for _, t := range l.failing() {
		t.cells(func(c ref) { byCell[c] = nil })
	}
	if len(byCell) == 0 {
		return byCell
	}
	for _, t := range l.ties {
		t.cells(func(c ref) {
			if own, suspect := byCell[c]; suspect {
				byCell[c] = append(own, t)
			}
		})
	}
	return byCell
}

// best gives the correction that mends most; nil where none mends two ties without
// breaking another.
func (l *ledger) best(byCell map[ref][]*tie) *defect {
	var best *defect
	for _, t := range l.failing() {
		t.cells(func(c ref) {
			delta := -t.sign(c) * t.diff
			if d := try(c, delta, byCell[c]); d != nil && (best == nil || len(d.ties) > len(best.ties)) {
				best = d
			}
		})
	}
	return best
}

// try corrects a cell on paper; nil where that does not explain enough.
func try(c ref, delta model.Money, ties []*tie) *defect {
	d := defect{at: c, delta: delta}
	for _, t := range ties {
		before, after := t.holds(), t.holdsAt(t.diff+t.sign(c)*delta)
		switch {
		case before && !after:
			return nil
		case !before && after:
			d.ties = append(d.ties, t)
		}
	}
	if len(d.ties) < 2 {
		return nil
	}
	return &d
}

// place is where a failing tie is shown: where it says, else its first cell.
func (t *tie) place() ref {
	if t.at.cell() {
		return t.at
	}
	place := t.total.ref
	for _, part := range t.parts {
		if !place.cell() {
			place = part.ref
		}
	}
	return place
}

// lack is what the cell at place would need for the tie to hold.
func (t *tie) lack() model.Money { return -t.sign(t.place()) * t.diff }
