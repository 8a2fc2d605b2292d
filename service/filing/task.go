package filing

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// Urgency says how pressing a task is.
type Urgency string

// The urgencies, the most pressing first.
const (
	Returned Urgency = "returned" // 退回修改
	Late     Urgency = "late"     // 已逾期
	Due      Urgency = "due"      // 临近截止
	New      Urgency = "new"      // 新到
)

// Urgencies lists the urgencies in their order.
var Urgencies = []Urgency{Returned, Late, Due, New}

// dueWithin is how long before its deadline something becomes due.
const dueWithin = 3 * 24 * time.Hour

// Task is a record whose next move is the person's.
type Task struct {
	Item
	Urgency  Urgency
	Since    time.Time  // when it came to where it stands
	Deadline *time.Time // nil where the year has none
	// Reason and By are what whoever returned it wrote, and who that was.
	Reason, By string
}

// Tasks is a part of what waits for a person; Counts are of all that waits.
type Tasks struct {
	Items  []Task
	Total  int
	Counts map[Urgency]int
}

// Tasks gives a page of the records that wait for a person, the most pressing first
// and of these the oldest: drafts to be written, submissions to be reviewed at the
// person's own seat, edits to be agreed to. year 0 asks for every year.
func (s *Service) Tasks(ctx context.Context, p rbac.Person, year, limit, offset int) (Tasks, error) {
	turns := turnsOf(p)
	tasks := Tasks{Counts: map[Urgency]int{}}
	if len(turns) == 0 {
		return tasks, nil
	}
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		filter := s.filter(p, Query{Year: year, Sort: store.ByMoved})
		filter.Turns, filter.Limit = turns, maxRows
		rows, _, err := tx.FilingList(store.Everything(), filter)
		if err != nil {
			return err
		}
		all, err := s.waitingFor(tx, p, rows)
		if err != nil {
			return err
		}
		tasks.Total = len(all)
		for _, t := range all {
			tasks.Counts[t.Urgency]++
		}
		tasks.Items, err = detailed(tx, all[min(offset, len(all)):min(offset+limit, len(all))])
		return err
	})
	return tasks, err
}

// turnsOf are the turns that are a person's: those of their own unit, or of the
// departments that their office looks after. Acting for a head below, which a higher
// seat may, is nobody's task.
func turnsOf(p rbac.Person) []store.TurnFilter {
	var turns []store.TurnFilter
	for _, a := range p.Assignments {
		reach := a.Reach()
		units := store.Subtrees(reach.Below...).AndUnits(reach.Exactly...)
		switch {
		case a.Role == rbac.Preparer:
			turns = append(turns, store.TurnFilter{Role: string(workflow.Preparer), Units: units, Path: a.UnitPath})
			continue
		case a.Role != rbac.Reviewer:
			continue
		case a.Place != rbac.Office:
			turns = append(turns, store.TurnFilter{Role: string(workflow.Reviewer), Units: units, Path: a.UnitPath})
		}
		if a.Place == rbac.Office || a.Place == rbac.Root {
			turn := store.TurnFilter{Role: string(workflow.Reviewer), Units: units}
			if a.Office != "" {
				turn.Office = &a.Office
			}
			turns = append(turns, turn)
		}
	}
	return turns
}

// moves are the actions of which a task offers one at least.
var moves = []workflow.Action{workflow.Submit, workflow.Consent, workflow.Decline, workflow.Pass, workflow.Return}

// waitingFor sorts what the person can really move: nobody reviews their own work.
func (s *Service) waitingFor(tx *store.Tx, p rbac.Person, rows []store.ListedFiling) ([]Task, error) {
	items, err := s.standing(tx, p, rows)
	if err != nil {
		return nil, err
	}
	returned, err := returns(tx, items)
	if err != nil {
		return nil, err
	}
	var tasks []Task
	for _, item := range items {
		if !slices.ContainsFunc(item.Allowed, func(a workflow.Action) bool { return slices.Contains(moves, a) }) {
			continue
		}
		t := Task{Item: item, Urgency: New, Since: item.since}
		if e, ok := returned[item.ID]; ok {
			t.Urgency, t.Reason, t.By = Returned, e.Reason, e.Actor
		} else if err := s.date(tx, &t); err != nil {
			return nil, err
		}
		tasks = append(tasks, t)
	}
	slices.SortStableFunc(tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(slices.Index(Urgencies, a.Urgency), slices.Index(Urgencies, b.Urgency)),
			a.until().Compare(b.until()), a.Since.Compare(b.Since))
	})
	return tasks, nil
}

// until is the deadline to sort by; what has none comes as if there were no end.
func (t Task) until() time.Time {
	if t.Deadline == nil {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return *t.Deadline
}

// returns gives the event of those drafts that a reviewer sent back.
func returns(tx *store.Tx, items []Item) (map[model.ID]model.Event, error) {
	var drafts []model.ID
	for _, item := range items {
		if item.State == model.Draft {
			drafts = append(drafts, item.ID)
		}
	}
	last, err := tx.LastTransitions(drafts)
	for id, e := range last {
		if !strings.HasSuffix(e.Action, "."+string(workflow.Return)) {
			delete(last, id)
		}
	}
	return last, err
}

// date tells by the deadline of the year's stage how pressing a task is.
func (s *Service) date(tx *store.Tx, t *Task) error {
	deadline, ok, err := s.settings.Deadline(tx, unitOf(t.ListedFiling), t.Year, t.StepKey)
	if err != nil || !ok {
		return err
	}
	t.Deadline = &deadline
	switch left := deadline.Sub(s.now()); {
	case left < 0:
		t.Urgency = Late
	case left < dueWithin:
		t.Urgency = Due
	}
	return nil
}

// detailed adds money and what the checks find to the tasks of one page.
func detailed(tx *store.Tx, tasks []Task) ([]Task, error) {
	items := make([]Item, len(tasks))
	for i, t := range tasks {
		items[i] = t.Item
	}
	err := detail(tx, items)
	for i := range tasks {
		tasks[i].Item = items[i]
	}
	return tasks, err
}
