package execution_test

import (
	"fmt"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/exchange"
	"biaochi/service/execution"
	"biaochi/service/tracking"
)

// approveTarget brings a unit's whole-unit target in as approved.
func (h *house) approveTarget(path string, indicators ...model.Indicator) {
	h.t.Helper()
	unit := h.units[path]
	sheet := &model.SheetContent{Unit: model.UnitHeader{Code: unit.Code, Name: unit.Name, Kind: model.PublicInstitution, ParentCode: unit.ParentCode},
		Approval: &model.ApprovalRef{Number: "1号", Date: "2023-01-20"}}
	p := exchange.New(year, sheet, nil)
	p.WholeUnitTarget = &model.TargetContent{AnnualGoal: "完成", Indicators: indicators}
	if _, err := h.packages.Import(h.t.Context(), p, exchange.ImportOptions{Actor: "test", Approved: true, Reason: "测试"}); err != nil {
		h.t.Fatal(err, fieldsOf(err))
	}
}

// evaluate hands a project's self-evaluation in, by what it says of two indicators.
func (h *house) evaluate(who, path, code, trainings, satisfaction string) {
	h.t.Helper()
	key := execution.SheetKey{RecordID: h.filingOf(path, year, code), Kind: model.EvaluationSheet}
	view, err := h.SaveSheet(h.t.Context(), people[who], key, 0, execution.Content{GoalResult: "完成", Said: []execution.Said{
		{Level1: "output", Level2: "quantity", Name: "培训次数", Actual: trainings, Statement: explained},
		{Level1: "output", Level2: "timeliness", Name: "完成时间", Actual: "2023年10月20日"},
		{Level1: "benefit", Level2: "social", Name: "服务能力", Band: "met", Share: new(100)},
		{Level1: "satisfaction", Level2: "serviceRecipients", Name: "满意度", Actual: satisfaction, Statement: explained},
	}})
	if err == nil {
		_, err = h.ActOnSheet(h.t.Context(), people[who], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version})
	}
	if err != nil {
		h.t.Fatal(code, err, fieldsOf(err))
	}
}

var explained = tracking.Statement{Cause: "略"}

// The whole is added up first and scored then: counts add, rates are weighted by money,
// dates take the latest; what can't be added up says why and isn't scored.
func TestWholeEvaluation(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(dept, project("D1", 3000, 0))
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2024-02-01")
		ask := func(who string) (execution.Whole, error) {
			return h.WholeEvaluation(t.Context(), people[who], h.units[dept].ID, year)
		}
		if _, err := ask("部门审核"); reasonOf(err) != "whole.notApproved" {
			t.Errorf("without a target: %v", err)
		}
		annual := func(level1, level2, name, value string) model.Indicator {
			return model.Indicator{Level1: level1, Level2: level2, Annual: &model.Target{Name: name, Value: value}}
		}
		h.approveTarget(dept, annual("output", "quantity", "培训次数", "≥30次"), annual("output", "timeliness", "完成时间", "10月底前完成"),
			annual("benefit", "social", "服务能力", "显著提升"), annual("benefit", "economic", "带动就业", "≥10人"),
			annual("satisfaction", "serviceRecipients", "满意度", "≥90%"))
		show := func() string {
			w, err := ask("部门审核")
			if err != nil {
				t.Fatal(err)
			}
			rows := []string{fmt.Sprintf("%d/%d %v %s", w.Evaluated, w.Projects, w.Complete, w.Execution.Rate)}
			for _, r := range w.Rows {
				rows = append(rows, fmt.Sprintf("%s %s %s/%s %d %s", r.Name, r.Actual, r.Score.Score, r.Score.Points, len(r.Parts), r.Score.Why))
			}
			return strings.Join(rows, "\n")
		}
		const missing = "有 2 个项目还没有提交自评或没有填写实际完成值"
		if got := show(); !strings.HasPrefix(got, "0/2 false 0.00%\n培训次数  0.00/25.00 2 "+missing) {
			t.Errorf("before: %s", got)
		}
		if _, err := h.importText(operator, header+"D1,2023-07-03,一般公共预算,3000.00,Z1\n", false); err != nil {
			t.Fatal(err)
		}
		h.evaluate("局办", dept, "D1", "12次", "80%")
		h.evaluate("经办", unitA, "P1", "12次", "100%")
		want := "2/2 false 75.00%\n培训次数 24次 20.00/25.00 2 \n完成时间 2023-10-20 25.00/25.00 2 \n" +
			"服务能力  0.00/15.00 2 定性指标不能由项目汇总，须另行评定\n带动就业  0.00/15.00 0 所属项目中没有同名的指标，须另行评定\n满意度 85% 9.44/10.00 2 "
		if got := show(); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if w, _ := ask("部门审核"); w.Total != 750+2000+2500+944 || w.GradeName != "中" {
			t.Errorf("total %s %s", w.Total, w.GradeName)
		}
		for who, reason := range map[string]string{"局办": "right.missing", "经办": "unit.notFound", "他部门": "unit.notFound"} {
			if _, err := ask(who); reasonOf(err) != reason {
				t.Errorf("%s: %v", who, err)
			}
		}
	})
}

// A unit says itself what its whole target came to, by the same steps as of a project:
// over the money of all projects at and below it, scored as said.
func TestWholeSheet(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(dept, project("D1", 3000, 0))
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-12-31")
		if _, err := h.importText(operator, header+"D1,2023-07-03,一般公共预算,2600.00,Z1\nP1,2023-07-03,一般公共预算,1000.00,Z2\n", false); err != nil {
			t.Fatal(err)
		}
		h.set("2024-02-01")
		h.approveTarget(dept, model.Indicator{Level1: "output", Level2: "quantity", Annual: &model.Target{Name: "培训次数", Value: "≥30次"}},
			model.Indicator{Level1: "benefit", Level2: "social", Annual: &model.Target{Name: "服务能力", Value: "显著提升"}})
		whole, err := h.WholeEvaluation(t.Context(), people["部门审核"], h.units[dept].ID, year)
		if err != nil {
			t.Fatal(err)
		}
		key := execution.SheetKey{RecordID: whole.Record.ID, Kind: model.WholeSheet}
		h.expectDuties("before", map[string][]string{"局办": {"fill D1 monitoring late", "fill  whole", "fill D1 evaluation"}, "部门审核": nil})
		if _, err := h.Sheet(t.Context(), people["局办"], execution.SheetKey{RecordID: key.RecordID, Kind: model.EvaluationSheet}); reasonOf(err) != "record.notFound" {
			t.Errorf("as a project's: %v", err)
		}
		if _, err := h.Sheet(t.Context(), people["局办"], execution.SheetKey{RecordID: h.filingOf(dept, year, "D1"), Kind: model.WholeSheet}); reasonOf(err) != "record.notFound" {
			t.Errorf("a project as a whole: %v", err)
		}
		if _, err := h.Sheet(t.Context(), people["经办"], key); reasonOf(err) != "record.notFound" {
			t.Errorf("out of reach: %v", err)
		}
		view, err := h.SaveSheet(t.Context(), people["局办"], key, 0, execution.Content{GoalResult: "完成", Said: []execution.Said{
			{Level1: "output", Level2: "quantity", Name: "培训次数", Actual: "24次", Statement: explained},
			{Level1: "benefit", Level2: "social", Name: "服务能力", Band: "met", Share: new(100)},
		}})
		if err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		total := view.Money[0]
		if total.Initial != 400000 || total.Adjusted != 400000 || *total.Executed != 360000 || total.Rate != "90.00%" || view.Goal != "完成" {
			t.Errorf("money %+v of %q", total, view.Goal)
		}
		if got := view.Lines[0].Score; got.Done != "80.00%" || got.Score*5 != got.Points*4 || view.Evaluation.Execution.Score != 900 {
			t.Errorf("scores %+v %+v", got, view.Evaluation.Execution)
		}
		for _, act := range []struct{ who, verb string }{{"局办", "submit"}, {"部门审核", "confirm"}} {
			if act.verb == "confirm" {
				h.expectDuties("handed in", map[string][]string{"局办": {"fill D1 monitoring late", "fill D1 evaluation"}, "部门审核": {"confirm  whole"}})
			}
			if view, err = h.ActOnSheet(t.Context(), people[act.who], execution.SheetOrder{Key: key, Verb: act.verb, Lock: view.Sheet.Version}); err != nil {
				t.Fatal(act, err, fieldsOf(err))
			}
		}
		history, err := h.SheetHistory(t.Context(), people["局办"], key)
		if err != nil || len(history) != 3 || history[2].Action != "evaluation.confirm" {
			t.Errorf("history %+v %v", history, err)
		}
		printed, err := h.PrintSheet(t.Context(), people["局办"], key)
		if err != nil || printed.Name != "701-2023-整体支出绩效自评表" || printed.Document.Mark != "" {
			t.Errorf("printed %q %q %v", printed.Name, printed.Document.Mark, err)
		}
		h.assessWhole(key, view)
		h.expectDuties("confirmed", map[string][]string{"局办": {"fill D1 monitoring late", "fill D1 evaluation"}, "部门审核": nil})
		o, err := h.Overview(t.Context(), people["局办"], h.units[dept].ID, year)
		if err != nil || o.Whole == nil || o.Whole.RecordID != key.RecordID || o.Whole.State != model.SheetConfirmed || o.Whole.GradeName == "" || o.Whole.Late {
			t.Errorf("overview %+v %v", o.Whole, err)
		}
		if o, err := h.Overview(t.Context(), people["经办"], h.units[unitA].ID, year); err != nil || o.Whole != nil {
			t.Errorf("a unit without a target: %+v %v", o.Whole, err)
		}
	})
}

// assessWhole lets the bureau evaluate the whole on top of what the unit said of it.
func (h *house) assessWhole(key execution.SheetKey, self execution.View) {
	h.t.Helper()
	ctx := h.t.Context()
	said := execution.Appraisal{Rows: []execution.Appraised{{Line: 0, Score: self.Lines[0].Score.Score - 100, Reason: "名册缺人"}}}
	if _, err := h.Assess(ctx, people["局办"], key, model.FinanceAssessment, 0, said); reasonOf(err) != "right.missing" {
		h.t.Errorf("the unit itself: %v", err)
	}
	if _, err := h.Assess(ctx, people["绩效股"], execution.SheetKey{RecordID: key.RecordID, Kind: model.EvaluationSheet}, model.FinanceAssessment, 0, said); reasonOf(err) != "record.notFound" {
		h.t.Errorf("as a project's: %v", err)
	}
	first, err := h.Assess(ctx, people["绩效股"], key, model.FinanceAssessment, 0, said)
	if err != nil || first.Assessment.Score != int64(self.Evaluation.Total)-100 {
		h.t.Fatal(err, fieldsOf(err), first.Assessment)
	}
	if _, err := h.IssueAssessment(ctx, people["绩效股"], key, model.FinanceAssessment, first.Assessment.Version, "年度评价"); err != nil {
		h.t.Fatal(err)
	}
	history, err := h.SheetHistory(ctx, people["局办"], key)
	if last := history[len(history)-1]; err != nil || last.Action != rbac.EvaluationByFinance.Name || last.Reason != "年度评价" {
		h.t.Errorf("history ends with %+v %v", last, err)
	}
	all, err := h.Assessments(ctx, people["局办"], key)
	if err != nil || len(all.List) != 1 || all.List[0].Assessment.State != model.AssessmentIssued || all.List[0].Lines[0].Reason != "名册缺人" {
		h.t.Errorf("%+v %v", all.List, err)
	}
}
