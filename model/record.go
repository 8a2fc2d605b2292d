package model

import "time"

// RecordKind says which kind of record travels the chain.
type RecordKind string

// The kinds of record with versions and a state.
const (
	FilingRecord RecordKind = "filing" // 绩效目标申报: a project's year
	SheetRecord  RecordKind = "sheet"  // 基本支出表: a unit's year
)

// State is where a version stands in its life (see "A filing's life").
type State string

// The states. A version that a newer approved one replaced keeps Approved: it
// stays readable and stays in the tables of 年初.
const (
	Draft     State = "draft"     // 草稿
	InReview  State = "inReview"  // 审核中
	Passed    State = "passed"    // 审核通过
	Approved  State = "approved"  // 已批复
	Blocked   State = "blocked"   // 不予安排
	Withdrawn State = "withdrawn" // 已撤销
)

// States lists the states in the order of a life.
var States = []State{Draft, InReview, Passed, Approved, Blocked, Withdrawn}

var stateWords = map[State]string{
	Draft: "草稿", InReview: "审核中", Passed: "审核通过", Approved: "已批复", Blocked: "不予安排", Withdrawn: "已撤销",
}

// Word is the state in Chinese; Chinese would give the table state's word for
// draft, which is another thing.
func (s State) Word() string { return stateWords[s] }

// Record is a filing or a basic sheet: what has versions. A project (项目) of the
// library is known by unit and code; a filing is that project's year.
type Record struct {
	ID          ID `gorm:"primaryKey;autoIncrement:false"`
	Kind        RecordKind
	UnitID      ID
	Year        int
	ProjectCode string // "" for a sheet
	// Position is the place among the unit's projects as imported, from 1; 0 for
	// records made in the program, which follow by code.
	Position int
	// NewestID is the newest version; InForceID the one approved last, 0 where none.
	NewestID  ID
	InForceID ID
	Version   int // optimistic lock
}

// CurrentID is the version that export and filing checks take: the one in force,
// else the newest.
func (r Record) CurrentID() ID {
	if r.InForceID != 0 {
		return r.InForceID
	}
	return r.NewestID
}

// RecordVersion is one version of a record, without its content.
type RecordVersion struct {
	ID       ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID ID
	Number   int // from 1
	State    State
	// Counts are the table states the version counts in, the same as its facts'.
	Counts Counts `gorm:"embedded"`
	// Hash is over the canonical content; equal hashes are equal contents.
	Hash       string
	ApprovalID ID // 0 until approved
	// AfterInitial marks a version approved after the unit's year had its 批复: it
	// counts in 变动后, never in 年初.
	AfterInitial bool
	CreatedAt    time.Time
	CreatedBy    string // "alice" or "cli:root@host"
}

// Counts is the set of table states that a version's facts count in.
type Counts struct {
	InDraft    bool
	InInitial  bool
	InAdjusted bool
}

// In tells whether facts so marked count in a table of the given state.
func (c Counts) In(state TableState) bool {
	switch state {
	case StateDraft:
		return c.InDraft
	case StateInitial:
		return c.InInitial
	case StateAdjusted:
		return c.InAdjusted
	}
	return false
}

// Approval is a 批复: the act on a unit's budget of a year. One taken over from
// an older system without number and date starts no clock.
type Approval struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	UnitID    ID
	Year      int
	Number    string
	Date      Date
	Reason    string
	CreatedAt time.Time
	CreatedBy string
}

// Event is one entry of the append-only log: who, when, what, why, from which
// state to which.
type Event struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	At        time.Time
	Actor     string
	Action    string // named action: "package.import"
	UnitID    ID
	Year      int
	RecordID  ID // 0: about the unit's year as a whole
	VersionID ID
	FromState State
	ToState   State
	Reason    string
	Detail    string // JSON, shape by action
}
