package disclosure_test

import (
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
)

// pack is a data package as far as tables need it.
type pack struct {
	Year int
	Unit model.UnitHeader
	model.SheetContent
	Functions  []model.FunctionName
	Revenues   []model.RevenueLine
	BasicLines []model.BasicLine
	Projects   []model.ProjectContent
}

func readPack(t testing.TB, path string) pack {
	t.Helper()
	raw, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	var p pack
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	for i := range p.BasicLines {
		if p.BasicLines[i].Source == "" {
			p.BasicLines[i].Source = model.CurrentYear
		}
	}
	for _, project := range p.Projects {
		for i := range project.Budget {
			if project.Budget[i].Source == "" {
				project.Budget[i].Source = model.CurrentYear
			}
		}
	}
	return p
}

// assemble makes the tables of the packages' units together; the first names them.
func assemble(t testing.TB, paths ...string) []*budget.Table {
	t.Helper()
	var packs []pack
	for _, path := range paths {
		packs = append(packs, readPack(t, path))
	}
	return assembled(t, inputOf(t, packs...))
}

// inputOf is what the tables of the packages' units are made from.
func inputOf(t testing.TB, packs ...pack) budget.Input {
	t.Helper()
	in := budget.Input{Names: budget.Names{Own: budget.Lexicon{}, Catalogue: catalogue(t)}}
	var projects []budget.ProjectSum
	for i, p := range packs {
		u := unitOf(p)
		if i == 0 {
			in.Year, in.Unit = p.Year, u
		}
		in.Units = append(in.Units, u)
		owner := budget.Owner{Year: p.Year, Path: u.Path, Kind: u.Kind}
		sheet := p.sheet()
		in.Names.Own.AddSheet(sheet)
		in.Sums = append(in.Sums, budget.SheetFacts(owner, sheet, model.RecordVersion{})...)
		for _, project := range byCode(p.Projects) {
			for _, f := range budget.ProjectFacts(owner, &project, model.RecordVersion{}) {
				in.Sums = append(in.Sums, f)
				projects = append(projects, budget.ProjectSum{Fact: f, Name: project.Name})
			}
		}
	}
	in.ByUnit = func(where model.Predicate) iter.Seq2[model.Fact, error] {
		return matching(in.Sums, func(f *model.Fact) bool { return where.Match(f) })
	}
	in.ByProject = func(where model.Predicate) iter.Seq2[budget.ProjectSum, error] {
		return matching(projects, func(p *budget.ProjectSum) bool { return where.Match(&p.Fact) })
	}
	return in
}

func unitOf(p pack) budget.Unit {
	return budget.Unit{Path: unitPath(p.Unit), Code: p.Unit.Code, Name: p.Unit.Name, Kind: p.Unit.Kind}
}

// sheet is the package's sheet with what the package keeps beside it.
func (p pack) sheet() *model.SheetContent {
	sheet := p.SheetContent
	sheet.Unit, sheet.Functions, sheet.Revenues, sheet.BasicLines = p.Unit, p.Functions, p.Revenues, p.BasicLines
	return &sheet
}

func byCode(projects []model.ProjectContent) []model.ProjectContent {
	return slices.SortedFunc(slices.Values(projects), func(a, b model.ProjectContent) int { return strings.Compare(a.Code, b.Code) })
}

func assembled(t testing.TB, in budget.Input) []*budget.Table {
	t.Helper()
	return assembledAs(t, "shanxi", in)
}

func assembledAs(t testing.TB, key string, in budget.Input) []*budget.Table {
	t.Helper()
	set, err := budget.LoadSet(key)
	if err != nil {
		t.Fatal(err)
	}
	in.Set = set
	tables, err := budget.Assemble(in)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func unitPath(u model.UnitHeader) string {
	if u.ParentCode == "" {
		return "000000000/" + u.Code + "/"
	}
	return "000000000/" + u.ParentCode + "/" + u.Code + "/"
}

func matching[T any](all []T, match func(*T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for i := range all {
			if match(&all[i]) && !yield(all[i], nil) {
				return
			}
		}
	}
}

func catalogue(t testing.TB) budget.Lexicon {
	t.Helper()
	names := budget.Lexicon{}
	for kind, file := range map[model.CatalogueKind]string{
		model.FunctionalCatalogue:         "functional.csv",
		model.DepartmentEconomicCatalogue: "department_economic.csv",
		model.GovernmentEconomicCatalogue: "government_economic.csv",
		model.RevenueCatalogue:            "revenue.csv",
	} {
		f, err := os.Open(filepath.Join("../../model/catalogue/data", file))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			names.Add(kind, row[0], row[1])
		}
	}
	return names
}

const (
	referenceDir = "../../../shared/reference/hr-2023"
	demoDir      = "../../scripts/demo"
)

// demo gives the tables of the demo unit, which the repository always has.
func demo(t testing.TB) []*budget.Table { return assemble(t, demoDir+"/hr-2023.json") }

// department gives the tables of a department of three units.
func department(t testing.TB) []*budget.Table {
	return assemble(t, demoDir+"/dept-701-2024.json", demoDir+"/unit-701001-2024.json", demoDir+"/unit-701002-2024.json")
}

// empty gives the tables of a unit without records.
func empty(t testing.TB) []*budget.Table {
	unit := budget.Unit{Path: "000000000/1/", Code: "1", Name: "无记录单位", Kind: model.PublicInstitution}
	none := budget.Input{Year: 2024, Unit: unit, Units: []budget.Unit{unit}, Names: budget.Names{Own: budget.Lexicon{}, Catalogue: catalogue(t)}}
	none.ByUnit = func(model.Predicate) iter.Seq2[model.Fact, error] { return matching[model.Fact](nil, nil) }
	none.ByProject = func(model.Predicate) iter.Seq2[budget.ProjectSum, error] {
		return matching[budget.ProjectSum](nil, nil)
	}
	return assembled(t, none)
}
