package render

import "strings"

// Document is a document in reading order, for every format that shows all of it.
// Blocks come as they are read; a renderer may not reorder or leave out any.
type Document struct {
	Title string   `json:"title,omitzero"`  // of the cover and of the file's properties
	Owner string   `json:"owner,omitzero"`  // who publishes it, for the file's properties
	Cover []string `json:"cover,omitempty"` // lines above the title on the cover: who publishes
	// Imprint stands at the foot of the cover: dates, review marks, how to prove it.
	Imprint  []string `json:"imprint,omitempty"`
	Header   string   `json:"header,omitzero"`   // at the head of every page but the cover
	Mark     string   `json:"mark,omitzero"`     // on every page of what isn't published, "" once it is
	Language string   `json:"language,omitzero"` // "zh-CN"
	Plain    bool     `json:"plain,omitzero"`    // a form by itself: neither cover nor contents
	Blocks   []Block  `json:"-"`
}

// Block is a part of a document: Heading, Paragraph, *Table, Grid or Chart.
type Block interface{ block() }

// Heading opens a part (level 1), a section (2) or what is below it (3, 4). One with
// an Entry stands in the contents.
type Heading struct {
	Level   int    `json:"level,omitzero"`
	Text    string `json:"text,omitzero"`
	Anchor  string `json:"anchor,omitzero"` // unique in the document
	Entry   bool   `json:"entry,omitzero"`
	NewPage bool   `json:"newPage,omitzero"`
}

// Paragraph is running text; a Small one is a note.
type Paragraph struct {
	Text   string `json:"text,omitzero"`
	Small  bool   `json:"small,omitzero"`
	Anchor string `json:"anchor,omitzero"` // where a finding leads, "" for none
}

// Grid is a printed form: cells with spans both ways, like a sheet of paper ruled
// once for all. It starts on a page of its own and stands in the contents by its
// label and title.
type Grid struct {
	Anchor   string       `json:"anchor,omitzero"`
	Label    string       `json:"label,omitzero"` // 附表2-1
	Title    string       `json:"title,omitzero"`
	Subtitle string       `json:"subtitle,omitzero"`
	Entry    string       `json:"entry,omitzero"`   // how the contents name it
	Widths   []float64    `json:"widths,omitempty"` // share of each column; they add up to 1
	Rows     [][]GridCell `json:"rows,omitempty"`
	HeadRows int          `json:"headRows,omitzero"` // rows that are repeated where the grid breaks, counted from the top
	// Landscape asks for paper that is wider than high.
	Landscape bool `json:"landscape,omitzero"`
}

// GridCell is a cell of a grid where it begins; the places that spans of other cells
// cover are left out.
type GridCell struct {
	Text    string `json:"text,omitzero"`
	Colspan int    `json:"colspan,omitzero"` // 0 counts as 1
	Rowspan int    `json:"rowspan,omitzero"` // 0 counts as 1
	Label   bool   `json:"label,omitzero"`   // a printed word of the form, not what somebody filled in
	Center  bool   `json:"center,omitzero"`
	Number  bool   `json:"number,omitzero"` // right-aligned
}

// Spans gives both spans, at least 1 each.
func (c GridCell) Spans() (columns, rows int) { return max(c.Colspan, 1), max(c.Rowspan, 1) }

// Chart shows parts of a whole, with the numbers beside it.
type Chart struct {
	Anchor string  `json:"anchor,omitzero"`
	Title  string  `json:"title,omitzero"`
	Unit   string  `json:"unit,omitzero"` // of the amounts: 万元
	Slices []Slice `json:"slices,omitempty"`
	Total  string  `json:"total,omitzero"`
}

// Words says what the chart shows, for those who can't see it.
func (c Chart) Words() string {
	words := make([]string, len(c.Slices))
	for i, s := range c.Slices {
		words[i] = s.Label + s.Amount + c.Unit + "，占" + s.Share
	}
	return strings.Join(words, "；")
}

// Slice is a part: its texts are those of the narrative, and Weight alone is drawn.
type Slice struct {
	Label  string `json:"label,omitzero"`
	Amount string `json:"amount,omitzero"` // "11778.21"
	Share  string `json:"share,omitzero"`  // "89.56%"
	Weight int64  `json:"weight,omitzero"` // exact, not negative
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (*Table) block()    {}
func (Grid) block()      {}
func (Chart) block()     {}
