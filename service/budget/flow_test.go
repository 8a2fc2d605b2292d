package budget

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"biaochi/model"
)

// Money flows from fund kinds to classes of functions; other measures are other money,
// carry-over stands apart.
func TestFlow(t *testing.T) {
	fact := func(kind model.FundKind, source model.Source, function string, amount model.Money) model.Fact {
		return model.Fact{Measure: model.MeasureBudget, FundKind: kind, Source: source, FunctionCode: function, Amount: amount}
	}
	names := Names{Catalogue: Lexicon{}}
	names.Catalogue.Add(model.FunctionalCatalogue, "205", "教育支出")
	flow := FlowOf([]model.Fact{
		fact(model.UnitFunds, model.CurrentYear, "2210201", 300),
		fact(model.GeneralPublicBudget, model.CurrentYear, "2050299", 500),
		fact(model.GeneralPublicBudget, model.CurrentYear, "2050204", 200),
		fact(model.GeneralPublicBudget, model.CarryOver, "2050204", 70),
		fact(model.UnitFunds, model.CarryOver, "2210201", 30),
		fact(model.StateCapital, model.CurrentYear, "2050204", 0),
		fact("", "", "", 40),
		{Measure: model.MeasureEconomic, FundKind: model.GovernmentFund, Source: model.CurrentYear, FunctionCode: "2120801", Amount: 900},
	}, names)
	want := "[{generalPublicBudget currentYear 7.00} {unitFunds currentYear 3.00} { currentYear 0.40} { carryOver 1.00}] " +
		"[{  [0.00 0.00 0.40 0.00] 0.40} {205 教育支出 [7.00 0.00 0.00 0.70] 7.70} {221  [0.00 3.00 0.00 0.30] 3.30}] 11.40"
	if got := flow.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if empty := FlowOf(nil, names); empty.Total != 0 || len(empty.Sources)+len(empty.Functions) != 0 {
		t.Errorf("of nothing %+v", empty)
	}
}

// Whatever the facts, both sides and the middle add up to the same.
func TestFlowAddsUp(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		var sums []model.Fact
		var all model.Money
		for range random.IntN(30) {
			f := model.Fact{
				Measure: model.MeasureBudget, FundKind: model.FundKinds[random.IntN(len(model.FundKinds))], Source: model.Sources[random.IntN(2)],
				FunctionCode: fmt.Sprintf("2%02d%02d", random.IntN(5), random.IntN(3)), Amount: model.Money(random.IntN(1000)),
			}
			all += f.Amount
			sums = append(sums, f)
		}
		flow := FlowOf(sums, Names{})
		var left, right, middle model.Money
		for _, s := range flow.Sources {
			left += s.Amount
		}
		for _, f := range flow.Functions {
			right += f.Amount
			for _, amount := range f.Amounts {
				middle += amount
			}
		}
		if flow.Total != all || left != all || right != all || middle != all {
			t.Fatalf("%d: %d %d %d %d", all, flow.Total, left, right, middle)
		}
	}
}

func (f Flow) String() string {
	var sources, functions []string
	for _, s := range f.Sources {
		sources = append(sources, fmt.Sprintf("{%s %s %s}", s.Kind, s.Source, s.Amount.Yuan()))
	}
	for _, one := range f.Functions {
		var amounts []string
		for _, a := range one.Amounts {
			amounts = append(amounts, a.Yuan())
		}
		functions = append(functions, fmt.Sprintf("{%s %s %v %s}", one.Code, one.Name, amounts, one.Amount.Yuan()))
	}
	return fmt.Sprintf("%v %v %s", sources, functions, f.Total.Yuan())
}
