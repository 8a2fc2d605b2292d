package indicator

import "strings"

// A unit as it follows a number.
type unit struct {
	text  string
	class unitClass
	word  unitWord
	end   int
	half  bool // 两年半, 1个半月: half a unit more
}

// longestNoun is how long an unlisted noun may be and still count as a unit: 5示范点.
const longestNoun = 6

// unitAt reads the unit at i; without one it gives classNone and end i.
// Of 个 and a noun only the measure word is the unit: 3个村 counts 个, like the forms' own unit column.
func unitAt(s line, i int) unit {
	if u, ok := halfUnit(s, i); ok {
		return u
	}
	u := simpleUnit(s, i)
	if u.class == classNone || u.class == classMoney || u.class == classPercent || u.class == classOrdinal {
		return u
	}
	for (s.at(u.end) == '·' || s.at(u.end) == '*') && (isHan(s.at(u.end+1)) || isLetter(s.at(u.end+1))) {
		next := simpleUnit(s, u.end+1)
		if next.class == classNone {
			break
		}
		u.text += string(s[u.end]) + next.text
		u.end = next.end
	}
	if s.at(u.end) == '(' {
		if end := closing(s, u.end); end > 0 {
			u.text += string(s[u.end : end+1])
			u.end = end + 1
		}
	}
	if u.class == classTime && s.at(u.end) == '半' {
		u.half = true
		u.end++
	}
	return u
}

// halfUnit reads 个半月 and 个半小时.
func halfUnit(s line, i int) (unit, bool) {
	if !s.has(i, "个半") {
		return unit{}, false
	}
	word, n := terms.units.at(s, i+2)
	if n == 0 || word.class != classTime {
		return unit{}, false
	}
	return unit{text: "个" + string(s[i+2:i+2+n]), class: classTime, end: i + 2 + n, half: true}, true
}

func simpleUnit(s line, i int) unit {
	run := nounAt(s, i)
	word, n := terms.units.at(s, i)
	switch {
	case joinsNumbers(s, i):
		return unit{end: i}
	case n == 0 || word.class == classLatin && isLetter(s.at(i+n)):
		return unlisted(s, i, run)
	case word.class == classMoney && n == 1 && s[i] != '元' && len(run) > 1:
		return unit{text: string(s[i]), class: classCount, end: i + 1} // 5块展板, 3角
	case word.class == classCount || word.class == classTime:
		n += joined(s, i+n)
	}
	return unit{text: string(s[i : i+n]), class: word.class, word: word, end: i + n}
}

// joinsNumbers: 至 and 到 with a number after them are no unit, 3至5个.
func joinsNumbers(s line, i int) bool {
	j := rangeSign(s, i)
	return j > i && (isDigit(s.at(j)) || isNumeral(s.at(j)))
}

// joined reads a second measure word that makes one unit with the first: 台套, 人份, 人天.
func joined(s line, i int) int {
	for _, word := range terms.raw.Joinable {
		if s.has(i, word) && s.at(i-1) != '个' {
			if after := nounAt(s, i+len([]rune(word))); len(after) == 0 {
				return len([]rune(word))
			}
		}
	}
	return 0
}

// unlisted reads a unit that no list has: a short noun or a latin abbreviation.
func unlisted(s line, i int, run line) unit {
	if _, n := terms.closed.at(s, i); n > 0 {
		return unit{end: i}
	}
	if len(run) > 0 && len(run) <= longestNoun {
		return unit{text: string(run), class: classUnknown, end: i + len(run)}
	}
	j := i
	for isUnitSign(s.at(j)) {
		j++
	}
	abbreviation := string(s[i:j])
	if j == i || j == i+1 && isLetter(s[i]) || strings.Trim(abbreviation, "AXx*") == "" {
		return unit{end: i}
	}
	return unit{text: abbreviation, class: classUnknown, end: j}
}

func isUnitSign(r rune) bool {
	return isLetter(r) || strings.ContainsRune("μµΩ℃°²³㎡㎥㎞㎏㎝㎜", r) && r != 0
}

// nounAt gives the chinese characters from i up to a word like 以上 or to 每.
func nounAt(s line, i int) line {
	j := i
	for isHan(s.at(j)) && s.at(j) != '每' && !joinsNumbers(s, j) {
		if _, n := terms.after.at(s, j); n > 1 {
			break
		}
		if j > i && j+1 == len(s) && strings.ContainsRune("内前起", s[j]) {
			break
		}
		if j == i && strings.ContainsRune("内前", s[j]) {
			break
		}
		j++
	}
	return s.from(i)[:max(j-i, 0)]
}

// perAt reads what an amount is per: /人·天, /(人·天), 每人每天. It gives the text and the place after it.
func perAt(s line, i int) (string, int) {
	var parts []string
	for {
		slash := s.at(i) == '/'
		if !slash && s.at(i) != '每' {
			return strings.Join(parts, "·"), i
		}
		j := i + 1
		if slash && s.at(j) == '每' {
			j++
		}
		text, end := baseAt(s, j)
		if text == "" {
			return strings.Join(parts, "·"), i
		}
		parts = append(parts, text)
		i = end
	}
}

// baseAt reads one base with its joints as written: 人、天, 人*月, 人/年, 100g, 3年.
func baseAt(s line, i int) (string, int) {
	end := baseWord(s, i)
	if end == i {
		return "", i
	}
	for {
		joint := s.at(end)
		next := baseWord(s, end+1)
		if joint == 0 || !strings.ContainsRune("·*×/、.-", joint) || next == end+1 || isDigit(s.at(end+1)) {
			break
		}
		if _, n := terms.units.at(s, end+1); n == 0 && joint != '/' {
			break
		}
		end = next
	}
	text := string(s[i:end])
	return strings.TrimPrefix(text, "个"), end
}

// baseWord gives the place after one base word; a listed one is preferred to a whole noun.
func baseWord(s line, i int) int {
	j := i
	for isDigit(s.at(j)) {
		j++
	}
	for isNumeral(s.at(j)) || s.at(j) == '半' {
		j++
	}
	if s.at(j) == '个' && isHan(s.at(j+1)) {
		j++
	}
	run := nounAt(s, j)
	word, n := terms.units.at(s, j)
	switch {
	case n > 0 && word.class != classOrdinal && !(word.class == classLatin && isLetter(s.at(j+n))):
		return j + n + joined(s, j+n)
	case len(run) > 0 && len(run) <= longestNoun:
		return j + len(run)
	}
	for isUnitSign(s.at(j)) {
		j++
	}
	if isDigit(s.at(j - 1)) {
		return i
	}
	return j
}
