package budget_test

import (
	"iter"
	"reflect"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
)

// small is a unit's year in a few facts; the cases below read like a budget.
type small struct {
	facts    []model.Fact
	projects []budget.ProjectSum
	units    []budget.Unit
}

var bureau = budget.Unit{Path: "0/701/", Code: "701", Name: "示例局", Kind: model.Administrative}

func (s *small) basic(function, department, government string, cost model.CostKind, fen model.Money) {
	f := model.Fact{
		Expenditure: model.BasicExpenditure, FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, CostKind: cost,
		UnitKind: bureau.Kind, FunctionCode: function, DepartmentEconomicCode: department, GovernmentEconomicCode: government, Amount: fen,
	}
	for _, f.Measure = range []model.Measure{model.MeasureBudget, model.MeasureEconomic} {
		s.facts = append(s.facts, f)
	}
}

func (s *small) project(unit budget.Unit, code, function string, kind model.FundKind, source model.Source, fen model.Money) {
	f := model.Fact{
		Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure, FundKind: kind, Source: source,
		UnitPath: unit.Path, UnitKind: unit.Kind, ProjectCode: code, FunctionCode: function, Amount: fen,
	}
	s.facts = append(s.facts, f)
	s.projects = append(s.projects, budget.ProjectSum{Fact: f, Name: "项目" + code})
}

func (s *small) table(t *testing.T, key string) *budget.Table {
	t.Helper()
	set := shanxi(t)
	def, ok := set.Table(key)
	if !ok {
		t.Fatalf("no table %s", key)
	}
	units := s.units
	if units == nil {
		units = []budget.Unit{bureau}
	}
	names := budget.Names{Own: budget.Lexicon{}, Catalogue: budget.Lexicon{}}
	for code, name := range map[string]string{"201": "一般公共服务支出", "208": "社会保障和就业支出", "20801": "管理事务", "2080101": "行政运行", "2080102": "一般事务"} {
		names.Catalogue.Add(model.FunctionalCatalogue, code, name)
	}
	table, err := budget.AssembleTable(budget.Input{
		Set: set, Year: 2026, Unit: bureau, Units: units, Names: names, Sums: s.facts,
		ByUnit:    func(w model.Predicate) iter.Seq2[model.Fact, error] { return matching(s.facts, w, identity) },
		ByProject: func(w model.Predicate) iter.Seq2[budget.ProjectSum, error] { return matching(s.projects, w, factOf) },
	}, def)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func identity(f *model.Fact) *model.Fact      { return f }
func factOf(p *budget.ProjectSum) *model.Fact { return &p.Fact }

func matching[T any](from []T, w model.Predicate, fact func(*T) *model.Fact) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for i := range from {
			if w.Match(fact(&from[i])) && !yield(from[i], nil) {
				return
			}
		}
	}
}

func lines(t *testing.T, table *budget.Table) []string {
	t.Helper()
	rows, err := table.Collect()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Shown())
		}
		out = append(out, strings.Join(cells, ","))
	}
	return out
}

func expect(t *testing.T, table *budget.Table, want ...string) {
	t.Helper()
	if got := lines(t, table); !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", table.Title, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// A shown total is the rounded exact total: two thirds of a cent each way.
func TestTotalsAreNotSumsOfRoundedCells(t *testing.T) {
	var s small
	s.basic("2080101", "30101", "50101", model.Personnel, 10_000_004_000)
	s.project(bureau, "P1", "2080102", model.GeneralPublicBudget, model.CurrentYear, 20_000_004_000)
	expect(t, s.table(t, "expenditure"),
		",合计,30000.01,10000.00,20000.00",
		"208,社会保障和就业支出,30000.01,10000.00,20000.00",
		"20801,管理事务,30000.01,10000.00,20000.00",
		"2080101,行政运行,10000.00,10000.00,",
		"2080102,一般事务,20000.00,,20000.00")
}

// Table 5 keeps the codes of table 3; those without general public budget are empty.
func TestTableFiveKeepsTheCodesOfTableThree(t *testing.T) {
	var s small
	s.project(bureau, "P1", "2080102", model.GovernmentFund, model.CurrentYear, 1_000_000)
	expect(t, s.table(t, "generalPublicBudget"), ",合计,,,", "208,社会保障和就业支出,,,", "20801,管理事务,,,", "2080102,一般事务,,,")
}

// Carry-over stands apart: not in the income of the year, but in 收入总计.
func TestCarryOver(t *testing.T) {
	var s small
	s.project(bureau, "P1", "2080102", model.GeneralPublicBudget, model.CurrentYear, 3_000_000)
	s.project(bureau, "P1", "2080102", model.UnitFunds, model.CarryOver, 2_000_000)
	rows := lines(t, s.table(t, "incomeAndExpenditure"))
	if got, want := rows[len(rows)-3:], []string{"本年收入合计,3.00,本年支出合计,5.00,3.00,2.00", "上年结转,2.00,年终结转,,,", "收入总计,5.00,支出总计,5.00,3.00,2.00"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	// 单位资金 is no fiscal money: table 13 has no row for it.
	expect(t, s.table(t, "projectsCarryOver"))
}

// A 类 that the catalogue does not list has its row all the same, and its place.
func TestAClassBeyondTheCatalogue(t *testing.T) {
	var s small
	s.project(bureau, "P1", "2030101", model.GeneralPublicBudget, model.CurrentYear, 3_000_000)
	rows := lines(t, s.table(t, "incomeAndExpenditure"))
	if rows[1] != "二、政府性基金预算,,二、,3.00,3.00," {
		t.Errorf("got %q", rows[1])
	}
}

func TestProjectsUnderTheirUnits(t *testing.T) {
	school := budget.Unit{Path: "0/701/701001/", Code: "701001", Name: "示例学校", Kind: model.PublicInstitution}
	empty := budget.Unit{Path: "0/701/701002/", Code: "701002", Name: "无项目的单位", Kind: model.PublicInstitution}
	s := small{units: []budget.Unit{bureau, school, empty}}
	s.project(bureau, "P2", "2080102", model.GeneralPublicBudget, model.CurrentYear, 1_000_000)
	s.project(school, "P1", "2080102", model.StateCapital, model.CurrentYear, 2_000_000)
	s.project(school, "P1", "2080102", model.GeneralPublicBudget, model.CarryOver, 4_000_000)
	s.project(school, "P3", "2080102", model.UnitFunds, model.CurrentYear, 8_000_000)
	expect(t, s.table(t, "projects"),
		"示例局,1.00,1.00,,,,", "项目P2,1.00,1.00,,,,",
		"示例学校,10.00,,,2.00,,8.00", "项目P1,2.00,,,2.00,,", "项目P3,8.00,,,,,8.00",
		"无项目的单位,,,,,,")
	expect(t, s.table(t, "projectsCarryOver"), "示例学校,4.00,4.00,,", "项目P1,4.00,4.00,,")
}

// Only 行政单位 and 参公事业单位 have 机关运行经费.
func TestAgencyOperating(t *testing.T) {
	var s small
	s.basic("2080101", "30201", "50201", model.Public, 1_000_000)
	s.facts[0].UnitPath, s.facts[1].UnitPath = bureau.Path, bureau.Path
	expect(t, s.table(t, "agencyOperating"), "部门合计,1.00,1.00,,", "示例局,1.00,1.00,,")
	for i := range s.facts {
		s.facts[i].UnitKind = model.PublicInstitution
	}
	school := bureau
	school.Kind = model.PublicInstitution
	s.units = []budget.Unit{school}
	table := s.table(t, "agencyOperating")
	expect(t, table, "部门合计,,,,")
	if !table.Empty {
		t.Error("a table without a figure does not say so")
	}
}

func TestTablesWithoutAnyRecord(t *testing.T) {
	var s small
	for _, def := range shanxi(t).Tables {
		table := s.table(t, def.Key)
		if !table.Empty {
			t.Errorf("%s is not empty", table.Title)
		}
		for _, line := range lines(t, table) {
			if strings.ContainsAny(line, "0123456789") && def.Key != "basicByEconomicCode" {
				t.Errorf("%s shows %q", table.Title, line)
			}
		}
	}
}
