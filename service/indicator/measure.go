package indicator

import (
	"math/big"
	"slices"
	"strings"
)

// readMeasure reads everything with a number that is no date. All of the line
// must belong to one figure: two figures, 6个月,每月200元, can't be compared as one.
func readMeasure(s line) (TargetValue, bool) {
	for i := 0; i < len(s); {
		end, isNumber := plainNumber(s, i)
		if !isNumber {
			i++
			continue
		}
		if skip := labelEnd(s, i, end); skip > i {
			i = skip
			continue
		}
		return readAround(s, i)
	}
	return readChinese(s)
}

// plainNumber tells where figures stand that need no further proof: arabic digits and 百分之.
func plainNumber(s line, i int) (int, bool) {
	if n, ok := fractionAt(s, i); ok {
		return n.end, true
	}
	j := i
	if s.at(j) == '.' && !isDigit(s.at(j-1)) && isDigit(s.at(j+1)) {
		j++
	}
	for isDigit(s.at(j)) {
		j++
	}
	return j, j > i
}

// readChinese looks for a chinese numeral where no figures stand. It must be the
// whole matter, since numerals live in many words: 一次性, 三村符合条件的人员.
func readChinese(s line) (TargetValue, bool) {
	for i, r := range s {
		before := s.at(i - 1)
		if !isNumeral(r) && r != '半' || isNumeral(before) || neverNumber(before) || ranks(s[:i]) ||
			r == '半' && isHan(before) && before != '每' {
			continue
		}
		if v, ok := readAround(s, i); ok {
			return v, true
		}
	}
	return TargetValue{}, false
}

func neverNumber(before rune) bool {
	return before != 0 && slices.Contains(terms.raw.Never, string(before))
}

// readAround reads the amount at i with the words on both sides.
func readAround(s line, i int) (TargetValue, bool) {
	a, ok := amountAt(s, i)
	if !ok {
		return TargetValue{}, false
	}
	if v, ok := readChain(s, i, a); ok {
		return v, true
	}
	a.length = a.end - i
	l := leadOf(s[:i])
	t := tailAt(s, a)
	if direction, ok := changeAfter(t.rest); ok && l.direction == "" && !l.level {
		l.direction, t.rest = direction, nil
	}
	if l.currency && a.class == classNone {
		a.class, a.unit = classMoney, "元"
	}
	if v, ok := readInterval(l, a, t); ok {
		return v, true
	}
	if !l.accepts(a, t) {
		return TargetValue{}, false
	}
	return build(l, a, t), true
}

// changeAfter reads a change named after its size: 5%的增长, 5%以上提升.
func changeAfter(rest line) (Direction, bool) {
	if rest.at(0) == '的' {
		rest = rest[1:]
	}
	direction, n := terms.changes.at(rest, 0)
	return direction, n > 0 && n == len(rest)
}

// accepts says whether the words around an amount leave it the whole matter.
func (l lead) accepts(a amount, t tail) bool {
	if t.rest.hasDigit() || strings.ContainsAny(string(t.rest), "≥≤><=≠%‰*×/+:$€£_") ||
		strings.ContainsAny(string(l.name), "≥≤><=≠$€£*_") {
		return false
	}
	if a.isCalendar(l, t) {
		return false
	}
	operator := l.strong || l.direction != "" || l.level
	if a.chinese {
		if a.unit == "分" && len(t.rest) > 0 {
			return false // 十分满意
		}
		alone := len(l.name)+len(t.rest) == 0 && a.length > 1 // 一百二十, but not 一
		known := a.class != classUnknown && (a.class != classNone || operator || alone)
		return known && (operator || t.operator != "" || closedTail(t.rest))
	}
	return (operator || boundTo(l.name, a)) && (operator || t.operator != "" || a.takesTail(t.rest))
}

// isCalendar tells what names a day, month or year rather than so many of them:
// 每月15日前, 6月 beside other words, 2023年起.
func (a amount) isCalendar(l lead, t tail) bool {
	compared := l.strong || t.operator != ""
	switch a.unit {
	case "日":
		return recurring(l.name) && !l.strong
	case "月":
		return !compared && a.low.Cmp(whole(12)) <= 0
	case "年":
		return a.low.IsInt() && a.low.Cmp(whole(firstYear)) >= 0 && a.low.Cmp(whole(lastYear)) <= 0
	}
	return false
}

func recurring(name line) bool {
	for i, r := range name {
		if r == '每' && !name.has(i, "每年") {
			return true
		}
	}
	return false
}

// boundTo: a bare number right after a name is its number (附件1) unless the name asks for one (完成率100).
func boundTo(name line, a amount) bool {
	if len(name) == 0 || a.class != classNone {
		return true
	}
	for _, noun := range terms.raw.BoundNouns {
		if strings.HasSuffix(string(name), noun) {
			return true
		}
	}
	return false
}

// takesTail: what may follow without an operator. A count takes its noun, 2个项目;
// a span of time doesn't, since 24小时值班 and 2023年劳务派遣人员 measure nothing.
func (a amount) takesTail(rest line) bool {
	switch a.class {
	case classPercent, classMoney, classCount:
		return true
	}
	return closedTail(rest)
}

// closedTail: nothing, or only words of doing and of time.
func closedTail(rest line) bool {
	for i := 0; i < len(rest); {
		if strings.ContainsRune(",;、。 !", rest[i]) {
			i++
			continue
		}
		_, n := terms.closed.at(rest, i)
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

// build puts the meaning together from words, amount and words.
func build(l lead, a amount, t tail) TargetValue {
	v := TargetValue{Unit: a.unit, Direction: l.direction}
	v.Per = perText(l, t)
	v.Kind = kindOf(a.class, l.direction)
	v.Operator = operatorOf(l, a, t)
	if l.negative {
		if a.turned {
			a.low, a.high = a.high, a.low // -10~5℃ was in order
		}
		a.low.Neg(a.low)
	}
	switch {
	case l.both && a.high == nil && v.Operator == Equal:
		a.low, a.high = new(big.Rat).Neg(a.low), a.low
		v.Operator = Range
	case a.high != nil && v.Operator == AtMost:
		a.low = a.high // 3-5天内: five days at most
	}
	if v.Direction != "" && a.low.Sign() < 0 {
		v.turn(a)
	}
	v.Value = plain(a.low)
	if v.Operator == Range {
		v.Upper = plain(a.high)
	}
	return v
}

// turn reads a negative change as one the other way: 增长-3% falls by 3 %.
func (v *TargetValue) turn(a amount) {
	a.low.Neg(a.low)
	if v.Direction == Up {
		v.Direction = Down
	} else {
		v.Direction = Up
	}
	opposite := map[Operator]Operator{AtLeast: AtMost, AtMost: AtLeast, Above: Below, Below: Above}
	if op, ok := opposite[v.Operator]; ok {
		v.Operator = op
	}
}

func kindOf(class unitClass, direction Direction) Kind {
	switch {
	case direction != "":
		return Change
	case class == classPercent:
		return Ratio
	case class == classMoney:
		return Money
	}
	return Quantity
}

func perText(l lead, t tail) string {
	parts := l.pers
	if t.per != "" {
		parts = append(parts, t.per)
	}
	return strings.Join(parts, "·")
}

// operatorOf settles what was written before and after: an operator before the number
// wins over one after it, and that over a level named (达到95%以上). A change has
// none unless one was written; elsewhere none means equal.
func operatorOf(l lead, a amount, t tail) Operator {
	op := t.operator
	switch {
	case l.strong:
		op = l.operator
	case op == "":
		op = l.operator
	}
	if a.more && (op == "" || op == Equal) {
		op = Above
	}
	switch {
	case a.high != nil && (l.strong || op == "" || op == Equal || l.operator != "" && t.operator == ""):
		return Range
	case op == Equal && l.direction != "" && !l.strong:
		return ""
	case op == "" && l.direction == "":
		return Equal
	}
	return op
}
