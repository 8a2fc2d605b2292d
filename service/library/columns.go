package library

import (
	"strconv"
	"strings"

	"biaochi/model"
	"biaochi/service/indicator"
)

// column is a column of the file. One that is only told is passed over when a file
// comes in.
type column struct {
	heading string
	key     string
	write   func(e *Entry) string
	read    func(r *fileRow, text string) // nil where it is only told
}

// columns are those of the file, in order.
var columns = []column{
	{"一级指标", "level1", func(e *Entry) string { name, _ := levelNames(e.Level1, e.Level2); return name },
		func(r *fileRow, text string) { r.fields.Level1 = text }},
	{"二级指标", "level2", func(e *Entry) string { _, name := levelNames(e.Level1, e.Level2); return name },
		func(r *fileRow, text string) { r.fields.Level2 = text }},
	{"指标名称", "name", func(e *Entry) string { return e.Name }, func(r *fileRow, text string) { r.fields.Name = text }},
	{"计量单位", "unit", func(e *Entry) string { return e.Unit }, func(r *fileRow, text string) { r.fields.Unit = text }},
	{"计算符号", "operator", func(e *Entry) string { return signOf(e.Operator) }, func(r *fileRow, text string) { r.fields.Operator = operatorOf(text) }},
	{"常用指标值", "usual", func(e *Entry) string { return strings.Join(e.Usual, listSign) }, func(r *fileRow, text string) { r.fields.Usual = items(text) }},
	{"指标解释", "explanation", func(e *Entry) string { return e.Explanation }, func(r *fileRow, text string) { r.fields.Explanation = text }},
	{"设定依据", "basis", func(e *Entry) string { return e.Basis }, func(r *fileRow, text string) { r.fields.Basis = text }},
	{"数据来源", "source", func(e *Entry) string { return e.Source }, func(r *fileRow, text string) { r.fields.Source = text }},
	{"佐证资料", "evidence", func(e *Entry) string { return e.Evidence }, func(r *fileRow, text string) { r.fields.Evidence = text }},
	{"取值方式", "method", func(e *Entry) string { return e.Method }, func(r *fileRow, text string) { r.fields.Method = text }},
	{"评分标准", "scoring", func(e *Entry) string { return e.Scoring }, func(r *fileRow, text string) { r.fields.Scoring = text }},
	{"功能分类", "functions", func(e *Entry) string { return strings.Join(e.Functions, listSign) }, func(r *fileRow, text string) { r.fields.Functions = items(text) }},
	{"适用行业", "industries", func(e *Entry) string { return strings.Join(e.Industries, listSign) }, func(r *fileRow, text string) { r.fields.Industries = items(text) }},
	{"共性指标", "common", func(e *Entry) string { return yesOrBlank(e.Common) }, func(r *fileRow, text string) { r.fields.Common = r.yes("common", text) }},
	{"停用", "disabled", func(e *Entry) string { return yesOrBlank(e.Disabled) }, func(r *fileRow, text string) { r.disabled = r.yes("disabled", text) }},
	{heading: "来源", write: func(e *Entry) string { return originNames[e.Origin] }},
	{heading: "使用次数", write: func(e *Entry) string { return strconv.Itoa(e.Uses) }},
}

// required are the headings without which a file says nothing.
var required = []string{"一级指标", "二级指标", "指标名称"}

var originNames = map[model.LibraryOrigin]string{model.LibraryApproved: "已批复申报", model.LibraryEntered: "财政部门录入"}

// levelNames are the printed names of two levels.
func levelNames(level1, level2 string) (name1, name2 string) {
	for _, tree := range trees() {
		for _, l1 := range tree.Levels {
			for _, l2 := range l1.Children {
				if l1.Key == level1 && l2.Key == level2 {
					return l1.Name, l2.Name
				}
			}
		}
	}
	return level1, level2
}

// levelKeys reads two levels as printed on forms, or by their keys.
func levelKeys(name1, name2 string) (level1, level2 string) {
	for _, tree := range trees() {
		for _, l1 := range tree.Levels {
			for _, l2 := range l1.Children {
				if (name1 == l1.Name || name1 == l1.Key) && (name2 == l2.Name || name2 == l2.Key) {
					return l1.Key, l2.Key
				}
			}
		}
	}
	return name1, name2
}

// signs are the operators as people write them.
var signs = map[string]string{
	string(indicator.AtLeast): "≥", string(indicator.AtMost): "≤", string(indicator.Equal): "=",
	string(indicator.Above): ">", string(indicator.Below): "<", string(indicator.Range): "区间", "": "定性",
}

func signOf(operator string) string { return signs[operator] }

// operatorOf reads a sign; what is none stays as written, for the faults to name.
func operatorOf(text string) string {
	for operator, sign := range signs {
		if text == sign || text == operator {
			return operator
		}
	}
	return text
}

func items(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '；' || r == ';' || r == '\n' || r == '\r' })
}

// A spreadsheet takes a text that begins so for a formula; a ' before it keeps it a
// text, and is taken away when the file comes in.
const formulaSigns = "=+-@\t"

func guarded(text string) string {
	if text != "" && strings.ContainsRune(formulaSigns, rune(text[0])) {
		return "'" + text
	}
	return text
}

func unguarded(text string) string {
	if rest, found := strings.CutPrefix(text, "'"); found && rest != "" && strings.ContainsRune(formulaSigns, rune(rest[0])) {
		return rest
	}
	return text
}
