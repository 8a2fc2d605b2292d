package rest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// schemas makes the components of the document from shapes.
type schemas struct {
	made   map[string]*component
	faults []error
}

// component is a named schema, made once for each direction that uses it.
type component struct {
	typ  reflect.Type
	ways [2]map[string]any
}

var goodComponent = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

// componentName is the Go name; Page[pkg.Filing] is FilingPage.
func componentName(t reflect.Type) string {
	name, args, generic := strings.Cut(t.Name(), "[")
	if !generic {
		return name
	}
	var prefix string
	for arg := range strings.SplitSeq(strings.TrimSuffix(args, "]"), ",") {
		prefix += arg[strings.LastIndex(arg, ".")+1:]
	}
	return prefix + name
}

func (c *schemas) doubt(format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf(format, args...))
}

// of gives the schema of a shape: a reference where it has a name.
func (c *schemas) of(s *shape, dir direction) map[string]any {
	switch s.kind {
	case objectKind:
		return c.named(componentName(s.typ), s.typ, dir, func() map[string]any { return c.object(s, dir) })
	case knownKind:
		return c.named(s.known.name[dir], s.typ, dir, func() map[string]any { return s.known.schema[dir] })
	case listKind:
		return map[string]any{"type": "array", "items": c.of(s.item, dir)}
	case dictKind:
		return map[string]any{"type": "object", "additionalProperties": c.of(s.item, dir)}
	case integerKind:
		least, most := s.bounds()
		return map[string]any{"type": "integer", "minimum": least, "maximum": most}
	case numberKind:
		return map[string]any{"type": "number", "minimum": int64(-maxSafe), "maximum": int64(maxSafe)}
	}
	return map[string]any{"type": s.word()}
}

func (c *schemas) named(name string, t reflect.Type, dir direction, make func() map[string]any) map[string]any {
	ref := map[string]any{"$ref": "#/components/schemas/" + name}
	at := c.made[name]
	if at == nil {
		at = &component{typ: t}
		c.made[name] = at
	}
	if at.typ != t {
		c.doubt("component %s: both %v and %v have this name", name, at.typ, t)
		return ref
	}
	if at.ways[dir] == nil {
		at.ways[dir] = map[string]any{} // a type may hold itself
		at.ways[dir] = make()
	}
	return ref
}

func (c *schemas) object(s *shape, dir direction) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, f := range s.fields {
		properties[f.name] = c.member(f, dir)
		if f.required {
			required = append(required, f.name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	if dir == inbound {
		out["additionalProperties"] = false
	}
	return out
}

// member is the schema of one member: its type, its rules, whether it may be null.
func (c *schemas) member(f *field, dir direction) map[string]any {
	schema := c.of(f.shape, dir)
	for _, u := range f.own {
		if u.tag == "required" && f.pointer {
			continue // the empty text behind a pointer is there
		}
		c.apply(schema, f.shape, u)
	}
	if len(f.items) > 0 {
		items := schema["items"].(map[string]any)
		for _, u := range f.items {
			c.apply(items, f.shape.item, u)
		}
	}
	if f.pointer && (dir == inbound) != f.required {
		schema = nullable(schema)
	}
	if about := describe(f.label, f.about); about != "" {
		schema["description"] = about
	}
	return schema
}

func describe(label, about string) string {
	if label != "" && about != "" {
		return label + "：" + about
	}
	return label + about
}

// nullable lets null be a value too.
func nullable(schema map[string]any) map[string]any {
	about, plain := schema["description"], schema["type"]
	if plain != nil && schema["enum"] == nil && schema["allOf"] == nil {
		schema["type"] = []any{plain, "null"}
		return schema
	}
	delete(schema, "description")
	either := map[string]any{"anyOf": []any{schema, map[string]any{"type": "null"}}}
	if about != nil {
		either["description"] = about
	}
	return either
}

// apply adds what a rule says. Of two bounds the narrower holds; what else is said
// twice holds both times.
func (c *schemas) apply(schema map[string]any, s *shape, u use) {
	if u.schema == nil {
		return
	}
	more, err := u.schema(s, u.param)
	if err != nil {
		c.doubt("%s: %v", u.tag, err)
	}
	for word := range sortedKeys(more) {
		value := more[word]
		before, twice := schema[word]
		if !twice {
			schema[word] = value
			continue
		}
		if narrow, ok := narrower(word, before, value); ok {
			schema[word] = narrow
			continue
		}
		all, _ := schema["allOf"].([]any)
		schema["allOf"] = append(all, map[string]any{word: value})
	}
}

func narrower(word string, a, b any) (int64, bool) {
	first, ok1 := a.(int64)
	second, ok2 := b.(int64)
	lower := strings.HasPrefix(word, "min") || strings.HasPrefix(word, "exclusiveMin")
	if lower {
		return max(first, second), ok1 && ok2
	}
	return min(first, second), ok1 && ok2
}

// merged gives the components by name, one schema for both directions. A type that
// is used both ways must mean the same both ways; it stays closed, and what may be
// null in requests may be so in the one schema.
func (c *schemas) merged() map[string]any {
	all := map[string]any{}
	for name := range sortedKeys(c.made) {
		at := c.made[name]
		switch request, response := at.ways[inbound], at.ways[outbound]; {
		case request == nil:
			all[name] = response
		case response == nil:
			all[name] = request
		default:
			c.compare(name, request, response)
			all[name] = request
		}
	}
	return all
}

func (c *schemas) compare(name string, request, response map[string]any) {
	if text(request["required"]) != text(response["required"]) {
		c.doubt("component %s: requests require %s, responses always have %s; split the type", name, text(request["required"]), text(response["required"]))
	}
	theirs, _ := response["properties"].(map[string]any) // none where a type writes itself
	for member := range sortedKeys(theirs) {
		ours := request["properties"].(map[string]any)[member]
		if a, b := text(ours), text(theirs[member]); a != b && a != text(nullable(copied(theirs[member]))) {
			c.doubt("component %s: member %s is %s in requests and %s in responses; split the type", name, member, a, b)
		}
	}
}

// text writes a schema as JSON, to compare and to show.
func text(v any) string {
	out, _ := json.Marshal(v) // maps, lists, texts and numbers alone
	return string(out)
}

func copied(v any) (out map[string]any) {
	_ = json.Unmarshal([]byte(text(v)), &out)
	return out
}
