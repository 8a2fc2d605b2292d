package project

import (
	"cmp"
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// TaskKind says what a project waits for, or an order of projects (待办).
type TaskKind string

// The kinds of task, in the order in which people find them.
const (
	ReturnedTask TaskKind = "returned" // 被退回：修改后重新申请，或由部门退回单位
	EvaluateTask TaskKind = "evaluate" // 登记事前绩效评估
	AdmitTask    TaskKind = "admit"    // 审核纳入部门项目库
	StoreTask    TaskKind = "store"    // 审核纳入财政项目库
	RankTask     TaskKind = "rank"     // 部门排序, once for all that have no place
	OrderTask    TaskKind = "order"    // 财政排序, likewise
)

// TaskKinds lists the kinds of task.
var TaskKinds = []TaskKind{ReturnedTask, EvaluateTask, AdmitTask, StoreTask, RankTask, OrderTask}

// Task is something in the library that waits for a person.
type Task struct {
	Kind    TaskKind
	Project store.ListedProject // of a rank or an order the zero one
	Unit    model.BudgetUnit    // the project's; of a rank the department; of an order the zero one
	Region  string              // of the order or the unit
	Count   int                 // of a rank or an order: projects without a place
	// Reason and By are what whoever returned it wrote, and who that was.
	Reason, By string
}

// TaskPage is a part of what waits.
type TaskPage struct {
	Items []Task
	Total int
}

// seats are what a person is to a project: a preparer of its unit, a reviewer of its
// department, of the bureau for it, of whoever leads its region. What a higher seat
// may do for one below is nobody's task.
type seats struct {
	prepares, bureau, leads bool
	department              string // its path, "" for none
}

func seatsAt(p rbac.Person, path string) (s seats) {
	for _, a := range p.Assignments {
		switch {
		case a.Role == rbac.Preparer:
			s.prepares = s.prepares || a.UnitPath == path
		case a.Role != rbac.Reviewer:
		case a.Place == rbac.Department:
			if a.Covers(path) {
				s.department = a.UnitPath
			}
		case a.Place == rbac.Office || a.Place == rbac.Root:
			s.bureau = s.bureau || a.Covers(path)
			s.leads = s.leads || (a.Leads || a.Place == rbac.Root) && rbac.RegionOf(a.UnitPath) == rbac.RegionOf(path)
		}
	}
	return s
}

// reaching are the units of whose projects some may wait for the person.
func reaching(p rbac.Person) store.Scope {
	var below, exactly []string
	for _, a := range p.Assignments {
		if a.Role != rbac.Preparer && (a.Role != rbac.Reviewer || a.Place == rbac.Unit) {
			continue
		}
		reach := a.Reach()
		below, exactly = append(below, reach.Below...), append(exactly, reach.Exactly...)
		if a.Leads {
			below = append(below, rbac.RegionOf(a.UnitPath))
		}
	}
	return store.Subtrees(below...).AndUnits(exactly...)
}

// Tasks gives a page of what waits for a person in the library, as a year sees it:
// computed from where the projects stand, so that what somebody else did is gone at
// once. What nobody files for in the year waits for nobody, but for an admission that
// was asked for.
func (s *Service) Tasks(ctx context.Context, p rbac.Person, year, limit, offset int) (page TaskPage, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		units, err := tx.Units(reaching(p), store.UnitFilter{})
		if err != nil || len(units) == 0 {
			return err
		}
		w := waiting{Service: s, tx: tx, person: p, year: year, units: map[model.ID]model.BudgetUnit{}, orders: map[string]*Task{}, likely: map[string][]model.ID{}}
		for _, u := range units {
			w.units[u.ID] = u
		}
		found, err := tx.ProjectSummaries(units, store.ProjectQuery{Year: year, Places: true})
		if err != nil {
			return err
		}
		for _, one := range found {
			w.sort(one)
		}
		tasks, err := w.tasks()
		page.Total = len(tasks)
		page.Items = tasks[min(offset, len(tasks)):min(offset+limit, len(tasks))]
		return err
	})
	return page, err
}

// waiting is what waits for one person in the making.
type waiting struct {
	*Service
	tx     *store.Tx
	person rbac.Person
	year   int
	units  map[model.ID]model.BudgetUnit
	orders map[string]*Task      // by the path of their department or region
	likely map[string][]model.ID // projects that may wait, by region
}

// sort counts a project without a place, and keeps one that may wait.
func (w *waiting) sort(p store.ProjectSummary) {
	unit := w.units[p.UnitID]
	state, at := lifeOf(p, w.year).State(), seatsAt(w.person, unit.Path)
	switch {
	case state == model.ProjectDepartment && at.department != "" && p.Filed && p.DepartmentPlace == 0:
		w.unplaced(RankTask, rbac.ProjectRank, unit.RegionCode, at.department)
	case state == model.ProjectFinance && at.leads && p.Filed && p.FinancePlace == 0:
		w.unplaced(OrderTask, rbac.ProjectOrder, unit.RegionCode, model.RegionPath(unit.RegionCode))
	}
	if mayWait(state, at, p.Filed) {
		w.likely[unit.RegionCode] = append(w.likely[unit.RegionCode], p.ID)
	}
}

// mayWait tells whether it is worth to look closer.
func mayWait(state model.ProjectState, at seats, filed bool) bool {
	switch state {
	case model.ProjectProposed:
		return at.department != "" || at.prepares && filed
	case model.ProjectDepartment:
		return filed && (at.prepares || at.department != "" || at.bureau)
	case model.ProjectExecuting, model.ProjectEnded:
		return false
	}
	return at.prepares && filed
}

// unplaced counts a project into the order at a path, in which it has no place yet.
func (w *waiting) unplaced(kind TaskKind, action rbac.Action, region, path string) {
	order := w.orders[path]
	if order == nil {
		if !w.may(w.person, action, path) {
			return
		}
		order = &Task{Kind: kind, Region: region}
		for _, u := range w.units {
			if u.Path == path {
				order.Unit = u
			}
		}
		w.orders[path] = order
	}
	order.Count++
}

// tasks looks closer at what may wait, and puts all in the order of kinds and places.
func (w *waiting) tasks() (tasks []Task, err error) {
	for region, ids := range w.likely {
		rows, err := w.tx.ProjectsByID(ids, w.year)
		if err != nil {
			return nil, err
		}
		items, err := w.items(w.tx, w.person, region, w.year, rows)
		if err != nil {
			return nil, err
		}
		moved, err := w.tx.LastTransitions(ids)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			last := moved[item.ID]
			for _, kind := range w.waits(w.person, item, w.year, last) {
				t := Task{Kind: kind, Project: item.ListedProject, Unit: w.units[item.UnitID], Region: region}
				if kind == ReturnedTask && returned(last) {
					t.Reason, t.By = last.Reason, last.Actor
				}
				tasks = append(tasks, t)
			}
		}
	}
	for _, t := range w.orders {
		tasks = append(tasks, *t)
	}
	slices.SortFunc(tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(slices.Index(TaskKinds, a.Kind), slices.Index(TaskKinds, b.Kind)),
			cmp.Compare(a.Region, b.Region), cmp.Compare(a.Unit.Path, b.Unit.Path), cmp.Compare(a.Project.Code, b.Project.Code))
	})
	return tasks, nil
}

// returned tells whether a project came back by what moved it last.
func returned(last model.Event) bool {
	return last.Action == workflow.RefuseProject.Action() && last.ToState == model.State(model.ProjectCandidate) || unstored(last)
}

func unstored(last model.Event) bool {
	return last.Action == workflow.UnstoreProject.Action() && last.ToState == model.State(model.ProjectDepartment)
}

// waits tells what a project waits for of a person, who has the right to it: at their
// own seat, in its state, after what moved it last. Without a pre-evaluation that is
// owed it waits for that, not for the bureau; one that wasn't supported waits for the
// department, who can only return it.
func (s *Service) waits(p rbac.Person, item Item, year int, last model.Event) (kinds []TaskKind) {
	at, allowed := seatsAt(p, item.UnitPath), s.allowed(p, item.ListedProject)
	filed := factsOf(item.ListedProject, year).Filed
	missing, refused := item.Owes && item.Conclusion == "", item.Owes && item.Conclusion == model.NotSupported
	reserve := item.State == model.ProjectDepartment && filed
	for _, one := range []struct {
		kind  TaskKind
		waits bool
		act   string
	}{
		{ReturnedTask, at.prepares && item.State == model.ProjectCandidate && filed && returned(last), string(workflow.ProposeProject)},
		{ReturnedTask, at.department != "" && reserve && (refused || unstored(last)), string(workflow.RefuseProject)},
		{EvaluateTask, at.prepares && filed && missing && item.State != model.ProjectExecuting, EvaluateAct},
		{AdmitTask, at.department != "" && item.State == model.ProjectProposed, string(workflow.AdmitProject)},
		{StoreTask, at.bureau && reserve && !missing && !refused && !unstored(last), string(workflow.StoreProject)},
	} {
		if one.waits && slices.Contains(allowed, one.act) {
			kinds = append(kinds, one.kind)
		}
	}
	return kinds
}
