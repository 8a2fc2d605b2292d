package filing

import (
	"context"
	"encoding/json"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// View is a record as a person sees it.
type View struct {
	Record  model.Record
	Unit    model.BudgetUnit
	Version model.RecordVersion // that the state is about
	State   model.State         // of the record
	Lock    int                 // to send with the next act
	Steps   []workflow.Step     // of the chain it goes through, where it was submitted
	Step    int                 // index of the present one, while in review
	Turn    workflow.Turn
	Grade   workflow.Grade // given last
	MovedAt time.Time      // since when it stands here
	MovedBy string
	// Allowed are the actions that the person may take now; a 批复 is not among them,
	// since it is given to a unit.
	Allowed  []workflow.Action
	Content  Content
	Findings []Finding // what the checks say of it
	// Edit is an agreed edit that waits for consent, with what it would change.
	Edit     *Edit
	Remarks  []model.RecordRemark  // on this version and on those before
	InForce  *model.RecordVersion  // the approved one, where it is another
	Versions []model.RecordVersion // all of them, by number
}

// Edit is an agreed edit (协商修改).
type Edit struct {
	By          string
	Content     Content
	Differences []Difference
}

// Get gives a record with its content, what the checks say and what the person may do.
// Errors: NotFound "record.notFound", also where it is out of reach.
func (s *Service) Get(ctx context.Context, p rbac.Person, id model.ID) (View, error) {
	var v View
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		w := &work{Service: s, tx: tx, person: p, at: s.now()}
		if err := w.load(id); err != nil {
			return err
		}
		v, err = w.view()
		return err
	})
	return v, err
}

func (w *work) view() (View, error) {
	p := w.position
	v := View{
		Record: w.record, Unit: w.unit, Version: w.version(), State: p.State, Lock: w.record.Version, Steps: w.in.Steps, Step: w.in.Step,
		Turn: workflow.TurnOf(w.in), Grade: workflow.Grade(p.Grade), MovedAt: p.MovedAt, MovedBy: p.MovedBy,
		Allowed: w.allowed(), Versions: w.versions,
	}
	var err error
	if v.Content, err = w.content(); err != nil {
		return v, err
	}
	if v.Findings, err = w.findings(v.Content); err != nil {
		return v, err
	}
	if v.Remarks, err = w.tx.Remarks(w.record.ID); err != nil {
		return v, err
	}
	for i := range w.versions {
		if w.versions[i].ID == w.record.InForceID && i != w.current {
			v.InForce = &w.versions[i]
		}
	}
	v.Edit, err = w.edit(v.Content)
	return v, err
}

func (w *work) edit(content Content) (*Edit, error) {
	if w.position.EditContent == "" {
		return nil, nil
	}
	e := &Edit{By: w.position.EditedBy}
	if err := json.Unmarshal([]byte(w.position.EditContent), &e.Content); err != nil {
		return nil, err
	}
	e.Differences = Differences(content, e.Content)
	return e, nil
}

// allowed are the actions that state, seat and right together let the person take.
func (w *work) allowed() []workflow.Action {
	allowed := []workflow.Action{}
	for _, a := range workflow.Allowed(w.in, actor(w.person, w.unit.Path)) {
		if a != workflow.Approve && w.may(w.person, a.Named(w.record.Kind), w.unit.Path) == nil {
			allowed = append(allowed, a)
		}
	}
	return allowed
}
