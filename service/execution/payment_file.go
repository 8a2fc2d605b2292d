package execution

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
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

// table gives the first table of the file that holds anything.
// Errors: those of spreadsheet.Read.
func (f PaymentFile) table() (spreadsheet.Sheet, error) {
	sheets, err := spreadsheet.Read(f.Data, maxRows)
	if err != nil {
		return spreadsheet.Sheet{}, err
	}
	if i := slices.IndexFunc(sheets, func(s spreadsheet.Sheet) bool { return len(s.Rows) > 0 }); i >= 0 {
		return sheets[i], nil
	}
	return spreadsheet.Sheet{}, nil // every sheet is empty, or hidden
}

// layout says in which columns the fields of a file stand.
type layout struct {
	header  int // number of the row of column names, 0 in an empty file
	headers []string
	column  map[string]int // by field
	named   map[string]string
	wan     bool // amounts in 万元 where a cell doesn't say
	day     func(serial string) (model.Date, bool)
}

// headerRows is how far down column names are looked for, below titles and notes.
const headerRows = 10

// findLayout finds the columns: by what the person says, else by what was said
// before, else by the usual names.
func findLayout(sheet spreadsheet.Sheet, said, kept map[string]string) layout {
	best := layout{}
	for row := 1; row <= min(headerRows, len(sheet.Rows)); row++ {
		if l := match(row, sheet.Headers(row), said, kept); best.header == 0 || len(l.column) > len(best.column) {
			best = l
		}
	}
	best.day, best.wan = sheet.Day, inWan(best.named["amount"], sheet.Rows[:max(0, best.header-1)])
	return best
}

var wholeInWan = regexp.MustCompile(`单位[:：\s]*(人民币)?万元|[(（]万元[)）]`)

// inWan tells whether amounts are in 万元: the column says so, or, where it says
// nothing, what stands above the column names.
func inWan(name string, above [][]spreadsheet.Value) bool {
	if strings.Contains(name, "万") || strings.Contains(name, "元") {
		return strings.Contains(name, "万")
	}
	return slices.ContainsFunc(above, func(row []spreadsheet.Value) bool {
		return slices.ContainsFunc(row, func(v spreadsheet.Value) bool { return wholeInWan.MatchString(v.Shown) })
	})
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
func layoutOf(sheet spreadsheet.Sheet, said, kept map[string]string) (layout, error) {
	best := findLayout(sheet, said, kept)
	there := strings.Join(best.headers, "、")
	for name, field := range said {
		if !slices.Contains(best.headers, name) {
			return best, model.Fail(model.Invalid, "payments.columns", "文件中没有列“%s”，不能作为%s；文件中的列是：%s", name, fieldName(field), there)
		}
	}
	if missing := best.missing(); len(missing) > 0 {
		return best, model.Fail(model.Invalid, "payments.columns", "缺少列：%s；文件中的列是：%s。请指明对应关系，如 %s=文件中的列名",
			strings.Join(missing, "、"), there, missing[0])
	}
	return best, nil
}

func match(row int, headers []string, said, kept map[string]string) layout {
	l := layout{header: row, headers: headers, column: map[string]int{}, named: map[string]string{}}
	for _, names := range []func(string) string{
		func(name string) string { return said[name] }, func(name string) string { return kept[name] }, usualField,
	} {
		for j, name := range headers {
			field := names(name)
			if _, taken := l.column[field]; field == "" || taken || slices.Contains(values(l.named), name) {
				continue
			}
			l.column[field], l.named[field] = j, name
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
	bare := unitOfAmounts.ReplaceAllString(spreadsheet.Bare(name), "")
	for _, f := range columns().Fields {
		if bare == f.Field || slices.Contains(f.Names, bare) {
			return f.Field
		}
	}
	return ""
}

var unitOfAmounts = regexp.MustCompile(`[/-]?万?元$`)

func fieldName(field string) string {
	for _, f := range columns().Fields {
		if f.Field == field {
			return f.Name
		}
	}
	return field
}

// Mapping reads pairs of our field and their column, 支付凭证号=单据号, into fields by
// column name. A field may be given by its key too, reference=单据号.
// Errors: Invalid "payments.mapping".
func Mapping(pairs []string) (map[string]string, error) {
	said := map[string]string{}
	for _, pair := range pairs {
		ours, theirs, _ := strings.Cut(pair, "=")
		if err := MapColumn(said, ours, theirs); err != nil {
			return nil, err
		}
	}
	return said, nil
}

// MapColumn says that a column stands for a field.
// Errors: Invalid "payments.mapping" where there is no such field, or the column
// stands for another already.
func MapColumn(said map[string]string, ours, theirs string) error {
	field, header := usualField(ours), spreadsheet.Line(theirs)
	if field == "" || header == "" {
		return model.Fail(model.Invalid, "payments.mapping", "列名对应“%s=%s”应写成 字段=文件中的列名，字段可以是：%s", brief(ours), brief(theirs), fieldNames())
	}
	if other := said[header]; other != "" && other != field {
		return model.Fail(model.Invalid, "payments.mapping", "列“%s”不能既是%s又是%s", header, fieldName(other), fieldName(field))
	}
	said[header] = field
	return nil
}

func fieldNames() string {
	var names []string
	for _, f := range columns().Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, "、")
}

// cell gives what stands in the column of a field, as it is kept.
func (l layout) cell(row []spreadsheet.Value, field string) string {
	if j, ok := l.column[field]; ok && j < len(row) {
		return strings.TrimSpace(row[j].Raw)
	}
	return ""
}

// skips tells rows without payments: blank ones, totals, column names said again on
// a new page, and who made the list. What has a day, a project or a reference of its
// own is a payment, whatever else it says.
func (l layout) skips(row []spreadsheet.Value) bool {
	said, word := false, ""
	for _, cell := range row {
		text := spreadsheet.Bare(cell.Raw)
		said = said || strings.TrimSpace(cell.Raw) != ""
		if word == "" && slices.ContainsFunc(columns().Totals, func(w string) bool { return strings.HasPrefix(text, w) }) {
			word = strings.TrimSpace(cell.Raw)
		}
	}
	if !said || l.names(row) {
		return true
	}
	project, reference := l.cell(row, "project"), l.cell(row, "reference")
	return word != "" && l.cell(row, "date") == "" && (project == "" || project == word) && (reference == "" || reference == word)
}

// names tells a row that says the names of day and amount again.
func (l layout) names(row []spreadsheet.Value) bool {
	return l.named["date"] != "" && spreadsheet.Line(l.cell(row, "date")) == l.named["date"] && spreadsheet.Line(l.cell(row, "amount")) == l.named["amount"]
}

// fault is a problem of one row, by its number in the file; 0 is what somebody entered
// without a file.
func fault(row int, field, format string, args ...any) model.Problem {
	if row == 0 {
		return model.Problem{Path: "$." + field, Message: fmt.Sprintf(format, args...)}
	}
	return model.Problem{Path: fmt.Sprintf("$.rows[%d].%s", row, field), Message: fmt.Sprintf("第 %d 行：", row) + fmt.Sprintf(format, args...)}
}
