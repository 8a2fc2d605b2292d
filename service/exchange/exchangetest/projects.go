package exchangetest

import (
	"fmt"
	"slices"

	"biaochi/model"
)

var themes = []string{"基层服务能力提升", "公共设施维护", "业务培训", "信息系统运行", "困难群体帮扶", "宣传推广", "监督检查", "档案整理", "购置专用设备", "环境整治"}

// companions lists which other kinds of money can pay for the same functional code.
var companions = map[model.FundKind][]model.FundKind{
	model.GeneralPublicBudget:  {model.FiscalSpecialAccount, model.UnitFunds},
	model.FiscalSpecialAccount: {model.GeneralPublicBudget},
	model.UnitFunds:            {model.GeneralPublicBudget},
}

func (d *draw) projects() []model.ProjectContent {
	var projects []model.ProjectContent
	for i := range d.o.Projects {
		projects = append(projects, d.project(i))
	}
	return projects
}

func (d *draw) project(i int) model.ProjectContent {
	kind := model.FundKinds[i%len(model.FundKinds)]
	p := model.ProjectContent{
		Code: fmt.Sprintf("%s%03d", d.o.UnitCode, i+1), Name: fmt.Sprintf("%s（%d）", themes[i%len(themes)], i+1),
		FunctionCode: d.function(kind), Category: pick(d.Rand, model.Categories), Nature: pick(d.Rand, model.Natures),
		Budget: d.budget(i, kind),
	}
	p.EconomicLines = d.economicLines(p.Budget)
	if total := thisYear(p.Budget); total > 0 {
		p.AppendixNo = new(i + 1)
		p.Form = d.form(p, total)
	}
	return p
}

// budget draws a row of the kind, maybe one of another kind, and maybe last year's
// money. Beyond the first five, a project may live on last year's money alone.
func (d *draw) budget(i int, kind model.FundKind) []model.BudgetRow {
	if i >= len(model.FundKinds) && d.chance(10) {
		return []model.BudgetRow{{FundKind: kind, Source: model.CarryOver, Amount: d.amount()}}
	}
	rows := []model.BudgetRow{{FundKind: kind, Source: model.CurrentYear, Amount: d.amount()}}
	if others := companions[kind]; len(others) > 0 && d.chance(30) {
		rows = append(rows, model.BudgetRow{FundKind: pick(d.Rand, others), Source: model.CurrentYear, Amount: d.amount()})
	}
	if d.chance(30) {
		rows = append(rows, model.BudgetRow{FundKind: kind, Source: model.CarryOver, Amount: d.amount()})
	}
	return rows
}

// thisYear adds the current-year rows.
func thisYear(rows []model.BudgetRow) (sum model.Money) {
	for _, row := range rows {
		if row.Source == model.CurrentYear {
			sum += row.Amount
		}
	}
	return sum
}

// economicLines details the current-year rows, whole or in part or not at all.
func (d *draw) economicLines(rows []model.BudgetRow) []model.EconomicLine {
	var lines []model.EconomicLine
	for _, row := range rows {
		if row.Source != model.CurrentYear || d.chance(40) {
			continue
		}
		codes := slices.Clone(projectCodes)
		d.Shuffle(len(codes), func(a, b int) { codes[a], codes[b] = codes[b], codes[a] })
		left := row.Amount
		for _, code := range codes[:1+d.IntN(4)] {
			amount := d.part(left)
			if d.chance(25) {
				amount = left
			}
			if amount == 0 {
				break
			}
			left -= amount
			lines = append(lines, d.economicLine(code, row.FundKind, amount))
		}
	}
	return lines
}

func (d *draw) economicLine(code string, kind model.FundKind, amount model.Money) model.EconomicLine {
	line := model.EconomicLine{DepartmentEconomicCode: code, FundKind: kind, Amount: amount}
	if d.chance(50) {
		line.DepartmentEconomicName = nameOf(model.DepartmentEconomicCatalogue, code)
	}
	line.Procurement = d.procurement(code, amount)
	return line
}
