package layout

import (
	"strings"
	"unicode"

	"biaochi/service/render/font"
)

// Characters that may not begin a line (避头) or end one (避尾).
const (
	noStart = "，。、；：？！）》」』】〕〉〗”’…—·～％‰℃,.;:?!)]}%°′″々"
	noEnd   = "（《「『【〔〈〖“‘([{￥$≥≤><=±"
	units   = "年月日万亿元" // hold to the number before them
)

// line is a line of text as it is set; the last one of a paragraph is not justified.
type line struct {
	text  string
	width float64
	last  bool
}

// breakLines sets a text in lines of the given room; the first of each paragraph is
// indented. Nothing is wider than the room unless a single character is.
func breakLines(text string, face *font.Face, size, room, indent float64) []line {
	var lines []line
	for part := range strings.SplitSeq(Clean(text), "\n") {
		b := breaker{face: face, size: size, room: room, left: room - indent}
		b.paragraph([]rune(part))
		lines = append(lines, b.lines...)
	}
	return lines
}

// Clean drops what is not seen and makes every kind of white space a plain one.
func Clean(text string) string {
	if !strings.ContainsFunc(text, unclean) {
		return text
	}
	text = plainSpace.Replace(text)
	return strings.Map(func(r rune) rune {
		if r != '\n' && unclean(r) {
			return -1
		}
		return r
	}, text)
}

// unclean finds white space and what is not seen; letters and Chinese characters are
// told from it at once.
func unclean(r rune) bool {
	if r >= ' ' && r < 0x7F || r >= 0x2E80 && r < 0xD800 {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

var plainSpace = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ")

type breaker struct {
	face       *font.Face
	size, room float64
	wide       bool    // letters and digits take the room of other fonts
	left       float64 // room left in the line
	current    []rune
	used       float64
	lines      []line
}

func (b *breaker) paragraph(text []rune) {
	for len(text) > 0 {
		n := segment(text)
		b.add(text[:n])
		text = text[n:]
	}
	b.end(true)
}

// segment counts the characters from the start that must stay together, with the
// spaces behind them.
func segment(text []rune) int {
	for i := 1; i < len(text); i++ {
		if mayBreak(text[i-1], text[i]) {
			return i
		}
	}
	return len(text)
}

func mayBreak(a, b rune) bool {
	switch {
	case b == ' ' || b == '\u00A0' || a == '\u00A0':
		return false
	case a == ' ':
		return true
	case sign(b) && strings.ContainsRune(noStart, b), sign(a) && strings.ContainsRune(noEnd, a), a == '第':
		return false
	case unicode.IsDigit(a) && strings.ContainsRune(units, b), a == '万' && b == '元', a == '年' && b == '度':
		return false
	}
	return !inWord(a) || !inWord(b)
}

// sign says whether a character is anything but a Chinese one, which most are.
func sign(r rune) bool { return r < 0x3400 || r > 0x9FFF }

// inWord says whether a character holds to its neighbours: letters and digits of
// Latin words, numbers and dates.
func inWord(r rune) bool {
	if !sign(r) {
		return false
	}
	if strings.ContainsRune(".,:/-+_%'@#&", r) {
		return true
	}
	return r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// add sets a segment, on the next line where it has no room on this one, and broken
// anywhere where it is longer than a line.
func (b *breaker) add(segment []rune) {
	width := b.width(trimRight(segment))
	if b.used+width > b.left+tolerance && len(b.current) > 0 {
		b.end(false)
	}
	if width <= b.left+tolerance {
		b.append(segment)
		return
	}
	for _, r := range segment {
		if b.used+b.width([]rune{r}) > b.left+tolerance && len(b.current) > 0 {
			b.end(false)
		}
		b.append([]rune{r})
	}
}

func (b *breaker) append(runes []rune) {
	if len(b.current) == 0 && len(b.lines) > 0 && strings.TrimSpace(string(runes)) == "" {
		return // no line but the first begins with space
	}
	b.used += b.width(runes)
	b.current = append(b.current, runes...)
}

// width is the room of characters behind those of the line.
func (b *breaker) width(runes []rune) (width float64) {
	var before rune
	if n := len(b.current); n > 0 {
		before = b.current[n-1]
	}
	for _, r := range runes {
		width += runeWidth(r, b.face, b.size)
		if b.wide {
			width += widening(before, r, b.face) * b.size
		}
		before = r
	}
	return width
}

func (b *breaker) end(last bool) {
	text := trimRight(b.current)
	b.lines = append(b.lines, line{string(text), runesWidth(text, b.face, b.size), last})
	b.current, b.used, b.left = b.current[:0], 0, b.room
}

func trimRight(text []rune) []rune {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text
}

// tolerance keeps rounding of sums of widths from breaking a line.
const tolerance = 0.01

func runeWidth(r rune, wanted *font.Face, size float64) float64 {
	return float64(font.Advance(r, wanted)) * size / 1000
}

func runesWidth(text []rune, face *font.Face, size float64) (width float64) {
	for _, r := range text {
		width += runeWidth(r, face, size)
	}
	return width
}

func textWidth(text string, face *font.Face, size float64) (width float64) {
	for _, r := range text {
		width += runeWidth(r, face, size)
	}
	return width
}

// longestWord is the room, in parts of the size, that a column should have for the
// longest segment of a text.
func longestWord(text string, face *font.Face) (widest float64) {
	for part := range strings.SplitSeq(Clean(text), "\n") {
		for runes := []rune(part); len(runes) > 0; {
			n := segment(runes)
			widest = max(widest, roomOf(strings.TrimRight(string(runes[:n]), " "), face))
			runes = runes[n:]
		}
	}
	return widest
}

// latinRoom is how much more room letters and digits get: those of the fonts that an
// office opens a DOCX with may be wider.
const latinRoom = 1.2

// scriptGap is what an office may set between Chinese and Latin, in parts of the size.
const scriptGap = 0.25

// widening is how much wider a character behind another may be with other fonts, in
// parts of the size.
func widening(before, r rune, face *font.Face) (more float64) {
	if r < 0x2E80 {
		more = runeWidth(r, face, 1) * (latinRoom - 1)
	}
	if unicode.Is(unicode.Han, before) && inWord(r) || inWord(before) && unicode.Is(unicode.Han, r) {
		more += scriptGap
	}
	return more
}

// wideWidth is the room of a text with other fonts, in parts of the size.
func wideWidth(text string, face *font.Face) (width float64) {
	var before rune
	for _, r := range text {
		width += runeWidth(r, face, 1) + widening(before, r, face)
		before = r
	}
	return width
}

// wideLines counts the lines of a text that is set with other fonts.
func wideLines(text string, face *font.Face, size, room float64) (count int) {
	for part := range strings.SplitSeq(Clean(text), "\n") {
		b := breaker{face: face, size: size, room: room, left: room, wide: true}
		b.paragraph([]rune(part))
		count += len(b.lines)
	}
	return count
}

func roomOf(word string, face *font.Face) (room float64) {
	for _, r := range word {
		w := runeWidth(r, face, 1)
		if r < 0x2E80 {
			w *= latinRoom
		}
		room += w
	}
	return room
}

// Balanced breaks a centred text into lines as a page of some width has them.
func Balanced(text string, s Style, paper float64) (lines []string) {
	for _, l := range balance(text, s, paper-2*MarginSide) {
		lines = append(lines, l.text)
	}
	return lines
}

// balance narrows a centred text as far as it keeps its number of lines, so that no
// single character stands in the last one.
func balance(text string, s Style, room float64) []line {
	best := breakLines(text, s.Face, s.Size, room, 0)
	for room -= s.Size; room > 0 && len(best) > 1; room -= s.Size {
		lines := breakLines(text, s.Face, s.Size, room, 0)
		if len(lines) > len(best) {
			break
		}
		best = lines
	}
	return best
}
