package check_test

import (
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/check"
)

// ruleCase is the passing and the failing case of a rule; nil passes as the sound
// records do.
type ruleCase struct {
	pass, fail func(testing.TB) check.Report
}

func cell(table, row, column string) func(testing.TB) check.Report {
	return func(t testing.TB) check.Report { return changed(t, sound(), table, row, column) }
}

func edited(edit func(*model.SheetContent, []model.ProjectContent)) func(testing.TB) check.Report {
	return func(t testing.TB) check.Report { return with(edit).run(t) }
}

// cases hold the two cases that each rule of the catalogue describes.
var cases = map[string]ruleCase{
	"K01": {fail: cell("incomeAndExpenditure", "grand", "income")},
	"K02": {fail: cell("income", "2010101", "generalPublicBudget")},
	"K03": {fail: edited(func(s *model.SheetContent, _ []model.ProjectContent) { s.BasicLines[0].FunctionCode = "20101" })},
	"K04": {fail: cell("expenditure", "2010101", "total")},
	"K05": {fail: cell("fiscalAppropriation", "201", "total")},
	"K06": {fail: cells(map[string]model.Money{
		"fiscalAppropriation 201 generalPublicBudget":     tenThousand,
		"fiscalAppropriation current generalPublicBudget": tenThousand,
		"fiscalAppropriation grand generalPublicBudget":   tenThousand,
		"fiscalAppropriation 201 governmentFund":          -tenThousand,
		"fiscalAppropriation current governmentFund":      -tenThousand,
		"fiscalAppropriation grand governmentFund":        -tenThousand,
	})},
	"K07": {fail: cell("basicByEconomicCode", "30201/50201", "personnel")},
	"K08": {fail: edited(func(s *model.SheetContent, _ []model.ProjectContent) { s.Revenues[0].Amount -= tenThousand })},
	"K09": {fail: cell("threePublic", "reception", "generalPublicBudget")},
	"K10": {fail: cell("agencyOperating", "901", "generalPublicBudget")},
	"K11": {fail: cell("projects", "901/901002", "governmentFund")},
	"K12": {fail: cells(map[string]model.Money{
		"projectsCarryOver 901 total":                      tenThousand,
		"projectsCarryOver 901 generalPublicBudget":        tenThousand,
		"projectsCarryOver 901/901001 total":               tenThousand,
		"projectsCarryOver 901/901001 generalPublicBudget": tenThousand,
		"projects 901 total":                               -tenThousand,
		"projects 901 unitFunds":                           -tenThousand,
		"projects 901/901004 total":                        -tenThousand,
		"projects 901/901004 unitFunds":                    -tenThousand,
	})},
	"K13": {fail: edited(func(_ *model.SheetContent, p []model.ProjectContent) { p[0].Form = form(0) })},
	"K14": {fail: edited(func(_ *model.SheetContent, p []model.ProjectContent) { p[0].Form = nil })},
	"K15": {fail: edited(func(_ *model.SheetContent, p []model.ProjectContent) { p[0].EconomicLines[1].Procurement[0].Amount++ })},
	"K16": {fail: edited(func(s *model.SheetContent, _ []model.ProjectContent) { s.Revenues[3].Amount -= tenThousand })},
	"E01": {fail: edited(func(_ *model.SheetContent, p []model.ProjectContent) { p[0].EconomicLines[0].Amount = 12_000_001 })},
	"E02": {fail: edited(func(s *model.SheetContent, _ []model.ProjectContent) {
		s.BasicLines[2].GovernmentEconomicCode = "50201"
	})},
	"E03": {
		pass: edited(func(s *model.SheetContent, _ []model.ProjectContent) {
			s.BasicLines[1].DepartmentEconomicName = "办公费"
		}),
		fail: edited(func(s *model.SheetContent, _ []model.ProjectContent) {
			s.BasicLines[1].DepartmentEconomicName = "办公费用"
		}),
	},
}

// cells changes several figures at once, so that a table is sound in itself and
// only disagrees with another: "table row column" → by how much.
func cells(changes map[string]model.Money) func(testing.TB) check.Report {
	return func(t testing.TB) check.Report {
		t.Helper()
		in := sound().input(t)
		in.Published = grids(t, in)
		for place, by := range changes {
			at := strings.Fields(place)
			for _, g := range in.Published {
				if g.Def.Key == at[0] {
					change(t, g, at[1], at[2], by)
				}
			}
		}
		return run(t, in)
	}
}

func TestEveryRuleHasAPassingAndAFailingCase(t *testing.T) {
	for _, rule := range check.Catalogue() {
		t.Run(rule.ID, func(t *testing.T) {
			c, ok := cases[rule.ID]
			if !ok {
				t.Fatalf("%s 没有案例", rule.ID)
			}
			if c.pass == nil {
				c.pass = func(t testing.TB) check.Report { return sound().run(t) }
			}
			if got := outcome(c.pass(t), rule.ID); got != check.Pass {
				t.Errorf("通过的案例（%s）得到 %q", rule.Passing, got)
			}
			if got := outcome(c.fail(t), rule.ID); got != check.Fail {
				t.Errorf("不通过的案例（%s）得到 %q", rule.Failing, got)
			}
		})
	}
}

func TestFailingCasesNameOneRule(t *testing.T) {
	for id, c := range cases {
		report := c.fail(t)
		for _, f := range report.Failures() {
			if f.Rule != id {
				t.Errorf("%s 的案例还报告了 %s：%s", id, f.Rule, f.Message)
			}
		}
	}
}

func TestCatalogueIsComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range check.Catalogue() {
		if seen[rule.ID] {
			t.Errorf("编号 %s 重复", rule.ID)
		}
		seen[rule.ID] = true
		if rule.Title == "" || rule.Basis == "" || rule.Since == 0 || rule.Severity == "" ||
			rule.Scope == "" || rule.Passing == "" || rule.Failing == "" {
			t.Errorf("%s 有空缺：%+v", rule.ID, rule)
		}
	}
	if _, ok := check.Find("K99"); ok {
		t.Error("没有 K99 这条规则")
	}
}
