package rest

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
)

// askRequest asks of a request's member what would make server and schema differ,
// or let in more than a column can hold.
func (m *shaper) askRequest(f *field, sf reflect.StructField, where string) {
	s := f.shape
	if s.kind == objectKind && !f.pointer && !f.required {
		m.doubt(where, "an object that may be absent must be a pointer")
	}
	if f.required && !f.pointer && s.refusesZero() && !hasLowerBound(f.own) {
		m.doubt(where, "required refuses zero and false; use a pointer")
	}
	if has(f.own, "omitempty") && !f.pointer && s.kind != listKind {
		m.doubt(where, "omitempty lets empty values past the schema; use a pointer")
	}
	m.askBounds(f, where)
	m.askAbsent(f, sf, where)
}

// refusesZero tells whether required takes a good value for an absent one.
func (s *shape) refusesZero() bool {
	switch s.kind {
	case booleanKind, integerKind, numberKind:
		return true
	case knownKind:
		return s.typ.Kind() != reflect.String && !s.known.noZero
	}
	return false
}

func hasLowerBound(uses []use) bool {
	return slices.ContainsFunc(uses, func(u use) bool {
		n, err := strconv.ParseInt(u.param, 10, 64)
		return err == nil && (n > 0 && (u.tag == "min" || u.tag == "gte") || n >= 0 && u.tag == "gt")
	})
}

func (m *shaper) askBounds(f *field, where string) {
	switch s := f.shape; {
	case s.kind == textKind && !bounded(f.own):
		m.doubt(where, "a text needs max, or a rule that bounds it")
	case s.kind == listKind && f.most == 0:
		m.doubt(where, "a list needs max")
	case s.kind == listKind && s.item.kind == textKind && !bounded(f.items):
		m.doubt(where, "the texts of a list need dive and max")
	case s.kind == listKind && s.item.kind == objectKind && !f.dive:
		m.doubt(where, "a list of objects needs dive, else their rules are not asked")
	case s.kind == listKind && f.pointer:
		m.doubt(where, "a list needs no pointer")
	}
}

func bounded(uses []use) bool {
	return slices.ContainsFunc(uses, func(u use) bool { return u.bounded })
}

// limitOf is the number of items a list may have, 0 where nothing says.
func limitOf(uses []use) int {
	for _, u := range uses {
		if u.tag == "max" || u.tag == "lte" || u.tag == "len" {
			n, _ := strconv.Atoi(u.param)
			return n
		}
	}
	return 0
}

// askAbsent tries the rules on what an absent member becomes: an optional member
// must pass them, since the schema lets it be absent.
func (m *shaper) askAbsent(f *field, sf reflect.StructField, where string) {
	crossing := slices.ContainsFunc(f.own, func(u use) bool { return u.cross })
	switch {
	case f.required || len(f.own) == 0:
	case crossing && !f.pointer && f.shape.kind != listKind:
		m.doubt(where, "a rule over several members needs a pointer")
	case !crossing:
		if err := m.rules.tryAbsent(sf); err != nil {
			m.doubt(where, "may be absent, yet its rules refuse that; add required, or a pointer and omitempty: %v", err)
		}
	}
}

// tryAbsent runs validator on the zero value; it panics on tags it can't run.
func (r *Rules) tryAbsent(sf reflect.StructField) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%v", cause)
		}
	}()
	return r.check.Var(reflect.Zero(sf.Type).Interface(), sf.Tag.Get("binding"))
}
