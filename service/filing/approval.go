package filing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/library"
	"biaochi/service/workflow"
)

// Paper is a 批复 that somebody gives: for a department by the bureau, for a unit
// below by its department.
type Paper struct {
	UnitID model.ID   `json:"unitId"`
	Year   int        `json:"year"`
	Number string     `json:"number"` // 文号
	Date   model.Date `json:"date"`
	Reason string     `json:"reason,omitempty"`
	Key    string     `json:"-"`
}

// Given is what a 批复 came to.
type Given struct {
	ApprovalID model.ID `json:"approvalId"`
	// Records is how many filings, sheets and targets became approved: those of the
	// department with all its units that had passed; none where a department gives it.
	Records int `json:"records"`
	// FreezesInitial tells that it is the department's first of the year.
	FreezesInitial bool `json:"freezesInitial"`
}

// Approve gives a 批复. One of the bureau takes the passed filings, sheets and targets
// of a department with all its units as they stand, all or none; the first one freezes
// 年初 for them, what a later one takes counts in 变动后 alone. The indicators of the
// filings go into the indicator library (指标库).
// Errors: NotFound "unit.notFound"; Forbidden "right.missing"; those of
// workflow.Give; where a record refuses, that refusal, with every other one in
// Fields; Conflict "record.changed" where one of them moved meanwhile; those of a key.
func (s *Service) Approve(ctx context.Context, p rbac.Person, paper Paper) (Given, error) {
	r := request{person: p, action: rbac.ApprovalGive.Name, reason: paper.Reason, key: paper.Key, body: paper}
	return run(ctx, s, r, func(w *work) (Given, error) { return w.approve(paper) })
}

func (w *work) approve(paper Paper) (Given, error) {
	if err := w.tx.LockUnit(paper.UnitID); err != nil {
		return Given{}, err
	}
	if err := w.addressee(paper); err != nil {
		return Given{}, err
	}
	in, taken, err := w.approvalSituation(paper.Year)
	if err != nil {
		return Given{}, err
	}
	out, err := workflow.Give(in, workflow.ApprovalAct{
		Actor: actor(w.person, w.unit.Path), Number: paper.Number, Date: paper.Date, Reason: paper.Reason,
	})
	if err != nil {
		w.refusal = out.Event
		return Given{}, err
	}
	approval := model.Approval{
		ID: w.store.NextID(), UnitID: w.unit.ID, Year: paper.Year, Number: strings.TrimSpace(paper.Number), Date: paper.Date,
		Reason: paper.Reason, CreatedAt: w.at, CreatedBy: w.person.Login,
	}
	given := Given{ApprovalID: approval.ID, FreezesInitial: out.FreezesInitial}
	if out.TakesPassed {
		given.Records = len(taken)
		if err := w.takeAll(taken, approval); err != nil {
			return Given{}, err
		}
	}
	return given, w.keepApproval(approval, out.Event, given)
}

// addressee finds the unit that the 批复 addresses, for a person who may give it.
func (w *work) addressee(paper Paper) error {
	if err := w.addressed(paper.UnitID, paper.Year); err != nil {
		return err
	}
	return w.mayGive()
}

// addressed finds a unit for a person who may see its 批复.
func (w *work) addressed(id model.ID, year int) error {
	unit, err := w.tx.UnitByID(store.Everything(), id)
	if err != nil {
		return err
	}
	w.unit, w.year = unit, year
	if !w.rights.Decide(w.person.Assignments, rbac.ApprovalRead, unit.Path).Allowed {
		return model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", id)
	}
	return nil
}

func (w *work) mayGive() error {
	action := rbac.ApprovalGiveUnit.Name
	if byBureau(w.unit.Path) {
		action = rbac.ApprovalGive.Name
	}
	return w.may(w.person, action, w.unit.Path)
}

// byBureau tells the departments, and the bureau itself, from the units below.
func byBureau(path string) bool { return strings.Count(path, "/") <= 2 }

// department is the path of the department that a unit is or belongs to.
func department(path string) string {
	parts := strings.SplitAfterN(path, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "")
}

func (w *work) approvalSituation(year int) (workflow.ApprovalSituation, []model.Record, error) {
	in := workflow.ApprovalSituation{UnitPath: w.unit.Path}
	given, err := w.tx.Approvals(store.Everything(), []model.ID{w.unit.ID}, year)
	if err != nil {
		return in, nil, err
	}
	in.Given = len(given)
	if !byBureau(w.unit.Path) {
		return in, nil, w.bureauGave(&in, year)
	}
	taken, err := w.waiting(year)
	if err != nil {
		return in, nil, err
	}
	in.Passed = len(taken)
	in.OverControl, err = w.settings.OverControl(w.tx, w.unit, year)
	return in, taken, err
}

// bureauGave tells what the bureau gave to the unit's department.
func (w *work) bureauGave(in *workflow.ApprovalSituation, year int) error {
	above, err := w.unitAt(department(w.unit.Path))
	if err != nil {
		return err
	}
	given, err := w.tx.Approvals(store.Everything(), []model.ID{above.ID}, year)
	for _, a := range given {
		in.BureauGiven++
		in.BureauDate = max(in.BureauDate, a.Date)
	}
	return err
}

func (w *work) unitAt(path string) (model.BudgetUnit, error) {
	units, err := w.tx.Units(store.Everything(), store.UnitFilter{Under: path})
	if err != nil {
		return model.BudgetUnit{}, err
	}
	for _, u := range units {
		if u.Path == path {
			return u, nil
		}
	}
	return model.BudgetUnit{}, model.Fail(model.NotFound, "unit.notFound", "没有路径为 %s 的单位，请核对单位资料", path)
}

// waiting lists the passed records that a 批复 of the bureau takes.
func (w *work) waiting(year int) ([]model.Record, error) {
	rows, err := w.passed(year)
	records := make([]model.Record, len(rows))
	for i, row := range rows {
		records[i] = row.Record
	}
	return records, err
}

// passed lists what a 批复 of the bureau takes: the department's with all its units,
// the bureau's own alone.
func (w *work) passed(year int) ([]store.ListedFiling, error) {
	filter := store.FilingFilter{Under: w.unit.Path, Year: year, State: model.Passed}
	if strings.Count(w.unit.Path, "/") == 1 {
		filter.Under, filter.UnitID = "", w.unit.ID
	}
	rows, _, err := w.tx.FilingList(store.Everything(), filter)
	return rows, err
}

// takeAll makes the passed records approved, or none of them: what one refuses, all
// wait for.
func (w *work) takeAll(records []model.Record, approval model.Approval) error {
	frozen, err := w.frozen(records, approval.Year)
	if err != nil {
		return err
	}
	var refusal *model.Error
	var faults []model.Problem
	for _, r := range records {
		one := &work{Service: w.Service, tx: w.tx, person: w.person, at: w.at}
		err := one.take(r, approval, frozen[r.UnitID])
		var e *model.Error
		switch {
		case err == nil:
			continue
		case !errors.As(err, &e) || one.refusal.Action == "":
			return err
		case refusal == nil:
			refusal = model.Fail(e.Code, e.Reason, "%s", e.Message)
		}
		faults = append(faults, model.Problem{Path: "$.records." + r.ID.String(), Message: e.Message})
	}
	if refusal != nil {
		refusal.Fields = faults
		return refusal
	}
	return nil
}

// take makes one record approved.
func (w *work) take(record model.Record, approval model.Approval, frozen bool) error {
	unit, err := w.tx.UnitByID(store.Everything(), record.UnitID)
	if err != nil {
		return err
	}
	if err := w.open(record, unit); err != nil {
		return err
	}
	w.in.InitialFrozen = frozen
	out, err := workflow.Next(w.in, workflow.Act{
		Action: workflow.Approve, Actor: actor(w.person, unit.Path), Reason: approval.Reason,
	})
	if err != nil {
		w.refusal = out.Event
		return err
	}
	if err := w.apply(change{out: out, approval: &approval, detail: EventDetail{ApprovalID: approval.ID}}); err != nil {
		return err
	}
	return w.feedLibrary()
}

// feedLibrary takes the indicators of a filing that was just approved into the
// indicator library (指标库).
func (w *work) feedLibrary() error {
	if w.record.Kind != model.FilingRecord {
		return nil
	}
	content, err := w.content()
	if err != nil {
		return err
	}
	return library.Feed(w.tx, library.Approved{
		RecordID: w.record.ID, Year: w.record.Year, Unit: w.unit, Project: content.Project, Actor: w.person.Login, At: w.at,
	})
}

// frozen tells of each unit whether its 年初 was frozen before: by a 批复 of its own,
// or by one that the bureau gave for its whole department.
func (w *work) frozen(records []model.Record, year int) (map[model.ID]bool, error) {
	frozen := map[model.ID]bool{}
	var units []model.ID
	for _, r := range records {
		if !slices.Contains(units, r.UnitID) {
			units = append(units, r.UnitID)
		}
	}
	own, err := w.tx.Approvals(store.Everything(), units, year)
	if err != nil {
		return nil, err
	}
	for _, a := range own {
		frozen[a.UnitID] = true
	}
	acts, err := w.tx.ApprovalActs([]model.ID{w.unit.ID}, year)
	for _, act := range acts {
		if act.Action == rbac.ApprovalGive.Name {
			for _, id := range units {
				frozen[id] = true
			}
		}
	}
	return frozen, err
}

func (w *work) keepApproval(approval model.Approval, event workflow.Event, given Given) error {
	if err := w.tx.AddApproval(&approval); err != nil {
		return err
	}
	act := model.ApprovalAct{
		ApprovalID: approval.ID, UnitID: approval.UnitID, Year: approval.Year, Action: event.Action,
		DeputyFor: event.Detail.DeputyFor, Records: given.Records,
	}
	if err := w.tx.AddApprovalAct(&act); err != nil {
		return err
	}
	return w.keepEvent(model.Event{
		At: w.at, Actor: event.Actor, Action: event.Action, UnitID: approval.UnitID, Year: approval.Year, Reason: event.Reason,
	}, EventDetail{Detail: event.Detail, ApprovalID: approval.ID, Records: given.Records})
}
