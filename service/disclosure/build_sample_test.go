package disclosure_test

import (
	"testing"

	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/render/pdf"
)

// manuscript is a built document with all that the rules read.
type manuscript struct {
	*disclosure.Draft
	content *disclosure.Content
	input   check.DocumentInput
	budget  budget.Input
	tables  []*budget.Table
}

// build makes the document of the packages' units by a set; the first names it,
// and several are a department.
func build(t testing.TB, set string, packs ...pack) manuscript {
	t.Helper()
	in := inputOf(t, packs...)
	tables := assembledAs(t, set, in)
	outline, err := disclosure.LoadOutline(set)
	if err != nil {
		t.Fatal(err)
	}
	c := &disclosure.Content{
		Outline: outline, Year: in.Year, Department: len(packs) > 1, Unit: in.Unit,
		Tables: layouts(tables), Sums: in.Sums, Names: in.Names, Mark: "草稿",
	}
	for _, p := range packs {
		c.Units = append(c.Units, disclosure.UnitYear{
			Unit: unitOf(p), Department: budget.Unit{Code: packs[0].Unit.Code, Name: packs[0].Unit.Name},
			Sheet: p.sheet(), Projects: p.Projects, Target: p.Target, Prior: disclosure.PriorOf(p.PriorYear),
		})
	}
	draft, err := disclosure.Build(c)
	if err != nil {
		t.Fatal(err)
	}
	budgetSet, err := budget.LoadSet(set)
	if err != nil {
		t.Fatal(err)
	}
	input := draft.Input(budgetSet)
	input.Missing = pdf.Missing
	return manuscript{draft, c, input, in, tables}
}
