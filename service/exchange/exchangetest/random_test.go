package exchangetest

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"biaochi/model"
	"biaochi/model/catalogue"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/exchange"
)

func codes() exchange.Codes {
	look := func(kind model.CatalogueKind) exchange.Lookup {
		return func(code string) (string, bool) {
			name, ok := loadBaseline().names[kind][code]
			return name, ok
		}
	}
	return exchange.Codes{
		Functional: look(model.FunctionalCatalogue), DepartmentEconomic: look(model.DepartmentEconomicCatalogue),
		GovernmentEconomic: look(model.GovernmentEconomicCatalogue), Revenue: look(model.RevenueCatalogue),
	}
}

// each runs a test over many packages.
func each(t *testing.T, test func(t *testing.T, p *exchange.Package)) {
	for seed := range uint64(200) {
		p := Random(rand.New(rand.NewPCG(seed, 1)), Options{})
		test(t, p)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestRandomPackagesAreValidAndTravel(t *testing.T) {
	each(t, func(t *testing.T, p *exchange.Package) {
		if got := p.Validate(codes()); len(got) > 0 {
			t.Errorf("refused: %v", got)
		}
		out, err := exchange.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := exchange.Decode(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(p, back) {
			t.Errorf("came back as %+v, left as %+v", back, p)
		}
	})
}

func TestRandomPackagesHaveEveryFundKindAndTie(t *testing.T) {
	each(t, func(t *testing.T, p *exchange.Package) {
		for _, kind := range model.FundKinds {
			budget := currentYear(p, kind)
			if budget == 0 {
				t.Errorf("no money of kind %s", kind)
			}
			if got := revenue(p, kind); kind != model.GeneralPublicBudget && got != budget {
				t.Errorf("%s: revenue %s, budget %s", kind, got, budget)
			}
		}
		for _, line := range p.BasicLines {
			within(t, line.Amount, line.Procurement)
			if line.GovernmentEconomicCode != loadBaseline().mapping[p.Unit.Kind][line.DepartmentEconomicCode] {
				t.Errorf("pair %s %s", line.DepartmentEconomicCode, line.GovernmentEconomicCode)
			}
		}
		for _, project := range p.Projects {
			projectTies(t, project)
		}
	})
}

func revenue(p *exchange.Package, kind model.FundKind) (sum model.Money) {
	for _, line := range p.Revenues {
		if line.FundKind == kind {
			sum += line.Amount
		}
	}
	return sum
}

func within(t *testing.T, line model.Money, rows []model.ProcurementLine) {
	t.Helper()
	for _, row := range rows {
		line -= row.Amount
	}
	if line < 0 {
		t.Errorf("procurement exceeds its line by %s", -line)
	}
}

func projectTies(t *testing.T, p model.ProjectContent) {
	t.Helper()
	left := map[model.FundKind]model.Money{}
	for _, row := range p.Budget {
		if row.Source == model.CurrentYear {
			left[row.FundKind] += row.Amount
		}
	}
	for _, line := range p.EconomicLines {
		within(t, line.Amount, line.Procurement)
		if left[line.FundKind] -= line.Amount; left[line.FundKind] < 0 {
			t.Errorf("%s: economic lines exceed the budget", p.Code)
		}
	}
	total := thisYear(p.Budget)
	if (p.Form == nil) != (total == 0) {
		t.Fatalf("%s: form %v, budget %s", p.Code, p.Form, total)
	}
	if p.Form == nil {
		return
	}
	for _, funds := range []model.FormFunds{p.Form.AnnualFunds, p.Form.LongTermFunds} {
		if sum, _ := funds.Sum(); sum != *funds.Total {
			t.Errorf("%s: rows %s, total %s", p.Code, sum, *funds.Total)
		}
	}
	if *p.Form.AnnualFunds.Total != total || *p.Form.LongTermFunds.Total < total {
		t.Errorf("%s: form %s, budget %s", p.Code, *p.Form.AnnualFunds.Total, total)
	}
}

// What a checker would find in a sound package is a fault of the generator.
func TestRandomRecordsPassTheChecks(t *testing.T) {
	_, mappings, err := catalogue.Baseline()
	if err != nil {
		t.Fatal(err)
	}
	targets := 0
	each(t, func(t *testing.T, p *exchange.Package) {
		unit := check.UnitRecords{
			Unit:  budget.Unit{Code: p.Unit.Code, Name: p.Unit.Name, Kind: p.Unit.Kind},
			Sheet: p.Sheet(), Projects: p.Projects, Target: p.WholeUnitTarget,
		}
		if p.WholeUnitTarget != nil {
			targets++
			for _, f := range check.RunTarget(check.Input{Year: p.Year, Unit: p.Unit.Code}, unit, p.WholeUnitTarget) {
				t.Errorf("%+v", f)
			}
		}
		for _, f := range check.RunRecords(check.Input{Year: p.Year, Unit: p.Unit.Code, Mappings: mappings}, unit) {
			if f.Outcome == check.Fail {
				t.Errorf("%+v", f)
			}
		}
	})
	if targets == 0 {
		t.Error("no package has a whole-unit target")
	}
}

func TestRandomFollowsItsOptions(t *testing.T) {
	o := Options{
		UnitCode: "801002", ParentCode: "801", RegionCode: "123456789", Kind: model.CivilServiceManaged,
		Year: 2027, Projects: 3, BasicLines: None,
	}
	p := Random(rand.New(rand.NewPCG(1, 1)), o)
	if p.Unit.Code != "801002" || p.Unit.ParentCode != "801" || p.Unit.RegionCode != "123456789" ||
		p.Unit.Kind != model.CivilServiceManaged || p.Year != 2027 || len(p.Projects) != 3 || p.BasicLines != nil {
		t.Errorf("got %+v", p)
	}
	again := Random(rand.New(rand.NewPCG(1, 1)), o)
	if !reflect.DeepEqual(p, again) {
		t.Error("the same source gives another package")
	}
	full := Random(rand.New(rand.NewPCG(1, 1)), Options{BasicLines: 10_000, Projects: None})
	if len(full.BasicLines) != maxBasicLines || full.Projects != nil {
		t.Errorf("%d basic lines, %d projects", len(full.BasicLines), len(full.Projects))
	}
}
