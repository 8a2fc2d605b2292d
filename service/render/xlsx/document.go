package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"biaochi/service/render"
)

// WriteDocument writes a whole document as a workbook: a sheet with cover and
// contents, one for the running text of each part with its charts, one a table and
// one a form; the contents lead to them. The same document gives the same bytes.
// Errors: TooManyRowsError, those of the rows, those of w.
func WriteDocument(w io.Writer, d render.Document) (err error) {
	file := excelize.NewFile()
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	if err := setProperties(file, d.Title); err != nil {
		return err
	}
	b := &documentBook{file: file, styles: newStyles(file), document: d, pages: pagesOf(d)}
	b.name()
	for i := range b.pages {
		if err := addSheet(file, i, b.pages[i].name); err != nil {
			return err
		}
	}
	for i := range b.pages {
		if err := b.write(&b.pages[i]); err != nil {
			return err
		}
	}
	return save(file, w)
}

// save writes the parts in a fixed order; the library hands a buffer for the whole
// archive, ours goes straight to w.
func save(file *excelize.File, w io.Writer) error {
	file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newSortedZip(w) })
	return file.Write(io.Discard)
}

type documentBook struct {
	file     *excelize.File
	styles   *styles
	document render.Document
	pages    []page
}

// page is what becomes one sheet: the cover, a table, a form, or the text of a part.
type page struct {
	name   string
	wanted string // before it is made fit and unique
	table  *render.Table
	form   *render.Grid
	text   []render.Block // of a part; tables and forms in it are links
}

// pagesOf takes a document apart into sheets, in reading order, a plain one into its
// tables and forms alone. The running text of
// a part stays in one sheet, before its tables and forms.
func pagesOf(d render.Document) []page {
	pages := []page{{wanted: "封面和目录"}}
	part := -1
	for _, block := range d.Blocks {
		if h, ok := block.(render.Heading); ok && h.Level == 1 || part < 0 {
			part = len(pages)
			pages = append(pages, page{wanted: partName(block)})
		}
		pages[part].text = append(pages[part].text, block)
		switch b := block.(type) {
		case *render.Table:
			pages = append(pages, page{wanted: tabBase(*b), table: b})
		case render.Grid:
			pages = append(pages, page{wanted: cmp.Or(b.Label, b.Title), form: &b})
		}
	}
	if d.Plain {
		return slices.DeleteFunc(pages, func(p page) bool { return p.table == nil && p.form == nil })
	}
	return pages
}

// partName is the title of a part without its number.
func partName(block render.Block) string {
	h, ok := block.(render.Heading)
	if !ok {
		return "正文"
	}
	if _, title, ok := strings.Cut(h.Text, " "); ok {
		return title
	}
	return h.Text
}

// name gives the sheets their names.
func (b *documentBook) name() {
	wanted := make([]string, len(b.pages))
	for i := range b.pages {
		wanted[i] = b.pages[i].wanted
	}
	for i, name := range uniqueTabs(wanted) {
		b.pages[i].name = name
	}
}

func (b *documentBook) write(p *page) error {
	switch {
	case p.table != nil:
		s := &sheet{file: b.file, name: p.name, table: *p.table, styles: b.styles, maxRows: excelize.TotalRows}
		return s.write()
	case p.form != nil:
		return b.form(p)
	case p.text != nil:
		return b.text(p)
	}
	return b.cover(p)
}

// sheetOf finds the sheet of a block by what it is made of.
func (b *documentBook) sheetOf(block render.Block) string {
	for _, p := range b.pages {
		switch block := block.(type) {
		case *render.Table:
			if p.table == block {
				return p.name
			}
		case render.Grid:
			if p.form != nil && p.form.Anchor == block.Anchor {
				return p.name
			}
		case render.Heading:
			if len(p.text) > 0 && p.text[0] == render.Block(block) {
				return p.name
			}
		}
	}
	return ""
}

// cover writes title, lines and the contents, each a link to its sheet.
func (b *documentBook) cover(p *page) error {
	s, err := b.textSheet(p)
	if err != nil {
		return err
	}
	s.line(styleKey{look: labelLook}, b.document.Mark, labelSize)
	for _, line := range b.document.Cover {
		s.line(styleKey{look: coverLook}, line, coverSize)
	}
	s.line(styleKey{look: titleLook}, b.document.Title, titleSize)
	for _, line := range b.document.Imprint {
		s.line(styleKey{look: labelLook}, line, labelSize)
	}
	s.line(styleKey{look: sectionLook}, "目录", sectionSize)
	for _, block := range b.document.Blocks {
		if name := b.sheetOf(block); name != "" {
			s.link(entryText(block), name)
		}
	}
	return s.err
}

func entryText(block render.Block) string {
	switch b := block.(type) {
	case render.Heading:
		return b.Text
	case *render.Table:
		return strings.TrimSpace("　" + b.Label + " " + b.Title)
	case render.Grid:
		return "　　" + b.Entry
	}
	return ""
}

// text writes the running text of a part, with links where tables and forms stand.
func (b *documentBook) text(p *page) error {
	s, err := b.textSheet(p)
	if err != nil {
		return err
	}
	for _, block := range p.text {
		switch block := block.(type) {
		case render.Heading:
			s.heading(block)
		case render.Paragraph:
			s.line(styleKey{look: paragraphLook}, "　　"+block.Text, textSize)
		case *render.Table, render.Grid:
			s.link(entryText(block), b.sheetOf(block))
		case render.Chart:
			s.chart(block)
		}
	}
	return s.err
}

// link is a line that leads to another sheet.
func (s *textSheet) link(text, sheet string) {
	s.line(styleKey{look: linkLook}, text, textSize)
	s.keep(s.file.SetCellHyperLink(s.name, cellName(1, s.row), fmt.Sprintf("'%s'!A1", strings.ReplaceAll(sheet, "'", "''")), "Location"))
}
