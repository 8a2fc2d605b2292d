package html

import (
	"bufio"
	"io"
	"strings"

	"biaochi/service/render"
)

// Document is a printable page of its own with a list of contents and tables.
type Document struct {
	Title    string
	Subtitle string // below the title: state, date, whatever the reader must know
	Style    string // the one stylesheet, put into the page; trusted
	Tables   []render.Table
}

// Write writes the document: title, contents with links, and each table on a page
// of its own when printed, in the orientation that it asks for. It streams; an
// error leaves the output cut off.
func Write(w io.Writer, d Document) error {
	p := &printer{Writer: bufio.NewWriter(w)}
	p.open(d)
	p.contents(d)
	for _, t := range d.Tables {
		if err := p.section(t, Options{}); err != nil {
			return err
		}
	}
	p.raw("</main>\n</body>\n</html>\n")
	return p.Flush()
}

func (p *printer) open(d Document) {
	p.raw("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta name="viewport" content="width=device-width, initial-scale=1">`, "\n")
	p.element("title", "", d.Title)
	// A style element ends at the first "</", whatever the stylesheet meant by it.
	p.raw("\n<style>\n", strings.ReplaceAll(d.Style, "</", `<\/`), "</style>\n</head>\n<body class=\"document\">\n<main>\n")
}

func (p *printer) contents(d Document) {
	p.raw("<section class=\"sheet contents\">\n")
	p.element("h1", "", d.Title)
	p.element("p", "subtitle", d.Subtitle)
	p.raw("<nav aria-label=\"目录\">\n<h2>目录</h2>\n<ol>\n")
	for _, t := range d.Tables {
		p.raw("<li><a")
		p.attr("href", "#"+t.Key)
		p.raw(">")
		p.element("span", "label", t.Label)
		p.text(t.Title)
		p.raw("</a></li>\n")
	}
	p.raw("</ol>\n</nav>\n</section>\n")
}
