package store

import (
	"errors"

	"gorm.io/gorm"

	"biaochi/model"
)

// ControlSheet gives a unit's control figures of a year; ok is false where it has
// none. The caller has asked for the right to see the unit.
func (tx *Tx) ControlSheet(unitID model.ID, year int) (sheet model.ControlSheet, ok bool, err error) {
	err = tx.db.Where("unit_id = ? AND year = ?", unitID, year).Take(&sheet).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.ControlSheet{UnitID: unitID, Year: year}, false, nil
	}
	sheet.ChangedAt = sheet.ChangedAt.UTC()
	return sheet, err == nil, tx.fail(err)
}

// ControlSheets lists the control figures of a year at and below a path.
func (tx *Tx) ControlSheets(year int, path string) (sheets []model.ControlSheet, err error) {
	sql, args := prefixed("unit_path", path)
	err = tx.db.Where("year = ?", year).Where(sql, args...).Order("unit_path").Find(&sheets).Error
	return sheets, tx.fail(err)
}

// SaveControlSheet adds a sheet whose version is 0, else saves it as read before.
// Errors: Conflict "control.changed" where somebody else was faster.
func (tx *Tx) SaveControlSheet(sheet *model.ControlSheet) error {
	tx.fillTime(&sheet.ChangedAt)
	for _, figures := range []*map[model.FundKind]model.Money{&sheet.Figures, &sheet.Issued} {
		if *figures == nil {
			*figures = map[model.FundKind]model.Money{} // nil would be NULL
		}
	}
	next := *sheet
	next.Version++
	changed, err := true, error(nil)
	if sheet.Version == 0 {
		err = tx.fail(tx.db.Create(&next).Error)
	} else {
		result := tx.db.Model(&next).Where("unit_id = ? AND year = ? AND version = ?", next.UnitID, next.Year, sheet.Version).
			Select("*").Omit("unit_id", "year").Updates(&next)
		changed, err = result.RowsAffected > 0, tx.fail(result.Error)
	}
	if err == nil && !changed || model.CodeOf(err) == model.Conflict {
		return model.Fail(model.Conflict, "control.changed", "控制数刚被别人修改，请刷新后再改")
	}
	if err == nil {
		tx.assign(&sheet.Version, next.Version)
	}
	return err
}

// Asked says which requests count against control figures.
type Asked string

// What counts: all that is on the way, or what passed the review.
const (
	AskedNewest Asked = "newest" // newest versions that aren't withdrawn or blocked
	AskedPassed Asked = "passed" // what a 批复 would take or has taken
)

// AskedBudgets adds up this year's money, basic and project, that units at and below a
// path ask for, by unit path and fund kind. Carry-over was granted before.
func (tx *Tx) AskedBudgets(year int, path string, which Asked) (sums []ProjectAmount, err error) {
	c := &condition{}
	c.and("f.year = ?", year)
	sql, args := prefixed("f.unit_path", path)
	c.and(sql, args...)
	c.where(&model.Predicate{Measure: model.MeasureBudget, Source: model.CurrentYear})
	join := ""
	if which == AskedPassed {
		c.and("f.in_draft = ?", true)
	} else {
		join = " JOIN record_versions v ON v.id = f.version_id JOIN records r ON r.id = v.record_id AND r.newest_id = v.id"
		c.and("v.state NOT IN ?", []model.State{model.Withdrawn, model.Blocked})
	}
	from := factTables[tx.store.dialect][ordered] + join
	for sum, err := range stream(tx, "SELECT f.unit_path, '', f.fund_kind, SUM(f.amount) FROM "+from+" WHERE "+c.sql()+
		" GROUP BY f.unit_path, f.fund_kind", c.args, scanProjectAmount) {
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}
