package publication_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
	"biaochi/service/publication"
)

const reference = "../../../shared/reference/hr-2023"

// The reference case's thirteen published tables, cell for cell.
func TestReferenceTables(t *testing.T) {
	p := readPackage(t, reference+"/package.json")
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s := openStore(t, url)
		bringIn(t, s, p)
		view(t, s, publication.Query{Unit: "602", Year: 2023}, func(b *publication.Book) {
			got := shown(t, b)
			for _, table := range b.Tables {
				want := published(t, filepath.Join(reference, "tables", table.Def.Stem()+".csv"))
				var heading []string
				for i := range table.Def.Columns {
					heading = append(heading, table.Heading(i))
				}
				compare(t, table.Def.Key, append([][]string{heading}, got[table.Def.Key]...), want)
			}
		})
	})
}

func published(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func compare(t *testing.T, table string, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d rows, want %d", table, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s row %d:\n got %q\nwant %q", table, i, got[i], want[i])
		}
	}
}

// Random departments with units of every kind, every fund kind, carry-over, 分 and
// tails: each unit's and the department's tables equal a brute-force calculation.
func TestTablesEqualBruteForce(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			storetest.EachEngine(t, func(t *testing.T, url string) {
				s := openStore(t, url)
				packages := department(seed)
				bringIn(t, s, packages...)
				for _, p := range packages {
					sameAsBrute(t, s, publication.Query{Unit: p.Unit.Code, Year: p.Year}, []*exchange.Package{p})
				}
				sameAsBrute(t, s, publication.Query{Unit: packages[0].Unit.Code, Year: packages[0].Year, Department: true}, packages)
			})
		})
	}
}

// department makes a department with three units; odd seeds have units without
// projects or basic lines.
func department(seed uint64) []*exchange.Package {
	r := seeded(seed)
	packages := []*exchange.Package{exchangetest.Random(r, exchangetest.Options{UnitCode: "801", Year: 2025})}
	for i := range 3 {
		o := exchangetest.Options{UnitCode: fmt.Sprintf("80100%d", i+1), ParentCode: "801", Year: 2025, Kind: model.UnitKinds[i]}
		if seed%2 == 1 && i == 1 {
			o.Projects = exchangetest.None
		}
		if seed%2 == 1 && i == 2 {
			o.BasicLines = exchangetest.None
		}
		packages = append(packages, exchangetest.Random(r, o))
	}
	return packages
}

func sameAsBrute(t *testing.T, s *store.Store, q publication.Query, packages []*exchange.Package) {
	t.Helper()
	names, classes := bruteNames(t, packages)
	b := &brute{packages: packages, unit: packages[0].Unit.Name, names: names, classes: classes}
	want := b.tables()
	view(t, s, q, func(book *publication.Book) {
		for key, got := range shown(t, book) {
			compare(t, fmt.Sprintf("%s department=%v %s", q.Unit, q.Department, key), got, want[key])
		}
	})
}
