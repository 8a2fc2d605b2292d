package disclosure_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/disclosure"
	"biaochi/service/render"
)

// described is an object of a JSON Schema as far as its keys go.
type described struct {
	Properties map[string]struct {
		Enum []string
	}
	Required []string
}

// TestSchemaDescribesBundles: the keys of a release are those that the schema lists,
// wherever they stand, and the words of each vocabulary too.
func TestSchemaDescribesBundles(t *testing.T) {
	raw, err := os.ReadFile("../../docs/schema/disclosure.v1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		described
		Defs map[string]described `json:"$defs"`
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	sameWords(t, schema.Defs["unit"], "kind", model.UnitKinds)
	sameWords(t, schema.Defs["fact"], "measure", model.Measures)
	sameWords(t, schema.Defs["fact"], "source", model.Sources)
	sameWords(t, schema.Defs["fact"], "expenditure", model.Expenditures)
	sameWords(t, schema.Defs["fact"], "costKind", model.CostKinds)
	sameWords(t, schema.Defs["fact"], "procurement", model.ProcurementKinds)
	sameWords(t, schema.Defs["bundle"], "state", model.TableStates)
	sameKeys(t, "release", schema.described, reflect.TypeFor[disclosure.Release]())
	for name, of := range map[string]reflect.Type{
		"stamp": reflect.TypeFor[disclosure.Stamp](), "bundle": reflect.TypeFor[disclosure.Bundle](), "unit": reflect.TypeFor[disclosure.BundleUnit](),
		"fact": reflect.TypeFor[disclosure.BundleFact](), "project": reflect.TypeFor[disclosure.BundleProject](),
		"document": reflect.TypeFor[render.Document](), "heading": reflect.TypeFor[render.Heading](), "paragraph": reflect.TypeFor[render.Paragraph](),
		"table": reflect.TypeFor[render.Table](), "row": reflect.TypeFor[render.Row](), "cell": reflect.TypeFor[render.Cell](),
		"grid": reflect.TypeFor[render.Grid](), "chart": reflect.TypeFor[render.Chart](),
	} {
		sameKeys(t, name, schema.Defs[name], of)
	}
}

// sameKeys compares the keys of a struct with those of a description, and which of
// them are always there. Kind and blocks, and the rows of a table, are written apart.
func sameKeys(t *testing.T, name string, d described, of reflect.Type) {
	t.Helper()
	for i := range of.NumField() {
		key, option, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if key == "" || key == "-" {
			continue
		}
		if _, ok := d.Properties[key]; !ok {
			t.Errorf("%s: %s is not described", name, key)
		}
		delete(d.Properties, key)
		if always := option == ""; always != slices.Contains(d.Required, key) {
			t.Errorf("%s: %s is always there: %v", name, key, always)
		}
	}
	for key := range d.Properties {
		if !slices.Contains([]string{"kind", "blocks", "rows"}, key) {
			t.Errorf("%s: there is no %s", name, key)
		}
	}
}

func sameWords[T ~string](t *testing.T, d described, key string, words []T) {
	t.Helper()
	var want []string
	for _, w := range words {
		want = append(want, string(w))
	}
	if got := d.Properties[key].Enum; !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", key, got, want)
	}
}
