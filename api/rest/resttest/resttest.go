// Package resttest helps tests to hold an API to its own document: whatever the
// server refuses the schema refuses too, and the other way round; and what it
// answers is what the document promises. It knows package rest and no domain.
package resttest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"biaochi/api/rest"
)

// Book is the document of an API, ready to be asked.
type Book struct {
	api        *rest.API
	exceptions []string
	compiler   *jsonschema.Compiler
	operations map[string]string // operationId to its pointer in the document
}

const address = "https://biaochi.test/openapi.json"

// Read makes the Book of an API. exceptions are the codes of faults that no schema
// can say: rest.Rules.Exceptions gives them.
func Read(t testing.TB, api *rest.API, exceptions []string) *Book {
	t.Helper()
	content, err := api.Spec("测试", "1")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	b := &Book{api, exceptions, jsonschema.NewCompiler(), map[string]string{}}
	b.compiler.AssertFormat()
	if err := b.compiler.AddResource(address, document); err != nil {
		t.Fatal(err)
	}
	for path, methods := range document.(map[string]any)["paths"].(map[string]any) {
		for method, op := range methods.(map[string]any) {
			id := op.(map[string]any)["operationId"].(string)
			b.operations[id] = "/paths/" + escape.Replace(path) + "/" + method
		}
	}
	return b
}

var escape = strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")

// schema compiles the schema of an operation's body: "requestBody" or
// "responses/200".
func (b *Book) schema(op, part, mediaType string) (*jsonschema.Schema, error) {
	return b.compiler.Compile(address + "#" + b.operations[op] + "/" + part + "/content/" + escape.Replace(mediaType) + "/schema")
}

// Operations lists the operations that take a body of JSON, sorted, so that a test
// can ask for a good body of each.
func (b *Book) Operations() (ids []string) {
	for id := range b.operations {
		if _, err := b.schema(id, "requestBody", "application/json"); err == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Conforms tells whether an answer of an operation is what the document promises.
func (b *Book) Conforms(op string, answer *httptest.ResponseRecorder) error {
	part, mediaType := "responses/"+strconv.Itoa(answer.Code), "application/json"
	if answer.Code >= 400 {
		mediaType = rest.ProblemType
	}
	if got := answer.Header().Get("Content-Type"); got != mediaType {
		return fmt.Errorf("%s: %d has type %q", op, answer.Code, got)
	}
	schema, err := b.schema(op, part, mediaType)
	if err != nil && answer.Code >= 400 {
		schema, err = b.compiler.Compile(address + "#/components/responses/Problem" + strconv.Itoa(answer.Code) + "/content/" + escape.Replace(mediaType) + "/schema")
	}
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(answer.Body)
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// Result says how far server and schema agree.
type Result struct {
	Bodies, Refused int
	Excepted        []string // server alone refuses, by a rule no schema can say
	Differing       []string
}

// Agree changes a good body of an operation at every place in every way it knows,
// and compares what the server says with what the schema says. make gives a request
// that is good but for its body.
func (b *Book) Agree(t testing.TB, op, body string, make func(body []byte) *http.Request) Result {
	t.Helper()
	schema, err := b.schema(op, "requestBody", "application/json")
	if err != nil {
		t.Fatal(err)
	}
	good, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if p := b.api.Verdict(make([]byte(body))); p != nil {
		t.Fatalf("%s: the good body is refused: %+v", op, p)
	}
	var out Result
	mutate(good, func(changed any) {
		content, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		out.count(b, schema.Validate(changed), b.api.Verdict(make(content)), content)
	})
	for _, line := range out.Differing {
		t.Error(op + ": " + line)
	}
	return out
}

func (r *Result) count(b *Book, schema error, server *rest.Problem, body []byte) {
	r.Bodies++
	if len(body) > 400 {
		body = append(body[:400:400], "…"...)
	}
	switch {
	case server != nil && schema != nil:
		r.Refused++
	case server != nil && b.excepted(server):
		r.Excepted = append(r.Excepted, fmt.Sprintf("%v: %s", server.Errors, body))
	case server != nil:
		r.Differing = append(r.Differing, fmt.Sprintf("the server alone refuses %s: %+v", body, server))
	case schema != nil:
		r.Differing = append(r.Differing, fmt.Sprintf("the schema alone refuses %s: %v", body, schema))
	}
}

func (b *Book) excepted(p *rest.Problem) bool {
	return len(p.Errors) > 0 && !slices.ContainsFunc(p.Errors, func(e rest.FieldProblem) bool {
		return !slices.Contains(b.exceptions, e.Code)
	})
}

// values replace every node in turn.
var values = []string{
	`null`, `true`, `false`, `0`, `1`, `-1`, `1.5`, `1.0`, `1e3`, `9007199254740993`, `1e400`,
	`""`, `"x"`, `"2026-01-31t08:00:00z"`, `"2026-12-31T23:59:60Z"`, `" "`, `"项目"`, `"=1+1"`, `"<script>alert(1)</script>"`, `"2026-01-31"`, `"2026-02-30"`,
	`"0"`, `"12.34"`, `"12.345"`, `"-1"`, `"\u0000"`, `[]`, `[null]`, `[[]]`, `["x","x"]`, `{}`, `{"extra":1}`,
	`"` + strings.Repeat("长", 6000) + `"`,
}

// mutate shows every body that differs from good in one place: a value replaced, a
// member deleted, a member added, an item repeated.
func mutate(good any, show func(any)) {
	walk(good, func(changed any) any { return changed }, show)
}

func walk(node any, put func(any) any, show func(any)) {
	for _, text := range values {
		value, _ := jsonschema.UnmarshalJSON(strings.NewReader(text))
		show(put(value))
	}
	switch node := node.(type) {
	case map[string]any:
		show(put(with(node, "extra", "1")))
		for name, child := range node {
			without := maps.Clone(node)
			delete(without, name)
			show(put(without))
			walk(child, func(changed any) any { return put(with(node, name, changed)) }, show)
		}
	case []any:
		for i, child := range node {
			show(put(append(slices.Clone(node), child)))
			walk(child, func(changed any) any {
				items := slices.Clone(node)
				items[i] = changed
				return put(items)
			}, show)
		}
	}
}

func with(object map[string]any, name string, value any) map[string]any {
	out := maps.Clone(object)
	out[name] = value
	return out
}
