package filing

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// ListedApproval is a 批复 in a list.
type ListedApproval struct {
	model.Approval
	Unit      model.BudgetUnit
	Bureau    bool   // given by the bureau, not by the department
	Records   int    // how many records it took
	DeputyFor string // in whose place whoever gave it acted
}

// Approvals lists the 批复 that a person may see, oldest first: of one unit where
// unitID isn't 0, of one year where year isn't 0.
func (s *Service) Approvals(ctx context.Context, p rbac.Person, unitID model.ID, year int) (list []ListedApproval, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		var units []model.ID
		if unitID != 0 {
			units = []model.ID{unitID}
		}
		approvals, err := tx.Approvals(s.ScopeOf(p, rbac.ApprovalRead), units, year)
		if err != nil {
			return err
		}
		list, err = described(tx, approvals)
		return err
	})
	return list, err
}

// described adds units and acts. What came with a package has no act: it was taken
// over, from the bureau where it addresses a department.
func described(tx *store.Tx, approvals []model.Approval) ([]ListedApproval, error) {
	if len(approvals) == 0 {
		return nil, nil
	}
	var ids, given []model.ID
	for _, a := range approvals {
		ids, given = append(ids, a.UnitID), append(given, a.ID)
	}
	units, err := tx.Units(store.Everything(), store.UnitFilter{IDs: distinct(ids)})
	if err != nil {
		return nil, err
	}
	acts, err := tx.ActsOf(given)
	if err != nil {
		return nil, err
	}
	list := make([]ListedApproval, len(approvals))
	for i, a := range approvals {
		unit := units[slices.IndexFunc(units, func(u model.BudgetUnit) bool { return u.ID == a.UnitID })]
		act := acts[a.ID]
		list[i] = ListedApproval{Approval: a, Unit: unit, Bureau: byBureau(unit.Path), Records: act.Records, DeputyFor: act.DeputyFor}
	}
	return list, nil
}

// Waiting is what a 批复 to a unit would find.
type Waiting struct {
	Unit  model.BudgetUnit
	Items []Item // the passed records that it would take; none where a department gives it
	// Places are those of their projects in the orders by priority (项目排序).
	Places map[store.ProjectKey]store.ProjectPlaces
	Sum    model.Money // of these
	Given  int         // 批复 that the unit has had in the year
	// Why says why the person can't give it now; nil where they can.
	Why error
}

// Waiting tells what a 批复 to a unit of a year would take, and whether the person
// may give it now.
// Errors: NotFound "unit.notFound", also where it is out of reach.
func (s *Service) Waiting(ctx context.Context, p rbac.Person, unitID model.ID, year int) (out Waiting, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w := &work{Service: s, tx: tx, person: p, at: s.now()}
		if err := w.addressed(unitID, year); err != nil {
			return err
		}
		in, _, err := w.approvalSituation(year)
		if err != nil {
			return err
		}
		out = Waiting{Unit: w.unit, Given: in.Given, Why: w.whyNotGive(in)}
		if !byBureau(w.unit.Path) {
			return nil
		}
		rows, err := w.passed(year)
		if err != nil {
			return err
		}
		if out.Items, err = s.items(tx, p, rows); err != nil {
			return err
		}
		var units []model.ID
		for _, item := range out.Items {
			out.Sum += item.Amount
			units = append(units, item.UnitID)
		}
		out.Places, err = tx.PlacesOf(distinct(units), year)
		return err
	})
	return out, err
}

// whyNotGive asks right and workflow of a 批复 whose number and date would be in order.
func (w *work) whyNotGive(in workflow.ApprovalSituation) error {
	if err := w.mayGive(); err != nil {
		return err
	}
	_, err := workflow.Give(in, workflow.ApprovalAct{
		Actor: actor(w.person, w.unit.Path), Number: "1", Date: max(in.BureauDate, "2000-01-01"),
	})
	return err
}

// Pending is a department with passed records that wait for a 批复 of the bureau.
type Pending struct {
	Unit    model.BudgetUnit
	Records int
	Sum     model.Money
}

// Pending lists the departments to which a person may give a 批复 of the year and
// that have something to approve, by path.
func (s *Service) Pending(ctx context.Context, p rbac.Person, year int) (list []Pending, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		rows, _, err := tx.FilingList(s.ScopeOf(p, rbac.ApprovalGive), store.FilingFilter{Year: year, State: model.Passed})
		if err != nil {
			return err
		}
		var versions []model.ID
		for _, row := range rows {
			versions = append(versions, row.NewestID)
		}
		amounts, err := tx.Amounts(versions)
		if err != nil {
			return err
		}
		units, err := tx.Units(s.ScopeOf(p, rbac.ApprovalGive), store.UnitFilter{})
		list = byDepartment(rows, amounts, units)
		return err
	})
	return list, err
}

// byDepartment adds up rows, which come by path.
func byDepartment(rows []store.ListedFiling, amounts map[model.ID]model.Money, units []model.BudgetUnit) (list []Pending) {
	for _, row := range rows {
		path := department(row.UnitPath)
		if n := len(list); n == 0 || list[n-1].Unit.Path != path {
			i := slices.IndexFunc(units, func(u model.BudgetUnit) bool { return u.Path == path })
			if i < 0 {
				continue // the tree lacks the department
			}
			list = append(list, Pending{Unit: units[i]})
		}
		last := &list[len(list)-1]
		last.Records++
		last.Sum += amounts[row.NewestID]
	}
	return list
}
