package execution

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/journal"
	"biaochi/service/tracking"
)

// Appraisal is what an evaluator says of a project or of a whole unit.
type Appraisal struct {
	Rows     []Appraised `json:"rows"`
	Problems string      `json:"problems"` // 存在问题
	Advice   string      `json:"advice"`   // 改进建议
}

// Appraised is an evaluator's score of one indicator, by its place among the lines of
// the self-evaluation.
type Appraised struct {
	Line   int             `json:"line"` // from 0
	Score  tracking.Points `json:"score"`
	Reason string          `json:"reason"` // owed where it isn't the unit's own
}

// Assessing is an assessment as people see it, beside the self-evaluation.
type Assessing struct {
	Assessment model.Assessment
	GradeName  string
	Execution  tracking.ExecutionScore
	Lines      []AssessedLine
	Problems   string
	Advice     string
	Allowed    []string // save, issue
}

// AssessedLine is an indicator with both scores.
type AssessedLine struct {
	Line
	Score  tracking.Points // the evaluator's; the unit's own where they said nothing
	Reason string
}

// Assessments is the evaluations of a project or of a whole unit side by side.
type Assessments struct {
	Self View
	List []Assessing // of the department, then of the bureau
}

// assessActions are who may assess.
var assessActions = map[model.AssessmentKind]rbac.Action{
	model.DepartmentAssessment: rbac.EvaluationByDepartment, model.FinanceAssessment: rbac.EvaluationByFinance,
}

// Assessments gives a self-evaluation, of a project or of a whole unit, with what the department and the bureau
// made of it. An assessment that isn't issued is shown to those alone who may write it.
// Errors: those of Sheet.
func (s *Service) Assessments(ctx context.Context, p Person, key SheetKey) (all Assessments, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		all = Assessments{}
		for _, kind := range model.AssessmentKinds {
			w, err := s.assessed(tx, p, key, kind)
			if err != nil {
				return err
			}
			all.Self = w.self
			if one := w.assessing(); w.begun.State == model.AssessmentIssued || w.may() == nil {
				all.List = append(all.List, one)
			}
		}
		return nil
	})
	return all, err
}

// assessWork is one assessment that somebody looks at or writes.
type assessWork struct {
	*sheetWork
	kind  model.AssessmentKind
	self  View
	begun model.Assessment
	said  Appraisal
}

func (s *Service) assessed(tx *store.Tx, p Person, key SheetKey, kind model.AssessmentKind) (w *assessWork, err error) {
	w = &assessWork{kind: kind}
	if w.sheetWork, err = s.open(tx, p, key); err != nil {
		return w, err
	}
	if w.self, err = w.view(); err != nil {
		return w, err
	}
	begun, ok, err := tx.Assessment(key.RecordID, kind)
	if err != nil {
		return w, err
	}
	if w.begun = begun; ok {
		return w, json.Unmarshal([]byte(begun.Content), &w.said)
	}
	w.begun = model.Assessment{
		RecordID: key.RecordID, UnitID: w.unit.ID, UnitPath: w.unit.Path, Year: w.record.Year, Kind: kind, State: model.AssessmentDraft,
	}
	return w, nil
}

func (w *assessWork) may() error {
	return w.rights.Check(w.person.Assignments, assessActions[w.kind], w.unit.Path)
}

// ready tells whether the assessment can be written now.
// Errors: Conflict "assessment.noSelf", "assessment.issued"; Forbidden "assessment.own".
func (w *assessWork) ready() error {
	switch {
	case w.sheet.State != model.SheetConfirmed:
		return model.Fail(model.Conflict, "assessment.noSelf", "%s要在绩效自评确认之后进行，%s的自评还没有确认", w.kind.Word(), w.whose())
	case w.begun.State == model.AssessmentIssued:
		return model.Fail(model.Conflict, "assessment.issued", "这份%s已经下达，不能再改", w.kind.Word())
	case slices.Contains(w.sheet.PreparedBy, w.person.Login):
		return model.Fail(model.Forbidden, "assessment.own", "不能评价自己填报的自评，请由其他人评价")
	}
	return nil
}

// assessing puts both scores side by side, and adds the evaluator's up.
func (w *assessWork) assessing() Assessing {
	a := Assessing{Assessment: w.begun, Execution: w.self.Evaluation.Execution, Problems: w.said.Problems, Advice: w.said.Advice, Allowed: []string{}}
	for i, line := range w.self.Lines {
		one := AssessedLine{Line: line, Score: line.Score.Score}
		one.Actual = w.actual(line)
		if j := slices.IndexFunc(w.said.Rows, func(r Appraised) bool { return r.Line == i }); j >= 0 {
			one.Score, one.Reason = w.said.Rows[j].Score, w.said.Rows[j].Reason
		}
		a.Lines = append(a.Lines, one)
	}
	if w.begun.State == model.AssessmentIssued { // as it was when it was issued
		a.GradeName = w.rules.Scoring.GradeOf(tracking.Points(w.begun.Score)).Name
		return a
	}
	total := a.Execution.Score
	for _, line := range a.Lines {
		total += line.Score
	}
	grade := w.rules.Scoring.GradeOf(total)
	a.Assessment.Score, a.Assessment.Grade, a.GradeName = int64(total), grade.Key, grade.Name
	a.Assessment.SelfScore = int64(w.self.Evaluation.Total)
	if w.may() == nil && w.ready() == nil {
		a.Allowed = append(a.Allowed, "save")
		if w.begun.Version > 0 {
			a.Allowed = append(a.Allowed, "issue")
		}
	}
	return a
}

// Assess keeps a department's or the bureau's evaluation over a self-evaluation: a score for each
// indicator within its points, the unit's own where none is given; total and grade are
// computed. lock is the version that the evaluator saw, 0 to begin.
// Errors: those of Sheet; Forbidden "right.missing", "assessment.own"; Conflict
// "assessment.noSelf", "assessment.issued", "assessment.changed"; Invalid
// "assessment.rows" with Fields.
func (s *Service) Assess(ctx context.Context, p Person, key SheetKey, kind model.AssessmentKind, lock int, said Appraisal) (Assessing, error) {
	return s.onAssessment(ctx, p, key, kind, lock, "", func(w *assessWork) error {
		w.said = said
		return w.accept()
	})
}

// IssueAssessment makes an evaluation final, for the unit to see.
// Errors: as Assess's; Conflict "assessment.changed" where nothing was saved.
func (s *Service) IssueAssessment(ctx context.Context, p Person, key SheetKey, kind model.AssessmentKind, lock int, reason string) (Assessing, error) {
	return s.onAssessment(ctx, p, key, kind, lock, reason, func(w *assessWork) error {
		if w.begun.Version == 0 {
			return model.Fail(model.Conflict, "assessment.changed", "还没有保存%s，请先评分并保存", w.kind.Word())
		}
		if err := w.accept(); err != nil {
			return err
		}
		w.begun.IssuedOn = s.today()
		return nil
	})
}

func (s *Service) onAssessment(ctx context.Context, p Person, key SheetKey, kind model.AssessmentKind, lock int, reason string, do func(w *assessWork) error) (out Assessing, err error) {
	event := model.Event{Actor: p.Login, Action: assessActions[kind].Name, RecordID: key.RecordID, Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if _, err := tx.LockRecord(key.RecordID); err != nil { // so that no file comes or goes meanwhile
			return err
		}
		w, err := s.assessed(tx, p, key, kind)
		if err != nil {
			return err
		}
		e.UnitID, e.Year = w.unit.ID, w.record.Year
		if err := w.may(); err != nil {
			return err
		}
		if err := w.ready(); err != nil {
			return err
		}
		if lock != w.begun.Version {
			return model.Fail(model.Conflict, "assessment.changed", "这份评价刚被别人修改，请刷新后再改")
		}
		if err := do(w); err != nil {
			return err
		}
		if err := w.keep(e); err != nil {
			return err
		}
		out = w.assessing()
		return nil
	})
	return out, err
}

// accept finds every fault of the evaluator's rows.
func (w *assessWork) accept() error {
	var faults []model.Problem
	seen := map[int]bool{}
	for i, row := range w.said.Rows {
		bad := func(field, format string, args ...any) {
			faults = append(faults, model.Problem{Path: fmt.Sprintf("$.rows[%d].%s", i, field), Message: fmt.Sprintf(format, args...)})
		}
		if row.Line < 0 || row.Line >= len(w.self.Lines) || seen[row.Line] {
			bad("line", "没有第 %d 行指标，或写了两次", row.Line+1)
			continue
		}
		seen[row.Line] = true
		own := w.self.Lines[row.Line].Score
		if row.Score < 0 || row.Score > own.Points {
			bad("score", "第 %d 行“%s”的得分 %s 超过分值 %s", row.Line+1, w.self.Lines[row.Line].Name, row.Score, own.Points)
		}
		if row.Score != own.Score && strings.TrimSpace(row.Reason) == "" {
			bad("reason", "第 %d 行“%s”的得分与自评不同，请说明理由", row.Line+1, w.self.Lines[row.Line].Name)
		}
	}
	if len(faults) > 0 {
		err := model.Fail(model.Invalid, "assessment.rows", "评分有 %d 处需要改正", len(faults))
		err.Fields = faults
		return err
	}
	return nil
}

func (w *assessWork) keep(e *journal.Entry) error {
	text, err := json.Marshal(w.said)
	if err != nil {
		return err
	}
	computed := w.assessing().Assessment
	w.begun.Content, w.begun.Score, w.begun.Grade, w.begun.SelfScore = string(text), computed.Score, computed.Grade, computed.SelfScore
	if w.begun.IssuedOn != "" {
		w.begun.State = model.AssessmentIssued
	}
	w.begun.ChangedAt, w.begun.ChangedBy = w.now(), w.person.Login
	if err := w.tx.SaveAssessment(&w.begun); err != nil {
		return err
	}
	e.Note("kind", w.kind)
	e.Note("score", tracking.Points(w.begun.Score).String())
	e.Note("selfScore", tracking.Points(w.begun.SelfScore).String())
	e.Note("grade", w.begun.Grade)
	e.Note("state", w.begun.State)
	return nil
}
