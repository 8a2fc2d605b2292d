package layout

import (
	"strings"

	"biaochi/service/render"
	"biaochi/service/render/font"
)

// addFront puts the cover and the contents before the body.
func addFront(book *Book, d render.Document) {
	front := &Book{}
	cover(&flow{book: front}, d)
	if len(book.Entries) > 0 {
		contents(&flow{book: front}, book)
	}
	for i := range book.Entries {
		book.Entries[i].Page += len(front.Pages)
	}
	book.Body = len(front.Pages)
	book.Pages = append(front.Pages, book.Pages...)
}

// Where title and lines of the cover begin, in parts of the page's height.
const (
	CoverTitle = 0.28
	CoverLines = 0.60
)

func cover(f *flow, d render.Document) {
	f.newPage()
	f.y = CoverTitle * f.page.Height
	f.text(d.Title, coverTitleStyle())
	f.y = max(f.y, CoverLines*f.page.Height)
	for _, text := range d.Cover {
		f.text(text, coverLineStyle())
	}
}

// Measures of the contents.
const (
	entryIndent = 2 * EntrySize // of a level below the first
	numberRoom  = 4 * EntrySize
)

// contents lists the entries with the numbers of their pages and a link to each.
func contents(f *flow, book *Book) {
	f.newPage()
	f.text("目　录", headingStyle(1))
	for _, e := range book.Entries {
		f.entry(e)
	}
	for i, p := range f.book.Pages[1:] {
		p.Label = Roman(i + 1)
	}
}

func (f *flow) entry(e Entry) {
	s := entryStyle(e.Level)
	indent := entryIndent * float64(max(e.Level-1, 0))
	lines := breakLines(e.Text, s.face, s.size, f.width()-indent-numberRoom, 0)
	f.ensure(float64(len(lines)) * s.pitch)
	top := f.y
	for _, l := range lines {
		f.page.write(MarginSide+indent, f.y, s.pitch, s, l.text, 0)
		f.y += s.pitch
	}
	last := lines[len(lines)-1]
	f.leader(MarginSide+indent+last.width, f.y-s.pitch, e.Label, s)
	f.page.Links = append(f.page.Links, Link{Rect{MarginSide, top, f.width(), f.y - top}, e.Anchor})
}

// leader sets dots from the end of an entry to the number of its page.
func (f *flow) leader(x, top float64, label string, s style) {
	number := style{face: font.Serif(), size: s.size}
	right := f.page.Width - MarginSide
	f.page.write(right-textWidth(label, number.face, number.size), top, s.pitch, number, label, 0)
	start := right - textWidth("000", number.face, number.size)
	dot := textWidth(".", number.face, number.size) * 1.5
	count := int((start - x - s.size) / dot)
	if count > 0 {
		spread := dot - dot/1.5
		f.page.write(start-s.size/2-float64(count)*dot, top, s.pitch, number, strings.Repeat(".", count), spread)
	}
}

// Roman writes the numbers of the contents' pages.
func Roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}

// furnish adds header, number and mark to the pages.
func furnish(book *Book, d render.Document) {
	for i, p := range book.Pages {
		p.Mark = Clean(d.Mark)
		right := p.mark()
		if i > 0 {
			p.header(d.Header, right)
		}
		if p.Label != "" {
			p.footer()
		}
	}
}

// mark repeats the mark in words at the head and gives what it leaves of the line.
func (p *Page) mark() (right float64) {
	right = p.Width - MarginSide
	if p.Mark == "" {
		return right
	}
	s := style{face: font.Sans(), size: NoteSize, color: Red}
	width := textWidth(p.Mark, s.face, s.size)
	p.write(right-width, HeaderTop, NotePitch, s, p.Mark, 0)
	return right - width - 2*NoteSize
}

// header stands above a rule; one of several lines grows upwards.
func (p *Page) header(text string, right float64) {
	s := style{face: font.Serif(), size: NoteSize}
	lines := breakLines(text, s.face, s.size, right-MarginSide, 0)
	for i, l := range lines {
		p.write(MarginSide, HeaderTop-float64(len(lines)-1-i)*NotePitch, NotePitch, s, l.text, 0)
	}
	p.Fills = append(p.Fills, Fill{Rect{MarginSide, HeaderTop + NotePitch + 2, p.Width - 2*MarginSide, 0.5}, Black})
}

func (p *Page) footer() {
	s := style{face: font.Serif(), size: EntrySize}
	text := "— " + p.Label + " —"
	x := (p.Width - textWidth(text, s.face, s.size)) / 2
	p.write(x, p.Height-FooterBottom, NotePitch, s, text, 0)
}
