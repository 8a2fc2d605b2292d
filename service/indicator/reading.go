package indicator

import (
	"slices"
	"strings"
)

// A reading is one way to take the parentheses of a value.
type reading struct {
	text   line
	strict bool // (不含): the bound itself doesn't count
}

// readings gives the ways to take a line, best first. Parentheses after a value
// are a remark, ≥95%(含) or 20万元(其中中央10万元); where the words before them
// mean nothing they hold the value itself, 优秀(90分以上).
func readings(s line) []reading {
	s = unwrapped(trimmed(s))
	if !strings.ContainsRune(string(s), '(') {
		return []reading{{text: s}}
	}
	bare, strict := withoutRemarks(s)
	first := reading{bare, strict}
	if heading := headingUnit(s); heading != nil && isDigit(bare.at(len(bare)-1)) {
		first.text = append(bare[:len(bare):len(bare)], heading...)
	}
	open := make(line, 0, len(s))
	for _, r := range s {
		if r != '(' && r != ')' {
			open = append(open, r)
		}
	}
	return []reading{first, {text: open}}
}

// unwrapped takes off one pair of parentheses around the whole.
func unwrapped(s line) line {
	if s.at(0) == '(' && closing(s, 0) == len(s)-1 {
		return trimmed(s[1 : len(s)-1])
	}
	return s
}

// headingUnit gives the unit that stands with the name, 合格率(%)≥95, or nil.
func headingUnit(s line) line {
	i := 0
	for i < len(s) && s[i] != '(' {
		i++
	}
	end := closing(s, i)
	if end < 0 || s[:i].hasDigit() {
		return nil
	}
	inner := s[i+1 : end]
	_, head := scaleAt(inner, 0)
	if head < len(inner) && terms.units.is(inner[head:]) {
		return inner
	}
	return nil
}

// closing gives the place of the parenthesis that closes the one at i, or -1.
func closing(s line, i int) int {
	depth := 0
	for j := i; j < len(s); j++ {
		switch s[j] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return j
		}
	}
	return -1
}

// withoutRemarks drops what stands in parentheses, except a unit: 12(次), 77台(套), 元/(人·天).
func withoutRemarks(s line) (line, bool) {
	out, strict := make(line, 0, len(s)), false
	for i := 0; i < len(s); i++ {
		end := -1
		if s[i] == '(' {
			end = closing(s, i)
		}
		if end < 0 {
			out = append(out, s[i])
			continue
		}
		inner := s[i+1 : end]
		switch {
		case excludes(inner):
			strict = true
		case asUnit(out, inner), unwraps(inner):
			out = append(out, inner...)
		case asVariant(out, inner):
			out = append(out, s[i:end+1]...)
		}
		i = end
	}
	return out, strict
}

// unwraps: 大于(等于)90% and 12月(底)前 mean what they say without the parentheses.
func unwraps(inner line) bool {
	return slices.Contains([]string{"等于", "或等于", "或者等于", "底", "末", "份"}, string(inner))
}

// excludes tells (不含) and (不含90%), which part a bound from its range, from (不含税).
func excludes(inner line) bool {
	return inner.has(0, "不含") && (len(inner) == 2 || isDigit(inner.at(2)) || inner.has(2, "本数"))
}

// asUnit: right after a number or a per sign the parentheses hold a unit.
func asUnit(before, inner line) bool {
	if len(before) == 0 || len(inner) == 0 || inner.hasDigit() || inner[0] == '含' {
		return false
	}
	last := before[len(before)-1]
	_, scale := scales[last]
	return isDigit(last) || last == '/' || scale
}

// asVariant: 台(套) and 头(只) are units of their own.
func asVariant(before, inner line) bool {
	unit, _ := terms.units.at(inner, 0)
	if !terms.units.is(inner) || unit.class != classCount {
		return false
	}
	word, n := terms.units.ending(before)
	place := len(before) - n - 1
	_, scale := scales[before.at(place)]
	return n > 0 && word.class == classCount && (isDigit(before.at(place)) || scale)
}

// trimmed drops what only frames a value: stops at the end, bullets and numbering at the start.
func trimmed(s line) line {
	for len(s) > 0 && strings.ContainsRune(" 。;,、!.:·…?", s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	for len(s) > 0 && (strings.ContainsRune(" 。;,、!:·", s[0]) || s[0] >= '①' && s[0] <= '⑳') {
		s = s[1:]
	}
	if isDigit(s.at(0)) && (s.at(1) == '、' || s.at(1) == '.') && (isHan(s.at(2)) && !isNumeral(s.at(2)) || isSign(s.at(2))) {
		return s[2:]
	}
	return s
}

// isNumeral tells the characters of chinese numerals.
func isNumeral(r rune) bool {
	_, digit := digits[r]
	_, scale := scales[r]
	return digit || scale
}
