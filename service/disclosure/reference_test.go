package disclosure_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/xuri/excelize/v2"

	"biaochi/service/budget"
	"biaochi/service/disclosure"
	"biaochi/service/render"
	"biaochi/service/render/csvfile"
	"biaochi/service/render/xlsx"
)

func layouts(tables []*budget.Table) []render.Table {
	out := make([]render.Table, len(tables))
	for i, t := range tables {
		out[i] = disclosure.Layout(t, nil)
	}
	return out
}

// TestReferenceCSV holds the thirteen tables against those published, byte by byte.
func TestReferenceCSV(t *testing.T) {
	for _, table := range layouts(assemble(t, referenceDir+"/package.json")) {
		want, err := os.ReadFile(filepath.Join(referenceDir, "tables", table.Name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := csvfile.Write(&got, table); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs from what was published:\n%s", table.Name, got.Bytes())
		}
	}
}

// TestWorkbookAgreesWithCSV reads every sheet back and finds the cells of the CSV.
func TestWorkbookAgreesWithCSV(t *testing.T) {
	for name, tables := range map[string][]render.Table{
		"demo": layouts(demo(t)), "department": layouts(department(t)), "empty": layouts(empty(t)),
	} {
		t.Run(name, func(t *testing.T) { agreeWithCSV(t, tables) })
	}
}

func agreeWithCSV(t *testing.T, tables []render.Table) {
	var out bytes.Buffer
	if err := xlsx.Write(&out, xlsx.Book{Title: "对照", Tables: tables}); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for i, table := range tables {
		head := 3 + len(table.Head)
		if len(table.NumberRow) > 0 {
			head++
		}
		for r, line := range csvRows(t, table) {
			for c, want := range line {
				cell, _ := excelize.CoordinatesToCellName(c+1, head+r+1)
				got := readBack(t, book, book.GetSheetName(i), cell, table.Columns[c].Number)
				if got != want {
					t.Errorf("%s %s: %q, want %q", table.Title, cell, got, want)
				}
			}
		}
	}
}

// readBack gives a number in the two decimals that it is stored with.
func readBack(t *testing.T, book *excelize.File, sheet, cell string, number bool) string {
	t.Helper()
	text, err := book.GetCellValue(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	if number {
		return string(bytes.ReplaceAll([]byte(text), []byte(","), nil))
	}
	return text
}

func csvRows(t *testing.T, table render.Table) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := csvfile.Write(&out, table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := headings(table); !reflect.DeepEqual(rows[0], want) {
		t.Errorf("%s: headings %v, want %v", table.Title, rows[0], want)
	}
	return rows[1:]
}

func headings(table render.Table) []string {
	var out []string
	for _, c := range table.Columns {
		out = append(out, c.Heading)
	}
	return out
}
