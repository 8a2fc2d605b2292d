package model

import "time"

// SheetKind tells the sheets that follow an approved target.
type SheetKind string

// The kinds of tracking sheet.
const (
	MonitoringSheet SheetKind = "monitoring" // 绩效目标执行监控表
	EvaluationSheet SheetKind = "evaluation" // 绩效自评表
	WholeSheet      SheetKind = "whole"      // 整体支出绩效自评表, of a whole-unit target
)

// Evaluates tells whether the sheet is a self-evaluation, of a project or of a whole
// unit.
func (k SheetKind) Evaluates() bool { return k == EvaluationSheet || k == WholeSheet }

// Target is the kind of record that the sheet follows.
func (k SheetKind) Target() RecordKind {
	if k == WholeSheet {
		return TargetRecord
	}
	return FilingRecord
}

// SheetState is where a tracking sheet stands.
type SheetState string

// The states of a tracking sheet; one that nobody began isn't there.
const (
	SheetDraft     SheetState = "draft"     // 填报中
	SheetSubmitted SheetState = "submitted" // 待确认
	SheetConfirmed SheetState = "confirmed" // 已确认
)

// Word is the state in Chinese.
func (s SheetState) Word() string {
	return map[SheetState]string{SheetDraft: "填报中", SheetSubmitted: "待确认", SheetConfirmed: "已确认"}[s]
}

// TrackingSheet is a monitoring sheet of one window or a self-evaluation, about the
// approved target of one project or of a whole unit. What it comes to is computed at every write.
type TrackingSheet struct {
	ID       ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID ID // the filing or whole-unit target
	// VersionID is the approved version that the sheet speaks of. A draft follows an
	// adjustment; a sheet that was handed in keeps the version it was handed in with.
	VersionID  ID
	UnitID     ID
	UnitPath   string
	Year       int
	Kind       SheetKind
	WindowKey  string // of monitoring, "" else
	State      SheetState
	Content    string   // JSON, of service/execution
	PreparedBy []string `gorm:"serializer:json"`
	Returns    int      // how often it came back
	// SubmittedOn and ConfirmedOn are days in Beijing, "" before.
	SubmittedOn Date
	ConfirmedOn Date
	// Lights are how many indicators show each light, and MoneyLight that of the money.
	Lights     LightCounts `gorm:"embedded"`
	MoneyLight string
	Score      int64  // total of an evaluation in hundredths
	Grade      string // key of its grade band
	Version    int    // optimistic lock
	ChangedAt  time.Time
	ChangedBy  string
}

// LightCounts counts indicators by light.
type LightCounts struct {
	Red    int `json:"red"`
	Yellow int `json:"yellow"`
	Green  int `json:"green"`
	NotDue int `json:"notDue"`
	NoData int `json:"noData"`
}

// CorrectionState is where a correction order stands.
type CorrectionState string

// The states of a correction.
const (
	CorrectionOrdered CorrectionState = "ordered" // 整改中
	CorrectionReplied CorrectionState = "replied" // 待复核
	CorrectionClosed  CorrectionState = "closed"  // 已办结
)

// Word is the state in Chinese.
func (s CorrectionState) Word() string {
	return map[CorrectionState]string{CorrectionOrdered: "整改中", CorrectionReplied: "待复核", CorrectionClosed: "已办结"}[s]
}

// Correction is an order to put something right (整改通知): what, by whom, until when.
type Correction struct {
	ID          ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID    ID // the filing
	UnitID      ID
	UnitPath    string
	Year        int
	What        string // 整改内容
	Responsible string // 责任人
	Due         Date
	State       CorrectionState
	Reply       string // 整改情况
	Evidence    string // 佐证材料 in words; files are its attachments
	Opinion     string // 复核意见
	Returns     int    // how often the re-check sent it back
	OrderedOn   Date
	OrderedBy   string
	ClosedOn    Date // "" before
	Version     int  // optimistic lock
}
