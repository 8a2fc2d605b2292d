package budget_test

import (
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
)

func shanxi(t *testing.T) *budget.Set {
	t.Helper()
	set, err := budget.LoadSet("shanxi")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestThirteenTablesInOrder(t *testing.T) {
	set := shanxi(t)
	keys := map[string]bool{}
	for i, def := range set.Tables {
		if def.Number != i+1 || keys[def.Key] || def.Title == "" || def.Note == "" || def.File == "" {
			t.Errorf("table %d: %+v", i+1, def.Key)
		}
		keys[def.Key] = true
	}
	if len(set.Tables) != 13 {
		t.Errorf("%d tables", len(set.Tables))
	}
}

// The printed head covers every column of every head row exactly once.
func TestHeadsFitTheirColumns(t *testing.T) {
	for _, def := range shanxi(t).Tables {
		covered := make([][]bool, len(def.Head))
		for i := range covered {
			covered[i] = make([]bool, len(def.Columns))
		}
		for i, row := range def.Head {
			for _, cell := range row {
				column := slices.Index(covered[i], false)
				for r := range max(cell.Rowspan, 1) {
					for c := range max(cell.Colspan, 1) {
						if i+r >= len(covered) || column+c >= len(def.Columns) || covered[i+r][column+c] {
							t.Fatalf("table %s: head cell %q does not fit", def.Key, cell.Text)
						}
						covered[i+r][column+c] = true
					}
				}
			}
		}
		for i, row := range covered {
			if slices.Contains(row, false) {
				t.Errorf("table %s: head row %d leaves a gap", def.Key, i+1)
			}
		}
		if n := len(def.NumberRow); n != 0 && n != len(def.Columns) {
			t.Errorf("table %s: %d column numbers", def.Key, n)
		}
	}
}

// Enumerations in the data are known: a misspelt one would match nothing, silently.
func TestPredicatesOfTheSetUseKnownWords(t *testing.T) {
	for _, def := range shanxi(t).Tables {
		where := []model.Predicate{def.Where}
		for _, c := range def.Columns {
			where = append(where, c.Where)
		}
		for _, i := range def.Rows.Items {
			where = append(where, i.Where)
		}
		for _, p := range where {
			known(t, def.Key, model.Measures, p.Measure)
			known(t, def.Key, model.Expenditures, p.Expenditure)
			known(t, def.Key, model.Sources, p.Source)
			known(t, def.Key, model.CostKinds, p.CostKind)
			for _, k := range p.FundKinds {
				known(t, def.Key, model.FundKinds, k)
			}
			for _, k := range p.UnitKinds {
				known(t, def.Key, model.UnitKinds, k)
			}
		}
	}
}

func known[T ~string](t *testing.T, table string, values []T, value T) {
	t.Helper()
	if value != "" && !slices.Contains(values, value) {
		t.Errorf("table %s: unknown word %q", table, value)
	}
}

func TestUnknownSet(t *testing.T) {
	if _, err := budget.LoadSet("nowhere"); model.CodeOf(err) != model.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestOrdinals(t *testing.T) {
	for n, want := range map[int]string{1: "一", 8: "八", 10: "十", 12: "十二", 20: "二十", 21: "二十一", 30: "三十", 45: "四十五"} {
		if got := budget.Ordinal(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
