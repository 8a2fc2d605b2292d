package disclosure

import (
	"biaochi/model"
	"biaochi/service/budget"
)

// Opened is a published figure with the facts that it is made of.
type Opened struct {
	Table  *budget.Table
	Row    budget.Row
	Column int
	Cell   budget.Cell
	Figure model.Predicate
	Facts  []model.Fact
}

// Open opens a figure of the bundle's tables.
// Errors: NotFound "figure.notFound".
func (b *Bundle) Open(table, row, column string) (*Opened, error) {
	nothing := model.Fail(model.NotFound, "figure.notFound", "公开的表中没有这个数字，请从表中重新选择")
	tables, err := b.Tables()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		i := t.Def.Column(column)
		if t.Def.Key != table || i < 0 {
			continue
		}
		for r, err := range t.Rows() {
			if err != nil {
				return nil, err
			}
			figure, ok := t.Figure(r, i)
			if !ok || r.Keys[t.Def.Columns[i].Side] != row {
				continue
			}
			o := &Opened{Table: t, Row: r, Column: i, Cell: r.Cells[i], Figure: figure}
			for f := range matching(b.AllFacts(), figure) {
				o.Facts = append(o.Facts, f)
			}
			return o, nil
		}
	}
	return nil, nothing
}

// CodeName gives a code with its name: 2080101 行政运行.
func (b *Bundle) CodeName(kind model.CatalogueKind, code string) string {
	name, ok := budget.Names{Own: b.Names, Catalogue: b.Catalogue}.Name(kind, code)
	if !ok {
		return code
	}
	return code + " " + name
}
