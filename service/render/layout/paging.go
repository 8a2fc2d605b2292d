package layout

import "slices"

// part is what of a sheet stands on one page: whole rows, and perhaps a piece of a
// row that is higher than the room.
type part struct {
	from, to int       // rows, to excluded
	heights  []float64 // of these rows on this page
	torn     bool      // the last row goes on
}

// draw places the sheet over as many pages as it needs.
func (f *flow) draw(s *Sheet, x float64) {
	head := sum(s.height[:s.Head])
	if head > f.full()/2 {
		s.Head, head = 0, 0 // too long to be repeated
	}
	s.loosen(f.full() - head)
	for row := s.Head; row < s.Rows || row == s.Head; {
		room := f.room() - head
		p, ok := s.cut(row, room, f.full()-head)
		if !ok && !f.fresh() {
			f.newPage()
			continue
		}
		s.firm(p, room)
		if s.Head > 0 {
			f.drawPart(s, x, part{from: 0, to: s.Head, heights: s.height[:s.Head]})
			s.restart()
		}
		f.drawPart(s, x, p)
		if row = p.to; p.torn {
			row--
			s.Torn = append(s.Torn, row)
		}
		if row >= s.Rows {
			return
		}
		s.resume(row, p.torn)
		f.newPage()
	}
}

// Spare is what the pages of a DOCX are longer than those of the layout, so that
// roundings of an office push nothing to the next page.
const Spare = 10.0

// firmness is how much room, beyond Spare, the row after a page lacks there.
const firmness = 4.0

// Rule is the thickness of the lines of a DOCX. It adds to the height of a row that
// its text fills, and is part of one that asks for more.
const Rule = 0.5

// firm stretches the rows of a part until the next row has no room on its page in a
// DOCX either: contents of both name the same pages.
func (s *Sheet) firm(p part, room float64) {
	if p.torn || p.to >= s.Rows || p.to == p.from {
		return
	}
	left := room - sum(p.heights)
	more := min(left, left+Spare+firmness-s.height[p.to])
	if more <= 0 {
		return
	}
	for i := range p.heights {
		p.heights[i] += more / float64(len(p.heights))
		s.height[p.from+i] = p.heights[i] + Rule
	}
}

// restart lets the cells of the head be drawn again.
func (s *Sheet) restart() {
	for _, c := range s.Cells {
		if c.Row >= s.Head {
			return
		}
		c.drawn = 0
	}
}

// cut takes rows as long as they fit. ok is false where nothing sensible fits here
// and a fresh page is better.
func (s *Sheet) cut(row int, room, full float64) (p part, ok bool) {
	used, end := 0.0, row
	for end < s.Rows && used+s.height[end] <= room+tolerance {
		used += s.height[end]
		end++
	}
	if end < s.Rows && s.tearable(end, room-used, full) {
		heights := append(slices.Clone(s.height[row:end]), s.piece(room-used))
		return part{row, end + 1, heights, true}, true
	}
	if end < s.Rows {
		end = s.withCompany(row, end)
	}
	return part{row, end, slices.Clone(s.height[row:end]), false}, end > row || row == s.Rows
}

// withCompany moves the end up over rows that may not stand last on a page; where
// nothing is left, the rows stay where they are.
func (s *Sheet) withCompany(row, end int) int {
	for e := end; e > row; e-- {
		if !slices.Contains(s.Alone, e-1) {
			return e
		}
	}
	return end
}

// Rows are torn where a page would stay a third empty, and then not for less than
// three lines.
const (
	tornShare = 1.0 / 3
	tornLines = 3
)

// tearable says whether a row is so high that a piece of it belongs here.
func (s *Sheet) tearable(row int, room, full float64) bool {
	enough := room >= tornLines*s.Pitch()+2*s.PadY
	if s.height[row] > full {
		return enough
	}
	return enough && room >= tornShare*full && s.height[row] > tornShare*full
}

// piece is the height of a torn row: whole lines.
func (s *Sheet) piece(room float64) float64 {
	lines := int((room - 2*s.PadY + tolerance) / s.Pitch())
	return float64(lines)*s.Pitch() + 2*s.PadY
}

// resume makes the rows from one on high enough for what earlier pages left of them;
// of a torn row only the rest counts.
func (s *Sheet) resume(row int, torn bool) {
	if torn {
		s.height[row] = s.Pitch() + 2*s.PadY
		for _, c := range s.rowsOf[row] {
			if c.Rows == 1 {
				s.height[row] = max(s.height[row], s.need(c))
			}
		}
	}
	for _, c := range s.Cells {
		if c.Row <= row && c.end() > row {
			s.stretch(c, row)
		}
	}
}

// loosen lets labels be torn that are longer than a page.
func (s *Sheet) loosen(full float64) {
	for _, c := range s.Cells {
		if c.Label && s.need(c) > full {
			c.Label = false
		}
	}
}

// drawPart frames the cells that the part touches and writes what fits of them.
func (f *flow) drawPart(s *Sheet, x float64, p part) {
	for _, c := range s.Cells {
		if c.Row >= p.to {
			break
		}
		if c.end() <= p.from {
			continue
		}
		top, bottom := max(c.Row, p.from), min(c.end(), p.to)
		box := Rect{
			X: x + s.left(c), W: s.across(c),
			Y: f.y + sum(p.heights[:top-p.from]), H: sum(p.heights[top-p.from : bottom-p.from]),
		}
		f.page.box(box)
		s.write(f.page, c, box, c.end() > p.to || p.torn && c.end() == p.to)
	}
	f.y += sum(p.heights)
}

// write sets the lines of a cell that the box has room for. A label is set whole or
// not at all, and again on each page where its cell goes on.
func (s *Sheet) write(page *Page, c *Cell, box Rect, goesOn bool) {
	fit := int((box.H - 2*s.PadY + tolerance) / s.Pitch())
	lines := c.lines[c.drawn:]
	if c.Label {
		if lines = c.lines; goesOn && fit < len(lines) {
			return
		}
	}
	torn := c.drawn > 0 && !c.Label || len(lines) > fit
	lines = lines[:min(len(lines), fit)]
	if c.drawn += len(lines); c.Label {
		c.drawn = len(c.lines)
	}
	top := box.Y + (box.H-float64(len(lines))*s.Pitch())/2
	if torn {
		top = box.Y + s.PadY
	}
	page.tag = s.tagOf(c)
	for i, l := range lines {
		style := Style{Face: c.face(), Size: s.Size}
		page.write(s.start(c, box, l), top+float64(i)*s.Pitch(), s.Pitch(), style, l.text, 0)
	}
	if c.Swatch != nil {
		side := s.Size
		page.Fills = append(page.Fills, Fill{Rect{box.X + (box.W-side)/2, box.Y + (box.H-side)/2, side, side}, *c.Swatch})
	}
}

// tagOf gives the element of what is written of a cell: none where a head or a label
// is repeated.
func (s *Sheet) tagOf(c *Cell) int {
	if c.shown && (c.Label || c.Row < s.Head) {
		return root
	}
	c.shown = true
	return c.node
}

// start is where a line of a cell begins.
func (s *Sheet) start(c *Cell, box Rect, l line) float64 {
	switch c.Align {
	case Center:
		return box.X + (box.W-l.width)/2
	case Right:
		return box.X + box.W - PadX - l.width
	}
	return box.X + PadX + c.Indent*s.Size
}
