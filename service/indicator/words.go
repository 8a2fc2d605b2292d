package indicator

import (
	"strings"
	"time"
)

// phrases say an operator for counts; levels say it for money and rates.
var (
	phrases = map[Operator]string{AtLeast: "不少于", AtMost: "不超过", Equal: "等于", Above: "多于", Below: "少于"}
	levels  = map[Operator]string{AtLeast: "不低于", AtMost: "不高于", Equal: "等于", Above: "高于", Below: "低于"}
)

// Words says in Chinese how a value was understood, to stand under its field:
// ≤450元/人·天 is 不高于 450 元，每人每天. Empty gives an empty text.
func (v TargetValue) Words() string {
	switch v.Kind {
	case Empty:
		return ""
	case Date:
		return v.dateWords()
	case Change:
		return v.changeWords() + v.perWords()
	case Quantity, Ratio, Money:
		return strings.TrimSpace(v.operatorWord()+" "+v.figure()) + v.perWords()
	}
	return "文字描述，按判断评定"
}

func (v TargetValue) operatorWord() string {
	if v.Kind == Quantity {
		return phrases[v.Operator]
	}
	return levels[v.Operator]
}

// figure gives number and unit; only the per cent sign follows without a space.
func (v TargetValue) figure() string {
	gap := " "
	if v.Unit == "%" || v.Unit == "" {
		gap = ""
	}
	if v.Operator == Range && v.Unit == "%" {
		return grouped(v.Value) + "% 至 " + grouped(v.Upper) + "%"
	}
	if v.Operator == Range {
		return grouped(v.Value) + " 至 " + grouped(v.Upper) + gap + v.Unit
	}
	return grouped(v.Value) + gap + v.Unit
}

func (v TargetValue) changeWords() string {
	word := map[Direction]string{Up: "增加", Down: "减少"}[v.Direction]
	if v.Unit == "%" || strings.HasSuffix(v.Unit, "百分点") {
		word = map[Direction]string{Up: "提高", Down: "下降"}[v.Direction]
	}
	return word + levels[v.Operator] + " " + v.figure()
}

// perWords splits 人·天 at its joints: 每人每天.
func (v TargetValue) perWords() string {
	if v.Per == "" {
		return ""
	}
	parts := strings.FieldsFunc(v.Per, func(r rune) bool { return strings.ContainsRune("·*×/、.-", r) })
	return "，每" + strings.Join(parts, "每")
}

func (v TargetValue) dateWords() string {
	day, err := time.Parse(time.DateOnly, v.Date)
	if err != nil {
		return ""
	}
	word := "不晚于 "
	if v.Operator == AtLeast {
		word = "不早于 "
	}
	return word + day.Format("2006年1月2日")
}
