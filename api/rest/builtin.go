package rest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// builtin are validator's own tags that have both a schema and a message here. A
// tag that is not among them, and not added, is refused when a route is added.
func builtin() map[string]*rule {
	rules := map[string]*rule{
		"required":  {schema: requiredSchema, zh: says("为必填项")},
		"omitempty": {schema: nothing, zh: says("")}, // never fails
		"min":       bound("minLength", "minItems", "minimum", "至少%s个字", "至少要有%s项", "不能小于%s"),
		"max":       bound("maxLength", "maxItems", "maximum", "不能超过%s个字", "不能超过%s项", "不能大于%s"),
		"gt":        bound("", "", "exclusiveMinimum", "", "", "应大于%s"),
		"lt":        bound("", "", "exclusiveMaximum", "", "", "应小于%s"),
		"len":       {schema: lengthSchema, zh: lengthMessage, bounded: true},
		"oneof":     {schema: oneofSchema, zh: oneofMessage, bounded: true},
		"unique":    {schema: uniqueSchema, zh: says("不能有重复的项")},
		"datetime":  {schema: datetimeSchema, zh: says("应写成日期，如 2026-01-31"), bounded: true},
	}
	rules["gte"], rules["lte"] = rules["min"], rules["max"]
	rules["max"].bounded = true
	for _, tag := range []string{"required_if", "required_unless", "required_with", "required_without"} {
		rules[tag] = &rule{zh: says("在当前填写情况下为必填项"), cross: true}
	}
	for _, tag := range []string{"excluded_if", "excluded_unless", "excluded_with", "excluded_without"} {
		rules[tag] = &rule{zh: says("在当前填写情况下应留空"), cross: true}
	}
	return rules
}

// patterns replace validator's checks of the same names, whose expressions no
// schema can repeat.
var patterns = []Rule{
	PatternRule("email", `^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,6}$`, "应为电子邮箱地址，如 zhang@example.gov.cn"),
	PatternRule("url", `^https?://[!-~]+$`, "应为网址，以 http:// 或 https:// 开头"),
	PatternRule("uuid", `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`, "应为三十六位标识，用小写字母、数字和连字符"),
}

func nothing(*shape, string) (map[string]any, error) { return nil, nil }

// requiredSchema: validator takes an empty text for none.
func requiredSchema(s *shape, _ string) (map[string]any, error) {
	if s.emptyIsNone() {
		return map[string]any{"minLength": int64(1)}, nil
	}
	return nil, nil
}

// bound makes a rule that means runes, items or the number itself; "" where
// validator's meaning is not worth having.
func bound(text, list, number, textZH, listZH, numberZH string) *rule {
	keyword := func(s *shape) (string, string) {
		switch s.kind {
		case textKind:
			return text, textZH
		case listKind:
			return list, listZH
		case integerKind, numberKind:
			return number, numberZH
		}
		return "", ""
	}
	return &rule{
		schema: func(s *shape, param string) (map[string]any, error) {
			word, _ := keyword(s)
			limit, err := strconv.ParseInt(param, 10, 64)
			if word == "" || err != nil {
				return nil, fmt.Errorf("no bound %q of %v", param, s.typ)
			}
			return map[string]any{word: limit}, nil
		},
		zh: func(s *shape, param string) string {
			_, zh := keyword(s)
			return fmt.Sprintf(zh, param)
		},
	}
}

func lengthSchema(s *shape, param string) (map[string]any, error) {
	n, err := strconv.ParseInt(param, 10, 64)
	switch {
	case err == nil && s.kind == textKind:
		return map[string]any{"minLength": n, "maxLength": n}, nil
	case err == nil && s.kind == listKind:
		return map[string]any{"minItems": n, "maxItems": n}, nil
	}
	return nil, fmt.Errorf("no length %q of %v", param, s.typ)
}

func lengthMessage(s *shape, param string) string {
	if s.kind == listKind {
		return "应有" + param + "项"
	}
	return "应为" + param + "个字"
}

var oneofWords = regexp.MustCompile(`'[^']*'|\S+`)

// words splits the parameter of oneof as validator does: ” keeps blanks together.
func words(param string) (out []string) {
	for _, word := range oneofWords.FindAllString(param, -1) {
		out = append(out, strings.Trim(word, "'"))
	}
	return out
}

func oneofSchema(s *shape, param string) (map[string]any, error) {
	if s.kind != textKind {
		return nil, fmt.Errorf("oneof is for texts; %v is none", s.typ)
	}
	return map[string]any{"enum": words(param)}, nil
}

func oneofMessage(_ *shape, param string) string {
	return "只能是：" + strings.Join(words(param), "、")
}

func uniqueSchema(s *shape, param string) (map[string]any, error) {
	if s.kind != listKind || param != "" || s.item.kind == objectKind {
		return nil, fmt.Errorf("unique is for lists of plain values; compare members in a rule of its own")
	}
	return map[string]any{"uniqueItems": true}, nil
}

func datetimeSchema(s *shape, param string) (map[string]any, error) {
	if s.kind != textKind || param != "2006-01-02" {
		return nil, fmt.Errorf("datetime is for texts and for 2006-01-02")
	}
	return map[string]any{"format": "date"}, nil
}
