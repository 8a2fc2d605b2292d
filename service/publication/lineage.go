package publication

import (
	"slices"

	"biaochi/model"
	"biaochi/service/budget"
)

// LineLimit is how many lines a lineage lists; the sum is always over all.
const LineLimit = 1000

// Lineage is one figure opened: what it is and the facts behind it.
type Lineage struct {
	Table  *budget.Table
	Row    budget.Row
	Column int
	Cell   budget.Cell
	Figure model.Predicate
	// Sum is over all facts, Count how many there are; Lines are the first of them.
	Sum   model.Money
	Count int
	Lines []Line
}

// Line is one fact with the names people know it by.
type Line struct {
	Fact     model.Fact
	Unit     budget.Unit
	Project  string // name of the project, "" for a line of the sheet
	Version  model.RecordVersion
	Approval *model.Approval // nil where not approved
}

// Lineage opens the figure in a cell. Errors: NotFound where the table, the row or
// the column isn't there or the cell holds no figure.
func (b *Book) Lineage(table, row, column string) (*Lineage, error) {
	l, err := b.locate(table, row, column)
	if err != nil {
		return nil, err
	}
	figure, ok := l.Table.Figure(l.Row, l.Column)
	l.Figure = figure
	if !ok {
		return nil, model.Fail(model.NotFound, "figure.notFound", "%s 的这个单元格不是数字，没有来源可查", l.Table.Title)
	}
	for fact, err := range b.tx.Facts(b.facts, figure) {
		if err != nil {
			return nil, err
		}
		l.Sum += fact.Amount
		l.Count++
		if len(l.Lines) < LineLimit {
			l.Lines = append(l.Lines, Line{Fact: fact})
		}
	}
	return l, b.describe(l.Lines)
}

// locate finds a cell by the key of its table, the key of its row's half, and the
// key of its column.
func (b *Book) locate(table, row, column string) (*Lineage, error) {
	for _, t := range b.Tables {
		if t.Def.Key != table {
			continue
		}
		i := t.Def.Column(column)
		if i < 0 {
			return nil, model.Fail(model.NotFound, "column.notFound", "%s 没有名为 %s 的列", t.Title, column)
		}
		for r, err := range t.Rows() {
			if err != nil {
				return nil, err
			}
			if r.Keys[t.Def.Columns[i].Side] == row {
				return &Lineage{Table: t, Row: r, Column: i, Cell: r.Cells[i]}, nil
			}
		}
		return nil, model.Fail(model.NotFound, "row.notFound", "%s 没有名为 %s 的行", t.Title, row)
	}
	return nil, model.Fail(model.NotFound, "table.notFound", "没有名为 %s 的公开表", table)
}

// describe adds units, projects, versions and approvals to the lines.
func (b *Book) describe(lines []Line) error {
	units := map[string]budget.Unit{}
	for _, u := range b.Units {
		units[u.Path] = u
	}
	ids := versionIDs(lines)
	versions, err := b.tx.VersionsByID(ids)
	if err != nil {
		return err
	}
	projects, err := b.tx.ProjectNames(ids)
	if err != nil {
		return err
	}
	approvals, err := b.tx.ApprovalsByID(approvalIDs(versions))
	if err != nil {
		return err
	}
	for i := range lines {
		line := &lines[i]
		id := line.Fact.Origin.VersionID
		line.Unit, line.Version, line.Project = units[line.Fact.UnitPath], versions[id], projects[id]
		line.Approval = approvals[line.Version.ApprovalID]
	}
	return nil
}

func versionIDs(lines []Line) []model.ID {
	seen := map[model.ID]bool{}
	var ids []model.ID
	for _, line := range lines {
		if id := line.Fact.Origin.VersionID; !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

func approvalIDs(versions map[model.ID]model.RecordVersion) (ids []model.ID) {
	for _, v := range versions {
		if v.ApprovalID != 0 && !slices.Contains(ids, v.ApprovalID) {
			ids = append(ids, v.ApprovalID)
		}
	}
	return ids
}
