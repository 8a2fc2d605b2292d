package indicator

import (
	"slices"
	"strings"
)

// labelEnd gives the place after a number that belongs to a name, or i:
// PM2.5, 第3期, 指标1:, 3号楼, 5G, 2023年, 12345热线…≥95%.
func labelEnd(s line, i, end int) int {
	before := s.at(i - 1)
	switch {
	case before == ' ' && currencyBefore(s[:i-1]) || currencyBefore(s[:i]):
		return i
	case isLetter(before) || strings.ContainsRune("第每〔$€£", before) && before != 0 || ranks(s[:i]):
		return max(end, numberEnd(s, i))
	case s.at(end) == ':' && i > 0 && !isDigit(s.at(end+1)):
		return end
	case !s.from(end).hasDigit() || endsInOperator(s[:i]):
		return i
	}
	if day := dateLabel(s, i); day > i {
		return day
	}
	if a, ok := amountAt(s, i); ok && slices.Contains(terms.raw.AgeUnits, a.unit) {
		return a.end // 0-6岁儿童健康管理率≥90%
	}
	word, n := terms.units.at(s, end)
	unlisted := n == 0 && (isHan(s.at(end)) || isLetter(s.at(end))) && !isNumeral(s.at(end))
	if (word.class == classOrdinal || unlisted) && (isLetter(s.at(end)) || hasSignAfter(s, end)) {
		return end
	}
	return i
}

// ranks: 前3名 and 排名前10% are ranks; 提前5天 and 年底前100% aren't.
func ranks(before line) bool {
	n := len(before)
	return before.at(n-1) == '前' && (n == 1 || !strings.ContainsRune("提底末月日号旬初中年度以之目当", before[n-2]))
}

func numberEnd(s line, i int) int {
	if n, ok := arabicAt(s, i); ok {
		return n.end
	}
	return i + 1
}

func currencyBefore(s line) bool {
	word, n := terms.lead.ending(s)
	return n > 0 && word.role == roleCurrency
}

func endsInOperator(s line) bool {
	word, n := terms.lead.ending(s)
	return n > 0 && word.role == roleOperator
}

func hasSignAfter(s line, i int) bool {
	for ; i < len(s); i++ {
		if isSign(s[i]) {
			return true
		}
		if isHan(s[i]) {
			if word, n := terms.lead.at(s, i); n > 2 && word.role == roleOperator {
				return true
			}
		}
	}
	return false
}
