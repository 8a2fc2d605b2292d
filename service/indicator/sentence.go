package indicator

import "strings"

var operatorWords = map[Operator]string{
	AtLeast: "不低于", AtMost: "不高于", Equal: "等于", Above: "高于", Below: "低于",
}

var directionWords = map[Direction]string{Up: "增长", Down: "下降"}

// Sentence says in Chinese what the value means, for people to compare with what
// they meant: 不高于 450 元，每人每天.
func (v TargetValue) Sentence() string {
	switch v.Kind {
	case Empty:
		return "没有填写指标值"
	case Grade:
		return "定性描述，由人评判"
	case Date:
		if v.Operator == AtLeast {
			return "不早于 " + v.Date
		}
		return "不晚于 " + v.Date
	}
	said := operatorWords[v.Operator] + " " + v.amount(v.Value)
	if v.Operator == Range {
		said = "在 " + v.amount(v.Value) + " 至 " + v.amount(v.Upper) + " 之间"
	}
	if v.Kind == Change {
		said = directionWords[v.Direction] + said
	}
	if v.Per != "" {
		said += "，" + each(v.Per)
	}
	return said
}

func (v TargetValue) amount(number string) string {
	if v.Unit == "" || v.Unit == "%" {
		return number + v.Unit
	}
	return number + " " + v.Unit
}

// each writes 人·天 and 人、天 as 每人每天.
func each(per string) string {
	var b strings.Builder
	for _, one := range strings.FieldsFunc(per, func(r rune) bool { return r == '·' || r == '、' }) {
		b.WriteString("每" + one)
	}
	return b.String()
}
