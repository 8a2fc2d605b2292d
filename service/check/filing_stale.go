package check

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"biaochi/service/indicator"
)

// yearPattern finds a year in figures, half or full width, or in characters.
var yearPattern = regexp.MustCompile(`((?:19|20)\d{2}|(?:１９|２０)[０-９]{2}|二[〇○零][〇○零一二三四五六七八九]{2})\s*年度?`)

// titlePattern finds titles of documents; a year in one is part of its name.
var titlePattern = regexp.MustCompile(`《[^《》]*》|“[^“”]*(?:办法|方案|通知|规定|意见|条例|规划)”`)

// namedYear is a year in a text with the clause and the sentence around it.
type namedYear struct {
	year             int
	sentence, clause string
	before, after    string // within the clause
}

// yearsIn gives every year of a text; those in titles are left out.
func yearsIn(text string) (years []namedYear) {
	if !strings.Contains(text, "年") {
		return nil
	}
	text = titlePattern.ReplaceAllString(text, "《》")
	for _, sentence := range splitAt(text, "。；;！!？?\n\r") {
		for _, clause := range splitAt(sentence, "，,、\t") {
			for _, at := range yearPattern.FindAllStringSubmatchIndex(clause, -1) {
				if at[0] == 0 || !isFigure(clause[at[0]-1]) {
					years = append(years, namedYear{yearNumber(clause[at[2]:at[3]]), sentence, strings.TrimSpace(clause), clause[:at[0]], clause[at[1]:]})
				}
			}
		}
	}
	return years
}

func splitAt(text, signs string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) })
}

func isFigure(b byte) bool { return b >= '0' && b <= '9' }

// namedYears gives the years of a value, without those of cited documents.
func namedYears(text string) (years []int) {
	for _, y := range yearsIn(text) {
		if !y.cited() {
			years = append(years, y.year)
		}
	}
	return years
}

func yearNumber(text string) int {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case strings.ContainsRune("〇○零", r):
			return '0'
		}
		for value, character := range []rune("零一二三四五六七八九") {
			if r == character {
				return '0' + rune(value)
			}
		}
		return r
	}, text)
	year, _ := strconv.Atoi(digits)
	return year
}

// staleYears is F15: in names, values, plans and goals an earlier year is left over
// from an old form. Overview, necessity and safeguards may also tell of what was.
func staleYears(p *probe) {
	form := p.project.Form
	if form.Name != "" {
		p.stale("form.name", "项目名称", form.Name, false)
	}
	for _, f := range textFields {
		switch f.key {
		case "basis":
		case "overview", "necessity", "safeguards":
			p.stale("form."+f.key, f.label, f.of(form), true)
		default:
			p.stale("form."+f.key, f.label, f.of(form), false)
		}
	}
	for _, s := range seats(form) {
		p.staleIndicator(s)
	}
}

func (p *probe) stale(field, label, text string, background bool) {
	if blank(text) {
		return
	}
	p.checked++
	for _, y := range yearsIn(text) {
		if y.isPast(p.in.Year) && !(background && y.tellsOfPast()) {
			p.fail(Finding{
				Field: field, Text: y.clause, Got: y.clause,
				Message: fmt.Sprintf("%s的“%s”写有“%s”，早于预算年度 %d 年，可能沿用了以前年度的内容；请核对更新。", p.about(), label, y.clause, p.in.Year),
			})
		}
	}
}

// staleIndicator looks at a name and at a value that isn't already compared as a date.
func (p *probe) staleIndicator(s seat) {
	p.checked++
	for _, y := range yearsIn(s.target.Name) {
		if y.isPast(p.in.Year) {
			p.failName(s, Finding{Got: s.target.Name}, "的名称写有 %d 年，早于预算年度 %d 年，可能沿用了以前年度的内容；请核对更新。", y.year, p.in.Year)
			break
		}
	}
	kind := p.read(s.target.Value).Kind
	if kind == indicator.Date || kind == indicator.Grade && s.pair.Level2 == "timeliness" {
		return // F11, F12
	}
	for _, y := range yearsIn(s.target.Value) {
		if y.isPast(p.in.Year) {
			p.failValue(s, Finding{Got: s.target.Value}, "写有 %d 年，早于预算年度 %d 年，可能沿用了以前年度的内容；请核对更新。", y.year, p.in.Year)
			break
		}
	}
}

// rangeAfter reads the end of a range of years: 2022年至2024年.
var rangeAfter = regexp.MustCompile(`^(?:初|底|末|\d{1,2}月)?\s*(?:至|到|[-—–－~～]+)\s*((?:19|20)\d{2})`)

// isPast tells a year before the budget year that is neither cited, a beginning,
// a base, nor the start of a span that goes on.
func (y namedYear) isPast(budgetYear int) bool {
	if y.year >= budgetYear || y.cited() {
		return false
	}
	if m := rangeAfter.FindStringSubmatch(y.after); m != nil {
		if end, _ := strconv.Atoi(m[1]); end >= budgetYear {
			return false
		}
	}
	after := strings.TrimLeft(y.after, "初底末0123456789月日 ")
	return !endsWith(strings.TrimSpace(y.before), lexis.PastBefore) && !startsWith(after, lexis.PastAfter) && !containsAny(y.clause, lexis.Bases)
}

// cited: the clause names a document, 2017年第41号 or 2022年实施方案.
func (y namedYear) cited() bool { return containsAny(y.clause, lexis.Citation) }

// tellsOfPast: the sentence says what has been, 2021年我区新增企业50家.
func (y namedYear) tellsOfPast() bool { return containsAny(y.sentence, lexis.Past) }
