package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"biaochi/model"
	"biaochi/service/spreadsheet"
)

const many = 1000

// texts writes what is shown: cells between bars, rows between slashes.
func texts(s spreadsheet.Sheet) string {
	var rows []string
	for _, row := range s.Rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, v.Shown)
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return strings.Join(rows, "/")
}

func reason(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

func encoded(t *testing.T, text string) (gb, utf16 string) {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return gb, utf16
}

func TestCSV(t *testing.T) {
	gb, utf16 := encoded(t, "编码\t名称\r\n1\t“甲”，乙，丙\r\n")
	for name, c := range map[string]struct{ text, want string }{
		"comma":                   {"a,b\n1,\"1,000.50\"\n", "a|b/1|1,000.50"},
		"mark of UTF-8":           {"\ufeff甲,乙\n", "甲|乙"},
		"GB 18030":                {gb, "编码|名称/1|“甲”，乙，丙"},
		"UTF-16":                  {utf16, "编码|名称/1|“甲”，乙，丙"},
		"semicolons":              {"a;b\n1;2", "a|b/1|2"},
		"commas of prose":         {"名称,说明\n甲,一，二，三，四，五\n", "名称|说明/甲|一，二，三，四，五"},
		"full-width commas":       {"名称，金额\n甲，1\n", "名称|金额/甲|1"},
		"blank lines have number": {"a,b\n\n\n1,2\n", "a|b///1|2"},
		"a row of two lines":      {"a,\"b\nc\"\n1,2\n", "a|b\nc/1|2"},
		"quotes within a text":    {"\"三公\"经费,1\n公务\"车\",2\n", "\"三公\"经费|1/公务\"车\"|2"},
		"a quote within quotes":   {"\"a\"\"b\",\"\"\n\"\",1\n", "a\"b|/|1"},
		"old line ends":           {"a,b\r1,2\r", "a|b/1|2"},
		"cells at the end":        {"a,b,\n,,\n1", "a|b|/||/1"},
		"nothing":                 {"", ""},
		"one cell":                {"a", "a"},
	} {
		sheets, err := spreadsheet.Read([]byte(c.text), many)
		if err != nil || len(sheets) != 1 || texts(sheets[0]) != c.want {
			t.Errorf("%s: %v %v, want %q", name, sheets, err, c.want)
		}
	}
}

func TestCSVIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, reason, says string }{
		"no text":       {"a,b\x00\n", "csv.type", "既不是 xlsx"},
		"no encoding":   {"a,\xff\xff\n", "csv.encoding", "UTF-8"},
		"half UTF-16":   {"\xff\xfea", "csv.encoding", "UTF-8"},
		"open quote":    {"a,b\n1,2\n3,\"4\n5,6\n", "csv.quote", "第 3 行"},
		"text behind":   {"a,b\n\"1,2\"3,4\n", "csv.quote", "第 2 行"},
		"too many rows": {strings.Repeat("1\n", many+1), "csv.tooLarge", "1000 行"},
		"blank rows":    {strings.Repeat("\n", many) + "1\n", "csv.tooLarge", "1000 行"},
		"too wide":      {strings.Repeat(",", spreadsheet.MaxColumns) + "\n", "csv.tooLarge", "200 列"},
	} {
		_, err := spreadsheet.Read([]byte(c.text), many)
		if reason(err) != c.reason || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", name, err, c.reason)
		}
	}
	if sheets, err := spreadsheet.Read([]byte(strings.Repeat("1\n", many)), many); err != nil || len(sheets[0].Rows) != many {
		t.Errorf("as many rows as may be: %v", err)
	}
}

func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	file := excelize.NewFile()
	fill(file)
	var b bytes.Buffer
	if err := errors.Join(file.Write(&b), file.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t *testing.T, f *excelize.File, cell string, value any, format int) {
	t.Helper()
	style, err := f.NewStyle(&excelize.Style{NumFmt: format})
	if err := errors.Join(err, f.SetCellValue("Sheet1", cell, value), f.SetCellStyle("Sheet1", cell, cell, style)); err != nil {
		t.Fatal(err)
	}
}

func TestWorkbook(t *testing.T) {
	tenth := 0.1
	data := workbook(t, func(f *excelize.File) {
		set(t, f, "A1", tenth+0.2, 0)
		set(t, f, "B1", 1234567.5, 4)  // #,##0.00
		set(t, f, "C1", 45138, 14)     // a day
		set(t, f, "A3", "0012", 0)     // text that looks like a number
		set(t, f, "B3", 1.0e-3, 0)     // kept with an exponent
		set(t, f, "C3", 0.5, 9)        // 50%
		set(t, f, "D3", 4.00001e21, 0) // far too large
		_, err := f.NewSheet("藏")
		if err := errors.Join(err, f.SetCellStr("藏", "A1", "x"), f.SetSheetVisible("藏", false), f.MergeCell("Sheet1", "A5", "B6"),
			f.SetCellFormula("Sheet1", "A5", "1+1")); err != nil {
			t.Fatal(err)
		}
	})
	book, err := spreadsheet.Open(data, many)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	sheets := book.Sheets()
	if len(sheets) != 1 || sheets[0].Name != "Sheet1" {
		t.Fatalf("sheets %v", sheets)
	}
	var raw []string
	for _, cell := range [][2]int{{1, 1}, {1, 2}, {1, 3}, {3, 1}, {3, 2}, {3, 3}, {3, 4}, {2, 1}, {99, 99}} {
		raw = append(raw, sheets[0].At(cell[0], cell[1]).Raw)
	}
	if got, want := strings.Join(raw, " "), "0.3 1234567.5 45138 0012 0.001 0.5 4000010000000000000000  "; got != want {
		t.Errorf("kept %q, want %q", got, want)
	}
	if shown := sheets[0].At(1, 2).Shown + " " + sheets[0].At(3, 3).Shown; shown != "1,234,567.50 50%" {
		t.Errorf("shown %q", shown)
	}
	if hidden, ok := book.Hidden("藏"); !ok || texts(hidden) != "x" {
		t.Errorf("hidden %v %v", hidden, ok)
	}
	if _, ok := book.Hidden("Sheet1"); ok {
		t.Error("a visible sheet is hidden")
	}
	if merged, err := book.Merged("Sheet1"); err != nil || fmt.Sprint(merged) != "[A5:B6]" {
		t.Errorf("merged %v %v", merged, err)
	}
	if !book.Computed("Sheet1", 5, 1) || book.Computed("Sheet1", 1, 1) {
		t.Error("what is computed and what isn't")
	}
}

// A day is the same day whether the workbook counts from 1900 or from 1904.
func TestDays(t *testing.T) {
	for _, old := range []bool{false, true} {
		serial := 45138
		if old {
			serial -= 1462
		}
		data := workbook(t, func(f *excelize.File) {
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}); err != nil {
				t.Fatal(err)
			}
			set(t, f, "A1", serial, 14)
		})
		sheets, err := spreadsheet.Read(data, many)
		if err != nil {
			t.Fatal(err)
		}
		if day, ok := sheets[0].Day(sheets[0].At(1, 1).Raw); !ok || day != "2023-07-31" {
			t.Errorf("counted from 1904 %v: %q %v", old, day, ok)
		}
		for _, raw := range []string{"", "1", "2023", "20230731", "2023-07-31", "NaN", "Inf"} {
			if day, ok := sheets[0].Day(raw); ok {
				t.Errorf("%q is the day %s", raw, day)
			}
		}
	}
}

func archive(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbookIsRefused(t *testing.T) {
	good := workbook(t, func(f *excelize.File) { set(t, f, "A1", 1, 0) })
	parts := map[string]string{}
	for i := range 2001 {
		parts[fmt.Sprint(i)] = ""
	}
	for name, c := range map[string]struct {
		data   []byte
		reason string
	}{
		"no workbook": {[]byte("hello"), "type"}, "old": {[]byte("\xd0\xcf\x11\xe0...."), "encrypted"},
		"macro":      {archive(t, map[string]string{"xl/VBAProject.bin": ""}), "macro"},
		"zip":        {archive(t, map[string]string{"a": ""}), "broken"},
		"truncated":  {good[:len(good)/2], "broken"},
		"bomb":       {archive(t, map[string]string{"xl/workbook.xml": strings.Repeat("0", 10<<20)}), "tooLarge"},
		"many parts": {archive(t, parts), "tooLarge"},
		"long":       {workbook(t, func(f *excelize.File) { set(t, f, "A1001", 1, 0) }), "tooLarge"},
		"wide":       {workbook(t, func(f *excelize.File) { set(t, f, "GS1", 1, 0) }), "tooLarge"},
	} {
		if book, err := spreadsheet.Open(c.data, many); reason(err) != "workbook."+c.reason || book != nil {
			t.Errorf("%s: %v, want %s", name, err, c.reason)
		}
	}
	if sheets, err := spreadsheet.Read(workbook(t, func(f *excelize.File) { set(t, f, "GR1000", 1, 0) }), many); err != nil || len(sheets[0].Rows) != many {
		t.Errorf("as much as may be: %v", err)
	}
}

// Formats alone, far below the rows, are no rows; what they would unfold is refused.
func TestFormatsFarBelow(t *testing.T) {
	book, err := spreadsheet.Open(workbook(t, func(f *excelize.File) {
		set(t, f, "A1", 1, 0)
		if err := f.SetRowHeight("Sheet1", 5000, 20); err != nil {
			t.Fatal(err)
		}
	}), many)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if rows := book.Sheets()[0].Rows; len(rows) != 1 {
		t.Errorf("%d rows", len(rows))
	}
	if _, err := book.Merged("Sheet1"); reason(err) != "workbook.tooLarge" {
		t.Errorf("merged: %v", err)
	}
}

// FuzzRead: whatever comes in, it is read or refused with a reason.
func FuzzRead(f *testing.F) {
	f.Add([]byte("a,\"b\n"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := spreadsheet.Read(data, 10); err != nil && reason(err) == "" {
			t.Error(err)
		}
	})
}
