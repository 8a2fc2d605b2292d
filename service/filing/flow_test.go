package filing_test

import (
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

const hundred = model.Money(100_000_00) // yuan of the sound filing

// TestTheWholeLife takes a filing from its first draft to an adjustment in force, and
// sees at every turn which tables count it.
func TestTheWholeLife(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, project("A"))
		if a.State != model.Draft || a.Lock != 1 || a.Number != 1 || a.Turn.Role != workflow.Preparer || len(a.Findings) > 0 {
			t.Fatalf("got %+v", a)
		}
		h.totals(t, 0, 0, 0)
		a = h.do("经办", a, workflow.Submit)
		if a.State != model.InReview || a.Step != "unitHead" || a.Turn.Path != unitA {
			t.Fatalf("got %+v", a)
		}
		a = h.do("经办", a, workflow.Recall)
		a = h.pass(h.do("经办", a, workflow.Submit))
		if a.State != model.Passed || a.Grade != workflow.Excellent || a.Turn.Role != workflow.Leader {
			t.Fatalf("got %+v", a)
		}
		h.totals(t, hundred, 0, 0)
		h.approve(t, dept, "财预〔2024〕1号", 1)
		h.totals(t, hundred, hundred, hundred)

		v := h.get("经办", a.RecordID)
		a = h.do("经办", filing.Answer{RecordID: a.RecordID, Lock: v.Lock}, workflow.Adjust)
		if a.State != model.Draft || a.Number != 2 {
			t.Fatalf("got %+v", a)
		}
		h.totals(t, hundred, hundred, hundred)
		a = h.save("经办", a, double(project("A")))
		a = h.pass(h.do("经办", a, workflow.Submit))
		h.totals(t, 2*hundred, hundred, hundred)
		h.approve(t, dept, "财预〔2024〕9号", 1)
		h.totals(t, 2*hundred, hundred, 2*hundred)

		want := []string{
			"jb filing.save →draft", "jb filing.submit draft→inReview", "jb filing.recall inReview→draft", "jb filing.submit draft→inReview",
			"dw filing.pass inReview→inReview", "bm filing.pass inReview→inReview", "yw filing.pass inReview→inReview",
			"jx filing.pass inReview→passed", "ys approval.give passed→approved",
			"jb filing.adjust approved→draft", "jb filing.save draft→draft", "jb filing.submit draft→inReview",
			"dw filing.pass inReview→inReview", "bm filing.pass inReview→inReview", "yw filing.pass inReview→inReview",
			"jx filing.pass inReview→passed", "ys approval.give passed→approved",
		}
		if got := h.events(a.RecordID); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		found, err := h.Compare(t.Context(), people["经办"], a.RecordID, 1, 2)
		if err != nil || len(found) == 0 || found[0].Label != "实施期资金总额" || found[0].After != "600000.00" {
			t.Errorf("got %+v %v", found, err)
		}
		_, err = h.Compare(t.Context(), people["经办"], a.RecordID, 1, 3)
		expect(t, err, model.NotFound, "version.notFound")
	})
}

// double asks for twice the money, on the form and in the budget.
func double(c filing.Content) filing.Content {
	p := c.Project
	p.Budget[0].Amount *= 2
	for _, f := range []*model.FormFunds{&p.Form.LongTermFunds, &p.Form.AnnualFunds} {
		for _, m := range append(f.Rows(), f.Total) {
			if m != nil {
				*m *= 2
			}
		}
	}
	for i := range p.Form.Indicators {
		if row := &p.Form.Indicators[i]; row.Level2 == "cost" {
			row.LongTerm.Value, row.Annual.Value = "≤60万元", "≤20万元"
		}
	}
	return c
}

func (h *house) get(who string, id model.ID) filing.View {
	h.t.Helper()
	v, err := h.Get(h.t.Context(), people[who], id)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

func (h *house) save(who string, before filing.Answer, c filing.Content) filing.Answer {
	h.t.Helper()
	return h.fine(h.Save(h.t.Context(), people[who], filing.Draft{RecordID: before.RecordID, Lock: before.Lock, Content: c}))
}

func (h *house) approve(t testing.TB, unit, number string, records int) {
	t.Helper()
	given, err := h.Approve(t.Context(), people["预算股"], filing.Paper{UnitID: h.units[unit].ID, Year: year, Number: number, Date: "2024-02-01"})
	if err != nil || given.Records != records {
		t.Fatalf("got %+v %v, want %d records", given, err, records)
	}
}

// TestGradesAndReturns: 中 goes back with remarks, 良 waits for consent, 差 is blocked
// and reopened by whoever blocked.
func TestGradesAndReturns(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit)
		for _, who := range []string{"单位审核", "部门审核", "业务股"} {
			a = h.do(who, a, workflow.Pass)
		}
		o := order(a, workflow.Return)
		o.Remarks = []workflow.Remark{{Path: "$.form.annualGoal", Text: "请写明人数"}}
		a = h.fine(h.Do(t.Context(), people["绩效股"], o))
		if a.State != model.Draft || a.Grade != workflow.Fair {
			t.Fatalf("got %+v", a)
		}
		c := project("A")
		c.Project.Form.AnnualGoal = "2024年举办培训12期，参训干部600人全部结业。"
		if a = h.save("经办", a, c); a.Number != 2 {
			t.Fatalf("a reviewed version was rewritten: %+v", a)
		}
		v := h.get("经办", a.RecordID)
		if len(v.Remarks) != 1 || v.Remarks[0].Place != "$.form.annualGoal" || v.Remarks[0].Actor != "jx" || len(v.Versions) != 2 {
			t.Fatalf("got %+v", v)
		}

		a = h.do("经办", a, workflow.Submit)
		for _, who := range []string{"单位审核", "部门审核", "业务股"} {
			a = h.do(who, a, workflow.Pass)
		}
		a = h.agreedEdit(t, a)

		a = h.do("绩效股", a, workflow.Block)
		if a.State != model.Blocked || a.Grade != workflow.Poor {
			t.Fatalf("got %+v", a)
		}
		_, err := h.Do(t.Context(), people["业务股"], order(a, workflow.Reopen))
		expect(t, err, model.Forbidden, "workflow.seat")
		a = h.do("绩效股", a, workflow.Reopen)
		a = h.do("经办", a, workflow.Withdraw)
		if a.State != model.Withdrawn {
			t.Fatalf("got %+v", a)
		}
		h.totals(t, 0, 0, 0)
	})
}

// agreedEdit has an edit declined and another agreed to; the record stays where it is.
func (h *house) agreedEdit(t *testing.T, a filing.Answer) filing.Answer {
	c := project("A")
	c.Project.Form.Plan = "上半年定课程，下半年分期举办，年底评估。"
	o := order(a, workflow.EditAgreed)
	o.Edit = &c
	a = h.fine(h.Do(t.Context(), people["绩效股"], o))
	v := h.get("经办", a.RecordID)
	if v.Edit == nil || v.Edit.By != "jx" || len(v.Edit.Differences) != 2 || !slices.Equal(v.Allowed, []workflow.Action{workflow.Consent, workflow.Decline}) {
		t.Fatalf("got %+v, may %v", v.Edit, v.Allowed)
	}
	a = h.do("经办", a, workflow.Decline)
	o.Lock = a.Lock
	a = h.fine(h.Do(t.Context(), people["绩效股"], o))
	a = h.do("经办", a, workflow.Consent)
	v = h.get("绩效股", a.RecordID)
	if v.Edit != nil || v.Content.Project.Form.Plan != c.Project.Form.Plan || a.Number != 3 || a.State != model.InReview || a.Step != "performance" {
		t.Fatalf("got %+v", a)
	}
	return a
}

// TestReviewSheets: a sheet is checked and kept, and brings the grade.
func TestReviewSheets(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit)
		template, err := workflow.ReviewTemplateFor("shanxi", year)
		if err != nil {
			t.Fatal(err)
		}
		review := &workflow.ReviewSheet{Grades: map[string]workflow.Grade{}, Overall: workflow.Good, Opinion: "可行"}
		o := order(a, workflow.Pass)
		o.Review = review
		_, err = h.Do(t.Context(), people["单位审核"], o)
		expect(t, err, model.Invalid, "workflow.grade")
		for _, who := range []string{"单位审核", "部门审核", "业务股"} {
			a = h.do(who, a, workflow.Pass)
		}
		o = filing.Order{RecordID: a.RecordID, Lock: a.Lock, Action: workflow.Pass, Review: review}
		_, err = h.Do(t.Context(), people["绩效股"], o)
		expect(t, err, model.Invalid, "review.sheet")
		for _, item := range template.Items() {
			review.Grades[item.Key] = workflow.Good
		}
		a = h.fine(h.Do(t.Context(), people["绩效股"], o))
		history, err := h.History(t.Context(), people["经办"], a.RecordID)
		if err != nil || len(history.Reviews) != 1 || history.Reviews[0].Grade != "good" || history.Reviews[0].StepKey != "performance" || a.Grade != workflow.Good {
			t.Fatalf("got %+v %v", history.Reviews, err)
		}
	})
}

// TestWhoMayNot: what is out of reach isn't there, what is without right is
// forbidden, what stands elsewhere is a conflict; each attempt is in the log.
func TestWhoMayNot(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, project("A"))
		for _, c := range []struct {
			who    string
			action workflow.Action
			code   model.Code
			reason string
		}{
			{"旁经办", workflow.Submit, model.NotFound, "record.notFound"},
			{"局办", workflow.Submit, model.NotFound, "record.notFound"},
			{"他部门", workflow.Pass, model.NotFound, "record.notFound"},
			{"管理", workflow.Submit, model.NotFound, "record.notFound"},
			{"单位审核", workflow.Submit, model.Forbidden, "right.missing"},
			{"经办", workflow.Pass, model.Forbidden, "right.missing"},
			{"单位审核", workflow.Block, model.Forbidden, "right.missing"},
			{"单位审核", workflow.Pass, model.Conflict, "workflow.state"},
			{"经办", workflow.Recall, model.Conflict, "workflow.state"},
			{"经办", workflow.Approve, model.Invalid, "workflow.action"},
		} {
			_, err := h.Do(t.Context(), people[c.who], order(a, c.action))
			expect(t, err, c.code, c.reason)
		}
		_, err := h.Get(t.Context(), people["局办"], a.RecordID)
		expect(t, err, model.NotFound, "record.notFound")
		_, err = h.Do(t.Context(), people["经办"], filing.Order{RecordID: a.RecordID, Action: workflow.Submit})
		expect(t, err, model.Invalid, "request.lock")
		_, err = h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: project("A")})
		expect(t, err, model.Conflict, "record.duplicate")
		_, err = h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[other].ID, Year: year, Content: project("A")})
		expect(t, err, model.NotFound, "unit.notFound")
		_, err = h.Create(t.Context(), people["部门审核"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: project("B")})
		expect(t, err, model.Forbidden, "right.missing")
		if got := h.events(a.RecordID); len(got) != 11 || got[1] != "pjb filing.submit draft→draft ✗record.notFound" || got[8] != "dw filing.pass draft→draft ✗workflow.state" {
			t.Errorf("got %q", got)
		}
	})
}

// TestDeputiesAndOwnWork: a deputy acts in the reviewer's seat and both names are
// kept; nobody passes what they prepared.
func TestDeputiesAndOwnWork(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		both := person("jb", seated(rbac.Preparer, rbac.Unit, unitA), seated(rbac.Reviewer, rbac.Unit, unitA))
		a := h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit)
		_, err := h.Do(t.Context(), both, order(a, workflow.Pass))
		expect(t, err, model.Forbidden, "workflow.ownWork")
		h.do("代单位", a, workflow.Pass)
		got := h.events(a.RecordID)
		if got[2] != "jb filing.pass inReview→inReview ✗workflow.ownWork" || got[3] != "dl filing.pass inReview→inReview 代dw" {
			t.Errorf("got %q", got)
		}
	})
}
