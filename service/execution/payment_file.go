package execution

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"biaochi/model"
	"biaochi/service/spreadsheet"
)

//go:embed columns.json
var columnsJSON []byte

// columnData says what files call the fields of a payment.
type columnData struct {
	Fields []struct {
		Field    string   `json:"field"`
		Name     string   `json:"name"`
		Required bool     `json:"required"`
		Names    []string `json:"names"`
	} `json:"fields"`
	FundKinds map[model.FundKind][]string `json:"fundKinds"`
	Totals    []string                    `json:"totals"` // words that begin a row of totals
}

var columns = sync.OnceValue(func() (data columnData) {
	if err := json.Unmarshal(columnsJSON, &data); err != nil {
		panic("execution: columns.json: " + err.Error())
	}
	return data
})

// PaymentFile is a file of payments as it came, CSV or XLSX.
type PaymentFile struct {
	Name string
	Data []byte
}

func (f PaymentFile) hash() string {
	sum := sha256.Sum256(f.Data)
	return hex.EncodeToString(sum[:])
}

// maxRows is more payments than a county makes in a year.
const maxRows = 200_000

// table gives the first table of the file that holds anything, cells as they are kept,
// and how to read its serial numbers of days.
// Errors: those of spreadsheet.Read.
func (f PaymentFile) table() (rows [][]string, day func(string) (model.Date, bool), err error) {
	sheets, err := spreadsheet.Read(f.Data, maxRows)
	if err != nil {
		return nil, nil, err
	}
	var sheet spreadsheet.Sheet // where every sheet is empty, or hidden
	if i := slices.IndexFunc(sheets, func(s spreadsheet.Sheet) bool { return len(s.Rows) > 0 }); i >= 0 {
		sheet = sheets[i]
	}
	for _, cells := range sheet.Rows {
		row := make([]string, len(cells))
		for i, cell := range cells {
			row[i] = cell.Raw
		}
		rows = append(rows, row)
	}
	return rows, sheet.Day, nil
}

// layout says in which columns the fields of a file stand.
type layout struct {
	header int            // index of the row of column names
	column map[string]int // by field
	named  map[string]string
	wan    bool // amounts in 万元
	day    func(serial string) (model.Date, bool)
}

// headerRows is how far down column names are looked for, below titles and notes.
const headerRows = 10

// findLayout finds the columns: by what the person says, else by what was said
// before, else by the usual names.
func findLayout(rows [][]string, said, kept map[string]string) layout {
	best := layout{}
	for i, row := range rows[:min(headerRows, len(rows))] {
		if l := match(i, row, said, kept); len(l.column) > len(best.column) {
			best = l
		}
	}
	return best
}

// missing lists the names of fields that a file must have and hasn't.
func (l layout) missing() (names []string) {
	for _, f := range columns().Fields {
		if _, ok := l.column[f.Field]; f.Required && !ok {
			names = append(names, f.Name)
		}
	}
	return names
}

// layoutOf is findLayout for a file that must have all it needs.
// Errors: Invalid "payments.columns" naming what is missing and what is there.
func layoutOf(rows [][]string, said, kept map[string]string) (layout, error) {
	best := findLayout(rows, said, kept)
	if missing := best.missing(); len(missing) > 0 {
		var there []string
		if len(rows) > best.header {
			there = rows[best.header]
		}
		return best, model.Fail(model.Invalid, "payments.columns", "缺少列：%s；文件中的列是：%s。请指明对应关系，如 %s=文件中的列名",
			strings.Join(missing, "、"), strings.Join(there, "、"), missing[0])
	}
	return best, nil
}

func match(i int, row []string, said, kept map[string]string) layout {
	l := layout{header: i, column: map[string]int{}, named: map[string]string{}}
	for _, names := range []func(string) string{
		func(name string) string { return said[name] }, func(name string) string { return kept[name] }, usualField,
	} {
		for j, cell := range row {
			name := strings.TrimSpace(cell)
			field := names(name)
			if _, taken := l.column[field]; field == "" || taken || slices.Contains(values(l.named), name) {
				continue
			}
			l.column[field], l.named[field] = j, name
			l.wan = l.wan || field == "amount" && strings.Contains(name, "万元")
		}
	}
	return l
}

func values(m map[string]string) (all []string) {
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

// usualField knows a field by one of its usual names, with or without its unit.
func usualField(name string) string {
	bare := strings.NewReplacer("（元）", "", "(元)", "", "（万元）", "", "(万元)", "").Replace(name)
	for _, f := range columns().Fields {
		if slices.Contains(f.Names, bare) {
			return f.Field
		}
	}
	return ""
}

// Mapping reads pairs of our field and their column, 支付凭证号=单据号, into fields by
// column name.
// Errors: Invalid "payments.mapping".
func Mapping(pairs []string) (map[string]string, error) {
	said := map[string]string{}
	for _, pair := range pairs {
		ours, theirs, ok := strings.Cut(pair, "=")
		field := usualField(strings.TrimSpace(ours))
		if !ok || field == "" || strings.TrimSpace(theirs) == "" {
			return nil, model.Fail(model.Invalid, "payments.mapping", "列名对应“%s”应写成 字段=文件中的列名，字段可以是：%s", pair, fieldNames())
		}
		said[strings.TrimSpace(theirs)] = field
	}
	return said, nil
}

func fieldNames() string {
	var names []string
	for _, f := range columns().Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, "、")
}

func (l layout) cell(row []string, field string) string {
	if j, ok := l.column[field]; ok && j < len(row) {
		return strings.TrimSpace(row[j])
	}
	return ""
}

// skips tells rows without payments: blank ones and totals.
func (l layout) skips(row []string) bool {
	first := ""
	for _, cell := range row {
		if first = strings.TrimSpace(cell); first != "" {
			break
		}
	}
	reference := l.cell(row, "reference") // the first column may be that of the references
	return first == "" || (reference == "" || reference == first) && slices.Contains(columns().Totals, strings.TrimRight(first, ":："))
}

// fault is a problem of one row, by its number in the file.
func fault(row int, field, format string, args ...any) model.Problem {
	return model.Problem{Path: fmt.Sprintf("$.rows[%d].%s", row, field), Message: fmt.Sprintf("第 %d 行：", row) + fmt.Sprintf(format, args...)}
}
