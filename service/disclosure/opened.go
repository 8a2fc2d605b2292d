package disclosure

import (
	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/render"
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

// Headline gives the figures that readers look for first, with their labels.
// Errors: NotFound "outline.unknown".
func (b *Bundle) Headline() ([]Group, error) {
	outline, err := LoadOutline(b.Set)
	if err != nil {
		return nil, err
	}
	facts := b.AllFacts()
	var list []Group
	for _, name := range outline.Headline {
		def := outline.Figures[name]
		list = append(list, Group{Code: name, Name: def.Label, Amount: sumOf(facts, def.Where)})
	}
	return list, nil
}

// FirstTable is the key of the table that stands first.
func (b *Bundle) FirstTable() string {
	set, err := budget.LoadSet(b.Set)
	if err != nil || len(set.Tables) == 0 {
		return ""
	}
	return set.Tables[0].Key
}

// Cost is what a project costs: this year's money and what was carried over, in all
// and by fund kind.
func (b *Bundle) Cost(p *BundleProject) (total model.Money, kinds []Group) {
	sums := map[model.FundKind]model.Money{}
	for i := range b.Facts {
		if f := &b.Facts[i]; f.Measure == model.MeasureBudget && f.Unit == p.Unit && f.Project == p.Code {
			sums[f.FundKind] += f.Amount
			total += f.Amount
		}
	}
	for _, kind := range model.FundKinds {
		if sums[kind] != 0 {
			kinds = append(kinds, Group{Code: string(kind), Name: model.Chinese(kind), Amount: sums[kind]})
		}
	}
	return total, kinds
}

// UnitName is the name of the unit at a path, as the year has it.
func (b *Bundle) UnitName(path string) string {
	for _, u := range b.Units {
		if u.Path == path {
			return u.Name
		}
	}
	return ""
}

// ProjectName is the name of a unit's project.
func (b *Bundle) ProjectName(unit, code string) string {
	for i := range b.Projects {
		if b.Projects[i].Unit == unit && b.Projects[i].Code == code {
			return b.Projects[i].Name
		}
	}
	return code
}

// Note is what the document has under a table.
func (b *Bundle) Note(table string) string {
	for _, block := range b.Document.Blocks {
		if t, ok := block.(*render.Table); ok && t.Key == table {
			return t.Note
		}
	}
	return ""
}
