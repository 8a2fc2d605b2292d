package execution

import (
	"cmp"
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/tracking"
)

// ControlList asks for the control figures of a region's departments, or of what lies
// right below a unit.
type ControlList struct {
	Region string
	Year   int
	UnitID model.ID // 0: the region
	Page   int      // from 1
	Size   int      // 50 where 0, at most 200
}

// ControlRow is one unit of the list.
type ControlRow struct {
	ControlView
	Asked   map[model.FundKind]model.Money // with all below, also before anything is issued
	Allowed []string                       // acts that the person may do now: save, issue
	Below   bool                           // there are units below that the person may list
}

// ControlPage is a part of the list.
type ControlPage struct {
	Rows  []ControlRow
	Total int
	Page  int
	Size  int
}

// Controls lists control figures beside what the units ask for. Who doesn't see all
// of the region finds the topmost units of their own.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing".
func (s *Service) Controls(ctx context.Context, p Person, q ControlList) (page ControlPage, err error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	page.Page, page.Size = max(1, q.Page), min(q.Size, 200)
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		path := model.RegionPath(cmp.Or(q.Region, s.homeRegion(p)))
		if q.UnitID != 0 {
			unit, err := s.unitFor(tx, p, q.UnitID, rbac.ControlRead)
			if err != nil {
				return err
			}
			path = unit.Path
		}
		units, total, err := s.listed(tx, p, rbac.ControlRead, path, page.Size, (page.Page-1)*page.Size)
		if err != nil {
			return err
		}
		page.Total = total
		page.Rows, err = s.controlRows(tx, p, path, units, q.Year)
		return err
	})
	return page, err
}

// listed gives a page of the units right below a path, or of the topmost ones among
// them that the person may see.
// Errors: Forbidden "right.missing" where there is none.
func (s *Service) listed(tx *store.Tx, p Person, action rbac.Action, path string, limit, offset int) (units []model.BudgetUnit, total int, err error) {
	refusal := s.rights.CheckBelow(p.Assignments, action, path)
	if refusal == nil {
		units, count, err := tx.UnitsBelow(path, limit, offset)
		return units, int(count), err
	}
	mine := s.topmost(p, action, path)
	if len(mine) == 0 {
		return nil, 0, refusal
	}
	for _, top := range mine[min(offset, len(mine)):min(offset+limit, len(mine))] {
		unit, err := unitAt(tx, top)
		if err != nil {
			return nil, 0, err
		}
		units = append(units, unit)
	}
	return units, len(mine), nil
}

// topmost are the paths below one at which the person may do an action, without those
// that lie below another.
func (s *Service) topmost(p Person, action rbac.Action, path string) (top []string) {
	reach := s.rights.Reach(p.Assignments, action)
	for _, one := range slices.Sorted(slices.Values(slices.Concat(reach.Below, reach.Exactly))) {
		inside := slices.ContainsFunc(top, func(above string) bool { return model.Within(one, above) })
		if !inside && one != path && model.Within(one, path) {
			top = append(top, one)
		}
	}
	return top
}

func (s *Service) controlRows(tx *store.Tx, p Person, path string, units []model.BudgetUnit, year int) (rows []ControlRow, err error) {
	asked, err := tx.AskedBudgets(year, path, store.AskedNewest)
	if err != nil {
		return nil, err
	}
	sheets, err := tx.ControlSheets(year, path)
	if err != nil {
		return nil, err
	}
	for _, unit := range units {
		row := ControlRow{ControlView: ControlView{Unit: unit, Margins: []tracking.Margin{}}, Asked: within(unit.Path, asked), Allowed: []string{}}
		row.Sheet = model.ControlSheet{UnitID: unit.ID, Year: year}
		if at := slices.IndexFunc(sheets, func(c model.ControlSheet) bool { return c.UnitID == unit.ID }); at >= 0 {
			row.Sheet = sheets[at]
		}
		s.veil(p, &row.ControlView)
		if row.Sheet.IssuedOn != "" {
			row.Margins = tracking.Margins(row.Asked, row.Sheet.Issued)
			row.Over = tracking.OverControl(row.Margins)
		}
		for name, action := range map[string]rbac.Action{"save": rbac.ControlSave, "issue": rbac.ControlIssue} {
			if s.rights.Check(p.Assignments, action, unit.Path) == nil && (name == "save" || len(row.Sheet.Figures) > 0) {
				row.Allowed = append(row.Allowed, name)
			}
		}
		slices.Sort(row.Allowed)
		if s.rights.CheckBelow(p.Assignments, rbac.ControlRead, unit.Path) == nil {
			if row.Below, err = tx.HasUnitsBelow(store.Everything(), unit.Path); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// veil hides figures in preparation from those who don't prepare them.
func (s *Service) veil(p Person, v *ControlView) {
	if s.rights.Check(p.Assignments, rbac.ControlSave, v.Unit.Path) != nil {
		v.Sheet.Figures = nil
	}
}
