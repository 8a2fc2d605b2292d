package exchangetest

import (
	"fmt"

	"biaochi/model"
	"biaochi/service/exchange"
)

// wholeTarget draws a whole-unit target that a checker has nothing to say about: its
// money is the unit's budget of the year, its tasks add up to it. Half of the
// packages, and those without money, have none.
func (d *draw) wholeTarget(p *exchange.Package) *model.TargetContent {
	basic, project := model.Money(0), model.Money(0)
	for _, line := range p.BasicLines {
		if line.Source == model.CurrentYear {
			basic += line.Amount
		}
	}
	for i := range p.Projects {
		project += thisYear(p.Projects[i].Budget)
	}
	total := basic + project
	if d.chance(50) || total == 0 || total > model.MaxAmount {
		return nil
	}
	t := &model.TargetContent{
		Tasks: d.tasks(total), AnnualFunds: d.funds(total), Basic: new(basic), Project: new(project),
		AnnualGoal: fmt.Sprintf("保障本单位%d年正常运转，完成各项主要任务。", d.o.Year), Handler: "经办人甲",
		FiledAt: model.CivilTime(fmt.Sprintf("%d-11-%02d", d.o.Year-1, 1+d.IntN(28))),
	}
	for _, r := range d.indicators(total, 1) {
		if r.Level2 != "cost" { // it states a project's money
			if r.LongTerm = nil; r.Annual != nil {
				r.Annual.Weight = ""
			}
			t.Indicators = append(t.Indicators, r)
		}
	}
	return t
}

func (d *draw) tasks(total model.Money) (tasks []model.TargetTask) {
	left := total
	for i := range 2 + d.IntN(3) {
		fiscal, other := d.part(left), model.Money(0)
		left -= fiscal
		if d.chance(50) {
			other = d.part(left)
			left -= other
		}
		tasks = append(tasks, model.TargetTask{
			Name: fmt.Sprintf("主要任务（%d）", i+1), Content: "按计划组织实施", Total: new(fiscal + other), Fiscal: new(fiscal), Other: new(other),
		})
	}
	return append(tasks, model.TargetTask{Name: "日常运转", Total: new(left)})
}
