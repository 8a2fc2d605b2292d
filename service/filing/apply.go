package filing

import (
	"slices"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/revision"
	"biaochi/service/workflow"
)

// change is what an accepted act does to the record that is loaded.
type change struct {
	out     workflow.Outcome
	content *Content // of the new version, or of the draft that is rewritten
	// edit is an agreed edit that waits for consent, as JSON.
	edit     string
	approval *model.Approval
	remarks  []model.RecordRemark
	review   *model.KeptReview
	answers  []model.WarningAnswer // to warnings
	detail   EventDetail
}

// apply keeps a change to the record that is loaded.
// Errors: Conflict "record.changed".
func (w *work) apply(c change) error {
	was := slices.Clone(w.versions)
	w.move(c)
	return w.keep(c, was)
}

// keep saves the record with its versions, and what else belongs to the change.
func (w *work) keep(c change, was []model.RecordVersion) error {
	r := revision.Revision{Record: &w.record, Was: was, Versions: w.versions, Content: w.revised(c.content)}
	w.current = r.Current()
	var event model.Event
	err := r.Keep(w.tx, func() (_ model.Event, err error) {
		event, err = w.event(&c)
		return event, err
	})
	if err != nil {
		return err
	}
	if err := w.keepNotes(c); err != nil {
		return err
	}
	if err := w.keepPosition(c); err != nil {
		return err
	}
	return w.tell(event, c.detail)
}

func (w *work) revised(content *Content) *revision.Content {
	if content == nil {
		return nil
	}
	owner := budget.Owner{Year: w.record.Year, Path: w.unit.Path, Kind: w.unit.Kind}
	return &revision.Content{
		Hash: content.hash(), Save: content.save,
		Facts: func(v model.RecordVersion) []model.Fact { return content.facts(owner, v) },
	}
}

func (w *work) keepNotes(c change) error {
	if err := w.tx.AddRemarks(c.remarks); err != nil {
		return err
	}
	if err := w.tx.SetWarningAnswers(c.answers); err != nil || c.review == nil {
		return err
	}
	return w.tx.AddReview(c.review)
}

// move changes the versions as the workflow said.
func (w *work) move(c change) {
	v := &w.versions[w.current]
	if c.out.Retires {
		w.retire()
	}
	switch {
	case c.out.NewVersion:
		v.State = c.out.Left
		w.versions = append(w.versions, model.RecordVersion{
			ID: w.store.NextID(), RecordID: w.record.ID, Number: len(w.versions) + 1,
			State: c.out.State, CreatedAt: w.at, CreatedBy: w.person.Login,
		})
		return
	case c.out.InForce:
		v.ApprovalID, v.AfterInitial = c.approval.ID, c.out.AfterInitial
	}
	v.State = c.out.State
}

// retire withdraws the passed version that the one at hand takes the place of.
func (w *work) retire() {
	for i := w.current - 1; i >= 0; i-- {
		if w.versions[i].State == model.Passed {
			w.versions[i].State = model.Withdrawn
			return
		}
	}
}

func (w *work) keepPosition(c change) (err error) {
	if w.position, err = w.place(c.out); err != nil {
		return err
	}
	if c.edit != "" {
		w.position.EditContent, w.position.EditedBy = c.edit, w.person.Login
	}
	w.position.VersionID = w.version().ID
	w.in = c.out.Next
	return w.tx.SetPosition(&w.position)
}

// event is the one of the act.
func (w *work) event(c *change) (model.Event, error) {
	e := c.out.Event
	c.detail.Detail, c.detail.Lock = e.Detail, w.record.Version
	return withDetail(model.Event{
		ID: w.store.NextID(), At: w.at, Actor: e.Actor, Action: e.Action, UnitID: w.unit.ID, Year: w.record.Year, RecordID: w.record.ID,
		VersionID: w.version().ID, FromState: e.From, ToState: e.To, Reason: e.Reason,
	}, c.detail)
}

// Answer is what an act came to.
type Answer struct {
	RecordID  model.ID       `json:"recordId"`
	VersionID model.ID       `json:"versionId"`
	Number    int            `json:"number"`
	State     model.State    `json:"state"`
	Step      string         `json:"step,omitempty"` // key of the present step
	Turn      workflow.Turn  `json:"turn"`
	Grade     workflow.Grade `json:"grade,omitempty"`
	Lock      int            `json:"lock"` // to send with the next act
	// Changed is false where a save brought what was there already.
	Changed  bool      `json:"changed"`
	Findings []Finding `json:"findings"` // what fails or lacks data, after a save or submission
}

func (w *work) answer(changed bool, findings []Finding) Answer {
	v := w.version()
	return Answer{
		RecordID: w.record.ID, VersionID: v.ID, Number: v.Number, State: w.position.State, Step: w.position.StepKey,
		Turn: turnOf(w.position), Grade: workflow.Grade(w.position.Grade), Lock: w.record.Version, Changed: changed, Findings: findings,
	}
}
