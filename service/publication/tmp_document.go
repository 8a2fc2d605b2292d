package publication

import (
	"io"

	"biaochi/service/check"
	"biaochi/service/render"
	"biaochi/service/render/html"
)

func (b *Book) Document() (render.Document, error) {
	d := render.Document{Title: b.Title(), Owner: b.Name, Language: "zh-CN", Mark: "草案"}
	tables, err := b.layouts()
	for i := range tables {
		d.Blocks = append(d.Blocks, &tables[i])
	}
	return d, err
}

func (b *Book) CheckDocument() (check.Report, error) { return b.CheckTables() }

type documentFormat struct {
	name  string
	write func(io.Writer, render.Document) error
}

var documentFormats = []documentFormat{{"html", func(w io.Writer, d render.Document) error {
	var tables []render.Table
	for _, b := range d.Blocks {
		if t, ok := b.(*render.Table); ok {
			tables = append(tables, *t)
		}
	}
	return html.Write(w, html.Document{Title: d.Title, Tables: tables})
}}}
