package project

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/directory"
)

// Query narrows and orders the list; an empty field asks for nothing.
type Query struct {
	Region string   // of all units, where UnitID is 0
	UnitID model.ID // that unit with all below it
	Year   int
	State  model.ProjectState
	// Standing asks for those alone that haven't ended.
	Standing bool
	Text     string // part of the project's or the unit's name or code
	Sort     store.ProjectSort
	Page     int // from 1
	Size     int // 50 where 0, at most 200
}

// Page is a part of the library.
type Page struct {
	Items []Item
	Total int64                   // that the query lets through
	Asked model.Money             // by these
	Sums  []store.ProjectStateSum // of every state that the rest of the query lets through
	// Department is the order of the unit's department, Finance that of the region's
	// 财政项目库; Department is nil where no unit is asked for.
	Department *Order
	Finance    Order
	Page, Size int
}

// Order is an order by priority as the person finds it.
type Order struct {
	Version int
	Ranked  int  // how many have a place
	Mine    bool // the person may change it
}

// List gives a page of the projects that the person may see, as a year sees them. The
// number of queries doesn't depend on the page.
// Errors: NotFound "unit.notFound", "region.notFound".
func (s *Service) List(ctx context.Context, p rbac.Person, q Query) (page Page, err error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	page.Page, page.Size = max(1, q.Page), min(q.Size, 200)
	filter := store.ProjectFilter{
		Year: q.Year, Under: model.RegionPath(q.Region), State: q.State, Standing: q.Standing, Text: strings.ToLower(strings.TrimSpace(q.Text)), Sort: q.Sort,
		Limit: page.Size, Offset: (page.Page - 1) * page.Size,
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if q.UnitID != 0 {
			unit, err := s.unit(tx, p, q.UnitID)
			if err != nil {
				return err
			}
			filter.Under, q.Region = unit.Path, unit.RegionCode
			if page.Department, err = s.departmentOrder(tx, p, unit, q.Year); err != nil {
				return err
			}
		}
		if page.Finance, err = s.order(tx, p, q.Region, model.BudgetUnit{}, q.Year); err != nil {
			return err
		}
		rows, sums, err := tx.ProjectList(directory.ScopeOf(s.rights.Reach(p.Assignments, rbac.ProjectRead)), filter)
		if err != nil {
			return err
		}
		page.add(q, sums)
		page.Items, err = s.items(tx, p, q.Region, q.Year, rows)
		return err
	})
	return page, err
}

// add takes in the sums in the order of a life.
func (page *Page) add(q Query, sums []store.ProjectStateSum) {
	for _, state := range model.ProjectStates {
		for _, sum := range sums {
			if sum.State != state {
				continue
			}
			page.Sums = append(page.Sums, sum)
			if (q.State == "" || q.State == state) && (!q.Standing || state != model.ProjectEnded) {
				page.Total += sum.Count
				page.Asked += sum.Asked
			}
		}
	}
}

// unit gives a unit whose projects the person may see.
// Errors: NotFound "unit.notFound".
func (s *Service) unit(tx *store.Tx, p rbac.Person, id model.ID) (model.BudgetUnit, error) {
	unit, err := tx.UnitByID(store.Everything(), id)
	if err == nil && !s.may(p, rbac.ProjectRead, unit.Path) {
		err = model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", id)
	}
	return unit, err
}

func (s *Service) departmentOrder(tx *store.Tx, p rbac.Person, unit model.BudgetUnit, year int) (*Order, error) {
	department, err := tx.DepartmentOf(unit)
	if err != nil {
		return nil, err
	}
	order, err := s.order(tx, p, unit.RegionCode, department, year)
	return &order, err
}

// order is the order of a department, or of 财政项目库 where the unit is the zero one.
func (s *Service) order(tx *store.Tx, p rbac.Person, region string, department model.BudgetUnit, year int) (Order, error) {
	kept, err := tx.ProjectOrder(region, department.ID, year)
	if err != nil {
		return Order{}, err
	}
	count, err := tx.Ranked(kept)
	action, path := rbac.ProjectOrder, model.RegionPath(region)
	if department.ID != 0 {
		action, path = rbac.ProjectRank, department.Path
	}
	return Order{Version: kept.Version, Ranked: int(count), Mine: s.may(p, action, path)}, err
}
