package filing_test

import (
	"errors"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// TestTwoEditorsOnOneDraft: the second one learns what the first one changed, field
// by field and row by row, and nothing is lost.
func TestTwoEditorsOnOneDraft(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, project("A"))
		mine := project("A")
		mine.Project.Form.Plan = "我的计划"
		theirs := project("A")
		theirs.Project.Form.AnnualGoal = "2024年举办培训13期。"
		theirs.Project.Form.Indicators[0].Annual.Value = "≥13期"
		b := h.save("同事", a, theirs)
		if !b.Changed || b.Lock != 2 || b.Number != 1 {
			t.Fatalf("got %+v", b)
		}
		_, err := h.Save(t.Context(), people["经办"], filing.Draft{RecordID: a.RecordID, Lock: a.Lock, Content: mine})
		expect(t, err, model.Conflict, "record.changed")
		var changed *filing.ChangedError
		if !errors.As(err, &changed) || changed.By != "ts" || changed.Lock != 2 || changed.State != model.Draft || len(changed.Differences) != 2 {
			t.Fatalf("got %+v", changed)
		}
		if d := changed.Differences[1]; d.Path != "$.form.indicators[0].annual.value" || d.Label != "绩效指标“举办培训期数” 年度指标值" || d.Before != "≥12期" || d.After != "≥13期" {
			t.Errorf("got %+v", d)
		}
		if f := changed.Err.Fields; len(f) != 2 || f[1].Message != "绩效指标“举办培训期数” 年度指标值：由“≥12期”改为“≥13期”" {
			t.Errorf("got %+v", f)
		}
		if _, err := h.Do(t.Context(), people["经办"], order(a, workflow.Submit)); reason(err) != "record.changed" {
			t.Errorf("an act on what changed meanwhile: %v", err)
		}
		same := h.save("经办", a, theirs) // under the old lock, but what is there
		if same.Changed || same.Lock != 2 {
			t.Errorf("got %+v", same)
		}
		if got := h.events(a.RecordID); len(got) != 4 || got[2] != "jb filing.save draft→draft ✗record.changed" {
			t.Errorf("got %q", got)
		}
	})
}

func reason(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

// TestRequestsAreRepeated: the same key and request give the same answer and do
// nothing; the same key for another request is refused; a refused one may be tried
// again.
func TestRequestsAreRepeated(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		create := filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: project("A"), Key: "k1"}
		a := h.fine(h.Create(t.Context(), people["经办"], create))
		b := h.fine(h.Create(t.Context(), people["经办"], create))
		if a.RecordID != b.RecordID || b.Lock != 1 {
			t.Fatalf("got %+v and %+v", a, b)
		}
		create.Content = project("B")
		_, err := h.Create(t.Context(), people["经办"], create)
		expect(t, err, model.Conflict, "request.repeated")

		o := order(a, workflow.Submit)
		o.Key = "k1" // of another person
		if _, err := h.Do(t.Context(), people["单位审核"], o); reason(err) != "right.missing" {
			t.Fatalf("got %v", err)
		}
		o.Key = "k2"
		first := h.fine(h.Do(t.Context(), people["经办"], o))
		again := h.fine(h.Do(t.Context(), people["经办"], o))
		if first.Lock != again.Lock || first.State != again.State || len(h.events(a.RecordID)) != 3 {
			t.Errorf("got %+v and %+v, %q", first, again, h.events(a.RecordID))
		}
		o.Key = strings.Repeat("k", 129)
		_, err = h.Do(t.Context(), people["经办"], o)
		expect(t, err, model.Invalid, "request.key")
	})
}

// TestSubmittingIsChecked: errors come back all at once, warnings want an answer,
// which is kept for as long as the words are the same.
func TestSubmittingIsChecked(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		c := project("A")
		c.Project.Form.AnnualGoal, c.Project.Form.Plan = "", ""
		c.Project.FunctionCode = "9999999"
		a := h.create("经办", unitA, c)
		if len(a.Findings) != 2 {
			t.Fatalf("got %+v", a.Findings)
		}
		_, err := h.Do(t.Context(), people["经办"], order(a, workflow.Submit))
		expect(t, err, model.Invalid, "workflow.errors")
		var e *model.Error
		if errors.As(err, &e); len(e.Fields) != 3 || e.Fields[0].Path != "$.functionCode" || e.Fields[1].Path != "$.form.plan" && e.Fields[2].Path != "$.form.plan" {
			t.Errorf("got %+v", e.Fields)
		}

		c = project("A")
		c.Project.Form.Indicators[3].Annual.Value, c.Project.Form.Indicators[3].LongTerm.Value = "≤7万元", "≤21万元"
		a = h.save("经办", a, c)
		if len(a.Findings) != 2 || a.Findings[0].Key == "" {
			t.Fatalf("got %+v", a.Findings)
		}
		_, err = h.Do(t.Context(), people["经办"], order(a, workflow.Submit))
		expect(t, err, model.Invalid, "workflow.warnings")
		o := order(a, workflow.Submit)
		for _, f := range a.Findings {
			o.Answers = append(o.Answers, filing.Explanation{Key: f.Key, Answer: "其余由上级专项安排"})
		}
		a = h.fine(h.Do(t.Context(), people["经办"], o))
		a = h.do("经办", a, workflow.Recall)
		v := h.get("经办", a.RecordID)
		if v.Findings[0].Answer != "其余由上级专项安排" {
			t.Errorf("got %+v", v.Findings)
		}
		h.do("经办", a, workflow.Submit) // the answers still hold
	})
}

// TestContentThatCannotBeKept is refused with every fault at its place.
func TestContentThatCannotBeKept(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		c := project(" A ")
		c.Project.Name = ""
		c.Project.Budget = append(c.Project.Budget, model.BudgetRow{FundKind: "gold", Source: "elsewhere"})
		_, err := h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: c})
		expect(t, err, model.Invalid, "filing.content")
		var e *model.Error
		if errors.As(err, &e); len(e.Fields) != 3 {
			t.Errorf("got %+v", e.Fields)
		}
		c = project("A")
		c.Project.Budget[0].Amount = -1
		_, err = h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: c})
		expect(t, err, model.Invalid, "filing.content")
		a := h.create("经办", unitA, project(" A "))
		_, err = h.Save(t.Context(), people["经办"], filing.Draft{RecordID: a.RecordID, Lock: 1, Content: project("B")})
		expect(t, err, model.Invalid, "filing.code")
		_, err = h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year})
		expect(t, err, model.Invalid, "filing.content")
		_, err = h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: 24, Content: project("B")})
		expect(t, err, model.Invalid, "filing.year")
	})
}

// TestSheetsGoTheSameWay, without a grade.
func TestSheetsGoTheSameWay(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, sheet(500_00))
		a = h.save("经办", a, sheet(700_00))
		v := h.get("经办", a.RecordID)
		if v.Content.Sheet.Unit.Code != "701001" || v.Content.Sheet.BasicLines[0].Source != model.CurrentYear {
			t.Fatalf("got %+v", v.Content.Sheet)
		}
		o := order(a, workflow.Submit)
		for _, f := range a.Findings {
			t.Logf("%s %s %s", f.Rule, f.Severity, f.Message)
			o.Answers = append(o.Answers, filing.Explanation{Key: f.Key, Answer: "已核对"})
		}
		a = h.pass(h.fine(h.Do(t.Context(), people["经办"], o)))
		h.totals(t, 700_00, 0, 0)
		h.approve(t, dept, "财预〔2024〕1号", 1)
		h.totals(t, 700_00, 700_00, 700_00)
	})
}

// TestBlankFilingsAreNotSubmitted: with nothing on its form a filing lacks all of it,
// whatever it asks for; what lives on last year's money alone needs no form.
func TestBlankFilingsAreNotSubmitted(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for code, blank := range map[string]func(*model.ProjectContent){
			"A": func(p *model.ProjectContent) { p.Form, p.Budget, p.EconomicLines = nil, nil, nil },
			"B": func(p *model.ProjectContent) { p.Form = nil },
		} {
			c := project(code)
			blank(c.Project)
			a := h.create("经办", unitA, c)
			rules := map[string]int{}
			for _, f := range a.Findings {
				rules[f.Rule]++
			}
			if rules["F01"] < 5 || rules["K14"] > 0 {
				t.Errorf("%s: %v", code, rules)
			}
			_, err := h.Do(t.Context(), people["经办"], order(a, workflow.Submit))
			expect(t, err, model.Invalid, "workflow.errors")
		}
		c := project("C")
		c.Project.Form = nil
		for i := range c.Project.Budget {
			c.Project.Budget[i].Source = model.CarryOver
		}
		for _, f := range h.create("经办", unitA, c).Findings {
			if f.Rule == "F01" || f.Rule == "K14" {
				t.Errorf("last year's money alone: %+v", f)
			}
		}
	})
}
