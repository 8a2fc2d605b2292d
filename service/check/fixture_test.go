package check_test

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// records are what a case starts from: units with their sheets and projects.
type records struct {
	year  int
	units []check.UnitRecords
	// department is the unit that the tables are of; the first where empty.
	department budget.Unit
	catalogue  budget.Lexicon
	mappings   []model.EconomicMapping
}

// input assembles the tables of the records as a program would and gives all that
// the rules read.
func (r *records) input(t testing.TB) check.Input {
	t.Helper()
	set, err := budget.LoadSet(model.DefaultSetKey)
	if err != nil {
		t.Fatal(err)
	}
	own := budget.Lexicon{}
	var facts []model.Fact
	var byProject []budget.ProjectSum
	var units []budget.Unit
	for i := range r.units {
		u := &r.units[i]
		units = append(units, u.Unit)
		owner := budget.Owner{Year: r.year, Path: u.Path, Kind: u.Kind}
		if u.Sheet != nil {
			own.AddSheet(u.Sheet)
			facts = append(facts, budget.SheetFacts(owner, u.Sheet, model.RecordVersion{ID: 1})...)
		}
		for j := range u.Projects {
			p := &u.Projects[j]
			for _, f := range budget.ProjectFacts(owner, p, model.RecordVersion{ID: 1}) {
				facts = append(facts, f)
				byProject = append(byProject, budget.ProjectSum{Fact: f, Name: p.Name})
			}
		}
	}
	slices.SortStableFunc(byProject, func(a, b budget.ProjectSum) int {
		return cmp.Or(cmp.Compare(a.UnitPath, b.UnitPath), cmp.Compare(a.ProjectCode, b.ProjectCode))
	})
	unit := r.department
	if unit.Code == "" {
		unit = r.units[0].Unit
	}
	names := budget.Names{Own: own, Catalogue: r.catalogue}
	byUnit := matching(facts, func(f model.Fact) *model.Fact { return &f })
	tables, err := budget.Assemble(budget.Input{
		Set: set, Year: r.year, Unit: unit, Units: units, Names: names, Sums: facts,
		ByUnit: byUnit,
		ByProject: func(w model.Predicate) iter.Seq2[budget.ProjectSum, error] {
			return matching(byProject, func(s budget.ProjectSum) *model.Fact { return &s.Fact })(w)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return check.Input{
		Filings: true,
		Year:    r.year, Unit: unit.Code, Set: set, Tables: tables, Sums: facts, ByUnit: byUnit,
		Names: names, Units: r.units, Mappings: r.mappings,
	}
}

func matching[T any](all []T, fact func(T) *model.Fact) func(model.Predicate) iter.Seq2[T, error] {
	return func(w model.Predicate) iter.Seq2[T, error] {
		return func(yield func(T, error) bool) {
			for _, one := range all {
				if w.Match(fact(one)) && !yield(one, nil) {
					return
				}
			}
		}
	}
}

func (r *records) run(t testing.TB) check.Report {
	t.Helper()
	return run(t, r.input(t))
}

func run(t testing.TB, in check.Input) check.Report {
	t.Helper()
	report, err := check.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// grids gives the tables of an input as grids that a case may edit.
func grids(t testing.TB, in check.Input) []*check.Grid {
	t.Helper()
	var all []*check.Grid
	for _, table := range in.Tables {
		g, err := check.NewGrid(table)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, g)
	}
	return all
}

// outcome gives how a rule fared: fail where any finding says so, else its rows.
func outcome(report check.Report, rule string) check.Outcome {
	got := check.Outcome("")
	for _, f := range report.Findings {
		if f.Rule == rule && f.Outcome == check.Fail {
			return check.Fail
		}
		if f.Rule == rule && got == "" {
			got = f.Outcome
		}
	}
	return got
}

// readPackage reads a data package into the records of its unit.
func readPackage(t testing.TB, path string) check.UnitRecords {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("案例文件不在：%v", err)
	}
	var p struct {
		Unit       model.UnitHeader
		Functions  []model.FunctionName
		Revenues   []model.RevenueLine
		BasicLines []model.BasicLine
		Projects   []model.ProjectContent
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	for i := range p.BasicLines {
		p.BasicLines[i].Source = cmp.Or(p.BasicLines[i].Source, model.CurrentYear)
	}
	for i := range p.Projects {
		for j := range p.Projects[i].Budget {
			p.Projects[i].Budget[j].Source = cmp.Or(p.Projects[i].Budget[j].Source, model.CurrentYear)
		}
	}
	return check.UnitRecords{
		Unit:     budget.Unit{Path: unitPath(p.Unit), Code: p.Unit.Code, Name: p.Unit.Name, Kind: p.Unit.Kind},
		Sheet:    &model.SheetContent{Unit: p.Unit, Functions: p.Functions, Revenues: p.Revenues, BasicLines: p.BasicLines},
		Projects: p.Projects,
	}
}

func unitPath(u model.UnitHeader) string {
	path := model.RegionPath(model.DefaultRegionCode)
	if u.ParentCode != "" {
		path = model.ChildPath(path, u.ParentCode)
	}
	return model.ChildPath(path, u.Code)
}

// catalogueFiles are the code lists that the program comes with.
var catalogueFiles = map[string]model.CatalogueKind{
	"functional.csv":          model.FunctionalCatalogue,
	"department_economic.csv": model.DepartmentEconomicCatalogue,
	"government_economic.csv": model.GovernmentEconomicCatalogue,
	"revenue.csv":             model.RevenueCatalogue,
}

func catalogue(t testing.TB) (budget.Lexicon, []model.EconomicMapping) {
	t.Helper()
	names := budget.Lexicon{}
	var mappings []model.EconomicMapping
	for file, kind := range catalogueFiles {
		for _, row := range readCSV(t, filepath.Join("..", "..", "model", "catalogue", "data", file))[1:] {
			names.Add(kind, row[0], row[1])
			if kind != model.DepartmentEconomicCatalogue {
				continue
			}
			for i, unitKind := range []model.UnitKind{model.Administrative, model.PublicInstitution} {
				mappings = append(mappings, model.EconomicMapping{
					UnitKind: unitKind, DepartmentCode: row[0], GovernmentCode: row[4+i], Confidence: row[7],
				})
			}
		}
	}
	return names, mappings
}

func readCSV(t testing.TB, path string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("案例文件不在：%v", err)
	}
	r := csv.NewReader(strings.NewReader(string(raw)))
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// reference is the published case of 2023.
func reference(t testing.TB) *records {
	t.Helper()
	r := &records{year: 2023, units: []check.UnitRecords{
		readPackage(t, filepath.Join("..", "..", "..", "shared", "reference", "hr-2023", "package.json")),
	}}
	r.catalogue, r.mappings = catalogue(t)
	return r
}

// demo is the department of 2024 with its two units, all five fund kinds and
// carry-over in each.
func demo(t testing.TB) *records {
	t.Helper()
	r := &records{year: 2024}
	for _, name := range []string{"dept-701-2024", "unit-701001-2024", "unit-701002-2024"} {
		r.units = append(r.units, readPackage(t, filepath.Join("..", "..", "scripts", "demo", name+".json")))
	}
	r.department = r.units[0].Unit
	r.catalogue, r.mappings = catalogue(t)
	return r
}

// alone gives one of the demonstration's units with its own tables.
func alone(t testing.TB, i int) *records {
	t.Helper()
	r := demo(t)
	r.units = r.units[i : i+1]
	r.department = budget.Unit{}
	return r
}

func (r *records) unitList() (units []budget.Unit) {
	for _, u := range r.units {
		units = append(units, u.Unit)
	}
	return units
}
