package execution_test

import (
	"fmt"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/execution"
	"biaochi/service/tracking"
)

// evaluated takes the self-evaluation of a project to where a reviewer confirmed it.
func (h *house) evaluated(code string) execution.View {
	h.t.Helper()
	key := execution.SheetKey{RecordID: h.record(unitA, code).ID, Kind: model.EvaluationSheet}
	view, err := h.SaveSheet(h.t.Context(), people["经办"], key, 0, execution.Content{GoalResult: "完成", Said: []execution.Said{
		{Level1: "output", Level2: "quantity", Name: "培训次数", Actual: "12次"},
		{Level1: "output", Level2: "timeliness", Name: "完成时间", Actual: "2023年10月20日"},
		{Level1: "benefit", Level2: "social", Name: "服务能力", Band: "met", Share: new(100)},
		{Level1: "satisfaction", Level2: "serviceRecipients", Name: "满意度", Actual: "95%"},
	}})
	if err == nil {
		view, err = h.ActOnSheet(h.t.Context(), people["经办"], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version})
	}
	if err == nil {
		view, err = h.ActOnSheet(h.t.Context(), people["单位审核"], execution.SheetOrder{Key: key, Verb: "confirm", Lock: view.Sheet.Version})
	}
	if err != nil {
		h.t.Fatal(err, fieldsOf(err))
	}
	return view
}

// The department and the bureau each give scores of their own beside the unit's; what
// they come to is computed, an issued one stays as it is, and an unfinished one is
// nobody's to see but theirs.
func TestAssessments(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0), project("P2", 1000, 0))
		h.set("2023-12-31")
		if _, err := h.importText(operator, header+"P1,2023-07-03,一般公共预算,900.00,Z1\n", false); err != nil {
			t.Fatal(err)
		}
		h.set("2024-02-01")
		ctx, key := t.Context(), execution.SheetKey{RecordID: h.record(unitA, "P1").ID, Kind: model.EvaluationSheet}
		assess := func(who string, kind model.AssessmentKind, lock int, rows ...execution.Appraised) (execution.Assessing, error) {
			return h.Assess(ctx, people[who], key, kind, lock, execution.Appraisal{Rows: rows, Problems: "佐证不全", Advice: "补齐"})
		}
		const department, finance = model.DepartmentAssessment, model.FinanceAssessment
		if _, err := assess("部门审核", department, 0); reasonOf(err) != "assessment.noSelf" {
			t.Errorf("before the self-evaluation: %v", err)
		}
		self := h.evaluated("P1")
		for who, reason := range map[string]string{"单位审核": "right.missing", "绩效股": "right.missing", "经办": "right.missing", "他部门": "record.notFound"} {
			if _, err := assess(who, department, 0); reasonOf(err) != reason {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := assess("部门审核", finance, 0); reasonOf(err) != "right.missing" {
			t.Errorf("the department in the bureau's place: %v", err)
		}
		cut := self.Lines[2].Score.Points / 2
		_, err := assess("部门审核", department, 0, execution.Appraised{Line: 0, Score: self.Lines[0].Score.Points + 1, Reason: "高"},
			execution.Appraised{Line: 2, Score: cut}, execution.Appraised{Line: 9}, execution.Appraised{Line: 2, Reason: "又"})
		var places []string
		for _, f := range fieldsOf(err) {
			places = append(places, f.Path)
		}
		if got, want := strings.Join(places, " "), "$.rows[0].score $.rows[1].reason $.rows[2].line $.rows[3].line"; reasonOf(err) != "assessment.rows" || got != want {
			t.Errorf("faults %s, want %s (%v)", got, want, err)
		}
		first, err := assess("部门审核", department, 0, execution.Appraised{Line: 2, Score: cut, Reason: "佐证不足"})
		if err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		want := self.Evaluation.Total - self.Lines[2].Score.Score + cut
		if got := tracking.Points(first.Assessment.Score); got != want || tracking.Points(first.Assessment.SelfScore) != self.Evaluation.Total || first.Assessment.Grade == "" || first.Lines[0].Score != self.Lines[0].Score.Score {
			t.Errorf("scores %s, want %s: %+v", got, want, first.Assessment)
		}
		if _, err := assess("部门审核", department, 0); reasonOf(err) != "assessment.changed" {
			t.Errorf("an old lock: %v", err)
		}
		show := func(who string) string {
			all, err := h.Assessments(ctx, people[who], key)
			if err != nil {
				t.Fatal(who, err)
			}
			var list []string
			for _, a := range all.List {
				list = append(list, fmt.Sprintf("%s %s %v", a.Assessment.Kind, a.Assessment.State, a.Allowed))
			}
			return strings.Join(list, "; ")
		}
		for who, want := range map[string]string{"经办": "", "部门审核": "department draft [save issue]", "绩效股": "finance draft [save]"} {
			if got := show(who); got != want {
				t.Errorf("%s sees %q, want %q", who, got, want)
			}
		}
		issued, err := h.IssueAssessment(ctx, people["部门审核"], key, department, first.Assessment.Version, "年度评价")
		if err != nil || issued.Assessment.State != model.AssessmentIssued || issued.Assessment.IssuedOn != "2024-02-01" || issued.Assessment.Score != first.Assessment.Score {
			t.Errorf("issued %+v %v", issued.Assessment, err)
		}
		if _, err := assess("部门审核", department, issued.Assessment.Version); reasonOf(err) != "assessment.issued" {
			t.Errorf("an issued one was changed: %v", err)
		}
		if got := show("经办"); got != "department issued []" {
			t.Errorf("the unit sees %q", got)
		}
		if _, err := assess("绩效股", finance, 0); err != nil {
			t.Errorf("the bureau on top: %v", err)
		}
		history, err := h.SheetHistory(ctx, people["经办"], key)
		if last := history[len(history)-1]; err != nil || last.Action != "evaluation.byDepartment" || last.Reason != "年度评价" || len(history) != 4 {
			t.Errorf("history %+v %v", history, err)
		}
		if _, err := h.IssueAssessment(ctx, people["绩效股"], execution.SheetKey{RecordID: h.record(unitA, "P2").ID, Kind: model.EvaluationSheet}, finance, 0, "年度评价"); reasonOf(err) != "assessment.noSelf" {
			t.Errorf("without a self-evaluation: %v", err)
		}
	})
}
