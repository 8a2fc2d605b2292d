package rest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

var update = flag.Bool("update", false, "write golden files anew")

func TestDocumentIsCommitted(t *testing.T) {
	s := newSample(t)
	if err := s.WriteSpec("testdata/openapi.json", "标尺", "1", *update); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteSpec("testdata/openapi.json", "标尺", "2", false); err == nil {
		t.Error("a stale document passes")
	}
}

func TestDocumentIsTheSameEachTime(t *testing.T) {
	first, err := newSample(t).Spec("标尺", "1")
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, _ := newSample(t).Spec("标尺", "1"); !bytes.Equal(first, again) {
			t.Fatal("two tables of the same routes give two documents")
		}
	}
	served := newSample(t).ask("GET", "/api/openapi.json", "")
	if served.Code != 200 || !bytes.Equal(first, served.Body.Bytes()) {
		t.Errorf("what is served differs: %d", served.Code)
	}
}

func TestEveryOperationNamesItsAction(t *testing.T) {
	content, err := newSample(t).Spec("标尺", "1")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths      map[string]map[string]map[string]any
		Components struct {
			Schemas map[string]struct{ Enum []string }
		}
	}
	if err := json.Unmarshal(content, &document); err != nil {
		t.Fatal(err)
	}
	for path, methods := range document.Paths {
		for method, op := range methods {
			if action, _ := op["x-action"].(string); action == "" {
				t.Errorf("%s %s has no x-action", method, path)
			}
		}
	}
	if n := len(document.Components.Schemas["ActionName"].Enum); n != len(rbac.Actions)+2 {
		t.Errorf("ActionName has %d names of %d", n, len(rbac.Actions)+2)
	}
}

func TestRouteAroundTheTableIsFound(t *testing.T) {
	s := newSample(t)
	if err := s.Unlisted(s.engine.Routes()); err != nil {
		t.Fatal(err)
	}
	s.engine.GET("/healthz", func(*gin.Context) {})
	s.engine.GET("/api/secret", func(*gin.Context) {})
	if err := s.Unlisted(s.engine.Routes()); err == nil || !strings.Contains(err.Error(), "/api/secret") || strings.Contains(err.Error(), "healthz") {
		t.Errorf("got %v", err)
	}
}

// body makes a request or response type around a body.
type body[T any] struct{ Body T }

type (
	plainInt struct {
		A int `json:"a" binding:"required"`
	}
	plainBool struct {
		A bool `json:"a" binding:"required"`
	}
	plainSum struct {
		A model.Money `json:"a" binding:"required"`
	}
	unknownTag struct {
		A string `json:"a" binding:"max=9,alphanum"`
	}
	either struct {
		A string `json:"a" binding:"max=9|len=20"`
	}
	unknownType struct {
		A model.Category `json:"a"`
	}
	anything struct {
		A any `json:"a"`
	}
	aMap struct {
		A map[string]string `json:"a"`
	}
	noName struct {
		A string `binding:"max=9"`
	}
	badName struct {
		A string `json:"a_b" binding:"max=9"`
	}
	quoted struct {
		A int `json:"a,string"`
	}
	unbounded struct {
		A string `json:"a" binding:"required"`
	}
	endless struct {
		A []int `json:"a"`
	}
	noDive struct {
		A []contact `json:"a" binding:"max=3"`
	}
	ofPointers struct {
		A []*contact `json:"a" binding:"max=3,dive"`
	}
	looseOmit struct {
		A string `json:"a" binding:"omitempty,min=2,max=9"`
	}
	absentBad struct {
		A string `json:"a" binding:"min=2,max=9"`
	}
	absentObj struct {
		A contact `json:"a"`
	}
	bytesField struct {
		A []byte `json:"a" binding:"max=9"`
	}
	boundMoney struct {
		A *model.Money `json:"a" binding:"omitempty,min=5"`
	}
	anonymous struct {
		A *struct{} `json:"a"`
	}
	twice struct {
		audited
		A string `json:"note" binding:"max=9"`
	}
	aFloat32 struct {
		A float32 `json:"a"`
	}
	uniqueObj struct {
		A []contact `json:"a" binding:"max=3,unique,dive"`
	}
	strayParam struct{ A string }
	freeQuery  struct {
		A string `query:"a"`
	}
	listPath struct {
		A []int `path:"id"`
	}
	badDefault struct {
		A int `query:"a" default:"x"`
	}
	otherPath struct {
		A int `path:"other"`
	}
	rawHeader struct {
		A int `header:"X-A"`
	}
)

// addBad adds one route with the given types.
func addBad[Req, Resp any](op rest.Op) error {
	gin.SetMode(gin.ReleaseMode)
	a := rest.New(gin.New().Group("/api"), sampleRules(), nil)
	rest.Handle(a, op, func(context.Context, *Req) (*Resp, error) { return nil, nil })
	return a.Err()
}

func badBody[T any]() error {
	return addBad[body[T], struct{}](rest.Op{ID: "x", Method: "PUT", Path: "/x", Summary: "测试", Action: rbac.Self})
}

func badQuery[T any]() error {
	return addBad[T, struct{}](rest.Op{ID: "x", Method: "PUT", Path: "/x", Summary: "测试", Action: rbac.Self})
}

func badAnswer[T any]() error {
	return addBad[struct{}, T](rest.Op{ID: "x", Method: "GET", Path: "/x", Summary: "测试", Action: rbac.Self})
}

func TestDoubtsAboutTypes(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		says string
	}{
		"required int":       {badBody[plainInt](), "required refuses zero"},
		"required bool":      {badBody[plainBool](), "required refuses zero"},
		"required money":     {badBody[plainSum](), "required refuses zero"},
		"unknown tag":        {badBody[unknownTag](), `"alphanum" is no rule`},
		"alternatives":       {badBody[either](), "alternatives"},
		"unknown type":       {badBody[unknownType](), "has no schema"},
		"any":                {badBody[anything](), "has no schema"},
		"map":                {badBody[aMap](), "has no schema"},
		"no name":            {badBody[noName](), "json name"},
		"snake case":         {badBody[badName](), "json name"},
		"quoted number":      {badBody[quoted](), "json option"},
		"unbounded text":     {badBody[unbounded](), "needs max"},
		"unbounded list":     {badBody[endless](), "a list needs max"},
		"no dive":            {badBody[noDive](), "needs dive"},
		"pointers":           {badBody[ofPointers](), "use values"},
		"loose omitempty":    {badBody[looseOmit](), "omitempty lets empty values"},
		"absent refused":     {badBody[absentBad](), "may be absent"},
		"absent object":      {badBody[absentObj](), "must be a pointer"},
		"bytes":              {badBody[bytesField](), "use values"},
		"bound of money":     {badBody[boundMoney](), "no bound"},
		"anonymous":          {badBody[anonymous](), "has no name"},
		"name twice":         {badBody[twice](), "json name"},
		"float32":            {badBody[aFloat32](), "has no schema"},
		"unique objects":     {badBody[uniqueObj](), "unique is for lists of plain"},
		"list as body":       {badBody[[]contact](), "a body is an object"},
		"stray parameter":    {badQuery[strayParam](), "neither Body nor tagged"},
		"unbounded query":    {badQuery[freeQuery](), "needs max"},
		"list in path":       {badQuery[listPath](), "a list is for the query"},
		"unreadable default": {badQuery[badDefault](), "can't be read"},
		"other path":         {badQuery[otherPath](), "is not in the path"},
		"number as header":   {badAnswer[rawHeader](), "neither Body nor a text tagged header"},
		"list as answer":     {badAnswer[body[[]contact]](), "a body is an object"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", name, c.err, c.says)
		}
	}
}

func TestDoubtsAboutRoutes(t *testing.T) {
	good := rest.Op{ID: "x", Method: "GET", Path: "/x", Summary: "测试", Action: rbac.Self}
	for says, change := range map[string]func(*rest.Op){
		`action "" is not declared`:    func(op *rest.Op) { op.Action = rbac.Action{} },
		`action "a.b" is not declared`: func(op *rest.Op) { op.Action = rbac.Action{Name: "a.b", ZH: "甲"} },
		"operation id":                 func(op *rest.Op) { op.ID = "" },
		"summary":                      func(op *rest.Op) { op.Summary = "test" },
		"the path is none":             func(op *rest.Op) { op.Path = "/x/:id" },
		"is not in the request type":   func(op *rest.Op) { op.Path = "/x/{id}" },
		"the method is none":           func(op *rest.Op) { op.Method = "FETCH" },
	} {
		op := good
		change(&op)
		if err := addBad[struct{}, struct{}](op); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want %q, got %v", says, err)
		}
	}
	s := newSample(t)
	rest.Handle(s.API, rest.Op{ID: "getFiling", Method: "GET", Path: "/other", Summary: "测试", Action: rbac.Self}, s.submitNothing)
	rest.Handle(s.API, rest.Op{ID: "other", Method: "GET", Path: "/filings", Summary: "测试", Action: rbac.Self}, s.submitNothing)
	_, err := s.Spec("标尺", "1")
	if err == nil || !strings.Contains(err.Error(), "operation id is there twice") || !strings.Contains(err.Error(), "method and path are there twice") {
		t.Errorf("got %v", err)
	}
	if w := s.ask("GET", "/api/other", ""); w.Code != 404 {
		t.Errorf("a route in doubt is served: %d", w.Code)
	}
}

func (s *sample) submitNothing(context.Context, *struct{}) (*struct{}, error) { return nil, nil }

type bothWays struct {
	Note string `json:"note" binding:"max=9"`
}

type nullWays struct {
	Note *string `json:"note" binding:"required,max=9"`
}

func TestDoubtsAboutDirections(t *testing.T) {
	type contact struct {
		A int `json:"a"`
	}
	for says, add := range map[string]func(*rest.API, rest.Op){
		`responses always have ["note"]`: func(a *rest.API, op rest.Op) {
			rest.Handle(a, op, func(context.Context, *body[bothWays]) (*body[bothWays], error) { return nil, nil })
		},
		"member note is": func(a *rest.API, op rest.Op) {
			rest.Handle(a, op, func(context.Context, *body[nullWays]) (*body[nullWays], error) { return nil, nil })
		},
		"have this name": func(a *rest.API, op rest.Op) {
			rest.Handle(a, op, func(context.Context, *struct{}) (*body[contact], error) { return nil, nil })
		},
	} {
		s := newSample(t)
		add(s.API, rest.Op{ID: "x", Method: "PUT", Path: "/x", Summary: "测试", Action: rbac.Self})
		if _, err := s.Spec("标尺", "1"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want %q, got %v", says, err)
		}
	}
}
