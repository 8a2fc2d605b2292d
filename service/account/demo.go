package account

import (
	"context"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// DemoAccount is an account for trying the program, with what to tell about it.
type DemoAccount struct {
	Login string
	Name  string
	Role  rbac.Role
	Where string // the unit's name, "" for the installation
}

// demoOffices are the bureau's offices that the default chain asks for.
var demoOffices = []struct{ code, name, duty string }{
	{"demo-business", "演示业务股", "business"},
	{"demo-performance", "演示绩效股", "performance"},
}

// demoPlan says who there is, by the place they sit at.
var demoPlan = []struct {
	login, name string
	role        rbac.Role
	seat        string
}{
	{"demo-preparer", "演示经办人", rbac.Preparer, "unit"},
	{"demo-head", "演示单位负责人", rbac.Reviewer, "unit"},
	{"demo-reviewer", "演示主管部门审核人", rbac.Reviewer, "department"},
	{"demo-business", "演示业务股审核人", rbac.Reviewer, "demo-business"},
	{"demo-performance", "演示绩效股审核人", rbac.Reviewer, "demo-performance"},
	{"demo-bureau", "演示财政部门负责人", rbac.Reviewer, "region"},
	{"demo-publisher", "演示公开发布人", rbac.Publisher, "department"},
	{"demo-admin", "演示系统管理员", rbac.Admin, ""},
	{"demo-security", "演示安全管理员", rbac.Security, ""},
	{"demo-auditor", "演示审计员", rbac.Auditor, ""},
}

// EnsureDemo makes an account for each role, with one published password, on the
// units that the database holds; those that are there already stay as they are. It
// never does so where a real account is, beside the administrator of the first start.
// Errors: Conflict "demo.real"; Invalid "demo.noUnits", "password.weak".
func (s *Service) EnsureDemo(ctx context.Context, actor Identity, password string) (list []DemoAccount, err error) {
	if len(password) < s.settings.Policy.MinLength || len(password) > maxPassword { // published: no rule would make it strong
		return nil, model.Fail(model.Invalid, "password.weak", "演示密码至少 %d 个字符，不超过 %d 个字节", s.settings.Policy.MinLength, maxPassword)
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.BumpRights(); err != nil {
			return err
		}
		if err := refuseReal(tx); err != nil {
			return err
		}
		seats, err := s.demoSeats(tx, actor)
		if err != nil {
			return err
		}
		list, err = s.addDemo(tx, actor, hash, seats)
		return err
	})
	return list, err
}

func refuseReal(tx *store.Tx) error {
	no := false
	accounts, _, err := tx.Accounts(store.AccountFilter{Demo: &no})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(accounts, func(a model.Account) bool { return a.Login != FirstLogin }) {
		return model.Fail(model.Conflict, "demo.real", "数据库里已有正式账号，不能建立密码公开的演示账号；演示请另用一个空的数据库")
	}
	return nil
}

// demoSeat is a place for demo accounts, with its name.
type demoSeat struct {
	at   At
	name string
}

// demoSeats finds places for the roles: the first department that has units, the
// first of these, the bureau, and its offices, which are made.
func (s *Service) demoSeats(tx *store.Tx, actor Identity) (map[string]demoSeat, error) {
	units, err := tx.Units(store.Everything(), store.UnitFilter{})
	if err != nil {
		return nil, err
	}
	units = slices.DeleteFunc(units, func(u model.BudgetUnit) bool { return strings.HasPrefix(u.Code, demoPrefix) })
	department, unit, ok := demoUnits(units)
	if !ok {
		return nil, model.Fail(model.Invalid, "demo.noUnits", "数据库里还没有预算单位；请先导入演示数据包，再建立演示账号")
	}
	seats := map[string]demoSeat{
		"":           {},
		"unit":       {At{UnitID: unit.ID}, unit.Name},
		"department": {At{UnitID: department.ID}, department.Name},
		"region":     {At{RegionCode: department.RegionCode}, "财政部门"},
	}
	var departments []model.ID
	for _, u := range units {
		if u.RegionCode == department.RegionCode && placeOf(u.Path) == rbac.Department {
			departments = append(departments, u.ID)
		}
	}
	for _, o := range demoOffices {
		id, err := s.demoOffice(tx, actor, department.RegionCode, o.code, o.name, o.duty, departments)
		if err != nil {
			return nil, err
		}
		seats[o.code] = demoSeat{At{UnitID: id}, o.name}
	}
	return seats, nil
}

// demoUnits picks a department with its first unit, or the first department with
// itself; units come by path.
func demoUnits(units []model.BudgetUnit) (department, unit model.BudgetUnit, ok bool) {
	for _, u := range units {
		switch placeOf(u.Path) {
		case rbac.Department:
			if !ok {
				department, unit, ok = u, u, true
			}
		case rbac.Unit:
			for _, d := range units {
				if placeOf(d.Path) == rbac.Department && model.Within(u.Path, d.Path) {
					return d, u, true
				}
			}
		}
	}
	return department, unit, ok
}

// demoOffice gives the office of a code; it looks after all departments.
func (s *Service) demoOffice(tx *store.Tx, actor Identity, region, code, name, duty string, departments []model.ID) (model.ID, error) {
	unit, err := tx.UnitByCode(store.Everything(), region, code)
	if err == nil || model.CodeOf(err) != model.NotFound {
		return unit.ID, err
	}
	unit = model.BudgetUnit{RegionCode: region, Code: code, Name: name, Path: model.ChildPath(model.RegionPath(region), code)}
	if err := tx.AddUnit(&unit); err != nil {
		return 0, err
	}
	office := &model.UnitOffice{UnitID: unit.ID, Duty: duty, OwnRecords: true}
	if err := tx.SaveOffice(office, departments); err != nil {
		return 0, err
	}
	return unit.ID, appendEvent(tx, actor.Actor(), eventOffice, "", detail{Place: unit.Path})
}

func (s *Service) addDemo(tx *store.Tx, actor Identity, hash string, seats map[string]demoSeat) ([]DemoAccount, error) {
	var list []DemoAccount
	for _, plan := range demoPlan {
		seat := seats[plan.seat]
		list = append(list, DemoAccount{plan.login, plan.name, plan.role, seat.name})
		_, err := tx.AccountByLogin(plan.login)
		if err == nil {
			continue
		}
		if model.CodeOf(err) != model.NotFound {
			return nil, err
		}
		account := &model.Account{Login: plan.login, Name: plan.name, PasswordHash: hash, Demo: true}
		if err := s.addWithRole(tx, actor, account, plan.role, seat.at); err != nil {
			return nil, err
		}
	}
	return list, nil
}
