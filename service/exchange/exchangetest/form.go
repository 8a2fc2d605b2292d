package exchangetest

import (
	"fmt"

	"biaochi/model"
)

// form draws a form that a checker has nothing to say about: its money ties with
// the budget and its targets can be measured.
func (d *draw) form(p model.ProjectContent, annual model.Money) *model.Form {
	years := 1
	if p.Nature == model.Recurring {
		years += d.IntN(3)
	}
	form := &model.Form{
		PeriodYears:  new(years),
		AnnualFunds:  d.funds(annual),
		Overview:     p.Name + "面向本区居民，改善服务条件。",
		Basis:        "《示例区公共服务办法》",
		Necessity:    "现有条件不能满足" + p.Name + "的需要。",
		Safeguards:   "项目管理制度；\n资金管理制度",
		Plan:         "一季度启动" + p.Name + "，四季度验收。",
		LongTermGoal: fmt.Sprintf("%d年内完成%s全部任务。", years, p.Name),
		AnnualGoal:   fmt.Sprintf("%d年完成%s当年任务。", d.o.Year, p.Name),
		Handler:      "经办人甲",
		FiledAt:      model.CivilTime(fmt.Sprintf("%d-11-%02dT%02d:30:00", d.o.Year-1, 1+d.IntN(28), 8+d.IntN(9))),
	}
	form.LongTermFunds = times(form.AnnualFunds, years)
	form.Indicators = d.indicators(annual, years)
	if d.chance(50) {
		form.PeriodStart, form.Responsible, form.Phone = new(d.o.Year), "负责人乙", "0000-1234"
	}
	return form
}

// funds cuts a total by level; a row without money is zero or blank.
func (d *draw) funds(total model.Money) model.FormFunds {
	funds := model.FormFunds{Total: new(total), Other: nil, SelfRaised: new(model.Money(0))}
	left := total
	for _, row := range []**model.Money{&funds.Central, &funds.Provincial} {
		amount := model.Money(0)
		if d.chance(30) {
			amount = d.part(left)
		}
		*row = new(amount)
		left -= amount
	}
	funds.MunicipalCounty = new(left)
	return funds
}

func times(funds model.FormFunds, years int) model.FormFunds {
	for _, row := range []**model.Money{
		&funds.Total, &funds.Central, &funds.Provincial, &funds.MunicipalCounty, &funds.SelfRaised, &funds.Other,
	} {
		if *row != nil {
			*row = new(**row * model.Money(years))
		}
	}
	return funds
}

// indicators draws the nine rows of the 2015 tree; two benefits stay empty.
func (d *draw) indicators(annual model.Money, years int) []model.Indicator {
	n, last := 1+d.IntN(50), d.o.Year+years-1
	rate := fmt.Sprintf("≥%d%%", 80+d.IntN(20))
	rows := []model.Indicator{
		row("output", "quantity", "开展服务次数", fmt.Sprintf("≥%d次", n*years), fmt.Sprintf("≥%d次", n)),
		row("output", "quality", "验收合格率", rate, rate),
		row("output", "timeliness", "完成时间", fmt.Sprintf("%d年11月底前", last), fmt.Sprintf("%d年11月底前", d.o.Year)),
		row("output", "cost", "项目总成本", "≤"+(annual*model.Money(years)).Yuan()+"元", "≤"+annual.Yuan()+"元"),
		{Level1: "benefit", Level2: "economic"},
		row("benefit", "social", "居民知晓率", rate, rate),
		{Level1: "benefit", Level2: "ecological"},
		row("benefit", "sustainability", "设施可用年限", "≥5年", "≥5年"),
		row("satisfaction", "serviceRecipients", "服务对象满意度", "≥90%", "≥90%"),
	}
	if d.chance(30) {
		d.weigh(rows)
	}
	if d.chance(30) {
		d.explain(rows[0].Annual)
	}
	return rows
}

func row(level1, level2, name, longTerm, annual string) model.Indicator {
	return model.Indicator{
		Level1: level1, Level2: level2,
		LongTerm: &model.Target{Name: name, Value: longTerm}, Annual: &model.Target{Name: name, Value: annual},
	}
}

// weigh gives points that sum to 90, as numbers or as texts.
func (d *draw) weigh(rows []model.Indicator) {
	points := []string{"20", "10", "10", "10", "", "15.5", "", "14.5", "10"}
	quote := ""
	if d.chance(50) {
		quote = `"`
	}
	for i, p := range points {
		if p != "" {
			rows[i].LongTerm.Weight = model.Weight(quote + p + quote)
			rows[i].Annual.Weight = rows[i].LongTerm.Weight
		}
	}
}

func (d *draw) explain(t *model.Target) {
	t.Explanation, t.Basis, t.Source = "当年开展的服务次数", "服务协议", "业务台账"
	t.Evidence, t.Scoring = "签到表与照片", "每少一次扣 1 分"
}
