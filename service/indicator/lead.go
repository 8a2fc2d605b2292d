package indicator

import "strings"

// A lead is what the words before a number say about it.
type lead struct {
	operator  Operator
	strong    bool // an operator was written, rather than a level named
	level     bool
	direction Direction
	currency  bool
	negative  bool
	both      bool // ±
	pers      []string
	name      line // what is left: the indicator's name, a base, a deadline
}

// leadOf reads the words before a number from right to left:
// 每人每天不超过 · 培训人数≥ · 较上年增长 · 提高到.
func leadOf(s line) lead {
	var l lead
	if n := len(s); n > 0 && s[n-1] == '±' {
		l.both, s = true, s[:n-1]
	}
	s = l.takeSign(s)
	for {
		s = trimEnd(s)
		if _, n := terms.fixed.ending(s); n > 0 {
			break
		}
		if per, ok := terms.raw.Averages[string(s.from(len(s)-2))]; ok { // before 均 alone is taken for a filler
			l.pers = append(l.pers, per)
			s = s[:len(s)-2]
			continue
		}
		word, n := terms.lead.ending(s)
		if n == 0 {
			break
		}
		s = s[:len(s)-n]
		l.take(word)
	}
	l.name = s
	l.takeAverage()
	l.takePers()
	l.takeBase()
	l.takeDistantOperator()
	l.takeDistantChange()
	return l
}

func trimEnd(s line) line {
	for len(s) > 0 && strings.ContainsRune(" :,;、", s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// takeSign takes a minus sign; after words a dash only parts the name from the value.
func (l *lead) takeSign(s line) line {
	n := len(s)
	if n == 0 || s[n-1] != '-' {
		return s
	}
	rest := trimEnd(s[:n-1])
	_, known := terms.lead.ending(rest)
	l.negative = len(rest) == 0 || known > 0
	return s[:n-1]
}

// take adds one word; the operator closest to the number wins.
func (l *lead) take(word leadWord) {
	switch word.role {
	case roleOperator:
		if !l.strong {
			l.operator, l.strong = word.operator, true
		}
	case roleLevel, roleCap:
		if l.operator == "" {
			l.operator = word.operator
		}
		l.level = l.level || word.role == roleLevel
	case roleChange, roleRate: // 提高到95% names a level, 增长率达到5% still a change
		if l.direction == "" && (!l.level || word.role == roleRate) {
			l.direction = word.direction
		}
	case roleCurrency:
		l.currency = true
	}
}

// takeAverage reads 人均 and the like as a base.
func (l *lead) takeAverage() {
	if len(l.pers) > 0 {
		return
	}
	for i := range l.name {
		for n := min(3, len(l.name)-i); n > 1; n-- {
			if per, ok := terms.raw.Averages[string(l.name[i:i+n])]; ok {
				l.pers = append(l.pers, per)
				return
			}
		}
	}
}

// takePers reads every 每 in the name: 每人每天 is per 人·天.
func (l *lead) takePers() {
	for i := 0; i < len(l.name); i++ {
		if l.name[i] != '每' {
			continue
		}
		if text, end := baseAt(l.name, i+1); text != "" {
			l.pers = append(l.pers, text)
			i = end - 1
		}
	}
}

// takeBase reads a comparison with an earlier figure as a change: 高于上年5%, 比去年少3起.
func (l *lead) takeBase() {
	name := l.name
	if n := len(name); n > 1 && (name[n-1] == '多' || name[n-1] == '少') && l.compared(name[:n-1]) {
		l.setDirection(name[n-1] == '多')
		return
	}
	_, n := terms.bases.ending(name)
	if n == 0 || l.direction != "" {
		return
	}
	if direction, m := terms.compares.ending(name[:len(name)-n]); m > 0 {
		if rest := name[:len(name)-n-m]; len(rest) == 0 || rest[len(rest)-1] != '不' {
			l.setDirection(direction == Up)
		}
	}
}

func (l *lead) setDirection(up bool) {
	l.direction = Down
	if up {
		l.direction = Up
	}
}

func (l *lead) compared(name line) bool {
	for _, word := range terms.raw.Comparers {
		if strings.Contains(string(name), word) {
			return true
		}
	}
	return false
}

// takeDistantOperator reads an operator that its base parts from the number: 不低于上年的95%.
func (l *lead) takeDistantOperator() {
	if l.strong || l.direction != "" {
		return
	}
	word, n := terms.lead.at(l.name, 0)
	if n > 0 && word.role == roleOperator && n < len(l.name) && bearsDistance(l.name[:n]) {
		l.operator, l.strong = word.operator, true
		l.name = l.name[n:]
	}
}

// bearsDistance keeps 最低工资 and 超标率 from being read as operators.
func bearsDistance(word line) bool {
	return strings.ContainsRune("不未至≥≤><", word[0]) || strings.Contains(string(word), "等于")
}

// takeDistantChange reads a change with its object between verb and number: 增加就业120人.
// Before an operator a rate is a level all the same: 提高满意度≥95%.
func (l *lead) takeDistantChange() {
	if l.direction != "" || l.level {
		return
	}
	clause := lastClause(l.name)
	for i := range clause {
		if _, n := terms.fixed.at(clause, i); n > 0 {
			return
		}
		direction, n := terms.changes.at(clause, i)
		if n == 0 {
			continue
		}
		object := clause[i+n:]
		if l.opensChange(clause[:i]) && len(object) > 0 && !(l.strong && isRate(object)) {
			l.direction = direction
		}
		return
	}
}

// opensChange: the verb begins the clause, or follows a base or an adverb.
func (l *lead) opensChange(before line) bool {
	if len(before) == 0 || l.compared(before) {
		return true
	}
	for _, word := range terms.raw.Adverbs {
		if string(before) == word {
			return true
		}
	}
	return false
}

func lastClause(s line) line {
	for i := len(s) - 1; i >= 0; i-- {
		if strings.ContainsRune(",;。:、", s[i]) {
			return s[i+1:]
		}
	}
	return s
}

func isRate(noun line) bool {
	for _, word := range terms.raw.NotRates {
		if strings.HasSuffix(string(noun), word) {
			return false
		}
	}
	for _, word := range terms.raw.RateNouns {
		if strings.HasSuffix(string(noun), word) {
			return true
		}
	}
	return false
}

// afterBase leaves of 从80%提高到95% what it ends in.
func afterBase(s line) line {
	if first := s.at(0); first != '从' && first != '由' {
		return s
	}
	for i := range s {
		if _, n := terms.changes.at(s, i); n > 0 && strings.ContainsRune("到至为达", s.at(i+n)) && s[:i].hasDigit() {
			return s[i:]
		}
	}
	return s
}
