package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"
)

// binder reads requests of one route.
type binder struct {
	rules    *Rules
	params   []*param
	body     *shape // nil: the route takes none
	index    []int
	optional bool // the body may be absent
	limit    int64
	raw      []string // media types of a body that the handler reads itself
}

// newBinder looks at a request type once; every doubt is collected in m.
func newBinder(m *shaper, t reflect.Type, limit int64) *binder {
	b := &binder{rules: m.rules, limit: limit}
	if t.Kind() != reflect.Struct {
		m.doubt(t.String(), "a request type is a struct")
		return b
	}
	b.params = m.params(t, nil, t.Name())
	f, ok := t.FieldByName("Body")
	if !ok || len(f.Index) > 1 {
		return b
	}
	b.index, b.optional = f.Index, f.Type.Kind() == reflect.Pointer
	bodyType := f.Type
	if b.optional {
		bodyType = bodyType.Elem()
	}
	if b.body = m.of(bodyType, t.Name()+".Body"); b.body.kind != objectKind {
		m.doubt(t.Name()+".Body", "a body is an object: a list can't grow members later")
	}
	return b
}

// bind fills v from the request. What makes reading impossible comes back alone;
// else all that is wrong with path, query, headers and body comes back at once.
func (b *binder) bind(w http.ResponseWriter, r *http.Request, path func(string) string, v reflect.Value) error {
	var found faults
	if failure := b.readParams(v, r, path, &found); failure != nil {
		return failure
	}
	if b.raw != nil {
		if failure := b.openRaw(w, r); failure != nil {
			return failure
		}
	} else if err := b.readBody(w, r, v, &found); err != nil {
		return err
	}
	return found.failure()
}

func (b *binder) readBody(w http.ResponseWriter, r *http.Request, v reflect.Value, f *faults) error {
	data, failure := b.load(w, r)
	if failure != nil {
		return failure
	}
	if data == nil {
		return nil
	}
	body := v.FieldByIndex(b.index)
	if b.optional {
		body.Set(reflect.New(body.Type().Elem()))
		body = body.Elem()
	}
	d := decoder{scanner: scanner{data: data}, faults: f}
	d.value(body, b.body, &place{})
	if f.taken[""] {
		return nil // not even an object
	}
	return b.rules.validate(body, b.body, f)
}

// load reads the whole body within the limit and makes sure that it is JSON; nil
// where there is none and need not be one.
func (b *binder) load(w http.ResponseWriter, r *http.Request) ([]byte, *Failure) {
	data, failure := readAll(w, r, b.limit)
	switch {
	case failure != nil:
		return nil, failure
	case len(data) == 0 && (b.body == nil || b.optional):
		return nil, nil
	case b.body == nil:
		return nil, badRequest("request.bodyUnexpected", "这个请求不带正文，请去掉正文", nil)
	}
	if failure := mediaType(r, []string{"application/json"}); failure != nil {
		return nil, failure
	}
	if len(data) == 0 {
		return nil, badRequest("request.empty", "正文为空，应为 JSON", nil)
	}
	return data, wellFormed(data)
}

func readAll(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, *Failure) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, tooLarge(limit)
	case err != nil:
		return nil, badRequest("request.incomplete", "正文没有传完，请重试", err)
	}
	return data, nil
}

// mediaType refuses a body that is not declared as one of the given types.
func mediaType(r *http.Request, accepted []string) *Failure {
	declared, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(options["charset"])
	good := err == nil && slices.Contains(accepted, declared) && (charset == "" || charset == "utf-8")
	if good && r.Header.Get("Content-Encoding") == "" {
		return nil
	}
	return &Failure{
		Status: http.StatusUnsupportedMediaType, Reason: "request.mediaType", Err: err,
		Detail: "正文的类型应为 " + strings.Join(accepted, "、") + "（UTF-8，不压缩），请在 Content-Type 中写明",
	}
}

func wellFormed(data []byte) *Failure {
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, size := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return badRequest("request.encoding", fmt.Sprintf("正文不是 UTF-8 编码，第 %d 字节处无法读取", at+1), nil)
	}
	if json.Valid(data) {
		return nil
	}
	var syntax *json.SyntaxError
	err := json.Unmarshal(data, new(any))
	if errors.As(err, &syntax) {
		return badRequest("request.malformed", fmt.Sprintf("正文不是合格的 JSON，第 %d 字节处有误", syntax.Offset), err)
	}
	return badRequest("request.malformed", "正文不是合格的 JSON", err)
}

// failure makes one answer of all that was found, nil where nothing was.
func (f *faults) failure() error {
	if len(f.list) == 0 {
		return nil
	}
	detail := fmt.Sprintf("请求中有 %d 处需要改正，请按逐条说明修改后重试", len(f.list)+f.more)
	if f.more > 0 {
		detail += fmt.Sprintf("；这里列出前 %d 处", len(f.list))
	}
	return &Failure{Status: http.StatusUnprocessableEntity, Reason: "request.invalid", Detail: detail, Fields: f.list}
}

func violations(err error) validator.ValidationErrors {
	var broken validator.ValidationErrors
	errors.As(err, &broken)
	return broken
}

func sortedKeys[V any](m map[string]V) iter.Seq[string] {
	return slices.Values(slices.Sorted(maps.Keys(m)))
}
