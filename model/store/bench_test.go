package store_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
)

// benchUnits is the number of units in benchmarks; BIAOCHI_TEST_UNITS=10000 makes
// the size of a prefecture, about 1.3 million facts.
func benchUnits(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("BIAOCHI_TEST_UNITS"))
	if err != nil {
		n = 500
	}
	b.Logf("%d units", n)
	return n
}

// BenchmarkFacts times what tables ask, on each engine. "plain" is the same SQL run
// by hand, "unaided" the same without saying which index to use.
func BenchmarkFacts(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "bench.db")
		benchFacts(b, "sqlite:"+path, "sqlite", "file:"+path+"?_pragma=cache_size(-16384)&_pragma=temp_store(MEMORY)")
	})
	b.Run("mysql", func(b *testing.B) {
		url := storetest.MySQLURL(b)
		benchFacts(b, url, "mysql", url[len("mysql:"):])
	})
}

func benchFacts(b *testing.B, url, driver, dsn string) {
	s, err := store.Open(b.Context(), url, store.Options{Synchronous: "NORMAL"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	units := benchUnits(b)
	start := time.Now()
	fillFacts(b, s, units)
	b.Logf("%d units with their contents and facts took %v", units, time.Since(start))
	plain, err := sql.Open(driver, dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = plain.Close() }()
	if driver == "mysql" {
		_, err = plain.Exec("ANALYZE TABLE facts")
	}
	if err != nil {
		b.Fatal(err)
	}
	q := store.FactQuery{Scope: store.Everything(), Year: 2024, State: model.StateInitial, Root: region, Below: true}
	all := model.Predicate{}
	const everywhere = "f.unit_path >= '000000000/' AND f.unit_path < '0000000000'"
	byKey, bySums := "facts f INDEXED BY sqlite_autoindex_facts_1", "facts f INDEXED BY facts_sums"
	if driver == "mysql" {
		byKey, bySums = "facts f FORCE INDEX (PRIMARY)", "facts f FORCE INDEX (facts_sums)"
	}
	b.Run("region/unaided", func(b *testing.B) { runPlain(b, plain, "facts f", everywhere) })
	b.Run("region/plain", func(b *testing.B) { runPlain(b, plain, bySums, everywhere) })
	b.Run("region/sum", func(b *testing.B) { runSum(b, s, q, all) })
	b.Run("region/budget", func(b *testing.B) { runSum(b, s, q, model.Predicate{Measure: model.MeasureBudget}) })
	b.Run("region/by-unit", func(b *testing.B) {
		runStream(b, s, func(tx *store.Tx) int {
			return count(b, tx.SumFactsByUnit(q, model.Predicate{Measure: model.MeasureBudget}))
		})
	})
	b.Run("region/by-project", func(b *testing.B) {
		runStream(b, s, func(tx *store.Tx) int {
			return count(b, tx.SumFactsByProject(q, model.Predicate{Measure: model.MeasureBudget}))
		})
	})
	q.Root = region + "701/"
	b.Run("department/plain", func(b *testing.B) {
		runPlain(b, plain, byKey, "f.unit_path >= '000000000/701/' AND f.unit_path < '000000000/7010'")
	})
	b.Run("department/sum", func(b *testing.B) { runSum(b, s, q, all) })
	q.Root, q.Below = region+"701/701001/", false
	b.Run("unit/plain", func(b *testing.B) { runPlain(b, plain, byKey, "f.unit_path = '000000000/701/701001/'") })
	b.Run("unit/sum", func(b *testing.B) { runSum(b, s, q, all) })
	b.Run("unit/facts", func(b *testing.B) {
		runStream(b, s, func(tx *store.Tx) int { return count(b, tx.Facts(q, all)) })
	})
}

func count[T any](b *testing.B, items func(func(T, error) bool)) (n int) {
	for _, err := range items {
		if err != nil {
			b.Fatal(err)
		}
		n++
	}
	return n
}

func runStream(b *testing.B, s *store.Store, run func(tx *store.Tx) int) {
	rows := 0
	for b.Loop() {
		if err := s.Read(b.Context(), func(tx *store.Tx) error { rows = run(tx); return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows), "rows")
}

func runSum(b *testing.B, s *store.Store, q store.FactQuery, p model.Predicate) {
	runStream(b, s, func(tx *store.Tx) int {
		sums, err := tx.SumFacts(q, p)
		if err != nil {
			b.Fatal(err)
		}
		return len(sums)
	})
}

func runPlain(b *testing.B, db *sql.DB, table, units string) {
	const columns = "f.function_code, f.department_economic_code, f.item_code, f.government_economic_code, " +
		"f.fund_kind, f.measure, f.source, f.expenditure, f.cost_kind, f.procurement_kind, f.unit_kind"
	n := 0
	for b.Loop() {
		rows, err := db.Query("SELECT " + columns + ", SUM(f.amount) FROM " + table + " WHERE f.year = 2024 AND " + units +
			" AND f.in_initial = 1 GROUP BY " + columns)
		if err != nil {
			b.Fatal(err)
		}
		var text [4]string
		var number [8]int64
		for n = 0; rows.Next(); n++ {
			if err := rows.Scan(&text[0], &text[1], &text[2], &text[3], &number[0], &number[1], &number[2], &number[3],
				&number[4], &number[5], &number[6], &number[7]); err != nil {
				b.Fatal(err)
			}
		}
		if err := rows.Err(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n), "rows")
}

// fillFacts gives each unit fifty projects and a basic sheet of 25 lines: 130
// facts. Twenty units make a department; a tenth of the facts is of another year.
func fillFacts(b *testing.B, s *store.Store, units int) {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 1))
	var functions, economic []string
	for i := range 120 {
		functions = append(functions, fmt.Sprintf("2%02d%02d%02d", i%25, i%7, i%11))
	}
	for i := range 60 {
		economic = append(economic, fmt.Sprintf("30%d%02d", 1+i%3, i/3))
	}
	for first := 0; first < units; first += 100 {
		var tree []model.BudgetUnit
		contents := map[model.ID]*model.ProjectContent{}
		var facts []model.Fact
		for unit := first; unit < min(first+100, units); unit++ {
			facts = append(facts, unitFacts(rng, s, unit, functions, economic, contents)...)
			tree = append(tree, model.BudgetUnit{RegionCode: "000000000", Code: fmt.Sprint(unit), Path: facts[len(facts)-1].UnitPath})
		}
		if err := s.InTx(b.Context(), func(tx *store.Tx) error {
			for i := range tree {
				if err := tx.AddUnit(&tree[i]); err != nil {
					return err
				}
			}
			if err := tx.SaveProjectContents(contents); err != nil {
				return err
			}
			return tx.AddFacts(facts)
		}); err != nil {
			b.Fatal(err)
		}
	}
}

func unitFacts(rng *rand.Rand, s *store.Store, unit int, functions, economic []string, contents map[model.ID]*model.ProjectContent) []model.Fact {
	department := 701 + unit/20
	own := functions[department*7%114:][:6] // a unit has few functions
	base := model.Fact{Year: 2024 - unit%10/9, UnitPath: fmt.Sprintf("%s%d/%d%03d/", region, department, department, 1+unit%20),
		UnitKind: model.UnitKinds[unit%3], Counts: model.Counts{InDraft: true, InInitial: true, InAdjusted: true}}
	var facts []model.Fact
	add := func(f model.Fact, id model.ID, seq int) {
		f.Amount, f.Origin = model.Money(rng.Int64N(1e10)), model.Origin{VersionID: id, Seq: seq}
		facts = append(facts, f)
	}
	for project := range 50 {
		f, id := base, s.NextID()
		f.Measure, f.Expenditure, f.ProjectCode = model.MeasureBudget, model.ProjectExpenditure, fmt.Sprintf("P%03d", project)
		f.FundKind, f.Source, f.FunctionCode = model.FundKinds[rng.IntN(5)], model.Sources[rng.IntN(2)], own[rng.IntN(6)]
		contents[id] = &model.ProjectContent{Code: f.ProjectCode, Name: "项目" + f.ProjectCode + "经费"}
		add(f, id, 1)
		if project < 30 {
			f.Measure, f.DepartmentEconomicCode, f.Source = model.MeasureEconomic, economic[rng.IntN(20)], model.CurrentYear
			add(f, id, 2)
		}
	}
	sheet := s.NextID()
	for line := range 25 {
		f := base
		f.Expenditure, f.FundKind, f.Source = model.BasicExpenditure, model.GeneralPublicBudget, model.CurrentYear
		f.CostKind, f.FunctionCode = model.CostKinds[rng.IntN(2)], own[rng.IntN(6)]
		f.DepartmentEconomicCode, f.GovernmentEconomicCode = economic[line], "505"+economic[line][3:]
		f.Measure = model.MeasureBudget
		add(f, sheet, 2*line+1)
		f.Measure = model.MeasureEconomic
		add(f, sheet, 2*line+2)
	}
	return facts
}

// BenchmarkProjectContents times saving and loading three hundred filings.
func BenchmarkProjectContents(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchContents(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db")) })
	b.Run("mysql", func(b *testing.B) { benchContents(b, storetest.MySQLURL(b)) })
}

func benchContents(b *testing.B, url string) {
	s, err := store.Open(b.Context(), url, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	r := random{rand.New(rand.NewPCG(7, 8))}
	contents := map[model.ID]*model.ProjectContent{}
	var ids []model.ID
	for range 300 {
		id := s.NextID()
		ids, contents[id] = append(ids, id), r.project()
	}
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			if err := s.InTx(b.Context(), func(tx *store.Tx) error { return tx.SaveProjectContents(contents) }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		runStream(b, s, func(tx *store.Tx) int {
			got, err := tx.ProjectContents(ids)
			if err != nil {
				b.Fatal(err)
			}
			return len(got)
		})
	})
}
