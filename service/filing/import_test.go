package filing_test

import (
	"slices"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/service/exchange"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// bringIn imports a package of unit A with one project.
func (h *house) bringIn(t *testing.T, approved bool, c filing.Content) {
	t.Helper()
	clock := func() time.Time { return time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC) }
	s := sheet(500_00).Sheet
	s.BasicLines[0].Source = model.CurrentYear
	s.Unit = model.UnitHeader{Code: "701001", Name: "示例中心", Kind: model.PublicInstitution, ParentCode: "701"}
	p := exchange.New(year, s, []model.ProjectContent{*c.Project})
	_, err := exchange.NewService(h.store, clock).Import(t.Context(), p, exchange.ImportOptions{Approved: approved, Reason: "补录", Actor: "cli"})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) only(t *testing.T, kind model.RecordKind) filing.Answer {
	t.Helper()
	page, err := h.List(t.Context(), people["经办"], filing.Query{Kind: kind})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("got %+v %v", page, err)
	}
	return filing.Answer{RecordID: page.Items[0].Record.ID, Lock: page.Items[0].Record.Version}
}

// TestImportedRecordsGoOn: a record that came by a package stands where its state
// says, and what came after somebody acted on it takes the place of what they knew.
func TestImportedRecordsGoOn(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.bringIn(t, false, project("A"))
		a := h.do("经办", h.only(t, model.FilingRecord), workflow.Submit)
		a = h.do("经办", a, workflow.Recall)
		changed := project("A")
		changed.Project.Form.Plan = "新的计划"
		h.bringIn(t, false, changed)
		_, err := h.Do(t.Context(), people["经办"], order(a, workflow.Submit))
		expect(t, err, model.Conflict, "record.changed")
		a = h.pass(h.do("经办", h.only(t, model.FilingRecord), workflow.Submit))
		if a.Number != 2 {
			t.Fatalf("got %+v", a)
		}
		h.totals(t, hundred, 0, 0)
	})
}

// TestImportedApproved: 年初 of the unit is frozen by what was taken over, so that an
// adjustment counts in 变动后 alone.
func TestImportedApproved(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.bringIn(t, true, project("A"))
		h.totals(t, hundred+500_00, hundred+500_00, hundred+500_00)
		a := h.only(t, model.FilingRecord)
		if v := h.get("经办", a.RecordID); v.State != model.Approved || !slices.Equal(v.Allowed, []workflow.Action{workflow.Adjust}) {
			t.Fatalf("got %+v", v)
		}
		a = h.save("经办", h.do("经办", a, workflow.Adjust), double(project("A")))
		h.pass(h.do("经办", a, workflow.Submit))
		h.approve(t, dept, "财预〔2024〕5号", 1)
		h.totals(t, 2*hundred+500_00, hundred+500_00, 2*hundred+500_00)
	})
}
