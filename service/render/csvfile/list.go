package csvfile

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"
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

// harmless keeps a text from being run. Amounts below zero are no formulas.
func harmless(text string) string {
	start := strings.TrimLeft(text, " \t\r\n")
	amount := strings.Trim(strings.TrimPrefix(text, "-"), "0123456789.") == ""
	if start == "" || amount || !strings.ContainsRune("=+-@＝＋－＠", []rune(start)[0]) {
		return text
	}
	return "'" + text
}
