package xlsx

import "github.com/xuri/excelize/v2"

// Fonts of Chinese official documents; a machine without them shows its own.
const (
	titleFont = "方正小标宋简体"
	headFont  = "黑体"
	textFont  = "仿宋"
	bodyFont  = "宋体"
)

// Sizes in points.
const (
	titleSize     = 18.0
	coverSize     = 16.0
	formTitleSize = 14.0
	sectionSize   = 12.0
	labelSize     = 12.0
	textSize      = 11.0
	bodySize      = 10.0
)

// look names a kind of cell.
type look int

const (
	labelLook look = iota
	titleLook
	aboveLeftLook
	aboveRightLook
	headLook
	numbersLook // the row of column numbers
	nameLook
	codeLook
	figureLook
	noteLook
	coverLook
	sectionLook
	paragraphLook
	linkLook
	shareLook // figures kept as text
	centreLook
)

const (
	linkColour = "0B4EA2"
	openColour = "FFFBE6" // of cells to fill in
)

// numberFormat shows two decimals always, and a minus before negative figures.
const numberFormat = "#,##0.00;-#,##0.00"

// textFormat keeps codes and texts as they are when somebody edits them.
const textFormat = 49

// styleKey is a look with its variants.
type styleKey struct {
	look   look
	strong bool
	indent int
	open   bool // may be changed where the sheet is locked
}

// styles makes each style of a workbook once, when it is first asked for.
type styles struct {
	file *excelize.File
	ids  map[styleKey]int
}

func newStyles(file *excelize.File) *styles { return &styles{file, map[styleKey]int{}} }

func (s *styles) id(k styleKey) (int, error) {
	if id, ok := s.ids[k]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(k.style())
	if err == nil {
		s.ids[k] = id
	}
	return id, err
}

func (k styleKey) style() *excelize.Style {
	style := &excelize.Style{
		Font:      &excelize.Font{Family: bodyFont, Size: bodySize, Bold: k.strong},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true, Indent: k.indent},
		NumFmt:    textFormat,
	}
	k.font(style.Font)
	style.Alignment.Horizontal = k.horizontal()
	if k.boxed() {
		style.Border = thinBox
	}
	if k.open {
		style.Protection = &excelize.Protection{Locked: false}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{openColour}}
	}
	if k.look == figureLook {
		format := numberFormat
		style.NumFmt, style.CustomNumFmt = 0, &format
		// Excel prints ##### where a number doesn't fit: shrink it instead.
		style.Alignment.WrapText, style.Alignment.ShrinkToFit = false, true
	}
	return style
}

func (k styleKey) font(f *excelize.Font) {
	switch k.look {
	case labelLook:
		f.Family, f.Size = headFont, labelSize
	case titleLook:
		f.Family, f.Size = titleFont, titleSize
	case headLook:
		f.Family = headFont
	case coverLook:
		f.Family, f.Size = titleFont, coverSize
	case sectionLook:
		f.Family, f.Size = headFont, sectionSize
	case paragraphLook:
		f.Family, f.Size = textFont, textSize
	case linkLook:
		f.Family, f.Size, f.Color = textFont, textSize, linkColour
	case aboveLeftLook, aboveRightLook, noteLook, nameLook:
		f.Family = textFont
	}
}

func (k styleKey) horizontal() string {
	switch k.look {
	case titleLook, headLook, numbersLook, coverLook, centreLook:
		return "center"
	case aboveRightLook, figureLook, shareLook:
		return "right"
	}
	return "left"
}

func (k styleKey) boxed() bool {
	switch k.look {
	case headLook, numbersLook, nameLook, codeLook, figureLook, shareLook:
		return true
	}
	return false
}

var thinBox = []excelize.Border{
	{Type: "left", Color: "000000", Style: 1},
	{Type: "right", Color: "000000", Style: 1},
	{Type: "top", Color: "000000", Style: 1},
	{Type: "bottom", Color: "000000", Style: 1},
}
