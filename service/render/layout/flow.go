package layout

import (
	"strconv"
	"strings"

	"biaochi/service/render"
)

// flow fills pages from top to bottom.
type flow struct {
	book      *Book
	outline   *outline
	node      int // element of what is written next
	page      *Page
	y         float64
	landscape bool
}

// newPage starts a page of the flow's orientation.
func (f *flow) newPage() {
	p := &Page{Width: PaperShort, Height: PaperLong}
	if f.landscape {
		p.Width, p.Height = PaperLong, PaperShort
	}
	f.book.Pages = append(f.book.Pages, p)
	p.tag = f.node
	f.page, f.y = p, MarginTop
}

// turn makes sure that what follows stands on a page of the wanted orientation.
func (f *flow) turn(landscape bool) {
	if f.page == nil || f.landscape != landscape {
		f.landscape = landscape
		f.newPage()
	}
}

func (f *flow) width() float64  { return f.page.Width - 2*MarginSide }
func (f *flow) bottom() float64 { return f.page.Height - MarginBottom }
func (f *flow) room() float64   { return f.bottom() - f.y }
func (f *flow) full() float64   { return f.bottom() - MarginTop }
func (f *flow) fresh() bool     { return f.y == MarginTop }

// ensure starts a new page unless this one has the room, or is empty anyway.
func (f *flow) ensure(height float64) {
	if f.room() < min(height, f.full())-tolerance && !f.fresh() {
		f.newPage()
	}
}

// begin starts a new page for a block that should have so much room.
func (f *flow) begin(block int, height float64) {
	left := f.room()
	page := f.page
	if f.ensure(height); f.page != page && left >= 2*TextStyle().Pitch {
		f.book.Moved[block] = true
	}
}

// text sets a text in the flow's width.
func (f *flow) text(text string, s Style) {
	indent := s.Indent * s.Size
	lines := breakLines(text, s.Face, s.Size, f.width(), indent)
	if s.Center {
		lines = balance(text, s, f.width())
	}
	if !f.fresh() {
		f.y += s.Before
	}
	for i, l := range lines {
		f.keepTogether(len(lines), i, s.Pitch)
		f.line(l, s, indent)
		indent = 0
		if l.last {
			indent = s.Indent * s.Size
		}
	}
	f.y += s.After
}

// keepTogether avoids a single line of a paragraph at the end or at the start of a
// page.
func (f *flow) keepTogether(count, i int, pitch float64) {
	left := count - i
	switch {
	case i == 0 && left >= 2, left == 2 && i >= 2:
		f.ensure(2 * pitch)
	default:
		f.ensure(pitch)
	}
}

func (f *flow) line(l line, s Style, indent float64) {
	x, spread := MarginSide+indent, 0.0
	slack := f.width() - indent - l.width
	if count := len([]rune(l.text)); s.Center {
		x += slack / 2
	} else if !l.last && count > 1 && slack < maxSlack*s.Size {
		spread = slack / float64(count-1)
	}
	f.page.write(x, f.y, s.Pitch, s, l.text, spread)
	f.y += s.Pitch
}

// maxSlack is how many characters' room justification spreads over a line; a line
// with more stays ragged.
const maxSlack = 4.5

// place takes an entry into the contents; one without an anchor gets its own.
func (f *flow) place(block, level int, entry, anchor string) {
	if anchor == "" {
		anchor = "entry-" + strconv.Itoa(len(f.book.Entries)+1)
	}
	f.book.Entries = append(f.book.Entries, Entry{Block: block, Level: level, Text: entry, Anchor: anchor, Page: len(f.book.Pages) - 1, Top: f.y})
}

// Lay sets a document in pages. It walks the rows of each table once; an error is
// that of a walk.
func Lay(d render.Document) (*Book, error) {
	book := &Book{Title: d.Title, Owner: d.Owner, Language: d.Language, Sheets: make([]*Sheet, len(d.Blocks)), Moved: map[int]bool{}}
	f := &flow{book: book, outline: newOutline()}
	cover, contents := f.tagFront(d)
	for i := range d.Blocks {
		var err error
		if book.Sheets[i], err = f.block(d.Blocks, i); err != nil {
			return nil, err
		}
	}
	numberBody(book)
	f.addFront(d, cover, contents)
	furnish(book, d)
	book.Nodes = f.outline.nodes
	return book, nil
}

// block places one block and gives its sheet, nil where it has none. A heading looks
// at what comes after it.
func (f *flow) block(blocks []render.Block, i int) (*Sheet, error) {
	f.turn(Landscape(blocks, i))
	switch b := blocks[i].(type) {
	case render.Heading:
		f.heading(blocks, i, b)
	case render.Paragraph:
		s := TextStyle()
		if b.Small {
			s = NoteStyle()
		}
		f.tagged("P")
		f.text(b.Text, s)
	case *render.Table:
		if !b.Inline {
			f.startPage(blocks, i)
			f.place(i, tableLevel, TableEntry(b), b.Key)
		}
		return f.table(i, b)
	case render.Grid:
		f.startPage(blocks, i)
		return f.grid(i, b), nil
	case render.Chart:
		return f.chart(i, b), nil
	}
	return nil, nil
}

func (f *flow) heading(blocks []render.Block, i int, h render.Heading) {
	f.startPage(blocks, i)
	f.begin(i, f.headingNeed(blocks, i))
	if h.Entry {
		f.place(i, h.Level, h.Text, h.Anchor)
	}
	f.outline.open(h.Level)
	f.tagged("H" + strconv.Itoa(min(max(h.Level, 1), 6)))
	f.text(h.Text, HeadingStyle(h.Level))
}

func (f *flow) startPage(blocks []render.Block, i int) {
	if StartsPage(blocks, i) && !f.fresh() {
		f.newPage()
	}
}

// headingNeed is the room of a heading, of those that follow it, and of the start of
// what they are over.
func (f *flow) headingNeed(blocks []render.Block, i int) (need float64) {
	for ; i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case render.Heading:
			need += f.height(b.Text, HeadingStyle(b.Level))
		case render.Paragraph:
			return need + 2*TextStyle().Pitch
		case *render.Table:
			if !b.Inline && StartsPage(blocks, i) {
				return need
			}
			return need + tableStart
		case render.Chart:
			return need + f.chartNeed(b)
		case render.Grid:
			return need
		}
	}
	return need
}

// tableStart is the least room that a table begins in: its titles, head and a few
// rows.
const tableStart = 200.0

// Landscape says whether a block stands on a landscape page: tables and forms that
// ask for it,
// the headings over them, and the notes below.
func Landscape(blocks []render.Block, i int) bool {
	switch b := blocks[i].(type) {
	case *render.Table:
		return b.Landscape
	case render.Grid:
		return b.Landscape
	case render.Heading:
		if i+1 < len(blocks) {
			return Landscape(blocks, i+1)
		}
	case render.Paragraph:
		return b.Small && i > 0 && Landscape(blocks, i-1)
	}
	return false
}

// StartsPage says whether a block asks for a new page and gets one: forms, tables but
// inline ones, and headings that say so. Right below a heading that it belongs to a
// block shares the page, so that no part's title stands alone; forms don't.
func StartsPage(blocks []render.Block, i int) bool {
	above, below := render.Heading{}, false
	if i > 0 {
		above, below = blocks[i-1].(render.Heading)
	}
	switch b := blocks[i].(type) {
	case render.Grid:
		return true
	case *render.Table:
		return !b.Inline && !below
	case render.Heading:
		return b.NewPage && (!below || above.Level >= b.Level)
	}
	return false
}

// TableEntry is how the contents name a table.
func TableEntry(t *render.Table) string { return strings.TrimSpace(t.Label + "　" + t.Title) }

// tableLevel is the level of tables in the contents.
const tableLevel = 2

// numberBody labels the pages of the body.
func numberBody(book *Book) {
	for i, p := range book.Pages {
		p.Label = strconv.Itoa(i + 1)
	}
	for i, e := range book.Entries {
		book.Entries[i].Label = book.Pages[e.Page].Label
	}
}
