package budget

import (
	"iter"
	"slices"

	"biaochi/model"
)

// Unit is a unit as tables name it.
type Unit struct {
	Path string
	Code string
	Name string
	Kind model.UnitKind
}

// ProjectSum is a project's money of one fund kind and source, with its name.
type ProjectSum struct {
	model.Fact
	Name string
}

// Input is all that the tables of a unit, or of a department over its units, are
// made from. Sums are the facts of the scope grouped by everything but unit,
// project and origin.
type Input struct {
	Set  *Set
	Year int
	Unit Unit
	// Units are those in scope that have records of the year, ordered by path.
	Units []Unit
	Names Names
	Sums  []model.Fact
	// ByUnit gives sums by unit and fund kind, ordered by path.
	ByUnit func(where model.Predicate) iter.Seq2[model.Fact, error]
	// ByProject gives sums by unit, project, fund kind and source, ordered by
	// unit path and project code.
	ByProject func(where model.Predicate) iter.Seq2[ProjectSum, error]
}

// Assemble makes every table of the set, in its order. Tables by project read
// their records only when their rows are walked.
func Assemble(in Input) ([]*Table, error) {
	tables := make([]*Table, 0, len(in.Set.Tables))
	for i := range in.Set.Tables {
		t, err := AssembleTable(in, &in.Set.Tables[i])
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// AssembleTable makes one table of the set.
func AssembleTable(in Input, def *TableDef) (*Table, error) {
	t := &Table{Def: def, Year: in.Year, UnitName: in.Unit.Name, Title: Words(def.Title, in.Year, in.Unit.Name)}
	b := newBuilder(in, def)
	if def.Rows.Kind == ProjectRows {
		t.rows = b.projectRows()
		t.Empty = b.total().WanFen() == 0
		return t, nil
	}
	rows, err := b.rows()
	if err != nil {
		return nil, err
	}
	t.rows = sequence(rows)
	t.Empty = !slices.ContainsFunc(rows, showsFigure)
	return t, nil
}

func sequence(rows []Row) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func showsFigure(row Row) bool {
	return slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Figure && c.Amount.WanFen() != 0 })
}

// builder makes the rows of one table. It matches every sum against every column
// once; a row then only asks which sums are its own.
type builder struct {
	in   Input
	def  *TableDef
	hits []hit // sums that the table counts, by functional code
}

// hit is a sum with the columns it counts in, a bit each.
type hit struct {
	*model.Fact
	columns uint64
}

func newBuilder(in Input, def *TableDef) *builder {
	b := &builder{in: in, def: def}
	for i := range in.Sums {
		if f := &in.Sums[i]; def.Where.Match(f) {
			b.hits = append(b.hits, hit{f, columnsOf(def, f)})
		}
	}
	slices.SortStableFunc(b.hits, func(x, y hit) int { return compare(x.FunctionCode, y.FunctionCode) })
	return b
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func columnsOf(def *TableDef, f *model.Fact) (bits uint64) {
	for i := range def.Columns {
		if c := &def.Columns[i]; c.Kind == FigureColumn && c.Where.Match(f) {
			bits |= 1 << i
		}
	}
	return bits
}

func (b *builder) rows() ([]Row, error) {
	switch b.def.Rows.Kind {
	case FixedRows:
		return b.fixedRows(), nil
	case BalanceRows:
		return b.balanceRows(), nil
	case FunctionRows:
		return b.functionRows(), nil
	case EconomicRows:
		return b.economicRows(), nil
	case RevenueRows:
		return b.revenueRows(), nil
	case TwoCodeRows:
		return b.twoCodeRows(), nil
	case UnitRows:
		return b.unitRows()
	}
	return nil, model.Fail(model.Internal, "set.rows", "公开表 %s 的行定义有误：%s", b.def.Key, b.def.Rows.Kind)
}

// total is the sum of all that the table counts.
func (b *builder) total() (sum model.Money) {
	for _, h := range b.hits {
		sum += h.Amount
	}
	return sum
}

// newRow makes a row with blank cells of the table's width.
func (b *builder) newRow(kind RowKind, level int) Row {
	return Row{Kind: kind, Level: level, Cells: make([]Cell, len(b.def.Columns))}
}

// half fills one half of a row: its key, its texts in the order of the half's text
// columns, and its figures by the predicate; nil leaves the figures blank.
func (b *builder) half(row *Row, side int, key string, where *model.Predicate, texts ...string) {
	row.Keys[side] = key
	row.sides[side] = where
	for i := range b.def.Columns {
		c := &b.def.Columns[i]
		switch {
		case c.Side != side:
		case c.Kind == FigureColumn:
			row.Cells[i].Figure = where != nil
		case len(texts) > 0:
			row.Cells[i].Text, texts = texts[0], texts[1:]
		}
	}
	if where != nil {
		b.addUp(row, side, where)
	}
}

// addUp adds every sum that the predicate takes to the figures of one half.
func (b *builder) addUp(row *Row, side int, where *model.Predicate) {
	for _, h := range b.within(where.Function) {
		if !where.Match(h.Fact) {
			continue
		}
		for i := range row.Cells {
			if h.columns&(1<<i) != 0 && b.def.Columns[i].Side == side {
				row.Cells[i].Amount += h.Amount
			}
		}
	}
}

// within narrows the sums to those whose functional code begins so.
func (b *builder) within(function string) []hit {
	if function == "" {
		return b.hits
	}
	from, _ := slices.BinarySearchFunc(b.hits, function, func(h hit, code string) int { return compare(h.FunctionCode, code) })
	to, _ := slices.BinarySearchFunc(b.hits, function+"~", func(h hit, code string) int { return compare(h.FunctionCode, code) })
	return b.hits[from:to]
}

// totalRow is the row over everything that stands first.
func (b *builder) totalRow() Row {
	row := b.newRow(TotalRow, 0)
	b.half(&row, 0, TotalKey, &model.Predicate{}, b.labelTexts(0)...)
	return row
}

// TotalKey addresses the total row of a table that has one.
const TotalKey = "total"

// labelTexts puts the total's text into the first name column of a half.
func (b *builder) labelTexts(side int) []string {
	var texts []string
	for _, c := range b.def.Columns {
		if c.Side != side || c.Kind == FigureColumn {
			continue
		}
		if c.Kind == NameColumn {
			return append(texts, b.def.Rows.Total)
		}
		texts = append(texts, "")
	}
	return texts
}
