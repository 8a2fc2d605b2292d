package render

// IdentitySheet is the hidden sheet of a FillBook that holds what the file says of
// itself, a name and a value in each row; Excel shows it nowhere.
const IdentitySheet = "biaochi"

// FillBook is a workbook that people fill in and send back.
type FillBook struct {
	Title    string
	Identity map[string]string // what the file says of itself when it comes back, hidden
	Sheets   []FillSheet
}

// FillSheet is one of its sheets: everything but open cells is locked.
type FillSheet struct {
	Name      string // unique, as Excel allows names
	Widths    []float64
	Cells     []FillCell
	Landscape bool
	Frozen    int // rows that stay in sight
}

// FillCell is a cell with its place, counted from 1.
type FillCell struct {
	Row, Column   int
	Rows, Columns int // spans; 0 counts as 1
	Text          string
	// Amount marks a figure in yuan with two decimals; Text is its decimal notation
	// then, "" for blank.
	Amount  bool
	Formula string   // computed by the sheet: shown, never read
	Open    bool     // to be filled in
	Choices []string // of an open cell: one of these
	Title   bool     // over the sheet
	Label   bool     // a printed word of the form
	Center  bool
}

// Spans gives both spans, at least 1 each.
func (c FillCell) Spans() (columns, rows int) { return max(c.Columns, 1), max(c.Rows, 1) }
