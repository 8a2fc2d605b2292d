package model

import "time"

// AssessmentKind tells who evaluates a project or a whole unit on top of its
// self-evaluation.
type AssessmentKind string

// The kinds of assessment.
const (
	DepartmentAssessment AssessmentKind = "department" // 部门评价
	FinanceAssessment    AssessmentKind = "finance"    // 财政评价
)

// AssessmentKinds lists the kinds.
var AssessmentKinds = []AssessmentKind{DepartmentAssessment, FinanceAssessment}

// Word is the kind in Chinese.
func (k AssessmentKind) Word() string {
	return map[AssessmentKind]string{DepartmentAssessment: "部门评价", FinanceAssessment: "财政评价"}[k]
}

// AssessmentState is where an assessment stands.
type AssessmentState string

// The states of an assessment.
const (
	AssessmentDraft  AssessmentState = "draft"  // 评价中
	AssessmentIssued AssessmentState = "issued" // 已下达
)

// Assessment is a department's or the bureau's evaluation of one project or whole unit
// (部门评价, 财政评价), over a self-evaluation that was confirmed. Its total and grade are computed.
type Assessment struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID  ID // the filing or whole-unit target
	UnitID    ID
	UnitPath  string
	Year      int
	Kind      AssessmentKind
	State     AssessmentState
	Content   string // JSON, of service/execution
	SelfScore int64  // total of the self-evaluation it looked at, in hundredths
	Score     int64  // total in hundredths
	Grade     string // key of the grade band
	IssuedOn  Date   // "" before
	Version   int    // optimistic lock
	ChangedAt time.Time
	ChangedBy string
}
