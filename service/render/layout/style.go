package layout

import "biaochi/service/render/font"

// Measures of the paper, A4. Page furniture stands inside the margins.
const (
	PaperShort   = 595.28
	PaperLong    = 841.89
	MarginTop    = 72.0
	MarginBottom = 68.0
	MarginSide   = 56.7 // 20 mm
	HeaderTop    = 40.0
	FooterBottom = 40.0 // of the page number's line, from the lower edge
)

// Style is how a text is set.
type Style struct {
	Face          *font.Face
	Size          float64
	Pitch         float64 // distance of base lines
	Before, After float64
	Indent        float64 // of the first line, in characters
	Center        bool
	Color         Color
}

// Sizes in points of the official ones: 一号 26, 二号 22, 三号 16, 小四 12, 五号 10.5.
const (
	titleSize = 30.0
	partSize  = 22.0
	textSize  = 16.0
	entrySize = 12.0
	noteSize  = 10.5
)

// TextStyle is that of paragraphs.
func TextStyle() Style {
	return Style{Face: font.Serif(), Size: textSize, Pitch: 28, Indent: 2}
}

// NoteStyle is that of small paragraphs, and of the lines over and under tables.
func NoteStyle() Style {
	return Style{Face: font.Serif(), Size: noteSize, Pitch: 16, Before: 4, After: 2}
}

// HeadingStyle is that of a level: parts centred, sections in the style of 黑体, what
// is below as text.
func HeadingStyle(level int) Style {
	switch level {
	case 1:
		return Style{Face: font.Sans(), Size: partSize, Pitch: 40, Before: 8, After: 16, Center: true}
	case 2:
		return Style{Face: font.Sans(), Size: textSize, Pitch: 30, Before: 8, Indent: 2}
	}
	return TextStyle()
}

// CaptionStyle is that of titles over tables and forms.
func CaptionStyle() Style {
	return Style{Face: font.Sans(), Size: textSize, Pitch: 26, Center: true}
}

// SubtitleStyle is that of the line below a form's title.
func SubtitleStyle() Style {
	return Style{Face: font.Serif(), Size: entrySize, Pitch: 20, After: 4, Center: true}
}

// ChartStyle is that of titles over charts.
func ChartStyle() Style {
	return Style{Face: font.Sans(), Size: entrySize, Pitch: 26, Before: 6, Center: true}
}

// LabelStyle is that of 附表2-1 over a title.
func LabelStyle() Style { return Style{Face: font.Serif(), Size: entrySize, Pitch: 20} }

// CoverTitleStyle is that of the document's title.
func CoverTitleStyle() Style {
	return Style{Face: font.Sans(), Size: titleSize, Pitch: 48, Center: true}
}

// CoverLineStyle is that of what stands above it.
func CoverLineStyle() Style {
	return Style{Face: font.Sans(), Size: partSize, Pitch: 40, Center: true}
}

// EntryStyle is that of lines of the contents.
func EntryStyle(level int) Style {
	s := Style{Face: font.Serif(), Size: entrySize, Pitch: 21}
	if level == 1 {
		s.Face = font.Sans()
	}
	return s
}
