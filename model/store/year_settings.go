package store

import (
	"errors"

	"gorm.io/gorm"

	"biaochi/model"
)

// YearSettings gives the settings of a region's year; version 0 where there are none.
func (tx *Tx) YearSettings(region string, year int) (model.YearSettings, error) {
	settings := model.YearSettings{RegionCode: region, Year: year}
	err := tx.db.Where("region_code = ? AND year = ?", region, year).Take(&settings).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return model.YearSettings{RegionCode: region, Year: year}, nil
	}
	return settings, tx.fail(err)
}

// SaveYearSettings saves settings as read before, with the tree of the year, and
// counts their version up.
// Errors: Conflict "year.changed" where somebody else saved them since.
func (tx *Tx) SaveYearSettings(settings *model.YearSettings, treeKey string) error {
	next := *settings
	next.Version++
	if next.Deadlines == nil {
		next.Deadlines = []model.StepDeadline{} // nil would be NULL
	}
	changed, err := tx.putYearSettings(&next, settings.Version)
	if model.CodeOf(err) == model.Conflict && err != nil || err == nil && !changed {
		return model.Fail(model.Conflict, "year.changed", "%d 年度的设置刚被别人修改，请刷新后再改", settings.Year)
	}
	if err != nil {
		return err
	}
	if err := tx.EnsureYear(settings.RegionCode, settings.Year, treeKey); err != nil {
		return err
	}
	tx.assign(&settings.Version, next.Version)
	return tx.fail(tx.db.Model(&model.BudgetYear{}).Where("region_code = ? AND year = ?", settings.RegionCode, settings.Year).
		Update("tree_key", treeKey).Error)
}

func (tx *Tx) putYearSettings(next *model.YearSettings, version int) (changed bool, err error) {
	if version == 0 {
		return true, tx.fail(tx.db.Create(next).Error)
	}
	result := tx.db.Model(&model.YearSettings{}).
		Where("region_code = ? AND year = ? AND version = ?", next.RegionCode, next.Year, version).
		Select("deadlines", "version").Updates(next)
	return result.RowsAffected > 0, tx.fail(result.Error)
}
