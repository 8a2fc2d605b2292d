package filing

import "biaochi/model"

func outlineTarget(t *model.TargetContent) outline {
	o := outline{fields: fundFields("$.annualFunds.", "年度资金", t.AnnualFunds)}
	o.fields = append(o.fields,
		field{"$.basic", "基本支出", yuan(t.Basic)}, field{"$.project", "项目支出", yuan(t.Project)},
		field{"$.longTermGoal", "中长期目标", t.LongTermGoal}, field{"$.annualGoal", "年度总体目标", t.AnnualGoal},
		field{"$.responsible", "负责人", t.Responsible}, field{"$.handler", "经办人", t.Handler},
		field{"$.phone", "联系电话", t.Phone}, field{"$.filedAt", "填报日期", string(t.FiledAt)})
	o.lists = []list{
		{"$.tasks", "年度主要任务", rowsOf(t.Tasks, taskRow)},
		{"$.indicators", "绩效指标", rowsOf(t.Indicators, indicatorRow)},
	}
	return o
}

// taskRow is known by its name.
func taskRow(t *model.TargetTask) row {
	return row{key: t.Name, group: "task", name: t.Name, fields: []field{
		{".name", "任务名称", t.Name}, {".content", "主要内容", t.Content}, {".total", "预算金额", yuan(t.Total)},
		{".fiscal", "财政拨款", yuan(t.Fiscal)}, {".other", "其他资金", yuan(t.Other)},
	}}
}
