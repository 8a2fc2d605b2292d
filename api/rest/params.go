package rest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// param is one parameter of a route: of its path, its query or its headers.
type param struct {
	in, name, label, about string
	index                  []int
	shape                  *shape // of the value, or of each of a list
	list, pointer          bool
	required               bool
	fallback               string // what an absent one is read as
	own, items             []use
	binding                string // for validator, without required
}

var places = []string{"path", "query", "header"}

// params reads the parameter fields of a request type; it leaves Body alone.
func (m *shaper) params(t reflect.Type, index []int, where string) (found []*param) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(slices.Clone(index), i)
		place := slices.IndexFunc(places, func(p string) bool { return f.Tag.Get(p) != "" })
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			found = append(found, m.params(f.Type, at, where)...)
		case f.Name == "Body" && len(index) == 0:
		case place < 0 || !f.IsExported():
			m.doubt(where+"."+f.Name, "is neither Body nor tagged path, query or header")
		default:
			found = append(found, m.param(f, places[place], at, where+"."+f.Name))
		}
	}
	return found
}

func (m *shaper) param(f reflect.StructField, in string, index []int, where string) *param {
	p := &param{
		in: in, name: f.Tag.Get(in), label: f.Tag.Get("label"), about: f.Tag.Get("description"),
		index: index, fallback: f.Tag.Get("default"),
		list: f.Type.Kind() == reflect.Slice, pointer: f.Type.Kind() == reflect.Pointer,
	}
	t := f.Type
	if p.list || p.pointer {
		t = t.Elem()
	}
	p.shape = m.of(t, where)
	var err error
	if p.own, p.items, err = m.rules.parse(f.Tag.Get("binding")); err != nil {
		m.doubt(where, "binding %v", err)
	}
	p.required = has(p.own, "required") || in == "path"
	p.binding = without(f.Tag.Get("binding"), "required", "omitempty")
	m.askParam(p, where)
	return p
}

// without gives a binding tag without some of its own rules; absence is handled
// where parameters are read, and a zero that was given is a good value.
func without(binding string, tags ...string) string {
	parts := strings.Split(binding, ",")
	end := slices.Index(parts, "dive")
	if end < 0 {
		end = len(parts)
	}
	kept := slices.DeleteFunc(slices.Clone(parts[:end]), func(p string) bool { return slices.Contains(tags, p) })
	return strings.Join(append(kept, parts[end:]...), ",")
}

func (m *shaper) askParam(p *param, where string) {
	s := p.shape
	switch {
	case s.kind == objectKind || s.kind == listKind || s.kind == knownKind && s.known.fromJSON && !reflect.PointerTo(s.typ).Implements(readsText):
		m.doubt(where, "a parameter of type %v can't be read from text", s.typ)
	case p.list && (p.in != "query" || limitOf(p.own) == 0 || p.fallback != ""):
		m.doubt(where, "a list is for the query, needs max and has no default")
	case s.kind == textKind && !bounded(p.own) && !bounded(p.items):
		m.doubt(where, "a text needs max, or a rule that bounds it")
	case slices.ContainsFunc(p.own, func(u use) bool { return u.cross }):
		m.doubt(where, "rules over several parameters have no place to point at")
	case p.fallback != "" && (p.required || p.pointer):
		m.doubt(where, "a default is for what may be absent and is no pointer")
	case p.fallback != "" && readText(reflect.New(s.typ).Elem(), s, p.fallback) != nil:
		m.doubt(where, "the default %q can't be read", p.fallback)
	}
	m.askRules(p.whole(), p.own, where)
	m.askRules(s, p.items, where)
}

// whole is the shape of the parameter itself, a list where it may be repeated.
func (p *param) whole() *shape {
	if p.list {
		return &shape{kind: listKind, item: p.shape}
	}
	return p.shape
}

// readParams reads all parameters, and refuses those of the query that the route
// does not have: a filter with a slip of the pen must not show everything.
func (b *binder) readParams(v reflect.Value, r *http.Request, path func(string) string, f *faults) *Failure {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return badRequest("request.query", "网址中问号后面的部分无法读取，请检查百分号编码", err)
	}
	for name := range sortedKeys(query) {
		if !slices.ContainsFunc(b.params, func(p *param) bool { return p.in == "query" && p.name == name }) {
			name = shorten(strings.ToValidUTF8(name, "?"))
			f.add(FieldProblem{In: "query", Pointer: "/" + escapePointer.Replace(name), Code: "unknown", Detail: "没有这个查询条件，请去掉或核对拼写"})
		}
	}
	for _, p := range b.params {
		values := query[p.name]
		switch p.in {
		case "path":
			values = []string{path(p.name)}
		case "header":
			values = r.Header.Values(p.name)
		}
		if len(values) == 0 && p.required && p.shape.typ == reflect.TypeFor[IfMatch]() {
			return preconditionRequired()
		}
		b.readParam(v, p, values, f)
	}
	return nil
}

func (b *binder) readParam(v reflect.Value, p *param, values []string, f *faults) {
	if len(values) == 0 && p.fallback != "" {
		values = []string{p.fallback}
	}
	switch {
	case len(values) == 0 && p.required:
		p.fault(f, "required", "", "为必填项")
	case len(values) == 0:
	case len(values) > 1 && !p.list:
		p.fault(f, "repeated", "", "重复出现，只能写一次")
	case slices.Contains(values, ""):
		p.fault(f, "empty", "", "没有写值；不需要这个条件时请去掉它")
	default:
		b.setParam(v.FieldByIndex(p.index), p, values, f)
	}
}

func (b *binder) setParam(v reflect.Value, p *param, values []string, f *faults) {
	if p.pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if most := limitOf(p.own); most > 0 && len(values) > most+1 {
		values = values[:most+1] // one too many is enough to refuse
	}
	for _, text := range values {
		target := v
		if p.list {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			target = v.Index(v.Len() - 1)
		}
		if bad := readText(target, p.shape, text); bad != nil {
			p.fault(f, bad.code, bad.param, bad.zh)
			return
		}
	}
	b.checkParam(v, p, f)
}

func (b *binder) checkParam(v reflect.Value, p *param, f *faults) {
	if strings.Trim(p.binding, ",") == "" {
		return
	}
	for _, fault := range violations(b.rules.check.Var(v.Interface(), p.binding)) {
		s, param := p.whole(), unescape.Replace(fault.Param())
		if p.list && fault.Namespace() != "" { // [2]: one of the items
			s = p.shape
		}
		p.fault(f, fault.Tag(), param, b.rules.rules[fault.Tag()].zh(s, param))
	}
}

func (p *param) fault(f *faults, code, param, zh string) {
	f.add(FieldProblem{In: p.in, Pointer: "/" + p.name, Code: code, Param: param, Detail: sentence(p.label, zh)})
}

// defaultValue is the default as JSON, for the document.
func (p *param) defaultValue() any {
	if p.shape.plainJSON() {
		return json.RawMessage(p.fallback)
	}
	return p.fallback
}
