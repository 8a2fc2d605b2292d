package store

import (
	"gorm.io/gorm"

	"biaochi/model"
)

// ListedCorrection is an order with what it is about.
type ListedCorrection struct {
	model.Correction
	UnitCode    string
	UnitName    string
	ProjectCode string
	ProjectName string // as approved
}

// CorrectionFilter narrows CorrectionList; an empty field asks for nothing.
type CorrectionFilter struct {
	RecordID model.ID
	Year     int
	UnitPath string // of a unit
	Below    bool   // with those below it
	State    model.CorrectionState
	Open     bool // not closed
	Limit    int  // 0: all
	Offset   int
}

// CorrectionList gives a page of the orders in scope and how many there are: the open
// ones by their date, so that overdue ones stand on top, then the closed ones.
func (tx *Tx) CorrectionList(scope Scope, f CorrectionFilter) (list []ListedCorrection, count int64, err error) {
	query := tx.db.Table("corrections AS c").Scopes(scope.on("c.unit_path"))
	if f.RecordID != 0 {
		query = query.Where("c.record_id = ?", f.RecordID)
	}
	if f.Year != 0 {
		query = query.Where("c.year = ?", f.Year)
	}
	switch {
	case f.UnitPath != "" && f.Below:
		sql, args := prefixed("c.unit_path", f.UnitPath)
		query = query.Where(sql, args...)
	case f.UnitPath != "":
		query = query.Where("c.unit_path = ?", f.UnitPath)
	}
	if f.State != "" {
		query = query.Where("c.state = ?", f.State)
	}
	if f.Open {
		query = query.Where("c.closed_on = ''")
	}
	if err := query.Session(&gorm.Session{}).Count(&count).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	if f.Limit > 0 {
		query = query.Limit(f.Limit).Offset(f.Offset)
	}
	err = query.Select("c.*, u.code AS unit_code, u.name AS unit_name, r.project_code, COALESCE(p.name, '') AS project_name").
		Joins("JOIN budget_units u ON u.id = c.unit_id JOIN records r ON r.id = c.record_id").
		Joins("LEFT JOIN project_contents p ON p.version_id = r.in_force_id").
		Order("CASE WHEN c.closed_on = '' THEN 0 ELSE 1 END, c.due, c.id").Scan(&list).Error
	return list, count, tx.fail(err)
}
