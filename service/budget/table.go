package budget

import (
	"iter"
	"slices"
	"strings"

	"biaochi/model"
)

// Table is one assembled table of the set: its definition with this year's words
// and its rows. Small tables hold their rows, those by project stream them.
type Table struct {
	Def      *TableDef
	Year     int
	Title    string // 2023年预算收支总表
	UnitName string
	// Empty tells that no cell of the table shows a figure.
	Empty bool
	rows  iter.Seq2[Row, error]
}

// Rows walks the rows in print order. An error ends the walk; it comes from
// reading the records of a streamed table.
func (t *Table) Rows() iter.Seq2[Row, error] { return t.rows }

// Collect gives all rows at once; not for the project tables of a whole region.
func (t *Table) Collect() ([]Row, error) {
	var rows []Row
	for row, err := range t.rows {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Heading is the CSV heading of a column.
func (t *Table) Heading(column int) string { return t.Def.Columns[column].Heading }

// RowKind tells a renderer how a row stands in the table.
type RowKind string

// The kinds of rows.
const (
	TotalRow RowKind = "total" // 合计, 收入总计
	GroupRow RowKind = "group" // a parent, or a unit above its projects
	ItemRow  RowKind = "item"
)

// Row is one printed line. It keeps what each half of it counts, so that any
// cell can be opened later.
type Row struct {
	// Keys address each half of the row in its table: a code, "total", a key of
	// the set's data, or unit code and project code joined by a slash. A table of
	// one half uses the first.
	Keys  [2]string
	Kind  RowKind
	Level int // depth of the code, 0 for totals and fixed rows
	Cells []Cell
	sides [2]*model.Predicate
}

// RowName is how findings call a half of the row: its code where it has one, else
// its first text.
func (t *Table) RowName(row Row, side int) string {
	for i, c := range row.Cells {
		if t.Def.Columns[i].Side == side && c.Text != "" {
			return c.Text
		}
	}
	return row.Keys[side]
}

// RowLabel is all the texts of a half of the row: 2080101 行政运行.
func (t *Table) RowLabel(row Row, side int) string {
	var texts []string
	for i, c := range row.Cells {
		if t.Def.Columns[i].Side == side && c.Text != "" {
			texts = append(texts, c.Text)
		}
	}
	if len(texts) == 0 {
		return row.Keys[side]
	}
	return strings.Join(texts, " ")
}

// Total is the table's sum in its first figure column that is not blank: that of
// the last total row, or of all units' rows where it has none.
func (t *Table) Total() (total model.Money, err error) {
	column := slices.IndexFunc(t.Def.Columns, func(c Column) bool { return c.Kind == FigureColumn })
	for row, err := range t.rows {
		switch {
		case err != nil:
			return 0, err
		case row.Kind == TotalRow:
			total = row.Cells[column].Amount
		case t.Def.Rows.Kind == ProjectRows && row.Kind == GroupRow:
			total += row.Cells[column].Amount
		}
	}
	return total, nil
}

// Cell is text, or a figure with its exact amount.
type Cell struct {
	Text   string
	Figure bool
	Amount model.Money // exact, in 分; meaningful where Figure
}

// Shown is what the published table prints: text as it is, a figure in 万元 with
// two decimals, and nothing where 0.00 would stand.
func (c Cell) Shown() string {
	if !c.Figure {
		return c.Text
	}
	if c.Amount.WanFen() == 0 {
		return ""
	}
	return c.Amount.Wan()
}

// Figure gives the predicate of a cell; ok is false where the cell has none.
func (t *Table) Figure(row Row, column int) (figure model.Predicate, ok bool) {
	c := t.Def.Columns[column]
	side := row.sides[c.Side]
	if c.Kind != FigureColumn || side == nil {
		return model.Predicate{}, false
	}
	return t.Def.Where.And(*side).And(c.Where), true
}
