package spreadsheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Fold writes full-width letters, digits and signs as half-width ones and every minus
// as a hyphen, and takes out what nobody sees and the blanks around.
func Fold(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("−–‒﹣", r):
			return '-'
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, width.Fold.String(text)))
}

// Bare is a head of a column without blanks and without what stands in brackets.
func Bare(header string) string {
	var b strings.Builder
	depth := 0
	for _, r := range Fold(header) {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth <= 0 && !unicode.IsSpace(r) && r != '*' && r != ':':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Line is a text on one line, with one blank where there were several.
func Line(text string) string { return strings.Join(strings.Fields(text), " ") }

// Headers are the texts of a row of heads, counted from 1; where a cell is blank the
// one above counts, as in heads of two rows.
func (s Sheet) Headers(row int) []string {
	columns := len(s.Rows[row-1])
	if columns > 0 && row > 1 {
		columns = max(columns, len(s.Rows[row-2]))
	}
	headers := make([]string, columns)
	for i := range headers {
		headers[i] = Line(s.At(row, i+1).Shown)
		if headers[i] == "" && row > 1 {
			headers[i] = Line(s.At(row-1, i+1).Shown)
		}
	}
	return headers
}
