package layout

import (
	"fmt"
	"strings"
	"testing"

	"biaochi/service/render"
	"biaochi/service/render/font"
	"biaochi/service/render/rendertest"
)

// TestFirmBreaks: where a table goes on, the next row has no room on the page in a
// DOCX either, whose pages are longer and whose rows are as high as told.
func TestFirmBreaks(t *testing.T) {
	for rows := 30; rows < 60; rows++ {
		table := rendertest.Table(1, true, rows)
		d := render.Document{Plain: true, Blocks: []render.Block{table}}
		book := lay(t, d)
		s := book.Sheets[0]
		bottom := book.Pages[0].Height - MarginBottom
		row := s.Head
		for i, p := range book.Pages[:len(book.Pages)-1] {
			var ends []float64
			for _, b := range p.Boxes {
				ends = append(ends, b.Y+b.H)
			}
			last := 0.0
			for _, y := range ends {
				last = max(last, y)
			}
			if last > bottom+tolerance {
				t.Fatalf("%d rows: page %d ends at %.1f of %.1f", rows, i+1, last, bottom)
			}
			for strings.Contains(pageText(p), fmt.Sprint(2080100+row-s.Head)) {
				row++
			}
			if row < s.Rows && last+s.RowHeight(row) <= bottom+Spare {
				t.Errorf("%d rows: row %d of %.1f points fits below %.1f on page %d of a DOCX", rows, row, s.RowHeight(row), last, i+1)
			}
		}
	}
}

// TestPartsStartPages: a part begins a page also where the one before ends with
// headings that have nothing below them.
func TestPartsStartPages(t *testing.T) {
	part, section := render.Heading{Level: 1, Text: "部分", NewPage: true}, render.Heading{Level: 2, Text: "节"}
	blocks := []render.Block{part, section, part, part, rendertest.Table(1, false, 3)}
	for i, want := range []bool{true, false, true, true, false} {
		if got := StartsPage(blocks, i); got != want {
			t.Errorf("block %d: %v", i, got)
		}
	}
	if pages := lay(t, render.Document{Plain: true, Blocks: blocks}).Pages; len(pages) != 3 {
		t.Errorf("%d pages", len(pages))
	}
}

// TestWideLines: with other fonts letters, digits and the gaps around them take more
// room, and rows leave it.
func TestWideLines(t *testing.T) {
	const text, size = "2026年12月31日前", 10.0
	room := textWidth(text, font.Serif(), size)
	if n := len(breakLines(text, font.Serif(), size, room, 0)); n != 1 {
		t.Fatalf("%d lines", n)
	}
	if n := wideLines(text, font.Serif(), size, room); n != 2 {
		t.Errorf("%d lines with other fonts", n)
	}
	if n := wideLines("全是汉字的一行", font.Serif(), size, 70); n != 1 {
		t.Errorf("%d lines of Chinese", n)
	}
	grid := render.Grid{Widths: []float64{0.5, 0.5}, Rows: [][]render.GridCell{{{Text: strings.Repeat("12345年", 5)}, {Text: "一"}}}}
	s := gridSheet(grid)
	s.settle(grid.Widths, 480, pageRoom{})
	if c := s.Cells[0]; c.asked <= len(c.lines) || s.RowHeight(0) < float64(c.asked)*s.Pitch() {
		t.Errorf("%d lines, %d asked, row of %.1f", len(c.lines), c.asked, s.RowHeight(0))
	}
}
