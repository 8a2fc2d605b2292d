package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"biaochi/model"
	"biaochi/model/migration"
	"biaochi/model/store/storetest"
)

// liveModels are the types that the store reads and writes tables by.
var liveModels = []any{
	&model.Region{}, &model.BudgetUnit{}, &model.BudgetYear{}, &model.CatalogueEntry{}, &model.EconomicMapping{},
	&model.Record{}, &model.RecordVersion{}, &model.Approval{}, &model.Event{},
	&projectRow{}, &formRow{}, &formFundRow{}, &budgetRow{}, &economicRow{}, &indicatorRow{}, &targetRow{}, &procurementRow{},
	&sheetRow{}, &functionRow{}, &revenueRow{}, &revenueCodeRow{}, &basicRow{}, &priorRow{}, &serviceRow{}, &factRow{},
}

// TestSchemaIsThatOfTheModels sees that a migrated database has the tables and
// columns of the live models, with the same keys, and no others.
func TestSchemaIsThatOfTheModels(t *testing.T) {
	eachInside(t, func(t *testing.T, s *Store) {
		tables := []string{"goose_db_version", "goose_lock", "sqlite_sequence"}
		for _, live := range liveModels {
			parsed, err := schema.Parse(live, &sync.Map{}, s.write.NamingStrategy)
			if err != nil {
				t.Fatal(err)
			}
			tables = append(tables, parsed.Table)
			compareColumns(t, s, parsed)
		}
		all, err := s.write.Migrator().GetTables()
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range all {
			if !slices.Contains(tables, table) {
				t.Errorf("no model for table %s", table)
			}
		}
	})
}

// eachInside is what tests from outside call eachStore.
func eachInside(t *testing.T, test func(t *testing.T, s *Store)) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s, err := Open(t.Context(), url, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		test(t, s)
	})
}

// columnQueries ask the engine itself: GORM reads the text of CREATE TABLE on
// SQLite, and not all of it.
var columnQueries = map[string]string{
	migration.SQLite: `SELECT name, "notnull" = 0 AS nullable, pk > 0 AS is_key FROM pragma_table_info(?)`,
	migration.MySQL: "SELECT column_name AS name, is_nullable = 'YES' AS nullable, column_key = 'PRI' AS is_key " +
		"FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?",
}

func compareColumns(t *testing.T, s *Store, live *schema.Schema) {
	t.Helper()
	var found []struct {
		Name            string
		Nullable, IsKey bool
	}
	if err := s.write.Raw(columnQueries[s.dialect], live.Table).Scan(&found).Error; err != nil {
		t.Fatal(err)
	}
	var columns, keys []string
	for _, column := range found {
		columns = append(columns, column.Name)
		if column.IsKey {
			keys = append(keys, column.Name)
		}
		field := live.LookUpField(column.Name)
		if field != nil && column.Nullable != (field.FieldType.Kind() == reflect.Pointer) {
			t.Errorf("%s.%s may be NULL: %v", live.Table, column.Name, column.Nullable)
		}
	}
	compareSets(t, live.Table+" columns", columns, live.DBNames)
	compareSets(t, live.Table+" keys", keys, live.PrimaryFieldDBNames)
}

// TestMySQLKeepsTheChineseTerms sees that every table and column of ours says what
// it is to people who look at the database with other tools.
func TestMySQLKeepsTheChineseTerms(t *testing.T) {
	s, err := Open(t.Context(), storetest.MySQLURL(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var silent []string
	err = s.read.Raw("SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns " +
		"WHERE table_schema = DATABASE() AND column_comment = '' AND table_name NOT LIKE 'goose%' UNION ALL " +
		"SELECT table_name FROM information_schema.tables " +
		"WHERE table_schema = DATABASE() AND table_comment = '' AND table_name NOT LIKE 'goose%'").Scan(&silent).Error
	if err != nil || len(silent) > 0 {
		t.Errorf("without comment: %v %v", silent, err)
	}
}

func compareSets(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s, err := Open(t.Context(), url, Options{})
		if err != nil {
			t.Fatal(err)
		}
		err = s.write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)").Error
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		_, err = Open(t.Context(), url, Options{})
		if model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), "999") {
			t.Errorf("got %v", err)
		}
	})
}

// TestPlans sees that SQLite reads the stretch of facts that a query needs and no
// more, whatever it groups by, and sorts where that is the plan.
func TestPlans(t *testing.T) {
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plans.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	below := FactQuery{Scope: Everything(), Year: 2023, State: model.StateDraft, Root: "000000000/701/", Below: true}
	exactly := below
	exactly.Below = false
	for _, c := range []struct {
		query      FactQuery
		path, tail string
		want       string
	}{
		{below, ordered, "GROUP BY " + groupColumns, "SEARCH f USING PRIMARY KEY (year=? AND unit_path>? AND unit_path<?); USE TEMP B-TREE FOR GROUP BY"},
		{exactly, ordered, "GROUP BY " + groupColumns, "SEARCH f USING PRIMARY KEY (year=? AND unit_path=?); USE TEMP B-TREE FOR GROUP BY"},
		{below, grouped, "GROUP BY " + groupColumns, "SEARCH f USING COVERING INDEX facts_sums (year=? AND function_code>? AND function_code<?)"},
		{below, ordered, "ORDER BY f.unit_path, f.project_code, f.version_id, f.seq", "SEARCH f USING PRIMARY KEY (year=? AND unit_path>? AND unit_path<?)"},
	} {
		where := model.Predicate{Measure: model.MeasureBudget, Function: "208"}
		text, args := (&Tx{store: s}).factSQL(c.query, where, c.path, "EXPLAIN QUERY PLAN SELECT SUM(f.amount)", "", c.tail)
		if strings.HasPrefix(c.tail, "ORDER") {
			text = strings.Replace(text, "SUM(f.amount)", "f.*", 1)
		}
		var plan []struct{ Detail string }
		if err := s.read.Raw(text, args...).Scan(&plan).Error; err != nil {
			t.Fatal(err)
		}
		var steps []string
		for _, step := range plan {
			steps = append(steps, step.Detail)
		}
		if got := strings.Join(steps, "; "); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestWideSumsAreNotSorted sees which sums read the facts in the order of the sums.
func TestWideSumsAreNotSorted(t *testing.T) {
	eachInside(t, func(t *testing.T, s *Store) {
		err := s.InTx(t.Context(), func(tx *Tx) error {
			for i := range 1500 {
				path := fmt.Sprintf("000000000/%d/%d/", i/120, i) // twelve departments of 120 units and one of 60
				unit := model.BudgetUnit{RegionCode: "000000000", Code: fmt.Sprint(i), Path: path}
				if err := tx.AddUnit(&unit); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			query FactQuery
			want  string
		}{
			{FactQuery{Scope: Everything(), Root: "000000000/", Below: true}, grouped},
			{FactQuery{Scope: Everything(), Below: true}, grouped},
			{FactQuery{Scope: Subtrees("000000000/1/", "000000000/2/"), Below: true}, grouped},
			{FactQuery{Scope: Everything(), Root: "000000000/1/", Below: true}, ordered},
			{FactQuery{Scope: Subtrees("000000000/1/"), Root: "000000000/", Below: true}, ordered},
			{FactQuery{Scope: Everything(), Root: "000000000/"}, ordered},
			{FactQuery{Below: true}, ordered},
		} {
			err := s.Read(t.Context(), func(tx *Tx) error {
				got, err := tx.sumPath(c.query)
				if got != c.want {
					t.Errorf("%+v: got %s, want %s", c.query, got, c.want)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}
