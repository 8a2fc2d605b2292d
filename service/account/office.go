package account

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// OfficeChange makes a unit an office of the bureau or changes what it looks after.
type OfficeChange struct {
	UnitID        model.ID
	Version       int    // 0: not an office yet
	Duty          string // "business", "performance"; "" does them all
	Leads         bool
	OwnRecords    bool // looks after the bureau's own records too
	DepartmentIDs []model.ID
}

// AssignOffice keeps which departments an office looks after. The security
// administrator's act.
// Errors: Forbidden "right.missing"; Invalid "reason.missing", "office.place",
// "office.department"; NotFound; Conflict "office.changed", "office.hasBudget",
// "office.hasRoles", "office.leads".
func (s *Service) AssignOffice(ctx context.Context, actor Identity, c OfficeChange, reason string) error {
	return s.change(ctx, act{actor: actor, name: eventOffice, reason: reason}, func(tx *store.Tx, a *act) error {
		if err := s.may(a.actor, rbac.OfficeAssign); err != nil {
			return err
		}
		unit, err := tx.UnitByID(store.Everything(), c.UnitID)
		if err != nil {
			return err
		}
		a.detail.Place = unit.Path
		if err := needReason(a.reason); err != nil {
			return err
		}
		if err := fitsOffice(tx, unit, c); err != nil {
			return err
		}
		ids, paths, err := departmentsFor(tx, unit, c.DepartmentIDs)
		if err != nil {
			return err
		}
		a.detail.Departments = paths
		office := &model.UnitOffice{UnitID: c.UnitID, Duty: c.Duty, Leads: c.Leads, OwnRecords: c.OwnRecords, Version: c.Version}
		return tx.SaveOffice(office, ids)
	})
}

// fitsOffice refuses a unit that can't be an office: one with a budget, with units
// below, with people who prepare, or a second one that leads.
func fitsOffice(tx *store.Tx, unit model.BudgetUnit, c OfficeChange) error {
	below, err := tx.HasUnitsBelow(store.Everything(), unit.Path)
	if err != nil {
		return err
	}
	if below || placeOf(unit.Path) != rbac.Department {
		return model.Fail(model.Invalid, "office.place", "%s 不能设为股室：股室直属财政部门，没有下级单位", unit.Name)
	}
	records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: []model.ID{unit.ID}})
	if err != nil {
		return err
	}
	if len(records) > 0 {
		return model.Fail(model.Conflict, "office.hasBudget", "%s 有预算申报，不能设为股室", unit.Name)
	}
	roles, err := tx.RoleAssignments(store.Everything(), store.RoleFilter{UnitID: unit.ID})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(roles, func(r store.SeatedRole) bool { return r.Role != string(rbac.Reviewer) }) {
		return model.Fail(model.Conflict, "office.hasRoles", "%s 已分配了审核人以外的角色，股室只能有审核人；请先收回", unit.Name)
	}
	return fitsOffices(tx, unit, c)
}

// fitsOffices refuses what clashes with the other offices: that another one leads
// already, or looks after this unit as a department.
func fitsOffices(tx *store.Tx, unit model.BudgetUnit, c OfficeChange) error {
	offices, err := tx.Offices(store.Subtrees(model.RegionPath(unit.RegionCode)), 0)
	if err != nil {
		return err
	}
	var ids []model.ID
	for _, o := range offices {
		ids = append(ids, o.UnitID)
		if c.Leads && o.Leads && o.UnitID != unit.ID {
			return model.Fail(model.Conflict, "office.leads", "%s 已是牵头股室，一个地区只能有一个；请先取消", o.UnitName)
		}
	}
	assigned, err := tx.OfficeDepartments(ids)
	for _, departments := range assigned {
		if slices.ContainsFunc(departments, func(d model.BudgetUnit) bool { return d.ID == unit.ID }) {
			return model.Fail(model.Conflict, "office.hasBudget", "%s 由其他股室分管，不能设为股室；请先取消分管", unit.Name)
		}
	}
	return err
}

// departmentsFor gives the departments of an office, once each, if they can be that.
func departmentsFor(tx *store.Tx, office model.BudgetUnit, wanted []model.ID) (ids []model.ID, paths []string, err error) {
	offices, err := tx.Offices(store.Subtrees(model.RegionPath(office.RegionCode)), 0)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range wanted {
		if slices.Contains(ids, id) {
			continue
		}
		unit, err := tx.UnitByID(store.Everything(), id)
		if err != nil {
			return nil, nil, err
		}
		isOffice := id == office.ID || slices.ContainsFunc(offices, func(o store.Office) bool { return o.UnitID == id })
		if isOffice || placeOf(unit.Path) != rbac.Department || unit.RegionCode != office.RegionCode {
			return nil, nil, model.Fail(model.Invalid, "office.department", "%s 不是本地区的主管部门，不能由股室分管", unit.Name)
		}
		ids, paths = append(ids, id), append(paths, unit.Path)
	}
	return ids, paths, nil
}

// RemoveOffice makes an office an ordinary unit again, once nobody has a role in it.
// The security administrator's act.
// Errors: Forbidden "right.missing"; Invalid "reason.missing"; NotFound; Conflict
// "office.hasRoles", "office.changed".
func (s *Service) RemoveOffice(ctx context.Context, actor Identity, unitID model.ID, version int, reason string) error {
	return s.change(ctx, act{actor: actor, name: eventRemove, reason: reason}, func(tx *store.Tx, a *act) error {
		if err := s.may(a.actor, rbac.OfficeAssign); err != nil {
			return err
		}
		unit, err := tx.UnitByID(store.Everything(), unitID)
		if err != nil {
			return err
		}
		a.detail.Place = unit.Path
		roles, err := tx.RoleAssignments(store.Everything(), store.RoleFilter{UnitID: unitID})
		if err != nil {
			return err
		}
		if len(roles) > 0 {
			return model.Fail(model.Conflict, "office.hasRoles", "%s 还有审核人，撤销后他们会变成部门审核人；请先收回角色", unit.Name)
		}
		if err := needReason(a.reason); err != nil {
			return err
		}
		return tx.RemoveOffice(unitID, version)
	})
}

// Office is an office with the departments that it looks after.
type Office struct {
	store.Office
	Departments []model.BudgetUnit
}

// Offices lists all offices by path. For security administrators.
// Errors: Forbidden "right.missing".
func (s *Service) Offices(ctx context.Context, actor Identity) (list []Office, err error) {
	if err := s.may(actor, rbac.RoleRead); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		list = nil
		offices, err := tx.Offices(store.Everything(), 0)
		if err != nil {
			return err
		}
		var ids []model.ID
		for _, o := range offices {
			ids = append(ids, o.UnitID)
		}
		departments, err := tx.OfficeDepartments(ids)
		for _, o := range offices {
			list = append(list, Office{o, departments[o.UnitID]})
		}
		return err
	})
	return list, err
}
