package exchange

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"biaochi/model"
)

// textClass says which texts may stand at a place: how long, and which
// characters. Patterns are for the JSON Schema and say the same as fault.
type textClass struct {
	max     int // runes
	pattern string
	// fault gives what is wrong with a text, "" where nothing is.
	fault func(text string) string
}

// The limits are far above what any form holds; they keep a broken export of
// another system from filling a database column or a page.
const (
	maxCode = 64
	maxName = 500
	maxMemo = 20_000
)

var (
	codeText = textClass{maxCode, `^[^\p{C}\p{Z}/\\]*$`, codeFault}
	nameText = textClass{maxName, `^[^\p{Cc}]*$`, nameFault}
	// cellText is a cell of a form, where people break lines.
	cellText      = textClass{maxName, memoPattern, memoFault}
	memoText      = textClass{maxMemo, memoPattern, memoFault}
	regionText    = textClass{9, `^([0-9]{9})?$`, regionFault}
	dateText      = textClass{10, `^(` + datePattern + `)?$`, dateFault}
	civilTimeText = textClass{19, `^(` + datePattern + `(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?)?$`, civilTimeFault}
)

const (
	// Control characters other than tab and line ends can't be written to XLSX and DOCX.
	memoPattern = `^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*$`
	datePattern = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`
)

// check gives what is wrong with a text, "" where nothing is.
func (c textClass) check(text string) string {
	if n := utf8.RuneCountInString(text); n > c.max {
		return fmt.Sprintf("最长 %d 个字符，这里有 %d 个", c.max, n)
	}
	return c.fault(text)
}

func codeFault(text string) string {
	for _, r := range text {
		if r == '/' || r == '\\' || unicode.In(r, unicode.C, unicode.Z) {
			return fmt.Sprintf("编码中不能有空格、斜杠和不可见字符，请删去 %s", visible(r))
		}
	}
	return ""
}

func nameFault(text string) string {
	for _, r := range text {
		if unicode.IsControl(r) {
			return fmt.Sprintf("不能有换行等控制字符，请删去 %s", visible(r))
		}
	}
	return ""
}

func memoFault(text string) string {
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return fmt.Sprintf("除换行和制表符外不能有控制字符，请删去 %s", visible(r))
		}
	}
	return ""
}

func regionFault(text string) string {
	if len(text) != 9 || !onlyDigits(text) {
		return "应为九位数字，如 \"140700000\"；这里是 “" + quoted(text) + "”"
	}
	return ""
}

func dateFault(text string) string {
	return asWritten(new(model.Date).UnmarshalText([]byte(text)), text)
}

func civilTimeFault(text string) string {
	return asWritten(new(model.CivilTime).UnmarshalText([]byte(text)), text)
}

// asWritten gives the message of an error with the text that it is about.
func asWritten(err error, text string) string {
	if err == nil {
		return ""
	}
	return err.Error() + "，且须是日历上有的一天；这里是 “" + quoted(text) + "”"
}

func onlyDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// visible shows a character so that it can be found: “/” or U+0000.
func visible(r rune) string {
	if unicode.IsGraphic(r) && !unicode.IsSpace(r) {
		return "“" + string(r) + "”"
	}
	return fmt.Sprintf("U+%04X", r)
}
