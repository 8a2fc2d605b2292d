package intake

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"biaochi/model"
	"biaochi/service/render/xlsx"
	"biaochi/service/workbook"
)

// File is a table that came in.
type File struct {
	Content []byte
	CSV     bool
}

// table is one sheet of it.
type table struct {
	xlsx.ReadSheet
	sheets []string
}

// open reads a file; sheet "" is the first one that holds anything.
// Errors: Invalid "workbook.*", "import.csv", "import.sheet".
func (f File) open(sheet string) (table, error) {
	tables, err := f.tables(sheet)
	if err != nil {
		return table{}, err
	}
	return tables[0], nil
}

// tables reads the sheet of a name, or all that hold anything for "": at least one.
// Errors: as of open.
func (f File) tables(sheet string) (found []table, err error) {
	sheets, err := f.read()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range sheets {
		names = append(names, s.Name)
	}
	for _, s := range sheets {
		if s.Name == sheet || sheet == "" && len(s.Rows) > 0 {
			found = append(found, table{s, names})
		}
	}
	if found == nil {
		return nil, model.Fail(model.Invalid, "import.sheet", "文件中没有工作表“%s”，或没有内容；请核对后重新选择", sheet)
	}
	return found, nil
}

func (f File) read() ([]xlsx.ReadSheet, error) {
	if f.CSV {
		rows, err := readCSV(f.Content)
		return []xlsx.ReadSheet{{Name: "CSV", Rows: rows}}, err
	}
	book, err := workbook.Open(f.Content)
	if err != nil {
		return nil, err
	}
	return book.Sheets(), book.Close()
}

const (
	maxRows    = 20_000
	maxColumns = 200
)

// readCSV reads what Excel and other programs write as CSV: UTF-8 or GB18030, with
// commas, tabs or semicolons.
func readCSV(content []byte) ([][]xlsx.Value, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, model.Fail(model.Invalid, "import.csv", "CSV 的编码既不是 UTF-8 也不是 GB18030，请另存后再传")
		}
		content = decoded
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return nil, model.Fail(model.Invalid, "import.csv", "这不是 CSV 文件，请核对后再传")
	}
	lines := csv.NewReader(bytes.NewReader(content))
	lines.FieldsPerRecord, lines.LazyQuotes, lines.Comma = -1, true, separator(content)
	var rows [][]xlsx.Value
	for {
		line, err := lines.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, &model.Error{Code: model.Invalid, Reason: "import.csv", Message: "CSV 读不下去，请检查引号后再传", Err: err}
		}
		if len(rows) >= maxRows || len(line) > maxColumns {
			return nil, model.Fail(model.Invalid, "import.csv", "CSV 超过 %d 行或 %d 列，请分几次上传", maxRows, maxColumns)
		}
		row := make([]xlsx.Value, len(line))
		for i, text := range line {
			row[i] = xlsx.Value{Shown: text, Raw: text}
		}
		rows = append(rows, row)
	}
}

// separator is the one that the first lines use most.
func separator(content []byte) rune {
	head := content[:min(len(content), 4096)]
	best, most := ',', 0
	for _, r := range []rune{',', '\t', ';', '，'} {
		if n := strings.Count(string(head), string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// searched is how far down a head is looked for.
const searched = 30

// head finds the row, counted from 1, that names most columns; 0 where none names two.
func (t table) head(kind model.RecordKind, known map[string]string) int {
	best, most := 0, 1
	for i := range min(searched, len(t.Rows)) {
		met := map[string]bool{}
		for _, header := range t.headers(i + 1) {
			if field := proposed(kind, header, known); field != "" {
				met[field] = true
			}
		}
		if len(met) > most {
			best, most = i+1, len(met)
		}
	}
	return best
}

// headers are the texts of a head; where a cell is blank the one above counts, as in
// heads of two rows.
func (t table) headers(row int) []string {
	headers := make([]string, len(t.Rows[row-1]))
	for i := range headers {
		headers[i] = strings.TrimSpace(t.At(row, i+1).Shown)
		if headers[i] == "" && row > 1 {
			headers[i] = strings.TrimSpace(t.At(row-1, i+1).Shown)
		}
	}
	return headers
}

func proposed(kind model.RecordKind, header string, known map[string]string) string {
	if field, ok := known[header]; ok {
		return field
	}
	return guess(kind, header)
}

// inWan tells whether the sheet says that its amounts are in 万元.
func (t table) inWan(head int) bool {
	for i := range min(head, len(t.Rows)) {
		if slices.ContainsFunc(t.Rows[i], func(v xlsx.Value) bool { return strings.Contains(v.Shown, "万元") }) {
			return true
		}
	}
	return false
}
