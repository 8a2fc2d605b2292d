package indicator

import (
	"math/big"
	"strings"
)

// A number as it stands in a line, with its multiplier applied.
type number struct {
	size    decimal
	end     int // the place after it
	scale   int // the multiplier that ends it: 4 for 万, 8 for 亿
	chinese bool
	percent bool // 百分之九十五, 九成五: size is in hundredths already
}

// numberAt reads the number that starts at i: 1,500 · 1.5万 · 1亿2000万 · 百分之95 · 9.5成.
func numberAt(s line, i int) (number, bool) {
	if n, ok := fractionAt(s, i); ok {
		return n, true
	}
	n, ok := arabicAt(s, i)
	if !ok {
		n, ok = chineseAt(s, i)
	}
	if !ok {
		return number{}, false
	}
	return tenthsAt(s, n), true
}

// tenthsAt reads 成, a tenth: 九成五 is 95 %. In 5成员 it is part of a noun.
func tenthsAt(s line, n number) number {
	if s.at(n.end) != '成' || n.scale > 0 || strings.ContainsRune(terms.raw.ShareNouns, s.at(n.end+1)) {
		return n
	}
	n.size, n.percent = times(n.size, whole(10)), true
	n.end++
	if digit, ok := digitValue(s.at(n.end)); ok {
		n.size = plus(n.size, whole(digit))
		n.end++
	}
	return n
}

// digitsAt reads arabic digits, with commas only between groups of three.
// Two points make a version or a date, not a number.
func digitsAt(s line, i int) (decimal, int, bool) {
	j := i
	for isDigit(s.at(j)) {
		j++
	}
	plainDigits := j > i
	text := string(s[i:j])
	if j-i <= 3 {
		for s.at(j) == ',' && threeDigits(s, j+1) {
			text += string(s[j+1 : j+4])
			j += 4
		}
	}
	if s.at(j) == '.' && isDigit(s.at(j+1)) {
		k := j + 1
		for isDigit(s.at(k)) {
			k++
		}
		text += string(s[j:k])
		j, plainDigits = k, true
		if s.at(j) == '.' && isDigit(s.at(j+1)) {
			return nil, i, false
		}
	}
	if !plainDigits {
		return nil, i, false
	}
	return digitsOf(text), j, true
}

func threeDigits(s line, i int) bool {
	return isDigit(s.at(i)) && isDigit(s.at(i+1)) && isDigit(s.at(i+2)) && !isDigit(s.at(i+3))
}

var scales = map[rune]int{'十': 1, '拾': 1, '百': 2, '佰': 2, '千': 3, '仟': 3, '万': 4, '萬': 4, '亿': 8, '億': 8}

// scaleAt reads the multipliers after a number; 千克 and 百分比 are units, not multipliers.
func scaleAt(s line, i int) (exponent, end int) {
	for {
		step, ok := scales[s.at(i)]
		if _, metric := terms.metric.at(s, min(i, len(s))); !ok || metric > 0 {
			return exponent, i
		}
		exponent += step
		i++
		if exponent > 16 {
			return exponent, i
		}
	}
}

// arabicAt reads arabic digits with multipliers, in several steps where written so: 1亿2000万, 3万5.
func arabicAt(s line, i int) (number, bool) {
	base, j, ok := digitsAt(s, i)
	if !ok {
		return number{}, false
	}
	scale, j := scaleAt(s, j)
	n := number{size: times(base, tenTo(scale)), end: j, scale: scale}
	for last := scale; last > 1 && isDigit(s.at(n.end)); {
		step, k, ok := digitsAt(s, n.end)
		exponent, end := scaleAt(s, k)
		if !ok || exponent >= last {
			break
		}
		if exponent == 0 && k-n.end == 1 {
			exponent = last - 1 // 3万5 is 35000
		}
		n.size = plus(n.size, times(step, tenTo(exponent)))
		n.end, last = end, exponent
		if end == k {
			break
		}
	}
	return n, true
}

var digits = map[rune]int64{
	'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

// digitValue gives a chinese or arabic digit.
func digitValue(r rune) (int64, bool) {
	if isDigit(r) {
		return int64(r - '0'), true
	}
	d, ok := digits[r]
	return d, ok
}

// chineseNumber is the state of reading 一百二十万: total above, section below the last 万.
type chineseNumber struct {
	total, section, digit int64
	hasDigit, zero        bool
	last                  int
}

// chineseAt reads a chinese numeral. 三四次 (three or four) is none, nor is 千方百计.
func chineseAt(s line, i int) (number, bool) {
	if n, ok := halfAt(s, i); ok {
		return n, true
	}
	var c chineseNumber
	j, ok := i, true
	for ; j-i < 24 && ok; j++ {
		if d, is := digits[s.at(j)]; is {
			ok = c.takeDigit(d)
		} else if step, is := scales[s.at(j)]; is {
			if _, metric := terms.metric.at(s, j); metric > 0 || !c.takeScale(step) {
				break
			}
		} else {
			break
		}
	}
	if !ok || j == i || j-i >= 24 {
		return number{}, false
	}
	n := number{size: whole(c.value()), end: j, scale: c.trailingScale(), chinese: true}
	return pointAt(s, n)
}

// halfAt reads 半 where a span of time follows: 半年, 半个月, 半小时.
func halfAt(s line, i int) (number, bool) {
	if s.at(i) != '半' {
		return number{}, false
	}
	if unit, n := terms.units.at(s, i+1); n == 0 || unit.class != classTime {
		return number{}, false
	}
	half := big.NewRat(1, 2)
	return number{size: half, end: i + 1, chinese: true}, true
}

func (c *chineseNumber) takeDigit(d int64) bool {
	if c.hasDigit && !(c.digit == 0) {
		return false
	}
	if d == 0 {
		c.zero = true
	}
	c.digit, c.hasDigit = d, true
	return true
}

// takeScale reports false where no number precedes the multiplier; 十二 alone may begin with one.
func (c *chineseNumber) takeScale(step int) bool {
	switch {
	case step >= 4:
		if !c.hasDigit && c.section == 0 && c.total == 0 {
			return false
		}
		sum := c.section + c.digit
		if step == 8 {
			sum += c.total
			c.total = 0
		}
		if sum > 1e8 {
			return false
		}
		c.total += sum * pow10(step)
		c.section = 0
	case !c.hasDigit || c.digit == 0:
		if step != 1 || c.section%100 != 0 {
			return false
		}
		c.section += 10
	default:
		c.section += c.digit * pow10(step)
	}
	c.digit, c.hasDigit, c.zero, c.last = 0, false, false, step
	return true
}

// value counts a last digit without multiplier one step lower: 一百五 is 150, 一百零五 is 105.
func (c *chineseNumber) value() int64 {
	last := c.digit
	if c.hasDigit && !c.zero && c.last >= 2 {
		last *= pow10(c.last - 1)
	}
	return c.total + c.section + last
}

func (c *chineseNumber) trailingScale() int {
	if c.hasDigit {
		return 0
	}
	return c.last
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// pointAt reads 点 and what follows: 九十五点五, 一点五万.
func pointAt(s line, n number) (number, bool) {
	if s.at(n.end) != '点' || n.scale >= 4 {
		return n, true
	}
	fraction := ""
	j := n.end + 1
	for d, ok := digits[s.at(j)]; ok; d, ok = digits[s.at(j)] {
		fraction += string(rune('0' + d))
		j++
	}
	if fraction == "" {
		return n, true
	}
	n.scale, n.end = scaleAt(s, j)
	n.size = times(plus(n.size, digitsOf("0."+fraction)), tenTo(n.scale))
	return n, true
}

// fractionAt reads 百分之九十五, 千分之3, 百分百, 四分之三: all as hundredths.
// 三分之二 is no finite decimal and stays words.
func fractionAt(s line, i int) (number, bool) {
	if s.has(i, "百分百") || s.has(i, "百分之百") {
		end := i + 3
		if s.at(i+2) == '之' {
			end++
		}
		return number{size: whole(100), end: end, percent: true}, true
	}
	parts, j, ok := denominatorAt(s, i)
	if !ok {
		return number{}, false
	}
	upper, ok := arabicAt(s, j)
	if !ok {
		upper, ok = chineseAt(s, j)
	}
	if !ok || parts.Sign() == 0 {
		return number{}, false
	}
	upper.size = times(upper.size, new(big.Rat).Quo(whole(100), parts))
	upper.percent, upper.scale = true, 0
	_, finite := upper.size.FloatPrec()
	return upper, finite
}

func denominatorAt(s line, i int) (decimal, int, bool) {
	if exponent, ok := scales[s.at(i)]; ok && s.has(i+1, "分之") {
		return tenTo(exponent), i + 3, true
	}
	lower, ok := chineseAt(s, i)
	if !ok || !s.has(lower.end, "分之") {
		return nil, i, false
	}
	return lower.size, lower.end + 2, true
}
