package account

import (
	"context"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Why says in one sentence why an account may or may not do a named action at a
// place, as things stand now. Everybody may ask of themselves; of others the
// security administrator.
// Errors: Forbidden "right.missing"; NotFound for an unknown account, unit, region or
// "action.notFound".
func (s *Service) Why(ctx context.Context, actor Identity, accountID model.ID, action string, at At) (decision rbac.Decision, err error) {
	if actor.operator != "" || actor.Account.ID != accountID {
		if err := s.may(actor, rbac.RoleExplain); err != nil {
			return decision, err
		}
	}
	named, ok := rbac.ActionByName(action)
	if !ok {
		return decision, model.Fail(model.NotFound, "action.notFound", "系统没有“%s”这项操作", action)
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		path, err := pathOf(tx, at)
		if err != nil {
			return err
		}
		p, err := s.loadPerson(tx, accountID)
		if err != nil {
			return err
		}
		decision = s.decide(p, named, path)
		return nil
	})
	return decision, err
}

// decide is rbac's decision, after what the account itself stands in the way of.
func (s *Service) decide(p person, action rbac.Action, path string) rbac.Decision {
	now := s.now()
	if p.account.Disabled {
		return rbac.Decision{Why: "不可以：账号已停用，需由系统管理员启用"}
	}
	id := s.identify(p, model.Session{}, now)
	if id.MustChange != "" {
		return rbac.Decision{Why: "不可以：" + id.MustChange + "，须本人先修改密码"}
	}
	return s.enforcer.Decide(id.Assignments(), action, path)
}

func pathOf(tx *store.Tx, at At) (string, error) {
	switch {
	case at.UnitID != 0:
		unit, err := tx.UnitByID(store.Everything(), at.UnitID)
		return unit.Path, err
	case at.RegionCode != "":
		region, err := tx.Region(at.RegionCode)
		return model.RegionPath(region.Code), err
	}
	return "", nil
}
