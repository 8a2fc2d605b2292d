package model

import "time"

// Payment is money paid for a project (支付), as the treasury's system or a person
// says. It is never changed or removed: what was wrong is taken back by another
// payment with the opposite amount.
type Payment struct {
	ID          ID
	RegionCode  string
	UnitID      ID
	UnitPath    string
	Year        int
	ProjectCode string
	FundKind    FundKind
	PaidOn      Date
	Amount      Money  // negative: money that came back (退回)
	Reference   string // of the voucher (支付凭证号), once in a region's year
	// Flags are what stood out when it came in, as keys: "overBudget", "negative", "late".
	Flags     []string
	BatchID   ID // 0: entered by hand
	Note      string
	CreatedAt time.Time
	CreatedBy string
}

// PaymentBatch is one import of payments (导入批次).
type PaymentBatch struct {
	ID         ID `gorm:"primaryKey;autoIncrement:false"`
	RegionCode string
	Year       int
	FileName   string
	FileHash   string // SHA-256 of the file, in hexadecimal digits
	Added      int
	Duplicates int // that were there before, or twice in the file
	Amount     Money
	CreatedAt  time.Time
	CreatedBy  string
}

// PaymentColumn remembers what a foreign system calls a field of a payment (列名对应).
type PaymentColumn struct {
	RegionCode string `gorm:"primaryKey"`
	ColumnName string `gorm:"primaryKey"`
	Field      string
}
