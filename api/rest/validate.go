package rest

import (
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-playground/validator/v10"
)

// validate asks the rules of a decoded body. Faults at or below what the decoder
// could not read are dropped: the reader knows already.
func (r *Rules) validate(body reflect.Value, s *shape, f *faults) error {
	err := r.check.Struct(body.Addr().Interface())
	var broken validator.ValidationErrors
	if err == nil || !errors.As(err, &broken) {
		return err
	}
	for _, fault := range broken {
		if len(f.list) == maxFaults {
			f.more++ // a hostile body breaks rules by the ten thousand
			continue
		}
		inside := strings.TrimPrefix(fault.Namespace(), s.typ.Name()+".")
		at, target := s.locate(inside)
		pointer := at.pointer()
		if f.covered(pointer) {
			continue
		}
		rule := r.rules[fault.Tag()]
		zh, param := "不符合要求", unescape.Replace(fault.Param())
		if rule != nil && target != nil {
			zh = rule.zh(target, param)
		}
		if rule == nil || rule.cross {
			param = "" // names Go fields
		}
		f.add(FieldProblem{In: "body", Pointer: pointer, Code: fault.Tag(), Param: param, Detail: sentence(at.label(), zh)})
	}
	return nil
}

// locate follows validator's path, rows[0].indicators[2].name, through the shapes.
func (s *shape) locate(path string) (*place, *shape) {
	at := &place{}
	for step := range strings.SplitSeq(path, ".") {
		name, index, isItem := strings.Cut(step, "[")
		if name == embedded {
			continue
		}
		f := s.byName[name]
		if f == nil {
			return at, nil
		}
		at, s = at.member(name, f.label), f.shape
		if isItem {
			n, _ := strconv.Atoi(strings.TrimSuffix(index, "]"))
			at, s = &place{up: at, index: n}, s.item
		}
		if s.kind == knownKind {
			break // validator may go on inside, JSON does not
		}
	}
	return at, s
}
