package filing_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// crowd is how many try at the same moment.
const crowd = 200

// race lets everybody go at once and counts what they got: "" for success, else the
// reason.
func race(try func(i int) error) map[string]int {
	var wait sync.WaitGroup
	var mu sync.Mutex
	start := make(chan struct{})
	got := map[string]int{}
	for i := range crowd {
		wait.Add(1)
		go func() {
			defer wait.Done()
			<-start
			err := try(i)
			mu.Lock()
			defer mu.Unlock()
			if err != nil && reason(err) == "" {
				got[err.Error()]++
			} else {
				got[reason(err)]++
			}
		}()
	}
	close(start)
	wait.Wait()
	return got
}

// count counts the events of a record that were accepted and that were refused.
func (h *house) count(id model.ID) (accepted, refused int) {
	for _, e := range h.events(id) {
		if strings.Contains(e, "✗") {
			refused++
		} else {
			accepted++
		}
	}
	return accepted, refused
}

// TestDoubleSubmits: of many the first is taken, each of the others gets a conflict
// and its own entry in the log.
func TestDoubleSubmits(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, project("A"))
		got := race(func(int) error {
			_, err := h.Do(t.Context(), people["经办"], order(a, workflow.Submit))
			return err
		})
		if got[""] != 1 || got["record.changed"] != crowd-1 {
			t.Errorf("got %v", got)
		}
		if accepted, refused := h.count(a.RecordID); accepted != 2 || refused != crowd-1 {
			t.Errorf("%d accepted, %d refused", accepted, refused)
		}
		if v := h.get("经办", a.RecordID); v.State != model.InReview || v.Lock != 2 || len(v.Versions) != 1 {
			t.Errorf("got %+v", v)
		}
	})
}

// TestRepeatedSubmits: with one key all of them get the same answer, and it happens
// once.
func TestRepeatedSubmits(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, project("A"))
		o := order(a, workflow.Submit)
		o.Key = "once"
		got := race(func(int) error {
			b, err := h.Do(t.Context(), people["经办"], o)
			if err == nil && (b.Lock != 2 || b.State != model.InReview) {
				return fmt.Errorf("another answer: %+v", b)
			}
			return err
		})
		if got[""] != crowd || len(h.events(a.RecordID)) != 2 {
			t.Errorf("got %v, %d events", got, len(h.events(a.RecordID)))
		}
	})
}

// TestPassAgainstRecall: either the reviewer passes or the preparer gets it back.
func TestPassAgainstRecall(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.do("经办", h.create("经办", unitA, project("A")), workflow.Submit)
		got := race(func(i int) error {
			who, action := "单位审核", workflow.Pass
			if i%2 == 0 {
				who, action = "经办", workflow.Recall
			}
			_, err := h.Do(t.Context(), people[who], order(a, action))
			return err
		})
		if got[""] != 1 || got["record.changed"] != crowd-1 {
			t.Errorf("got %v", got)
		}
		v := h.get("经办", a.RecordID)
		passed := v.State == model.InReview && v.Steps[v.Step].Key == "departmentHead"
		if v.State != model.Draft && !passed {
			t.Errorf("stands at %s %d", v.State, v.Step)
		}
		if accepted, refused := h.count(a.RecordID); accepted != 3 || refused != crowd-1 {
			t.Errorf("%d accepted, %d refused", accepted, refused)
		}
	})
}

// TestManyEditors: one draft is kept, whole, and everybody else is told of it.
func TestManyEditors(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		a := h.create("经办", unitA, project("A"))
		got := race(func(i int) error {
			c := project("A")
			c.Project.Form.Plan = fmt.Sprintf("第 %d 个计划", i)
			c.Project.Budget[0].Amount += model.Money(i)
			_, err := h.Save(t.Context(), people["经办"], filing.Draft{RecordID: a.RecordID, Lock: a.Lock, Content: c})
			return err
		})
		if got[""] != 1 || got["record.changed"] != crowd-1 {
			t.Errorf("got %v", got)
		}
		v := h.get("经办", a.RecordID)
		var i int
		if _, err := fmt.Sscanf(v.Content.Project.Form.Plan, "第 %d 个计划", &i); err != nil || v.Content.Project.Budget[0].Amount != hundred+model.Money(i) {
			t.Errorf("got %+v", v.Content.Project)
		}
		if accepted, refused := h.count(a.RecordID); accepted != 2 || refused != crowd-1 {
			t.Errorf("%d accepted, %d refused", accepted, refused)
		}
	})
}

// TestManyApprovals: one 批复 takes all, once.
func TestManyApprovals(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for _, code := range []string{"A", "B", "C"} {
			h.pass(h.do("经办", h.create("经办", unitA, project(code)), workflow.Submit))
		}
		paper := filing.Paper{UnitID: h.units[dept].ID, Year: year, Number: "财预〔2024〕1号", Date: "2024-02-01"}
		got := race(func(int) error {
			_, err := h.Approve(t.Context(), people["预算股"], paper)
			return err
		})
		if got[""] != 1 || got["approval.nothing"] != crowd-1 {
			t.Errorf("got %v", got)
		}
		h.totals(t, 3*hundred, 3*hundred, 3*hundred)
	})
}
