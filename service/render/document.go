package render

// Document is a document in reading order, for every format that shows all of it.
// Blocks come as they are read; a renderer may not reorder or leave out any.
type Document struct {
	Title    string   // of the cover and of the file's properties
	Owner    string   // who publishes it, for the file's properties
	Cover    []string // lines above the title on the cover: who publishes
	Header   string   // at the head of every page but the cover
	Mark     string   // on every page of what isn't published, "" once it is
	Language string   // "zh-CN"
	Blocks   []Block
}

// Block is a part of a document: Heading, Paragraph, *Table, Grid or Chart.
type Block interface{ block() }

// Heading opens a part (level 1), a section (2) or what is below it (3, 4). One with
// an Entry stands in the contents.
type Heading struct {
	Level   int
	Text    string
	Anchor  string // unique in the document
	Entry   bool
	NewPage bool
}

// Paragraph is running text; a Small one is a note.
type Paragraph struct {
	Text   string
	Small  bool
	Anchor string // where a finding leads, "" for none
}

// Grid is a printed form: cells with spans both ways, like a sheet of paper ruled
// once for all. It starts on a page of its own and stands in the contents by its
// label and title.
type Grid struct {
	Anchor   string
	Label    string // 附表2-1
	Title    string
	Subtitle string
	Entry    string    // how the contents name it
	Widths   []float64 // share of each column; they add up to 1
	Rows     [][]GridCell
	HeadRows int // rows that are repeated where the grid breaks, counted from the top
}

// GridCell is a cell of a grid where it begins; the places that spans of other cells
// cover are left out.
type GridCell struct {
	Text    string
	Colspan int  // 0 counts as 1
	Rowspan int  // 0 counts as 1
	Label   bool // a printed word of the form, not what somebody filled in
	Center  bool
	Number  bool // right-aligned
}

// Spans gives both spans, at least 1 each.
func (c GridCell) Spans() (columns, rows int) { return max(c.Colspan, 1), max(c.Rowspan, 1) }

// Chart shows parts of a whole, with the numbers beside it.
type Chart struct {
	Anchor string
	Title  string
	Unit   string // of the amounts: 万元
	Slices []Slice
	Total  string
}

// Slice is a part: its texts are those of the narrative, and Weight alone is drawn.
type Slice struct {
	Label  string
	Amount string // "11778.21"
	Share  string // "89.56%"
	Weight int64  // exact, not negative
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (*Table) block()    {}
func (Grid) block()      {}
func (Chart) block()     {}
