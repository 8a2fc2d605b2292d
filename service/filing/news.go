package filing

import (
	"slices"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// News is an accepted act, for whoever tells people of it.
type News struct {
	Event  model.Event
	Action workflow.Action // "" for a 批复, whose event is about a unit's year
	Unit   model.BudgetUnit
	Name   string // of what moved: a project's name, 基本支出表; "" for a 批复
	Turn   workflow.Turn
	// PreparedBy are the logins of those who prepared the content.
	PreparedBy []string
	Remarks    int // that came with the act
	Records    int // that a 批复 took
	// Waits tells whether the next move is a person's.
	Waits func(rbac.Person) bool
}

func (w *work) news(event model.Event, detail EventDetail) (News, error) {
	m := News{Event: event, Unit: w.unit, Remarks: len(detail.Remarks), Records: detail.Records, Waits: func(rbac.Person) bool { return false }}
	if event.RecordID == 0 {
		return m, nil
	}
	m.Turn, m.PreparedBy, m.Waits = workflow.TurnOf(w.in), w.in.PreparedBy, w.waitsFor
	for _, a := range workflow.Actions {
		if a.Named(w.record.Kind) == event.Action {
			m.Action = a
		}
	}
	var err error
	m.Name, err = w.name()
	return m, err
}

// name is what people know the record by.
func (w *work) name() (string, error) {
	if w.record.Kind == model.SheetRecord {
		return "基本支出表", nil
	}
	names, err := w.tx.ProjectNames([]model.ID{w.version().ID})
	return names[w.version().ID], err
}

// waitsFor tells whether a task or a 批复 is the person's.
func (w *work) waitsFor(p rbac.Person) bool {
	return slices.ContainsFunc(append(slices.Clone(moves), workflow.Approve), func(a workflow.Action) bool {
		return workflow.Explain(w.in, actor(p, w.unit.Path), a) == nil && w.may(p, a.Named(w.record.Kind), w.unit.Path) == nil
	})
}
