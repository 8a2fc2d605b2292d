package exchange

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"biaochi/model"
)

// decoder reads valid JSON into the Go types by their shapes and collects what
// doesn't fit.
type decoder struct {
	cursor
	faults
}

// value reads one value into v and tells whether it was left blank (null, "").
// A faulty value leaves v as it is.
func (d *decoder) value(s *shape, title string, v reflect.Value) (blank bool) {
	if d.takeBlank() {
		return true
	}
	if v.Kind() == reflect.Pointer {
		return d.pointer(s, title, v)
	}
	switch s.kind {
	case objectKind:
		d.object(s, title, v)
	case listKind:
		d.list(s, title, v)
	case textKind, choiceKind:
		d.text(s, title, v)
	case moneyKind:
		d.money(title, v)
	case integerKind:
		d.integer(s, title, v)
	case weightKind:
		d.weight(title, v)
	case rawKind:
		var out bytes.Buffer
		_ = json.Compact(&out, d.raw()) // known to be valid
		v.SetBytes(out.Bytes())
	}
	return false
}

// takeBlank takes null or "" if it is next.
func (d *decoder) takeBlank() bool {
	switch d.peek() {
	case 'n':
		d.raw()
		return true
	case '"':
		if d.data[d.pos+1] == '"' {
			d.raw()
			return true
		}
	}
	return false
}

// pointer reads an optional value; an object in which nothing is filled in
// counts as absent.
func (d *decoder) pointer(s *shape, title string, v reflect.Value) (blank bool) {
	target := reflect.New(v.Type().Elem())
	before := len(d.problems)
	d.value(s, title, target.Elem())
	if s.kind == objectKind && !s.keepEmpty && target.Elem().IsZero() && len(d.problems) == before {
		return true
	}
	v.Set(target)
	return false
}

func (d *decoder) object(s *shape, title string, v reflect.Value) {
	if !d.expect('{', title, "对象 {…}") {
		return
	}
	seen := make([]bool, len(s.fields))
	for d.enter(); !d.full && !d.leave(); {
		key, ok := d.cursor.text()
		d.push(pathStep{key: key, index: -1})
		d.member(s, key, ok, seen, v)
		d.pop()
	}
	for i, f := range s.fields {
		if f.fallback != "" && v.Field(f.index).IsZero() {
			v.Field(f.index).SetString(f.fallback)
		}
		if f.required && !seen[i] {
			d.push(pathStep{key: f.key, index: -1})
			d.missing(f)
			d.pop()
		}
	}
	if s.after != nil {
		s.after(d, v.Addr().Interface())
	}
}

// member reads the value of a key, or says why the key can't stand there.
func (d *decoder) member(s *shape, key string, ok bool, seen []bool, v reflect.Value) {
	i, known := s.byKey[key]
	switch {
	case !ok || !known:
		d.unknownKey(s, key, seen)
		d.raw()
		return
	case seen[i]:
		d.add("键 “%s” 在同一对象中重复出现，请只保留一个", key)
		d.raw()
		return
	}
	seen[i] = true
	f := s.fields[i]
	target := v.Field(f.index)
	blank := d.value(f.shape, f.title, target)
	if f.shape.kind == textKind && target.Kind() == reflect.String {
		blank = strings.TrimSpace(target.String()) == ""
	}
	if f.required && blank {
		d.missing(f)
	}
}

// unknownKey tells a key in the wrong case, which then counts as given, from one
// that the format doesn't have.
func (d *decoder) unknownKey(s *shape, key string, seen []bool) {
	for i, f := range s.fields {
		if strings.EqualFold(f.key, key) {
			seen[i] = true
			d.add("键名区分大小写，“%s” 应写成 “%s”", quoted(key), f.key)
			return
		}
	}
	keys := make([]string, len(s.fields))
	for i, f := range s.fields {
		keys[i] = f.key
	}
	d.add("%s没有 “%s” 这个键，请删去；可用的键：%s", s.title, quoted(key), strings.Join(keys, "、"))
}

func (d *decoder) missing(f shapeField) {
	if f.shape.kind == choiceKind {
		d.add("缺少必填的“%s”，可用的值：%s", f.title, f.shape.allowed())
		return
	}
	d.add("缺少必填的“%s”，请填写", f.title)
}

func (d *decoder) list(s *shape, title string, v reflect.Value) {
	if !d.expect('[', title, "列表 […]") {
		return
	}
	d.enter()
	for i := 0; !d.full && !d.leave(); i++ {
		d.push(pathStep{index: i})
		item := reflect.New(v.Type().Elem()).Elem()
		blank := d.value(s.item, title, item)
		if blank || s.item.kind == textKind && strings.TrimSpace(item.String()) == "" {
			d.add("“%s”：列表中不能有空项，请填写或删去", title)
		}
		v.Set(reflect.Append(v, item))
		d.pop()
	}
}

func (d *decoder) text(s *shape, title string, v reflect.Value) {
	if !d.expect('"', title, "带引号的字符串") {
		return
	}
	text, ok := d.cursor.text()
	switch {
	case !ok:
		d.add("“%s”：含有不成对的 \\uD800–\\uDFFF 转义，不是字符，请改正", title)
	case s.kind == choiceKind && !s.allows(text):
		d.add("%s", s.refusal(title, text))
	case s.kind == textKind && s.text.check(text) != "":
		d.add("“%s”：%s", title, s.text.check(text))
	default:
		v.SetString(text)
	}
}

func (d *decoder) money(title string, v reflect.Value) {
	if d.peek() != '"' {
		d.add("“%s”：金额应为字符串，如 \"1200.00\"（元，带引号）；这里是%s", title, found(d.peek()))
		d.raw()
		return
	}
	text, _ := d.cursor.text()
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)); err != nil {
		v.SetZero()
		d.add("“%s”：%s；这里是 “%s”", title, err, quoted(text))
	}
}

func (d *decoder) integer(s *shape, title string, v reflect.Value) {
	kind := found(d.peek())
	token := string(d.raw())
	n, err := strconv.ParseInt(token, 10, 32)
	if err != nil || int(n) < s.min || int(n) > s.max {
		d.add("“%s”：应为 %d 到 %d 之间的整数，不加引号；这里是%s %s", title, s.min, s.max, kind, quoted(token))
		return
	}
	v.SetInt(n)
}

func (d *decoder) weight(title string, v reflect.Value) {
	token := d.raw()
	var w model.Weight
	if err := w.UnmarshalJSON(token); err != nil {
		d.add("“%s”：%s；这里是 %s", title, err, quoted(string(token)))
		return
	}
	v.SetString(string(w))
}

// expect tells whether the next value begins with the given byte; where it
// doesn't, it notes the fault and takes the value.
func (d *decoder) expect(first byte, title, wanted string) bool {
	b := d.peek()
	if b == first {
		return true
	}
	d.add("“%s”：应为%s；这里是%s", title, wanted, found(b))
	d.raw()
	return false
}

// found names the JSON type that begins with the given byte.
func found(first byte) string {
	switch first {
	case '{':
		return "对象"
	case '[':
		return "列表"
	case '"':
		return "字符串"
	case 't', 'f':
		return "布尔值"
	case 'n':
		return "空值 null"
	}
	return "数字"
}
