package filing_test

import (
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// TestList: everybody sees what is theirs, page by page, with what they may do.
func TestList(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit)
		h.create("经办", unitA, project("B"))
		h.create("经办", unitA, sheet(500_00))
		h.create("旁经办", unitB, project("C"))
		h.create("局办", dept, project("D"))
		h.create("他经办", other, project("E_1"))
		for _, c := range []struct {
			who   string
			query filing.Query
			want  string // project codes
			total int64
		}{
			{"经办", filing.Query{}, "· A B", 3}, // · is the sheet
			{"局办", filing.Query{}, "D", 1},     // a preparer sees no unit below
			{"部门审核", filing.Query{}, "D · A B C", 5},
			{"他部门", filing.Query{}, "E_1", 1},
			{"业务股", filing.Query{Kind: model.FilingRecord}, "D A B C", 4},
			{"绩效股", filing.Query{}, "D · A B C E_1", 6},
			{"预算股", filing.Query{Sort: store.ByProject, Falling: true, Kind: model.FilingRecord}, "E_1 D C B A", 5},
			{"管理", filing.Query{}, "", 0},
			{"绩效股", filing.Query{State: model.InReview}, "A", 1},
			{"绩效股", filing.Query{Text: "e_"}, "E_1", 1},
			{"绩效股", filing.Query{Text: "示例站"}, "C", 1},
			{"绩效股", filing.Query{Text: "业务培训", Under: dept}, "D A B C", 4},
			{"绩效股", filing.Query{UnitID: h.units[unitB].ID}, "C", 1},
			{"绩效股", filing.Query{Year: 2025}, "", 0},
			{"绩效股", filing.Query{Size: 2, Page: 2}, "A B", 6},
			{"绩效股", filing.Query{Sort: store.ByMoved, Kind: model.FilingRecord}, "A B C D E_1", 5},
			{"绩效股", filing.Query{Sort: store.ByName, Kind: model.SheetRecord}, "·", 1},
			{"绩效股", filing.Query{Sort: store.ByState, Size: 1, Page: 6}, "A", 6},
		} {
			page, err := h.List(t.Context(), people[c.who], c.query)
			var codes []string
			for _, item := range page.Items {
				code := item.ProjectCode
				if item.Kind == model.SheetRecord {
					code = "·"
				}
				codes = append(codes, code)
			}
			want := strings.Fields(c.want)
			if err != nil || !slices.Equal(codes, want) || page.Total != c.total {
				t.Errorf("%s %+v: got %v of %d, want %s (%v)", c.who, c.query, codes, page.Total, c.want, err)
			}
		}
		h.actionsInList(t)
	})
}

func (h *house) actionsInList(t *testing.T) {
	t.Helper()
	page, err := h.List(t.Context(), people["单位审核"], filing.Query{State: model.InReview})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("got %+v %v", page, err)
	}
	item := page.Items[0]
	if !slices.Equal(item.Allowed, []workflow.Action{workflow.Pass, workflow.Return}) || item.Turn.Name != "单位负责人" || item.StepKey != "unitHead" || item.MovedBy != "jb" {
		t.Errorf("got %+v", item)
	}
}

// TestBatch: each for itself; the same batch again does nothing.
func TestBatch(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit)
		b := h.create("经办", unitA, project("B")) // still a draft
		c := h.do("经办", h.create("经办", unitA, project("C")), workflow.Submit)
		orders := []filing.Order{order(a, workflow.Pass), order(b, workflow.Pass), order(c, workflow.Pass)}
		for range 2 {
			got := h.Each(t.Context(), people["单位审核"], orders, "batch")
			if len(got) != 3 || got[0].Err != nil || got[0].Answer.Step != "departmentHead" || got[2].Err != nil {
				t.Fatalf("got %+v", got)
			}
			expect(t, got[1].Err, model.Conflict, "workflow.state")
		}
		if accepted, _ := h.count(a.RecordID); accepted != 3 {
			t.Errorf("got %q", h.events(a.RecordID))
		}
	})
}
