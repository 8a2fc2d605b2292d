// Package csvfile owns how a table looks as CSV: one line of headings, then the
// rows as shown. It must not know where tables come from.
package csvfile

import (
	"encoding/csv"
	"io"

	"biaochi/service/render"
)

// Write writes a table as CSV: UTF-8 without a byte order mark, lines that end in
// LF, quotes where RFC 4180 asks for them. Texts stay as they are, those that
// begin like a formula too: the file is data, cell for cell. It streams; an error
// of the rows or of w ends it.
func Write(w io.Writer, t render.Table) error {
	out := csv.NewWriter(w)
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = c.Heading
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		for i := range line {
			line[i] = row.Cells[i].Text
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
