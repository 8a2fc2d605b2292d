package check

import (
	"fmt"
	"strings"
	"unicode"
)

// everythingPrints is D05: the typefaces have every character. One that nobody else
// knows either is an error; a rare one warns, since it stands in the other formats.
func everythingPrints(r *reader) {
	if r.Missing == nil {
		r.lacking = "没有字库可以对照。"
		return
	}
	for _, t := range r.everyText() {
		if t.text == "" {
			continue
		}
		r.checked++
		for _, c := range r.Missing(t.text) {
			r.unprintable(t, c)
		}
	}
}

func (r *reader) unprintable(t text, c rune) {
	f := Finding{Severity: Warning, Anchor: t.anchor, Text: t.text, Got: string(c)}
	name := fmt.Sprintf("“%c”（U+%04X）", c, c)
	f.Message = fmt.Sprintf("%s中的%s不在字库中，PDF 中印成〓，但可以检索和复制；请核对用字，能用规范字的请改用。", t.where, name)
	if nobodyKnows(c) {
		f.Severity = Error
		f.Message = fmt.Sprintf("%s中的 U+%04X 是自造字或乱码，别处看不到；请改用规范字。", strings.ReplaceAll(t.where, string(c), "〓"), c)
	}
	r.fail(f)
}

// nobodyKnows tells characters that mean something on one machine alone, if at all.
func nobodyKnows(c rune) bool {
	return c == unicode.ReplacementChar || unicode.In(c, unicode.Co, unicode.Noncharacter_Code_Point)
}
