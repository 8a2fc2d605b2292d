package intake

import (
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/filing"
	"biaochi/service/spreadsheet"
)

// builder makes contents of rows.
type builder struct {
	plan    Plan
	table   table
	unit    model.BudgetUnit
	records map[string]known // by project code, "" for a sheet
	mapping map[string]string
	preview Preview
}

// known is a record that is there.
type known struct {
	model.Record
	state   model.State
	content filing.Content
}

// load reads what the unit has in the year.
func (b *builder) load(tx *store.Tx) error {
	b.records, b.mapping = map[string]known{}, map[string]string{}
	records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: []model.ID{b.unit.ID}, Year: b.plan.Year, Kind: b.plan.Kind})
	if err != nil {
		return err
	}
	ids := make([]model.ID, len(records))
	for i, r := range records {
		ids[i] = r.NewestID
	}
	versions, err := tx.VersionsByID(ids)
	if err != nil {
		return err
	}
	contents, err := tx.ProjectContents(ids)
	if err != nil {
		return err
	}
	for _, r := range records {
		k := known{Record: r, state: versions[r.NewestID].State}
		if k.content.Project = contents[r.NewestID]; r.Kind == model.SheetRecord {
			k.content.Project = nil
			if k.content.Sheet, err = tx.SheetContent(r.NewestID); err != nil {
				return err
			}
		}
		b.records[r.ProjectCode] = k
	}
	mappings, err := tx.Mappings(b.plan.Year)
	for _, m := range mappings {
		if m.UnitKind == b.unit.Kind {
			b.mapping[m.DepartmentCode] = m.GovernmentCode
		}
	}
	return err
}

// eachRow visits the rows below the head that are not blank and no sums.
func (b *builder) eachRow(visit func(row *Row)) {
	for number := b.plan.Head + 1; number <= len(b.table.Rows); number++ {
		values := b.table.Rows[number-1]
		first := slices.IndexFunc(values, func(v spreadsheet.Value) bool { return strings.TrimSpace(v.Shown) != "" })
		if first < 0 || isTotal(values[first].Shown) {
			continue
		}
		row := &Row{Number: number}
		if column := b.column("unitCode"); column > 0 && b.text(number, column) != b.unit.Code {
			b.fault(row, column, "是其他单位（%s）的，只能导入本单位（%s）的", brief(b.text(number, column)), b.unit.Code)
		} else {
			visit(row)
		}
		if len(row.Faults) > 0 {
			row.Becomes = Refused
		}
		b.preview.Rows = append(b.preview.Rows, *row)
	}
}

// column is where a field stands, 0 for nowhere.
func (b *builder) column(key string) int {
	for column, field := range b.plan.Columns {
		if field == key {
			return column
		}
	}
	return 0
}

func (b *builder) text(row, column int) string {
	return strings.TrimSpace(b.table.At(row, column).Shown)
}

func (b *builder) fault(row *Row, column int, format string, args ...any) {
	path := b.table.Name + "!" + spreadsheet.CellName(row.Number, max(column, 1))
	row.Faults = append(row.Faults, model.Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

// fields calls put for each column that stands for a field and holds something, in
// the order of the fields.
func (b *builder) fields(row *Row, put func(key, text, raw string) error) {
	for _, f := range Fields(b.plan.Kind) {
		column := b.column(f.Key)
		if column == 0 || f.Key == "unitCode" {
			continue
		}
		value := b.table.At(row.Number, column)
		text := strings.TrimSpace(value.Shown)
		switch {
		case text == "" && f.Required:
			b.fault(row, column, "%s不能为空", f.Label)
		case text == "":
		default:
			if err := put(f.Key, text, value.Raw); err != nil {
				b.fault(row, column, "%s：%s", f.Label, err)
			}
		}
	}
}

// bring notes what a content would become.
func (b *builder) bring(before known, after filing.Content) (Becomes, []filing.Difference) {
	differences := filing.Differences(before.content, after)
	switch {
	case before.ID == 0:
		b.preview.records = append(b.preview.records, filing.Brought{Content: after})
		return New, nil
	case len(differences) == 0:
		return Unchanged, nil
	}
	b.preview.records = append(b.preview.records, filing.Brought{RecordID: before.ID, Lock: before.Version, Content: after})
	return Changed, differences
}

func locked(state model.State) string {
	return fmt.Sprintf("现为“%s”，不是草稿，不能用导入修改", state.Word())
}
