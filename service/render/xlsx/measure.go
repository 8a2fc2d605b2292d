package xlsx

import (
	"math"

	"golang.org/x/text/width"
)

// Measures in points; a unit of column width is the width of a digit in the
// workbook's default font, seven pixels of 96 to the inch.
const (
	pointsPerUnit = 7 * 72 / 96.0
	cellPadding   = 5 * 72 / 96.0 // both sides together, as Excel keeps free
	lineHeight    = 1.3           // of the font size
	rowPadding    = 3.0
	maxHeight     = 409.0 // of a row
)

// linesOf counts the lines that a text takes in a column of so many units. Excel
// grows rows by itself neither for merged cells nor in streamed sheets.
func linesOf(text string, units, fontSize float64, indent int) int {
	room := units*pointsPerUnit - cellPadding - float64(indent)*indentPoints
	lines, used, word := 1, 0.0, 0.0
	for _, r := range text {
		if r == '\n' {
			lines, used, word = lines+1, 0, 0
			continue
		}
		em, alone := runeWidth(r)
		w := em * fontSize
		word += w
		if alone {
			word = w
		}
		if used+w > room && used > 0 && r != ' ' {
			if word > room {
				word = w // longer than a line: it breaks anywhere
			}
			lines++
			used = word - w // what belongs together moves to the next line
		}
		used += w
		if r == ' ' {
			word = 0
		}
	}
	return lines
}

// indentPoints is how far one step of indentation moves a text.
const indentPoints = 9.0

// runeWidth gives a character's width in parts of the font size, and whether it is
// a word alone: lines break before any Chinese character, but not inside words.
func runeWidth(r rune) (em float64, alone bool) {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 1, true
	}
	return 0.56, false
}

// heightFor gives the height of a row of so many lines.
func heightFor(lines int, fontSize float64) float64 {
	return min(fullHeight(lines, fontSize), maxHeight)
}

// fullHeight is what so many lines need, be it more than a row can have.
func fullHeight(lines int, fontSize float64) float64 {
	return math.Ceil(float64(lines)*fontSize*lineHeight + rowPadding)
}
