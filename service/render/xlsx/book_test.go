package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
)

// sample is a table with all that a sheet can have.
func sample(rows ...render.Row) render.Table {
	return render.Table{
		Key: "sample", Name: "01-样表", Tab: "表1 样表", Label: "预算公开表1", Title: "2023年样表",
		AboveLeft: "单位名称：示例单位", AboveRight: "单位：万元", Landscape: true,
		Head: [][]render.HeadCell{
			{{Text: "项目", Colspan: 2}, {Text: "合计", Rowspan: 2}},
			{{Text: "科目编码"}, {Text: "科目名称"}},
		},
		NumberRow: []string{"1", "2", "3"},
		Columns: []render.Column{
			{Heading: "科目编码", Code: true, Width: 0.2}, {Heading: "科目名称", Width: 0.5}, {Heading: "合计", Number: true, Width: 0.3},
		},
		Rows: sequence(rows),
		Note: "注：本表无数据",
	}
}

func sequence(rows []render.Row) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func line(code, name, figure string, hundredths int64) render.Row {
	return render.Row{Cells: []render.Cell{{Text: code}, {Text: name}, {Text: figure, Number: figure != "", Hundredths: hundredths}}}
}

func open(t *testing.T, tables ...render.Table) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, tables...)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func bytesOf(t *testing.T, tables ...render.Table) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, Book{Title: "样本", Tables: tables}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func value(t *testing.T, book *excelize.File, sheet, cell string, raw bool) string {
	t.Helper()
	text, err := book.GetCellValue(sheet, cell, excelize.Options{RawCellValue: raw})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestSheet reads one sheet back, cell by cell.
func TestSheet(t *testing.T) {
	total := line("", "合计", "-1234567.05", -123456705)
	total.Strong = true
	book := open(t, sample(total, line("2080101", "行政运行", "13151.16", 1315116), line("208", "空", "", 0)))
	for cell, want := range map[string]string{
		"A1": "预算公开表1", "A2": "2023年样表", "A3": "单位名称：示例单位", "C3": "单位：万元",
		"A4": "项目", "C4": "合计", "A5": "科目编码", "B5": "科目名称", "B6": "2",
		"B7": "合计", "C7": "-1,234,567.05", "A8": "2080101", "C8": "13,151.16", "C9": "", "A10": "注：本表无数据",
	} {
		if got := value(t, book, "表1 样表", cell, false); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
	if raw := value(t, book, "表1 样表", "C8", true); raw != "13151.16" {
		t.Errorf("the number behind C8 is %s", raw)
	}
	if kind, err := book.GetCellType("表1 样表", "A8"); err != nil || kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
		t.Errorf("a code is stored as %v, %v", kind, err)
	}
}

func TestMerges(t *testing.T) {
	book := open(t, sample())
	merged, err := book.GetMergeCells("表1 样表")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range merged {
		got = append(got, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	if want := "[A2:C2 A3:B3 A4:B4 C4:C5 A7:C7]"; fmt.Sprint(got) != want {
		t.Errorf("merged %v, want %s", got, want)
	}
}

func TestPageSetup(t *testing.T) {
	book := open(t, sample(line("1", "甲", "", 0)))
	layout, err := book.GetPageLayout("表1 样表")
	if err != nil {
		t.Fatal(err)
	}
	if *layout.Size != paperA4 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("page: size %d, %s, %d wide, %d long", *layout.Size, *layout.Orientation, *layout.FitToWidth, *layout.FitToHeight)
	}
	if names := book.GetDefinedName(); len(names) != 1 || names[0].RefersTo != "'表1 样表'!$4:$6" {
		t.Errorf("repeated rows: %+v", names)
	}
	if panes, err := book.GetPanes("表1 样表"); err != nil || !panes.Freeze || panes.YSplit != 6 {
		t.Errorf("frozen head: %+v, %v", panes, err)
	}
	if props, err := book.GetSheetProps("表1 样表"); err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("fit to page is off, %v", err)
	}
	if footer, err := book.GetHeaderFooter("表1 样表"); err != nil || !strings.Contains(footer.OddFooter, "&P") {
		t.Errorf("footer %+v, %v", footer, err)
	}
}

func TestStyles(t *testing.T) {
	total := line("", "合计", "1.00", 100)
	total.Strong = true
	book := open(t, sample(total, line("1", "甲", "1.00", 100)))
	for cell, want := range map[string]struct {
		font string
		bold bool
	}{"A2": {titleFont, false}, "A4": {headFont, false}, "B7": {textFont, true}, "C7": {bodyFont, true}, "C8": {bodyFont, false}} {
		id, err := book.GetCellStyle("表1 样表", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if style.Font.Family != want.font || style.Font.Bold != want.bold {
			t.Errorf("%s: %s, bold %v", cell, style.Font.Family, style.Font.Bold)
		}
	}
}

// TestTextsAreNeverFormulas feeds what a spreadsheet would take for a formula.
func TestTextsAreNeverFormulas(t *testing.T) {
	texts := []string{`=1+1`, `+1`, `-1`, `@SUM(A1)`, `=HYPERLINK("http://x","y")`, "\t=1", "<script>&\"'"}
	var rows []render.Row
	for _, text := range texts {
		rows = append(rows, line(text, text, "", 0))
	}
	book := open(t, sample(rows...))
	for i, text := range texts {
		for _, column := range []string{"A", "B"} {
			cell := fmt.Sprint(column, i+7)
			if formula, err := book.GetCellFormula("表1 样表", cell); err != nil || formula != "" {
				t.Errorf("%s holds the formula %q, %v", cell, formula, err)
			}
			if got := value(t, book, "表1 样表", cell, true); got != text {
				t.Errorf("%s: %q, want %q", cell, got, text)
			}
		}
	}
}

// TestSameBytes writes a book of several sheets many times: the library walks
// sheets in random order.
func TestSameBytes(t *testing.T) {
	tables := make([]render.Table, 5)
	for i := range tables {
		tables[i] = sample(line("1", "甲", "1.00", 100))
	}
	first := bytesOf(t, tables...)
	for range 8 {
		if !bytes.Equal(first, bytesOf(t, tables...)) {
			t.Fatal("two writings of the same tables differ")
		}
	}
	archive, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	if archive.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the archive begins with %s", archive.File[0].Name)
	}
}

func TestTabNames(t *testing.T) {
	long := strings.Repeat("长", 40)
	tables := []render.Table{{Tab: "表1 甲/乙:丙"}, {Tab: long}, {Tab: long}, {Name: "'x'"}, {Tab: "  "}, {Tab: "ABC"}, {Tab: "abc"}}
	got := tabNames(tables)
	want := []string{
		"表1 甲／乙：丙", strings.Repeat("长", 30) + "…", strings.Repeat("长", 27) + "…（2）", "’x’", "表", "ABC", "abc（2）",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %q, want %q", i, got[i], want[i])
		}
	}
	for i := range tables {
		tables[i].Columns = []render.Column{{Heading: "甲"}}
	}
	open(t, tables...)
}

func TestTooManyRows(t *testing.T) {
	rows := make([]render.Row, 20)
	for i := range rows {
		rows[i] = line("1", "甲", "", 0)
	}
	var tooMany *TooManyRowsError
	err := write(io.Discard, Book{Tables: []render.Table{sample(rows...)}}, 20)
	if !errors.As(err, &tooMany) || !strings.Contains(err.Error(), "2023年样表") {
		t.Errorf("error %v", err)
	}
	// Six rows above and one below leave room for the rows of a sheet of 27.
	if err := write(io.Discard, Book{Tables: []render.Table{sample(rows...)}}, 27); err != nil {
		t.Errorf("rows that fit: %v", err)
	}
}

func TestErrorsOfRows(t *testing.T) {
	failure := errors.New("读不出来")
	table := sample()
	table.Rows = func(yield func(render.Row, error) bool) { yield(render.Row{}, failure) }
	if err := Write(io.Discard, Book{Tables: []render.Table{table}}); !errors.Is(err, failure) {
		t.Errorf("error %v", err)
	}
}

func TestLinesOf(t *testing.T) {
	for _, c := range []struct {
		text  string
		units float64
		want  int
	}{
		{"", 10, 1},
		{"一般公共预算", 20, 1},
		{"一般公共预算", 8, 2},
		{"国有资本经营预算", 8, 3},
		{"一\n二", 20, 2},
		{"ab cdefgh", 8, 2},
		{strings.Repeat("9", 40), 10, 5},
	} {
		if got := linesOf(c.text, c.units, 10.5, 0); got != c.want {
			t.Errorf("%q in %v units: %d lines, want %d", c.text, c.units, got, c.want)
		}
	}
}

// TestMemory writes a long table and watches that memory stays far below it.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand rows")
	}
	const count = 100_000
	var most uint64
	table := sample()
	table.Rows = func(yield func(render.Row, error) bool) {
		var stats runtime.MemStats
		for i := range count {
			if i%10_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&stats)
				most = max(most, stats.HeapAlloc)
			}
			if !yield(line(fmt.Sprintf("%07d", i), fmt.Sprintf("第%d个项目的支出", i), fmt.Sprintf("%d.25", i), int64(i)*100+25), nil) {
				return
			}
		}
	}
	var out counter
	if err := Write(&out, Book{Tables: []render.Table{table}}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows: %d MB at most while writing rows, %d kB written", count, most>>20, out>>10)
	if most > 64<<20 {
		t.Errorf("%d MB held for %d rows", most>>20, count)
	}
}

type counter int

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }
