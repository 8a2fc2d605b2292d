package model

import "time"

// Purpose tells what an attachment backs up: the record itself, or what follows from
// it after approval, where files are evidence (佐证材料).
type Purpose string

// The purposes of attachments. Those of sheets and of assessments are named as
// SheetKind and AssessmentKind name them.
const (
	ForRecord     Purpose = "record"                      // 申报, 基本支出表, 整体支出绩效目标
	ForMonitoring         = Purpose(MonitoringSheet)      // 监控表 of the window that Part names
	ForEvaluation         = Purpose(EvaluationSheet)      // 自评表
	ForWhole              = Purpose(WholeSheet)           // 整体支出自评表
	ForDepartment         = Purpose(DepartmentAssessment) // 部门评价
	ForFinance            = Purpose(FinanceAssessment)    // 财政评价
	ForCorrection Purpose = "correction"                  // 整改通知 whose identifier is Part
)

// Word is the purpose in Chinese, "" for the record itself.
func (p Purpose) Word() string {
	return map[Purpose]string{
		ForMonitoring: "监控表", ForEvaluation: "自评表", ForWhole: "整体支出自评表",
		ForDepartment: DepartmentAssessment.Word(), ForFinance: FinanceAssessment.Word(), ForCorrection: "整改通知",
	}[p]
}

// Backed is what attachments back up.
type Backed struct {
	RecordID ID
	Purpose  Purpose
	Part     string // window of a monitoring sheet, identifier of a correction, "" else
}

// BackedRecord is a record itself.
func BackedRecord(id ID) Backed { return Backed{RecordID: id, Purpose: ForRecord} }

// Attachment is a file that backs up a record (附件), such as a document of 立项依据, or
// what follows from it (佐证材料). Its content lies in a directory under its hash. One
// that was removed stays in the history of the record.
type Attachment struct {
	ID ID `gorm:"primaryKey;autoIncrement:false"`
	Backed
	VersionID ID // the record's newest when it was added
	Name      string
	MediaType string // by its content, never by its name
	Size      int64  // bytes
	Hash      string // SHA-256 of the content, hexadecimal
	AddedAt   time.Time
	AddedBy   string
	RemovedAt *time.Time // nil: it is there
	RemovedBy string
}
