package library

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"biaochi/model"
	"biaochi/service/check"
	"biaochi/service/indicator"
)

// Fields are what the bureau keeps of an entry.
type Fields struct {
	Level1      string
	Level2      string
	Name        string
	Unit        string
	Operator    string // >= <= = > < range, "" for words
	Usual       []string
	Explanation string
	Basis       string
	Source      string
	Evidence    string
	Method      string
	Scoring     string
	Functions   []string // 3, 5 or 7 digits
	Industries  []string
	Common      bool
}

// Operators are what an entry may compare by; "" is 定性.
var Operators = []string{
	"", string(indicator.AtLeast), string(indicator.AtMost), string(indicator.Equal),
	string(indicator.Above), string(indicator.Below), string(indicator.Range),
}

// mostItems is how long a list of an entry may be.
const mostItems = 50

// tidy gives the fields without blanks around them, lists without blanks and
// repetitions.
func (f Fields) tidy() Fields {
	for _, text := range []*string{&f.Level1, &f.Level2, &f.Name, &f.Unit, &f.Operator, &f.Explanation, &f.Basis, &f.Source, &f.Evidence, &f.Method, &f.Scoring} {
		*text = strings.TrimSpace(*text)
	}
	for _, list := range []*[]string{&f.Usual, &f.Functions, &f.Industries} {
		var tidy []string
		for _, item := range *list {
			if item = strings.TrimSpace(item); item != "" && !slices.Contains(tidy, item) {
				tidy = append(tidy, item)
			}
		}
		*list = tidy
	}
	slices.Sort(f.Functions)
	return f
}

// texts are the fields of free text, by key and as people call them.
func (f *Fields) texts() []textField {
	return []textField{
		{"name", "指标名称", f.Name, longestName}, {"unit", "计量单位", f.Unit, longestUnit},
		{"explanation", "指标解释", f.Explanation, longestText}, {"basis", "设定依据", f.Basis, longestText},
		{"source", "数据来源", f.Source, longestText}, {"evidence", "佐证资料", f.Evidence, longestText},
		{"method", "取值方式", f.Method, 100}, {"scoring", "评分标准", f.Scoring, longestText},
	}
}

type textField struct {
	key, label, text string
	longest          int
}

func (f *Fields) lists() []listField {
	return []listField{{"usual", "常用指标值", f.Usual}, {"functions", "功能分类", f.Functions}, {"industries", "适用行业", f.Industries}}
}

type listField struct {
	key, label string
	items      []string
}

// faults are what keeps the fields from being an entry, all of it at once.
func (f *Fields) faults() (found []model.Problem) {
	refuse := func(bad bool, path, format string, args ...any) {
		if bad {
			found = append(found, model.Problem{Path: "$." + path, Message: fmt.Sprintf(format, args...)})
		}
	}
	_, known := treeOf(f.Level1, f.Level2)
	refuse(!known, "level2", "没有“%s—%s”这一类指标，请从指标体系中选择一、二级指标", f.Level1, f.Level2)
	refuse(model.IndicatorKey(f.Name) == "", "name", "请填写指标名称")
	refuse(!slices.Contains(Operators, f.Operator), "operator", "计算符号“%s”应为 >=、<=、=、>、<、range 之一，定性指标留空", f.Operator)
	for _, t := range f.texts() {
		refuse(utf8.RuneCountInString(t.text) > t.longest, t.key, "“%s”超过 %d 个字，请精简", t.label, t.longest)
		refuse(check.HasPersonalData(t.text), t.key, "“%s”含有个人信息；指标库全区共用，请删去", t.label)
	}
	for _, l := range f.lists() {
		refuse(len(l.items) > mostItems, l.key, "“%s”超过 %d 项，请精简", l.label, mostItems)
		for _, item := range l.items {
			refuse(utf8.RuneCountInString(item) > longestValue, l.key, "“%s”中的“%.30s…”超过 %d 个字，请精简", l.label, item, longestValue)
			refuse(check.HasPersonalData(item), l.key, "“%s”含有个人信息；指标库全区共用，请删去", l.label)
		}
	}
	for _, code := range f.Functions {
		refuse(!functionPattern.MatchString(code), "functions", "功能分类“%s”应为 3、5 或 7 位数字", code)
	}
	return found
}

func (f *Fields) check() error {
	found := f.faults()
	if found == nil {
		return nil
	}
	return &model.Error{Code: model.Invalid, Reason: "library.fields", Fields: found,
		Message: fmt.Sprintf("有 %d 处内容不能收入指标库：%s", len(found), found[0].Message)}
}

// put gives the fields to an entry; they were checked.
func (f *Fields) put(e *model.LibraryIndicator) {
	e.TreeKey, _ = treeOf(f.Level1, f.Level2)
	e.Level1, e.Level2, e.Name, e.NameKey = f.Level1, f.Level2, f.Name, model.IndicatorKey(f.Name)
	e.Unit, e.Operator, e.Usual = f.Unit, f.Operator, f.Usual
	e.Explanation, e.Basis, e.Source, e.Evidence = f.Explanation, f.Basis, f.Source, f.Evidence
	e.Method, e.Scoring, e.Industries, e.Common = f.Method, f.Scoring, f.Industries, f.Common
}

// fieldsOf is put the other way.
func fieldsOf(e model.LibraryIndicator, functions []string) Fields {
	return Fields{
		Level1: e.Level1, Level2: e.Level2, Name: e.Name, Unit: e.Unit, Operator: e.Operator, Usual: e.Usual,
		Explanation: e.Explanation, Basis: e.Basis, Source: e.Source, Evidence: e.Evidence, Method: e.Method, Scoring: e.Scoring,
		Functions: functions, Industries: e.Industries, Common: e.Common,
	}.tidy()
}

// changes lists the fields in which two differ.
func (f *Fields) changes(after *Fields) (found []Change) {
	compare := func(field, before, after string) {
		if before != after {
			found = append(found, Change{field, before, after})
		}
	}
	compare("level", f.Level1+"/"+f.Level2, after.Level1+"/"+after.Level2)
	compare("operator", f.Operator, after.Operator)
	compare("common", yesOrBlank(f.Common), yesOrBlank(after.Common))
	texts, lists := after.texts(), after.lists()
	for i, t := range f.texts() {
		compare(t.key, t.text, texts[i].text)
	}
	for i, l := range f.lists() {
		compare(l.key, strings.Join(l.items, listSign), strings.Join(lists[i].items, listSign))
	}
	return found
}

// listSign separates the items of a list where they stand in one text.
const listSign = "；"

func yesOrBlank(b bool) string {
	if b {
		return "是"
	}
	return ""
}
