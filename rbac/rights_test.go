package rbac

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/rights.txt
var rightsText string

// TestRights asserts every role × every action: testdata/rights.txt has a row for
// each action and a column for each role; a missing row or a differing cell fails.
func TestRights(t *testing.T) {
	e := newEnforcer(t)
	roles, rows := readRights(t)
	for _, action := range Actions {
		cells, ok := rows[action.Name]
		if !ok {
			t.Errorf("%s %s has no row in testdata/rights.txt", action.Name, action.ZH)
			continue
		}
		delete(rows, action.Name)
		if cells[0] != action.ZH {
			t.Errorf("%s is called %s in the table, %s in the program", action.Name, cells[0], action.ZH)
		}
		for i, role := range roles {
			if want := cells[i+1] == "可"; e.May(role, action) != want {
				t.Errorf("%s × %s: may = %v, the table says %v", role.ZH(), action.Name, !want, want)
			}
		}
	}
	for name := range rows {
		t.Errorf("testdata/rights.txt has a row for %s, which is not declared", name)
	}
}

// readRights reads the table: the roles of its head, and by action its Chinese
// name and a cell for each role, 可 or a dash.
func readRights(t *testing.T) ([]Role, map[string][]string) {
	t.Helper()
	byName := map[string]Role{}
	for role, name := range roleNames {
		byName[name] = role
	}
	var roles []Role
	rows := map[string][]string{}
	for line := range strings.Lines(rightsText) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
		case roles == nil:
			for _, name := range fields[2:] {
				roles = append(roles, byName[name])
			}
			if len(roles) != len(Roles) {
				t.Fatalf("the head names %d roles, the program %d", len(roles), len(Roles))
			}
		case len(fields) != len(roles)+2 || strings.Trim(strings.Join(fields[2:], ""), "可-") != "":
			t.Fatalf("unreadable row: %s", line)
		case rows[fields[0]] != nil:
			t.Fatalf("%s has two rows", fields[0])
		default:
			rows[fields[0]] = fields[1:]
		}
	}
	return roles, rows
}

func TestEveryActionHasARole(t *testing.T) {
	e := newEnforcer(t)
	names := map[string]string{}
	for _, action := range Actions {
		if len(e.RolesFor(action)) == 0 {
			t.Errorf("%s has no role in the policy", action.Name)
		}
		if other, ok := names[action.ZH]; ok {
			t.Errorf("%s and %s are both called %s", other, action.Name, action.ZH)
		}
		names[action.ZH] = action.Name
	}
	if len(declared) != len(Actions) {
		t.Errorf("%d names for %d actions: one is declared twice", len(declared), len(Actions))
	}
}

// TestSeparation: of the three duties none has an action of another's, and none
// has one of those who file, review, approve or publish, save reading the tree of
// units; accounts are read by two, since roles are given to accounts.
func TestSeparation(t *testing.T) {
	e := newEnforcer(t)
	shared := map[string]bool{UnitRead.Name: true, AccountRead.Name: true}
	for _, action := range Actions {
		roles := e.RolesFor(action)
		for _, role := range roles {
			if role.Installation() && len(roles) > 1 && !shared[action.Name] {
				t.Errorf("%s has %s together with %s", role.ZH(), action.Name, roleList(roles))
			}
		}
	}
}

func TestPublicAndSelfNeedNoRole(t *testing.T) {
	e := newEnforcer(t)
	for _, action := range []Action{Public, Self} {
		if !e.May("", action) || !e.Decide(nil, action, "").Allowed {
			t.Errorf("%s is refused", action.Name)
		}
		if _, ok := ActionByName(action.Name); ok {
			t.Errorf("%s is among the actions of roles", action.Name)
		}
	}
}

func TestWhatIsNotDeclaredIsRefused(t *testing.T) {
	e := newEnforcer(t)
	for _, action := range []Action{{}, {Name: "filing.erase"}, {Name: "Filing.read"}} {
		for _, role := range append([]Role{"", "root"}, Roles...) {
			if e.May(role, action) {
				t.Errorf("%q may %q", role, action.Name)
			}
		}
	}
	if e.May("", FilingRead) || e.May("root", FilingRead) {
		t.Error("an unknown role may read")
	}
	if a, ok := ActionByName("filing.submit"); !ok || a != FilingSubmit {
		t.Error("filing.submit is not found by its name")
	}
}

func TestAFaultyPolicyStopsTheProgram(t *testing.T) {
	for name, policy := range map[string]string{
		"unknown role":      "p, king, filing.read",
		"undeclared action": "p, preparer, filing.erase",
		"public by policy":  "p, preparer, public",
		"not a policy":      "g, preparer, filing.read",
		"short line":        "p, preparer",
		"twice":             "p, preparer, filing.read\np, preparer, filing.read",
	} {
		if _, err := load(modelText, policy); err == nil {
			t.Errorf("%s: a policy of %q was taken", name, policy)
		}
	}
	if _, err := load("[matchers]\nm = true", policyText); err == nil {
		t.Error("a faulty model was taken")
	}
}

func newEnforcer(t testing.TB) *Enforcer {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func BenchmarkMay(b *testing.B) {
	e := newEnforcer(b)
	for b.Loop() {
		e.May(Preparer, FilingSubmit)
	}
}
