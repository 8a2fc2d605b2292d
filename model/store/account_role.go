package store

import (
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"biaochi/model"
)

// SeatedRole is a role assignment with the unit it is in and, for an office, what
// the office is.
type SeatedRole struct {
	model.RoleAssignment
	UnitPath, UnitCode, UnitName string // "" where no unit is named
	IsOffice                     bool
	Duty                         string
	Leads, OwnRecords            bool
}

// RoleFilter narrows RoleAssignments; an empty field asks for nothing.
type RoleFilter struct {
	ID         model.ID
	AccountIDs []model.ID
	UnitID     model.ID
	Role       string
	// Reaching is the path of a unit: assignments that may reach it, which are in it,
	// above it, in the offices and at the root of its region.
	Reaching string
}

// RoleAssignments lists the assignments in scope by account and identifier. Those
// that name no unit are seen by Everything alone.
func (tx *Tx) RoleAssignments(scope Scope, filter RoleFilter) ([]SeatedRole, error) {
	if len(filter.AccountIDs) == 0 {
		return tx.seatedRoles(tx.roleQuery(scope, filter))
	}
	var roles []SeatedRole
	for _, ids := range chunks(filter.AccountIDs) {
		some, err := tx.seatedRoles(tx.roleQuery(scope, filter).Where("r.account_id IN ?", ids))
		if err != nil {
			return nil, err
		}
		roles = append(roles, some...)
	}
	return roles, nil
}

func (tx *Tx) seatedRoles(query *gorm.DB) ([]SeatedRole, error) {
	var roles []SeatedRole
	err := query.Find(&roles).Error
	for i := range roles {
		roles[i].GrantedAt = roles[i].GrantedAt.UTC()
	}
	return roles, tx.fail(err)
}

func (tx *Tx) roleQuery(scope Scope, filter RoleFilter) *gorm.DB {
	query := tx.db.Table("role_assignments r").
		Select("r.*, COALESCE(u.path, '') AS unit_path, COALESCE(u.code, '') AS unit_code, COALESCE(u.name, '') AS unit_name, " +
			"o.unit_id IS NOT NULL AS is_office, COALESCE(o.duty, '') AS duty, " +
			"COALESCE(o.leads, FALSE) AS leads, COALESCE(o.own_records, FALSE) AS own_records").
		Joins("LEFT JOIN budget_units u ON u.id = r.unit_id").
		Joins("LEFT JOIN unit_offices o ON o.unit_id = r.unit_id").
		Scopes(scope.on("u.path")).Order("r.account_id, r.id")
	if filter.ID != 0 {
		query = query.Where("r.id = ?", filter.ID)
	}
	if filter.UnitID != 0 {
		query = query.Where("r.unit_id = ?", filter.UnitID)
	}
	if filter.Role != "" {
		query = query.Where("r.role = ?", filter.Role)
	}
	if filter.Reaching != "" {
		region, _, _ := strings.Cut(filter.Reaching, "/")
		query = query.Where("(u.path IN ? OR o.unit_id IS NOT NULL AND u.region_code = ? OR r.unit_id = 0 AND r.region_code = ?)",
			upwards(filter.Reaching), region, region)
	}
	return query
}

// upwards are the path and those above it.
func upwards(path string) []string {
	var paths []string
	for i, r := range path {
		if r == '/' {
			paths = append(paths, path[:i+1])
		}
	}
	return paths
}

// AddRoleAssignment gives a role; a missing identifier and time are filled in.
// Errors: Conflict "role.duplicate" where the account has it already.
func (tx *Tx) AddRoleAssignment(role *model.RoleAssignment) error {
	tx.nextID(&role.ID)
	tx.fillTime(&role.GrantedAt)
	err := tx.fail(tx.db.Create(role).Error)
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Reason: "role.duplicate", Err: err,
			Message: "该账号在这里已有这一角色，无需重复分配"}
	}
	return err
}

// RemoveRoleAssignment takes a role back.
// Errors: NotFound "role.notFound".
func (tx *Tx) RemoveRoleAssignment(id model.ID) error {
	result := tx.db.Where("id = ?", id).Delete(&model.RoleAssignment{})
	if result.Error == nil && result.RowsAffected == 0 {
		return model.Fail(model.NotFound, "role.notFound", "这项角色分配已不存在，请刷新后再看")
	}
	return tx.fail(result.Error)
}

// UnitByID gives a unit.
// Errors: NotFound "unit.notFound", also where it is outside the scope.
func (tx *Tx) UnitByID(scope Scope, id model.ID) (model.BudgetUnit, error) {
	var unit model.BudgetUnit
	err := tx.db.Scopes(scope.on("path")).Where("id = ?", id).Take(&unit).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return unit, model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", id)
	}
	return unit, tx.fail(err)
}

// Office is an office with its unit.
type Office struct {
	model.UnitOffice
	UnitPath, UnitCode, UnitName string
}

// Offices lists the offices in scope by path; of one unit where it is named.
func (tx *Tx) Offices(scope Scope, unitID model.ID) ([]Office, error) {
	query := tx.db.Table("unit_offices o").
		Select("o.*, u.path AS unit_path, u.code AS unit_code, u.name AS unit_name").
		Joins("JOIN budget_units u ON u.id = o.unit_id").Scopes(scope.on("u.path")).Order("u.path")
	if unitID != 0 {
		query = query.Where("o.unit_id = ?", unitID)
	}
	var offices []Office
	err := query.Find(&offices).Error
	return offices, tx.fail(err)
}

// OfficeDepartments gives the departments of offices, by path.
func (tx *Tx) OfficeDepartments(officeIDs []model.ID) (map[model.ID][]model.BudgetUnit, error) {
	found := make(map[model.ID][]model.BudgetUnit, len(officeIDs))
	for _, ids := range chunks(officeIDs) {
		var rows []struct {
			model.BudgetUnit
			OfficeID model.ID
		}
		err := tx.db.Table("office_departments d").Select("u.*, d.office_id").
			Joins("JOIN budget_units u ON u.id = d.department_id").
			Where("d.office_id IN ?", ids).Order("u.path").Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			found[row.OfficeID] = append(found[row.OfficeID], row.BudgetUnit)
		}
	}
	return found, nil
}

// SaveOffice marks a unit as an office, or changes one that has the version, with
// exactly the given departments. A new one has version 0 before and 1 after.
// Errors: Conflict "office.changed" where somebody else saved it since.
func (tx *Tx) SaveOffice(office *model.UnitOffice, departmentIDs []model.ID) error {
	next := *office
	next.Version++
	changed, err := tx.putOffice(&next, office.Version)
	if model.CodeOf(err) == model.Conflict || err == nil && !changed {
		return model.Fail(model.Conflict, "office.changed", "这个股室的分管刚被别人修改，请刷新后再改")
	}
	if err != nil {
		return err
	}
	if err := tx.clearDepartments(office.UnitID); err != nil {
		return err
	}
	rows := make([]model.OfficeDepartment, len(departmentIDs))
	for i, id := range departmentIDs {
		rows[i] = model.OfficeDepartment{OfficeID: office.UnitID, DepartmentID: id}
	}
	if err := insert(tx, rows); err != nil {
		return err
	}
	tx.assign(&office.Version, next.Version)
	return nil
}

func (tx *Tx) putOffice(next *model.UnitOffice, version int) (changed bool, err error) {
	if version == 0 {
		return true, tx.fail(tx.db.Create(next).Error)
	}
	result := tx.db.Model(&model.UnitOffice{}).Where("unit_id = ? AND version = ?", next.UnitID, version).
		Select("*").Omit("unit_id").Updates(next)
	return result.RowsAffected > 0, tx.fail(result.Error)
}

func (tx *Tx) clearDepartments(officeID model.ID) error {
	return tx.fail(tx.db.Where("office_id = ?", officeID).Delete(&model.OfficeDepartment{}).Error)
}

// RemoveOffice makes an office an ordinary unit again.
// Errors: Conflict "office.changed" where somebody else saved it since.
func (tx *Tx) RemoveOffice(unitID model.ID, version int) error {
	result := tx.db.Where("unit_id = ? AND version = ?", unitID, version).Delete(&model.UnitOffice{})
	if result.Error == nil && result.RowsAffected == 0 {
		return model.Fail(model.Conflict, "office.changed", "这个股室刚被别人修改，请刷新后再改")
	}
	if result.Error != nil {
		return tx.fail(result.Error)
	}
	return tx.clearDepartments(unitID)
}

// AddDeputy adds a deputy; a missing identifier and time are filled in.
func (tx *Tx) AddDeputy(deputy *model.Deputy) error {
	tx.nextID(&deputy.ID)
	tx.fillTime(&deputy.NamedAt)
	tx.fillTime(&deputy.From)
	tx.fillTime(&deputy.Until)
	return tx.fail(tx.db.Create(deputy).Error)
}

// DeputyFilter narrows Deputies; an empty field asks for nothing.
type DeputyFilter struct {
	ID        model.ID
	AccountID model.ID // who is away
	DeputyID  model.ID // who acts
	After     time.Time
}

// Deputies lists deputies, of those alone that end after an instant where one is
// named, by beginning. They belong to accounts: no scope.
func (tx *Tx) Deputies(filter DeputyFilter) ([]model.Deputy, error) {
	query := tx.db.Order("begins_at, id")
	if filter.ID != 0 {
		query = query.Where("id = ?", filter.ID)
	}
	if filter.AccountID != 0 {
		query = query.Where("account_id = ?", filter.AccountID)
	}
	if filter.DeputyID != 0 {
		query = query.Where("deputy_id = ?", filter.DeputyID)
	}
	if !filter.After.IsZero() {
		query = query.Where("ends_at > ?", milliseconds(filter.After))
	}
	var deputies []model.Deputy
	err := query.Find(&deputies).Error
	for i := range deputies {
		d := &deputies[i]
		d.From, d.Until, d.NamedAt = d.From.UTC(), d.Until.UTC(), d.NamedAt.UTC()
	}
	return deputies, tx.fail(err)
}

// EndDeputy moves the end of a deputy's time.
// Errors: NotFound "deputy.notFound".
func (tx *Tx) EndDeputy(id model.ID, until time.Time) error {
	result := tx.db.Model(&model.Deputy{}).Where("id = ?", id).Update("ends_at", milliseconds(until))
	if result.Error == nil && result.RowsAffected == 0 {
		return model.Fail(model.NotFound, "deputy.notFound", "这项代理已不存在，请刷新后再看")
	}
	return tx.fail(result.Error)
}
