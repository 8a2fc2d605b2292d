package publication_test

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/catalogue"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/service/exchange"
	"biaochi/service/publication"
)

// openStore opens an empty database and closes it after the test.
func openStore(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// clock begins a new day of work.
func clock() func() time.Time {
	return storetest.Clock(time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC))
}

// bringIn imports packages as approved.
func bringIn(t testing.TB, s *store.Store, packages ...*exchange.Package) {
	t.Helper()
	service := exchange.NewService(s, clock())
	for _, p := range packages {
		opts := exchange.ImportOptions{Approved: true, Reason: "测试", Actor: "test"}
		if _, err := service.Import(t.Context(), p, opts); err != nil {
			t.Fatal(err)
		}
	}
}

func readPackage(t testing.TB, path string) *exchange.Package {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the reference case is not beside the project: %v", err)
	}
	defer f.Close()
	p, err := exchange.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// view opens a unit's tables.
func view(t testing.TB, s *store.Store, q publication.Query, fn func(*publication.Book)) {
	t.Helper()
	q.Scope = store.Everything()
	err := publication.NewService(s, "").View(context.Background(), q, func(b *publication.Book) error {
		fn(b)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shown gives a book's tables as the cells that are published.
func shown(t testing.TB, b *publication.Book) map[string][][]string {
	t.Helper()
	tables := map[string][][]string{}
	for _, table := range b.Tables {
		rows, err := table.Collect()
		if err != nil {
			t.Fatal(err)
		}
		cells := [][]string{}
		for _, row := range rows {
			line := make([]string, len(row.Cells))
			for i, c := range row.Cells {
				line[i] = c.Shown()
			}
			cells = append(cells, line)
		}
		tables[table.Def.Key] = cells
	}
	return tables
}

// baseline gives the names of the baseline catalogues and the thirty 类.
func baseline(t testing.TB) (names map[model.CatalogueKind]map[string]string, classes []string) {
	t.Helper()
	entries, _, err := catalogue.Baseline()
	if err != nil {
		t.Fatal(err)
	}
	names = map[model.CatalogueKind]map[string]string{}
	for _, e := range entries {
		if names[e.Kind] == nil {
			names[e.Kind] = map[string]string{}
		}
		names[e.Kind][e.Code] = e.Name
		if e.Kind == model.FunctionalCatalogue && len(e.Code) == 3 {
			classes = append(classes, e.Code)
		}
	}
	return names, classes
}

// bruteNames names codes as the published unit's own package does, else the
// catalogue, else any package below.
func bruteNames(t testing.TB, packages []*exchange.Package) (func(model.CatalogueKind, string) string, []string) {
	known, classes := baseline(t)
	return func(kind model.CatalogueKind, code string) string {
		if name := packageName(packages[0], kind, code); name != "" {
			return name
		}
		if name := known[kind][code]; name != "" {
			return name
		}
		for _, p := range packages[1:] {
			if name := packageName(p, kind, code); name != "" {
				return name
			}
		}
		return ""
	}, classes
}

func packageName(p *exchange.Package, kind model.CatalogueKind, code string) string {
	switch kind {
	case model.FunctionalCatalogue:
		for _, f := range p.Functions {
			if f.Code == code {
				return f.Name
			}
		}
	case model.DepartmentEconomicCatalogue:
		for _, l := range p.BasicLines {
			if l.DepartmentEconomicCode == code && l.DepartmentEconomicName != "" {
				return l.DepartmentEconomicName
			}
		}
	case model.GovernmentEconomicCatalogue:
		for _, l := range p.BasicLines {
			if l.GovernmentEconomicCode == code && l.GovernmentEconomicName != "" {
				return l.GovernmentEconomicName
			}
		}
	case model.RevenueCatalogue:
		for _, r := range p.Revenues {
			for _, c := range r.Codes {
				if c.Code == code && c.Name != "" {
					return c.Name
				}
			}
		}
	}
	return ""
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// tamper changes a database behind the program's back.
func tamper(t testing.TB, url, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(url, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
