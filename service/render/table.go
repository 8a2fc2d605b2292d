// Package render owns how documents look on paper and in files: the layout model
// and, in the packages below it, one renderer a format. It knows nothing of
// budgets: texts, spans, alignments and numbers come in, bytes go out.
package render

import "iter"

// Table is a printed table: label, title, the line above it, a head with spans,
// rows, and a note where there is nothing to show.
type Table struct {
	Key        string // unique in a document and fit for an address: "income"
	Name       string // name of files, unique in a document: "01-预算收支总表"
	Tab        string // short name for tabs and contents: 表1 预算收支总表
	Label      string // 预算公开表1
	Title      string
	AboveLeft  string // 单位名称：…
	AboveRight string // 单位：万元
	Landscape  bool
	Inline     bool // stands within the text: no page and no entry in the contents
	Head       [][]HeadCell
	NumberRow  []string // column numbers under the head, where the table has them
	Columns    []Column
	Rows       iter.Seq2[Row, error] // walked once a rendering
	Note       string                // below the table, "" for none
}

// HeadCell is a cell of the head; spans of 0 count as 1.
type HeadCell struct {
	Text    string
	Colspan int
	Rowspan int
}

// Spans gives both spans, at least 1 each.
func (c HeadCell) Spans() (columns, rows int) { return max(c.Colspan, 1), max(c.Rowspan, 1) }

// Column says how the cells below each other stand.
type Column struct {
	Heading string  // the one-line head of plain formats
	Number  bool    // right-aligned figures with two decimals
	Code    bool    // codes: text of digits, never broken
	Width   float64 // share of the table's width; 0 lets the renderer choose
}

// Row is a line of cells; Strong rows are totals, Group rows stand above others.
type Row struct {
	Cells  []Cell
	Strong bool
	Group  bool
	// Level indents the first cell that is neither number nor code; 0 is flush.
	Level int
}

// Cell is a text or a number of two decimals.
type Cell struct {
	Text   string // what is printed, "" for nothing
	Number bool   // Hundredths holds the value behind Text
	// Hundredths is the shown value times 100, for formats that keep numbers.
	Hundredths int64
	Link       string // address that opens the figure, "" for none
	Anchor     string // where links to the row lead, unique in a document, "" for none
}
