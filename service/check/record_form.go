package check

import (
	"fmt"

	"biaochi/model"
)

// currentBudget is a project's money of this year, of the given kinds or of all.
func currentBudget(p *model.ProjectContent, kinds ...model.FundKind) (sum model.Money) {
	where := model.Predicate{FundKinds: kinds, Source: model.CurrentYear}
	for _, row := range p.Budget {
		if where.Match(&model.Fact{FundKind: row.FundKind, Source: row.Source}) {
			sum += row.Amount
		}
	}
	return sum
}

// formMatchesBudget is K13: the form's annual total against the project's budget
// of this year, and its name against the project's.
func formMatchesBudget(p *probe) {
	if p.project.Form == nil {
		return
	}
	p.formName()
	form, ok := p.project.Form.AnnualFunds.Amount()
	if !ok {
		p.insufficient(Finding{
			Field:   "form.annualFunds.total",
			Message: fmt.Sprintf("项目“%s”的申报表没有填写年度资金，无法与本年预算核对；请补填年度资金总额。", p.project.Name),
		})
		return
	}
	p.checked++
	if budgeted := currentBudget(p.project); form != budgeted {
		p.fail(Finding{
			Field: "form.annualFunds.total", Want: budgeted.Yuan(), Got: form.Yuan(), Text: form.Yuan(),
			Message: fundsMessage(p.project.Name, form, budgeted),
		})
	}
}

func fundsMessage(name string, form, budgeted model.Money) string {
	switch {
	case form == 0:
		return fmt.Sprintf("项目“%s”的申报表年度资金总额为 %s 元，而项目本年预算为 %s 元；请按本年预算补填年度资金。", name, form.Yuan(), budgeted.Yuan())
	case budgeted == 0:
		return fmt.Sprintf("项目“%s”的申报表年度资金总额为 %s 元，而项目本年预算为 %s 元；请核实该项目是否列入本年预算。", name, form.Yuan(), budgeted.Yuan())
	}
	return fmt.Sprintf("项目“%s”的申报表年度资金总额为 %s 元，项目本年预算为 %s 元，两者不等；请核对后改为一致。", name, form.Yuan(), budgeted.Yuan())
}

func (p *probe) formName() {
	name := p.project.Form.Name
	if name == "" || name == p.project.Name {
		return
	}
	p.fail(Finding{
		Severity: Warning, Field: "form.name", Want: p.project.Name, Got: name, Text: name,
		Message: fmt.Sprintf("申报表的项目名称“%s”与项目库的名称“%s”不同；请统一名称，或说明为何不同。", name, p.project.Name),
	})
}

// budgetHasForm is K14.
func budgetHasForm(p *probe) {
	budgeted := currentBudget(p.project)
	if budgeted == 0 {
		return
	}
	p.checked++
	if p.project.Form == nil {
		p.fail(Finding{
			Field:   "form",
			Message: fmt.Sprintf("项目“%s”本年预算为 %s 元，却没有绩效目标申报表；请填报绩效目标。", p.project.Name, budgeted.Yuan()),
		})
	}
}
