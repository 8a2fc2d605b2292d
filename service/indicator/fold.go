package indicator

import (
	"strings"
	"unicode"
)

// A line is a value after folding: half-width, one sign for each operator, no idle spaces.
type line []rune

// at gives the rune at i, or 0 beyond either end.
func (s line) at(i int) rune {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

// from gives the rest from i; beyond the end it's empty.
func (s line) from(i int) line { return s[min(max(i, 0), len(s)):] }

func (s line) has(i int, word string) bool {
	for _, r := range word {
		if s.at(i) != r {
			return false
		}
		i++
	}
	return true
}

func (s line) hasDigit() bool {
	for _, r := range s {
		if isDigit(r) {
			return true
		}
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// isSign tells operator signs after folding; ≠ stands for a mixture nobody can read.
func isSign(r rune) bool { return strings.ContainsRune("≥≤><=≠", r) }

// variants are the same sign drawn differently on the forms of different regions.
var variants = signTable(map[rune]string{
	'≥': "≧⩾≽≮", '≤': "≦⩽≼≯", '>': "﹥〉›⟩", '<': "﹤〈‹⟨", '=': "═﹦", '≈': "≒≅",
	'%': "﹪٪", '¥': "￥", '-': "—–―−﹣‐‑‒─", '~': "〜∼∽˜", ':': "﹕∶︰", '·': "•‧∙⋅・･．‥●",
	'×': "✕✖╳", '(': "﹙【[「『{", ')': "﹚】]」』}", ',': "﹐", '.': "﹒", '*': "﹡∗", '+': "﹢",
	'/': "∕⁄", '、': "﹑､", ';': "﹔", '。': "｡",
})

func signTable(groups map[rune]string) map[rune]rune {
	table := map[rune]rune{}
	for sign, others := range groups {
		for _, other := range others {
			table[other] = sign
		}
	}
	delete(table, '．') // the full-width stop is a decimal point
	return table
}

// halfWidth folds one rune; 0 means the rune carries nothing.
func halfWidth(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	switch {
	case strings.ContainsRune("\u200b\u200c\u200d\u2060\ufeff\u00ad\"'“”‘’＂", r):
		return 0
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return ' '
	}
	if sign, ok := variants[r]; ok {
		return sign
	}
	return r
}

// fold brings a value into the one spelling that the grammar reads.
func fold(text string) line {
	s := make(line, 0, len(text))
	for _, r := range text {
		if r = halfWidth(r); r != 0 {
			s = append(s, r)
		}
	}
	if len(s) > 1 && (isDigit(s[1]) || isSign(s[1])) {
		switch s[0] { // book-title marks typed or scanned for the operators
		case '》':
			s[0] = '>'
		case '《':
			s[0] = '<'
		}
	}
	return joinSigns(dropSpaces(s))
}

// dropSpaces keeps a space only where it parts two latin words or numbers,
// and closes it where it groups thousands ("1 500").
func dropSpaces(s line) line {
	out := make(line, 0, len(s))
	for i, r := range s {
		if r != ' ' {
			out = append(out, r)
			continue
		}
		next := nextInk(s, i)
		if len(out) == 0 || next == len(s) || out[len(out)-1] == ' ' {
			continue
		}
		before, after := out[len(out)-1], s[next]
		if isDigit(after) && (isLetter(before) || isDigit(before) && !groupsThousands(s, i, next)) ||
			isLetter(before) && isLetter(after) {
			out = append(out, ' ')
		}
	}
	return out
}

func nextInk(s line, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// groupsThousands: one to three digits before the spaces, exactly three after them.
func groupsThousands(s line, gap, next int) bool {
	for gap > 0 && s[gap-1] == ' ' {
		gap--
	}
	head, tail := 0, 0
	for isDigit(s.at(gap - 1 - head)) {
		head++
	}
	for isDigit(s.at(next + tail)) {
		tail++
	}
	return head >= 1 && head <= 3 && tail == 3
}

// joinSigns makes one operator of a run of signs: ">=", "=>" and "≥=" are all ≥.
func joinSigns(s line) line {
	out := make(line, 0, len(s))
	for i := 0; i < len(s); {
		if !isSign(s[i]) {
			out = append(out, s[i])
			i++
			continue
		}
		j := i
		for j < len(s) && isSign(s[j]) {
			j++
		}
		out = append(out, signOf(string(s[i:j])))
		i = j
	}
	return out
}

func signOf(run string) rune {
	up, down := strings.ContainsAny(run, ">≥"), strings.ContainsAny(run, "<≤")
	equal := strings.ContainsAny(run, "=≥≤")
	switch {
	case up && down || strings.ContainsRune(run, '≠'):
		return '≠'
	case up && equal:
		return '≥'
	case up:
		return '>'
	case down && equal:
		return '≤'
	case down:
		return '<'
	}
	return '='
}
