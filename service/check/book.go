package check

import (
	"fmt"
	"strings"

	"biaochi/model"
)

// book is all tables of a run with the ties between them. Rules state their ties
// into it; nothing fails before all are stated.
type book struct {
	ledger
	in    *Input
	grids map[string]*Grid // by the table's key
	order []*Grid
	rule  *Rule // the one at work
	// unstated is what units spend of a fund kind without stating income of it.
	unstated map[model.FundKind]model.Money
	// verdicts are what rules said of themselves: not applicable, insufficient data.
	verdicts map[string]Finding
	// under says for every rule with a broken tie which rule the defect is
	// reported under.
	under map[string]string
	found []Finding
	tails []Tail // those of the tables by project, then all
}

// has tells whether the set has all these tables.
func (b *book) has(keys ...string) bool {
	for _, key := range keys {
		if b.grids[key] == nil {
			return false
		}
	}
	return true
}

// cell gives a figure by the keys of its table, row and column. A row that the
// table does not have counts as zero.
func (b *book) cell(table, row, column string) term {
	grid := b.grids[table]
	return grid.cell(row, grid.Def.Column(column))
}

func (g *Grid) cell(row string, column int) term {
	return g.at(g.line(g.Def.Columns[column].Side, row), column)
}

func (g *Grid) at(line, column int) term {
	t := term{ref: ref{g, line, column}}
	if line >= 0 {
		t.amount = g.Lines[line].Figures[column]
	}
	return t
}

// constant is an amount that stands in no table.
func constant(m model.Money) term { return term{amount: m} }

// sum adds up the sums that a predicate takes; ok is false where sums are not to
// be had.
func (b *book) sum(where model.Predicate) (sum model.Money, ok bool) {
	for i := range b.in.Sums {
		if f := &b.in.Sums[i]; where.Match(f) {
			sum += f.Amount
		}
	}
	return sum, b.in.Sums != nil
}

// equal states that a total is the sum of its parts.
func (b *book) equal(say string, total term, parts ...term) *tie {
	return b.state(say, equals, total, parts)
}

func (b *book) state(say string, bound bound, total term, parts []term) *tie {
	t := &tie{rule: b.rule, total: total, parts: parts, bound: bound, say: say}
	b.add(t)
	return t
}

// notApplicable says that the rule has nothing to compare here.
func (b *book) notApplicable(why string) { b.verdict(NotApplicable, why) }

// insufficient says that the rule cannot be judged.
func (b *book) insufficient(why string) { b.verdict(InsufficientData, why) }

func (b *book) verdict(o Outcome, why string) {
	b.verdicts[b.rule.ID] = b.rule.finding(o, why)
}

// finding starts a finding of the rule.
func (r *Rule) finding(o Outcome, message string) Finding {
	return Finding{Rule: r.ID, Severity: r.Severity, Outcome: o, Title: r.Title, Message: message}
}

// name calls a table in a message: 预算公开表3.
func (b *book) name(table string) string {
	if g := b.grids[table]; g != nil {
		return g.Def.Label
	}
	return table
}

// report turns defects into findings. Failures that share a group have one cause
// and give one finding.
func (b *book) report(defects []defect) {
	groups := map[string]int{}
	for _, d := range defects {
		for _, t := range d.ties {
			b.under[t.rule.ID] = leading(d.ties).rule.ID
		}
		group := d.ties[0].group
		if len(d.ties) > 1 {
			group = ""
		}
		if i, known := groups[group]; known && group != "" {
			b.alsoAt(i, d.at)
			continue
		}
		groups[group] = len(b.found)
		b.found = append(b.found, b.describe(d))
	}
}

// alsoAt adds a further table to a finding, once.
func (b *book) alsoAt(i int, at ref) {
	f := &b.found[i]
	note := "《" + at.grid.Title + "》同一行也不平。"
	if f.Table != at.grid.Def.Key && !strings.Contains(f.Message, note) {
		f.Message += note
	}
}

// describe writes the finding of a defect at its cell.
func (b *book) describe(d defect) Finding {
	t := leading(d.ties)
	f := t.rule.finding(Fail, "")
	f.Unit = b.in.Unit
	grid, now := d.at.grid, d.at.grid.Lines[d.at.line].Figures[d.at.column]
	f.Table, f.Row, f.Column = grid.Def.Key, d.at.label(), grid.Def.Columns[d.at.column].Heading
	f.Got, f.Want, f.Text = now.Wan(), (now + d.delta).Wan(), now.Wan()
	f.Message = fmt.Sprintf("《%s》“%s”行“%s”列为 %s，%s %s（%s）。%s%s", grid.Title, f.Row, f.Column,
		amountWords(now, d.delta), verbs[t.bound], amountWords(now+d.delta, d.delta), t.say, others(t, d.ties), t.rule.advice)
	return f
}

var verbs = map[bound]string{equals: "应为", atMost: "不应大于", atLeast: "不应小于"}

// leading is the tie that a defect is reported under: of the rules that are errors,
// if any is, the first tie of the one with the most broken.
func leading(ties []*tie) *tie {
	broken := map[*Rule]int{}
	for _, t := range ties {
		broken[t.rule]++
	}
	lead := ties[0]
	for _, t := range ties {
		heavier := t.rule.Severity == Error && lead.rule.Severity != Error
		lighter := t.rule.Severity != Error && lead.rule.Severity == Error
		if heavier || !lighter && broken[t.rule] > broken[lead.rule] {
			lead = t
		}
	}
	return lead
}

// others names the other rules that the same cell breaks.
func others(lead *tie, ties []*tie) string {
	var ids []string
	seen := map[string]bool{lead.rule.ID: true}
	for _, t := range ties {
		if !seen[t.rule.ID] {
			seen[t.rule.ID] = true
			ids = append(ids, t.rule.ID)
		}
	}
	if ids == nil {
		return ""
	}
	return "同一处还使 " + strings.Join(ids, "、") + " 不成立。"
}

// amountWords writes an amount in 万元, or in 元 where the difference is too small
// to show.
func amountWords(m, difference model.Money) string {
	if -shownUnit < difference && difference < shownUnit {
		return m.Yuan() + " 元"
	}
	return m.Wan() + " 万元"
}
