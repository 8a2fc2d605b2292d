package pdf

import (
	"fmt"
	"math"
	"strings"

	"biaochi/service/render/font"
	"biaochi/service/render/layout"
)

// canvas is the content of a page. The page's y runs down, that of the file up.
type canvas struct {
	strings.Builder
	file   *file
	nodes  []layout.Node
	height float64
	tags   []int // element of each piece of content that has one, by its number
	piece  int   // element of the open piece
	open   bool
	font   string // as it was set last
	color  layout.Color
	spread float64
}

// content draws a page: the mark first, so that all else stands above it. It gives
// the elements of its pieces by their numbers.
func (f *file) content(p *layout.Page, nodes []layout.Node) (content []byte, tags []int) {
	c := &canvas{file: f, nodes: nodes, height: p.Height}
	c.mark(p)
	c.lines(p)
	for _, w := range p.Wedges {
		c.tag(w.Tag)
		c.wedge(w)
	}
	c.end()
	c.WriteString("BT\n")
	for _, t := range p.Texts {
		c.tag(t.Tag)
		c.text(t)
	}
	c.end()
	c.WriteString("ET\n")
	return []byte(c.String()), c.tags
}

// lines draws what only rules and colours the page.
func (c *canvas) lines(p *layout.Page) {
	if len(p.Fills)+len(p.Boxes) == 0 {
		return
	}
	c.WriteString("/Artifact<</Type/Layout>>BDC\n")
	for _, fill := range p.Fills {
		c.paint(fill.Color)
		fmt.Fprintf(c, "%s re f\n", numbers(fill.X, c.height-fill.Y-fill.H, fill.W, fill.H))
	}
	c.WriteString("0.5 w\n")
	for _, b := range p.Boxes {
		fmt.Fprintf(c, "%s re S\n", numbers(b.X, c.height-b.Y-b.H, b.W, b.H))
	}
	c.WriteString("EMC\n")
}

// tag begins a piece of an element, or of what belongs to none, unless it is open.
func (c *canvas) tag(node int) {
	if c.open && c.piece == node {
		return
	}
	c.end()
	c.open, c.piece = true, node
	if node == 0 {
		c.WriteString("/Artifact<</Type/Pagination>>BDC\n")
		return
	}
	fmt.Fprintf(c, "/%s<</MCID %d>>BDC\n", c.nodes[node].Role, len(c.tags))
	c.tags = append(c.tags, node)
}

func (c *canvas) end() {
	if c.open {
		c.WriteString("EMC\n")
	}
	c.open = false
}

// paint sets the colour of what is filled, text included.
func (c *canvas) paint(color layout.Color) {
	if color != c.color {
		c.color = color
		fmt.Fprintf(c, "%s rg\n", numbers(float64(color[0])/255, float64(color[1])/255, float64(color[2])/255))
	}
}

func (c *canvas) text(t layout.Text) {
	face := c.file.face(t.Face)
	c.paint(t.Color)
	if set := fmt.Sprintf("/F%d %s Tf\n", face, number(t.Size)); set != c.font {
		c.font = set
		c.WriteString(set)
	}
	if t.Spread != c.spread {
		c.spread = t.Spread
		fmt.Fprintf(c, "%s Tc\n", fine(t.Spread))
	}
	fmt.Fprintf(c, "1 0 0 1 %s Tm %s Tj\n", numbers(t.X, c.height-t.Y), c.file.fonts[face].glyphs(t.Content))
}

// fine keeps the rounding of spreads from adding up over a line.
func fine(v float64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", v), "0"), ".")
}

// Measures of the mark across a page: its share of the diagonal, and its size at
// most.
const (
	markShare = 0.75
	markSize  = 90.0
)

// mark writes the mark in light grey along the diagonal.
func (c *canvas) mark(p *layout.Page) {
	if p.Mark == "" {
		return
	}
	face, width := c.file.face(font.Serif()), 0.0
	for _, r := range p.Mark {
		width += float64(font.Serif().Width(r)) / 1000
	}
	diagonal := math.Hypot(p.Width, p.Height)
	size := min(markShare*diagonal/width, markSize)
	sin, cos := p.Height/diagonal, p.Width/diagonal
	x := p.Width/2 - cos*size*width/2 + sin*size/3
	y := p.Height/2 - sin*size*width/2 - cos*size/3
	fmt.Fprintf(c, "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC q 0.92 g BT /F%d %s Tf %.4f %.4f %.4f %.4f %s Tm %s Tj ET Q EMC\n",
		face, number(size), cos, sin, -sin, cos, numbers(x, y), c.file.fonts[face].glyphs(p.Mark))
}

// wedge draws a part of a pie with white edges, as curves of an eighth of a turn at
// most.
func (c *canvas) wedge(w layout.Wedge) {
	c.paint(w.Color)
	at := func(turn, radius float64) (x, y float64) {
		sin, cos := math.Sincos(2 * math.Pi * turn)
		return w.X + radius*sin, c.height - w.Y + radius*cos
	}
	x, y := at(w.From, w.Radius)
	fmt.Fprintf(c, "q 1 G 0.8 w %s m %s l\n", numbers(w.X, c.height-w.Y), numbers(x, y))
	pieces := math.Ceil((w.To - w.From) * 8)
	turn := (w.To - w.From) / pieces
	// The control points of a circular arc lie on its tangents, 4/3·tan(angle/4) away.
	handle := math.Hypot(w.Radius, w.Radius*4/3*math.Tan(2*math.Pi*turn/4))
	lean := math.Atan(4.0/3*math.Tan(2*math.Pi*turn/4)) / (2 * math.Pi)
	for i := range int(pieces) {
		from := w.From + float64(i)*turn
		x1, y1 := at(from+lean, handle)
		x2, y2 := at(from+turn-lean, handle)
		x3, y3 := at(from+turn, w.Radius)
		fmt.Fprintf(c, "%s c\n", numbers(x1, y1, x2, y2, x3, y3))
	}
	c.WriteString("b Q\n")
}
