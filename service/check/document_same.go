package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"biaochi/service/render"
)

// nothingElse: the document has no part that the outline doesn't ask for.
func (r *reader) nothingElse() {
	asked := map[string]int{}
	for _, block := range r.Original.Blocks {
		asked[known(block)]++
	}
	for _, block := range r.Document.Blocks {
		anchor, name := anchored(block)
		left := asked[known(block)]
		if anchor == "" { // of those with one, nothingTwice reports what comes again
			asked[known(block)]--
		}
		// R22 counts the forms of projects.
		if left <= 0 && !r.reported[known(block)] && !strings.HasPrefix(anchor, FormAnchor) {
			r.fail(Finding{Anchor: anchor, Got: name, Message: fmt.Sprintf("多出%s，模板中没有；请删去。", name)})
		}
	}
}

// known is what a block is told from others by: its anchor or, without one, its words.
func known(block render.Block) string {
	if anchor := anchorOf(block); anchor != "" {
		return anchor
	}
	if p, ok := block.(render.Paragraph); ok {
		return p.Text
	}
	return called(block)
}

func (r *reader) oddFinding(t *sheetOfTable, odd oddCell) Finding {
	row := t.rows[odd.row]
	return Finding{
		Anchor: t.Key, Table: t.Key, Row: row[0], Column: t.Columns[odd.column].Heading, Got: row[odd.column],
		Message: fmt.Sprintf("《%s》“%s”行“%s”栏显示 %s，与工作簿和开放数据中的数不同；请重新生成。", t.Title, strings.TrimSpace(row[0]), t.Columns[odd.column].Heading, row[odd.column]),
	}
}

// sameWords: what a paragraph says between its figures and what people wrote is what
// the records give.
func (r *reader) sameWords(want, got render.Paragraph) {
	s := r.statements[want.Anchor]
	if s == nil {
		s = &Statement{Text: want.Text}
	}
	if s.Text == got.Text || r.reported[want.Anchor] {
		return
	}
	if missing, other := s.otherWords(got.Text); other {
		f := Finding{Anchor: want.Anchor, Text: got.Text, Want: missing, Message: fmt.Sprintf("%s中有不是按记录生成的文字；请重新生成。", quoted(got.Text))}
		if missing != "" {
			f.Message = fmt.Sprintf("%s中没有“%s”或多出别的文字；请重新生成。", quoted(got.Text), beginning(missing))
		}
		r.fail(f)
	}
}

// slack is how many characters a figure or a word of direction may be longer than the
// records have it; the rules on them say what is wrong with it.
const slack = 8

// otherWords looks for the words between the marks of a statement one after the
// other, and gives the first that is missing; other tells that the text differs.
func (s *Statement) otherWords(text string) (missing string, other bool) {
	words, room := s.between(), 0
	for i, w := range words {
		if i > 0 {
			room += roomOf(s.Marks[i-1])
		}
		if w == "" {
			continue
		}
		at := strings.Index(text, w)
		if at < 0 || utf8.RuneCountInString(text[:at]) > room {
			return w, true
		}
		text, room = text[at+len(w):], 0
	}
	ends := len(s.Marks) > 0 && words[len(words)-1] == ""
	return "", text != "" && !ends
}

// roomOf is how many characters may stand in the place of a mark.
func roomOf(m Mark) int {
	if slices.Contains([]MarkKind{FreeMark, ReasonMark}, m.Kind) {
		return 1 << 20
	}
	return m.End - m.Start + slack
}

// between gives the words before, between and after the marks of a statement.
func (s *Statement) between() (words []string) {
	from := 0
	for _, m := range s.Marks {
		words = append(words, s.Text[from:m.Start])
		from = m.End
	}
	return append(words, s.Text[from:])
}
