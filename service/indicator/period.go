package indicator

// yearAt reads the year that a piece begins with: 2023年度, 二〇二三年, 23年底, 2022-2024年.
// 次年 counts from the year in force: after 2022年9月 it's 2023.
func (c *calendar) yearAt(i int) (int, bool) {
	if y, j, ok := c.yearFigures(i); ok {
		c.setYear(y)
		if c.s.at(j) == '度' {
			j++
		}
		return j, true
	}
	shift, n := terms.years.at(c.s, i)
	if n == 0 || c.filing <= 0 {
		return i, false
	}
	if c.s.has(i, "年度") && i > 0 {
		return i, false // 年度 in the middle of words names no year
	}
	c.setYear(c.year + shift)
	return i + n, true
}

// yearFigures gives the year and the place after 年.
func (c *calendar) yearFigures(i int) (int, int, bool) {
	y, j := c.integer(i)
	if j == i {
		y, j = c.spelled(i)
	}
	switch {
	case j-i == 4 && isYear(y) && c.s.at(j) == '年':
		return y, j + 1, true
	case j-i == 4 && isYear(y) && (c.s.has(j, "全年") || c.s.has(j, "上半年") || c.s.has(j, "下半年")):
		return y, j, true
	case j-i == 4 && isYear(y) && c.yearsJoined(j):
		return y, j, true
	case j-i == 2 && y >= 10 && c.s.at(j) == '年' && c.shortYear(j+1):
		return 2000 + y, j + 1, true
	}
	return 0, i, false
}

// yearsJoined: 2022-2024年 and 2022-2024, where the first or both leave 年 out.
func (c *calendar) yearsJoined(i int) bool {
	if back := i - 5; back > 0 && rangeSign(c.s, back) == back+1 && isDigit(c.s.at(back-1)) && i == len(c.s) {
		return true
	}
	j := rangeSign(c.s, i)
	y, k := c.integer(j)
	return j > i && k-j == 4 && isYear(y) && (c.s.at(k) == '年' || k == len(c.s))
}

// shortYear: 23年 is a year before a month or 底, else 23 years.
func (c *calendar) shortYear(i int) bool {
	_, j := c.integer(i)
	return j > i && c.s.at(j) == '月' || c.s.at(i) == '底' || c.s.at(i) == '末' || c.s.has(i, "年底")
}

// spelled reads 二〇二三 digit by digit.
func (c *calendar) spelled(i int) (int, int) {
	n, j := 0, i
	for j-i < 5 {
		d, ok := digits[c.s.at(j)]
		if !ok {
			break
		}
		n = n*10 + int(d)
		j++
	}
	return n, j
}

// partAt reads a part of the year in force; 底 and 内 alone need the year before them.
func (c *calendar) partAt(i int, hasYear bool) (span, int, bool) {
	if c.s.at(i) == '的' && hasYear {
		i++
	}
	if sp, j, ok := c.quarterAt(i); ok {
		return sp, j, true
	}
	if sp, j, ok := c.monthAt(i, hasYear); ok {
		return sp, j, true
	}
	months, n := terms.parts.at(c.s, i)
	if n == 0 || n == 1 && !hasYear {
		return span{}, i, false
	}
	sp := monthSpan(c.year, months[0], months[1])
	sp.whole = false
	return sp, i + n, true
}

// small reads a number up to 31 in figures or characters.
func (c *calendar) small(i int) (int, int) {
	if n, j := c.integer(i); j > i && j-i <= 2 {
		return n, j
	}
	n, ok := chineseAt(c.s, i)
	if !ok || !n.size.IsInt() || n.size.Cmp(whole(31)) > 0 {
		return 0, i
	}
	return int(n.size.Num().Int64()), n.end
}

// counted reads a number and the sign of what it counts. In 1-12月 and 1-3季度 the
// first number leaves the sign to the second.
func (c *calendar) counted(i int, signs ...string) (n, end int) {
	n, j := c.small(i)
	if j == i {
		return 0, i
	}
	for _, sign := range signs {
		if c.s.has(j, sign) {
			return n, j + len([]rune(sign))
		}
	}
	k := rangeSign(c.s, j)
	if k == j {
		k = listSign(c.s, j)
	}
	if k == j {
		return 0, i
	}
	_, m := c.small(k)
	for _, sign := range signs {
		if m > k && c.s.has(m, sign) {
			return n, j
		}
	}
	return 0, i
}

// quarterAt reads 第三季度末, 一季度, 前三季度; 3个季度 counts quarters and is none.
func (c *calendar) quarterAt(i int) (span, int, bool) {
	j, from := i, 0
	switch c.s.at(i) {
	case '第':
		j++
	case '前':
		j++
		from = 1
	}
	n, j := c.counted(j, "季度", "季")
	if n < 1 || n > 4 || j == i+1 && from == 1 {
		return span{}, i, false
	}
	if from == 0 {
		from = n*3 - 2
	}
	sp := monthSpan(c.year, from, n*3)
	if r := c.s.at(j); r == '末' || r == '底' {
		j++
		sp.whole = false
	}
	return sp, j, true
}

// monthAt reads 10月, 10月底, 10月15日, 5月上旬.
func (c *calendar) monthAt(i int, hasYear bool) (span, int, bool) {
	m, j := c.counted(i, "月份", "月")
	if j == i || !isMonth(m) {
		return span{}, i, false
	}
	c.month = m
	sp := monthSpan(c.year, m, m)
	sp.month = !hasYear && c.s.at(j-1) == '月'
	if d, k := c.counted(j, "日", "号"); k > j && c.s.at(j-1) != '份' {
		if !isDay(d) {
			return span{}, i, false
		}
		return daySpan(c.year, m, d), c.clock(k), true
	}
	if d, k := c.bareDay(j); k > j {
		return daySpan(c.year, m, d), k, true
	}
	if last, n := terms.days.at(c.s, j); n > 0 {
		end := daySpan(c.year, m, last)
		end.first = day(c.year, m, 1)
		return end, j + n, true
	}
	return sp, j, true
}

// dayAt reads the second day of a range within the month in force: 10月1-7日.
func (c *calendar) dayAt(i int) (span, int, bool) {
	d, j := c.counted(i, "日", "号")
	if c.month == 0 || j == i || !isDay(d) {
		return span{}, i, false
	}
	return daySpan(c.year, c.month, d), c.clock(j), true
}

// bareDay reads a day that leaves 日 out: 12月31前.
func (c *calendar) bareDay(i int) (int, int) {
	d, j := c.integer(i)
	mark, n := terms.markers.at(c.s, j)
	if j == i || !isDay(d) || j < len(c.s) && (n == 0 || mark != markBefore) {
		return 0, i
	}
	return d, j
}
