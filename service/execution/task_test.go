package execution_test

import (
	"fmt"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/execution"
)

// What a unit owes follows from dates and states alone, also after a return.
func TestSheetTasks(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0), project("P2", 1000, 0))
		ctx := t.Context()
		expect := func(day string, want ...string) {
			t.Helper()
			h.set(day)
			tasks, err := h.SheetTasks(ctx, people["经办"], h.units[unitA].ID, year)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, task := range tasks {
				got = append(got, fmt.Sprintf("%s %s %d %v", task.Project, task.Stage, task.Days, task.Late))
			}
			if strings.Join(got, "; ") != strings.Join(want, "; ") {
				t.Errorf("on %s: %v, want %v", day, got, want)
			}
		}
		expect("2023-07-31")
		expect("2023-08-01", "P1 monitoring:1-7 30 false", "P2 monitoring:1-7 30 false")
		key := window(h.record(unitA, "P1").ID)
		view, err := h.SaveSheet(ctx, people["经办"], key, 0, monitored())
		if err == nil {
			view, err = h.ActOnSheet(ctx, people["经办"], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version})
		}
		if err != nil {
			t.Fatal(err)
		}
		expect("2023-09-01", "P2 monitoring:1-7 -1 true")
		if _, err := h.ActOnSheet(ctx, people["部门审核"], execution.SheetOrder{Key: key, Verb: "return", Lock: view.Sheet.Version, Reason: "重报"}); err != nil {
			t.Fatal(err)
		}
		expect("2023-09-01", "P1 monitoring:1-7 -1 true", "P2 monitoring:1-7 -1 true")
		expect("2024-01-01", "P1 monitoring:1-7 -123 true", "P2 monitoring:1-7 -123 true", "P1 evaluation 90 false", "P2 evaluation 90 false")
		if _, err := h.SheetTasks(ctx, people["他部门"], h.units[unitA].ID, year); model.CodeOf(err) != model.NotFound {
			t.Errorf("another department: %v", err)
		}
	})
}
