package model

import "time"

// Stage is a rung of the ladder that a disclosure (预算公开) climbs.
type Stage string

// The stages, in their order.
const (
	StageAssembled Stage = "assembled" // 已生成
	StageChecked   Stage = "checked"   // 已校验
	StageReviewed  Stage = "reviewed"  // 已保密审查
	StageSigned    Stage = "signed"    // 负责人已签批
	StagePublished Stage = "published" // 已公开
)

// Stages lists the ladder from the bottom.
var Stages = []Stage{StageAssembled, StageChecked, StageReviewed, StageSigned, StagePublished}

var stageWords = map[Stage]string{
	StageAssembled: "已生成", StageChecked: "已校验", StageReviewed: "已保密审查", StageSigned: "负责人已签批", StagePublished: "已公开",
}

// Word is the stage in Chinese.
func (s Stage) Word() string { return stageWords[s] }

// Publication is a version of a unit's disclosure, or of a department's over all its
// units. Below StagePublished it may be assembled anew; once published nothing of it
// changes, and a correction (更正) is the next version.
type Publication struct {
	ID     ID `gorm:"primaryKey;autoIncrement:false"`
	UnitID ID
	Year   int
	// Whole marks a department's document over all its units.
	Whole  bool
	Number int // from 1
	Stage  Stage
	// Reason says why a published version is corrected; "" for the first.
	Reason string
	// ContentHash is SHA-256 over the canonical bundle (公开数据包) in hexadecimal digits.
	ContentHash string
	AssembledAt time.Time
	AssembledBy string

	CheckedAt *time.Time
	CheckedBy string
	Errors    int
	Warnings  int
	// Override is why errors don't keep it from being published.
	Override   string
	OverrideBy string

	SecrecyDate Date // 保密审查
	SecrecyName string
	SecrecyBy   string
	SignDate    Date // 负责人签批
	SignName    string
	SignBy      string

	PublishedAt *time.Time
	PublishedBy string
	// DueDate is the last day for publishing by the clock of the 批复; "" where none runs.
	DueDate    Date
	ApprovalID ID
	// Previous is the seal of the version published before this one in the whole
	// installation; Seal is over it and all that is said here.
	Previous string
	Seal     string
	Version  int // optimistic lock
}

// PublicationFile is a file of a published version, kept byte for byte.
type PublicationFile struct {
	PublicationID ID     `gorm:"primaryKey;autoIncrement:false"`
	Name          string `gorm:"primaryKey"`
	Format        string // html, pdf, xlsx, docx, csv, json
	Size          int64
	Hash          string // SHA-256 in hexadecimal digits
	Content       []byte
}

// PublicationBundle is the content of a version: all that its document and its tables
// are made of, as canonical JSON.
type PublicationBundle struct {
	PublicationID ID `gorm:"primaryKey;autoIncrement:false"`
	Content       []byte
}

// EvaluationRelease is a unit's confirmed self-evaluations (绩效自评) of a year as they
// went out. Nothing of it ever changes; when more are confirmed or one is put right,
// the next release has them all. Its bundle and files are kept by its identifier.
type EvaluationRelease struct {
	ID          ID `gorm:"primaryKey;autoIncrement:false"`
	UnitID      ID
	Year        int
	Number      int    // from 1
	Reason      string // of all but the first
	ContentHash string // SHA-256 over the bundle
	Projects    int    // whose results are out
	PublishedAt time.Time
	PublishedBy string
	// Previous is the seal of what was published before in the whole installation;
	// Seal is over it, all that is said here, and the files.
	Previous string
	Seal     string
}
