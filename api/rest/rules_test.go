package rest_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/go-playground/validator/v10"

	"biaochi/api/rest"
	"biaochi/rbac"
)

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return
}

func TestHalfARuleIsRefused(t *testing.T) {
	check := func(validator.FieldLevel) bool { return true }
	schema := map[string]any{"pattern": "^a$"}
	for what, rule := range map[string]rest.Rule{
		"no tag":            {Check: check, Schema: schema, ZH: "不对"},
		"taken":             {Tag: "max", Check: check, Schema: schema, ZH: "不对"},
		"no check":          {Tag: "x", Schema: schema, ZH: "不对"},
		"check and alias":   {Tag: "x", Check: check, Alias: "max=1", Schema: schema, ZH: "不对"},
		"no schema":         {Tag: "x", Check: check, ZH: "不对"},
		"schema and none":   {Tag: "x", Check: check, Schema: schema, NoSchema: true, ZH: "不对"},
		"no message":        {Tag: "x", Check: check, Schema: schema},
		"a foreign message": {Tag: "x", Check: check, Schema: schema, ZH: "is wrong"},
	} {
		if !panics(func() { rest.NewRules().Add(rule) }) {
			t.Errorf("%s: taken", what)
		}
	}
	for _, pattern := range []string{"[0-9]", "^[0-9]", `^\pL$`, `^(?i)a$`, `^a\z$`, "^[[:alpha:]]$"} {
		if !panics(func() { rest.PatternRule("x", pattern, "不对") }) {
			t.Errorf("%s: taken", pattern)
		}
	}
	if !panics(func() { rest.Type[validator.FieldError](rest.NewRules(), rest.TypeSpec{}) }) ||
		!panics(func() { rest.Enum[operator](rest.NewRules(), nil) }) ||
		!panics(func() { rest.Enum(sampleRules(), nil, operator("x")) }) {
		t.Error("a type without schema, an enumeration without values or a second registration is taken")
	}
	if tags := rest.NewRules().Tags(); !slices.Contains(tags, "sort") || !slices.IsSorted(tags) {
		t.Errorf("got %v", tags)
	}
}

// balance reads what has no sign and writes what may have one.
type balance int64

func (b balance) MarshalText() ([]byte, error) { return []byte("-1"), nil }
func (b *balance) UnmarshalText([]byte) error  { *b = 1; return nil }

type numbers struct {
	Tiny  *uint8   `json:"tiny,omitempty"`
	Large *uint64  `json:"large,omitempty"`
	Small *int8    `json:"small,omitempty"`
	Part  *float64 `json:"part,omitempty"`
}

type balanceIn struct {
	Left *balance `json:"left"`
}

type balanceOut struct {
	Left balance `json:"left"`
}

// A type that writes more than it reads has a component for each way.
func TestTypesMayWriteMoreThanTheyRead(t *testing.T) {
	s := newSample(t)
	rest.Type[balance](s.rules, rest.TypeSpec{
		Schema: map[string]any{"type": "string", "pattern": "^[0-9]+$"},
		Out:    map[string]any{"type": "string", "pattern": "^-?[0-9]+$"}, ZH: "应为数字",
	})
	rest.Handle(s.API, rest.Op{ID: "settle", Method: "POST", Path: "/settle", Summary: "结算", Action: rbac.Self},
		func(context.Context, *body[balanceIn]) (*body[balanceOut], error) { return &body[balanceOut]{}, nil })
	content, err := s.Spec("标尺", "1")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct{ Schemas map[string]map[string]any }
	}
	_ = json.Unmarshal(content, &document)
	schemas := document.Components.Schemas
	if schemas["balance"]["pattern"] != "^-?[0-9]+$" || schemas["balanceInput"]["pattern"] != "^[0-9]+$" {
		t.Errorf("got %v and %v", schemas["balance"], schemas["balanceInput"])
	}
	if w := s.ask("POST", "/api/settle", `{"left":"1"}`); w.Body.String() != `{"left":"-1"}` {
		t.Errorf("got %s", w.Body)
	}
}

// Numbers fit their Go type, and JavaScript; a whole number may be written 1e2.
func TestNumbersFit(t *testing.T) {
	s := newSample(t)
	rest.Handle(s.API, rest.Op{ID: "count", Method: "POST", Path: "/count", Summary: "计数", Action: rbac.Self},
		func(_ context.Context, req *body[numbers]) (*body[numbers], error) { return req, nil })
	if _, err := s.Spec("标尺", "1"); err != nil {
		t.Fatal(err) // the type means the same both ways
	}
	for text, want := range map[string]string{
		`{"tiny":255}`: `{"tiny":255}`, `{"tiny":256}`: "range", `{"tiny":-1}`: "range", `{"tiny":1e2}`: `{"tiny":100}`,
		`{"large":9007199254740991}`: `{"large":9007199254740991}`, `{"large":9007199254740992}`: "range",
		`{"large":99999999999999999999999}`: "range", `{"large":1e25}`: "range", `{"large":1.50e1}`: `{"large":15}`,
		`{"small":-128}`: `{"small":-128}`, `{"small":-129}`: "range", `{"small":0.1}`: "type",
		`{"part":0.1}`: `{"part":0.1}`, `{"part":1e300}`: "range", `{"part":null}`: `{}`,
	} {
		w := s.ask("POST", "/api/count", text)
		if got := w.Body.String(); got != want && !strings.Contains(got, `"code":"`+want+`"`) {
			t.Errorf("%s: %d %s, want %s", text, w.Code, got, want)
		}
	}
	if n := len(s.Routes()); n != 8 || s.Routes()[7].Action != rbac.Self {
		t.Errorf("the table has %d rows", n)
	}
}
