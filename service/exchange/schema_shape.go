package exchange

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"biaochi/model"
)

// shapeKind says what stands at a place of the package.
type shapeKind int

const (
	objectKind shapeKind = iota
	listKind
	textKind
	choiceKind
	moneyKind
	integerKind
	weightKind
	rawKind
)

// shape describes a value of the package once for reader, writer and JSON Schema.
type shape struct {
	kind   shapeKind
	name   string       // objects: the name of the definition in the schema
	title  string       // objects: what it is, in Chinese
	fields []shapeField // objects: in the order of writing
	item   *shape       // lists
	text   textClass    // texts
	// choices are the values of an enumeration, with their Chinese words.
	choices  []shapeChoice
	min, max int // integers

	typ   reflect.Type   // objects: the Go struct
	byKey map[string]int // objects: place in fields
	// keepEmpty keeps an object without members: an empty form is a form.
	keepEmpty bool
	// after looks at a whole object that was read; it may normalise it.
	after func(d *decoder, object any)
	// view gives what is written for an object, where that isn't the object.
	view func(object any) any
}

// shapeField is a key of an object.
type shapeField struct {
	key      string
	title    string // Chinese
	shape    *shape
	required bool
	fallback string // texts: what blank means; not written
	index    int    // the Go field
}

type shapeChoice struct{ value, chinese string }

func need(key, title string, s *shape) shapeField {
	return shapeField{key: key, title: title, shape: s, required: true}
}

func may(key, title string, s *shape) shapeField { return shapeField{key: key, title: title, shape: s} }

func (f shapeField) or(fallback string) shapeField {
	f.fallback = fallback
	return f
}

// objectOf binds keys to the fields of T. It panics where the two lists differ,
// so that a key added to a model type can't be forgotten here.
func objectOf[T any](name, title string, fields ...shapeField) *shape {
	typ := reflect.TypeFor[T]()
	s := &shape{kind: objectKind, name: name, title: title, fields: fields, typ: typ, byKey: map[string]int{}}
	for i := range fields {
		index, ok := goField(typ, fields[i].key)
		if !ok {
			panic(fmt.Sprintf("exchange: %s has no field for key %q", typ, fields[i].key))
		}
		fields[i].index = index
		s.byKey[fields[i].key] = i
	}
	if len(s.byKey) != typ.NumField() {
		panic(fmt.Sprintf("exchange: %s has %d fields, %d keys are described", typ, typ.NumField(), len(s.byKey)))
	}
	return s
}

// goField finds the Go field of a key by its json tag, or by its name where it
// has none.
func goField(typ reflect.Type, key string) (index int, ok bool) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			name = string(unicode.ToLower(rune(f.Name[0]))) + f.Name[1:]
		}
		if name == key {
			return i, true
		}
	}
	return 0, false
}

func listOf(item *shape) *shape { return &shape{kind: listKind, item: item} }

func textOf(class textClass) *shape { return &shape{kind: textKind, text: class} }

func integerOf(low, high int) *shape { return &shape{kind: integerKind, min: low, max: high} }

func choiceOf(choices ...shapeChoice) *shape { return &shape{kind: choiceKind, choices: choices} }

// wordsOf makes an enumeration of a closed vocabulary of the model.
func wordsOf[T ~string](values []T) *shape {
	choices := make([]shapeChoice, len(values))
	for i, v := range values {
		choices[i] = shapeChoice{string(v), model.Chinese(v)}
	}
	return choiceOf(choices...)
}

// allowed lists the values of an enumeration for a message.
func (s *shape) allowed() string {
	words := make([]string, len(s.choices))
	for i, c := range s.choices {
		words[i] = c.value
		if c.chinese != c.value {
			words[i] += "（" + c.chinese + "）"
		}
	}
	return strings.Join(words, "、")
}

func (s *shape) allows(value string) bool {
	for _, c := range s.choices {
		if c.value == value {
			return true
		}
	}
	return false
}

// afterReading gives an object a last look when it has been read.
func afterReading(s *shape, look func(d *decoder, object any)) *shape {
	s.after = look
	return s
}
