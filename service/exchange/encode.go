package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"biaochi/model"
)

// Encode writes a package: same content, same bytes. Keys stand in the order of
// the reference package, one space an indent; blanks and defaults are left out.
// It fails only where History isn't JSON.
func Encode(p *Package) ([]byte, error) {
	if len(p.History) > 0 && !json.Valid(p.History) {
		return nil, fmt.Errorf("exchange: history is not JSON")
	}
	whole := *p
	whole.Format = Format
	var out bytes.Buffer
	if err := json.Indent(&out, canonical(packageShape, &whole), "", " "); err != nil {
		return nil, fmt.Errorf("exchange: indenting a package: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// HashSheet gives a key of a sheet's content, SHA-256 in hex: equal for contents
// that a package can't tell apart.
func HashSheet(sheet *model.SheetContent) string { return contentHash(sheetShape, sheet) }

// HashProject gives a key of a project's content, as HashSheet does of a sheet's.
func HashProject(project *model.ProjectContent) string { return contentHash(projectShape, project) }

// HashTarget gives a key of a whole-unit target's content, as HashSheet does of a
// sheet's.
func HashTarget(target *model.TargetContent) string { return contentHash(wholeTargetShape, target) }

func contentHash(s *shape, object any) string {
	sum := sha256.Sum256(canonical(s, object))
	return hex.EncodeToString(sum[:])
}

// canonical writes an object, given by pointer, as JSON without white space.
func canonical(s *shape, object any) []byte {
	var e encoder
	e.value(s, reflect.ValueOf(object).Elem())
	return e.Bytes()
}

// encoder writes values by their shapes.
type encoder struct{ bytes.Buffer }

func (e *encoder) value(s *shape, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch s.kind {
	case objectKind:
		e.object(s, v)
	case listKind:
		e.list(s, v)
	case textKind, choiceKind:
		e.text(v.String())
	case moneyKind:
		e.text(model.Money(v.Int()).Yuan())
	case integerKind:
		e.WriteString(strconv.FormatInt(v.Int(), 10))
	case weightKind:
		e.WriteString(v.String())
	case rawKind:
		e.Write(v.Bytes())
	}
}

func (e *encoder) object(s *shape, v reflect.Value) {
	if s.view != nil {
		v = reflect.ValueOf(s.view(addressable(v).Addr().Interface())).Elem()
	}
	separator := "{"
	for _, f := range s.fields {
		value := v.Field(f.index)
		if f.omits(value) {
			continue
		}
		e.WriteString(separator)
		e.text(f.key)
		e.WriteByte(':')
		e.value(f.shape, value)
		separator = ","
	}
	if separator == "{" {
		e.WriteByte('{')
	}
	e.WriteByte('}')
}

func (e *encoder) list(s *shape, v reflect.Value) {
	e.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			e.WriteByte(',')
		}
		e.value(s.item, v.Index(i))
	}
	e.WriteByte(']')
}

// text writes a JSON string; < and & stay as they are.
func (e *encoder) text(text string) {
	writer := json.NewEncoder(&e.Buffer)
	writer.SetEscapeHTML(false)
	_ = writer.Encode(text) // a string never fails
	e.Truncate(e.Len() - 1) // the encoder ends with a line end
}

// omits tells whether a value is left out: blank, or the default. A required
// amount or number is written even where it is zero.
func (f shapeField) omits(v reflect.Value) bool {
	switch f.shape.kind {
	case moneyKind, integerKind:
		return v.IsZero() && !f.required
	case textKind, choiceKind:
		return v.String() == f.fallback || v.Len() == 0
	case listKind, rawKind, weightKind:
		return v.Len() == 0
	}
	return !f.shape.keepEmpty && isEmpty(v) || v.Kind() == reflect.Pointer && v.IsNil()
}

// isEmpty tells whether an object, or what a pointer to one points at, has
// nothing filled in.
func isEmpty(v reflect.Value) bool {
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	return v.IsZero()
}

// addressable gives the value, or a copy of it that has an address.
func addressable(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		return v
	}
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}
