package filing_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/workflow"
)

// library gives the entries of the indicator library by name.
func (h *house) library(t *testing.T) map[string]model.LibraryIndicator {
	t.Helper()
	found := map[string]model.LibraryIndicator{}
	err := h.store.Read(t.Context(), func(tx *store.Tx) error {
		entries, _, err := tx.SearchLibrary(store.LibraryFilter{Region: model.DefaultRegionCode, All: true})
		for _, e := range entries {
			found[e.Name] = e
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestApprovalsFeedTheLibrary: what is approved, and nothing before; an adjustment
// counts no filing twice; whole-unit targets and sheets stay out.
func TestApprovalsFeedTheLibrary(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.pass(h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit))
		h.pass(h.do("经办", h.create("经办", unitA, target()), workflow.Submit))
		if got := h.library(t); len(got) != 0 {
			t.Fatalf("fed before the approval: %v", got)
		}
		h.approve(t, dept, "财预〔2024〕1号", 2)
		got := h.library(t)
		if e := got["举办培训期数"]; e.Uses != 1 || e.Unit != "期" || e.CreatedBy != "ys" {
			t.Fatalf("got %+v", got)
		}
		if _, fed := got["基层履职能力"]; fed {
			t.Error("a whole-unit target was fed")
		}
		v := h.get("经办", a.RecordID)
		a.Lock = v.Lock
		a = h.save("经办", h.do("经办", a, workflow.Adjust), double(project("A")))
		h.pass(h.do("经办", a, workflow.Submit))
		h.approve(t, dept, "财预〔2024〕9号", 1)
		if e := h.library(t)["举办培训期数"]; e.Uses != 1 {
			t.Errorf("got %+v", e)
		}
	})
}

// TestImportsFeedTheLibrary where they come in as approved.
func TestImportsFeedTheLibrary(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.bringIn(t, false, project("A"))
		if got := h.library(t); len(got) != 0 {
			t.Fatalf("a draft was fed: %v", got)
		}
		for range 2 {
			h.bringIn(t, true, project("A"))
			if e := h.library(t)["举办培训期数"]; e.Uses != 1 || e.CreatedBy != "cli" {
				t.Errorf("got %+v", e)
			}
		}
	})
}
