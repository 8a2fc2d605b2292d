package workflow

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
)

//go:embed testdata/matrix.txt
var matrixText string

// block is one position of the matrix: for each action the people who may.
type block struct {
	columns []string
	rows    map[string][]string
}

// TestMatrix asserts every cell: where a filing or a whole-unit target stands × what
// is done × by whom.
// A cell says what the machine and the rights say together, as the server asks
// them; what the machine allows, the rights must allow too.
func TestMatrix(t *testing.T) {
	rights, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	blocks := readMatrix(t)
	met := map[string]bool{}
	for _, kind := range []model.RecordKind{model.FilingRecord, model.TargetRecord} {
		for name, in := range situations(t, kind) {
			met[name] = true
			compareBlock(t, rights, name, in, blocks)
		}
	}
	for name := range blocks {
		if !met[name] {
			t.Errorf("testdata/matrix.txt has a block for %s, which no situation is", name)
		}
	}
}

func compareBlock(t *testing.T, rights *rbac.Enforcer, name string, in Situation, blocks map[string]block) {
	t.Helper()
	b, ok := blocks[name]
	if !ok {
		t.Errorf("testdata/matrix.txt has no block for %s", name)
		return
	}
	for _, action := range Actions {
		cells := b.rows[action.ZH()]
		if cells == nil {
			t.Errorf("%s: no row for %s", name, action.ZH())
			continue
		}
		for i, column := range b.columns {
			want := cells[i] == "可"
			if got := may(t, rights, in, action, column); got != want {
				t.Errorf("%s of a %s × %s × %s: may = %v, the matrix says %v", name, in.Kind, action.ZH(), column, got, want)
			}
		}
	}
}

func may(t *testing.T, rights *rbac.Enforcer, in Situation, action Action, name string) bool {
	t.Helper()
	actor := who(name, in.UnitPath)
	machine := Explain(in, actor, action) == nil
	if machine != slices.Contains(Allowed(in, actor), action) {
		t.Errorf("Allowed and Explain differ on %s by %s", action, name)
	}
	named, ok := rbac.ActionByName(action.Named(in.Kind))
	if !ok {
		t.Fatalf("%s is no named action", action.Named(in.Kind))
	}
	if machine && !rights.Decide(people[name].held, named, in.UnitPath).Allowed {
		t.Errorf("the machine lets %s do %s, the rights do not", name, named.Name)
	}
	return machine
}

func readMatrix(t *testing.T) map[string]block {
	t.Helper()
	blocks := map[string]block{}
	var columns []string
	var current string
	for line := range strings.Lines(matrixText) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
		case fields[0] == "##":
			current = fields[1]
			blocks[current] = block{columns, map[string][]string{}}
		case fields[0] == "操作":
			columns = fields[1:]
			checkColumns(t, columns)
		case len(fields) != len(columns)+1 || strings.Trim(strings.Join(fields[1:], ""), "可-") != "":
			t.Fatalf("unreadable row under %s: %s", current, line)
		default:
			blocks[current].rows[fields[0]] = fields[1:]
		}
	}
	return blocks
}

func checkColumns(t *testing.T, columns []string) {
	t.Helper()
	for name := range people {
		if !slices.Contains(columns, name) {
			t.Errorf("the matrix has no column for %s", name)
		}
	}
	if len(columns) != len(people) {
		t.Fatalf("the matrix has %d columns for %d people", len(columns), len(people))
	}
}

// TestKindsAlike: basic sheets and whole-unit targets go the same way; a sheet is
// never graded, so nothing is edited by agreement or blocked.
func TestKindsAlike(t *testing.T) {
	filings := situations(t, model.FilingRecord)
	for _, kind := range []model.RecordKind{model.SheetRecord, model.TargetRecord} {
		for name, in := range situations(t, kind) {
			for column := range people {
				actor := who(column, in.UnitPath)
				want := Allowed(filings[name], actor)
				if kind == model.SheetRecord {
					want = slices.DeleteFunc(want, func(a Action) bool { return a == EditAgreed || a == Block })
				}
				if got := Allowed(in, actor); !slices.Equal(got, want) {
					t.Errorf("%s of a %s by %s: %v, want %v", name, kind, column, got, want)
				}
			}
		}
	}
}

// TestTheMatrixReachesEveryRow: a row of the table that no cell uses is untested.
func TestTheMatrixReachesEveryRow(t *testing.T) {
	used := map[Position]map[Action]bool{}
	for _, in := range situations(t, model.FilingRecord) {
		if used[in.Position()] == nil {
			used[in.Position()] = map[Action]bool{}
		}
		for name := range people {
			for _, action := range Allowed(in, who(name, in.UnitPath)) {
				used[in.Position()][action] = true
			}
		}
	}
	for _, row := range Table {
		for _, from := range row.From {
			// In this chain only a last step grades, and the first is the unit's:
			// elsewhere nobody negotiates, nor recalls what somebody acted on.
			if !used[from][row.Action] && row.Action != EditAgreed && row.Action != Recall {
				t.Errorf("nobody in the matrix does %s at %s", row.Action, from)
			}
		}
	}
}
