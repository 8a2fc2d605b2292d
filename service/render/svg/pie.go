// Package svg owns how charts are drawn as SVG, for pages and documents alike. It
// draws weights and prints the texts that come with them; it never computes a
// figure. Numbers stand in the chart's table beside it, so that colour is never
// the only sign.
package svg

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math"

	"biaochi/service/render"
)

// Colours of slices, in order and again from the start; each has a contrast of 3:1
// to white at least, and neighbours differ in lightness.
var colours = []string{"#0b4ea2", "#c2571a", "#1a6b34", "#8a5fb0", "#8a6d00", "#0f7f8c", "#a3295a", "#55606e", "#5b8a1d", "#7a4a2b"}

// Colour is that of a slice by its place.
func Colour(i int) string { return colours[i%len(colours)] }

const (
	side    = 240.0
	radius  = 108.0
	hole    = 54.0
	numbers = 84.0 // how far from the middle the numbers of slices stand
	tight   = 0.05 // of the whole: a smaller slice has no room for its number
)

// Pie draws a chart as a ring, from the top and with the hands of the clock. The
// same chart gives the same bytes. Weights that add up to nothing draw an empty
// ring. Errors: those of w.
func Pie(w io.Writer, c render.Chart) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" role="img" aria-label="%s">`, side, side, html.EscapeString(c.Title))
	fmt.Fprintf(out, "<title>%s</title>", html.EscapeString(c.Title))
	total := 0.0
	for _, s := range c.Slices {
		total += float64(s.Weight)
	}
	if total == 0 {
		fmt.Fprintf(out, `<circle cx="%.0f" cy="%.0f" r="%.0f" fill="none" stroke="#c9ced6"/>`, side/2, side/2, radius)
	}
	from := 0.0
	for i, s := range c.Slices {
		if s.Weight <= 0 {
			continue
		}
		share := float64(s.Weight) / total
		slice(out, i, s, from, share)
		from += share
	}
	out.WriteString("</svg>")
	return out.Flush()
}

func slice(out *bufio.Writer, i int, s render.Slice, from, share float64) {
	fmt.Fprintf(out, `<path d="%s" fill="%s" fill-rule="evenodd" stroke="#fff"><title>%s</title></path>`,
		outline(from, share), Colour(i), html.EscapeString(s.Label+" "+s.Amount+" "+s.Share))
	if share < tight {
		return
	}
	x, y := at(from+share/2, numbers-3)
	fmt.Fprintf(out, `<text x="%.2f" y="%.2f" fill="#fff" font-size="14" text-anchor="middle" dominant-baseline="central">%d</text>`, x, y, i+1)
}

// outline is the path of a slice; a whole ring is two circles, since an arc can't
// end where it begins.
func outline(from, share float64) string {
	if share > 0.9999 {
		return circle(radius) + circle(hole)
	}
	wide := 0
	if share > 0.5 {
		wide = 1
	}
	x1, y1 := at(from, radius)
	x2, y2 := at(from+share, radius)
	x3, y3 := at(from+share, hole)
	x4, y4 := at(from, hole)
	return fmt.Sprintf("M%.2f %.2fA%.0f %.0f 0 %d 1 %.2f %.2fL%.2f %.2fA%.0f %.0f 0 %d 0 %.2f %.2fZ",
		x1, y1, radius, radius, wide, x2, y2, x3, y3, hole, hole, wide, x4, y4)
}

func circle(r float64) string {
	return fmt.Sprintf("M%.2f %.2fa%.0f %.0f 0 1 0 %.0f 0a%.0f %.0f 0 1 0 %.0f 0Z", side/2-r, side/2, r, r, 2*r, r, r, -2*r)
}

// at gives the place on a circle after a share of a turn.
func at(turn, r float64) (x, y float64) {
	sin, cos := math.Sincos(2 * math.Pi * turn)
	return side/2 + r*sin, side/2 - r*cos
}
