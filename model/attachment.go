package model

import "time"

// Attachment is a file that backs up a record (附件), such as a document of 立项依据.
// Its content lies in a directory under its hash. One that was removed stays in the
// history of the record.
type Attachment struct {
	ID        ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID  ID
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
