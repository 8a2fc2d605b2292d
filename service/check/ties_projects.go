package check

import (
	"biaochi/model"
	"biaochi/service/budget"
)

// unitTotals are the units' rows of a table by project, in one column.
func (b *book) unitTotals(table, column string) (units []term) {
	g := b.grids[table]
	for line := range g.Lines {
		units = append(units, g.at(line, g.Def.Column(column)))
	}
	return units
}

// projectTies are those of K11; what ties within a unit's block is settled while
// the table is read.
func projectTies(b *book) {
	if b.has(projects, projectsCarryOver, expenditure) {
		b.projectTotal()
	}
	details := map[model.FundKind]string{
		model.GeneralPublicBudget: generalPublicBudget,
		model.GovernmentFund:      governmentFundExpenditure,
		model.StateCapital:        stateCapital,
	}
	for _, kind := range model.FiscalKinds {
		if table := details[kind]; b.has(projects, table) {
			b.equal(b.name(table)+"项目支出合计 = "+b.name(projects)+model.Chinese(kind)+"合计",
				b.cell(table, budget.TotalKey, "project"), b.unitTotals(projects, string(kind))...)
		}
	}
}

func (b *book) projectTotal() {
	total := b.cell(expenditure, budget.TotalKey, "project")
	parts := append(b.unitTotals(projects, "total"), b.unitTotals(projectsCarryOver, "total")...)
	say := b.name(expenditure) + "项目支出 = " + b.name(projects) + "合计 + " + b.name(projectsCarryOver) + "合计"
	outside, ok := b.sum(model.Predicate{
		Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure,
		Source: model.CarryOver, FundKinds: nonFiscalKinds,
	})
	switch {
	case ok:
		b.equal(say+" + 非财政拨款的项目结转", total, append(parts, constant(outside))...)
	case b.has(incomeAndExpenditure, fiscalAppropriation) && b.carryOverOutside().amount == 0:
		b.equal(say, total, parts...)
	default:
		b.state(say+"，且不少于两表之和", atLeast, total, parts)
		b.insufficient("公开表没有非财政拨款的项目结转，只能核对项目支出不少于两张项目表之和。")
	}
}

// carryOverTies are those of K12.
func carryOverTies(b *book) {
	if !b.has(projectsCarryOver, incomeAndExpenditure) {
		return
	}
	carryOver := b.cell(incomeAndExpenditure, "carryOver", "income")
	parts := b.unitTotals(projectsCarryOver, "total")
	say := b.name(incomeAndExpenditure) + "上年结转"
	budgeted := model.Predicate{Measure: model.MeasureBudget, Source: model.CarryOver}
	basic, ok := b.sum(budgeted.And(model.Predicate{Expenditure: model.BasicExpenditure}))
	if !ok {
		b.state(say+" ≥ "+b.name(projectsCarryOver)+"合计", atLeast, carryOver, parts)
		return
	}
	outside, _ := b.sum(budgeted.And(model.Predicate{Expenditure: model.ProjectExpenditure, FundKinds: nonFiscalKinds}))
	b.equal(say+" = "+b.name(projectsCarryOver)+"合计 + 基本支出结转 + 非财政拨款的项目结转",
		carryOver, append(parts, constant(basic+outside))...)
}
