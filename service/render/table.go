// Package render owns how documents look on paper and in files: the layout model
// and, in the packages below it, one renderer a format. It knows nothing of
// budgets: texts, spans, alignments and numbers come in, bytes go out.
package render

import "iter"

// Table is a printed table: label, title, the line above it, a head with spans,
// rows, and a note where there is nothing to show.
type Table struct {
	Key        string                `json:"key,omitzero"`   // unique in a document and fit for an address: "income"
	Name       string                `json:"name,omitzero"`  // name of files, unique in a document: "01-预算收支总表"
	Tab        string                `json:"tab,omitzero"`   // short name for tabs and contents: 表1 预算收支总表
	Label      string                `json:"label,omitzero"` // 预算公开表1
	Title      string                `json:"title,omitzero"`
	AboveLeft  string                `json:"aboveLeft,omitzero"`  // 单位名称：…
	AboveRight string                `json:"aboveRight,omitzero"` // 单位：万元
	Landscape  bool                  `json:"landscape,omitzero"`
	Inline     bool                  `json:"inline,omitzero"` // stands within the text: no page and no entry in the contents
	Head       [][]HeadCell          `json:"head,omitempty"`
	NumberRow  []string              `json:"numberRow,omitempty"` // column numbers under the head, where the table has them
	Columns    []Column              `json:"columns,omitempty"`
	Rows       iter.Seq2[Row, error] `json:"-"`             // walked once a rendering
	Note       string                `json:"note,omitzero"` // below the table, "" for none
}

// Hold walks the rows once and keeps them, so that they can be walked again and by
// several at once. Errors are those of the walk.
func (t *Table) Hold() error {
	if t.Rows == nil {
		return nil
	}
	var rows []Row
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	t.Rows = func(yield func(Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
	return nil
}

// HeadCell is a cell of the head; spans of 0 count as 1.
type HeadCell struct {
	Text    string `json:"text,omitzero"`
	Colspan int    `json:"colspan,omitzero"`
	Rowspan int    `json:"rowspan,omitzero"`
}

// Spans gives both spans, at least 1 each.
func (c HeadCell) Spans() (columns, rows int) { return max(c.Colspan, 1), max(c.Rowspan, 1) }

// Column says how the cells below each other stand.
type Column struct {
	Heading string  `json:"heading,omitzero"` // the one-line head of plain formats
	Number  bool    `json:"number,omitzero"`  // right-aligned figures with two decimals
	Code    bool    `json:"code,omitzero"`    // codes: text of digits, never broken
	Width   float64 `json:"width,omitzero"`   // share of the table's width; 0 lets the renderer choose
}

// Row is a line of cells; Strong rows are totals, Group rows stand above others.
type Row struct {
	Cells  []Cell `json:"cells,omitempty"`
	Strong bool   `json:"strong,omitzero"`
	Group  bool   `json:"group,omitzero"`
	// Level indents the first cell that is neither number nor code; 0 is flush.
	Level int `json:"level,omitzero"`
}

// Cell is a text or a number of two decimals.
type Cell struct {
	Text   string `json:"text,omitzero"`   // what is printed, "" for nothing
	Number bool   `json:"number,omitzero"` // Hundredths holds the value behind Text
	// Hundredths is the shown value times 100, for formats that keep numbers.
	Hundredths int64  `json:"hundredths,omitzero"`
	Link       string `json:"link,omitzero"`   // address that opens the figure, "" for none
	Anchor     string `json:"anchor,omitzero"` // where links to the row lead, unique in a document, "" for none
}
