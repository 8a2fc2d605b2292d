// Package formats lists the formats in which a whole document is written.
package formats

import (
	"io"
	"sync"

	"biaochi/service/render"
	"biaochi/service/render/docx"
	"biaochi/service/render/html"
	"biaochi/service/render/layout"
	"biaochi/service/render/pdf"
	"biaochi/service/render/xlsx"
)

// Manuscript is a document that is written in several formats, at once if need be, and
// set in pages once for those that have pages. style is the stylesheet of formats that
// carry one.
type Manuscript struct {
	render.Document
	style string
	pages func() (*layout.Book, error)
}

// NewManuscript takes a document that won't change any more.
func NewManuscript(d render.Document, style string) *Manuscript {
	return &Manuscript{d, style, sync.OnceValues(func() (*layout.Book, error) { return layout.Lay(d) })}
}

// Format is a way to write a document.
type Format struct {
	Name      string // as files end
	MediaType string
	Write     func(w io.Writer, m *Manuscript) error
}

var all = []Format{
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", func(w io.Writer, m *Manuscript) error {
		book, err := m.pages()
		if err != nil {
			return err
		}
		return docx.WriteBook(w, m.Document, book)
	}},
	{"html", "text/html; charset=utf-8", func(w io.Writer, m *Manuscript) error { return html.Write(w, m.Document, m.style) }},
	{"pdf", "application/pdf", func(w io.Writer, m *Manuscript) error {
		book, err := m.pages()
		if err != nil {
			return err
		}
		return pdf.WriteBook(w, book)
	}},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer, m *Manuscript) error {
		return xlsx.WriteDocument(w, m.Document)
	}},
}

// All lists the formats by name.
func All() []Format { return append([]Format(nil), all...) }

// Of finds a format by name.
func Of(name string) (Format, bool) {
	for _, f := range all {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
