package project

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
	"biaochi/service/workflow"
)

// Act is an act on a project's place in the library, as a year sees it. Of an end it is
// the first year in which the project is over.
type Act struct {
	ProjectID model.ID
	Lock      int // of the project as the person saw it
	Act       workflow.ProjectAct
	Year      int
	Reason    string
}

// Do carries out an act: one transaction, one version check, one event.
// Errors: NotFound "project.notFound"; Forbidden "right.missing", "project.own";
// Conflict "project.changed", "project.state", "project.filed" for an end in a year
// with a filing, "project.preEvaluation" where one is owed; Invalid "project.reason",
// "project.target" with what the target lacks in Fields.
func (s *Service) Do(ctx context.Context, p rbac.Person, a Act) (v View, err error) {
	event := model.Event{Actor: p.Login, Action: a.Act.Action(), Year: a.Year, Reason: a.Reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		item, err := s.open(tx, p, a.ProjectID, a.Year, e)
		if err != nil {
			return err
		}
		e.Note("act", a.Act.ZH())
		action, _ := rbac.ActionByName(a.Act.Action())
		if err := s.rights.Check(p.Assignments, action, item.UnitPath); err != nil {
			return err
		}
		if a.Lock != item.Version {
			return model.Fail(model.Conflict, "project.changed", "这个项目刚被别人办理，请刷新后再办")
		}
		if err := s.apply(tx, p, a, item, e); err != nil {
			return err
		}
		if v, err = s.view(tx, p, a.ProjectID, a.Year); err != nil {
			return err
		}
		return s.announce(tx, e, a.Act, item, v.Item)
	})
	return v, err
}

// open reads a project that the person may see, and fills in the event.
// Errors: NotFound "project.notFound".
func (s *Service) open(tx *store.Tx, p rbac.Person, id model.ID, year int, e *journal.Entry) (item Item, err error) {
	if item, err = s.item(tx, p, id, year); err != nil {
		return item, err
	}
	e.UnitID, e.RecordID = item.UnitID, item.ID
	e.FromState, e.ToState = model.State(item.State), model.State(item.State)
	return item, nil
}

func (s *Service) apply(tx *store.Tx, p rbac.Person, a Act, item Item, e *journal.Entry) error {
	stage, err := workflow.NextStage(item.Project, item.State, a.Act, p.Login, a.Reason)
	if err != nil {
		return err
	}
	if err := s.ready(tx, a, item); err != nil {
		return err
	}
	changed := item.ListedProject
	changed.Stage = stage
	switch a.Act {
	case workflow.ProposeProject:
		changed.ProposedBy = p.Login
	case workflow.TakeBackProject, workflow.RefuseProject:
		changed.ProposedBy = ""
	case workflow.EndProject:
		changed.EndedFrom, changed.EndReason = a.Year, strings.TrimSpace(a.Reason)
	case workflow.ResumeProject:
		changed.EndedFrom, changed.EndReason = 0, ""
	}
	if err := tx.UpdateProject(&changed.Project); err != nil {
		return err
	}
	state := factsOf(changed, a.Year).State()
	if err := s.unrank(tx, p, item.ID, a.Year, state); err != nil {
		return err
	}
	e.ToState = model.State(state)
	e.Note("lock", changed.Version)
	return nil
}

// ready refuses what an act must not come before.
func (s *Service) ready(tx *store.Tx, a Act, item Item) error {
	if a.Act == workflow.EndProject {
		return unfiled(tx, item, a.Year)
	}
	if !a.Act.NeedsTarget() {
		return nil
	}
	faults, err := s.lacking(tx, item)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		refusal := model.Fail(model.Invalid, "project.target", "项目 %s 的绩效目标有 %d 处不符合要求，不能%s；请改正后再办", item.Code, len(faults), a.Act.ZH())
		refusal.Fields = faults
		return refusal
	}
	if a.Act != workflow.StoreProject || !item.Owes {
		return nil
	}
	switch item.Conclusion {
	case "":
		return model.Fail(model.Conflict, "project.preEvaluation",
			"项目 %s 是新增重大项目（%s 元），还没有事前绩效评估，不能纳入财政项目库；请先登记评估结论并附评估报告", item.Code, item.Money.Yuan())
	case model.NotSupported:
		return model.Fail(model.Conflict, "project.preEvaluation",
			"项目 %s 的事前绩效评估结论为“不予支持”，不能纳入财政项目库；请退回，或调整后重新评估", item.Code)
	}
	return nil
}

// lacking tells what the newest filing lacks of a proper target.
func (s *Service) lacking(tx *store.Tx, item Item) ([]model.Problem, error) {
	if item.FilingState == model.Withdrawn || item.FilingState == model.Blocked {
		return []model.Problem{{Path: "$", Message: "最近的申报为“" + item.FilingState.Word() + "”，没有可用的绩效目标；请重新申报"}}, nil
	}
	record, err := tx.RecordByID(store.Everything(), item.RecordID)
	if err != nil {
		return nil, err
	}
	unit, err := tx.UnitByID(store.Everything(), item.UnitID)
	if err != nil {
		return nil, err
	}
	return s.filings.TargetFaults(tx, record, unit)
}

// stands tells whether a filing asks for money or has it.
func stands(f store.ListedFiling) bool { return f.State != model.Withdrawn && f.State != model.Blocked }

// unfiled refuses to end a project in a year in which a filing stands.
func unfiled(tx *store.Tx, item Item, from int) error {
	filings, err := tx.ProjectFilings(item.Project)
	if err != nil {
		return err
	}
	for _, f := range filings {
		if f.Year >= from && stands(f) {
			return model.Fail(model.Conflict, "project.filed", "项目 %s 已有 %d 年度的申报（%s），不能自 %d 年度起终止；请先撤销申报，或自 %d 年度起终止",
				item.Code, f.Year, f.State.Word(), from, f.Year+1)
		}
	}
	return nil
}
