package disclosure

import (
	"strings"
	"unicode"

	"biaochi/service/check"
)

// Print writes a person's name by the rule.
func (r NameRule) Print(name string) string {
	name = strings.TrimSpace(name)
	switch {
	case name == "" || r == NamesShown:
		return name
	case r == SurnamesOnly:
		return surname(name) + "某"
	}
	return ""
}

// compoundSurnames are the surnames of two characters that are still in use; all
// others have one.
var compoundSurnames = strings.Fields("欧阳 司马 上官 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 长孙 宇文 端木 百里 南宫 东郭 独孤 澹台 淳于 单于 申屠 公冶 濮阳 万俟 赫连 太史 钟离 呼延 拓跋 轩辕 闻人 西门 第五")

func surname(name string) string {
	for _, s := range compoundSurnames {
		if strings.HasPrefix(name, s) && name != s {
			return s
		}
	}
	for _, r := range name {
		if !unicode.IsSpace(r) {
			return string(r)
		}
	}
	return ""
}

// maskMobiles hides the middle of mobile numbers and keeps landlines.
func maskMobiles(text string) string {
	for _, number := range check.Mobiles(text) {
		masked, digits := []rune(number), 0
		for i := len(masked) - 1; i >= 0; i-- {
			if unicode.IsDigit(masked[i]) {
				digits++
			}
			if unicode.IsDigit(masked[i]) && digits > 4 && digits <= 8 {
				masked[i] = '*'
			}
		}
		text = strings.ReplaceAll(text, number, string(masked))
	}
	return text
}
