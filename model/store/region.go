package store

import (
	"errors"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"biaochi/model"
)

// Regions lists all regions by code. They are no secret: no scope.
func (tx *Tx) Regions() ([]model.Region, error) {
	var regions []model.Region
	err := tx.db.Order("code").Find(&regions).Error
	return regions, tx.fail(err)
}

// Region gives one region.
// Errors: NotFound "region.notFound".
func (tx *Tx) Region(code string) (model.Region, error) {
	var region model.Region
	err := tx.db.Where("code = ?", code).Take(&region).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return region, model.Fail(model.NotFound, "region.notFound", "没有代码为 %s 的财政区划", code)
	}
	return region, tx.fail(err)
}

// OnlyRegion gives the region of a code, or where it is "" the only one that has
// units, or the default one of an empty installation.
// Errors: NotFound "region.notFound"; Invalid "region.several" where several have units.
func (tx *Tx) OnlyRegion(code string) (model.Region, error) {
	if code != "" {
		return tx.Region(code)
	}
	var inUse []model.Region
	err := tx.db.Where("EXISTS (SELECT 1 FROM budget_units u WHERE u.region_code = regions.code)").Order("code").Find(&inUse).Error
	switch {
	case err != nil:
		return model.Region{}, tx.fail(err)
	case len(inUse) == 0:
		return tx.Region(model.DefaultRegionCode)
	case len(inUse) == 1:
		return inUse[0], nil
	}
	var codes []string
	for _, r := range inUse {
		codes = append(codes, r.Code)
	}
	return model.Region{}, model.Fail(model.Invalid, "region.several", "库中有多个财政区划（%s），请用 --region 指明是哪一个", strings.Join(codes, "、"))
}

// SaveRegion adds a region or overwrites the one with its code.
func (tx *Tx) SaveRegion(region *model.Region) error {
	return tx.fail(tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(region).Error)
}

// EnsureYear adds the budget year of a region where it is missing; one that is
// there keeps its tree.
func (tx *Tx) EnsureYear(region string, year int, treeKey string) error {
	row := model.BudgetYear{RegionCode: region, Year: year, TreeKey: treeKey}
	return tx.fail(tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error)
}

// Year gives the settings of a budget year.
// Errors: NotFound "year.notFound".
func (tx *Tx) Year(region string, year int) (model.BudgetYear, error) {
	var row model.BudgetYear
	err := tx.db.Where("region_code = ? AND year = ?", region, year).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, model.Fail(model.NotFound, "year.notFound", "区划 %s 没有 %d 预算年度", region, year)
	}
	return row, tx.fail(err)
}

// Years lists the budget years of all regions by region and year. They are no secret:
// no scope.
func (tx *Tx) Years() ([]model.BudgetYear, error) {
	var years []model.BudgetYear
	err := tx.db.Order("region_code, year").Find(&years).Error
	return years, tx.fail(err)
}

// Catalogue lists a code list of a year by code: the year's own list where there
// is one, else the baseline.
func (tx *Tx) Catalogue(kind model.CatalogueKind, year int) ([]model.CatalogueEntry, error) {
	var entries []model.CatalogueEntry
	own := tx.db.Model(&model.CatalogueEntry{}).Select("MAX(year)").
		Where("kind = ? AND year IN (?, ?)", kind, model.BaselineYear, year)
	err := tx.db.Where("kind = ? AND year = (?)", kind, own).Order("code").Find(&entries).Error
	return entries, tx.fail(err)
}

// Mappings lists which government economic code each department code falls under
// in a year, by kind of unit and code; the baseline where the year has none.
func (tx *Tx) Mappings(year int) ([]model.EconomicMapping, error) {
	var mappings []model.EconomicMapping
	own := tx.db.Model(&model.EconomicMapping{}).Select("MAX(year)").
		Where("year IN (?, ?)", model.BaselineYear, year)
	err := tx.db.Where("year = (?)", own).Order("unit_kind, department_code").Find(&mappings).Error
	return mappings, tx.fail(err)
}
