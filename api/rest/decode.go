package rest

import (
	"reflect"
	"strings"
)

// decoder reads a body against a shape in one pass: what it doesn't know it
// reports, what it can't read stays zero, and it always goes on to the end.
type decoder struct {
	scanner
	faults *faults
}

func (d *decoder) value(v reflect.Value, s *shape, at *place) {
	switch b := d.next(); {
	case b == 'n':
		d.raw()
		d.faults.structural(at, "null", "", "不能为空值")
	case s.kind == objectKind && b == '{':
		d.object(v, s, at)
	case s.kind == listKind && b == '[':
		d.list(v, s, 0, at)
	case s.kind == knownKind && s.known.fromJSON:
		d.report(at, readJSON(v, s, d.raw()))
	case b == '"' && (s.kind == textKind || s.kind == knownKind):
		d.report(at, readText(v, s, d.text()))
	case b != '{' && b != '[' && b != '"' && s.plainJSON() && (b == 't' || b == 'f') == (s.kind == booleanKind):
		d.report(at, readText(v, s, string(d.plain())))
	default:
		d.raw()
		d.faults.structural(at, "type", s.word(), "应为"+s.zh())
	}
}

// plainJSON tells whether the value is written without quotes.
func (s *shape) plainJSON() bool {
	return s.kind == integerKind || s.kind == numberKind || s.kind == booleanKind
}

func (d *decoder) report(at *place, bad *misread) {
	if bad != nil {
		d.faults.structural(at, bad.code, bad.param, bad.zh)
	}
}

func (d *decoder) object(v reflect.Value, s *shape, at *place) {
	seen := make([]bool, len(s.fields))
	for d.at++; !d.take('}'); d.take(',') {
		name := d.text()
		d.take(':')
		f := s.byName[name]
		if f == nil {
			d.raw()
			d.unknown(s, name, at)
			continue
		}
		if seen[f.order] {
			d.raw()
			d.faults.structural(at.member(name, f.label), "repeated", "", "重复出现，只能写一次")
		} else {
			seen[f.order] = true
			d.field(v, f, at)
		}
	}
	for i, f := range s.fields {
		if f.required && !seen[i] {
			d.faults.structural(at.member(f.name, f.label), "required", "", "为必填项")
		}
	}
}

func (d *decoder) unknown(s *shape, name string, at *place) {
	hint := "不在这里可以填写的内容之中，请去掉或核对拼写"
	for _, f := range s.fields {
		if strings.EqualFold(f.name, name) {
			hint = "的名称大小写不对，应写成“" + f.name + "”"
		}
	}
	name = shorten(strings.ToValidUTF8(name, ""))
	d.faults.structural(at.member(or(name, "?"), ""), "unknown", "", hint)
}

func (d *decoder) field(v reflect.Value, f *field, at *place) {
	target := v.FieldByIndex(f.index)
	here := place{up: at, name: f.name, zh: f.label}
	if !f.pointer {
		if f.shape.kind == listKind && d.next() == '[' {
			d.list(target, f.shape, f.most, &here)
			return
		}
		d.value(target, f.shape, &here)
		return
	}
	if d.next() == 'n' && !f.required {
		d.raw()
		return
	}
	target.Set(reflect.New(target.Type().Elem()))
	d.value(target.Elem(), f.shape, &here)
}

// list reads at most one item more than may be there: that one is enough for the
// rule to refuse, and the rest of a hostile list costs no memory.
func (d *decoder) list(v reflect.Value, s *shape, most int, at *place) {
	v.Set(reflect.MakeSlice(v.Type(), 0, 4))
	here := place{up: at}
	for d.at++; !d.take(']'); d.take(',') {
		if n := v.Len(); most > 0 && n > most {
			d.raw()
			continue
		}
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		here.index = v.Len() - 1
		d.value(v.Index(here.index), s.item, &here)
	}
}
