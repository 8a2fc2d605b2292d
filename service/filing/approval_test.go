package filing_test

import (
	"errors"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

func (h *house) paper(unit, number string, date model.Date) filing.Paper {
	return filing.Paper{UnitID: h.units[unit].ID, Year: year, Number: number, Date: date}
}

// TestApprovals: the bureau gives one to a department with all its units, the
// department one to each unit below; the first freezes 年初 for all of them.
func TestApprovals(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		give := func(who string, p filing.Paper) error {
			_, err := h.Approve(t.Context(), people[who], p)
			return err
		}
		first := h.paper(dept, "财预〔2024〕1号", "2024-02-01")
		expect(t, give("部门审核", first), model.Forbidden, "right.missing")
		expect(t, give("经办", first), model.NotFound, "unit.notFound")
		expect(t, give("预算股", first), model.Conflict, "approval.nothing")
		h.pass(h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit))
		expect(t, give("部门审核", h.paper(unitA, "示例〔2024〕1号", "2024-02-10")), model.Conflict, "approval.early")
		expect(t, give("预算股", h.paper(dept, " ", "2024-02-01")), model.Invalid, "approval.number")
		if err := give("预算股", first); err != nil {
			t.Fatal(err)
		}
		expect(t, give("部门审核", h.paper(unitA, "示例〔2024〕1号", "2024-01-10")), model.Conflict, "approval.date")
		if err := give("部门审核", h.paper(unitA, "示例〔2024〕1号", "2024-02-10")); err != nil {
			t.Fatal(err)
		}
		expect(t, give("部门审核", h.paper(unitA, "示例〔2024〕2号", "2024-02-10")), model.Conflict, "approval.twice")
		h.totals(t, hundred, hundred, hundred)

		// What another unit of the department gets passed later is no longer 年初.
		b := h.do("旁经办", h.create("旁经办", unitB, project("B")), workflow.Submit)
		whole := person("zx", seated("reviewer", "unit", unitB))
		b = h.fine(h.Do(t.Context(), whole, order(b, workflow.Pass)))
		for _, who := range []string{"部门审核", "业务股", "绩效股"} {
			b = h.do(who, b, workflow.Pass)
		}
		if err := give("预算股", h.paper(dept, "财预〔2024〕2号", "2024-06-01")); err != nil {
			t.Fatal(err)
		}
		h.totals(t, 2*hundred, hundred, 2*hundred)
		v := h.get("旁经办", b.RecordID)
		if v.State != model.Approved || !v.Version.AfterInitial || v.Version.ApprovalID == 0 || v.Record.InForceID != v.Version.ID {
			t.Errorf("got %+v", v)
		}
		h.papers(t)
	})
}

// papers sees what is in the books of 批复 and in the log of the department.
func (h *house) papers(t *testing.T) {
	t.Helper()
	err := h.store.Read(t.Context(), func(tx *store.Tx) error {
		acts, err := tx.ApprovalActs([]model.ID{h.units[dept].ID, h.units[unitA].ID}, year)
		if len(acts) != 3 || acts[0].Records != 1 || acts[1].Action != "approval.giveUnit" {
			t.Errorf("got %+v", acts)
		}
		events, err2 := tx.Events(store.Everything(), store.EventFilter{UnitIDs: []model.ID{h.units[dept].ID}, Year: year})
		if len(events) != 6 { // two given, four refused
			t.Errorf("got %+v", events)
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Error(err)
	}
}

// TestNobodyApprovesOwnWork, and then nothing of the department is approved.
func TestNobodyApprovesOwnWork(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		own := person("ys", seated("preparer", "unit", unitA))
		a := h.fine(h.Create(t.Context(), own, filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: project("A")}))
		h.pass(h.do("经办", a, workflow.Submit))
		h.pass(h.do("经办", h.create("经办", unitA, project("B")), workflow.Submit))
		_, err := h.Approve(t.Context(), people["预算股"], h.paper(dept, "财预〔2024〕1号", "2024-02-01"))
		expect(t, err, model.Forbidden, "workflow.ownWork")
		var e *model.Error
		if errors.As(err, &e); len(e.Fields) != 1 || e.Fields[0].Path != "$.records."+a.RecordID.String() {
			t.Errorf("got %+v", e.Fields)
		}
		h.totals(t, 2*hundred, 0, 0)
	})
}

// TestSecondRound: what passed is fitted to the control figures, and the older
// version steps back once the newer one passes.
func TestSecondRound(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.pass(h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit))
		_, err := h.Do(t.Context(), people["经办"], order(a, workflow.Adjust))
		expect(t, err, model.Conflict, "workflow.round")
		h.second.Store(true)
		a = h.do("经办", a, workflow.Adjust)
		a = h.do("经办", a, workflow.Withdraw)
		if a.State != model.Passed || a.Number != 1 {
			t.Fatalf("got %+v", a)
		}
		h.totals(t, hundred, 0, 0)
		a = h.save("经办", h.do("经办", a, workflow.Adjust), double(project("A")))
		h.totals(t, hundred, 0, 0)
		a = h.do("经办", a, workflow.Submit)
		for _, who := range []string{"单位审核", "部门审核"} {
			a = h.do(who, a, workflow.Pass)
		}
		o := order(a, workflow.Pass)
		o.Grade = workflow.Good
		a = h.fine(h.Do(t.Context(), people["业务股"], o))
		if a.State != model.Passed || a.Number != 3 {
			t.Fatalf("got %+v", a)
		}
		h.totals(t, 2*hundred, 0, 0)
		history, err := h.History(t.Context(), people["经办"], a.RecordID)
		if err != nil || history.Versions[0].State != model.Withdrawn || history.Versions[1].State != model.Withdrawn {
			t.Errorf("got %+v %v", history.Versions, err)
		}
	})
}
