package filing_test

import (
	"slices"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

func (h *house) tasks(who string) (codes []string, tasks filing.Tasks) {
	h.t.Helper()
	tasks, err := h.Tasks(h.t.Context(), people[who], year, 50, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, task := range tasks.Items {
		code := task.ProjectCode
		if code == "" {
			code = "·"
		}
		codes = append(codes, code+" "+string(task.Urgency))
	}
	return codes, tasks
}

// TestTasks: what waits for each seat, returned first, and nothing else.
func TestTasks(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		expect := func(who string, want ...string) filing.Tasks {
			t.Helper()
			got, tasks := h.tasks(who)
			if !slices.Equal(got, want) || tasks.Total != len(want) {
				t.Errorf("%s: got %q of %d, want %q", who, got, tasks.Total, want)
			}
			return tasks
		}
		a := h.create("经办", unitA, project("A"))
		h.create("经办", unitA, sheet(500_00))
		b := h.do("经办", h.create("经办", unitA, project("B")), workflow.Submit)
		h.create("旁经办", unitB, filing.Content{Project: &model.ProjectContent{Code: "C", Name: "空白", Form: &model.Form{}}})
		expect("经办", "A new", "· new")
		expect("同事", "A new", "· new") // any preparer of the unit
		blank := expect("旁经办", "C new")
		if blank.Items[0].Errors == 0 {
			t.Errorf("a blank form has no errors: %+v", blank)
		}
		h.likeTheView("旁经办", blank)
		expect("单位审核", "B new")
		expect("代单位", "B new") // in the reviewer's place
		expect("部门审核")         // may act for the head below, but it doesn't wait for them
		expect("业务股")
		expect("管理")

		b = h.do("单位审核", b, workflow.Pass)
		expect("单位审核")
		expect("部门审核", "B new")
		b = h.do("部门审核", b, workflow.Pass)
		expect("业务股", "B new")
		expect("绩效股")
		expect("预算股")
		returned := order(b, workflow.Return)
		returned.Reason = "请补充"
		h.fine(h.Do(t.Context(), people["业务股"], returned))
		tasks := expect("经办", "B returned", "A new", "· new")
		first := tasks.Items[0]
		if first.Reason != "请补充" || first.By != "yw" || first.Amount != hundred || first.LastYear != nil || tasks.Counts[filing.New] != 2 {
			t.Errorf("got %+v %v", first, tasks.Counts)
		}
		h.likeTheView("经办", tasks)
		h.do("经办", a, workflow.Submit)
		expect("经办", "B returned", "· new")
		if page, err := h.Tasks(t.Context(), people["经办"], 0, 1, 1); err != nil || len(page.Items) != 1 || page.Total != 2 {
			t.Errorf("a page: %+v %v", page, err)
		}
	})
}

// likeTheView: the counts of a list are those of the record itself.
func (h *house) likeTheView(who string, tasks filing.Tasks) {
	h.t.Helper()
	for _, task := range tasks.Items {
		view := h.get(who, task.ID)
		errors, warnings := 0, 0
		for _, f := range view.Findings {
			if f.Outcome == "fail" && f.Severity == "error" {
				errors++
			}
			if f.Outcome == "fail" && f.Severity == "warning" {
				warnings++
			}
		}
		if errors != task.Errors || warnings != task.Warnings {
			h.t.Errorf("%s: %d errors and %d warnings in the list, %d and %d in the record", task.ProjectCode, task.Errors, task.Warnings, errors, warnings)
		}
	}
}

// A year's deadlines make tasks due and late; last year's amount comes beside.
func TestTasksByDeadline(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		last := h.fine(h.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year - 1, Content: project("A")}))
		now := time.Date(2023, 11, 20, 2, 0, 0, 0, time.UTC)
		deadline := now.AddDate(0, 0, 2)
		rights, err := rbac.New()
		if err != nil {
			t.Fatal(err)
		}
		service := filing.NewService(h.store, rights, func() time.Time { return now }, filing.Settings{
			Deadline: func(_ *store.Tx, _ model.BudgetUnit, y int, step string) (time.Time, bool, error) {
				return deadline, y == year && step == "", nil
			},
		})
		h.create("经办", unitA, project("A"))
		tasks, err := service.Tasks(t.Context(), people["经办"], 0, 10, 0)
		if err != nil || len(tasks.Items) != 2 {
			t.Fatalf("got %+v %v", tasks, err)
		}
		first, second := tasks.Items[0], tasks.Items[1]
		if first.Urgency != filing.Due || first.Deadline == nil || first.LastYear == nil || *first.LastYear != hundred {
			t.Errorf("got %+v", first)
		}
		if second.ID != last.RecordID || second.Urgency != filing.New || second.Deadline != nil {
			t.Errorf("got %+v", second)
		}
		now = now.AddDate(0, 0, 3)
		if tasks, err = service.Tasks(t.Context(), people["经办"], year, 10, 0); err != nil || tasks.Items[0].Urgency != filing.Late {
			t.Errorf("got %+v %v", tasks, err)
		}
	})
}

// TestOfOneKind: to the use cases of a kind, records of another aren't there.
func TestOfOneKind(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, project("A"))
		sheets := h.Of(model.SheetRecord)
		_, err := sheets.Get(t.Context(), people["经办"], a.RecordID)
		expect(t, err, model.NotFound, "record.notFound")
		_, err = sheets.Do(t.Context(), people["经办"], order(a, workflow.Submit))
		expect(t, err, model.NotFound, "record.notFound")
		_, err = sheets.Create(t.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: year, Content: project("B")})
		expect(t, err, model.Invalid, "filing.content")
		if page, err := sheets.List(t.Context(), people["经办"], filing.Query{}); err != nil || page.Total != 0 {
			t.Errorf("got %+v %v", page, err)
		}
	})
}
