package project

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/directory"
)

// Sort is an order of the list.
type Sort string

// The orders; the list's own is that of units and codes. In the orders by rank those
// without a place come last.
const (
	ByPlace          Sort = ""
	ByName           Sort = "name"
	ByAsked          Sort = "asked" // the most money first
	ByDepartmentRank Sort = "departmentRank"
	ByFinanceRank    Sort = "financeRank"
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
	Sort     Sort
	Page     int // from 1
	Size     int // 50 where 0, at most 200
}

// Page is a part of the library.
type Page struct {
	Items []Item
	Total int64       // that the query lets through
	Asked model.Money // by these
	Sums  []StateSum  // of every state that the rest of the query lets through
	// Department is the order of the unit's department, Finance that of the region's
	// 财政项目库; Department is nil where no unit is asked for.
	Department *Order
	Finance    Order
	Page, Size int
}

// StateSum is the projects in one state.
type StateSum struct {
	State model.ProjectState
	Count int64
	Asked model.Money
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
	under := model.RegionPath(q.Region)
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if q.UnitID != 0 {
			unit, err := s.unit(tx, p, q.UnitID)
			if err != nil {
				return err
			}
			under, q.Region = unit.Path, unit.RegionCode
			if page.Department, err = s.departmentOrder(tx, p, unit, q.Year); err != nil {
				return err
			}
		}
		if page.Finance, err = s.order(tx, p, q.Region, model.BudgetUnit{}, q.Year); err != nil {
			return err
		}
		found, err := s.listed(tx, p, q, under)
		if err != nil {
			return err
		}
		rows, err := tx.ProjectsByID(page.take(q, found), q.Year)
		if err != nil {
			return err
		}
		page.Items, err = s.items(tx, p, q.Region, q.Year, rows)
		return err
	})
	return page, err
}

// listed is a project of the list with where it is and where it stands.
type listed struct {
	store.ProjectSummary
	unit  *model.BudgetUnit
	state model.ProjectState
}

// listed gives the projects that the person may see and the text lets through, in the
// order asked for, whatever their state.
func (s *Service) listed(tx *store.Tx, p rbac.Person, q Query, under string) ([]listed, error) {
	scope := directory.ScopeOf(s.rights.Reach(p.Assignments, rbac.ProjectRead))
	text := strings.ToLower(strings.TrimSpace(q.Text))
	units, err := tx.Units(scope, store.UnitFilter{Under: under})
	if err != nil {
		return nil, err
	}
	byID := make(map[model.ID]*model.BudgetUnit, len(units))
	for i := range units {
		byID[units[i].ID] = &units[i]
	}
	all, err := tx.ProjectSummaries(units, store.ProjectQuery{
		Year: q.Year, Names: text != "" || q.Sort == ByName, Places: q.Sort == ByDepartmentRank || q.Sort == ByFinanceRank,
	})
	found := make([]listed, 0, len(all))
	for _, one := range all {
		l := listed{one, byID[one.UnitID], lifeOf(one, q.Year).State()}
		if text == "" || l.has(text) {
			found = append(found, l)
		}
	}
	slices.SortFunc(found, func(a, b listed) int {
		return cmp.Or(q.Sort.compare(a, b), cmp.Compare(a.unit.Path, b.unit.Path), cmp.Compare(a.Code, b.Code))
	})
	return found, err
}

// has tells whether a text in lower case is part of a name or a code.
func (l listed) has(text string) bool {
	return slices.ContainsFunc([]string{l.Name, l.Code, l.unit.Name, l.unit.Code}, func(word string) bool { return strings.Contains(strings.ToLower(word), text) })
}

func (s Sort) compare(a, b listed) int {
	department := comparePlaces(a.DepartmentPlace, b.DepartmentPlace)
	switch s {
	case ByName:
		return cmp.Compare(a.Name, b.Name)
	case ByAsked:
		return cmp.Compare(b.Asked, a.Asked)
	case ByDepartmentRank:
		return department
	case ByFinanceRank:
		return cmp.Or(comparePlaces(a.FinancePlace, b.FinancePlace), department)
	}
	return 0
}

// comparePlaces puts those without a place last.
func comparePlaces(a, b int) int {
	if (a == 0) != (b == 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// take sums up what was found, in the order of a life, and gives the projects of the
// page.
func (page *Page) take(q Query, found []listed) (ids []model.ID) {
	page.Total, page.Asked, page.Sums = 0, 0, nil // a read may begin anew
	sums := map[model.ProjectState]StateSum{}
	for _, l := range found {
		sum := sums[l.state]
		sums[l.state] = StateSum{l.state, sum.Count + 1, sum.Asked + l.Asked}
		if q.State != "" && q.State != l.state || q.Standing && l.state == model.ProjectEnded {
			continue
		}
		if page.Total++; page.Total > int64((page.Page-1)*page.Size) && len(ids) < page.Size {
			ids = append(ids, l.ID)
		}
		page.Asked += l.Asked
	}
	for _, state := range model.ProjectStates {
		if sum, ok := sums[state]; ok {
			page.Sums = append(page.Sums, sum)
		}
	}
	return ids
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
