package model

import "time"

// RecordPosition is where a record stands in the workflow: what the machine needs to
// know of it beyond the states of its versions. A record that came in by a package
// has none until somebody acts on it.
type RecordPosition struct {
	RecordID ID `gorm:"primaryKey;autoIncrement:false"`
	// VersionID and State say what the rest is about. Where the record's newest
	// version is another one or stands elsewhere, a package came in since and the
	// rest no longer holds.
	VersionID  ID
	State      State
	Steps      string // JSON, as resolved when it was submitted
	Step       int    // index of the present step
	StepKey    string // "" while not in review
	TurnRole   string // whose move is next, "" nobody's
	TurnName   string
	TurnPath   string // "" for the bureau's offices
	TurnOffice string
	PreparedBy []string `gorm:"serializer:json"` // accounts that prepared the content
	ActedBy    []string `gorm:"serializer:json"` // accounts that acted since the submission
	BlockedAt  string   // path of the office that blocked it
	Sealed     bool     // somebody reviewed the version: editing starts a new one
	UnderState State    // of the version that stands behind this one
	// EditContent is an agreed edit (协商修改) that waits for consent, as JSON, and
	// EditedBy who wrote it.
	EditContent string
	EditedBy    string
	Grade       string    // given last (综合评定等级)
	MovedAt     time.Time // since when it stands here
	MovedBy     string
}

// RecordRemark is a reviewer's remark (审核意见) on a place of a version.
type RecordRemark struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID  ID
	VersionID ID
	At        time.Time
	Actor     string
	DeputyFor string // in whose place the actor sat
	StepKey   string
	Place     string // JSON path: "$.form.annualGoal"
	Note      string
}

// KeptReview is a filled-in 绩效目标审核表 as kept.
type KeptReview struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID  ID
	VersionID ID
	At        time.Time
	Actor     string
	DeputyFor string
	StepKey   string
	Grade     string
	Sheet     string // JSON
}

// TableName is that of the form.
func (KeptReview) TableName() string { return "review_sheets" }

// WarningAnswer is what a preparer had to say to a warning (对提醒的说明). It holds
// for as long as the warning is about the same words in the same place.
type WarningAnswer struct {
	RecordID   ID     `gorm:"primaryKey;autoIncrement:false"`
	FindingKey string `gorm:"primaryKey"`
	Rule       string
	Field      string
	Indicator  string
	Written    string // the words that the warning is about
	Answer     string
	At         time.Time
	Actor      string
}

// ApprovalAct tells of a 批复 who gave it: one of the bureau freezes 年初 for all the
// department's units. A 批复 that came with a package has none.
type ApprovalAct struct {
	ApprovalID ID `gorm:"primaryKey;autoIncrement:false"`
	UnitID     ID
	Year       int
	Action     string // named action: "approval.give"
	DeputyFor  string
	Records    int // how many it took
}

// IdempotencyKey is a request that was answered: the same one again gets the same
// answer and changes nothing.
type IdempotencyKey struct {
	Actor       string `gorm:"primaryKey"`
	RequestKey  string `gorm:"primaryKey"`
	RequestHash string
	Answer      string // JSON
	CreatedAt   time.Time
}
