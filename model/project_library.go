package model

import "time"

// ProjectState is where a project stands in the project library (项目库) in a year. The
// first four are kept, as far as it was admitted; the others follow from its filings
// and their 批复.
type ProjectState string

// The states of a project in the library.
const (
	ProjectCandidate   ProjectState = "candidate"         // 未入库
	ProjectProposed    ProjectState = "proposed"          // 申请入库
	ProjectDepartment  ProjectState = "departmentReserve" // 部门储备: in 部门项目库
	ProjectFinance     ProjectState = "financeReserve"    // 财政储备: in 财政项目库
	ProjectExecuting   ProjectState = "executing"         // 执行: in the year's approved budget
	ProjectCarriedOver ProjectState = "carriedOver"       // 结转: goes on from an earlier year's
	ProjectEnded       ProjectState = "ended"             // 终止
)

// ProjectStates lists the states in the order of a life.
var ProjectStates = []ProjectState{
	ProjectCandidate, ProjectProposed, ProjectDepartment, ProjectFinance, ProjectExecuting, ProjectCarriedOver, ProjectEnded,
}

var projectStateWords = map[ProjectState]string{
	ProjectCandidate: "未入库", ProjectProposed: "申请入库", ProjectDepartment: "部门储备", ProjectFinance: "财政储备",
	ProjectExecuting: "执行", ProjectCarriedOver: "结转", ProjectEnded: "终止",
}

// Word is the state in Chinese.
func (s ProjectState) Word() string { return projectStateWords[s] }

// Project is a project (项目) of the library: what lasts over its filings of single
// years. It is there from its first filing on.
type Project struct {
	ID         ID `gorm:"primaryKey;autoIncrement:false"`
	UnitID     ID
	Code       string
	Stage      ProjectState // how far it was admitted: one of the first four
	ProposedBy string       // who asked for admission, "" before
	EndedFrom  int          // the first year in which it is over, 0: it isn't
	EndReason  string
	Version    int // optimistic lock
}

// OverIn tells whether somebody ended the project before or in a year.
func (p Project) OverIn(year int) bool { return p.EndedFrom != 0 && p.EndedFrom <= year }

// Ended is the refusal of a filing of the project in a year in which it is over.
func (p Project) Ended(year int) *Error {
	return Fail(Conflict, "project.ended", "项目 %s 已自 %d 年度起终止（%s），不能申报 %d 年度；确需继续的请财政部门恢复，或新建项目",
		p.Code, p.EndedFrom, p.EndReason, year)
}

// LastYear is the last year that a project runs for, as its filing of a year says: a
// one-off project's own, else the end of its period; 0 where it says nothing.
func (p *ProjectContent) LastYear(year int) int {
	switch form := p.Form; {
	case p.Nature == OneOff:
		return year
	case form != nil && form.PeriodStart != nil && form.PeriodYears != nil:
		return *form.PeriodStart + *form.PeriodYears - 1
	}
	return 0
}

// ProjectOrder is the version of an order of projects by priority (项目排序) for a year: a
// department's, or with UnitID 0 that of the region's 财政项目库. The places stand in
// ProjectRank.
type ProjectOrder struct {
	RegionCode string `gorm:"primaryKey"`
	UnitID     ID     `gorm:"primaryKey;autoIncrement:false"` // the department
	Year       int    `gorm:"primaryKey;autoIncrement:false"`
	Version    int    // optimistic lock; 0: nobody ordered anything yet
	ChangedAt  time.Time
	ChangedBy  string
}

// ProjectRank is a project's place in an order; one that has none comes after all
// that have.
type ProjectRank struct {
	ProjectID  ID   `gorm:"primaryKey;autoIncrement:false"`
	Year       int  `gorm:"primaryKey;autoIncrement:false"`
	ByFinance  bool `gorm:"primaryKey"` // in the order of 财政项目库, else in the department's
	RegionCode string
	UnitID     ID  // of the order
	Place      int // from 1, without gaps
}

// Conclusion is what a pre-evaluation (事前绩效评估) came to.
type Conclusion string

// The conclusions.
const (
	Supported        Conclusion = "supported"        // 支持
	SupportedChanged Conclusion = "supportedChanged" // 调整后支持
	NotSupported     Conclusion = "notSupported"     // 不予支持
)

// Conclusions lists the conclusions from the best down.
var Conclusions = []Conclusion{Supported, SupportedChanged, NotSupported}

var conclusionWords = map[Conclusion]string{Supported: "支持", SupportedChanged: "调整后支持", NotSupported: "不予支持"}

// Word is the conclusion in Chinese.
func (c Conclusion) Word() string { return conclusionWords[c] }

// PreEvaluation is the pre-evaluation (事前绩效评估) of a project as it was recorded; its
// report is an attachment of one of the project's filings.
type PreEvaluation struct {
	ProjectID    ID `gorm:"primaryKey;autoIncrement:false"`
	Conclusion   Conclusion
	Opinion      string
	EvaluatedOn  Date
	Evaluator    string // who evaluated: an office, a body of experts
	AttachmentID ID
	Version      int // optimistic lock
	ChangedAt    time.Time
	ChangedBy    string
}

// PreEvaluationLevel is what a missing pre-evaluation does to a filing.
type PreEvaluationLevel string

// The levels.
const (
	PreEvaluationOff   PreEvaluationLevel = "off"   // 不要求
	PreEvaluationWarn  PreEvaluationLevel = "warn"  // 提醒
	PreEvaluationBlock PreEvaluationLevel = "block" // 不得提交
)

// PreEvaluationLevels lists the levels from the mildest.
var PreEvaluationLevels = []PreEvaluationLevel{PreEvaluationOff, PreEvaluationWarn, PreEvaluationBlock}

var preEvaluationLevelWords = map[PreEvaluationLevel]string{
	PreEvaluationOff: "不要求", PreEvaluationWarn: "提醒", PreEvaluationBlock: "不得提交",
}

// Word is the level in Chinese.
func (l PreEvaluationLevel) Word() string { return preEvaluationLevelWords[l] }

// FundsMeasure is which money of a form is held against a threshold.
type FundsMeasure string

// The measures.
const (
	AnnualMeasure   FundsMeasure = "annual"   // 年度资金总额
	LongTermMeasure FundsMeasure = "longTerm" // 实施期资金总额
)

// FundsMeasures lists the measures.
var FundsMeasures = []FundsMeasure{AnnualMeasure, LongTermMeasure}

var fundsMeasureWords = map[FundsMeasure]string{AnnualMeasure: "年度资金", LongTermMeasure: "实施期资金"}

// Word is the measure in Chinese.
func (m FundsMeasure) Word() string { return fundsMeasureWords[m] }

// PreEvaluationRule says which projects of a region's year owe a pre-evaluation: new
// ones, from so much money on. Version 0: the region set nothing, it is its set's.
type PreEvaluationRule struct {
	RegionCode string             `gorm:"primaryKey" json:"-"`
	Year       int                `gorm:"primaryKey;autoIncrement:false" json:"-"`
	Level      PreEvaluationLevel `json:"level"`
	Threshold  Money              `json:"threshold"`
	Measure    FundsMeasure       `json:"measure"`
	// LookBack: new is what had no 批复 in so many years before, 0: never.
	LookBack int    `json:"lookBack"`
	Source   string `json:"source"` // the document that says so
	Version  int    `json:"-"`      // optimistic lock
}
