package rest

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// kind is what a value is in JSON.
type kind int

const (
	objectKind kind = iota + 1
	listKind
	dictKind // a map; responses alone have them
	textKind
	integerKind
	numberKind
	booleanKind
	knownKind // a registered type
)

// shape is a Go type as the binder and the document see it. Both follow the same
// shapes, which is why they agree.
type shape struct {
	kind   kind
	typ    reflect.Type
	known  *known
	item   *shape // of a list or a dict
	fields []*field
	byName map[string]*field
	lists  bool // a list or dict is somewhere inside, and may be nil
}

// field is one member of an object.
type field struct {
	name, label, about string
	index              []int
	order              int // among the members
	shape              *shape
	pointer            bool
	required           bool // requests: tagged so; responses: never left out
	own, items         []use
	dive               bool
	most               int // items a list may have, 0 where nothing says
}

// direction is the way a body goes.
type direction int

const (
	inbound direction = iota
	outbound
)

// shaper makes shapes and collects every doubt on the way.
type shaper struct {
	rules  *Rules
	dir    direction
	made   map[reflect.Type]*shape
	faults []error
}

func newShaper(r *Rules, dir direction) *shaper {
	return &shaper{rules: r, dir: dir, made: map[reflect.Type]*shape{}}
}

func (m *shaper) doubt(where, format string, args ...any) {
	m.faults = append(m.faults, fmt.Errorf("%s: "+format, append([]any{where}, args...)...))
}

// of gives the shape of a type; where names the place for the report of a doubt.
func (m *shaper) of(t reflect.Type, where string) *shape {
	if s := m.made[t]; s != nil {
		return s
	}
	s := &shape{typ: t, known: m.rules.types[t]}
	m.made[t] = s // before going down: a type may hold itself
	switch {
	case s.known != nil:
		s.kind = knownKind
	case t.Kind() == reflect.Struct && !hasOwnJSON(t):
		s.kind, s.byName, s.lists = objectKind, map[string]*field{}, true
		if !goodComponent.MatchString(componentName(t)) {
			m.doubt(where, "type %v has no name for the document", t)
		}
		m.members(s, t, nil, where)
		s.lists = slices.ContainsFunc(s.fields, func(f *field) bool { return f.shape.lists })
	case t.Kind() == reflect.Slice && !hasOwnJSON(t):
		s.kind, s.lists = listKind, true
		s.item = m.item(t.Elem(), where)
	case t.Kind() == reflect.Map && !hasOwnJSON(t) && m.dir == outbound && t.Key().Kind() == reflect.String:
		s.kind, s.lists = dictKind, true
		s.item = m.item(t.Elem(), where)
	default:
		s.kind = plain(t)
	}
	if s.kind == 0 {
		m.doubt(where, "type %v has no schema; register it with Type or Enum", t)
	}
	return s
}

// plain is the kind of Go's own types; a named one must be registered, since its
// name promises more than any text or number.
func plain(t reflect.Type) kind {
	if t.PkgPath() != "" {
		return 0
	}
	switch t.Kind() {
	case reflect.String:
		return textKind
	case reflect.Bool:
		return booleanKind
	case reflect.Float64:
		return numberKind
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return integerKind
	}
	return 0
}

func (m *shaper) item(t reflect.Type, where string) *shape {
	item := m.of(t, where+"[]")
	if t.Kind() == reflect.Pointer || item.kind == listKind || item.kind == dictKind || t.Kind() == reflect.Uint8 {
		m.doubt(where, "items of type %v have no schema; use values in a type of their own", t)
	}
	return item
}

// members adds the members of a struct, those of embedded ones at the same level.
func (m *shaper) members(s *shape, t reflect.Type, index []int, where string) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(append([]int{}, index...), i)
		switch {
		case f.Anonymous && f.Tag.Get("json") == "" && f.Type.Kind() == reflect.Struct:
			m.members(s, f.Type, at, where)
		case f.Anonymous:
			m.doubt(where+"."+f.Name, "only plain structs without json tag can be embedded")
		case f.IsExported() && f.Tag.Get("json") != "-":
			m.member(s, f, at, where+"."+f.Name)
		}
	}
}

var goodName = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)

// jsonName is the name in the json tag, "" where there is none.
func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func (m *shaper) member(s *shape, sf reflect.StructField, index []int, where string) {
	f := &field{
		name: jsonName(sf), label: sf.Tag.Get("label"), about: sf.Tag.Get("description"),
		index: index, order: len(s.fields), pointer: sf.Type.Kind() == reflect.Pointer,
	}
	if !goodName.MatchString(f.name) || s.byName[f.name] != nil {
		m.doubt(where, "json name %q is missing, not camelCase, or there twice", f.name)
		return
	}
	t := sf.Type
	if f.pointer {
		t = t.Elem()
	}
	f.shape = m.of(t, where)
	_, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
	m.tags(f, sf, options, where)
	s.fields, s.byName[f.name] = append(s.fields, f), f
}

// tags reads what the tags of a member say, and asks what they leave in doubt.
func (m *shaper) tags(f *field, sf reflect.StructField, options, where string) {
	var err error
	binding := sf.Tag.Get("binding")
	if f.own, f.items, err = m.rules.parse(binding); err != nil {
		m.doubt(where, "binding %v", err)
	}
	f.dive = slices.Contains(strings.Split(binding, ","), "dive")
	omits := options == "omitempty" || options == "omitzero"
	if options != "" && !omits {
		m.doubt(where, "json option %q is not supported", options)
	}
	f.most = limitOf(f.own)
	if m.dir == inbound {
		f.required = has(f.own, "required")
		m.askRequest(f, sf, where)
	} else {
		f.required = !omits
	}
	m.askRules(f.shape, f.own, where)
	if f.dive && f.shape.kind != listKind {
		m.doubt(where, "dive is for lists")
	} else if f.dive {
		m.askRules(f.shape.item, f.items, where+"[]")
	}
}

// askRules refuses a rule that has no meaning for the kind of value it stands at.
func (m *shaper) askRules(s *shape, uses []use, where string) {
	for _, u := range uses {
		if u.schema == nil || s.kind == 0 {
			continue
		}
		if _, err := u.schema(s, u.param); err != nil {
			m.doubt(where, "%s: %v", u.tag, err)
		}
	}
}

// emptyIsNone tells whether validator takes the empty text of this shape for an
// absent value.
func (s *shape) emptyIsNone() bool {
	return s.kind == textKind || s.kind == knownKind && s.typ.Kind() == reflect.String && !s.known.noZero && s.known.values == nil
}
