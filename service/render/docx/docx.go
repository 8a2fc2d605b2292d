// Package docx writes a document as DOCX: styles, contents with page numbers,
// bookmarks, tables with merged cells, native charts, sections of both orientations,
// and the same bytes for the same document. Measures and page numbers are those of
// service/render/layout. Fonts are named, not embedded: offices have 仿宋.
package docx

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"strings"

	"biaochi/service/render"
	"biaochi/service/render/layout"
)

// Write writes the document to w. Errors are those of the tables' rows and of w.
func Write(w io.Writer, d render.Document) error {
	book, err := layout.Lay(d)
	if err != nil {
		return err
	}
	return WriteBook(w, d, book)
}

// WriteBook writes a document that was laid out already, as the book. Errors are
// those of w.
func WriteBook(w io.Writer, d render.Document, book *layout.Book) error {
	b := &builder{document: d, book: book}
	b.build()
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	for _, p := range b.parts() {
		if err := writePart(archive, p); err != nil {
			return err
		}
	}
	return archive.Close()
}

// part is a file of the archive.
type part struct{ name, content string }

// writePart stores no time, so that the same document has the same bytes.
func writePart(archive *zip.Writer, p part) error {
	out, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, p.content)
	return err
}

// builder writes the body of the document and collects its charts.
type builder struct {
	strings.Builder
	document render.Document
	book     *layout.Book
	charts   []part
	entry    int // of the contents, that comes next
	ids      int // of drawings
}

// add writes pieces of XML that are safe already.
func (b *builder) add(format string, values ...any) { fmt.Fprintf(b, format, values...) }

func (b *builder) build() {
	b.add(`%s<w:document %s><w:body>`, declaration, namespaces)
	if !b.document.Plain {
		b.cover()
		b.contents()
	}
	blocks := b.document.Blocks
	for i := range blocks {
		turned := i > 0 && layout.Landscape(blocks, i) != layout.Landscape(blocks, i-1)
		if turned {
			b.endSection(section{landscape: !layout.Landscape(blocks, i), first: i == b.firstRun()})
		}
		b.block(i, i > 0 && !turned && (layout.StartsPage(blocks, i) || b.book.Moved[i]))
	}
	last := len(blocks) - 1
	b.add(`%s</w:body></w:document>`, section{landscape: last >= 0 && layout.Landscape(blocks, last), first: b.firstRun() > last}.properties())
}

// firstRun is the block that ends the first section of the body.
func (b *builder) firstRun() int {
	blocks := b.document.Blocks
	for i := 1; i < len(blocks); i++ {
		if layout.Landscape(blocks, i) != layout.Landscape(blocks, 0) {
			return i
		}
	}
	return len(blocks)
}

func (b *builder) block(i int, newPage bool) {
	switch block := b.document.Blocks[i].(type) {
	case render.Heading:
		b.heading(i, block, newPage)
	case render.Paragraph:
		style := "Text"
		if block.Small {
			style = "Note"
		}
		b.paragraph(paragraph{style: style}, block.Text)
	case *render.Table:
		b.table(i, block, newPage)
	case render.Grid:
		b.grid(i, block, newPage)
	case render.Chart:
		b.chart(i, block, newPage)
	}
}

func (b *builder) heading(i int, h render.Heading, newPage bool) {
	p := paragraph{style: fmt.Sprintf("Heading%d", min(max(h.Level, 1), 4)), newPage: newPage, keepNext: true}
	p.before, p.after = b.bookmark(i)
	if s := layout.HeadingStyle(h.Level); s.Center {
		p.soft, h.Text = true, b.balanced(i, h.Text, s)
	}
	b.paragraph(p, h.Text)
}

// bookmark gives what stands around the text of a block in the contents: a bookmark,
// and a field that lets Word list it anew. Nothing for blocks that don't stand there.
func (b *builder) bookmark(block int) (before, after string) {
	if b.entry >= len(b.book.Entries) || b.book.Entries[b.entry].Block != block {
		return "", ""
	}
	e := b.book.Entries[b.entry]
	b.entry++
	before = fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, b.entry, bookmarkName(b.entry))
	after = fmt.Sprintf(`<w:bookmarkEnd w:id="%d"/>`, b.entry) + field(fmt.Sprintf(`TC "%s" \f %s \l %d`, strings.ReplaceAll(layout.Clean(e.Text), `"`, `'`), contentsKind, e.Level), "")
	return before, after
}

// contentsKind marks the entries that belong to the contents.
const contentsKind = "C"

func bookmarkName(n int) string { return fmt.Sprintf("_Toc%06d", n) }
