package check

import (
	"slices"

	"biaochi/model"
)

// Finding is what a rule has to say about one place. Want and Got are raw: text as
// written, dates ISO 8601, amounts in yuan with two decimals, but cells of tables
// in 万元 as shown.
type Finding struct {
	Rule      string   `json:"rule"`
	Severity  Severity `json:"severity"`
	Outcome   Outcome  `json:"outcome"`
	Title     string   `json:"title"`
	Message   string   `json:"message"`   // what, where, what to do
	Unit      string   `json:"unit"`      // unit code
	Project   string   `json:"project"`   // project code
	Field     string   `json:"field"`     // path inside project, sheet or target: form.annualFunds.total
	Indicator string   `json:"indicator"` // third-level name as written
	Text      string   `json:"text"`      // the offending value alone, as written
	Table     string   `json:"table"`     // the table's key
	Row       string   `json:"row"`       // its code or first cell
	Column    string   `json:"column"`    // the CSV's heading
	Anchor    string   `json:"anchor"`    // the place in the document
	Want      string   `json:"want"`
	Got       string   `json:"got"`
}

// Tail is a 尾差: the shown parts of a shown total add up to something else, while
// the exact amounts agree. It is no error; a document says so under the table.
type Tail struct {
	Rule   string      `json:"rule"`
	Table  string      `json:"table"`
	Row    string      `json:"row"`
	Column string      `json:"column"`
	Shown  model.Money `json:"shown"` // the total as shown, in yuan
	Parts  model.Money `json:"parts"` // the sum of the parts as shown
}

// Report is the outcome of a run. Close it after the last Add.
type Report struct {
	Findings []Finding `json:"findings"`
	Tails    []Tail    `json:"-"`

	rules map[string]*tally
}

// tally is how a rule fared over all places it looked at.
type tally struct {
	failed         bool
	passed, absent *Finding // the first row of the rule that says so
}

// Errors counts the findings that block publication.
func (r Report) Errors() int { return r.count(Error) }

// Warnings counts the findings that need a look.
func (r Report) Warnings() int { return r.count(Warning) }

// TailsOf gives the tails of one table, in the order of its ties.
func (r Report) TailsOf(table string) (tails []Tail) {
	for _, tail := range r.Tails {
		if tail.Table == table {
			tails = append(tails, tail)
		}
	}
	return tails
}

func (r Report) count(s Severity) (n int) {
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Outcome == Fail && f.Severity == s {
			n++
		}
	}
	return n
}

// Failures gives the findings that say something is wrong, never nil.
func (r Report) Failures() []Finding {
	failures := []Finding{}
	for _, f := range r.Findings {
		if f.Outcome == Fail {
			failures = append(failures, f)
		}
	}
	return failures
}

// Add takes the findings of a further unit. Outcomes of a rule as a whole are
// tallied, so that a region of many units gives one row a rule.
func (r *Report) Add(findings []Finding) {
	if r.rules == nil {
		r.rules = map[string]*tally{}
	}
	for _, f := range findings {
		t := r.rules[f.Rule]
		if t == nil {
			t = &tally{}
			r.rules[f.Rule] = t
		}
		whole := f.Table == "" && f.Project == "" && f.Anchor == ""
		switch {
		case f.Outcome == Pass && whole:
			keepFirst(&t.passed, f)
		case f.Outcome == NotApplicable && whole:
			keepFirst(&t.absent, f)
		default:
			t.failed = t.failed || f.Outcome == Fail
			r.Findings = append(r.Findings, f)
		}
	}
}

func keepFirst(kept **Finding, f Finding) {
	if *kept == nil {
		f.Unit = ""
		*kept = &f
	}
}

// Close puts the findings in the order of the catalogue, each rule's outcome as a
// whole after its places: a pass where it failed nowhere, not applicable where it
// found nothing to compare at all.
func (r *Report) Close() {
	for _, rule := range catalogue {
		t := r.rules[rule.ID]
		switch {
		case t == nil || t.failed:
		case t.passed != nil:
			r.Findings = append(r.Findings, *t.passed)
		case t.absent != nil:
			r.Findings = append(r.Findings, *t.absent)
		}
	}
	r.rules = nil
	place := map[string]int{}
	for i, rule := range catalogue {
		place[rule.ID] = i
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return place[a.Rule] - place[b.Rule] })
}
