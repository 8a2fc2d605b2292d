package disclosure_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"biaochi/service/render"
)

// TestReferenceNarrative finds every figure that the published document states in
// the section that states it.
func TestReferenceNarrative(t *testing.T) {
	raw, err := os.ReadFile(referenceDir + "/narrative.json")
	if err != nil {
		t.Skipf("the reference case is not beside the project: %v", err)
	}
	var stated map[string]json.RawMessage
	if err := json.Unmarshal(raw, &stated); err != nil {
		t.Fatal(err)
	}
	sections := sectionTexts(build(t, "shanxi", readPack(t, referenceDir+"/package.json")).Document)
	for key, section := range map[string]string{
		"1_change": "sec-change", "2_revenue": "sec-income", "3_expenditure": "sec-expenditure",
		"4_fiscalAppropriation": "sec-fiscal", "5_generalPublicBudget": "sec-general", "6_basicExpenditure": "sec-basic",
		"7_threePublic": "sec-threePublic", "9_procurement": "sec-procurement", "10_performance": "sec-performance",
		"11_assets": "sec-assets", "12_purchasedServices": "sec-other",
	} {
		var value any
		decoder := json.NewDecoder(strings.NewReader(string(stated[key])))
		decoder.UseNumber()
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		for _, figure := range leaves(value) {
			if !strings.Contains(sections[section], strings.TrimPrefix(figure, "-")) {
				t.Errorf("%s: %s is not stated in:\n%s", key, figure, sections[section])
			}
		}
	}
}

// leaves gives the figures in a value of the narrative's file.
func leaves(value any) (figures []string) {
	switch v := value.(type) {
	case string:
		return []string{v}
	case json.Number:
		return []string{v.String()}
	case []any:
		for _, one := range v {
			figures = append(figures, leaves(one)...)
		}
	case map[string]any:
		for _, one := range v {
			figures = append(figures, leaves(one)...)
		}
	}
	return figures
}

// sectionTexts gives the running text below each heading of the second level.
func sectionTexts(d render.Document) map[string]string {
	texts := map[string]string{}
	at := ""
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Heading:
			if b.Level <= 2 {
				at = b.Anchor
			}
		case render.Paragraph:
			texts[at] += b.Text + "\n"
		}
	}
	return texts
}

// TestReferenceFormsAndCharts counts what the published document shows.
func TestReferenceFormsAndCharts(t *testing.T) {
	d := build(t, "shanxi", readPack(t, referenceDir+"/package.json")).Document
	var forms, charts, tables int
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Grid:
			forms++
			coverGrid(t, b)
		case render.Chart:
			charts++
		case *render.Table:
			tables++
		}
	}
	if forms != 16 || charts != 2 || tables != 14 {
		t.Errorf("%d forms, %d charts, %d tables", forms, charts, tables)
	}
}

// coverGrid finds holes and overlaps of a form's cells.
func coverGrid(t *testing.T, g render.Grid) {
	t.Helper()
	taken := map[[2]int]bool{}
	for r, row := range g.Rows {
		column := 0
		for _, cell := range row {
			for taken[[2]int{r, column}] {
				column++
			}
			columns, rows := cell.Spans()
			for i := range columns * rows {
				at := [2]int{r + i/columns, column + i%columns}
				if taken[at] || at[1] >= len(g.Widths) || at[0] >= len(g.Rows) {
					t.Fatalf("%s: place %v is taken twice or outside", g.Label, at)
				}
				taken[at] = true
			}
		}
	}
	if len(taken) != len(g.Rows)*len(g.Widths) {
		t.Errorf("%s: %d places of %d are covered", g.Label, len(taken), len(g.Rows)*len(g.Widths))
	}
}
