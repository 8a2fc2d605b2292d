package filing_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// TestWalks: whatever people do in whatever order, every table state adds up to what
// the versions' states say, worked out anew from versions and contents alone.
func TestWalks(t *testing.T) {
	const walks, acts = 4, 90
	reached := map[model.State]int{}
	for seed := range uint64(walks) {
		h := build(t, "sqlite:"+filepath.Join(t.TempDir(), "walk.db"))
		w := walker{house: h, r: rand.New(rand.NewPCG(seed, 11)), t: t}
		for _, code := range []string{"A", "B", "C"} {
			w.ids = append(w.ids, h.create("经办", unitA, project(code)).RecordID)
		}
		w.ids = append(w.ids, h.create("经办", unitA, target()).RecordID)
		for range acts {
			w.step()
			w.check()
		}
		for _, id := range w.ids {
			reached[h.get("预算股", id).State]++
		}
	}
	if len(reached) < 3 {
		t.Errorf("the walks came to %v alone", reached)
	}
}

type walker struct {
	*house
	t      *testing.T
	r      *rand.Rand
	ids    []model.ID
	papers int
}

var walkers = []string{"经办", "单位审核", "部门审核", "业务股", "绩效股"}

func (w *walker) step() {
	w.second.Store(w.r.IntN(3) == 0)
	if w.r.IntN(12) == 0 {
		w.papers++
		p := w.paper(dept, fmt.Sprintf("财预〔2024〕%d号", w.papers), "2024-02-01")
		_, err := w.Approve(w.t.Context(), people["预算股"], p)
		w.sane(err)
		return
	}
	id := w.ids[w.r.IntN(len(w.ids))]
	who := walkers[w.r.IntN(len(walkers))]
	v := w.get(who, id)
	if len(v.Allowed) == 0 {
		return
	}
	action := v.Allowed[w.r.IntN(len(v.Allowed))]
	if (action == workflow.Withdraw || action == workflow.Block || action == workflow.Return) && w.r.IntN(4) > 0 {
		return // or no walk would come far
	}
	c := w.content(v.Record)
	if action == workflow.Save {
		_, err := w.Save(w.t.Context(), people[who], filing.Draft{RecordID: id, Lock: v.Lock, Content: c})
		w.sane(err)
		return
	}
	o := filing.Order{RecordID: id, Lock: v.Lock, Action: action, Reason: "理由", Edit: &c}
	if action == workflow.Pass && v.Steps[v.Step].MayGrade {
		o.Grade = workflow.Good
	}
	_, err := w.Do(w.t.Context(), people[who], o)
	w.sane(err)
}

// content is another amount of money than before, for a record of either kind.
func (w *walker) content(r model.Record) filing.Content {
	amount := model.Money(1 + w.r.IntN(1_000_000))
	if r.Kind == model.TargetRecord {
		c := target()
		c.Target.Tasks[0].Total, c.Target.AnnualFunds = &amount, model.FormFunds{Total: &amount, Other: &amount}
		return c
	}
	c := project(r.ProjectCode)
	c.Project.Budget[0].Amount, c.Project.Form.AnnualFunds.Total = amount, &amount
	return c
}

// sane accepts refusals, but no failure and no conflict: the walk is alone.
func (w *walker) sane(err error) {
	if code := model.CodeOf(err); err != nil && (code == model.Internal || reason(err) == "record.changed") {
		w.t.Fatal(err)
	}
}

// check compares the totals with what the versions say.
func (w *walker) check() {
	w.t.Helper()
	var draft, initial, adjusted model.Money
	err := w.store.Read(w.t.Context(), func(tx *store.Tx) error {
		for _, id := range w.ids {
			versions, err := tx.Versions(id)
			if err != nil {
				return err
			}
			for _, sum := range []struct {
				into    *model.Money
				counted func(model.RecordVersion) bool
			}{
				{&draft, func(v model.RecordVersion) bool { return v.State == model.Passed || v.State == model.Approved }},
				{&initial, func(v model.RecordVersion) bool { return v.State == model.Approved && !v.AfterInitial }},
				{&adjusted, func(v model.RecordVersion) bool { return v.State == model.Approved }},
			} {
				amount, err := newest(tx, versions, sum.counted)
				if err != nil {
					return err
				}
				*sum.into += amount
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.totals(w.t, draft, initial, adjusted)
}

// newest is the budget of the newest version that counts.
func newest(tx *store.Tx, versions []model.RecordVersion, counted func(model.RecordVersion) bool) (sum model.Money, err error) {
	for _, v := range slices.Backward(versions) {
		if !counted(v) {
			continue
		}
		contents, err := tx.ProjectContents([]model.ID{v.ID})
		if err != nil || contents[v.ID] == nil { // a target counts nowhere
			return 0, err
		}
		for _, row := range contents[v.ID].Budget {
			sum += row.Amount
		}
		return sum, nil
	}
	return 0, nil
}
