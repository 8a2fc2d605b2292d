package execution_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/execution"
	"biaochi/service/filing"
)

func (h *house) overControl(path string) bool {
	h.t.Helper()
	var over bool
	err := h.store.Read(h.t.Context(), func(tx *store.Tx) (err error) {
		over, err = h.OverControl(tx, h.units[path], year)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return over
}

func TestControlFiguresHoldOnceIssued(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(dept, project("P0", 500, 0))
		h.approve(unitA, project("P1", 1000, 200))
		h.approve(other, project("Q1", 1000, 0))
		_ = filing.Settings{SecondRound: h.SecondRound, OverControl: h.OverControl} // what they serve
		ctx, id := t.Context(), h.units[dept].ID
		figures := map[model.FundKind]model.Money{model.GeneralPublicBudget: 1500_00}
		for who, reason := range map[string]string{"部门审核": "right.missing", "绩效股": "right.missing", "他部门": "unit.notFound", "管理": "unit.notFound"} {
			if _, err := h.SaveControl(ctx, people[who], id, year, 0, figures); reasonOf(err) != reason {
				t.Errorf("%s: %v, want %s", who, err, reason)
			}
		}
		leader := people["预算股"]
		if _, err := h.IssueControl(ctx, leader, id, year, 0, ""); reasonOf(err) != "control.none" {
			t.Errorf("issued nothing: %v", err)
		}
		if _, err := h.SaveControl(ctx, leader, id, year, 0, map[model.FundKind]model.Money{"票据": 1}); reasonOf(err) != "control.figures" {
			t.Errorf("an unknown kind: %v", err)
		}
		v, err := h.SaveControl(ctx, leader, id, year, 0, figures)
		if err != nil || len(v.Margins) != 0 || h.secondRound() {
			t.Fatalf("prepared figures hold already: %+v %v", v, err)
		}
		if seen, err := h.Control(ctx, people["部门审核"], id, year); err != nil || seen.Sheet.Figures != nil {
			t.Errorf("a department sees figures in preparation: %+v %v", seen, err)
		}
		if _, err = h.IssueControl(ctx, leader, id, year, 0, ""); reasonOf(err) != "control.changed" {
			t.Errorf("an old lock: %v", err)
		}
		v, err = h.IssueControl(ctx, leader, id, year, v.Sheet.Version, "一下")
		if err != nil || v.Over || v.Margins[0].Asked != 1500_00 || !h.secondRound() || h.overControl(dept) {
			t.Fatalf("1500 of 1500, carry-over apart: %+v %v", v, err)
		}
		v, err = h.SaveControl(ctx, leader, id, year, v.Sheet.Version, map[model.FundKind]model.Money{model.GeneralPublicBudget: 1499_99})
		if err != nil || v.Over {
			t.Fatalf("the issued figures hold: %+v %v", v, err)
		}
		if v, err = h.IssueControl(ctx, leader, id, year, v.Sheet.Version, "核减"); err != nil || !v.Over || v.Margins[0].Over != 1 || !h.overControl(dept) {
			t.Fatalf("one 分 too much: %+v %v", v, err)
		}
		if h.overControl(other) {
			t.Error("another department has no figures")
		}
	})
}

// A unit's own figure limits it, whatever room its department has.
func TestUnitsHaveFiguresOfTheirOwn(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(dept, project("P0", 500, 0))
		h.approve(unitA, project("P1", 1000, 0))
		issue := func(path string, amount model.Money) execution.ControlView {
			t.Helper()
			v, err := h.SaveControl(t.Context(), operator, h.units[path].ID, year, 0, map[model.FundKind]model.Money{model.GeneralPublicBudget: amount})
			if err == nil {
				v, err = h.IssueControl(t.Context(), operator, h.units[path].ID, year, v.Sheet.Version, "一下")
			}
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		if v := issue(dept, 9000_00); v.Over || h.overControl(dept) {
			t.Errorf("%+v", v)
		}
		if v := issue(unitA, 999_00); !v.Over || !h.overControl(dept) || !h.overControl(unitA) {
			t.Errorf("%+v", v)
		}
	})
}

// secondRound asks as the filing of records does: inside a transaction.
func (h *house) secondRound() (second bool) {
	h.t.Helper()
	err := h.store.InTx(h.t.Context(), func(tx *store.Tx) (err error) {
		second, err = h.SecondRound(tx, model.DefaultRegionCode, year)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return second
}
