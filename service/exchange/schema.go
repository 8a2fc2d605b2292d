package exchange

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Schema gives the JSON Schema (draft 2020-12) of the package, made from the same
// shapes that Decode and Encode follow. The committed copy is
// docs/schema/biaochi.package.v1.schema.json. A few things Decode refuses are
// beyond a schema: keys given twice, days that the calendar doesn't have.
func Schema() []byte {
	root := schemaObject{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "urn:biaochi:package:v1"},
		{"title", "标尺数据包 " + Format},
		{"description", "一个预算单位一个预算年度的数据。空白：null、缺键与 \"\" 相同，表示表上留空，不等于零。"},
	}
	defs := schemaObject{
		{"blank", schemaObject{{"description", "留空"}, {"enum", []any{nil, ""}}}},
		{"amount", amountSchema(true)},
		{"optionalAmount", amountSchema(false)},
	}
	for _, s := range definitions(packageShape, map[string]bool{}) {
		defs = append(defs, schemaKey{s.name, objectSchema(s)})
	}
	root = append(root, objectSchema(packageShape)[1:]...) // the root has its own title
	root = append(root, schemaKey{"$defs", defs})
	var out bytes.Buffer
	writer := json.NewEncoder(&out)
	writer.SetEscapeHTML(false)
	writer.SetIndent("", " ")
	if err := writer.Encode(root); err != nil {
		panic(err) // only strings, numbers and lists of them
	}
	return out.Bytes()
}

// definitions gives the objects below s, each once, in the order of reading.
func definitions(s *shape, seen map[string]bool) (below []*shape) {
	for _, f := range s.fields {
		inner := f.shape
		if inner.kind == listKind {
			inner = inner.item
		}
		if inner.kind != objectKind || seen[inner.name] {
			continue
		}
		seen[inner.name] = true
		below = append(below, inner)
		below = append(below, definitions(inner, seen)...)
	}
	return below
}

func objectSchema(s *shape) schemaObject {
	properties, required := schemaObject{}, []string{}
	for _, f := range s.fields {
		properties = append(properties, schemaKey{f.key, fieldSchema(f)})
		if f.required {
			required = append(required, f.key)
		}
	}
	out := schemaObject{{"title", s.title}, {"type", "object"}, {"properties", properties}}
	if len(required) > 0 {
		out = append(out, schemaKey{"required", required})
	}
	out = append(out, schemaKey{"additionalProperties", false})
	if s == indicatorShape {
		out = append(out, schemaKey{"anyOf", levelPairs()})
	}
	return out
}

// levelPairs says which second level goes under which first one.
func levelPairs() (pairs []schemaObject) {
	for _, level1 := range level1Shape.choices {
		pairs = append(pairs, schemaObject{{"properties", schemaObject{
			{"level1", schemaObject{{"const", level1.value}}},
			{"level2", schemaObject{{"enum", level2Under[level1.value]}}},
		}}})
	}
	return pairs
}

func fieldSchema(f shapeField) schemaObject {
	out := append(schemaObject{{"title", f.title}}, valueSchema(f.shape, f.required)...)
	switch {
	case f.fallback != "":
		out = append(out, schemaKey{"default", f.fallback})
	case f.shape.kind == rawKind:
		out = append(out, schemaKey{"description", "全量导出时附带，任何 JSON；导入时不读取"})
	}
	return out
}

// valueSchema describes a value; one that isn't required may be blank as well.
func valueSchema(s *shape, required bool) schemaObject {
	switch s.kind {
	case objectKind:
		return objectReference(s, required)
	case listKind:
		return append(typeOr("array", required), schemaKey{"items", valueSchema(s.item, true)})
	case textKind:
		return textSchema(s.text, required)
	case choiceKind:
		return choiceSchema(s, required)
	case moneyKind:
		return amountReference(required)
	case integerKind:
		return append(typeOr("integer", required), schemaKey{"minimum", s.min}, schemaKey{"maximum", s.max})
	case weightKind:
		return weightSchema()
	}
	return nil
}

func objectReference(s *shape, required bool) schemaObject {
	reference := schemaObject{{"$ref", "#/$defs/" + s.name}}
	if required {
		return reference
	}
	return schemaObject{{"anyOf", []schemaObject{reference, {{"$ref", "#/$defs/blank"}}}}}
}

func amountReference(required bool) schemaObject {
	if required {
		return schemaObject{{"$ref", "#/$defs/amount"}}
	}
	return schemaObject{{"$ref", "#/$defs/optionalAmount"}}
}

// typeOr gives a type that isn't a string, or blank.
func typeOr(name string, required bool) schemaObject {
	if required {
		return schemaObject{{"type", name}}
	}
	return schemaObject{{"type", []string{name, "null", "string"}}, {"maxLength", 0}}
}

func textSchema(class textClass, required bool) schemaObject {
	if !required {
		return schemaObject{{"type", []string{"string", "null"}}, {"maxLength", class.max}, {"pattern", class.pattern}}
	}
	pattern := class.pattern
	if pattern == nameText.pattern {
		pattern = `^[^\p{Cc}]*[^\p{Cc}\p{Z}][^\p{Cc}]*$` // blanks alone are no name
	}
	return schemaObject{{"type", "string"}, {"minLength", 1}, {"maxLength", class.max}, {"pattern", pattern}}
}

func choiceSchema(s *shape, required bool) schemaObject {
	values, words := []any{}, []string{}
	for _, c := range s.choices {
		values = append(values, c.value)
		words = append(words, strings.TrimSpace(c.value+" "+strings.TrimPrefix(c.chinese, c.value)))
	}
	if !required {
		values = append(values, "", nil)
	}
	return schemaObject{{"description", strings.Join(words, " · ")}, {"enum", values}}
}

func amountSchema(required bool) schemaObject {
	const pattern = `0*[0-9]{1,12}(\.[0-9]{1,2})?`
	if required {
		return schemaObject{{"description", "金额（元），如 \"1200.00\""}, {"type", "string"}, {"pattern", `^` + pattern + `$`}}
	}
	return schemaObject{{"description", "金额（元），如 \"1200.00\"，可留空"}, {"type", []string{"string", "null"}}, {"pattern", `^(` + pattern + `)?$`}}
}

func weightSchema() schemaObject {
	return schemaObject{
		{"type", []string{"number", "string", "null"}},
		{"minimum", 0}, {"maximum", json.Number("999999.9999")}, {"multipleOf", json.Number("0.0001")},
		{"pattern", `^([0-9]{1,6}(\.[0-9]{1,4})?)?$`},
	}
}

// schemaObject is a JSON object whose keys keep their order.
type schemaObject []schemaKey

type schemaKey struct {
	key   string
	value any
}

// MarshalJSON writes the keys in order.
func (o schemaObject) MarshalJSON() ([]byte, error) {
	var e encoder
	e.WriteByte('{')
	for i, pair := range o {
		if i > 0 {
			e.WriteByte(',')
		}
		e.text(pair.key)
		e.WriteByte(':')
		writer := json.NewEncoder(&e.Buffer)
		writer.SetEscapeHTML(false)
		if err := writer.Encode(pair.value); err != nil {
			return nil, err
		}
	}
	e.WriteByte('}')
	return e.Bytes(), nil
}
