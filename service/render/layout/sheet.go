package layout

import (
	"math"
	"slices"

	"biaochi/service/render/font"
)

// Align is how a text stands in its cell.
type Align int

// Alignments.
const (
	Left Align = iota
	Center
	Right
)

// Cell is a cell of a sheet where it begins, counted from 0.
type Cell struct {
	Row, Column   int
	Rows, Columns int
	Text          string
	Align         Align
	Strong        bool
	Label         bool    // a printed word: never torn, and repeated where a page breaks
	Names         bool    // says what the figures of its row are of
	Indent        float64 // in characters
	Swatch        *Color
	word, whole   float64 // room of the longest word and of the text, in parts of the size
	wide          float64 // room of the text with other fonts
	lines         []line
	asked         int // lines that the text may take with other fonts
	drawn         int // lines that stand on pages already
	node          int // element of the structure
	shown         bool
}

// Sheet is a ruled grid of cells with spans: a table, a form, or a legend.
type Sheet struct {
	Widths  []float64
	Rows    int
	Head    int   // rows repeated on each page
	Alone   []int // rows that may not be the last of a page: group rows
	Torn    []int // rows that stand on more than one page, once drawn
	Size    float64
	PadY    float64      // above and below the lines of a cell
	Cells   []*Cell      // by row, then by column
	figures map[int]bool // columns of figures in a table
	rowsOf  [][]*Cell
	height  []float64
}

// Padding of cells, and the distance of lines in parts of the size.
const (
	PadX       = 4.0
	padWide    = 3.0
	padTight   = 1.5
	linePitch  = 1.35
	largest    = 10.5
	readable   = 8.5 // below it nothing is made smaller to save a page
	smallest   = 7.0 // below it words are broken instead
	fewPages   = 3   // what is made smaller to save a page has no more
	step       = 0.5
	nameEms    = 4.0 // characters that a column of names has room for
	longestCut = 0.4 // of the width that an unbroken word may ask for
)

// Pitch is the distance of the lines in a cell.
func (s *Sheet) Pitch() float64 { return s.Size * linePitch }

func (c *Cell) face() *font.Face {
	if c.Strong {
		return font.Sans()
	}
	return font.Serif()
}

// settle chooses the size of characters and the widths of columns, so that numbers,
// codes and words stay whole; a sheet of few pages is set tighter and smaller where
// that saves one. Shares add up to 1; 0 asks for an equal part of what the others
// leave.
func (s *Sheet) settle(shares []float64, width float64, room pageRoom) {
	s.Head = min(s.Head, s.Rows)
	shares = fillShares(shares, s.columns())
	s.index()
	for _, c := range s.Cells {
		c.word, c.whole, c.wide = longestWord(c.Text, c.face()), textWidth(c.Text, c.face(), 1), wideWidth(c.Text, c.face())
	}
	s.aloneLabels()
	size := largest
	for ; size > smallest; size -= step {
		if _, fits := s.fitColumns(shares, width, size); fits {
			break
		}
	}
	s.set(shares, width, size, padWide)
	pages := s.pages(room)
	if pages == 1 || pages > fewPages || size < readable {
		return
	}
	s.set(shares, width, readable, padTight)
	least := s.pages(room)
	if least == pages {
		s.set(shares, width, size, padWide)
		return
	}
	for ; size > readable; size -= step {
		if s.set(shares, width, size, padTight); s.pages(room) == least {
			return
		}
	}
	s.set(shares, width, readable, padTight)
}

// index lists the cells of each row.
func (s *Sheet) index() {
	if s.rowsOf != nil {
		return
	}
	s.rowsOf = make([][]*Cell, s.Rows)
	for _, c := range s.Cells {
		s.rowsOf[c.Row] = append(s.rowsOf[c.Row], c)
	}
}

// pageRoom is the height that a sheet has on its first page and on further ones; 0
// where it doesn't matter how many pages it takes.
type pageRoom struct{ first, next float64 }

// pages is how many pages the sheet takes, about.
func (s *Sheet) pages(room pageRoom) int {
	rest := sum(s.height) - room.first
	if room.first == 0 || rest <= 0 {
		return 1
	}
	return 1 + int(math.Ceil(rest/max(room.next-sum(s.height[:s.Head]), s.Pitch())))
}

// set breaks the lines of all cells at a size, and makes the rows as high as they
// ask.
func (s *Sheet) set(shares []float64, width, size, pad float64) {
	s.Size, s.PadY = size, pad
	s.Widths, _ = s.fitColumns(shares, width, size)
	for _, c := range s.Cells {
		room := s.across(c) - 2*PadX - c.Indent*size
		c.lines = breakLines(c.Text, c.face(), size, room, 0)
		if c.asked = len(c.lines); c.asked > 1 || c.wide*size > room+2*Give {
			c.asked = max(c.asked, wideLines(c.Text, c.face(), size, room+2*Give))
		}
	}
	s.settleHeights()
}

// Give is room that cells have in a DOCX and not in the layout, on either side, for
// fonts that are wider.
const Give = 2.0

// aloneLabels finds the rows inside a form that are heads of those below.
func (s *Sheet) aloneLabels() {
	for row := s.Head; row < s.Rows-1; row++ {
		cells := s.rowsOf[row]
		if len(cells) > 0 && !slices.ContainsFunc(cells, func(c *Cell) bool { return !c.Label }) {
			s.Alone = append(s.Alone, row)
		}
	}
}

// fillShares gives columns without a share an equal part of the rest, and makes the
// sum 1.
func fillShares(given []float64, columns int) []float64 {
	shares, sum, open := make([]float64, columns), 0.0, 0
	copy(shares, given)
	for _, v := range shares {
		if sum += v; v <= 0 {
			open++
		}
	}
	if open > 0 {
		part := max(1-sum, 0.1*float64(open)) / float64(open)
		for i, v := range shares {
			if v <= 0 {
				shares[i] = part
				sum += part
			}
		}
	}
	for i := range shares {
		shares[i] /= sum
	}
	return shares
}

// fitColumns widens columns to their longest word at the cost of those with room to
// spare; it says whether there was enough of that.
func (s *Sheet) fitColumns(shares []float64, width, size float64) ([]float64, bool) {
	needs := s.needs(shares, width, size)
	widths := make([]float64, len(shares))
	missing, spare := 0.0, 0.0
	for i, share := range shares {
		widths[i] = share * width
		missing += max(needs[i]-widths[i], 0)
		spare += max(widths[i]-needs[i], 0)
	}
	part := 1.0
	if missing > spare {
		part = spare / missing
	}
	for i := range widths {
		if over := widths[i] - needs[i]; over < 0 {
			widths[i] -= over * part
		} else if missing > 0 {
			widths[i] -= over * missing * part / spare
		}
	}
	s.giveNames(widths, needs, size)
	return widths, missing <= spare
}

// giveNames lets columns of names take what columns of figures don't need, as far as
// that keeps names in one line.
func (s *Sheet) giveNames(widths, needs []float64, size float64) {
	wants := make([]float64, len(widths))
	for _, c := range s.Cells {
		if c.Columns == 1 && !c.Label && !s.figures[c.Column] {
			wants[c.Column] = max(wants[c.Column], (c.whole+c.Indent)*size+2*PadX+1)
		}
	}
	missing, spare := 0.0, 0.0
	for i := range widths {
		if missing += max(wants[i]-widths[i], 0); s.figures[i] {
			spare += max(widths[i]-needs[i], 0)
		}
	}
	if missing == 0 || spare == 0 {
		return
	}
	given := min(missing, spare)
	for i := range widths {
		if s.figures[i] {
			widths[i] -= max(widths[i]-needs[i], 0) * given / spare
		} else {
			widths[i] += max(wants[i]-widths[i], 0) * given / missing
		}
	}
}

// needs is the room of each column for its longest word, in cells of that column
// alone, and for a few characters where its share is that wide.
func (s *Sheet) needs(shares []float64, width, size float64) []float64 {
	needs := make([]float64, len(shares))
	for i, share := range shares {
		needs[i] = min(nameEms*size+2*PadX, share*width)
	}
	for _, c := range s.Cells {
		if c.Columns == 1 {
			word := (c.word+c.Indent)*size + 2*PadX
			needs[c.Column] = max(needs[c.Column], min(word, longestCut*width))
		}
	}
	return needs
}

func (s *Sheet) columns() (n int) {
	for _, c := range s.Cells {
		n = max(n, c.Column+c.Columns)
	}
	return n
}

// across and down are the extent of a cell.
func (s *Sheet) across(c *Cell) float64 { return sum(s.Widths[c.Column : c.Column+c.Columns]) }

func (s *Sheet) left(c *Cell) float64 { return sum(s.Widths[:c.Column]) }

func (c *Cell) end() int { return c.Row + c.Rows }

// RowHeight is the height of a row that is not torn, as a DOCX should have it.
func (s *Sheet) RowHeight(row int) float64 { return s.height[row] }

// settleHeights makes every row as high as its cells ask; a cell over several rows
// stretches its last one.
func (s *Sheet) settleHeights() {
	s.height = make([]float64, s.Rows)
	for i := range s.height {
		s.height[i] = s.Pitch() + 2*s.PadY
	}
	for _, c := range s.Cells {
		if c.Rows == 1 {
			s.height[c.Row] = max(s.height[c.Row], s.need(c))
		}
	}
	for _, c := range s.Cells {
		s.stretch(c, c.Row)
	}
}

// need is the height of the lines of a cell that are still to be drawn, with room for
// those of other fonts.
func (s *Sheet) need(c *Cell) float64 {
	left := 0
	if c.drawn < len(c.lines) {
		left = c.asked - c.drawn
	}
	return float64(left)*s.Pitch() + 2*s.PadY
}

// stretch makes the rows of a cell from one on high enough for what is left of it.
func (s *Sheet) stretch(c *Cell, from int) {
	if missing := s.need(c) - sum(s.height[from:c.end()]); missing > 0 {
		s.height[c.end()-1] += missing
	}
}

func sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
}
