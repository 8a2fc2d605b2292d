package check

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"biaochi/model"
)

// textField is a field of free text on the form.
type textField struct {
	key, label string
	of         func(*model.Form) string
}

// textFields are the free texts of a form in its order.
var textFields = []textField{
	{"overview", "项目概况", func(f *model.Form) string { return f.Overview }},
	{"basis", "立项依据", func(f *model.Form) string { return f.Basis }},
	{"necessity", "项目设立必要性", func(f *model.Form) string { return f.Necessity }},
	{"safeguards", "保证项目实施的制度、措施", func(f *model.Form) string { return f.Safeguards }},
	{"plan", "项目实施计划", func(f *model.Form) string { return f.Plan }},
	{"longTermGoal", "实施期目标", func(f *model.Form) string { return f.LongTermGoal }},
	{"annualGoal", "年度目标", func(f *model.Form) string { return f.AnnualGoal }},
}

// seat is the place of one third-level indicator: a row and a horizon.
type seat struct {
	row    int
	pair   *model.Indicator
	target *model.Target
	annual bool
}

// seats gives the indicators of the form that have a name or a value, row by row.
func seats(form *model.Form) (list []seat) {
	for i := range form.Indicators {
		pair := &form.Indicators[i]
		for _, s := range []seat{{i, pair, pair.LongTerm, false}, {i, pair, pair.Annual, true}} {
			if s.target != nil && !(blank(s.target.Name) && blank(s.target.Value)) {
				list = append(list, s)
			}
		}
	}
	return list
}

// field is the path of a field of the indicator: form.indicators[3].annual.value.
func (s seat) field(name string) string {
	horizon := "longTerm"
	if s.annual {
		horizon = "annual"
	}
	return "form.indicators[" + strconv.Itoa(s.row) + "]." + horizon + "." + name
}

// horizon names the half of the form that the indicator stands in.
func (s seat) horizon() string { return horizonName(s.annual) }

func horizonName(annual bool) string {
	if annual {
		return "年度"
	}
	return "实施期"
}

// where names the indicator in a message.
func (s seat) where() string {
	return fmt.Sprintf("第 %d 行%s指标“%s”", s.row+1, s.horizon(), s.target.Name)
}

// failValue says that an indicator's value is wrong; message goes on after the
// indicator's place and value.
func (p *probe) failValue(s seat, f Finding, message string, args ...any) {
	f.Message = fmt.Sprintf("的指标值“%s”", s.target.Value) + fmt.Sprintf(message, args...)
	p.failSeat(s, "value", s.target.Value, f)
}

// failName is failValue for the indicator's name.
func (p *probe) failName(s seat, f Finding, message string, args ...any) {
	f.Message = fmt.Sprintf(message, args...)
	p.failSeat(s, "name", s.target.Name, f)
}

func (p *probe) failSeat(s seat, field, text string, f Finding) {
	f.Field, f.Indicator, f.Text = s.field(field), s.target.Name, text
	f.Message = p.about() + s.where() + f.Message
	p.fail(f)
}

// about begins a message with the project, or says that it is of the unit as a whole.
func (p *probe) about() string {
	if p.target != nil {
		return "整体支出绩效目标"
	}
	return fmt.Sprintf("项目“%s”", p.project.Name)
}

// blank tells a text without any letter, figure or character: "", "　", "/", "——".
func blank(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0
}

// bare leaves of a text what tells it from another: letters, figures and
// characters, in half width.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) || r == '%' {
			return r
		}
		return -1
	}, text)
}

func runes(text string) int { return utf8.RuneCountInString(text) }

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func startsWith(text string, words []string) bool {
	return longest(text, words, strings.HasPrefix) != ""
}

func endsWith(text string, words []string) bool { return longest(text, words, strings.HasSuffix) != "" }

// longest gives the longest word that stands at the end that at looks at, "" if none.
func longest(text string, words []string, at func(s, word string) bool) (found string) {
	for _, w := range words {
		if len(w) > len(found) && at(text, w) {
			found = w
		}
	}
	return found
}
