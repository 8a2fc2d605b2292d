package store

import (
	"errors"
	"strings"

	"gorm.io/gorm"

	"biaochi/model"
)

// UnitFilter narrows Units; an empty field asks for nothing.
type UnitFilter struct {
	Region string
	Under  string // a path: that unit and all below it
	Codes  []string
	IDs    []model.ID
	Text   string // part of name or code, in lower case
	// Limit 0: all.
	Limit, Offset int
}

// Units lists the units in scope by path.
func (tx *Tx) Units(scope Scope, filter UnitFilter) ([]model.BudgetUnit, error) {
	var units []model.BudgetUnit
	query := tx.unitQuery(scope, filter).Order("path")
	if filter.Limit > 0 {
		query = query.Limit(filter.Limit).Offset(filter.Offset)
	}
	err := query.Find(&units).Error
	return units, tx.fail(err)
}

// UnitPage is Units with the number of all that the filter lets through.
func (tx *Tx) UnitPage(scope Scope, filter UnitFilter) (units []model.BudgetUnit, total int64, err error) {
	if err := tx.unitQuery(scope, filter).Count(&total).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	units, err = tx.Units(scope, filter)
	return units, total, err
}

func (tx *Tx) unitQuery(scope Scope, filter UnitFilter) *gorm.DB {
	query := tx.db.Model(&model.BudgetUnit{}).Scopes(scope.on("path"))
	if filter.Region != "" {
		query = query.Where("region_code = ?", filter.Region)
	}
	if filter.Under != "" {
		query = query.Scopes(Scope{paths: []string{filter.Under}}.on("path"))
	}
	if len(filter.Codes) > 0 {
		query = query.Where("code IN ?", filter.Codes)
	}
	if len(filter.IDs) > 0 {
		query = query.Where("id IN ?", filter.IDs)
	}
	if filter.Text != "" {
		part := containing(filter.Text)
		query = query.Where("(LOWER(name) LIKE ? ESCAPE '!' OR LOWER(code) LIKE ? ESCAPE '!')", part, part)
	}
	return query
}

// UnitByCode gives the unit with a code in a region.
// Errors: NotFound "unit.notFound", also where it is outside the scope.
func (tx *Tx) UnitByCode(scope Scope, region, code string) (model.BudgetUnit, error) {
	var unit model.BudgetUnit
	err := tx.db.Scopes(scope.on("path")).Where("region_code = ? AND code = ?", region, code).Take(&unit).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return unit, model.Fail(model.NotFound, "unit.notFound", "区划 %s 中没有代码为 %s 的单位，请核对单位代码", region, code)
	}
	return unit, tx.fail(err)
}

// DepartmentOf gives the competent department of a unit (主管部门): the top of its
// branch, the unit itself where none is above.
// Errors: NotFound "unit.notFound" where a unit above is missing.
func (tx *Tx) DepartmentOf(unit model.BudgetUnit) (department model.BudgetUnit, err error) {
	for department = unit; department.ParentCode != ""; {
		if department, err = tx.UnitByCode(Everything(), unit.RegionCode, department.ParentCode); err != nil {
			return department, err
		}
	}
	return department, nil
}

// AddUnit adds a unit; a missing identifier is filled in, the version becomes 1.
// Errors: Conflict "unit.duplicate" for a code or path that is taken.
func (tx *Tx) AddUnit(unit *model.BudgetUnit) error {
	tx.nextID(&unit.ID)
	unit.Version = 1
	err := tx.fail(tx.db.Create(unit).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "unit.duplicate", Err: err,
			Message: "区划 " + unit.RegionCode + " 中已有代码为 " + unit.Code + " 的单位"}
	}
	return err
}

// UpdateUnit saves a unit as read before and counts its version up.
// Errors: Conflict "unit.changed" where somebody else saved it since.
func (tx *Tx) UpdateUnit(unit *model.BudgetUnit) error {
	next := *unit
	next.Version++
	changed, err := tx.update(&next, next.ID, unit.Version)
	if err == nil && !changed {
		err = model.Fail(model.Conflict, "unit.changed", "单位 %s（%s）刚被别人修改，请刷新后再改", unit.Name, unit.Code)
	}
	if err != nil {
		return err
	}
	tx.assign(&unit.Version, next.Version)
	return nil
}

// update writes all columns of an entity where it still has the version.
func (tx *Tx) update(entity any, id model.ID, version int) (changed bool, err error) {
	result := tx.db.Model(entity).Where("id = ? AND version = ?", id, version).
		Select("*").Omit("id").Updates(entity)
	return result.RowsAffected > 0, tx.fail(result.Error)
}

// assign sets a number in a caller's entity, for as long as the transaction lives.
func (tx *Tx) assign(field *int, value int) {
	before := *field
	tx.undo = append(tx.undo, func() { *field = before })
	*field = value
}

// MoveUnits puts a unit with all below it under another path, in the tree and in
// all that is kept by path, of every year. Parent codes are the caller's to set.
// Errors: Invalid "unit.path" for paths that aren't closed by a slash or lie in
// each other; Conflict where something is at the new path already.
func (tx *Tx) MoveUnits(oldPath, newPath string) error {
	if !strings.HasSuffix(oldPath, "/") || !strings.HasSuffix(newPath, "/") ||
		oldPath == "/" || strings.HasPrefix(newPath, oldPath) {
		return model.Fail(model.Invalid, "unit.path", "不能把单位从 %s 移到 %s：不能移到自己或自己的下级", oldPath, newPath)
	}
	if err := tx.movePaths("budget_units", "path", oldPath, newPath, ""); err != nil {
		return err
	}
	var years []int
	if err := tx.db.Model(&model.BudgetYear{}).Distinct("year").Order("year").Find(&years).Error; err != nil {
		return tx.fail(err)
	}
	for _, year := range years { // the keys begin with the year
		for _, table := range []string{"facts", "payments", "tracking_sheets", "corrections", "control_sheets", "year_deadlines", "assessments"} {
			if err := tx.movePaths(table, "unit_path", oldPath, newPath, "year = ?", year); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) movePaths(table, column, oldPath, newPath, also string, args ...any) error {
	query := tx.db.Table(table).Scopes(Scope{paths: []string{oldPath}}.on(column))
	if also != "" {
		query = query.Where(also, args...)
	}
	moved := gorm.Expr("CONCAT(?, SUBSTR("+column+", ?))", newPath, len([]rune(oldPath))+1)
	return tx.fail(query.Update(column, moved).Error)
}

// UnitYear tells what a unit has in a year.
type UnitYear struct {
	UnitID  model.ID
	Year    int
	Records int // filings and sheets
	// Versions that count in the tables of each state.
	Draft, Initial, Adjusted int
}

// UnitYears lists the years of the units in scope that have records, by path and
// year.
func (tx *Tx) UnitYears(scope Scope) ([]UnitYear, error) {
	var years []UnitYear
	err := tx.db.Table("records r").
		Joins("JOIN budget_units u ON u.id = r.unit_id").
		Joins("LEFT JOIN record_versions v ON v.record_id = r.id").
		Scopes(scope.on("u.path")).
		Select("r.unit_id, r.year, COUNT(DISTINCT r.id) AS records, COALESCE(SUM(v.in_draft), 0) AS draft, " +
			"COALESCE(SUM(v.in_initial), 0) AS initial, COALESCE(SUM(v.in_adjusted), 0) AS adjusted").
		Group("u.path, r.unit_id, r.year").Order("u.path, r.year").Find(&years).Error
	return years, tx.fail(err)
}

// FindUnit gives a unit by code, in the given region or, where that is "", in the
// only one that has the code.
// Errors: NotFound "unit.notFound"; Invalid "region.several" where several have it.
func (tx *Tx) FindUnit(scope Scope, region, code string) (model.BudgetUnit, error) {
	if region != "" {
		return tx.UnitByCode(scope, region, code)
	}
	units, err := tx.Units(scope, UnitFilter{Codes: []string{code}})
	switch {
	case err != nil:
		return model.BudgetUnit{}, err
	case len(units) == 0:
		return model.BudgetUnit{}, model.Fail(model.NotFound, "unit.notFound", "没有编码为 %s 的单位，请核对单位编码", code)
	case len(units) > 1:
		return model.BudgetUnit{}, model.Fail(model.Invalid, "region.several", "编码 %s 在多个财政区划中都有，请指明财政区划（--region）", code)
	}
	return units[0], nil
}
