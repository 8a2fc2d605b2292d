package check

import (
	"fmt"

	"biaochi/model"
)

const wholeRules = targetRules + "；《部门（单位）整体支出绩效目标申报表》"

// wholeUnitRules is the catalogue of what a whole-unit target (整体支出绩效目标) alone
// must hold; what it shares with filings is in overTargets.
func wholeUnitRules() []Rule {
	rules := []Rule{
		{
			ID: "U01", Title: "整体支出绩效目标必填内容齐全", Basis: wholeRules,
			Passing: "主要任务、资金、年度总体目标和填报信息都已填写，各项任务都有名称和金额", Failing: "年度总体目标空白",
			target: targetFields,
		}, {
			ID: "U02", Title: "主要任务金额合计等于资金总额", Basis: wholeRules,
			Passing: "任务金额合计 1000000.00 元，资金总额 1000000.00 元", Failing: "任务金额合计 900000.00 元，资金总额 1000000.00 元",
			target: tasksAddUp,
		}, {
			ID: "U03", Title: "任务金额等于财政拨款与其他资金之和", Basis: wholeRules,
			Passing: "总额 600000.00 元，财政拨款 500000.00 元，其他资金 100000.00 元", Failing: "总额 600000.00 元，财政拨款 50000.00 元，其他资金 100000.00 元",
			target: taskParts,
		}, {
			ID: "U04", Title: "资金总额等于基本支出与项目支出之和", Basis: practice,
			Passing: "总额 1000000.00 元，基本支出 700000.00 元，项目支出 300000.00 元", Failing: "总额 1000000.00 元，基本支出 700000.00 元，项目支出 30000.00 元",
			target: expenditureParts,
		}, {
			ID: "U05", Title: "资金总额与单位年度预算一致", Basis: targetRules, Severity: Warning,
			Passing: "资金总额 1000000.00 元，基本支出与项目预算共 1000000.00 元", Failing: "资金总额 100000.00 元，基本支出与项目预算共 1000000.00 元",
			target: totalIsBudget,
		},
	}
	for i := range rules {
		rules[i].filing, rules[i].Since = true, targetYear
	}
	return withDefaults(rules, TargetScope)
}

// overTargets are the rules over filings that hold for whole-unit targets too. A
// cost indicator of a unit is of a part of its money, and its texts are compared with
// no project's: F10 and F18 are not among them, nor those that ask for a period.
var overTargets = map[string]func(*probe){
	"F01": func(p *probe) { p.valuesFilledIn() },
	"F03": fundsAddUp, "F04": groupsPresent, "F05": rowsOfTree, "F06": valuesMeasure, "F07": operatorsFit,
	"F08": satisfactionIsRate, "F09": changesNameBase, "F11": annualDates, "F12": longTermDates, "F13": sameUnits,
	"F15": targetStaleYears, "F16": excelDates, "F17": repeatedInForm, "F19": shortNames, "F20": filedInTime,
	"F21": weightsAddUp, "F22": targetPersonalData,
}

// readTarget has the rule read a target: what it shares with a project's form
// stands in one, so that one rule reads both.
func (p *probe) readTarget(t *model.TargetContent) {
	p.target = t
	p.project = &model.ProjectContent{Form: &model.Form{
		AnnualFunds: t.AnnualFunds, LongTermGoal: t.LongTermGoal, AnnualGoal: t.AnnualGoal, Indicators: t.Indicators,
		Responsible: t.Responsible, Handler: t.Handler, Phone: t.Phone, FiledAt: t.FiledAt,
	}}
	p.rule.target(p)
}

// targetFields is U01.
func targetFields(p *probe) {
	for _, key := range p.settings().Target.Mandatory {
		p.checked++
		if key == "tasks" {
			p.tasksFilledIn()
		} else if f := formFields[key]; f.blank(p.project) {
			p.fail(Finding{Field: f.path, Message: fmt.Sprintf("%s没有填写“%s”；请补填。", p.about(), f.label)})
		}
	}
}

func (p *probe) tasksFilledIn() {
	if len(p.target.Tasks) == 0 {
		p.fail(Finding{Field: "tasks", Message: p.about() + "没有填写“年度主要任务”；请补填。"})
	}
	for i, task := range p.target.Tasks {
		p.checked++
		if blank(task.Name) {
			p.fail(Finding{Field: taskField(i, "name"), Message: fmt.Sprintf("%s第 %d 项主要任务没有名称；请补填。", p.about(), i+1)})
		}
		if _, ok := task.Amount(); !ok {
			p.fail(Finding{Field: taskField(i, "total"), Message: fmt.Sprintf("%s的主要任务“%s”没有填写预算金额；请补填。", p.about(), task.Name)})
		}
	}
}

func taskField(i int, name string) string { return fmt.Sprintf("tasks[%d].%s", i, name) }

// tasksAddUp is U02.
func tasksAddUp(p *probe) {
	total, ok := p.target.AnnualFunds.Amount()
	var sum model.Money
	for _, task := range p.target.Tasks {
		amount, filled := task.Amount()
		if !filled {
			return // U01
		}
		sum += amount
	}
	if !ok || len(p.target.Tasks) == 0 {
		return // U01
	}
	p.checked++
	if sum != total {
		p.fail(Finding{
			Field: "annualFunds.total", Want: sum.Yuan(), Got: total.Yuan(), Text: total.Yuan(),
			Message: fmt.Sprintf("%s的资金总额为 %s 元，各项主要任务的预算金额合计为 %s 元，两者不等；请核对各项任务的金额。", p.about(), total.Yuan(), sum.Yuan()),
		})
	}
}

// taskParts is U03.
func taskParts(p *probe) {
	for i, task := range p.target.Tasks {
		sum, ok := task.Sum()
		if !ok || task.Total == nil {
			continue
		}
		p.checked++
		if sum != *task.Total {
			p.fail(Finding{
				Field: taskField(i, "total"), Want: sum.Yuan(), Got: task.Total.Yuan(), Text: task.Total.Yuan(),
				Message: fmt.Sprintf("%s的主要任务“%s”总额为 %s 元，财政拨款与其他资金之和为 %s 元，两者不等；请核对。", p.about(), task.Name, task.Total.Yuan(), sum.Yuan()),
			})
		}
	}
}

// expenditureParts is U04, where the form has both parts.
func expenditureParts(p *probe) {
	total, ok := p.target.AnnualFunds.Amount()
	if !ok || p.target.Basic == nil || p.target.Project == nil {
		return
	}
	p.checked++
	if sum := *p.target.Basic + *p.target.Project; sum != total {
		p.fail(Finding{
			Field: "annualFunds.total", Want: sum.Yuan(), Got: total.Yuan(), Text: total.Yuan(),
			Message: fmt.Sprintf("%s的资金总额为 %s 元，基本支出与项目支出之和为 %s 元，两者不等；请核对。", p.about(), total.Yuan(), sum.Yuan()),
		})
	}
}

// totalIsBudget is U05. Forms count last year's money in or leave it out.
func totalIsBudget(p *probe) {
	total, ok := p.target.AnnualFunds.Amount()
	if !ok {
		return // U01
	}
	if p.unit.Sheet == nil && len(p.unit.Projects) == 0 {
		p.insufficient(Finding{Field: "annualFunds.total", Text: total.Yuan(), Message: fmt.Sprintf(
			"%s的资金总额为 %s 元，本单位本年度还没有基本支出表和项目，无法与预算核对；请填报预算后再核对。", p.about(), total.Yuan())})
		return
	}
	p.checked++
	current, carried := p.unit.budget()
	if total == current || total == current+carried {
		return
	}
	budget := current.Yuan() + " 元"
	if carried != 0 {
		budget += "（含上年结转为 " + (current + carried).Yuan() + " 元）"
	}
	p.fail(Finding{
		Field: "annualFunds.total", Want: current.Yuan(), Got: total.Yuan(), Text: total.Yuan(),
		Message: fmt.Sprintf("%s的资金总额为 %s 元，本单位年度预算为 %s，两者不等；请核对，目标含所属单位的请说明。", p.about(), total.Yuan(), budget),
	})
}

// budget is what the unit's sheet and projects ask for in all, by source.
func (u *UnitRecords) budget() (current, carried model.Money) {
	add := func(source model.Source, amount model.Money) {
		if source == model.CarryOver {
			carried += amount
		} else {
			current += amount
		}
	}
	if u.Sheet != nil {
		for i := range u.Sheet.BasicLines {
			add(u.Sheet.BasicLines[i].Source, u.Sheet.BasicLines[i].Amount)
		}
	}
	for i := range u.Projects {
		for _, row := range u.Projects[i].Budget {
			add(row.Source, row.Amount)
		}
	}
	return current, carried
}

// targetStaleYears is F15.
func targetStaleYears(p *probe) {
	staleYears(p)
	for i, task := range p.target.Tasks {
		p.stale(taskField(i, "name"), fmt.Sprintf("第 %d 项任务名称", i+1), task.Name, false)
		p.stale(taskField(i, "content"), fmt.Sprintf("第 %d 项主要内容", i+1), task.Content, false)
	}
}

// targetPersonalData is F22.
func targetPersonalData(p *probe) {
	personalData(p)
	for i, task := range p.target.Tasks {
		p.personalIn(taskField(i, "name"), fmt.Sprintf("第 %d 项任务名称", i+1), "", task.Name)
		p.personalIn(taskField(i, "content"), fmt.Sprintf("第 %d 项主要内容", i+1), "", task.Content)
	}
}
