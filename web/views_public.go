package web

import "biaochi/service/render"

// Meta is a line of the data that government pages carry about themselves.
type Meta struct {
	Label string // 发布机构
	Value string
}

// PublicHome lists who has published what (预算公开目录).
type PublicHome struct {
	Frame
	Search      string // what was asked for, "" for everything
	Compare     string // address of the units side by side
	Departments []PublicDepartment
}

// PublicDepartment is a department with its own documents and those of its units.
type PublicDepartment struct {
	Name  string
	Units []PublicUnit
}

// PublicUnit is a unit with its documents, the latest year first.
type PublicUnit struct {
	Name      string
	Documents []PublicDocument
}

// PublicDocument leads to the version that stands.
type PublicDocument struct {
	Link
	PublishedOn string // 2024年2月20日
	Corrected   bool   // it is not the first version
}

// PublicHead is what the pages of one document share.
type PublicHead struct {
	Heading string
	// Notice tells of a correction, or that another version took this one's place.
	Notice     string
	NoticeLink Link
	Tabs       []Link // overview, document, tables, projects, data
}

// PublicIssue is the first page of a document.
type PublicIssue struct {
	Frame
	PublicHead
	Headline  []Headline
	Meta      []Meta
	Tables    []TableItem
	Downloads []Download
	Versions  []PublicVersion
	Release   string // address of the file that proves it
	Schema    string // address of what describes that file
	Hash      string
	// Evaluations are the self-evaluations that went out, a unit each.
	Evaluations []PublicEvaluation
}

// PublicEvaluation is what a unit published of its self-evaluations (绩效自评结果).
type PublicEvaluation struct {
	Unit        string // "" where all are of one unit
	PublishedOn string
	Whole       string // what the whole unit's came to, "" where it isn't out
	Projects    int
	Reason      string // of all but the first
	Files       []Link
}

// Headline is a figure that people look for first.
type Headline struct {
	Label  string
	Amount string // in 万元
	Detail string
}

// PublicVersion is a version of a document with what it corrected.
type PublicVersion struct {
	Link
	PublishedOn string
	Reason      string
	Difference  Link // to what changed against the version before
}

// PublicTable is a published table; its figures open.
type PublicTable struct {
	Frame
	PublicHead
	Sheet     render.Table
	Numbers   []TableTab
	Downloads []Download
}

// PublicProjects are the projects as cards.
type PublicProjects struct {
	Frame
	PublicHead
	Projects []ProjectCard
	Total    string // in 万元
}

// ProjectCard says what a project costs, what it promises and how far it is.
type ProjectCard struct {
	Anchor   string
	Code     string
	Name     string
	Unit     string // "" where all are of one unit
	Function string
	Amount   string   // 万元
	Funds    []string // 一般公共预算 12.00 万元
	Goal     string
	Targets  []Meta // 业务培训期数 ≥12次
	Result   *ProjectResult
}

// ProjectResult is how far a project came, once its self-evaluation went out.
type ProjectResult struct {
	Rate     string // 89.97%, "" without a budget
	Executed string // 万元
	Budget   string // 万元
	Score    string // of 100
	Grade    string // 优
}

// PublicFigure is what a published figure is made of, as far as that is public.
type PublicFigure struct {
	Frame
	PublicHead
	Table  Link
	Row    string
	Column string
	Exact  string // yuan
	Shown  string // 万元
	Words  []string
	Facts  []PublicFact
}

// PublicFact is an amount behind a published figure.
type PublicFact struct {
	Unit     string
	Kind     string
	Name     Link
	Function string
	Economic string
	FundKind string
	Source   string
	Amount   string // yuan
}

// PublicDifference is what a correction changed, side by side.
type PublicDifference struct {
	Frame
	PublicHead
	Before, After string // 第1版, 第2版
	Reason        string
	Changes       []PublicChange
}

// PublicChange is one place that differs.
type PublicChange struct {
	Where  string
	Before string
	After  string
}

// PublicUnits are the headline figures of everybody who published in a year.
type PublicUnits struct {
	Frame
	Subject       string // 2024年部门预算, "" where nobody published
	Years, Scopes []Link
	Compared
}

// Compared is a table of headline figures in 万元, a row a unit.
type Compared struct {
	Labels []string
	Rows   []ComparedRow
}

// ComparedRow is a unit's headline figures; one that its document doesn't have is "".
type ComparedRow struct {
	Name    Link
	Amounts []string
}

// PublicYears are a unit's headline figures over the years, the latest first.
type PublicYears struct {
	Frame
	PublicHead
	Years []Link
	Rows  []YearRow
}

// YearRow is a headline figure in 万元, with its change against the year before where
// both are there.
type YearRow struct {
	Label        string
	Amounts      []string
	Change, Rate string
}
