package disclosure_test

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
	"biaochi/service/render"
)

// failing gives a table by project whose records can't be read.
func failing(t *testing.T, failure error) *budget.Table {
	t.Helper()
	unit := budget.Unit{Path: "000000000/1/", Code: "1", Name: "单位"}
	in := budget.Input{Year: 2024, Unit: unit, Units: []budget.Unit{unit}}
	in.ByUnit = func(model.Predicate) iter.Seq2[model.Fact, error] { return matching[model.Fact](nil, nil) }
	in.ByProject = func(model.Predicate) iter.Seq2[budget.ProjectSum, error] {
		return func(yield func(budget.ProjectSum, error) bool) { yield(budget.ProjectSum{}, failure) }
	}
	tables := assembled(t, in)
	return tables[slices.IndexFunc(tables, func(t *budget.Table) bool { return t.Def.Key == "projects" })]
}

// TestHeadsCoverTheirColumns finds holes and overlaps in the heads of the set.
func TestHeadsCoverTheirColumns(t *testing.T) {
	for _, table := range layouts(demo(t)) {
		seen := map[[2]int]int{}
		for _, c := range render.PlaceHead(table.Head) {
			columns, rows := c.Spans()
			for i := range columns * rows {
				seen[[2]int{c.Row + i/columns, c.Column + i%columns}]++
			}
		}
		if want := len(table.Head) * len(table.Columns); len(seen) != want {
			t.Errorf("%s: the head covers %d places of %d", table.Title, len(seen), want)
		}
		for place, times := range seen {
			if times != 1 || place[1] >= len(table.Columns) || place[0] >= len(table.Head) {
				t.Errorf("%s: place %v is covered %d times", table.Title, place, times)
			}
		}
	}
}

func TestWidthsFillThePage(t *testing.T) {
	for _, table := range layouts(demo(t)) {
		total := 0.0
		for _, c := range table.Columns {
			if c.Width <= 0.05 {
				t.Errorf("%s: column %s is %.3f wide", table.Title, c.Heading, c.Width)
			}
			total += c.Width
		}
		if total < 0.999 || total > 1.001 {
			t.Errorf("%s: widths add up to %.3f", table.Title, total)
		}
	}
}

func TestWordsAreFilled(t *testing.T) {
	for _, table := range layouts(slices.Concat(demo(t), empty(t))) {
		words := []string{table.Label, table.Title, table.AboveLeft, table.AboveRight, table.Note}
		for _, row := range table.Head {
			for _, c := range row {
				words = append(words, c.Text)
			}
		}
		if all := strings.Join(words, " "); strings.ContainsAny(all, "{}") {
			t.Errorf("%s: words left open: %s", table.Title, all)
		}
	}
}

// TestNoteStandsUnderEmptyTablesOnly is 注：本表无数据.
func TestNoteStandsUnderEmptyTablesOnly(t *testing.T) {
	for _, table := range demo(t) {
		if note := disclosure.Layout(table, nil).Note; (note != "") != table.Empty {
			t.Errorf("%s: note %q, empty %v", table.Title, note, table.Empty)
		}
	}
	for _, table := range layouts(empty(t)) {
		if table.Note == "" {
			t.Errorf("%s has no note", table.Title)
		}
	}
}

// TestCells checks values, links and rows' looks on every figure of a unit.
func TestCells(t *testing.T) {
	link := func(row budget.Row, column int) string { return "/" + strings.Join(row.Keys[:], ",") }
	anchors := map[string]bool{}
	for _, table := range demo(t) {
		rows, err := table.Collect()
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for row, err := range disclosure.Layout(table, link).Rows {
			if err != nil {
				t.Fatal(err)
			}
			compareRow(t, rows[i], row)
			uniqueAnchors(t, anchors, row)
			i++
		}
	}
}

func compareRow(t *testing.T, from budget.Row, row render.Row) {
	t.Helper()
	if row.Strong != (from.Kind == budget.TotalRow) {
		t.Errorf("%v: strong %v", from.Keys, row.Strong)
	}
	for i, cell := range row.Cells {
		figure := from.Cells[i].Figure && cell.Text != ""
		if cell.Number != figure || (cell.Link != "") != figure {
			t.Errorf("%v %d: number %v, link %q", from.Keys, i, cell.Number, cell.Link)
		}
		if figure && cell.Hundredths != from.Cells[i].Amount.WanFen() {
			t.Errorf("%v %d: %d hundredths behind %s", from.Keys, i, cell.Hundredths, cell.Text)
		}
	}
}

func uniqueAnchors(t *testing.T, anchors map[string]bool, row render.Row) {
	t.Helper()
	for _, cell := range row.Cells {
		if cell.Anchor == "" {
			continue
		}
		if anchors[cell.Anchor] || strings.ContainsAny(cell.Anchor, " \t") {
			t.Errorf("anchor %q is there twice or has blanks", cell.Anchor)
		}
		anchors[cell.Anchor] = true
	}
}

// TestLayoutPassesErrors of the records' reader on.
func TestLayoutPassesErrors(t *testing.T) {
	failure := model.Fail(model.Internal, "test", "读不出来")
	for _, err := range disclosure.Layout(failing(t, failure), nil).Rows {
		if err == nil {
			continue
		}
		if err != error(failure) {
			t.Errorf("error %v", err)
		}
		return
	}
	t.Error("the walk ended without an error")
}
