package check

import (
	"strings"
	"unicode"

	"biaochi/service/indicator"
)

// valuesMeasure is F06.
func valuesMeasure(p *probe) {
	for _, s := range seats(p.project.Form) {
		if blank(s.target.Value) {
			continue // F01
		}
		p.checked++
		switch p.unmeasured(s) {
		case repeatsTheName:
			p.failValue(s, Finding{Got: s.target.Value}, "只是重复了指标名称，无法衡量；请填写数量、比率、时间或程度。")
		case onlyNames:
			p.failValue(s, Finding{Got: s.target.Value}, "只写了人员或事物，没有数量或程度，无法衡量；请填写如“≥39人”“按时足额发放”一类的值。")
		}
	}
}

// unmeasurable says why a value measures nothing.
type unmeasurable int

const (
	measured unmeasurable = iota
	repeatsTheName
	onlyNames
)

// unmeasured tells whether a value measures something. Where no rule below speaks
// against a value, it does: people word grades in more ways than a list could hold.
func (p *probe) unmeasured(s seat) unmeasurable {
	name, value := bare(s.target.Name), bare(s.target.Value)
	switch {
	case name != "" && name == value:
		return repeatsTheName
	case p.read(s.target.Value).Kind != indicator.Grade:
		return measured
	case name != "" && (addsNothing(value, name) || s.partOfName(value, name)):
		return repeatsTheName
	case namesOnly(s.target.Value):
		return onlyNames
	}
	return measured
}

// addsNothing: 2023年劳务派遣人员 says no more than the name 劳务派遣人员.
func addsNothing(value, name string) bool {
	rest, found := strings.CutPrefix(value, name)
	if before, after, ok := strings.Cut(value, name); !found && ok {
		rest = before + after
	} else if !found {
		return false
	}
	rest = withoutYears(rest)
	return strings.Trim(rest, "的了等情况") == ""
}

// partOfName: the value is a piece out of the name, and none that judges or dates.
func (s seat) partOfName(value, name string) bool {
	return runes(value) >= 4 && s.pair.Level2 != "timeliness" && strings.Contains(name, value) &&
		!containsAny(value, lexis.Judgements) && !startsWith(value, lexis.Actions)
}

// namesOnly tells a value of which every part is the name of people or things.
func namesOnly(value string) bool {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r != '〇' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '%' })
	for _, part := range parts {
		if !isName(part) {
			return false
		}
	}
	return len(parts) > 0
}

// isName tells a noun for people or things with nothing before it that measures or
// judges. What stands before 的 only says which people, 符合条件的人员, and so do some
// words without it.
func isName(part string) bool {
	part = strings.TrimSuffix(strings.TrimSuffix(withoutYears(part), "等"), "们")
	noun := longest(part, lexis.People, strings.HasSuffix)
	if thing := longest(part, lexis.Things, strings.HasSuffix); len(thing) > len(noun) {
		noun = thing
	}
	before := strings.TrimSuffix(part, noun)
	if noun == "" || strings.ContainsFunc(part, unicode.IsDigit) || counts(before) || startsWith(before, lexis.Actions) {
		return false
	}
	if i := strings.LastIndex(before, "的"); i >= 0 {
		before = before[i+len("的"):]
	}
	before = strings.TrimSuffix(before, longest(before, lexis.Attributes, strings.HasSuffix))
	return !containsAny(before, lexis.Judgements)
}

// counts tells a chinese numeral with a measure word: 三名, 两家.
func counts(text string) bool {
	numeral := false
	for i, r := range text {
		if numeral && startsWith(text[i:], lexis.CountWords) {
			return true
		}
		numeral = strings.ContainsRune("一二两三四五六七八九十百千万几数", r)
	}
	return false
}

// withoutYears leaves 2023年 and 2023年度 out.
func withoutYears(text string) string {
	return yearPattern.ReplaceAllString(text, "")
}
