package filing_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// TestTargetsGoTheSameWay takes a whole-unit target through all that a record can go
// through; no table ever counts it.
func TestTargetsGoTheSameWay(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, target())
		if len(a.Findings) != 1 || a.Findings[0].Rule != "U05" {
			t.Fatalf("got %+v", a.Findings)
		}
		a = h.do("经办", a, workflow.Submit)
		a = h.do("经办", a, workflow.Recall)
		a = h.do("经办", a, workflow.Submit)
		for _, who := range []string{"单位审核", "部门审核", "业务股"} {
			a = h.do(who, a, workflow.Pass)
		}
		a = h.returned(t, a)
		a = h.edited(t, h.upTo(h.do("经办", a, workflow.Submit), "绩效股"))
		a = h.do("绩效股", a, workflow.Block)
		a = h.do("绩效股", a, workflow.Reopen)
		a = h.pass(h.do("经办", a, workflow.Submit))
		if a.State != model.Passed || a.Grade != workflow.Excellent {
			t.Fatalf("got %+v", a)
		}
		h.approve(t, dept, "财预〔2024〕1号", 1)
		v := h.get("经办", a.RecordID)
		if v.State != model.Approved || v.Record.InForceID != v.Version.ID || v.Version.AfterInitial {
			t.Fatalf("got %+v", v)
		}
		a = h.adjusted(t, v)
		h.totals(t, 0, 0, 0)
		history, err := h.History(t.Context(), people["经办"], a.RecordID)
		if err != nil || len(history.Versions) != a.Number || len(history.Remarks) != 1 || len(history.Events) != 31 {
			t.Errorf("got %d versions, %d remarks, %d events (%v)", len(history.Versions), len(history.Remarks), len(history.Events), err)
		}
		for _, e := range history.Events {
			if !strings.HasPrefix(e.Action, "target.") && e.Action != "approval.give" {
				t.Errorf("got %+v", e)
			}
		}
	})
}

// upTo passes a submitted target of unit A up to the seat of who.
func (h *house) upTo(a filing.Answer, who string) filing.Answer {
	for _, before := range []string{"单位审核", "部门审核", "业务股"} {
		if before == who {
			break
		}
		a = h.do(before, a, workflow.Pass)
	}
	return a
}

// returned has the last step send the target back with a remark, and a new version
// written.
func (h *house) returned(t *testing.T, a filing.Answer) filing.Answer {
	o := order(a, workflow.Return)
	o.Remarks = []workflow.Remark{{Path: "$.tasks[0].content", Text: "请写明期数"}}
	a = h.fine(h.Do(t.Context(), people["绩效股"], o))
	c := target()
	c.Target.Tasks[0].Content = "举办12期培训"
	if a = h.save("经办", a, c); a.Number != 2 || a.State != model.Draft {
		t.Fatalf("got %+v", a)
	}
	found, err := h.Compare(t.Context(), people["经办"], a.RecordID, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "the return", found, []string{"changed $.tasks[0].content 年度主要任务“业务培训” 主要内容：由“举办各类培训”改为“举办12期培训”"})
	return a
}

// edited has an edit agreed to.
func (h *house) edited(t *testing.T, a filing.Answer) filing.Answer {
	c := target()
	c.Target.AnnualGoal = "保障机构运转，完成全年12期培训任务。"
	o := order(a, workflow.EditAgreed)
	o.Edit = &c
	a = h.do("经办", h.fine(h.Do(t.Context(), people["绩效股"], o)), workflow.Consent)
	if v := h.get("绩效股", a.RecordID); v.Content.Target.AnnualGoal != c.Target.AnnualGoal || v.State != model.InReview {
		t.Fatalf("got %+v", v)
	}
	return a
}

// adjusted changes the approved target: the old one stays in force until the new one
// is approved.
func (h *house) adjusted(t *testing.T, v filing.View) filing.Answer {
	a := h.do("经办", filing.Answer{RecordID: v.Record.ID, Lock: v.Lock}, workflow.Adjust)
	c := target()
	c.Target.Indicators[0].Annual.Value = "≥15期"
	a = h.save("经办", a, c)
	if now := h.get("经办", a.RecordID); now.InForce == nil || now.InForce.ID != v.Version.ID || len(now.Findings) != 1 {
		t.Fatalf("got %+v", now)
	}
	a = h.pass(h.do("经办", a, workflow.Submit))
	h.approve(t, dept, "财预〔2024〕9号", 1)
	if now := h.get("经办", a.RecordID); !now.Version.AfterInitial || now.Record.InForceID != now.Version.ID || now.Content.Target.Indicators[0].Annual.Value != "≥15期" {
		t.Fatalf("got %+v", now)
	}
	return a
}

// TestTargetsAreChecked against the unit's budget, on save and on submission.
func TestTargetsAreChecked(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.create("经办", unitA, project("A"))
		c := target()
		a := h.create("经办", unitA, c)
		if len(a.Findings) != 0 {
			t.Fatalf("got %+v", a.Findings)
		}
		h.create("经办", unitA, sheet(500_00))
		v := h.get("经办", a.RecordID)
		if len(v.Findings) != 1 || v.Findings[0].Rule != "U05" || v.Findings[0].Want != "100500.00" || v.Findings[0].Got != "100000.00" {
			t.Fatalf("got %+v", v.Findings)
		}
		_, err := h.Do(t.Context(), people["经办"], order(a, workflow.Submit))
		expect(t, err, model.Invalid, "workflow.warnings")
		o := order(a, workflow.Submit)
		o.Answers = []filing.Explanation{{Key: v.Findings[0].Key, Answer: "待基本支出表核定"}}
		a = h.do("经办", h.fine(h.Do(t.Context(), people["经办"], o)), workflow.Recall)

		c.Target.Tasks[0].Total, c.Target.AnnualGoal = new(model.Money(1)), ""
		a = h.save("经办", a, c)
		_, err = h.Do(t.Context(), people["经办"], order(a, workflow.Submit))
		expect(t, err, model.Invalid, "workflow.errors")
		var e *model.Error
		if errors.As(err, &e); len(e.Fields) != 2 || e.Fields[0].Path != "$.annualGoal" || e.Fields[1].Path != "$.annualFunds.total" {
			t.Errorf("got %+v", e.Fields)
		}
	})
}

// TestTargetsThatCannotBeKept: one content of one kind, amounts within bounds, one
// target a unit and year.
func TestTargetsThatCannotBeKept(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		create := func(c filing.Content) error {
			_, err := h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: c})
			return err
		}
		both := target()
		both.Project = project("A").Project
		expect(t, create(both), model.Invalid, "filing.content")
		both = target()
		both.Sheet = sheet(1).Sheet
		expect(t, create(both), model.Invalid, "filing.content")
		for _, spoil := range []func(*model.TargetContent){
			func(t *model.TargetContent) { t.Basic = new(model.MaxAmount + 1) },
			func(t *model.TargetContent) { t.Tasks[0].Other = new(model.Money(-1)) },
			func(t *model.TargetContent) { t.AnnualFunds.Central = new(model.Money(-1)) },
		} {
			c := target()
			spoil(c.Target)
			expect(t, create(c), model.Invalid, "filing.content")
		}
		a := h.create("经办", unitA, target())
		expect(t, create(target()), model.Conflict, "record.duplicate")
		h.create("旁经办", unitB, target())
		_, err := h.Save(t.Context(), people["经办"], filing.Draft{RecordID: a.RecordID, Lock: a.Lock, Content: sheet(1)})
		expect(t, err, model.Invalid, "filing.code")
		same := h.save("经办", a, target())
		if same.Changed {
			t.Errorf("got %+v", same)
		}
	})
}

// TestTargetsInListsAndBatches: found by kind, passed with others at once.
func TestTargetsInListsAndBatches(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.do("经办", h.create("经办", unitA, target()), workflow.Submit)
		b := h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit)
		for who, want := range map[string]int{"经办": 1, "绩效股": 1, "他部门": 0, "局办": 0, "管理": 0} {
			page, err := h.List(t.Context(), people[who], filing.Query{Kind: model.TargetRecord})
			if err != nil || len(page.Items) != want || page.Total != int64(want) {
				t.Errorf("%s got %+v %v", who, page, err)
			}
		}
		got := h.Each(t.Context(), people["单位审核"], []filing.Order{order(a, workflow.Pass), order(b, workflow.Pass)}, "batch")
		if got[0].Err != nil || got[1].Err != nil || got[0].Answer.Step != "departmentHead" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestDifferencesOfTargets(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(c *model.TargetContent)
		want []string
	}{
		{"nothing", func(*model.TargetContent) {}, nil},
		{"money and its parts", func(c *model.TargetContent) {
			c.AnnualFunds.Total, c.Basic = new(model.Money(100)), new(model.Money(50))
		}, []string{
			"changed $.annualFunds.total 年度资金总额：由“100000.00”改为“1.00”", "added $.basic 基本支出：新增“0.50”"}},
		{"goals and people", func(c *model.TargetContent) { c.LongTermGoal, c.Handler = "建成体系", "" }, []string{
			"added $.longTermGoal 中长期目标：新增“建成体系”", "removed $.handler 经办人：删除“经办人甲”"}},
		{"a task renamed", func(c *model.TargetContent) { c.Tasks[0].Name = "干部培训" }, []string{
			"changed $.tasks[0].name 年度主要任务“干部培训” 任务名称：由“业务培训”改为“干部培训”"}},
		{"a task inserted", func(c *model.TargetContent) {
			c.Tasks = slices.Insert(c.Tasks, 0, model.TargetTask{Name: "运转", Fiscal: new(model.Money(100))})
		}, []string{"added $.tasks[0] 年度主要任务“运转”：新增“任务名称：运转；财政拨款：1.00”"}},
		{"an indicator's value", func(c *model.TargetContent) { c.Indicators[0].Annual.Value = "≥10期" }, []string{
			"changed $.indicators[0].annual.value 绩效指标“举办培训期数” 年度指标值：由“≥12期”改为“≥10期”"}},
	} {
		after := target()
		c.edit(after.Target)
		check(t, c.name, filing.Differences(target(), after), c.want)
	}
}
