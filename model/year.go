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

// YearOpening says that the bureau opened a budget year (开启预算年度). A year that
// has none may hold records, but nobody is reminded of anything in it.
type YearOpening struct {
	RegionCode string `gorm:"primaryKey"`
	Year       int    `gorm:"primaryKey;autoIncrement:false"`
	FromYear   int    // whose settings it took over, 0 for none
	OpenedOn   Date   // a day in Beijing, as the others
	OpenedBy   string
	ClosedOn   Date // "" while it is open
	ClosedBy   string
}

// YearDeadline is the dates of a stage of a year, for all units at and below a path;
// those of the longest path hold.
type YearDeadline struct {
	RegionCode string `gorm:"primaryKey"`
	Year       int    `gorm:"primaryKey;autoIncrement:false"`
	Stage      string `gorm:"primaryKey"` // of service/tracking
	UnitPath   string `gorm:"primaryKey"`
	Opens      Date   // "" from the beginning
	Due        Date   // "" once taken back; the row stays, for its moves
	// Moves is the version of the year's settings at the last change: it grows, and
	// dates that come back aren't those that were there before.
	Moves int
}
