package publication

import (
	"context"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/calendar"
	"biaochi/service/journal"
	"biaochi/service/tracking"
	"biaochi/service/workflow"
)

// Desk is the use cases of a disclosure's way out: assembled, checked, reviewed for
// secrets, signed off, published, corrected. Each is one transaction, one version
// check, one event. It is safe for concurrent use.
type Desk struct {
	books  *Service
	rights *rbac.Enforcer
	now    func() time.Time
}

// NewDesk works on the store of the service; the clock should be the store's.
func NewDesk(books *Service, rights *rbac.Enforcer, now func() time.Time) *Desk {
	return &Desk{books: books, rights: rights, now: func() time.Time { return now().UTC().Truncate(time.Millisecond) }}
}

// Subject is whose disclosure of which year: a unit's, or a department's over all its
// units.
type Subject struct {
	UnitID model.ID
	Year   int
	Whole  bool
}

// Standing is how far a disclosure is.
type Standing struct {
	Unit model.BudgetUnit
	// Newest is the version under way or out; nil before the first is assembled.
	Newest   *model.Publication
	Versions []model.Publication // all of them, by number
	Allowed  []workflow.LadderAction
	// WhyNot says why nothing is allowed: the stage that bars it, or the right that is
	// missing for the next step. "" where something is.
	WhyNot string
	// DueDate is the last day by the year's calendar, "" where none runs; Approval
	// is that 批复.
	DueDate  model.Date
	Approval *model.Approval
}

// Step is what somebody does with a disclosure.
type Step struct {
	Action workflow.LadderAction
	// Lock is that of the newest version as the person saw it; 0 before there is any.
	Lock   int
	Date   model.Date // of the secrecy review or of the sign-off
	Name   string     // who reviewed or signed
	Reason string     // of an override or of a correction
}

// Standing tells how far a disclosure is.
// Errors: NotFound "unit.notFound", also where it is out of reach.
func (d *Desk) Standing(ctx context.Context, p rbac.Person, s Subject) (Standing, error) {
	var standing Standing
	err := d.books.store.Read(ctx, func(tx *store.Tx) error {
		w, err := d.open(tx, p, s)
		standing = w.Standing
		return err
	})
	return standing, err
}

// Take does a step of the ladder.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing"; those of
// workflow.Climb; Conflict "publication.changed"; Invalid "disclosure.secrecy",
// "disclosure.sign", "disclosure.reason".
func (d *Desk) Take(ctx context.Context, p rbac.Person, s Subject, step Step) (Standing, error) {
	var standing Standing
	event := model.Event{Actor: p.Login, Action: step.Action.Named(), Year: s.Year, Reason: strings.TrimSpace(step.Reason)}
	err := journal.Write(ctx, d.books.store, event, func(tx *store.Tx, e *journal.Entry) error {
		w, err := d.open(tx, p, s)
		if err != nil {
			return err
		}
		e.At, e.UnitID, w.entry = w.at, w.UnitID, e
		if err := w.take(step); err != nil {
			return err
		}
		if w, err = d.open(tx, p, s); err == nil {
			standing = w.Standing
		}
		return err
	})
	return standing, err
}

// rung is one step under way.
type rung struct {
	*Desk
	tx     *store.Tx
	person rbac.Person
	at     time.Time
	entry  *journal.Entry // of the log; nil while somebody only looks
	// approved tells that the budget has its 批复.
	approved bool
	Subject
	Standing
}

func (d *Desk) open(tx *store.Tx, p rbac.Person, s Subject) (*rung, error) {
	w := &rung{Desk: d, tx: tx, person: p, at: d.now(), Subject: s}
	var err error
	if w.Unit, err = tx.UnitByID(store.Everything(), s.UnitID); err != nil {
		return w, err
	}
	if !d.rights.Decide(p.Assignments, rbac.DisclosureRead, w.Unit.Path).Allowed {
		return w, model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", s.UnitID)
	}
	if s.Whole && !w.Unit.IsDepartment() {
		return w, model.Fail(model.Invalid, "disclosure.whole", "%s 不是主管部门，没有部门公开；请改为单位公开", w.Unit.Name)
	}
	w.Versions, err = tx.Publications(store.Everything(), store.PublicationFilter{UnitID: s.UnitID, Year: s.Year, Whole: &s.Whole})
	if err != nil {
		return w, err
	}
	if n := len(w.Versions); n > 0 {
		w.Newest = &w.Versions[n-1]
	}
	if err := w.clock(); err != nil {
		return w, err
	}
	w.approved, err = tx.AnyCounted(store.FactQuery{Scope: store.Everything(), Year: s.Year, State: model.StateInitial, Root: w.Unit.Path, Below: s.Whole})
	if err != nil {
		return w, err
	}
	w.Allowed = w.allowed()
	w.WhyNot = w.whyNot()
	return w, nil
}

// clock finds the last day, and the 批复 that starts the clock: the earliest that
// addressed the unit. For a department the bureau gives it, for a unit its department.
func (w *rung) clock() error {
	given, err := w.tx.Approvals(store.Everything(), []model.ID{w.UnitID}, w.Year)
	if err != nil {
		return err
	}
	for i, a := range given {
		if a.Date != "" && (w.Approval == nil || a.Date < w.Approval.Date) {
			w.Approval = &given[i]
		}
	}
	dates, _, err := calendar.Of(w.tx, w.Unit.RegionCode, w.Year, w.Unit.Path)
	if err != nil {
		return err
	}
	due, _ := dates.DeadlineOf(tracking.Disclosure, w.Unit.Path)
	w.DueDate = due.Due
	return nil
}

// situation is the newest version in the terms of the ladder; whether the records
// say something else by now is asked where it matters.
func (w *rung) situation() workflow.LadderSituation {
	in := workflow.LadderSituation{Approved: w.approved}
	if w.Newest != nil {
		in.Stage, in.Errors, in.Overridden = w.Newest.Stage, w.Newest.Errors, w.Newest.Override != ""
	}
	return in
}

func (w *rung) allowed() []workflow.LadderAction {
	actions := []workflow.LadderAction{}
	for _, a := range workflow.Climbable(w.situation()) {
		if w.may(a) == nil {
			actions = append(actions, a)
		}
	}
	return actions
}

// whyNot tells a missing right from a stage.
func (w *rung) whyNot() string {
	if len(w.Allowed) > 0 {
		return ""
	}
	open := workflow.Climbable(w.situation())
	if len(open) == 0 {
		_, err := workflow.Climb(w.situation(), nextAfter(w.Newest))
		return model.MessageOf(err)
	}
	next := open[len(open)-1]
	named, _ := rbac.ActionByName(next.Named())
	return "下一步是“" + named.ZH + "”。" + w.rights.Decide(w.person.Assignments, named, w.Unit.Path).Why + "。"
}

// nextAfter is the step that begins a version: the first, or the next one.
func nextAfter(newest *model.Publication) workflow.LadderAction {
	if newest != nil && newest.Stage == model.StagePublished {
		return workflow.Correct
	}
	return workflow.Assemble
}

func (w *rung) may(a workflow.LadderAction) error {
	named, ok := rbac.ActionByName(a.Named())
	if !ok {
		return model.Fail(model.Invalid, "disclosure.action", "没有“%s”这项操作", string(a))
	}
	return w.rights.Check(w.person.Assignments, named, w.Unit.Path)
}

func (w *rung) take(step Step) error {
	if err := w.may(step.Action); err != nil {
		return err
	}
	if lock := w.lock(); step.Lock != lock {
		return model.Fail(model.Conflict, "publication.changed", "公开文档刚被别人办理，请刷新后再试")
	}
	switch step.Action {
	case workflow.Assemble, workflow.Correct:
		return w.assemble(step)
	case workflow.Publish:
		return w.publish(step)
	}
	to, err := workflow.Climb(w.situation(), step.Action)
	if err != nil {
		return err
	}
	next := *w.Newest
	next.Stage = to
	if err := w.note(&next, step); err != nil {
		return err
	}
	if err := w.tx.UpdatePublication(&next); err != nil {
		return err
	}
	w.log(w.Newest.Stage, &next)
	return nil
}

func (w *rung) lock() int {
	if w.Newest == nil {
		return 0
	}
	return w.Newest.Version
}

// note writes down what a step says.
func (w *rung) note(next *model.Publication, step Step) error {
	switch step.Action {
	case workflow.Check:
		return w.check(next)
	case workflow.Override:
		next.Override, next.OverrideBy = strings.TrimSpace(step.Reason), w.person.Login
		if next.Override == "" {
			return model.Fail(model.Invalid, "disclosure.reason", "放行校验错误须说明理由")
		}
	case workflow.Secrecy:
		next.SecrecyDate, next.SecrecyName, next.SecrecyBy = step.Date, strings.TrimSpace(step.Name), w.person.Login
		if next.SecrecyDate == "" || next.SecrecyName == "" {
			return model.Fail(model.Invalid, "disclosure.secrecy", "请填写保密审查人和审查日期")
		}
	case workflow.Sign:
		next.SignDate, next.SignName, next.SignBy = step.Date, strings.TrimSpace(step.Name), w.person.Login
		if next.SignDate == "" || next.SignName == "" {
			return model.Fail(model.Invalid, "disclosure.sign", "请填写签批的负责人和签批日期")
		}
	}
	return nil
}

// log notes in the step's event what became of a version.
func (w *rung) log(from model.Stage, p *model.Publication) {
	for key, value := range map[string]any{
		"publicationId": p.ID, "number": p.Number, "whole": p.Whole, "from": from, "to": p.Stage, "contentHash": p.ContentHash,
		"errors": p.Errors, "warnings": p.Warnings,
	} {
		w.entry.Note(key, value)
	}
	if p.Seal != "" {
		w.entry.Note(sealKey, p.Seal)
	}
}

// sealKey is where the event of publishing keeps the seal.
const sealKey = "seal"
