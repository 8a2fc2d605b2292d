package model

import "time"

// ControlSheet is the control figures (控制数) of a unit with all below it for a year:
// what it may ask for of this year's money, by fund kind. A kind without a figure isn't
// limited; a figure of 0 lets nothing through.
type ControlSheet struct {
	UnitID   ID  `gorm:"primaryKey;autoIncrement:false"`
	Year     int `gorm:"primaryKey;autoIncrement:false"`
	UnitPath string
	// Figures are in preparation, Issued are those that hold; issuing copies them.
	Figures   map[FundKind]Money `gorm:"serializer:json"`
	Issued    map[FundKind]Money `gorm:"serializer:json"`
	IssuedOn  Date               // of the last time; "" before the first
	Version   int                // optimistic lock
	ChangedAt time.Time
	ChangedBy string
}
