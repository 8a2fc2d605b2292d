package api

import (
	"biaochi/model"
	"biaochi/service/filing"
)

// UnitTarget is the content of a whole-unit target (整体支出绩效目标) as programs read
// and write it: what a unit promises for all its money of a year. Names are those of
// the exchange package; what is blank is left out.
type UnitTarget struct {
	Tasks        []TargetTask    `json:"tasks,omitempty" binding:"max=200,dive" label:"年度主要任务"`
	AnnualFunds  *FormFunds      `json:"annualFunds,omitempty" label:"年度资金"`
	Basic        *model.Money    `json:"basic,omitempty" label:"基本支出"`
	Project      *model.Money    `json:"project,omitempty" label:"项目支出"`
	LongTermGoal string          `json:"longTermGoal,omitempty" binding:"max=20000" label:"中长期目标"`
	AnnualGoal   string          `json:"annualGoal,omitempty" binding:"max=20000" label:"年度总体目标"`
	Indicators   []FormIndicator `json:"indicators,omitempty" binding:"max=500,dive" label:"绩效指标"`
	Responsible  string          `json:"responsible,omitempty" binding:"max=500" label:"负责人"`
	Handler      string          `json:"handler,omitempty" binding:"max=500" label:"经办人"`
	Phone        string          `json:"phone,omitempty" binding:"max=500" label:"联系电话"`
	FiledAt      model.CivilTime `json:"filedAt,omitempty" label:"填报日期"`
}

// TargetTask is a row of 年度主要任务 with its money.
type TargetTask struct {
	Name    string       `json:"name,omitempty" binding:"max=500" label:"任务名称"`
	Content string       `json:"content,omitempty" binding:"max=20000" label:"主要内容"`
	Total   *model.Money `json:"total,omitempty" label:"预算金额总额"`
	Fiscal  *model.Money `json:"fiscal,omitempty" label:"财政拨款"`
	Other   *model.Money `json:"other,omitempty" label:"其他资金"`
}

var targetKind = recordKind[UnitTarget]{
	kind: model.TargetRecord, path: "/targets", one: "Target", many: "Targets", zh: "整体支出绩效目标",
	read: func(t *UnitTarget) (c filing.Content, err error) {
		c.Target = &model.TargetContent{}
		return c, recast(t, c.Target)
	},
	show: func(c filing.Content) (t UnitTarget, err error) {
		return t, recast(c.Target, &t)
	},
}
