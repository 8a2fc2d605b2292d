package layout

import "biaochi/service/render/font"

// Measures of the paper, A4. Page furniture stands inside the margins.
const (
	paperShort   = 595.28
	paperLong    = 841.89
	MarginTop    = 72.0
	MarginBottom = 68.0
	MarginSide   = 56.7 // 20 mm
	HeaderTop    = 40.0
	FooterBottom = 40.0 // of the page number's line, from the lower edge
)

// style is how a text is set: face, size, distance of base lines, space around.
type style struct {
	face          *font.Face
	size          float64
	pitch         float64
	before, after float64
	indent        float64 // of the first line, in characters
	center        bool
	color         Color
}

// Sizes in points of the official ones: 二号 22, 三号 16, 小四 12, 五号 10.5, 小五 9.
const (
	TitleSize   = 30.0
	PartSize    = 22.0
	TextSize    = 16.0
	TextPitch   = 28.0
	NoteSize    = 10.5
	NotePitch   = 16.0
	EntrySize   = 12.0
	EntryPitch  = 21.0
	CaptionSize = 16.0
)

func textStyle() style {
	return style{face: font.Serif(), size: TextSize, pitch: TextPitch, indent: 2}
}

func noteStyle() style {
	return style{face: font.Serif(), size: NoteSize, pitch: NotePitch, before: 4, after: 2}
}

// headingStyle is that of a level: parts centred, sections in the style of 黑体, what
// is below as text.
func headingStyle(level int) style {
	switch level {
	case 1:
		return style{face: font.Sans(), size: PartSize, pitch: 40, before: 8, after: 16, center: true}
	case 2:
		return style{face: font.Sans(), size: TextSize, pitch: 30, before: 8, indent: 2}
	}
	return textStyle()
}

func captionStyle() style {
	return style{face: font.Sans(), size: CaptionSize, pitch: 26, center: true}
}

func subtitleStyle() style {
	return style{face: font.Serif(), size: EntrySize, pitch: 20, after: 4, center: true}
}

func chartStyle() style {
	return style{face: font.Sans(), size: EntrySize, pitch: 26, before: 6, center: true}
}

func labelStyle() style { return style{face: font.Serif(), size: EntrySize, pitch: 20} }

func coverTitleStyle() style {
	return style{face: font.Sans(), size: TitleSize, pitch: 48, center: true}
}

func coverLineStyle() style {
	return style{face: font.Serif(), size: TextSize, pitch: 32, center: true}
}

func entryStyle(level int) style {
	s := style{face: font.Serif(), size: EntrySize, pitch: EntryPitch}
	if level == 1 {
		s.face = font.Sans()
	}
	return s
}
