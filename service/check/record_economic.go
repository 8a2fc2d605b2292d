package check

import (
	"fmt"
	"slices"
	"strings"

	"biaochi/model"
)

// detailWithinBudget is E01: economic lines are this year's money, so those of a
// fund kind are at most its budget of this year.
func detailWithinBudget(p *probe) {
	for _, kind := range model.FundKinds {
		var detail model.Money
		for i := range p.project.EconomicLines {
			if l := &p.project.EconomicLines[i]; l.FundKind == kind {
				detail += l.Amount
			}
		}
		if detail == 0 {
			continue
		}
		p.checked++
		if budgeted := currentBudget(p.project, kind); detail > budgeted {
			p.fail(Finding{
				Field: "economicLines", Want: budgeted.Yuan(), Got: detail.Yuan(), Text: detail.Yuan(),
				Message: fmt.Sprintf("项目“%s”%s的经济科目明细合计 %s 元，大于该资金的本年预算 %s 元；请核对明细或预算。",
					p.project.Name, model.Chinese(kind), detail.Yuan(), budgeted.Yuan()),
			})
		}
	}
}

// unsureMapping marks entries of the mapping that their source leaves open.
const unsureMapping = "check"

// pairsMapped is E02: the government code of each basic line against the year's
// mapping for the kind of unit.
func pairsMapped(p *probe) {
	var unknown []string
	for i := range p.unit.Sheet.BasicLines {
		l := &p.unit.Sheet.BasicLines[i]
		want, ok := p.mapped(l.DepartmentEconomicCode)
		if !ok {
			unknown = append(unknown, l.DepartmentEconomicCode)
			continue
		}
		p.checked++
		if l.GovernmentEconomicCode != want {
			p.fail(Finding{
				Field: fmt.Sprintf("basicLines[%d].governmentEconomicCode", i), Want: want,
				Got: l.GovernmentEconomicCode, Text: l.GovernmentEconomicCode,
				Message: fmt.Sprintf("基本支出的部门经济科目 %s%s 对应政府经济科目 %s%s，按本年度对照表，%s应为 %s；请核对后改正，或说明理由。",
					l.DepartmentEconomicCode, l.DepartmentEconomicName, l.GovernmentEconomicCode, l.GovernmentEconomicName,
					model.Chinese(p.unit.Kind), want),
			})
		}
	}
	if unknown != nil {
		slices.Sort(unknown)
		p.insufficient(Finding{Field: "basicLines", Message: fmt.Sprintf("本年度对照表没有部门经济科目 %s 对%s的对应关系，无法核对。",
			strings.Join(slices.Compact(unknown), "、"), model.Chinese(p.unit.Kind))})
	}
}

// mapped gives the government code that a department code falls under, of the year
// or else of the baseline; ok is false where the mapping cannot tell.
func (p *probe) mapped(code string) (government string, ok bool) {
	for _, year := range []int{p.in.Year, model.BaselineYear} {
		for i := range p.in.Mappings {
			m := &p.in.Mappings[i]
			if m.Year == year && m.UnitKind == p.unit.Kind && m.DepartmentCode == code && m.GovernmentCode != "" {
				return m.GovernmentCode, m.Confidence != unsureMapping
			}
		}
	}
	return "", false
}
