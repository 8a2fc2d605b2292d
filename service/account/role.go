package account

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Grant gives an account a role at a place. The security administrator's act, never
// for themselves. While the installation has no security administrator, which is
// how it starts, an administrator appoints the first one.
// Errors: Forbidden "right.missing", "role.self"; Invalid "reason.missing",
// "assignment.*"; NotFound; Conflict "role.separation", "role.duplicate",
// "account.disabled".
func (s *Service) Grant(ctx context.Context, actor Identity, accountID model.ID, role rbac.Role, at At, reason string) (id model.ID, err error) {
	about := detail{AccountID: accountID, Role: string(role)}
	err = s.change(ctx, act{actor: actor, name: eventGrant, reason: reason, detail: about}, func(tx *store.Tx, a *act) error {
		if err := s.mayGrant(tx, a.actor, role); err != nil {
			return err
		}
		p, err := s.roleTarget(tx, a, accountID)
		if err != nil {
			return err
		}
		if p.account.Disabled {
			return model.Fail(model.Conflict, "account.disabled", "账号 %s 已停用，不能分配角色；请先启用", p.account.Login)
		}
		assignment, err := s.place(tx, a, role, at)
		if err != nil {
			return err
		}
		if err := rbac.Separate(append(p.roles(), role)); err != nil {
			return err
		}
		assignment.AccountID = accountID
		if err := tx.AddRoleAssignment(&assignment); err != nil {
			return err
		}
		id = assignment.ID
		return nil
	})
	return id, err
}

// MayAssign refuses whoever may give nobody a role: it lets through who has the right
// to, and an administrator while there is no security administrator.
// Errors: Forbidden "right.missing", "password.mustChange".
func (s *Service) MayAssign(ctx context.Context, actor Identity) error {
	return s.store.Read(ctx, func(tx *store.Tx) error { return s.mayGrant(tx, actor, rbac.Security) })
}

// mayGrant is the right to give a role: the first security administrator is the
// administrator's to appoint, or nobody could.
func (s *Service) mayGrant(tx *store.Tx, actor Identity, role rbac.Role) error {
	refusal := s.may(actor, rbac.RoleAssign)
	if refusal == nil || role != rbac.Security || s.may(actor, rbac.AccountSave) != nil {
		return refusal
	}
	n, err := holders(tx, rbac.Security, 0)
	if err != nil || n == 0 {
		return err
	}
	return refusal
}

// roleTarget gives the person whose roles change, and names them in the log; never
// the actor, and not without a reason.
func (s *Service) roleTarget(tx *store.Tx, a *act, accountID model.ID) (person, error) {
	p, err := s.loadPerson(tx, accountID)
	if err != nil {
		return p, err
	}
	a.detail.Account = p.account.Login
	if a.actor.operator == "" && accountID == a.actor.Account.ID {
		return p, model.Fail(model.Forbidden, "role.self", "不能给自己分配或收回角色，请由另一位安全管理员办理")
	}
	return p, needReason(a.reason)
}

// place makes an assignment at a place, if rbac can take one there.
func (s *Service) place(tx *store.Tx, a *act, role rbac.Role, at At) (model.RoleAssignment, error) {
	assignment := model.RoleAssignment{Role: string(role), GrantedBy: a.actor.Actor(), GrantedAt: s.now()}
	seated := store.SeatedRole{RoleAssignment: assignment}
	switch {
	case at.UnitID != 0:
		unit, err := tx.UnitByID(store.Everything(), at.UnitID)
		if err != nil {
			return assignment, err
		}
		offices, err := tx.Offices(store.Everything(), unit.ID)
		if err != nil {
			return assignment, err
		}
		seated.UnitID, seated.UnitPath, seated.IsOffice = unit.ID, unit.Path, len(offices) > 0
		if placeOf(unit.Path) == rbac.Root { // the bureau's own unit is the region's root
			seated.UnitID, seated.RegionCode = 0, unit.RegionCode
		}
	case at.RegionCode != "":
		region, err := tx.Region(at.RegionCode)
		if err != nil {
			return assignment, err
		}
		seated.RegionCode = region.Code
	}
	held := seat(seated, nil)
	if role.Installation() && seated.RegionCode != "" { // it has no place: let rbac say so
		held.UnitPath = model.RegionPath(seated.RegionCode)
	}
	a.detail.Place = held.UnitPath
	return seated.RoleAssignment, held.Check()
}

// Revoke takes a role back, at once. The security administrator's act, never for
// themselves. The last administrator and the last security administrator stay.
// Errors: Forbidden "right.missing", "role.self"; Invalid "reason.missing"; NotFound
// "role.notFound"; Conflict "role.last".
func (s *Service) Revoke(ctx context.Context, actor Identity, assignmentID model.ID, reason string) error {
	return s.change(ctx, act{actor: actor, name: eventRevoke, reason: reason}, func(tx *store.Tx, a *act) error {
		if err := s.may(a.actor, rbac.RoleAssign); err != nil {
			return err
		}
		roles, err := tx.RoleAssignments(store.Everything(), store.RoleFilter{ID: assignmentID})
		if err != nil {
			return err
		}
		if len(roles) == 0 {
			return model.Fail(model.NotFound, "role.notFound", "这项角色分配已不存在，请刷新后再看")
		}
		role := rbac.Role(roles[0].Role)
		a.detail.Role, a.detail.Place = roles[0].Role, seat(roles[0], nil).UnitPath
		p, err := s.roleTarget(tx, a, roles[0].AccountID)
		if err != nil {
			return err
		}
		if role.Installation() && !p.account.Disabled {
			if err := refuseLast(tx, p.account.ID); err != nil {
				return err
			}
		}
		return tx.RemoveRoleAssignment(assignmentID)
	})
}

// Roles lists who has which role: in a unit, or of an account, or everywhere. For
// security administrators.
// Errors: Forbidden "right.missing".
func (s *Service) Roles(ctx context.Context, actor Identity, accountID, unitID model.ID) (list []Listed, err error) {
	if err := s.may(actor, rbac.RoleRead); err != nil {
		return nil, err
	}
	filter := store.RoleFilter{UnitID: unitID}
	if accountID != 0 {
		filter.AccountIDs = []model.ID{accountID}
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		list = nil
		roles, err := tx.RoleAssignments(store.Everything(), filter)
		if err != nil {
			return err
		}
		var ids []model.ID
		for _, r := range roles {
			ids = append(ids, r.AccountID)
		}
		ids = slices.Compact(ids) // they come by account
		accounts, err := tx.AccountsByID(ids)
		if err != nil {
			return err
		}
		held, err := loadHeld(tx, ids)
		for _, id := range ids {
			a := accounts[id]
			a.PasswordHash = ""
			list = append(list, Listed{a, within(held[id], unitID)})
		}
		return err
	})
	return list, err
}

// within keeps the roles in a unit, all of them where none is named.
func within(held []Held, unitID model.ID) []Held {
	return slices.DeleteFunc(held, func(h Held) bool { return unitID != 0 && h.At.UnitID != unitID })
}
