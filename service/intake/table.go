package intake

import (
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/spreadsheet"
)

// maxRows is what a file may hold.
const maxRows = 20_000

// table is one sheet of a file that came in.
type table struct {
	spreadsheet.Sheet
	sheets []string
}

// open reads a file; sheet "" is the first one that holds anything.
// Errors: those of spreadsheet.Read, Invalid "import.sheet".
func open(file []byte, sheet string) (table, error) {
	tables, err := tablesOf(file, sheet)
	if err != nil {
		return table{}, err
	}
	return tables[0], nil
}

// tablesOf reads the sheet of a name, or all that hold anything for "": at least one.
// Errors: as of open.
func tablesOf(file []byte, sheet string) (found []table, err error) {
	sheets, err := spreadsheet.Read(file, maxRows)
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

// searched is how far down a head is looked for.
const searched = 30

// head finds the row, counted from 1, that names most columns; 0 where none names two.
func (t table) head(kind model.RecordKind, known map[string]string) int {
	best, most := 0, 1
	for i := range min(searched, len(t.Rows)) {
		met := map[string]bool{}
		for _, header := range t.Headers(i + 1) {
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

func proposed(kind model.RecordKind, header string, known map[string]string) string {
	if field, ok := known[header]; ok {
		return field
	}
	return guess(kind, header)
}

// inWan tells whether the sheet says that its amounts are in 万元.
func (t table) inWan(head int) bool {
	for i := range min(head, len(t.Rows)) {
		if slices.ContainsFunc(t.Rows[i], func(v spreadsheet.Value) bool { return strings.Contains(v.Shown, "万元") }) {
			return true
		}
	}
	return false
}
