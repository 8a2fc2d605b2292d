package indicator

import (
	"strings"
	"time"
)

// A span is the stretch of days that a piece of a date names.
type span struct {
	first, last time.Time
	whole       bool // a month, quarter or year as such: 前 means before it begins
	month       bool // nothing but N月, which may also count months
	compact     bool // figures alone: 2023.12, 20231231
}

// The years that figures may mean; others are amounts.
const firstYear, lastYear = 1900, 2100

// A calendar reads spans along a line.
type calendar struct {
	s      line
	filing int // the budget year, for what names no year; 0 for none
	year   int // the year in force: the last one named
	named  bool
	month  int // the month in force, for 10月1-7日; 0 for none
}

// readDate reads a line that is a date and nothing else but words around it.
func readDate(s line, filing int) (TargetValue, bool) {
	if !isYear(filing) {
		filing = 0
	}
	for i := range s {
		if i > 0 && (isDigit(s[i]) && (isDigit(s[i-1]) || s[i-1] == '.' || s[i-1] == '-') || isNumeral(s[i]) && isNumeral(s[i-1])) {
			continue
		}
		c := calendar{s: s, filing: filing, year: filing}
		sp, end, ok := c.phrase(i)
		if !ok {
			continue
		}
		return c.settle(s[:i], sp, end)
	}
	return TargetValue{}, false
}

// dateLabel gives the place after a date in words that starts at i, or i.
func dateLabel(s line, i int) int {
	c := calendar{s: s, filing: firstYear, year: firstYear}
	sp, end, ok := c.phrase(i)
	if !ok || sp.compact {
		return i
	}
	_, n := terms.markers.at(s, end)
	return end + n
}

// A marker closes a date: 前 or 内. A date that only begins (起) has no last day.
type marker int

const (
	markNone marker = iota
	markBefore
	markWithin
	markOpen
)

// settle decides whether the words around a span leave it a date, and which day it ends.
func (c *calendar) settle(before line, sp span, end int) (TargetValue, bool) {
	mark, n := terms.markers.at(c.s, end)
	rest := c.s.from(end + n)
	l := leadOf(before)
	name := trimEnd(l.name)
	switch {
	case mark == markOpen, name.hasDigit(), recurring(before), !readableRest(rest, mark):
		return TargetValue{}, false
	case len(name) > 0 && mark == markNone && !namesTime(name):
		return TargetValue{}, false
	case l.strong && sp.month && isLower(l.operator), l.direction != "", l.negative:
		return TargetValue{}, false
	case l.strong && sp.compact && sp.whole: // ≥2023.5 is a number
		return TargetValue{}, false
	}
	last := sp.last
	if eve := sp.first.AddDate(0, 0, -1); mark == markBefore && sp.whole &&
		(eve.Year() == sp.first.Year() || eve.Year() >= c.filing) {
		// 10月前 ends with September. Where that would leave the budget year,
		// 2023年前 for 2023 or 1月前, the span itself must be meant.
		last = eve
	}
	v := TargetValue{Kind: Date, Date: last.Format(time.DateOnly)}
	if l.strong && isLower(l.operator) {
		v.Operator = AtLeast
	}
	return v, true
}

// readableRest: after 前 or 内 anything may follow without figures, else only words of doing.
func readableRest(rest line, mark marker) bool {
	if mark == markNone {
		return closedTail(rest)
	}
	return !rest.hasDigit() && !strings.ContainsAny(string(rest), "≥≤><=≠%/*") && !strings.Contains(string(rest), "每")
}

// namesTime: names and words after which a date is expected.
func namesTime(name line) bool {
	for _, word := range terms.raw.Dates.Names {
		if strings.HasSuffix(string(name), word) {
			return true
		}
	}
	return false
}

// phrase reads one span, a range of them (its end counts) or a list (the latest counts).
func (c *calendar) phrase(i int) (span, int, bool) {
	if c.s.has(i, "每年") {
		i += len([]rune("每年"))
	}
	sp, end, ok := c.span(i, span{})
	if !ok {
		return span{}, i, false
	}
	for range 12 {
		j := rangeSign(c.s, end)
		ranged := j > end
		if !ranged {
			j = listSign(c.s, end)
		}
		if j == end {
			break
		}
		c.named = false
		next, k, ok := c.span(j, sp)
		if !ok {
			break
		}
		if ranged && next.last.Before(sp.first) && !c.named { // 11月至3月
			next.first, next.last = nextYear(next.first), nextYear(next.last)
		}
		if !ranged && next.last.Before(sp.last) {
			next = sp
		}
		next.month = false
		sp, end = next, k
	}
	return sp, end, true
}

func nextYear(day time.Time) time.Time {
	if day.AddDate(0, 0, 1).Month() != day.Month() {
		return lastOfMonth(day.Year()+1, int(day.Month()))
	}
	return day.AddDate(1, 0, 0)
}

func listSign(s line, i int) int {
	if r := s.at(i); r != 0 && strings.ContainsRune("、,和及与或", r) {
		return i + 1
	}
	return i
}

// span reads one piece: a date in figures, a year, a part of one. In a range whose
// first date is in figures the second may leave the year out: 2021.1.1-12.31.
func (c *calendar) span(i int, before span) (span, int, bool) {
	if sp, end, ok := c.figures(i, before); ok {
		return sp, end, true
	}
	if sp, end, ok := c.dayAt(i); ok {
		return sp, end, true
	}
	end, hasYear := c.yearAt(i)
	if sp, k, ok := c.partAt(end, hasYear); ok {
		return sp, k, c.year > 0
	}
	if !hasYear {
		return span{}, i, false
	}
	return yearSpan(c.year), end, true
}

func day(year, month, d int) time.Time {
	return time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
}

func lastOfMonth(year, month int) time.Time { return day(year, month+1, 0) }

func yearSpan(year int) span {
	return span{first: day(year, 1, 1), last: day(year, 12, 31), whole: true}
}

func monthSpan(year, from, to int) span {
	return span{first: day(year, from, 1), last: lastOfMonth(year, to), whole: true}
}

// daySpan takes the slip 11月31日 as the last day of its month.
func daySpan(year, month, d int) span {
	date := day(year, month, d)
	if last := lastOfMonth(year, month); date.After(last) {
		date = last
	}
	return span{first: date, last: date}
}

func isYear(n int) bool { return n >= firstYear && n <= lastYear }

func isMonth(n int) bool { return n >= 1 && n <= 12 }

func isDay(n int) bool { return n >= 1 && n <= 31 }

// figures reads 2023-12-31, 2023.12, 20231231 and, after such a date or before 前, 12.31.
func (c *calendar) figures(i int, before span) (span, int, bool) {
	y, j := c.integer(i)
	if j-i == 8 && isYear(y/10000) && isMonth(y/100%100) && y%100 >= 1 &&
		y%100 <= lastOfMonth(y/10000, y/100%100).Day() && !unitFollows(c.s, j) {
		c.setYear(y / 10000)
		sp := daySpan(c.year, y/100%100, y%100)
		sp.compact = true
		return sp, j, true
	}
	sep := c.s.at(j)
	if before.compact && before.whole && isMonth(y) && j-i <= 2 && j == len(c.s) { // 2023.1-12
		return monthSpan(c.year, y, y), j, true
	}
	if sep == 0 || !strings.ContainsRune(".-/", sep) {
		return span{}, i, false
	}
	m, k := c.integer(j + 1)
	if j-i <= 2 && isMonth(y) && isDay(m) && k-j <= 3 && (before.compact && sep != '-' || c.s.has(k, "前") || c.s.has(k, "之前") || c.s.has(k, "以前")) {
		sp := daySpan(c.year, y, m)
		sp.compact = true
		return sp, k, c.year > 0
	}
	if j-i != 4 || !isYear(y) || !isMonth(m) || k-j > 3 {
		return span{}, i, false
	}
	return c.yearMonthDay(y, m, k, sep)
}

// yearMonthDay goes on after 2023.12: with a day and an hour, or a month as such.
func (c *calendar) yearMonthDay(y, m, k int, sep rune) (span, int, bool) {
	d, end := c.integer(k + 1)
	if c.s.at(k) == sep && isDay(d) && end-k <= 3 && end > k+1 && !(sep == '-' && c.s.at(end) == '月') {
		c.setYear(y)
		sp := daySpan(y, m, d)
		sp.compact = true
		if c.s.at(end) == '日' {
			end++
		}
		return sp, c.clock(end), true
	}
	if c.s.at(k) == '月' || unitFollows(c.s, k) {
		if c.s.at(k) != '月' || sep == '-' {
			return span{}, k, false
		}
		k++
	}
	c.setYear(y)
	sp := monthSpan(y, m, m)
	sp.compact = true
	return sp, k, true
}

// unitFollows: figures with a unit are an amount, 2023.12万元.
func unitFollows(s line, i int) bool {
	_, n := terms.units.at(s, i)
	_, scale := scales[s.at(i)]
	return n > 0 || scale
}

// clock passes over a time of day, which a day as target doesn't need.
func (c *calendar) clock(i int) int {
	j := i
	if c.s.at(j) == ' ' || c.s.at(j) == 'T' {
		j++
	}
	for range 3 {
		_, k := c.integer(j)
		if k == j || k-j > 2 {
			break
		}
		if !strings.ContainsRune(":时点分", c.s.at(k)) || c.s.at(k) == 0 {
			if c.s.at(j-1) == ':' {
				return k
			}
			break
		}
		j, i = k+1, k+1
	}
	return i
}

func (c *calendar) integer(i int) (int, int) {
	n, j := 0, i
	for isDigit(c.s.at(j)) && j-i < 9 {
		n = n*10 + int(c.s.at(j)-'0')
		j++
	}
	return n, j
}

func (c *calendar) setYear(year int) { c.year, c.named = year, true }
