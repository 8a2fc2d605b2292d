package exchange_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"biaochi/service/exchange"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// mutants are what every place of a good package is replaced by.
var mutants = []any{
	nil, "", "x", " ", "1.00", "-1.00", "1.005", "2025-01-06", "2025-02-30", "output", "cost", "unitFunds",
	"a/b", "a\u0000b", "a\nb", strings.Repeat("7", 501), "123456789",
	json.Number("0"), json.Number("1"), json.Number("2025"), json.Number("-3"), json.Number("1.5"),
	json.Number("2025.0"), json.Number("1e2"), json.Number("0.00001"), json.Number("1e400"),
	true, []any{}, []any{nil}, []any{""}, []any{"x"}, map[string]any{}, map[string]any{"x": json.Number("1")},
}

// beyondSchema lists what Decode refuses and a schema can't: by value and by the
// last key of the path.
var beyondSchema = []struct {
	value any
	keys  []string
	why   string
}{
	{"2025-02-30", []string{"date", "filedAt"}, "a pattern doesn't know the calendar"},
	{json.Number("2025.0"), []string{"year", "periodStart", "appendixNo", "vehicles"}, "to a schema 2025.0 is an integer"},
	{json.Number("1e2"), []string{"appendixNo", "vehicles", "periodYears", "weight"}, "to a schema 1e2 is the number 100"},
}

func TestSchemaAgreesWithDecode(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of packages")
	}
	a := agreement{T: t, schema: compile(t), seen: map[string]bool{}}
	if err := json.Unmarshal([]byte(rich(t)), &a.root); err != nil {
		t.Fatal(err)
	}
	a.root = number(a.root)
	a.compare("$", "the good package")
	a.walk("$", a.root)
	if a.compared < 4000 || a.refused < 2000 {
		t.Errorf("only %d comparisons, %d of them refused", a.compared, a.refused)
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(exchange.Schema())))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("package.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("package.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// number turns the numbers of a tree into json.Number.
func number(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = number(v[key])
		}
	case []any:
		for i := range v {
			v[i] = number(v[i])
		}
	case float64:
		return json.Number(fmt.Sprint(v))
	}
	return v
}

// agreement changes one place of a package at a time and compares verdicts.
type agreement struct {
	*testing.T
	schema            *jsonschema.Schema
	root              any
	compared, refused int
	// seen has the places already changed, without positions in lists: the first
	// of a kind stands for all.
	seen map[string]bool
}

var position = regexp.MustCompile(`\[[0-9]+\]`)

// first tells whether no place of this kind was changed yet.
func (a *agreement) first(path string) bool {
	kind := position.ReplaceAllString(path, "[]")
	seen := a.seen[kind]
	a.seen[kind] = true
	return !seen
}

func (a *agreement) walk(path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		a.object(path, v)
	case []any:
		for i, item := range v {
			at := fmt.Sprintf("%s[%d]", path, i)
			if a.first(at) {
				a.replace(at, item, func(m any) { v[i] = m })
			}
			a.walk(at, item)
		}
	}
}

func (a *agreement) object(path string, v map[string]any) {
	if a.first(path + ".nonsense") {
		v["nonsense"] = "x"
		a.compare(path+".nonsense", "an added member")
		delete(v, "nonsense")
	}
	for _, key := range slices.Sorted(maps.Keys(v)) {
		at, old := path+"."+key, v[key]
		if a.first(at) {
			delete(v, key)
			a.compare(at, "deleted")
			a.replace(at, old, func(m any) { v[key] = m })
		}
		if key != "history" {
			a.walk(at, old)
		}
	}
}

func (a *agreement) replace(path string, old any, set func(any)) {
	for _, m := range mutants {
		set(m)
		a.compare(path, m)
	}
	set(old)
}

// compare asks both and reports where they disagree for no listed reason.
func (a *agreement) compare(path string, mutant any) {
	raw, err := json.Marshal(a.root)
	if err != nil {
		a.Fatal(err)
	}
	_, refusal := exchange.Decode(strings.NewReader(string(raw)))
	fault := a.schema.Validate(a.root)
	a.compared++
	if refusal != nil {
		a.refused++
	}
	if (refusal == nil) == (fault == nil) || fault == nil && beyond(path, mutant) {
		return
	}
	a.Errorf("%s replaced by %#v: Decode says %v, the schema says %v", path, mutant, refusal, fault)
}

func beyond(path string, mutant any) bool {
	key := path[strings.LastIndexByte(path, '.')+1:]
	for _, d := range beyondSchema {
		if d.value == mutant && slices.Contains(d.keys, key) {
			return true
		}
	}
	return false
}
