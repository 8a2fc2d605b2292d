package csvfile

import (
	"encoding/csv"
	"io"
	"iter"
	"slices"
	"strings"

	"biaochi/service/render"
)

// WriteList writes a list for people, who open it in a spreadsheet: with a byte order
// mark, without which Chinese shows as noise there, lines that end in CR LF, and an
// apostrophe before whatever a spreadsheet would take for a formula.
func WriteList(w io.Writer, head []string, rows iter.Seq[[]string]) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(head); err != nil {
		return err
	}
	for row := range rows {
		line := make([]string, len(row))
		for i, text := range row {
			line[i] = harmless(text)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteTable writes a table as WriteList writes a list. Its rows are read before anything
// is written: an error of theirs leaves w untouched.
func WriteTable(w io.Writer, t render.Table) error {
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Heading
	}
	var lines [][]string
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		line := make([]string, len(head))
		for i := range line {
			line[i] = row.Cells[i].Text
		}
		lines = append(lines, line)
	}
	return WriteList(w, head, slices.Values(lines))
}

// harmless keeps a text from being run. Amounts below zero are no formulas.
func harmless(text string) string {
	start := strings.TrimLeft(text, " \t\r\n")
	amount := strings.Trim(strings.TrimPrefix(text, "-"), "0123456789.") == ""
	if start == "" || amount || !strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
		return text
	}
	return "'" + text
}
