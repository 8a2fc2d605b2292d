package indicator

import "strings"

// readChain reads the mathematicians' 90%≤完成率≤95%.
func readChain(s line, i int, a amount) (TargetValue, bool) {
	sign := s.at(a.end)
	if i > 0 || a.high != nil || !strings.ContainsRune("≤<≥>", sign) || sign == 0 {
		return TargetValue{}, false
	}
	for j := a.end + 1; j < len(s) && !isDigit(s[j]); j++ {
		if !isSign(s[j]) {
			continue
		}
		if below(s[j]) != below(sign) || s[j] == '=' {
			return TargetValue{}, false
		}
		b, ok := amountAt(s, j+1)
		if !ok || b.end < len(s) {
			return TargetValue{}, false
		}
		if !below(sign) {
			a, b = b, a
		}
		return bounds(a, b)
	}
	return TargetValue{}, false
}

func below(sign rune) bool { return sign == '≤' || sign == '<' }

// bounds makes a range of a lower and an upper amount; a unit written once serves both.
func bounds(low, high amount) (TargetValue, bool) {
	if low.class == classNone {
		low.class, low.unit = high.class, high.unit
	}
	if high.class == classNone {
		high.class, high.unit = low.class, low.unit
	}
	if low.unit != high.unit || low.high != nil || high.high != nil || low.low.Cmp(high.low) > 0 {
		return TargetValue{}, false
	}
	low.high = high.low
	return build(lead{}, low, tail{}), true
}

// readInterval reads two bounds in words: 不低于90%且不高于95%, 90%以上95%以下.
func readInterval(l lead, a amount, t tail) (TargetValue, bool) {
	first := l.operator
	if t.operator != "" {
		first = t.operator
	}
	rest := t.rest
	for len(rest) > 0 && strings.ContainsRune("且并而,;、和及与或同时又", rest[0]) {
		rest = rest[1:]
	}
	i := firstDigit(rest)
	if len(rest) == 0 || i < 0 {
		return TargetValue{}, false
	}
	b, ok := amountAt(rest, i)
	if !ok {
		return TargetValue{}, false
	}
	l2, t2 := leadOf(rest[:i]), tailAt(rest, b)
	if string(t2.rest) == "之间" && first == "" && len(l2.name) == 0 || first == Equal && string(t2.rest) == "之间" {
		return bounds(a, b)
	}
	second := l2.operator
	if t2.operator != "" {
		second = t2.operator
	}
	if len(t2.rest) > 0 || len(l2.name) > 0 {
		return TargetValue{}, false
	}
	switch {
	case isLower(first) && isUpper(second):
		return bounds(a, b)
	case isUpper(first) && isLower(second):
		return bounds(b, a)
	}
	return TargetValue{}, false
}

func firstDigit(s line) int {
	for i, r := range s {
		if isDigit(r) {
			return i
		}
	}
	return -1
}

func isLower(op Operator) bool { return op == AtLeast || op == Above }

func isUpper(op Operator) bool { return op == AtMost || op == Below }
