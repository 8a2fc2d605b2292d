package layout

import (
	"strings"

	"biaochi/service/render"
	"biaochi/service/render/font"
)

// tagFront opens the elements of the cover and the contents, which are read first and
// set last.
func (f *flow) tagFront(d render.Document) (cover, contents int) {
	if d.Plain {
		return root, root
	}
	cover = f.outline.add(Node{Role: "Sect"})
	contents = f.outline.add(Node{Role: "TOC"})
	return cover, contents
}

// addFront puts the cover and the contents before the body.
func (f *flow) addFront(d render.Document, coverNode, contentsNode int) {
	if d.Plain {
		return
	}
	front, book := &Book{}, f.book
	first := &flow{book: front, outline: f.outline}
	first.newPage()
	first.tag(f.outline.add(Node{Role: "P", Parent: coverNode}))
	book.Cover = cover(first, d)
	if len(book.Entries) > 0 {
		contents(first, book, contentsNode)
	} else {
		f.outline.nodes[contentsNode].Role = "NonStruct"
	}
	for i := range book.Entries {
		book.Entries[i].Page += len(front.Pages)
	}
	book.Body = len(front.Pages)
	book.Pages = append(front.Pages, book.Pages...)
}

// CoverTop is where the cover begins, in parts of the page's height; CoverGap stands
// between its lines and the title, ImprintGap below it.
const (
	CoverTop = 0.26
	CoverGap = 24.0
	// ImprintGap stands between the title and what is said of the publication.
	ImprintGap = 120.0
)

// cover sets the cover and gives the lines of its title.
func cover(f *flow, d render.Document) (title []string) {
	f.y = CoverTop * f.page.Height
	for _, text := range d.Cover {
		f.text(text, CoverLineStyle())
	}
	f.y += CoverGap
	s := CoverTitleStyle()
	for _, l := range balance(d.Title, s, f.width()) {
		title = append(title, l.text)
	}
	f.text(strings.Join(title, "\n"), s)
	f.y += ImprintGap
	for _, text := range d.Imprint {
		f.text(text, ImprintStyle())
	}
	return title
}

// Measures of the contents.
const (
	EntryIndent = 2 * entrySize // of a level below the first
	numberRoom  = 4 * entrySize
)

// contents lists the entries with the numbers of their pages and a link to each.
func contents(f *flow, book *Book, node int) {
	f.newPage()
	f.tag(f.outline.add(Node{Role: "Caption", Parent: node}))
	f.text("目　录", HeadingStyle(1))
	for _, e := range book.Entries {
		f.entry(e, f.outline.add(Node{Role: "TOCI", Parent: node}))
	}
	for i, p := range f.book.Pages[1:] {
		p.Label = Roman(i + 1)
	}
}

// entry sets a line of the contents: a link, whose dots are an artifact.
func (f *flow) entry(e Entry, item int) {
	s := EntryStyle(e.Level)
	indent := EntryIndent * float64(max(e.Level-1, 0))
	lines := breakLines(e.Text, s.Face, s.Size, f.width()-indent-numberRoom, 0)
	f.ensure(float64(len(lines)) * s.Pitch)
	link := f.outline.add(Node{Role: "Link", Parent: item})
	f.tag(link)
	top := f.y
	for _, l := range lines {
		f.page.write(MarginSide+indent, f.y, s.Pitch, s, l.text, 0)
		f.y += s.Pitch
	}
	last := lines[len(lines)-1]
	f.leader(MarginSide+indent+last.width, f.y-s.Pitch, e.Label, s)
	f.page.Links = append(f.page.Links, Link{Rect{MarginSide, top, f.width(), f.y - top}, e.Anchor, link})
}

// leader sets dots from the end of an entry to the number of its page.
func (f *flow) leader(x, top float64, label string, s Style) {
	number := Style{Face: font.Serif(), Size: s.Size}
	right := f.page.Width - MarginSide
	f.page.write(right-textWidth(label, number.Face, number.Size), top, s.Pitch, number, label, 0)
	start := right - textWidth("000", number.Face, number.Size)
	dot := textWidth(".", number.Face, number.Size) * 1.5
	count := int((start - x - s.Size) / dot)
	if count > 0 {
		f.page.tag = root
		spread := dot - dot/1.5
		f.page.write(start-s.Size/2-float64(count)*dot, top, s.Pitch, number, strings.Repeat(".", count), spread)
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
		p.tag, p.Mark = root, Clean(d.Mark)
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
	s := Style{Face: font.Sans(), Size: noteSize, Color: Red}
	width := textWidth(p.Mark, s.Face, s.Size)
	p.write(right-width, HeaderTop, NoteStyle().Pitch, s, p.Mark, 0)
	return right - width - 2*noteSize
}

// header stands above a rule; one of several lines grows upwards.
func (p *Page) header(text string, right float64) {
	s := Style{Face: font.Serif(), Size: noteSize}
	lines := breakLines(text, s.Face, s.Size, right-MarginSide, 0)
	for i, l := range lines {
		p.write(MarginSide, HeaderTop-float64(len(lines)-1-i)*NoteStyle().Pitch, NoteStyle().Pitch, s, l.text, 0)
	}
	p.Fills = append(p.Fills, Fill{Rect{MarginSide, HeaderTop + NoteStyle().Pitch + 2, p.Width - 2*MarginSide, 0.5}, Black})
}

func (p *Page) footer() {
	s := Style{Face: font.Serif(), Size: entrySize}
	text := "— " + p.Label + " —"
	x := (p.Width - textWidth(text, s.Face, s.Size)) / 2
	p.write(x, p.Height-FooterBottom, NoteStyle().Pitch, s, text, 0)
}
