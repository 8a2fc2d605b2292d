package directory

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Service reads one store for people with rights. It is safe for concurrent use.
type Service struct {
	store  *store.Store
	rights *rbac.Enforcer
}

// NewService works on a store.
func NewService(s *store.Store, rights *rbac.Enforcer) *Service { return &Service{s, rights} }

// UnitQuery narrows and pages a list of units; an empty field asks for nothing.
type UnitQuery struct {
	Action rbac.Action // the units at which the person may do this
	Under  string      // path of a unit: that one and all below
	Text   string      // part of name or code
	Limit  int         // 0: all
	Offset int
}

// Units lists the units at which somebody may do an action, by path, and counts them.
func (s *Service) Units(ctx context.Context, held []rbac.Assignment, q UnitQuery) (units []model.BudgetUnit, total int64, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		units, total, err = tx.UnitPage(s.Scope(held, q.Action), store.UnitFilter{
			Under: q.Under, Text: strings.ToLower(strings.TrimSpace(q.Text)), Limit: q.Limit, Offset: q.Offset,
		})
		return err
	})
	return units, total, err
}

// Unit gives a unit in the reach of an action.
// Errors: NotFound "unit.notFound", also where it is out of reach.
func (s *Service) Unit(ctx context.Context, held []rbac.Assignment, action rbac.Action, id model.ID) (unit model.BudgetUnit, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		unit, err = tx.UnitByID(s.Scope(held, action), id)
		return err
	})
	return unit, err
}

// Scope gives the units at which somebody may do an action.
func (s *Service) Scope(held []rbac.Assignment, action rbac.Action) store.Scope {
	return ScopeOf(s.rights.Reach(held, action))
}

// ScopeOf gives the units of a reach as the store narrows to them.
func ScopeOf(reach rbac.Reach) store.Scope {
	if reach.Everywhere {
		return store.Everything()
	}
	return store.Subtrees(reach.Below...).AndUnits(reach.Exactly...)
}

// Years lists the budget years of the regions where somebody may read them, of one
// region where it isn't "", by region and year.
func (s *Service) Years(ctx context.Context, held []rbac.Assignment, region string) (years []model.BudgetYear, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Years()
		for _, y := range all {
			if (region == "" || y.RegionCode == region) && s.mayAt(held, rbac.YearRead, y.RegionCode) {
				years = append(years, y)
			}
		}
		return err
	})
	return years, err
}

// Region gives a region where somebody may read the years' settings, the only one
// where code is "".
// Errors: NotFound "region.notFound"; Invalid "region.several".
func (s *Service) Region(ctx context.Context, held []rbac.Assignment, code string) (region model.Region, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Regions()
		if err != nil {
			return err
		}
		var seen []model.Region
		for _, r := range all {
			if (code == "" || r.Code == code) && s.mayAt(held, rbac.YearRead, r.Code) {
				seen = append(seen, r)
			}
		}
		switch len(seen) {
		case 0:
			return model.Fail(model.NotFound, "region.notFound", "没有代码为 %s 的财政区划", code)
		case 1:
			region = seen[0]
			return nil
		}
		return model.Fail(model.Invalid, "region.several", "有多个财政区划，请指明一个")
	})
	return region, err
}

func (s *Service) mayAt(held []rbac.Assignment, action rbac.Action, region string) bool {
	return s.rights.Decide(held, action, model.RegionPath(region)).Allowed
}
