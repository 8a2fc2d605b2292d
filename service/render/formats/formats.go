// Package formats lists the formats in which a whole document is written.
package formats

import (
	"io"

	"biaochi/service/render"
	"biaochi/service/render/docx"
	"biaochi/service/render/html"
	"biaochi/service/render/pdf"
	"biaochi/service/render/xlsx"
)

// Format is a way to write a document; style is the stylesheet of those that carry one.
type Format struct {
	Name      string // as files end
	MediaType string
	Write     func(w io.Writer, d render.Document, style string) error
}

var all = []Format{
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", plain(docx.Write)},
	{"html", "text/html; charset=utf-8", html.Write},
	{"pdf", "application/pdf", plain(pdf.Write)},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", plain(xlsx.WriteDocument)},
}

// plain is a format without a stylesheet.
func plain(write func(io.Writer, render.Document) error) func(io.Writer, render.Document, string) error {
	return func(w io.Writer, d render.Document, _ string) error { return write(w, d) }
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
