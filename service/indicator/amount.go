package indicator

// An amount is one number or two with a range sign, and a unit.
type amount struct {
	low, high decimal // high is nil unless two numbers were written
	unit      string
	class     unitClass
	end       int
	chinese   bool
	turned    bool // the upper bound was written first
	more      bool // 余, 多: a little above the number
	length    int  // in the line
}

// part is one number of an amount with its own unit.
type part struct {
	number number
	unit   unit
	end    int
	more   bool
}

// amountAt reads 3-5个, 10-20万元, 100余人, 95%, 2个半月.
func amountAt(s line, i int) (amount, bool) {
	low, ok := partAt(s, i)
	if !ok {
		return amount{}, false
	}
	j := rangeSign(s, low.end)
	if j == low.end {
		return single(low)
	}
	high, ok := partAt(s, j)
	if !ok {
		return single(low)
	}
	return between(low, high)
}

func partAt(s line, i int) (part, bool) {
	n, ok := numberAt(s, i)
	if !ok {
		return part{}, false
	}
	p := part{number: n, end: n.end}
	p.more = p.skipMore(s)
	p.unit = unit{end: p.end}
	if !n.percent {
		p.unit = unitAt(s, p.end)
	}
	p.end = p.unit.end
	if s.at(p.end) == '多' && p.unit.class == classTime && !isHan(s.at(p.end+1)) {
		p.more = true
		p.end++
	}
	if p.unit.half {
		p.number.size = plus(n.size, digitsOf("0.5"))
	}
	return p, true
}

// skipMore reads 余 and 多 between number and unit, also before a multiplier: 100余人, 5万多元, 20余万元.
func (p *part) skipMore(s line) bool {
	if r := s.at(p.end); r != '余' && r != '多' {
		return false
	}
	p.end++
	scale, end := scaleAt(s, p.end)
	p.number.size = times(p.number.size, tenTo(scale))
	p.number.scale += scale
	p.end = end
	return true
}

// rangeSign gives the place after a sign that joins two numbers, or i.
func rangeSign(s line, i int) int {
	j := i
	for s.at(j) == '-' || s.at(j) == '~' {
		j++
	}
	if j == i && (s.at(j) == '至' || s.at(j) == '到') {
		j++
	}
	return j
}

func single(p part) (amount, bool) {
	a := amount{end: p.end, chinese: p.number.chinese, more: p.more}
	a.low, a.unit, a.class = p.worth(p.unit, p.number.size)
	return a, a.class != classOrdinal
}

// between joins two numbers. A unit or multiplier written once, at the end, serves both:
// 10-20万元, but 5000-1万元 is five thousand to ten thousand.
func between(low, high part) (amount, bool) {
	lowUnit, highUnit, size := low.unit, high.unit, low.number.size
	if low.number.percent != high.number.percent && lowUnit.class != classPercent && highUnit.class != classPercent && lowUnit.class != classNone {
		return amount{}, false
	}
	if lowUnit.class == classNone {
		lowUnit = highUnit
		if low.number.scale == 0 && high.number.scale > 0 {
			if larger := times(size, tenTo(high.number.scale)); larger.Cmp(high.number.size) <= 0 {
				size, low.number.scale = larger, high.number.scale
			}
		}
		if high.number.percent && !low.number.percent {
			size, low.number.percent = spread(low.number, high.number), true
		}
	}
	if highUnit.class == classNone {
		highUnit = lowUnit
	}
	a := amount{end: high.end, chinese: high.number.chinese}
	var unitLow string
	var classLow unitClass
	a.low, unitLow, classLow = low.worth(lowUnit, size)
	a.high, a.unit, a.class = high.worth(highUnit, high.number.size)
	if classLow == classNone && a.class == classMoney { // 5000-1万
		unitLow, classLow = a.unit, a.class
	}
	if a.low.Cmp(a.high) > 0 {
		a.low, a.high, a.turned = a.high, a.low, true
	}
	return a, unitLow == a.unit && classLow == a.class && a.class != classOrdinal
}

// spread reads the first number of 八至九成 or 8-9成 in the tenths of the second.
func spread(low, high number) decimal {
	if low.size.Cmp(whole(10)) <= 0 && high.size.Cmp(whole(10)) > 0 {
		return times(low.size, whole(10))
	}
	return low.size
}

// worth gives a number in its plain unit: yuan, per cent, or the unit as written.
// 万 or 亿 without a unit is money.
func (p part) worth(u unit, size decimal) (decimal, string, unitClass) {
	switch {
	case p.number.percent:
		return size, "%", classPercent
	case u.class == classPercent:
		return times(size, u.word.factor), "%", classPercent
	case u.class == classMoney:
		return times(size, u.word.factor), "元", classMoney
	case u.class == classNone && p.number.scale >= 4:
		return size, "元", classMoney
	}
	return size, u.text, u.class
}

// tail is what follows an amount: what it is per, an operator after it, and words.
type tail struct {
	per      string
	operator Operator
	rest     line
}

// tailAt reads /人·天以内 and 以上的项目. An operator may also end the words: 10家企业以上.
func tailAt(s line, a amount) tail {
	var t tail
	var i int
	t.per, i = perAt(s, a.end)
	op, n := terms.after.at(s, i)
	if n > 0 && !(n == 1 && strayAfter(s, i, a)) {
		t.operator = op
		i += n
		if t.per == "" {
			t.per, i = perAt(s, i)
		}
	} else if a.class == classTime && s.at(i) == '前' && s.at(i-1) != '日' {
		// 20天前 sets a deadline; 15日前 without a month is no day one could name.
		t.operator = AtMost
		i++
	}
	t.rest = s.from(i)
	if t.operator == "" {
		if op, n := terms.after.ending(t.rest); n > 1 {
			t.operator = op
			t.rest = t.rest[:len(t.rest)-n]
		}
	}
	return t
}

// strayAfter: one character is an operator only where nothing else can begin with it.
func strayAfter(s line, i int, a amount) bool {
	switch s[i] {
	case '内':
		return a.class != classTime && isHan(s.at(i+1))
	case '起':
		return isHan(s.at(i + 1))
	case '余', '多':
		return true
	}
	return false
}
