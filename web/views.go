package web

import "biaochi/service/render"

// Link is words that lead somewhere. Without an address they are only words.
type Link struct {
	Text string
	Href string
	// Current marks the choice that the page shows, or the page itself.
	Current bool
}

// Frame is what every page has around its content.
type Frame struct {
	// Title names the page in the browser and stands first in it, except on pages
	// whose sheet has a title of its own.
	Title string
	// Crumbs lead from the first page to this one, which comes last.
	Crumbs []Link
	// Brand names the site where it isn't that of people who log in.
	Brand Link
	// Metas are what search engines and government catalogues read of the page.
	Metas []Meta
	// LargeText shows everything at 18 px and up.
	LargeText bool
	// TextSwitch leads to this page in the other size; without an address the page
	// offers none.
	TextSwitch Link
}

// Home lists the units and years of the installation.
type Home struct {
	Frame
	Departments []Department
	// ImportCommand is what the empty page tells to run:
	// biaochi import --approved --reason "…" 数据包.json.
	ImportCommand string
}

// Department is a competent department (主管部门) with the units below it; itself
// comes first among them where it has a budget of its own.
type Department struct {
	Code  string
	Name  string
	Units []HomeUnit
}

// HomeUnit is a unit with its years, the newest first.
type HomeUnit struct {
	Code  string
	Name  string
	Kind  string // 行政单位
	Years []HomeYear
}

// HomeYear is a unit's budget of a year.
type HomeYear struct {
	Year int
	Href string // the unit's page in the state that is shown first
	// States are those with records: 预算草案, 年初预算, 变动后预算.
	States []Link
	Total  string // 收入总计 in 万元 of the first state; "" where unknown
}

// Head says whose budget a page shows: unit, year, and the switches that hold
// across pages.
type Head struct {
	UnitCode string
	UnitName string
	Year     int
	State    string // 年初预算
	Scope    string // 本单位 or 本部门
	States   []Link
	Scopes   []Link // empty where the unit has nothing below it
}

// Fact is a line of a list of facts: 单位性质 — 行政单位.
type Fact struct {
	Label string
	Value string
	Href  string
}

// Unit is one unit's year: its tables and what the checks found.
type Unit struct {
	Frame
	Head      Head
	Facts     []Fact
	Tables    []TableItem
	Summary   Summary
	Downloads []Download
}

// TableItem is a line of the list of tables.
type TableItem struct {
	Number int
	Title  string // 2023年预算收支总表
	Href   string
	Empty  bool
	Total  string // the table's total in 万元 as shown; "" where it has none
	// Errors and Warnings count the findings about this table.
	Errors   int
	Warnings int
}

// Download is a file to take away.
type Download struct {
	Text   string // 本表 CSV
	Href   string
	Detail string // what is in it
}

// Outcome is how a rule came out.
type Outcome string

// The outcomes; whatever else stands there is shown as it is.
const (
	OutcomeError         Outcome = "error"
	OutcomeWarning       Outcome = "warning"
	OutcomeInfo          Outcome = "info"
	OutcomePass          Outcome = "pass"
	OutcomeInsufficient  Outcome = "insufficientData"
	OutcomeNotApplicable Outcome = "notApplicable"
)

// outcomeWords give a sign and a word to each outcome: colour alone says nothing.
var outcomeWords = map[Outcome][2]string{
	OutcomeError:         {"✕", "错误"},
	OutcomeWarning:       {"!", "警告"},
	OutcomeInfo:          {"i", "提示"},
	OutcomePass:          {"✓", "通过"},
	OutcomeInsufficient:  {"?", "数据不足"},
	OutcomeNotApplicable: {"—", "不适用"},
}

// Sign is the mark before the word.
func (o Outcome) Sign() string { return outcomeWords[o][0] }

// Word is the outcome in Chinese.
func (o Outcome) Word() string {
	if words, ok := outcomeWords[o]; ok {
		return words[1]
	}
	return string(o)
}

// Summary counts what the checks found.
type Summary struct {
	// Checked is false where no check has run: then nothing may look like a pass.
	Checked bool
	Href    string // the page of findings
	Counts  []OutcomeCount
	// Rules are the rules with errors or warnings.
	Rules []RuleCount
}

// OutcomeCount is how often an outcome came out.
type OutcomeCount struct {
	Outcome Outcome
	Count   int
	Href    string // the findings with this outcome
}

// RuleCount is how many findings a rule has.
type RuleCount struct {
	Rule    string // K04
	Title   string
	Outcome Outcome
	Count   int
	Href    string
}

// Finding is what a rule said.
type Finding struct {
	Rule    string // K04
	Title   string // what the rule asks for, in a few words
	Outcome Outcome
	Message string // what is wrong, where, and what to do
	// Places are the rows, columns or records it is about, each with its address.
	Places []Link
}

// TableTab leads to a table of the same unit, year, state and scope.
type TableTab struct {
	Number   int
	Name     string // 预算收支总表
	Href     string
	Current  bool
	Empty    bool
	Errors   int
	Warnings int
}

// Table is one table as people know it.
type Table struct {
	Frame
	Head Head
	Tabs []TableTab
	// Sheet is the table; its rows are read once, while the page renders. Links of
	// its cells open their lineage.
	Sheet render.Table
	// Pages lead through the rows of a table too long for one page.
	Pages     []Link
	PageNote  string // which rows this page shows; "" where all
	Checked   bool   // false where no check has run: then nothing may look like a pass
	Findings  []Finding
	Previous  Link
	Next      Link
	Downloads []Download
}

// Lineage is what one figure is made of.
type Lineage struct {
	Frame
	Head   Head
	Table  Link   // the table, at the figure's row
	Row    string // 2080101 行政运行
	Column string // 合计
	Exact  string // in yuan with two decimals: 30988466.00
	Shown  string // in 万元 as the table shows it; "" where the cell is empty
	// Words say what counts into the figure: 本年预算, 一般公共预算, 基本支出.
	Words []string
	Facts []LineageFact
	// Count is how many facts there are, more than Facts where the list is cut.
	Count int
	// Note says which facts are listed where not all are.
	Note  string
	Pages []Link
}

// LineageFact is one amount behind a figure.
type LineageFact struct {
	Kind         string // 项目支出, 基本支出, 收入
	Unit         string // shown where facts come from several units
	Code         string // project code, "" for lines of a sheet
	Name         string // project, or what the line is
	Href         string // the record, "" where there is no page for it
	Function     string // 2080101 行政运行
	Economic     string // 30201 办公费
	FundKind     string // 一般公共预算
	Source       string // 本年预算
	Amount       string // in yuan with two decimals
	Version      int
	Approval     string // number of the 批复
	ApprovalDate string // 2023-01-20
	State        string // 已批复
}

// ByUnit tells whether the facts name units.
func (l Lineage) ByUnit() bool {
	for _, f := range l.Facts {
		if f.Unit != "" {
			return true
		}
	}
	return false
}

// Findings lists what the checks said about a unit's year.
type Findings struct {
	Frame
	Head     Head
	Checked  bool
	Filters  []Filter
	Findings []Finding
	Pages    []Link
}

// Filter is a choice of outcomes with its count; it lives in the address.
type Filter struct {
	Link
	Outcome Outcome // "" for all
	Count   int
}

// Error is a page that says what went wrong.
type Error struct {
	Frame
	Code      int    // HTTP status
	What      string // 没有找到这张表
	Where     string // 2023年 示例单位
	Do        string // what to do now
	Back      Link
	RequestID string
}
