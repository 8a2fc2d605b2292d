package model

import "time"

// YearSettings is what a region set for a budget year beyond its tree (年度设置). A
// year without any has version 0.
type YearSettings struct {
	RegionCode string         `gorm:"primaryKey"`
	Year       int            `gorm:"primaryKey;autoIncrement:false"`
	Deadlines  []StepDeadline `gorm:"serializer:json"`
	Version    int            // optimistic lock, of the tree as well
}

// StepDeadline is until when records should leave a step (期限).
type StepDeadline struct {
	Step string    `json:"step"` // key of the step, "" for drafts
	At   time.Time `json:"at"`
}
