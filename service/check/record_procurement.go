package check

import (
	"fmt"

	"biaochi/model"
)

// sheetProcurement is K15 over the basic lines.
func sheetProcurement(p *probe) {
	for i := range p.unit.Sheet.BasicLines {
		l := &p.unit.Sheet.BasicLines[i]
		p.lineProcurement(fmt.Sprintf("basicLines[%d]", i), l.DepartmentEconomicCode, l.Amount, l.Procurement)
	}
}

// projectProcurement is K15 over a project: each line, and all of them against the
// budget. What a line buys beyond its own amount is reported at the line alone, so
// it is left out of the project's sum. A unit's total holds where its lines do.
func projectProcurement(p *probe) {
	var bought model.Money
	for i := range p.project.EconomicLines {
		l := &p.project.EconomicLines[i]
		p.lineProcurement(fmt.Sprintf("economicLines[%d]", i), l.DepartmentEconomicCode, l.Amount, l.Procurement)
		bought += min(l.Amount, procured(l.Procurement))
	}
	if bought == 0 {
		return
	}
	p.checked++
	if budgeted := currentBudget(p.project); bought > budgeted {
		p.fail(Finding{
			Field: "economicLines", Want: budgeted.Yuan(), Got: bought.Yuan(), Text: bought.Yuan(),
			Message: fmt.Sprintf("项目“%s”的政府采购合计 %s 元，大于项目本年预算 %s 元；请核减采购金额或核对预算。",
				p.project.Name, bought.Yuan(), budgeted.Yuan()),
		})
	}
}

func procured(rows []model.ProcurementLine) (sum model.Money) {
	for _, row := range rows {
		sum += row.Amount
	}
	return sum
}

// lineProcurement compares what a line buys with its amount, and sees to it that
// 政府购买服务 is counted among the services, hence never more than they are.
func (p *probe) lineProcurement(field, code string, amount model.Money, rows []model.ProcurementLine) {
	if len(rows) == 0 {
		return
	}
	p.checked++
	if sum := procured(rows); sum > amount {
		p.fail(Finding{
			Field: field + ".procurement", Want: amount.Yuan(), Got: sum.Yuan(), Text: sum.Yuan(),
			Message: fmt.Sprintf("%s经济科目 %s 的政府采购合计 %s 元，大于该明细的金额 %s 元；请核减采购金额或核对明细。",
				p.where(), code, sum.Yuan(), amount.Yuan()),
		})
	}
	for j, row := range rows {
		if row.ServiceCode == "" || row.Kind == model.Services {
			continue
		}
		p.fail(Finding{
			Field: fmt.Sprintf("%s.procurement[%d].kind", field, j), Want: string(model.Services), Got: string(row.Kind), Text: string(row.Kind),
			Message: fmt.Sprintf("%s经济科目 %s 的政府购买服务 %s 列为“%s”，应列为“%s”；请改正采购类别，或删去购买服务编码。",
				p.where(), code, row.ServiceCode, model.Chinese(row.Kind), model.Chinese(model.Services)),
		})
	}
}

// where names what the probe reads, as messages begin.
func (p *probe) where() string {
	if p.project == nil {
		return "基本支出"
	}
	return "项目“" + p.project.Name + "”"
}
