package render

import (
	"encoding/json"
	"fmt"
	"iter"
)

// kindOf names the kinds of block in JSON.
func kindOf(b Block) string {
	switch b.(type) {
	case Heading:
		return "heading"
	case Paragraph:
		return "paragraph"
	case *Table:
		return "table"
	case Grid:
		return "grid"
	case Chart:
		return "chart"
	}
	return ""
}

// wireTable is a table with its rows at hand.
type wireTable struct {
	*Table
	Rows []Row `json:"rows"`
}

type documentFields Document

// MarshalJSON writes a document with all its blocks and the rows of its tables; the
// same document gives the same bytes.
func (d Document) MarshalJSON() ([]byte, error) {
	blocks := make([]json.RawMessage, len(d.Blocks))
	for i, b := range d.Blocks {
		var err error
		if blocks[i], err = marshalBlock(b); err != nil {
			return nil, err
		}
	}
	return json.Marshal(struct {
		documentFields
		Blocks []json.RawMessage `json:"blocks"`
	}{documentFields(d), blocks})
}

func marshalBlock(b Block) (json.RawMessage, error) {
	var value any = b
	if t, ok := b.(*Table); ok {
		rows := []Row{}
		for row, err := range t.Rows {
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		value = wireTable{t, rows}
	}
	fields, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	kind := kindOf(b)
	if kind == "" {
		return nil, fmt.Errorf("render: a block of type %T has no form in JSON", b)
	}
	head := `{"kind":"` + kind + `"`
	if len(fields) > 2 {
		head += ","
	}
	return append([]byte(head), fields[1:]...), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (d *Document) UnmarshalJSON(raw []byte) error {
	var wire struct {
		documentFields
		Blocks []json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	*d = Document(wire.documentFields)
	d.Blocks = nil
	for _, one := range wire.Blocks {
		b, err := unmarshalBlock(one)
		if err != nil {
			return err
		}
		d.Blocks = append(d.Blocks, b)
	}
	return nil
}

func unmarshalBlock(raw json.RawMessage) (Block, error) {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return nil, err
	}
	switch head.Kind {
	case "heading":
		return blockAs[Heading](raw)
	case "paragraph":
		return blockAs[Paragraph](raw)
	case "grid":
		return blockAs[Grid](raw)
	case "chart":
		return blockAs[Chart](raw)
	case "table":
		wire := wireTable{Table: new(Table)}
		err := json.Unmarshal(raw, &wire)
		wire.Table.Rows = RowsOf(wire.Rows)
		return wire.Table, err
	}
	return nil, fmt.Errorf("render: a block of kind %q is unknown", head.Kind)
}

func blockAs[T Block](raw json.RawMessage) (Block, error) {
	var b T
	err := json.Unmarshal(raw, &b)
	return b, err
}

// RowsOf gives rows at hand as a table walks them.
func RowsOf(rows []Row) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
