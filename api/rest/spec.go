package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"biaochi/rbac"
)

// Spec writes the OpenAPI 3.1 document of the table, the same bytes each time. Any
// doubt is an error: a document that is nearly right is worse than none.
func (a *API) Spec(title, version string) ([]byte, error) {
	c := &schemas{made: map[string]*component{}}
	if err := a.Err(); err != nil {
		return nil, err
	}
	c.of(newShaper(a.rules, outbound).of(reflect.TypeFor[Problem](), "Problem"), outbound)
	c.of(newShaper(a.rules, outbound).of(reflect.TypeFor[ActionName](), "ActionName"), outbound)
	paths, failures := map[string]map[string]any{}, map[string]any{}
	for _, r := range a.routes {
		if paths[r.Path] == nil {
			paths[r.Path] = map[string]any{}
		}
		paths[r.Path][strings.ToLower(r.Method)] = a.operation(c, r)
		for _, status := range r.errors() {
			failures[failureName(status)] = failureResponse(status)
		}
	}
	document := map[string]any{
		"openapi": "3.1.0",
		"info":    map[string]any{"title": title, "version": version},
		"servers": []any{map[string]any{"url": or(strings.TrimSuffix(a.group.BasePath(), "/"), "/")}},
		"paths":   paths,
		"components": map[string]any{
			"schemas": c.merged(), "responses": failures, "securitySchemes": a.securitySchemes(),
		},
	}
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	var out bytes.Buffer
	writer := json.NewEncoder(&out)
	writer.SetEscapeHTML(false)
	writer.SetIndent("", "  ")
	err := writer.Encode(document)
	return out.Bytes(), err
}

func (a *API) operation(c *schemas, r *route) map[string]any {
	op := map[string]any{
		"operationId": r.ID, "summary": r.Summary, "x-action": r.Action.Name,
		"description": "权限：" + r.Action.ZH, "security": a.security(r), "responses": a.responses(c, r),
	}
	if params := parameters(c, r); len(params) > 0 {
		op["parameters"] = params
	}
	switch {
	case r.in.body != nil:
		op["requestBody"] = map[string]any{
			"required": !r.in.optional,
			"content":  map[string]any{"application/json": map[string]any{"schema": c.of(r.in.body, inbound)}},
		}
	case r.accepts != nil:
		op["requestBody"] = map[string]any{"required": true, "content": rawContent(r.accepts)}
	}
	return op
}

func parameters(c *schemas, r *route) (list []any) {
	for _, p := range r.in.params {
		list = append(list, parameter(c, p))
	}
	if r.Method == http.MethodGet && (r.out.tagged || r.gives != nil) {
		list = append(list, map[string]any{
			"in": "header", "name": "If-None-Match", "description": "上次读到的 ETag；没有变化时回答 304",
			"schema": map[string]any{"type": "string"},
		})
	}
	return list
}

func parameter(c *schemas, p *param) map[string]any {
	schema := c.of(p.shape, inbound)
	if p.list {
		schema = map[string]any{"type": "array", "items": schema}
	}
	for _, u := range p.own {
		if u.tag != "required" {
			c.apply(schema, p.whole(), u)
		}
	}
	for _, u := range p.items {
		c.apply(schema["items"].(map[string]any), p.shape, u)
	}
	if p.shape.kind == textKind && !p.list && schema["enum"] == nil {
		c.apply(schema, p.shape, use{rule: &rule{schema: requiredSchema}}) // an empty one is refused
	}
	if p.fallback != "" {
		schema["default"] = p.defaultValue()
	}
	out := map[string]any{"in": p.in, "name": p.name, "schema": schema}
	if p.required {
		out["required"] = true
	}
	if about := describe(p.label, p.about); about != "" {
		out["description"] = about
	}
	return out
}

func (a *API) responses(c *schemas, r *route) map[string]any {
	good := map[string]any{"description": "成功"}
	switch {
	case r.gives != nil:
		good["content"] = rawContent(r.gives)
	case r.out.body != nil:
		good["content"] = map[string]any{"application/json": map[string]any{"schema": c.of(r.out.body, outbound)}}
	}
	headers := map[string]any{}
	for _, h := range r.out.headers {
		headers[h.name] = headerObject(h.about)
	}
	if len(headers) > 0 {
		good["headers"] = headers
	}
	all := map[string]any{strconv.Itoa(r.success()): good}
	if r.Method == http.MethodGet && (r.out.tagged || r.gives != nil) {
		all["304"] = map[string]any{"description": "没有变化"}
	}
	for _, status := range r.errors() {
		all[strconv.Itoa(status)] = map[string]any{"$ref": "#/components/responses/" + failureName(status)}
	}
	return all
}

func failureName(status int) string { return "Problem" + strconv.Itoa(status) }

func failureResponse(status int) map[string]any {
	out := map[string]any{
		"description": or(titles[status], http.StatusText(status)),
		"content":     map[string]any{ProblemType: map[string]any{"schema": map[string]any{"$ref": "#/components/schemas/Problem"}}},
	}
	if status == http.StatusPreconditionFailed {
		out["headers"] = map[string]any{"ETag": headerObject("现在的版本")}
	}
	return out
}

func headerObject(about string) map[string]any {
	out := map[string]any{"schema": map[string]any{"type": "string"}}
	if about != "" {
		out["description"] = about
	}
	return out
}

// rawContent lists media types whose content the document says nothing of.
func rawContent(types []string) map[string]any {
	content := map[string]any{}
	for _, t := range types {
		schema := map[string]any{"type": "string", "format": "binary"}
		if t == "application/json" {
			schema = map[string]any{}
		}
		content[t] = map[string]any{"schema": schema}
	}
	return content
}

func (a *API) security(r *route) []any {
	switch {
	case r.Action == rbac.Public:
		return []any{}
	case r.Method == http.MethodGet:
		return []any{map[string]any{"session": []string{}}}
	}
	return []any{map[string]any{"session": []string{}, "csrf": []string{}}}
}

func (a *API) securitySchemes() map[string]any {
	return map[string]any{
		"session": map[string]any{"type": "apiKey", "in": "cookie", "name": a.Cookie, "description": "登录后的会话"},
		"csrf":    map[string]any{"type": "apiKey", "in": "header", "name": a.CSRF, "description": "防跨站请求伪造的令牌，改动数据时必带"},
	}
}

// ServeSpec adds the route that serves the document itself, usually
// GET /openapi.json. The document is made at the first request, when all routes
// are there.
func (a *API) ServeSpec(op Op, title, version string) {
	document := sync.OnceValues(func() ([]byte, error) { return a.Spec(title, version) })
	raw := Raw{Op: op, Gives: []string{"application/json"}}
	HandleRaw(a, raw, func(context.Context, *struct{}, Upload) (*struct{}, *Download, error) {
		content, err := document()
		write := func(w io.Writer) error { _, err := w.Write(content); return err }
		return nil, &Download{MediaType: "application/json", ETag: Tag(0, string(content)), Write: write}, err
	})
}

// WriteSpec compares the committed document with what the table gives now, and with
// update writes it. A difference without update is an error that says what to run.
func (a *API) WriteSpec(path, title, version string, update bool) error {
	want, err := a.Spec(title, version)
	if err != nil {
		return err
	}
	if update {
		return os.WriteFile(path, want, 0o644)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("%s is stale: run the test with -update, then generate the TypeScript types anew", path)
	}
	return nil
}
