package exchange_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store/storetest"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
)

// withTarget is a random package that has a whole-unit target.
func withTarget(t *testing.T) *exchange.Package {
	t.Helper()
	for seed := range uint64(50) {
		if p := random(seed, exchangetest.Options{Year: 2026}); p.WholeUnitTarget != nil {
			return p
		}
	}
	t.Fatal("no random package has a whole-unit target")
	return nil
}

// TestTargetsTravel: a whole-unit target comes in and goes out like every other
// record; a package without one says so and leaves it alone.
func TestTargetsTravel(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		h := newHouse(t, url)
		p := withTarget(t)
		h.bring(p, false)
		if again := h.bring(p, false); !again.Unchanged() {
			t.Errorf("the second import says %s", again.Text())
		}
		if got, want := h.export(p.Unit.Code, p.Year, false), encode(t, p); !bytes.Equal(got, want) {
			t.Errorf("export differs: %s", firstDifference(got, want))
		}
		result := h.bring(p, true)
		if last := result.Changes[len(result.Changes)-1]; last.Kind != model.TargetRecord || last.What != exchange.Approved {
			t.Errorf("got %+v", result.Changes)
		}

		changed := *p
		target := *p.WholeUnitTarget
		target.AnnualGoal = "改过的年度总体目标。"
		changed.WholeUnitTarget = &target
		result = h.bring(&changed, true)
		if want := []exchange.Change{{Kind: model.TargetRecord, Name: "整体支出绩效目标", What: exchange.NewVersion, Version: 2}}; !reflect.DeepEqual(result.Changes, want) {
			t.Errorf("got %+v", result.Changes)
		}
		changed.WholeUnitTarget = nil
		result = h.bring(&changed, true)
		if !result.AbsentTarget || !result.Unchanged() || !strings.Contains(h.bring(&changed, true).Text(), "未作任何更改") {
			t.Errorf("got %+v", result)
		}
		full := h.export(p.Unit.Code, p.Year, true)
		history := string(full[bytes.Index(full, []byte(`"history"`)):])
		for _, part := range []string{`"wholeUnitTarget"`, `"number": 2`, "改过的年度总体目标", `"tasks"`} {
			if !strings.Contains(history, part) {
				t.Errorf("the history lacks %s", part)
			}
		}
		if _, err := exchange.Decode(bytes.NewReader(full)); err != nil {
			t.Errorf("a full export does not come in again: %v", err)
		}
	})
}

// TestBlankTargetsAreNone: keys with nothing in them leave no record behind.
func TestBlankTargetsAreNone(t *testing.T) {
	for _, text := range []string{"null", `""`, "{}", `{"annualGoal":"","tasks":[],"annualFunds":{"total":null}}`} {
		p := decode(t, strings.TrimSuffix(minimal, "}")+`,"wholeUnitTarget":`+text+"}")
		if p.WholeUnitTarget != nil {
			t.Errorf("%s gives %+v", text, p.WholeUnitTarget)
		}
	}
	one, other := &model.TargetContent{AnnualGoal: "甲"}, &model.TargetContent{LongTermGoal: "甲"}
	if exchange.HashTarget(one) == exchange.HashTarget(other) || exchange.HashTarget(one) != exchange.HashTarget(&model.TargetContent{AnnualGoal: "甲", Tasks: []model.TargetTask{}}) {
		t.Error("hashes don't tell contents apart")
	}
}
