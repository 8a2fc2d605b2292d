// Package layout sets documents in pages: lines, tables over several pages, page
// numbers. What it gives is drawn by service/render/pdf; service/render/docx takes
// page numbers and measures from it, so that both break alike. Lengths are points,
// from the left and the top of a page.
package layout

import "biaochi/service/render/font"

// Book is a document in pages: a cover, the contents, and the body, which counts its
// pages from 1.
type Book struct {
	Title    string
	Owner    string
	Language string
	Cover    []string // the title in lines, as the cover has it
	Pages    []*Page
	Body     int          // index of the body's first page
	Sheets   []*Sheet     // of each block that has one
	Moved    map[int]bool // blocks that begin a page though the last one had room for lines
	Entries  []Entry      // of the contents
	Nodes    []Node       // the structure: first the document, and parents before their children
}

// Entry is a line of the contents.
type Entry struct {
	Block  int // index in the document
	Level  int // 1 for parts
	Text   string
	Anchor string
	Page   int     // index in Pages
	Top    float64 // where it stands there
	Label  string  // the page's number as printed
}

// Page is a sheet of paper and what is drawn on it, in this order.
type Page struct {
	Width, Height float64
	Label         string // its number as printed, "" on the cover
	Mark          string // across the page, "" for none
	Fills         []Fill
	Wedges        []Wedge
	Boxes         []Rect // frames of cells
	Texts         []Text
	Links         []Link

	tag int // element of what is written next
}

// Rect is a rectangle.
type Rect struct{ X, Y, W, H float64 }

// Color is red, green and blue, each 0 to 255.
type Color [3]uint8

// Colors of text.
var (
	Black = Color{}
	Red   = Color{192, 0, 0}
)

// Fill is a coloured rectangle.
type Fill struct {
	Rect
	Color Color
}

// Wedge is a part of a pie; angles are parts of a turn, clockwise from the top.
type Wedge struct {
	X, Y, Radius float64
	From, To     float64
	Color        Color
	Tag          int // index of its element in the book
}

// Text is a run of characters of one face, beginning at X on the base line Y.
type Text struct {
	X, Y    float64
	Size    float64
	Spread  float64 // added after each character
	Face    *font.Face
	Color   Color
	Content string
	Tag     int // index of its element in the book, 0 for an artifact
}

// Width is the room that the run takes.
func (t Text) Width() float64 {
	return textWidth(t.Content, t.Face, t.Size) + t.Spread*float64(len([]rune(t.Content)))
}

// Link leads from a place to an anchor of the contents.
type Link struct {
	Rect
	Anchor string
	Tag    int // index of its element in the book
}

// box frames a cell.
func (p *Page) box(r Rect) { p.Boxes = append(p.Boxes, r) }

// write sets a line of text with its base line for a line box of the given height.
func (p *Page) write(x, top, height float64, s Style, text string, spread float64) {
	base := top + (height-s.Size)/2 + emAscent*s.Size
	for _, run := range runs(text, s.Face) {
		t := Text{X: x, Y: base, Size: s.Size, Spread: spread, Face: run.face, Color: s.Color, Content: run.text, Tag: p.tag}
		p.Texts = append(p.Texts, t)
		x += t.Width()
	}
}

// emAscent is how far a Chinese character rises above the base line, in parts of its
// size.
const emAscent = 0.88

type run struct {
	text string
	face *font.Face
}

// runs cuts a text where the face changes, since a face may lack a character.
func runs(text string, wanted *font.Face) []run {
	var out []run
	start := 0
	for i, r := range text {
		face, _ := font.For(r, wanted)
		n := len(out)
		if n > 0 && out[n-1].face == face {
			continue
		}
		if n > 0 {
			out[n-1].text, start = text[start:i], i
		}
		out = append(out, run{face: face})
	}
	if n := len(out); n > 0 {
		out[n-1].text = text[start:]
	}
	return out
}
