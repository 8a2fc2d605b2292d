package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

// reply is what is known of a response type.
type reply struct {
	headers []header
	body    *shape // nil: no body
	index   []int
	tagged  bool // it has an ETag
}

type header struct {
	name, about string
	index       []int
}

// newReply looks at a response type once; every doubt is collected in m.
func newReply(m *shaper, t reflect.Type) *reply {
	out := &reply{}
	if t.Kind() != reflect.Struct {
		m.doubt(t.String(), "a response type is a struct")
		return out
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, where := f.Tag.Get("header"), t.Name()+"."+f.Name
		switch {
		case f.Name == "Body":
			out.body, out.index = m.of(f.Type, where), f.Index
			if out.body.kind != objectKind {
				m.doubt(where, "a body is an object: a list can't grow members later")
			}
		case name == "" || !f.IsExported() || f.Type.Kind() != reflect.String:
			m.doubt(where, "is neither Body nor a text tagged header")
		case (name == "ETag") != (f.Type == reflect.TypeFor[ETag]()):
			m.doubt(where, "the header ETag is of type ETag, and no other is")
		default:
			out.headers = append(out.headers, header{name, f.Tag.Get("description"), f.Index})
			out.tagged = out.tagged || name == "ETag"
		}
	}
	return out
}

// write answers with v, a pointer to the response type. A GET whose If-None-Match
// names the tag gets 304 instead.
func (p *reply) write(c *gin.Context, status int, v reflect.Value) error {
	if v.IsNil() {
		if p.body != nil || p.headers != nil {
			return errors.New("a handler gave no response and no error")
		}
		v = reflect.New(v.Type().Elem())
	}
	v = v.Elem()
	var content []byte
	if p.body != nil {
		var err error
		if content, err = json.Marshal(filled(v.FieldByIndex(p.index), p.body).Interface()); err != nil {
			return err
		}
	}
	var tag ETag
	for _, h := range p.headers {
		text := v.FieldByIndex(h.index).String()
		if h.name == "ETag" {
			tag = ETag(text)
		} else if text != "" {
			c.Header(h.name, text)
		}
	}
	if fresh(c, tag) {
		return nil
	}
	if p.body == nil {
		c.Status(status)
		c.Writer.WriteHeaderNow()
		return nil
	}
	c.Data(status, "application/json", content)
	return nil
}

// fresh sets the tag and, where the caller has it already, answers 304. Answers
// with a tag may be kept by the reader's own browser, which asks each time; others
// are not kept.
func fresh(c *gin.Context, tag ETag) bool {
	if tag == "" {
		c.Header("Cache-Control", "no-store")
		return false
	}
	c.Header("ETag", string(tag))
	c.Header("Cache-Control", "private, no-cache")
	asked := c.Request.Header.Get("If-None-Match")
	if c.Request.Method != http.MethodGet || asked == "" || !matches(asked, tag) {
		return false
	}
	c.Status(http.StatusNotModified)
	c.Writer.WriteHeaderNow()
	return true
}

// filled gives the value with empty lists for nil ones, since a schema promises
// lists. It copies what it changes: a handler may share what it returned.
func filled(v reflect.Value, s *shape) reflect.Value {
	if !s.lists {
		return v
	}
	switch s.kind {
	case objectKind:
		return filledObject(v, s)
	case listKind:
		if v.IsNil() {
			return reflect.MakeSlice(v.Type(), 0, 0)
		}
		if !s.item.lists {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(filled(v.Index(i), s.item))
		}
		return out
	case dictKind:
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for key, value := range v.Seq2() {
			out.SetMapIndex(key, filled(value, s.item))
		}
		return out
	}
	return v
}

func filledObject(v reflect.Value, s *shape) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for _, f := range s.fields {
		if !f.shape.lists {
			continue
		}
		target := out.FieldByIndex(f.index)
		switch {
		case f.shape.kind == listKind && !f.required && target.IsNil():
			// may be left out
		case !f.pointer:
			target.Set(filled(target, f.shape))
		case !target.IsNil():
			inner := reflect.New(target.Type().Elem())
			inner.Elem().Set(filled(target.Elem(), f.shape))
			target.Set(inner)
		}
	}
	return out
}

// uploadOf is the body of a request whose type was asked already.
func uploadOf(r *http.Request) Upload {
	declared, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Body == nil {
		return Upload{strings.NewReader(""), declared}
	}
	return Upload{r.Body, declared}
}

// readFailure tells a body over the limit from other errors of a raw handler.
func readFailure(err error, limit int64) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return tooLarge(limit)
	}
	return err
}

func sendFile(c *gin.Context, r *route, file *Download) error {
	if !slices.Contains(r.gives, file.MediaType) || file.Write == nil {
		return fmt.Errorf("%s: a file of type %q, which is not declared, or without content", r.ID, file.MediaType)
	}
	if fresh(c, file.ETag) {
		return nil
	}
	c.Header("Content-Type", file.MediaType)
	c.Header("X-Content-Type-Options", "nosniff")
	if file.Name != "" {
		c.Header("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(file.Name))
	}
	if file.Size > 0 {
		c.Header("Content-Length", strconv.FormatInt(file.Size, 10))
	}
	c.Status(r.success())
	return file.Write(c.Writer)
}

func amountOfBytes(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return strconv.FormatInt(n>>20, 10) + " MB"
	case n >= 1<<10:
		return strconv.FormatInt(n>>10, 10) + " KB"
	}
	return strconv.FormatInt(n, 10) + " 字节"
}
