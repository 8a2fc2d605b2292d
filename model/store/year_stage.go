package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// YearOpening tells whether a region's year was opened.
func (tx *Tx) YearOpening(region string, year int) (opening model.YearOpening, ok bool, err error) {
	err = tx.db.Where("region_code = ? AND year = ?", region, year).Take(&opening).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.YearOpening{}, false, nil
	}
	return opening, err == nil, tx.fail(err)
}

// OpenYears lists the years that were opened and not closed, by region and year.
func (tx *Tx) OpenYears() ([]model.YearOpening, error) {
	var list []model.YearOpening
	err := tx.db.Where("closed_on = ''").Order("region_code, year").Find(&list).Error
	return list, tx.fail(err)
}

// AddYearOpening opens a year, once.
// Errors: Conflict "year.opened".
func (tx *Tx) AddYearOpening(opening *model.YearOpening) error {
	err := tx.fail(tx.db.Create(opening).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "year.opened", Err: err, Message: "这个预算年度已经开启，不能再开启一次"}
	}
	return err
}

// CloseYear notes that an opened year was closed.
// Errors: Conflict "year.notOpen" where it isn't open.
func (tx *Tx) CloseYear(opening model.YearOpening) error {
	result := tx.db.Model(&model.YearOpening{}).Where("region_code = ? AND year = ? AND closed_on = ''", opening.RegionCode, opening.Year).
		Updates(map[string]any{"closed_on": opening.ClosedOn, "closed_by": opening.ClosedBy})
	if result.Error == nil && result.RowsAffected == 0 {
		return model.Fail(model.Conflict, "year.notOpen", "%d 年度没有开启或已经关闭", opening.Year)
	}
	return tx.fail(result.Error)
}

// YearDeadlines lists the dates that were set for the stages of a region's year, by
// stage and path; those that were taken back are among them.
func (tx *Tx) YearDeadlines(region string, year int) ([]model.YearDeadline, error) {
	var list []model.YearDeadline
	err := tx.db.Where("region_code = ? AND year = ?", region, year).Order("stage, unit_path").Find(&list).Error
	return list, tx.fail(err)
}

// SetYearDeadlines sets dates in place of those of the same stages and paths.
func (tx *Tx) SetYearDeadlines(list []model.YearDeadline) error {
	if len(list) == 0 {
		return nil
	}
	return tx.fail(tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&list).Error)
}

// GivenApproval is a 批复 with the unit that it addresses.
type GivenApproval struct {
	ID       model.ID
	UnitID   model.ID
	UnitPath string
	Number   string
	Date     model.Date // "" for one taken over without
}

// ApprovalsGiven lists the 批复 of a year at and below a path, by path, the earliest
// first; those taken over without a date come before.
func (tx *Tx) ApprovalsGiven(year int, path string) ([]GivenApproval, error) {
	var list []GivenApproval
	sql, args := prefixed("u.path", path)
	err := tx.db.Table("approvals a").Joins("JOIN budget_units u ON u.id = a.unit_id").
		Select("a.id, a.unit_id, u.path AS unit_path, a.number, a.date").
		Where("a.year = ?", year).Where(sql, args...).Order("u.path, a.date, a.id").Find(&list).Error
	return list, tx.fail(err)
}

// UnitsWithRecords lists the units in scope at and below a path that have records in a
// year, by path.
func (tx *Tx) UnitsWithRecords(scope Scope, path string, year int) ([]model.BudgetUnit, error) {
	var units []model.BudgetUnit
	sql, args := prefixed("path", path)
	err := tx.db.Scopes(scope.on("path")).Where(sql, args...).
		Where("EXISTS (SELECT 1 FROM records r WHERE r.unit_id = budget_units.id AND r.year = ?)", year).Order("path").Find(&units).Error
	return units, tx.fail(err)
}
