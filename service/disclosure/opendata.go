package disclosure

import (
	"bufio"
	"encoding/json"
	"io"

	"biaochi/service/budget"
)

// openTable is a table as open data; docs/schema/table.v1.schema.json describes it.
// The rows follow by themselves, since they may be too many to hold.
type openTable struct {
	Table      string       `json:"table"`
	Number     int          `json:"number"`
	Title      string       `json:"title"`
	Unit       string       `json:"unit"`
	Year       int          `json:"year"`
	AmountUnit string       `json:"amountUnit"`
	Empty      bool         `json:"empty"`
	Note       string       `json:"note"`
	Columns    []openColumn `json:"columns"`
}

type openColumn struct {
	Key     string            `json:"key"`
	Heading string            `json:"heading"`
	Kind    budget.ColumnKind `json:"kind"`
	Side    int               `json:"side"`
}

type openRow struct {
	Key      string         `json:"key"`
	RightKey string         `json:"rightKey,omitempty"`
	Kind     budget.RowKind `json:"kind"`
	Level    int            `json:"level"`
	Cells    []string       `json:"cells"`
	Exact    []*string      `json:"exact"`
}

// WriteJSON writes a table as open data: cells as published in 万元 and, beside
// them, exact amounts in yuan; null where a cell is no figure. The same table
// gives the same bytes. It streams the rows; an error leaves the output cut off.
func WriteJSON(w io.Writer, t *budget.Table) error {
	out := bufio.NewWriter(w)
	head, err := json.Marshal(openHead(t))
	if err != nil {
		return err
	}
	// The head is a closed object: reopen it for the rows.
	out.Write(head[:len(head)-1])
	out.WriteString(`,"rows":[`)
	if err := writeRows(out, t); err != nil {
		return err
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

func writeRows(out *bufio.Writer, t *budget.Table) error {
	separator := "\n"
	for row, err := range t.Rows() {
		if err != nil {
			return err
		}
		line, err := json.Marshal(openRowOf(row))
		if err != nil {
			return err
		}
		out.WriteString(separator)
		if _, err := out.Write(line); err != nil {
			return err
		}
		separator = ",\n"
	}
	return nil
}

func openHead(t *budget.Table) openTable {
	head := openTable{
		Table: t.Def.Key, Number: t.Def.Number, Title: t.Title, Unit: t.UnitName, Year: t.Year,
		AmountUnit: "万元", Empty: t.Empty, Note: note(t), Columns: make([]openColumn, len(t.Def.Columns)),
	}
	for i, c := range t.Def.Columns {
		head.Columns[i] = openColumn{c.Key, c.Heading, c.Kind, c.Side}
	}
	return head
}

func openRowOf(row budget.Row) openRow {
	out := openRow{
		Key: row.Keys[0], RightKey: row.Keys[1], Kind: row.Kind, Level: row.Level,
		Cells: make([]string, len(row.Cells)), Exact: make([]*string, len(row.Cells)),
	}
	for i, c := range row.Cells {
		out.Cells[i] = c.Shown()
		if c.Figure {
			yuan := c.Amount.Yuan()
			out.Exact[i] = &yuan
		}
	}
	return out
}
