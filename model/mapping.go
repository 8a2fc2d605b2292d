package model

import "time"

// ColumnMapping is what a column of somebody's table stood for when a unit imported
// it last: it is proposed again, to the unit and to others of its region.
type ColumnMapping struct {
	UnitID     ID         `gorm:"primaryKey;autoIncrement:false"`
	Kind       RecordKind `gorm:"primaryKey"`
	Header     string     `gorm:"primaryKey"` // as the table has it
	RegionCode string
	Field      string // "" where the column was left out
	At         time.Time
}
