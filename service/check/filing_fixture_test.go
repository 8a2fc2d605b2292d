package check_test

import "biaochi/model"

// soundForm is a form with nothing wrong but what a case does to its money: a
// one-year project whose texts are too short to be taken for copies.
func soundForm(total model.Money) *model.Form {
	funds := func() model.FormFunds { return model.FormFunds{Total: new(total), MunicipalCounty: new(total)} }
	return &model.Form{
		PeriodYears: new(1), LongTermFunds: funds(), AnnualFunds: funds(),
		Overview: "业务保障。", Basis: "职责分工", Necessity: "工作需要。", Safeguards: "财务制度。", Plan: "按季实施。",
		LongTermGoal: "完成任务。", AnnualGoal: "完成任务。", Handler: "经办人甲", FiledAt: "2023-11-14",
		Indicators: []model.Indicator{
			onBothHorizons("output", "quantity", "开展服务次数", "≥12次"),
			onBothHorizons("benefit", "social", "居民知晓率", "≥90%"),
			onBothHorizons("satisfaction", "serviceRecipients", "居民满意度", "≥90%"),
		},
	}
}

func onBothHorizons(level1, level2, name, value string) model.Indicator {
	return model.Indicator{
		Level1: level1, Level2: level2,
		LongTerm: &model.Target{Name: name, Value: value}, Annual: &model.Target{Name: name, Value: value},
	}
}
