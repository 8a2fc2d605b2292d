package tracking

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"biaochi/service/indicator"
)

// Comparison is a target and what was reached, as numbers that can be compared.
type Comparison struct {
	// Operator is never empty. Equal is written out (=100%); a bare figure is AtLeast,
	// or AtMost for a cost and for zero.
	Operator indicator.Operator
	// Low is the target; High is set for ranges alone. Changes are in the direction of
	// the target, dates are days from the first of January of the budget year, 1 for it.
	Low, High *big.Rat
	Actual    *big.Rat
	Kind      indicator.Kind
	Unit      string
	// Undone marks a date on which nothing happened: it is never reached.
	Undone bool
}

// Measured is an indicator with a target that has a number or a date.
type Measured struct {
	Target indicator.TargetValue
	Actual string // as written
	Year   int
	// Cost marks an indicator of which less is better (成本指标).
	Cost bool
}

// Compare reads target and actual value. why says in Chinese why they can't be
// compared, "" where they can.
func (r ScoreRules) Compare(m Measured) (c Comparison, why string) {
	c = Comparison{Operator: operatorOf(m), Kind: m.Target.Kind, Unit: m.Target.Unit}
	if m.Target.Kind == indicator.Date {
		return r.compareDates(c, m)
	}
	var ok bool
	if c.Low, ok = number(m.Target.Value); !ok {
		return c, "指标值没有可比较的数"
	}
	if c.Operator == indicator.Range {
		c.High, _ = number(m.Target.Upper)
	}
	if r.isNotDone(m.Actual) {
		c.Actual = new(big.Rat)
		return c, ""
	}
	actual := indicator.Parse(signed(m.Actual), m.Year)
	if why = mismatch(m.Target, actual); why != "" {
		return c, why
	}
	c.Actual, _ = number(actual.Value)
	if actual.Kind == indicator.Change && actual.Direction != m.Target.Direction {
		c.Actual = new(big.Rat).Neg(c.Actual)
	}
	return c, ""
}

// signed writes a minus in words as a sign, which the grammar of targets has no use
// for: 负2%, 负增长2%.
func signed(text string) string {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "负增长"); ok {
		return "下降" + rest
	}
	if rest, ok := strings.CutPrefix(text, "负"); ok {
		return "-" + rest
	}
	return text
}

// operatorOf gives the operator by which the target is meant. What is written
// without one is a floor, a ceiling for a cost or where it is zero (事故 0 起, which any
// number of them would reach else); an equals sign means just that.
func operatorOf(m Measured) indicator.Operator {
	op := m.Target.Operator
	switch {
	case m.Target.Kind == indicator.Date && op == "":
		return indicator.AtMost
	case op != "" && op != indicator.Equal || op == indicator.Equal && writtenEqual(m.Target.Text):
		return op
	case m.Cost || isZero(m.Target.Value):
		return indicator.AtMost
	}
	return indicator.AtLeast
}

func isZero(text string) bool {
	value, ok := number(text)
	return ok && value.Sign() == 0
}

func writtenEqual(text string) bool {
	return strings.ContainsAny(text, "=＝") || strings.Contains(text, "等于")
}

func (r ScoreRules) isNotDone(text string) bool {
	return slices.Contains(r.NotDone, strings.TrimRight(strings.TrimSpace(text), "。"))
}

// mismatch tells why an actual value isn't a figure of the target's sort.
func mismatch(target, actual indicator.TargetValue) string {
	switch {
	case actual.Value == "" || actual.Kind == indicator.Date || actual.Kind == indicator.Grade:
		return "实际完成值应写成与指标值同样单位的数"
	case actual.Operator != indicator.Equal && actual.Operator != "":
		return "实际完成值应写成确切的数，不能是范围或“以上”“以内”"
	case actual.Kind == indicator.Change && target.Kind != indicator.Change:
		return "指标值不是增减幅度，实际完成值应写成完成的数"
	case actual.Unit == target.Unit && (actual.Per == target.Per || actual.Per == ""):
		return ""
	case actual.Unit == "" && target.Kind != indicator.Money:
		return ""
	case actual.Unit == "":
		return "实际完成值应写明金额单位（元或万元）"
	}
	return "实际完成值的单位“" + unitOf(actual) + "”与指标值的单位“" + unitOf(target) + "”不同"
}

func unitOf(v indicator.TargetValue) string {
	if v.Per != "" {
		return v.Unit + "/" + v.Per
	}
	return v.Unit
}

func (r ScoreRules) compareDates(c Comparison, m Measured) (Comparison, string) {
	c.Low = dayOfYear(m.Target.Date, m.Year)
	if r.isNotDone(m.Actual) {
		c.Undone = true
		return c, ""
	}
	actual := indicator.Parse(m.Actual, m.Year)
	if actual.Kind != indicator.Date {
		return c, "实际完成值应写成日期，如 " + m.Target.Date
	}
	c.Actual = dayOfYear(actual.Date, m.Year)
	return c, ""
}

func dayOfYear(date string, year int) *big.Rat {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return new(big.Rat) // indicator.Parse gives no other dates
	}
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	return ratio(int64(day.Sub(first)/(24*time.Hour))+1, 1)
}

func number(text string) (*big.Rat, bool) {
	if text == "" {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// Attainment is how far a target was reached.
type Attainment struct {
	Reached bool
	// Done is the part that was reached, from 0 to 1; below 1 also where a strict bound
	// was just not passed.
	Done *big.Rat
	// Times is actual ÷ target for targets that ask for more, nil elsewhere.
	Times *big.Rat
}

// Attain measures how far the target was reached, in proportion by its direction
// (完成比率). Nothing earns less than nothing.
func (c Comparison) Attain() Attainment {
	if c.Undone {
		return Attainment{Done: new(big.Rat)}
	}
	switch c.Operator {
	case indicator.AtMost, indicator.Below:
		return c.atMost(c.Low)
	case indicator.Range:
		if c.Actual.Cmp(c.Low) >= 0 {
			return c.atMost(c.High)
		}
	case indicator.Equal:
		if c.Actual.Cmp(c.Low) >= 0 {
			return c.atMost(c.Low)
		}
	}
	return c.atLeast()
}

func (c Comparison) atLeast() Attainment {
	order := c.Actual.Cmp(c.Low)
	a := Attainment{Reached: order > 0 || order == 0 && c.Operator != indicator.Above}
	if c.Low.Sign() > 0 {
		a.Times = quotient(c.Actual, c.Low)
	}
	a.Done = done(a.Reached, c.Actual, c.Low)
	return a
}

func (c Comparison) atMost(limit *big.Rat) Attainment {
	order := c.Actual.Cmp(limit)
	a := Attainment{Reached: order < 0 || order == 0 && c.Operator != indicator.Below}
	a.Done = done(a.Reached, limit, c.Actual)
	return a
}

// done is part ÷ whole within 0 and 1. Of a bound of nothing, or below it, there is
// no part: it is reached or not.
func done(reached bool, part, whole *big.Rat) *big.Rat {
	switch {
	case reached:
		return one
	case part.Sign() <= 0 || whole.Sign() <= 0:
		return new(big.Rat)
	}
	if share := quotient(part, whole); share.Cmp(one) < 0 {
		return share
	}
	return one
}
