package check

import "slices"

// Severity says how heavy a finding weighs: an error blocks publication.
type Severity string

// The three severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Severities lists the severities from the heaviest down.
var Severities = []Severity{Error, Warning, Info}

// Outcome is what became of a rule. Only Pass is a pass: a rule that had nothing
// to compare, or could not, says so.
type Outcome string

// The four outcomes.
const (
	Pass             Outcome = "pass"
	Fail             Outcome = "fail"
	NotApplicable    Outcome = "notApplicable"    // 不适用
	InsufficientData Outcome = "insufficientData" // 数据不足
)

// Outcomes lists the outcomes.
var Outcomes = []Outcome{Pass, Fail, NotApplicable, InsufficientData}

// Scope says what a rule reads.
type Scope string

// The scopes. Rules over filings that read indicators, dates and texts read those of
// whole-unit targets too.
const (
	TableScope  Scope = "tables" // the assembled or published tables
	FilingScope Scope = "filing" // a project's year
	SheetScope  Scope = "sheet"  // a unit's 基本支出表
	TargetScope Scope = "target" // a unit's 整体支出绩效目标
	// DocumentScope: the document that will be published (公开文本).
	DocumentScope Scope = "document"
)

// Rule is one entry of the catalogue. Its identifier is permanent: it is quoted in
// answers, reports and by other programs, and is never used again for another.
type Rule struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Basis    string   `json:"basis"` // official document and article, else 勾稽关系 or 通行做法
	Since    int      `json:"since"` // first budget year
	Until    int      `json:"until"` // last budget year, 0 while it holds
	Severity Severity `json:"severity"`
	Scope    Scope    `json:"scope"`
	Passing  string   `json:"passing"` // a case that passes, in a few words
	Failing  string   `json:"failing"` // a case that fails

	// filing marks the rules of what a form says (申报内容), which run where they are
	// asked for.
	filing bool
	// advice ends the message of a finding in a table: what to look at.
	advice string
	// What the rule does, by what it reads; a rule may read more than one.
	tables  func(*book)
	sheet   func(*probe)
	project func(*probe)
	target  func(*probe) // called by readTarget
	// document reads a document before it is published.
	document func(*reader)
	// rest makes a document's rule report only places of which no other rule does.
	rest bool
}

// Holds tells whether the rule is in force for a budget year.
func (r *Rule) Holds(year int) bool {
	return r.Since <= year && (r.Until == 0 || year <= r.Until)
}

// Catalogue gives every rule in the order in which findings are listed.
func Catalogue() []Rule { return slices.Clone(catalogue) }

var catalogue = slices.Concat(tableRules(), recordRules(), filingRules(), wholeUnitRules(), documentRules())

// Find gives a rule by its identifier; ok is false where there is none.
func Find(id string) (rule Rule, ok bool) {
	if r := lookup(id); r != nil {
		return *r, true
	}
	return Rule{}, false
}

func lookup(id string) *Rule {
	for i := range catalogue {
		if catalogue[i].ID == id {
			return &catalogue[i]
		}
	}
	return nil
}
