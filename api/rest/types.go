package rest

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/rbac"
)

// TypeSpec describes a Go type that reads and writes itself as one JSON value.
type TypeSpec struct {
	Name   string         // of the component; "" takes the Go name
	Schema map[string]any // what it reads and, unless Out is set, writes
	Out    map[string]any // what it writes, where that is wider; its component is another then
	// ZH says what it looks like: "应写成以元为单位的数字，如 1200.00". Where it is
	// "", readers get the words of the type's own error, which must be Chinese.
	ZH string
	// NoZero: no text gives the zero value, so that required can't refuse a good one.
	NoZero bool
}

// known is a registered type.
type known struct {
	name     [2]string // of its component, by direction
	schema   [2]map[string]any
	zh       string
	values   []string // of an enumeration
	fromJSON bool     // has UnmarshalJSON; else UnmarshalText, else it is an enumeration
	noZero   bool
}

var (
	readsText  = reflect.TypeFor[encoding.TextUnmarshaler]()
	readsJSON  = reflect.TypeFor[json.Unmarshaler]()
	writesText = reflect.TypeFor[encoding.TextMarshaler]()
	writesJSON = reflect.TypeFor[json.Marshaler]()
)

// Type registers T, which has UnmarshalText or UnmarshalJSON. It panics where T
// has neither, is there already, or has no schema.
func Type[T any](r *Rules, spec TypeSpec) {
	t := reflect.TypeFor[T]()
	pointer := reflect.PointerTo(t)
	if len(spec.Schema) == 0 || !pointer.Implements(readsText) && !pointer.Implements(readsJSON) {
		panic(fmt.Sprintf("rest: type %v can't read itself or has no schema", t))
	}
	name := or(spec.Name, t.Name())
	names := [2]string{name, name}
	if spec.Out == nil {
		spec.Out = spec.Schema
	} else {
		names[inbound] += "Input"
	}
	r.learn(t, &known{
		name: names, schema: [2]map[string]any{spec.Schema, spec.Out}, zh: spec.ZH, noZero: spec.NoZero,
		fromJSON: pointer.Implements(readsJSON),
	})
}

// Enum registers a type of texts with all its values; zh gives the word that
// people know a value by, nil where the values are such words themselves. Being of
// the type is the check: no tag is needed and none can be forgotten.
func Enum[T ~string](r *Rules, zh func(T) string, values ...T) {
	t := reflect.TypeFor[T]()
	if len(values) == 0 || t == reflect.TypeFor[string]() {
		panic(fmt.Sprintf("rest: %v is no enumeration", t))
	}
	var texts, shown []string
	for _, v := range values {
		texts = append(texts, string(v))
		if word := string(v); zh != nil && zh(v) != word {
			shown = append(shown, zh(v)+"（"+word+"）")
		} else {
			shown = append(shown, word)
		}
	}
	list := strings.Join(shown, "、")
	schema := map[string]any{"type": "string", "enum": texts, "description": list}
	r.learn(t, &known{name: [2]string{t.Name(), t.Name()}, schema: [2]map[string]any{schema, schema}, zh: "只能是：" + list, values: texts})
}

func (r *Rules) learn(t reflect.Type, k *known) {
	if r.types[t] != nil {
		panic(fmt.Sprintf("rest: type %v is registered twice", t))
	}
	r.types[t] = k
}

// hasOwnJSON tells whether the type decides how it looks in JSON.
func hasOwnJSON(t reflect.Type) bool {
	pointer := reflect.PointerTo(t)
	return slices.ContainsFunc([]reflect.Type{readsText, readsJSON, writesText, writesJSON}, pointer.Implements)
}

// instantPattern is what the standard library reads of RFC 3339: a large T and Z,
// no leap second.
const instantPattern = `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`

// addStandardTypes registers the value types of model, time.Time and the two
// headers that have types here.
func addStandardTypes(r *Rules) {
	text := func(more ...any) map[string]any {
		schema := map[string]any{"type": "string"}
		for i := 0; i < len(more); i += 2 {
			schema[more[i].(string)] = more[i+1]
		}
		return schema
	}
	day := text("format", "date")
	Type[model.ID](r, TypeSpec{
		Schema: text("pattern", `^[+]?0*([1-9][0-9]{0,17}|[1-8][0-9]{18})$`),
		ZH:     "应为系统给出的数字标识", NoZero: true,
	})
	Type[model.Money](r, TypeSpec{
		Schema: text("pattern", `^0*[0-9]{1,12}([.][0-9]{1,2})?$`, "description", "以元为单位，最多两位小数"),
	})
	Type[model.Date](r, TypeSpec{Schema: map[string]any{
		"type": "string", "anyOf": []any{day, map[string]any{"const": ""}}, "description": "北京时间的日期；空文本表示留空",
	}})
	Type[time.Time](r, TypeSpec{Schema: text("format", "date-time", "pattern", instantPattern), ZH: "应写成带时区的时间，如 2026-01-31T08:00:00+08:00", NoZero: true})
	Type[IfMatch](r, TypeSpec{Schema: text("pattern", ifMatchPattern), ZH: "应为上次读到的版本标记，原样带上引号", NoZero: true})
	Type[IdempotencyKey](r, TypeSpec{Schema: text("pattern", idempotencyPattern), ZH: "应为 8 到 128 个可见的英文字符", NoZero: true})
}

// ActionName is the name of a declared action, as records list those that their
// reader may take and as each operation names its own.
type ActionName string

// ActionNames gives the names, an empty list where there are none.
func ActionNames(actions ...rbac.Action) []ActionName {
	names := make([]ActionName, len(actions))
	for i, a := range actions {
		names[i] = ActionName(a.Name)
	}
	return names
}

func addActionNames(r *Rules) {
	words := map[ActionName]string{}
	var names []ActionName
	for _, a := range append([]rbac.Action{rbac.Public, rbac.Self}, rbac.Actions...) {
		names, words[ActionName(a.Name)] = append(names, ActionName(a.Name)), a.ZH
	}
	slices.Sort(names)
	Enum(r, func(n ActionName) string { return words[n] }, names...)
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
