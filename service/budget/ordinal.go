package budget

const chineseDigits = "零一二三四五六七八九"

// Ordinal writes 1 to 99 in Chinese numerals as lists in documents count: 八, 十二,
// 三十.
func Ordinal(n int) string {
	digits := []rune(chineseDigits)
	switch {
	case n < 10:
		return string(digits[n])
	case n < 20:
		return "十" + tail(digits, n%10)
	}
	return string(digits[n/10]) + "十" + tail(digits, n%10)
}

func tail(digits []rune, n int) string {
	if n == 0 {
		return ""
	}
	return string(digits[n])
}
