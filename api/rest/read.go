package rest

import (
	"encoding"
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// misread says why one value can't be what it should be.
type misread struct{ code, param, zh string }

// readText reads one value from text: a text of the body, a number or word of it,
// or a parameter.
func readText(v reflect.Value, s *shape, text string) *misread {
	if !clean(text) {
		return &misread{"text", "", "含有控制字符或损坏的字符，请删去后重新输入"}
	}
	switch s.kind {
	case textKind:
		v.SetString(text)
	case integerKind:
		return readInteger(v, s, text)
	case numberKind:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !json.Valid([]byte(text)) { // a parameter can be 0x10 or inf
			return misreadNumber(err, s)
		}
		if math.Abs(n) > maxSafe {
			return misreadNumber(strconv.ErrRange, s)
		}
		v.SetFloat(n)
	case booleanKind:
		if text != "true" && text != "false" {
			return &misread{"type", s.word(), "应为" + s.zh()}
		}
		v.SetBool(text == "true")
	case knownKind:
		return readKnown(v, s.known, text)
	}
	return nil
}

func readKnown(v reflect.Value, k *known, text string) *misread {
	if k.values != nil {
		if !slices.Contains(k.values, text) {
			return &misread{"enum", "", k.zh}
		}
		v.SetString(text)
		return nil
	}
	reader, ok := v.Addr().Interface().(encoding.TextUnmarshaler)
	if !ok {
		return &misread{"type", "", k.zh}
	}
	if err := reader.UnmarshalText([]byte(text)); err != nil {
		v.SetZero()
		return &misread{"format", k.name[outbound], or(k.zh, err.Error())}
	}
	return nil
}

// readJSON lets a type read its own JSON; a text that it would keep must be clean.
func readJSON(v reflect.Value, s *shape, token []byte) *misread {
	if token[0] == '"' && !clean(meaning(token)) {
		return readText(v, &shape{kind: textKind}, "\x00")
	}
	if err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(token); err != nil {
		v.SetZero()
		return &misread{"format", s.known.name[outbound], or(s.known.zh, err.Error())}
	}
	return nil
}

// Numbers stay where a JavaScript number is exact to one.
const maxSafe = 1<<53 - 1

// bounds are the least and greatest number of an integer type.
func (s *shape) bounds() (least, most int64) {
	bits := s.typ.Bits()
	if s.typ.Kind() >= reflect.Uint && s.typ.Kind() <= reflect.Uint64 {
		if bits > 53 {
			return 0, maxSafe
		}
		return 0, 1<<bits - 1
	}
	if bits > 53 {
		return -maxSafe, maxSafe
	}
	return -1 << (bits - 1), 1<<(bits-1) - 1
}

func readInteger(v reflect.Value, s *shape, text string) *misread {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		if n, err = wholeNumber(text); err != nil {
			return misreadNumber(err, s)
		}
	}
	least, most := s.bounds()
	if err != nil || n < least || n > most {
		return misreadNumber(strconv.ErrRange, s)
	}
	if v.CanUint() {
		v.SetUint(uint64(n))
	} else {
		v.SetInt(n)
	}
	return nil
}

// wholeNumber reads 1.0 and 1e3, which JSON and its schemas take for whole
// numbers. The exponent is looked at first: 1e-999999999 is a long number to build.
func wholeNumber(text string) (int64, error) {
	_, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	if e, err := strconv.Atoi(or(exponent, "0")); err != nil || e > 30 || e < -30 || len(text) > 60 {
		return 0, strconv.ErrSyntax
	}
	exact, ok := new(big.Rat).SetString(text)
	if !ok || !exact.IsInt() {
		return 0, strconv.ErrSyntax
	}
	if !exact.Num().IsInt64() {
		return 0, strconv.ErrRange
	}
	return exact.Num().Int64(), nil
}

func misreadNumber(err error, s *shape) *misread {
	if errors.Is(err, strconv.ErrRange) {
		return &misread{"range", "", "超出可以填写的范围"}
	}
	return &misread{"type", s.word(), "应为" + s.zh()}
}

// word is the name of the kind as schemas call it.
func (s *shape) word() string {
	return map[kind]string{
		objectKind: "object", listKind: "array", textKind: "string", integerKind: "integer",
		numberKind: "number", booleanKind: "boolean", knownKind: "string",
	}[s.kind]
}

// zh is the name of the kind as people call it.
func (s *shape) zh() string {
	return map[kind]string{
		objectKind: "一组有名称的值", listKind: "列表", textKind: "文本", integerKind: "整数",
		numberKind: "数字", booleanKind: "是（true）或否（false）", knownKind: "文本",
	}[s.kind]
}
