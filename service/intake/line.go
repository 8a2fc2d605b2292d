package intake

import (
	"fmt"

	"biaochi/model"
)

// lineKey is what a basic line is known by.
type lineKey struct {
	function, department, government string
	fund                             model.FundKind
	source                           model.Source
	cost                             model.CostKind
}

func keyOf(l model.BasicLine) lineKey {
	return lineKey{l.FunctionCode, l.DepartmentEconomicCode, l.GovernmentEconomicCode, l.FundKind, l.Source, l.CostKind}
}

// lines makes the basic lines of the unit's sheet, all of them: what is not in the
// table goes.
func (b *builder) lines() error {
	before := b.records[""]
	after, err := before.content.Copy()
	if err != nil {
		return err
	}
	if after.Sheet == nil {
		after.Sheet = &model.SheetContent{}
	}
	old := map[lineKey]model.BasicLine{}
	for _, l := range after.Sheet.BasicLines {
		old[keyOf(l)] = l
	}
	var lines []model.BasicLine
	rows := map[lineKey]int{}
	b.eachRow(func(row *Row) {
		if line, ok := b.line(row, rows); ok {
			was, there := old[keyOf(line)]
			row.Becomes = New
			if there {
				amount := line.Amount
				line, row.Becomes = was, Unchanged
				if line.Amount = amount; was.Amount != amount {
					row.Becomes = Changed
				}
			}
			lines = append(lines, line)
		}
	})
	after.Sheet.BasicLines = lines
	if b.preview.Count(Refused) == 0 && len(lines) > 0 {
		_, b.preview.Differences = b.bring(before, after)
	}
	return b.openSheet(before)
}

// openSheet refuses a sheet that is no draft any more.
func (b *builder) openSheet(before known) error {
	if before.ID == 0 || before.state == model.Draft || len(b.preview.Differences) == 0 {
		return nil
	}
	return model.Fail(model.Conflict, "import.state", "基本支出表%s", locked(before.state))
}

func (b *builder) line(row *Row, rows map[lineKey]int) (line model.BasicLine, ok bool) {
	line = model.BasicLine{FundKind: model.GeneralPublicBudget, Source: model.CurrentYear}
	b.fields(row, func(key, text, raw string) error { return b.putLine(&line, key, text, raw) })
	if len(row.Faults) == 0 {
		b.complete(row, &line)
	}
	row.Code, row.Name = line.FunctionCode+" "+line.DepartmentEconomicCode, line.DepartmentEconomicName
	if other, twice := rows[keyOf(line)]; twice && len(row.Faults) == 0 {
		column := b.column("departmentEconomicCode")
		b.fault(row, column, "与第 %d 行的科目、资金和经费类别都相同，请合并", other)
		b.alsoRefuse(other, column, row)
	}
	rows[keyOf(line)] = row.Number
	return line, len(row.Faults) == 0
}

func (b *builder) putLine(l *model.BasicLine, key, text, raw string) (err error) {
	switch key {
	case "functionCode":
		l.FunctionCode, err = code(text)
	case "departmentEconomicCode":
		l.DepartmentEconomicCode, err = code(text)
	case "governmentEconomicCode":
		l.GovernmentEconomicCode, err = code(text)
	case "fundKind":
		l.FundKind, err = choice(text, model.FundKinds)
	case "source":
		l.Source, err = choice(text, model.Sources)
	case "costKind":
		l.CostKind, err = choice(text, model.CostKinds)
	case "amount":
		var amount *model.Money
		if amount, err = b.plan.Unit.amount(raw); err == nil && amount == nil {
			err = fmt.Errorf("不能为空")
		}
		if err == nil {
			l.Amount = *amount
		}
	}
	return err
}

// complete fills in what follows from the department's economic code: the
// government's, by the year's mapping for the kind of unit, and the kind of cost.
func (b *builder) complete(row *Row, l *model.BasicLine) {
	if l.GovernmentEconomicCode == "" {
		l.GovernmentEconomicCode = b.mapping[l.DepartmentEconomicCode]
	}
	if l.CostKind == "" {
		l.CostKind = words().CostKinds[l.DepartmentEconomicCode[:3]]
	}
	if l.CostKind == "" {
		b.fault(row, b.column("departmentEconomicCode"), "科目 %s 看不出是人员经费还是公用经费，请加一列“经费类别”", l.DepartmentEconomicCode)
	}
}
