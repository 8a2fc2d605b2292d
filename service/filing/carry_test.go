package filing_test

import (
	"testing"

	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// A recurring project goes on with what lasts; what belongs to the year must be decided
// anew, and so it can't be handed in as it stands. Repeated, it is done once.
func TestCarryForward(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		carry := func(who string, id model.ID, key string) (filing.Answer, error) {
			return h.CarryForward(t.Context(), people[who], id, key)
		}
		a := h.create("经办", unitA, project("A"))
		standing := func(who string, id model.ID) filing.NextYear {
			n, err := h.NextYear(t.Context(), people[who], id)
			if err != nil || n.Year != year+1 {
				t.Fatalf("%+v %v", n, err)
			}
			return n
		}
		_, err := carry("经办", a.RecordID, "")
		expect(t, err, model.Conflict, "carry.notApproved")
		if n := standing("经办", a.RecordID); n.Allowed || n.Why == "" {
			t.Errorf("before the 批复: %+v", n)
		}
		oneOff := project("B")
		oneOff.Project.Nature = model.OneOff
		over := project("C")
		over.Project.Form.PeriodStart, over.Project.Form.PeriodYears = new(year-2), new(3)
		for _, row := range over.Project.Form.Indicators {
			if row.LongTerm != nil && row.Level2 == "timeliness" {
				row.LongTerm.Value = "2024年11月底前"
			}
		}
		all := []filing.Answer{a, h.create("经办", unitA, oneOff), h.create("经办", unitA, over)}
		for i, one := range all {
			all[i] = h.pass(h.do("经办", one, workflow.Submit))
		}
		if _, err := h.Approve(t.Context(), people["预算股"], h.paper(dept, "财预〔2024〕1号", "2024-02-01")); err != nil {
			t.Fatal(err)
		}
		for who, reason := range map[string]string{"单位审核": "right.missing", "旁经办": "record.notFound"} {
			_, err := carry(who, a.RecordID, "")
			if model.ReasonOf(err) != reason {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := h.NextYear(t.Context(), people["旁经办"], a.RecordID); model.ReasonOf(err) != "record.notFound" {
			t.Errorf("out of reach: %v", err)
		}
		if n := standing("经办", a.RecordID); !n.Allowed || n.Why != "" || n.RecordID != 0 {
			t.Errorf("approved: %+v", n)
		}
		if n := standing("单位审核", a.RecordID); n.Allowed || n.Why == "" {
			t.Errorf("without the right: %+v", n)
		}
		for _, ended := range all[1:] {
			if n := standing("经办", ended.RecordID); n.Allowed || n.Why == "" {
				t.Errorf("ended: %+v", n)
			}
			_, err := carry("经办", ended.RecordID, "")
			expect(t, err, model.Conflict, "carry.ended")
		}
		next := h.fine(carry("经办", a.RecordID, "k"))
		if again := h.fine(carry("经办", a.RecordID, "k")); again.RecordID != next.RecordID {
			t.Error("the same request began another")
		}
		_, err = carry("经办", a.RecordID, "")
		expect(t, err, model.Conflict, "record.duplicate")
		if n := standing("单位审核", a.RecordID); n.RecordID != next.RecordID || n.Allowed || n.Why != "" {
			t.Errorf("begun: %+v", n)
		}

		v := h.get("经办", next.RecordID)
		was, p := project("A").Project, v.Content.Project
		if v.Record.Year != year+1 || v.State != model.Draft || p.Name != was.Name || len(p.Budget) != 0 || len(p.EconomicLines) != 0 {
			t.Errorf("begun: %+v %+v", v.Record, p)
		}
		if start := p.Form.PeriodStart; start == nil || *start != year {
			t.Errorf("the period begins again: %v", start)
		}
		if f := p.Form; f.Overview != was.Form.Overview || f.LongTermGoal != was.Form.LongTermGoal || f.AnnualGoal != "" || f.Plan != "" || f.FiledAt != "" || f.AnnualFunds != (model.FormFunds{}) {
			t.Errorf("form: %+v", f)
		}
		for i, row := range p.Form.Indicators {
			before := was.Form.Indicators[i]
			if (row.Annual == nil) != (before.Annual == nil) || row.Annual != nil && (row.Annual.Name != before.Annual.Name || row.Annual.Value != "") {
				t.Errorf("indicator %d: %+v", i, row.Annual)
			}
		}
		_, err = h.Do(t.Context(), people["经办"], order(next, workflow.Submit))
		expect(t, err, model.Invalid, "workflow.errors")
		if kept := h.get("经办", a.RecordID).Content.Project.Form; kept.AnnualGoal == "" {
			t.Error("the approved filing was changed")
		}
	})
}
