package budget

import (
	"slices"

	"biaochi/model"
)

// fixedRows are the rows of the set's data.
func (b *builder) fixedRows() []Row {
	var rows []Row
	for i := range b.def.Rows.Items {
		item := &b.def.Rows.Items[i]
		row := b.newRow(kindOf(item.Total), 0)
		b.half(&row, 0, item.Key, &item.Where, item.Text)
		rows = append(rows, row)
	}
	return rows
}

func kindOf(total bool) RowKind {
	if total {
		return TotalRow
	}
	return ItemRow
}

// balanceRows set the items against the 类 of the classification, then the foot.
func (b *builder) balanceRows() []Row {
	items := b.def.Rows.Items
	classes := b.in.Names.classes(b.usedFunctions(&b.def.Where))
	var rows []Row
	for i := range max(len(items), len(classes)) {
		row := b.newRow(ItemRow, 0)
		if i < len(items) {
			b.half(&row, 0, items[i].Key, &items[i].Where, items[i].Text)
		}
		if i < len(classes) {
			name, _ := b.in.Names.Name(model.FunctionalCatalogue, classes[i])
			b.half(&row, 1, classes[i], &model.Predicate{Function: classes[i]}, Ordinal(i+1)+"、"+name)
		}
		rows = append(rows, row)
	}
	return append(rows, b.footRows()...)
}

func (b *builder) footRows() []Row {
	var rows []Row
	for i := range b.def.Rows.Foot {
		foot := &b.def.Rows.Foot[i]
		row := b.newRow(kindOf(foot.Total), 0)
		b.half(&row, 0, foot.Key, foot.LeftWhere, foot.Left)
		b.half(&row, 1, foot.Key, foot.RightWhere, foot.Right)
		rows = append(rows, row)
	}
	return rows
}

// usedFunctions are the functional codes with money among all sums that a
// predicate takes.
func (b *builder) usedFunctions(where *model.Predicate) []string {
	var codes []string
	for i := range b.in.Sums {
		f := &b.in.Sums[i]
		if f.Amount != 0 && f.FunctionCode != "" && where.Match(f) {
			codes = append(codes, f.FunctionCode)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// functionRows list 类, 款 and 项 of the functional classification.
func (b *builder) functionRows() []Row {
	universe := b.def.Rows.Universe
	if universe == nil {
		universe = &b.def.Where
	}
	rows := []Row{b.totalRow()}
	for _, code := range withParents(b.usedFunctions(universe)) {
		row := b.newRow(codeKind(code), levelOf(code))
		name, _ := b.in.Names.Name(model.FunctionalCatalogue, code)
		b.half(&row, 0, code, &model.Predicate{Function: code}, code, name)
		rows = append(rows, row)
	}
	return rows
}

func codeKind(code string) RowKind {
	if len(code) == classDigits {
		return GroupRow
	}
	return ItemRow
}

// economicRows list pairs of department and government economic codes under the
// 类 of the department code.
func (b *builder) economicRows() []Row {
	rows := []Row{b.totalRow()}
	class := ""
	for _, pair := range b.economicPairs() {
		if c := pair[0][:min(classDigits, len(pair[0]))]; c != class {
			class = c
			rows = append(rows, b.economicClass(class))
		}
		rows = append(rows, b.economicPair(pair[0], pair[1]))
	}
	return rows
}

func (b *builder) economicPairs() [][2]string {
	var pairs [][2]string
	for _, h := range b.hits {
		if h.Amount != 0 {
			pairs = append(pairs, [2]string{h.DepartmentEconomicCode, h.GovernmentEconomicCode})
		}
	}
	slices.SortFunc(pairs, func(x, y [2]string) int {
		if c := compare(x[0], y[0]); c != 0 {
			return c
		}
		return compare(x[1], y[1])
	})
	return slices.Compact(pairs)
}

func (b *builder) economicClass(class string) Row {
	row := b.newRow(GroupRow, 1)
	name, _ := b.in.Names.Name(model.DepartmentEconomicCatalogue, class)
	b.half(&row, 0, class, &model.Predicate{Economic: []string{class}}, name)
	return row
}

func (b *builder) economicPair(department, government string) Row {
	row := b.newRow(ItemRow, 2)
	name, _ := b.in.Names.Name(model.DepartmentEconomicCatalogue, department)
	governmentName, _ := b.in.Names.Name(model.GovernmentEconomicCatalogue, government)
	where := &model.Predicate{Economic: []string{department}, Government: government}
	b.half(&row, 0, department+"/"+government, where, name, governmentName)
	return row
}

// revenueRows list 类, 款 and 项 of the revenue classification.
func (b *builder) revenueRows() []Row {
	rows := []Row{b.totalRow()}
	for _, code := range b.revenueCodes() {
		row := b.newRow(codeKind(code), levelOf(code))
		b.revenueHalf(&row, code)
		rows = append(rows, row)
	}
	return rows
}

func (b *builder) revenueHalf(row *Row, code string) {
	name, _ := b.in.Names.Name(model.RevenueCatalogue, code)
	b.half(row, 0, code, &model.Predicate{Item: code}, code, name)
}

// revenueCodes are the codes with revenue and those of their parents that have a
// name; a path may skip a level.
func (b *builder) revenueCodes() []string {
	var used []string
	for _, h := range b.hits {
		if h.Measure == model.MeasureRevenue && h.ItemCode != "" && h.Amount != 0 {
			used = append(used, h.ItemCode)
		}
	}
	return slices.DeleteFunc(withParents(used), func(code string) bool {
		return !b.in.Names.Known(model.RevenueCatalogue, code)
	})
}

// twoCodeRows set revenue codes against functional codes, row by row.
func (b *builder) twoCodeRows() []Row {
	total := b.totalRow()
	b.half(&total, 1, TotalKey, &model.Predicate{}, b.labelTexts(1)...)
	rows := []Row{total}
	revenues := b.revenueCodes()
	spending := model.Predicate{Measure: model.MeasureBudget}.And(b.def.Where)
	functions := withParents(b.usedFunctions(&spending))
	for i := range max(len(revenues), len(functions)) {
		row := b.newRow(ItemRow, 0)
		if i < len(revenues) {
			b.revenueHalf(&row, revenues[i])
		}
		if i < len(functions) {
			name, _ := b.in.Names.Name(model.FunctionalCatalogue, functions[i])
			b.half(&row, 1, functions[i], &model.Predicate{Function: functions[i]}, functions[i], name)
		}
		rows = append(rows, row)
	}
	return rows
}
