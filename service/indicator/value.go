// Package indicator says what an indicator value (指标值) means, and which
// indicators a year's tree (指标体系) asks for.
//
// It owns the grammar of values as people write them on forms, its words
// (vocabulary.json) and the trees (trees.json). It knows nothing of filings,
// storage or names of indicators: whether a value suits its indicator is for
// the checks to say.
package indicator

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Kind says which sort of meaning a value has.
type Kind string

// The kinds of a value.
const (
	Quantity Kind = "quantity"
	Ratio    Kind = "ratio"  // in per cent
	Money    Kind = "money"  // in yuan
	Date     Kind = "date"   // the last day of what is meant
	Change   Kind = "change" // against a base that the text may leave out
	Grade    Kind = "grade"  // words, comparable by judgement only
	Empty    Kind = "empty"
)

// Operator compares an actual figure with the value.
type Operator string

// The operators; a value written without one means Equal.
const (
	AtLeast Operator = ">="
	AtMost  Operator = "<="
	Equal   Operator = "="
	Above   Operator = ">"
	Below   Operator = "<"
	Range   Operator = "range"
)

// Direction is where a change goes.
type Direction string

// The directions of a change.
const (
	Up   Direction = "up"
	Down Direction = "down"
)

// TargetValue is what stands on a form (指标值) together with its meaning.
//
// Value is an exact plain decimal: yuan for money, hundredths for ratios (‰ and
// 成 converted), the lower bound of a range, the size of a change. Upper is set
// for ranges alone. Unit is 元 for money, % for ratios and as written otherwise,
// with 万 and 亿 multiplied into Value. Per is as written (人·天, 人、天); several
// 每 are joined by "·". Date is yyyy-mm-dd, the last day of what is meant, and
// leaves Operator empty unless the text asks for a day not earlier than it.
// In JSON all nine keys are always there, blank where nothing is meant.
type TargetValue struct {
	Text      string    `json:"text"` // exactly as written
	Kind      Kind      `json:"kind"`
	Operator  Operator  `json:"operator"`
	Value     string    `json:"value"`
	Upper     string    `json:"upper"`
	Unit      string    `json:"unit"`
	Per       string    `json:"per"`
	Date      string    `json:"date"`
	Direction Direction `json:"direction"`
}

// JSON gives the value as one line of JSON, with the operators readable. A date
// stands under value too, since every other kind has there what is compared.
func (v TargetValue) JSON() []byte {
	if v.Kind == Date {
		v.Value = v.Date
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// Strings alone can't fail to encode.
	_ = encoder.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n")
}

// longest is the length in runes beyond which a text isn't read as a value:
// nobody measures against a page, and reading must stay quick.
const longest = 1000

// Parse tells what a value means. Dates without a year are of the given year,
// the budget year of the filing. It accepts any text: what it can't compare by
// number or date is a Grade, and blank is Empty.
func Parse(text string, year int) TargetValue {
	v := TargetValue{Text: text, Kind: Grade}
	if strings.TrimSpace(text) == "" {
		v.Kind = Empty
		return v
	}
	if len(text) > longest*utf8.UTFMax || utf8.RuneCountInString(text) > longest {
		return v
	}
	s := fold(text)
	if len(s) == 0 {
		v.Kind = Empty // nothing but invisible characters
		return v
	}
	for _, reading := range readings(s) {
		if m, ok := understand(reading.text, year); ok {
			if reading.strict {
				m.Operator = strictly(m.Operator)
			}
			m.Text = text
			return m
		}
	}
	return v
}

// understand reads one folded line: as a date if all of it is one, else as an amount.
func understand(s line, year int) (TargetValue, bool) {
	s = afterBase(trimmed(s))
	if v, ok := readDate(s, year); ok {
		return v, true
	}
	return readMeasure(s)
}

func strictly(op Operator) Operator {
	switch op {
	case AtLeast:
		return Above
	case AtMost:
		return Below
	}
	return op
}
