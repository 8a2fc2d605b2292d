package html

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"biaochi/service/render"
)

// Write writes a whole document as a page that stands alone: cover, contents with
// links, and the blocks in order; a plain one has the blocks alone. Style is the one stylesheet, put into the page;
// trusted. Each table and form prints on a page of its own, in the orientation
// that it asks for. It holds no script. It streams; an error leaves the output
// cut off.
func Write(w io.Writer, d render.Document, style string) error {
	p := &printer{Writer: bufio.NewWriter(w)}
	p.open(d, style)
	if !d.Plain {
		p.cover(d)
		p.contents(d)
	}
	text := textSheet{printer: p}
	if d.Plain { // whose form is the page
		text.level = -1
	}
	for _, block := range d.Blocks {
		if err := text.block(block); err != nil {
			return err
		}
	}
	text.close()
	p.raw("</main>\n</body>\n</html>\n")
	return p.Flush()
}

func (p *printer) open(d render.Document, style string) {
	p.raw("<!DOCTYPE html>\n<html")
	p.attr("lang", d.Language)
	p.raw(">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta name="viewport" content="width=device-width, initial-scale=1">`, "\n")
	if d.Owner != "" {
		p.raw(`<meta name="author"`)
		p.attr("content", d.Owner)
		p.raw(">\n")
	}
	p.element("title", "", pageTitle(d))
	// A style element ends at the first "</", whatever the stylesheet meant by it.
	p.raw("\n<style>\n", strings.ReplaceAll(style, "</", `<\/`), "</style>\n</head>\n<body class=\"document\">\n")
	p.element("p", "mark", d.Mark)
	p.raw("\n<main>\n")
}

// pageTitle names the unit too where the title does not.
func pageTitle(d render.Document) string {
	if strings.Contains(d.Title, d.Owner) {
		return d.Title
	}
	return d.Title + " - " + d.Owner
}

func (p *printer) cover(d render.Document) {
	p.raw("<section class=\"sheet cover\">\n")
	for _, line := range d.Cover {
		p.element("p", "line", line)
		p.raw("\n")
	}
	p.element("h1", "", d.Title)
	p.raw("\n")
	for _, line := range d.Imprint {
		p.element("p", "imprint", line)
		p.raw("\n")
	}
	p.raw("</section>\n")
}

// contents lists headings, tables and forms. Tables that stand within the text are
// found by their heading.
func (p *printer) contents(d render.Document) {
	p.raw("<section class=\"sheet contents\">\n<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">目录</h2>\n<ol>\n")
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case render.Heading:
			if b.Entry {
				p.entry(b.Anchor, "", b.Text, fmt.Sprintf("entry%d", b.Level))
			}
		case *render.Table:
			if !b.Inline {
				p.entry(b.Key, b.Label, b.Title, "entry2")
			}
		case render.Grid:
			p.entry(b.Anchor, "", b.Entry, "entry3")
		}
	}
	p.raw("</ol>\n</nav>\n</section>\n")
}

func (p *printer) entry(anchor, label, title, class string) {
	p.raw("<li")
	p.attr("class", class)
	p.raw("><a")
	p.attr("href", "#"+anchor)
	p.raw(">")
	p.element("span", "label", label)
	p.text(title)
	p.raw("</a></li>\n")
}

// textSheet keeps running text together in a sheet that tables and forms close.
type textSheet struct {
	*printer
	isOpen bool
	level  int // of the last heading
}

func (t *textSheet) begin() {
	if !t.isOpen {
		t.raw("<section class=\"sheet text\">\n")
		t.isOpen = true
	}
}

func (t *textSheet) close() {
	if t.isOpen {
		t.raw("</section>\n")
		t.isOpen = false
	}
}

func (t *textSheet) block(block render.Block) error {
	switch b := block.(type) {
	case render.Heading:
		t.heading(b)
	case render.Paragraph:
		t.begin()
		t.paragraph(b)
	case *render.Table:
		if b.Inline {
			t.begin()
			return t.table(*b, Options{HeadingLevel: t.level + 2})
		}
		t.close()
		return t.section(*b, Options{HeadingLevel: t.level + 2})
	case render.Grid:
		t.close()
		t.grid(b, t.level+2)
	case render.Chart:
		t.begin()
		return t.chart(b)
	}
	return nil
}

// heading opens a sheet of its own where it asks for a page; the title of the page
// is h1, so a part is h2.
func (t *textSheet) heading(h render.Heading) {
	if h.NewPage {
		t.close()
	}
	t.begin()
	t.level = h.Level
	t.raw(fmt.Sprintf("<h%d", h.Level+1))
	t.attr("id", h.Anchor)
	t.raw(">")
	t.text(h.Text)
	t.raw(fmt.Sprintf("</h%d>\n", h.Level+1))
}

func (t *textSheet) paragraph(b render.Paragraph) {
	t.raw("<p")
	if b.Small {
		t.attr("class", "note")
	}
	t.attr("id", b.Anchor)
	t.raw(">")
	t.text(b.Text)
	t.raw("</p>\n")
}
