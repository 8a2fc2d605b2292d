package disclosure_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
)

var update = flag.Bool("update", false, "write golden files anew")

func openData(t *testing.T, table *budget.Table) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := disclosure.WriteJSON(&out, table); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestOpenDataAgreesWithSchema validates every table of every sample, and makes
// sure that the schema would notice a key it doesn't list.
func TestOpenDataAgreesWithSchema(t *testing.T) {
	schema := jsonschema.NewCompiler().MustCompile("../../docs/schema/table.v1.schema.json")
	for _, table := range slices.Concat(demo(t), department(t), empty(t)) {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(openData(t, table)))
		if err != nil {
			t.Fatalf("%s: %v", table.Title, err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %v", table.Title, err)
		}
		document.(map[string]any)["surplus"] = true
		if schema.Validate(document) == nil {
			t.Errorf("%s: the schema lets unknown keys through", table.Title)
		}
	}
}

// TestOpenDataHoldsTheTable compares cells and exact amounts with the table's own.
func TestOpenDataHoldsTheTable(t *testing.T) {
	for _, table := range slices.Concat(demo(t), department(t)) {
		raw := openData(t, table)
		if again := openData(t, table); !bytes.Equal(raw, again) {
			t.Errorf("%s: two writings differ", table.Title)
		}
		var got struct {
			Rows []struct {
				Cells []string
				Exact []*string
			}
		}
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		rows, err := table.Collect()
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Rows) != len(rows) {
			t.Fatalf("%s: %d rows, want %d", table.Title, len(got.Rows), len(rows))
		}
		for i, row := range rows {
			for j, cell := range row.Cells {
				checkCell(t, cell, got.Rows[i].Cells[j], got.Rows[i].Exact[j])
			}
		}
	}
}

func checkCell(t *testing.T, cell budget.Cell, shown string, exact *string) {
	t.Helper()
	if shown != cell.Shown() {
		t.Errorf("shown %q, want %q", shown, cell.Shown())
	}
	if (exact != nil) != cell.Figure {
		t.Errorf("%q: exact amount given: %v", shown, exact != nil)
	}
	if exact != nil && *exact != cell.Amount.Yuan() {
		t.Errorf("exact %q, want %q", *exact, cell.Amount.Yuan())
	}
}

// TestOpenDataGolden keeps the form itself: names and order of keys are a promise.
func TestOpenDataGolden(t *testing.T) {
	const golden = "testdata/threePublic.json"
	got := openData(t, demo(t)[9])
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got %s", got)
	}
}

// TestOpenDataRowError passes on what the records' reader reports.
func TestOpenDataRowError(t *testing.T) {
	table := failing(t, model.Fail(model.Internal, "test", "读不出来"))
	if err := disclosure.WriteJSON(new(bytes.Buffer), table); model.CodeOf(err) != model.Internal || err == nil {
		t.Errorf("error %v", err)
	}
}
