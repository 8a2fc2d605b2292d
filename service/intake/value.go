package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"biaochi/model"
)

// AmountUnit is what the amounts of a table are in.
type AmountUnit string

// The units of amounts.
const (
	Yuan AmountUnit = "yuan" // 元
	Wan  AmountUnit = "wan"  // 万元
)

// AmountUnits lists them.
var AmountUnits = []AmountUnit{Yuan, Wan}

// Word is the unit in Chinese.
func (u AmountUnit) Word() string {
	if u == Wan {
		return "万元"
	}
	return "元"
}

// amount reads an amount exactly; nil where blank.
func (u AmountUnit) amount(text string) (*model.Money, error) {
	text = strings.NewReplacer(",", "", "，", "", " ", "", "\u00a0", "", "￥", "", "¥", "").Replace(strings.TrimSpace(text))
	if text == "" || text == "-" || text == "—" {
		return nil, nil
	}
	wrong := fmt.Errorf("“%s”不是以%s为单位、精确到分的金额，请改正", brief(text), u.Word())
	if !decimal.MatchString(text) {
		return nil, wrong
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if u == Wan { // four digits more before the point
		fraction += strings.Repeat("0", max(0, 4-len(fraction)))
		whole, fraction = whole+fraction[:4], fraction[4:]
	}
	digits := whole
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		digits += "." + fraction
	}
	m, err := model.ParseMoney(digits)
	if err != nil {
		return nil, wrong
	}
	return &m, nil
}

var decimal = regexp.MustCompile(`^[0-9]+([.][0-9]+)?$`)

var leadingCode = regexp.MustCompile(`^([0-9]{3}|[0-9]{5}|[0-9]{7})($|[^0-9])`)

// code reads a code of a classification, with or without its name behind it.
func code(text string) (string, error) {
	found := leadingCode.FindStringSubmatch(text)
	if found == nil {
		return "", fmt.Errorf("“%s”不是科目编码，应为 3、5 或 7 位数字", brief(text))
	}
	return found[1], nil
}

// choice finds the value whose official word a text is, or begins or holds it.
func choice[T ~string](text string, values []T) (T, error) {
	for _, exact := range []bool{true, false} {
		for _, v := range values {
			word := model.Chinese(v)
			if text == word || !exact && (strings.Contains(text, word) || strings.HasPrefix(word, text)) {
				return v, nil
			}
		}
	}
	known := make([]string, len(values))
	for i, v := range values {
		known[i] = model.Chinese(v)
	}
	return "", fmt.Errorf("不认识“%s”，应为：%s", brief(text), strings.Join(known, "、"))
}

func years(text string) (*int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(text, "年")))
	if err != nil || n < 1 || n > 100 {
		return nil, fmt.Errorf("“%s”不是年数，应为如 3 的整数", brief(text))
	}
	return &n, nil
}

func brief(text string) string {
	if runes := []rune(text); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return text
}
