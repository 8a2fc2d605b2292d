package rest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"reflect"

	"github.com/gin-gonic/gin"
)

// Handle adds a route: guard, then Req is read and checked whole, then h is called
// with what is known to be good, then Resp is written. It and HandleRaw are the
// only ways into the table. What is in doubt about the route is told by API.Err.
func Handle[Req, Resp any](a *API, op Op, h func(context.Context, *Req) (*Resp, error)) {
	ins, outs := newShaper(a.rules, inbound), newShaper(a.rules, outbound)
	r := &route{Op: op, request: reflect.TypeFor[Req]()}
	r.in = newBinder(ins, r.request, op.MaxBody)
	r.out = newReply(outs, reflect.TypeFor[Resp]())
	a.add(r, append(ins.faults, outs.faults...), func(c *gin.Context) error {
		req := new(Req)
		if err := r.in.bind(c.Writer, c.Request, c.Param, reflect.ValueOf(req).Elem()); err != nil {
			return err
		}
		resp, err := h(c.Request.Context(), req)
		if err != nil {
			return err
		}
		return r.out.write(c, r.success(), reflect.ValueOf(resp))
	})
}

func newRequest(r *route) reflect.Value { return reflect.New(r.request).Elem() }

// Raw is a route whose body or answer is not JSON: an upload, a download.
type Raw struct {
	Op
	Accepts []string // media types of the body; none: it takes none
	Gives   []string // media types of the answer; none: Resp is the answer, as JSON
}

// Upload is the body of a raw route, as the caller sent it and bounded by MaxBody:
// reading past the limit gives an error that is answered with 413.
type Upload struct {
	io.Reader
	MediaType string
}

// Download is an answer that is written as it is made. Write is called once, after
// the headers are out; an error of it can only break the transfer, so whatever can
// be refused is refused before.
type Download struct {
	MediaType string
	Name      string // of the file that browsers save; "" shows it in place
	Size      int64  // 0 where unknown
	ETag      ETag
	Write     func(io.Writer) error
}

// HandleRaw adds a route for an upload, a download, or both. Req has parameters
// and no Body. The handler gives either a Download of one of the types in Gives, or
// a Resp where Gives is empty.
func HandleRaw[Req, Resp any](a *API, raw Raw, h func(context.Context, *Req, Upload) (*Resp, *Download, error)) {
	ins, outs := newShaper(a.rules, inbound), newShaper(a.rules, outbound)
	r := &route{Op: raw.Op, request: reflect.TypeFor[Req](), accepts: raw.Accepts, gives: raw.Gives}
	r.in = newBinder(ins, r.request, raw.MaxBody)
	r.in.raw = raw.Accepts
	r.out = newReply(outs, reflect.TypeFor[Resp]())
	if r.in.body != nil {
		ins.doubt("Body", "a raw route reads its body itself")
	}
	if raw.Gives != nil && r.out.body != nil {
		outs.doubt("Body", "a raw route gives a file or JSON, not both")
	}
	if raw.Gives == nil && raw.Accepts == nil {
		outs.doubt("Raw", "without media types it is no raw route")
	}
	a.add(r, append(ins.faults, outs.faults...), func(c *gin.Context) error {
		req := new(Req)
		if err := r.in.bind(c.Writer, c.Request, c.Param, reflect.ValueOf(req).Elem()); err != nil {
			return err
		}
		resp, file, err := h(c.Request.Context(), req, uploadOf(c.Request))
		switch {
		case err != nil:
			return readFailure(err, r.MaxBody)
		case raw.Gives == nil:
			return r.out.write(c, r.success(), reflect.ValueOf(resp))
		case file == nil:
			return fmt.Errorf("%s: no file and no error", r.ID)
		}
		return sendFile(c, r, file)
	})
}

// openRaw bounds a body and asks its media type, and leaves reading to the handler.
func (b *binder) openRaw(w http.ResponseWriter, r *http.Request) *Failure {
	if r.ContentLength > b.limit {
		return tooLarge(b.limit)
	}
	if failure := mediaType(r, b.raw); failure != nil {
		return failure
	}
	if r.Body != nil {
		r.Body = http.MaxBytesReader(w, r.Body, b.limit)
	}
	return nil
}
