package project

import (
	"context"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
)

// Evaluation is a pre-evaluation (事前绩效评估) as somebody records it.
type Evaluation struct {
	ProjectID    model.ID
	Year         int // from which the project is looked at
	Lock         int // of the pre-evaluation, 0 before the first
	Conclusion   model.Conclusion
	Opinion      string
	EvaluatedOn  model.Date
	Evaluator    string
	AttachmentID model.ID // the report, an attachment of one of the project's filings
}

// Evaluate records a pre-evaluation, or another one in its place; the one before
// stands in the history.
// Errors: NotFound "project.notFound"; Forbidden "right.missing"; Conflict
// "preEvaluation.changed", "project.state" for a project that is over; Invalid
// "preEvaluation.invalid" with Fields.
func (s *Service) Evaluate(ctx context.Context, p rbac.Person, in Evaluation) (v View, err error) {
	event := model.Event{Actor: p.Login, Action: rbac.ProjectEvaluate.Name, Year: in.Year, Reason: strings.TrimSpace(in.Opinion)}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		item, err := s.open(tx, p, in.ProjectID, in.Year, e)
		if err != nil {
			return err
		}
		if err := s.rights.Check(p.Assignments, rbac.ProjectEvaluate, item.UnitPath); err != nil {
			return err
		}
		if item.State == model.ProjectEnded {
			return model.Fail(model.Conflict, "project.state", "项目 %s 已终止，不再登记事前绩效评估", item.Code)
		}
		kept, err := s.evaluated(tx, p, in, item, e)
		if err != nil {
			return err
		}
		if err := tx.SavePreEvaluation(&kept); err != nil {
			return err
		}
		if v, err = s.view(tx, p, in.ProjectID, in.Year); err != nil {
			return err
		}
		return s.announce(tx, e, "", item, v.Item)
	})
	return v, err
}

// evaluated is what is kept, in place of what was.
func (s *Service) evaluated(tx *store.Tx, p rbac.Person, in Evaluation, item Item, e *journal.Entry) (kept model.PreEvaluation, err error) {
	before, err := tx.PreEvaluation(in.ProjectID)
	if err != nil {
		return kept, err
	}
	if in.Lock != before.Version {
		return kept, model.Fail(model.Conflict, "preEvaluation.changed", "这个项目的事前绩效评估刚被别人修改，请刷新后再改")
	}
	view := View{Item: item}
	if view.Filings, err = tx.ProjectFilings(item.Project); err != nil {
		return kept, err
	}
	if err := view.addReports(tx); err != nil {
		return kept, err
	}
	if faults := s.faultsOf(in, view.Attachments); len(faults) > 0 {
		return kept, &model.Error{Code: model.Invalid, Reason: "preEvaluation.invalid", Message: "事前绩效评估填写不完整或有误，请改正后再存", Fields: faults}
	}
	e.Note("conclusion", in.Conclusion.Word())
	e.Note("evaluatedOn", in.EvaluatedOn)
	e.Note("evaluator", strings.TrimSpace(in.Evaluator))
	e.Note("attachment", in.AttachmentID)
	return model.PreEvaluation{
		ProjectID: in.ProjectID, Conclusion: in.Conclusion, Opinion: strings.TrimSpace(in.Opinion), EvaluatedOn: in.EvaluatedOn,
		Evaluator: strings.TrimSpace(in.Evaluator), AttachmentID: in.AttachmentID, Version: before.Version, ChangedAt: s.now(), ChangedBy: p.Login,
	}, nil
}

func (s *Service) faultsOf(in Evaluation, attachments []model.Attachment) (faults []model.Problem) {
	_, malformed := time.Parse(time.DateOnly, string(in.EvaluatedOn))
	attached := slices.ContainsFunc(attachments, func(a model.Attachment) bool { return a.ID == in.AttachmentID })
	for _, c := range []struct {
		wrong          bool
		field, message string
	}{
		{!slices.Contains(model.Conclusions, in.Conclusion), "conclusion", "结论应为支持、调整后支持或不予支持"},
		{strings.TrimSpace(in.Opinion) == "", "opinion", "请写明评估意见"},
		{strings.TrimSpace(in.Evaluator) == "", "evaluator", "请写明由谁评估"},
		{malformed != nil || in.EvaluatedOn > s.today(), "evaluatedOn", "评估日期应为不晚于今天的日期"},
		{!attached, "attachment", "请从本项目申报的附件中选择评估报告；还没有的，先在申报中上传"},
	} {
		if c.wrong {
			faults = append(faults, model.Problem{Path: "$." + c.field, Message: c.message})
		}
	}
	return faults
}
