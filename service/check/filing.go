package check

import "slices"

const (
	targetRules = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
	coreRules   = "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）"
	formRules   = targetRules + "；《项目支出绩效目标申报表》"
	practice    = "通行做法"
	targetYear  = 2016 // the first budget year under 财预〔2015〕88号
)

// filingRules is the catalogue of what a filing (项目支出绩效目标申报表) must hold,
// checked on every save, on submission and with the whole unit. Figures and words
// are in filing.json.
func filingRules() []Rule {
	rules := slices.Concat(filingFieldRules(), filingValueRules(), filingTextRules())
	for i := range rules {
		rules[i].project = withForm(rules[i].project)
		rules[i].filing = true
		rules[i].target = overTargets[rules[i].ID]
		if rules[i].Since == 0 {
			rules[i].Since = targetYear
		}
	}
	return withDefaults(rules, FilingScope)
}

// withForm leaves a project without a form to K14.
func withForm(rule func(*probe)) func(*probe) {
	return func(p *probe) {
		if p.project.Form != nil {
			rule(p)
		}
	}
}

// filingFieldRules are F01–F05: what stands on the form at all.
func filingFieldRules() []Rule {
	return []Rule{
		{
			ID: "F01", Title: "申报表必填内容齐全", Basis: formRules,
			Passing: "必填栏目都已填写，有名称的指标都有指标值", Failing: "年度目标空白",
			project: mandatoryFields,
		}, {
			ID: "F02", Title: "实施期资金不小于年度资金", Basis: formRules,
			Passing: "三年期项目实施期资金 300000.00 元，年度资金 100000.00 元", Failing: "一年期项目实施期资金 300000.00 元，年度资金 100000.00 元",
			project: longTermFunds,
		}, {
			ID: "F03", Title: "资金总额等于各级资金之和", Basis: formRules,
			Passing: "年度资金总额 100000.00 元，各级资金之和 100000.00 元", Failing: "年度资金总额 100000.00 元，各级资金之和 10000.00 元",
			project: fundsAddUp,
		}, {
			ID: "F04", Title: "一级指标齐全", Basis: formRules,
			Passing: "产出、效益、满意度指标都有", Failing: "没有效益指标",
			project: groupsPresent,
		}, {
			ID: "F05", Title: "指标属于本年度指标体系", Basis: targetRules + "；" + coreRules, Severity: Warning,
			Passing: "成本指标列在产出指标之下", Failing: "成本指标列为一级指标，而本年度指标体系没有这个一级指标",
			project: rowsOfTree,
		},
	}
}

// filingValueRules are F06–F16: what the values of indicators say.
func filingValueRules() []Rule {
	return []Rule{
		{
			ID: "F06", Title: "指标值可以衡量", Basis: targetRules,
			Passing: "指标“公安分局辅警”的值为“≥60人”", Failing: "指标“公安分局辅警”的值为“公安分局辅警”",
			project: valuesMeasure,
		}, {
			ID: "F07", Title: "比较符号与指标相符", Basis: coreRules, Severity: Warning,
			Passing: "总成本为“≤20万元”，覆盖率为“≥90%”", Failing: "总成本为“≥20万元”",
			project: operatorsFit,
		}, {
			ID: "F08", Title: "满意度写作不低于某个百分比", Basis: coreRules, Severity: Warning,
			Passing: "满意度为“≥90%”", Failing: "满意度为“提高90%”",
			project: satisfactionIsRate,
		}, {
			ID: "F09", Title: "提高或下降写明基数", Basis: practice, Severity: Warning,
			Passing: "“较上年提高5%”", Failing: "“提高95%”",
			project: changesNameBase,
		}, {
			ID: "F10", Title: "成本指标与资金相符", Basis: targetRules,
			Passing: "年度资金 100000.00 元，年度总成本“≤10万元”", Failing: "年度资金 100000.00 元，年度总成本“≤1万元”",
			project: costFitsFunds,
		}, {
			ID: "F11", Title: "年度指标的日期在预算年度内", Basis: targetRules,
			Passing: "2024 年度“2024年12月底前”", Failing: "2024 年度“2023年12月底前”",
			project: annualDates,
		}, {
			ID: "F12", Title: "实施期指标的日期在实施期内", Basis: targetRules,
			Passing: "2024 年起三年期项目“2026年底前”", Failing: "2024 年起三年期项目“2022年底前”",
			project: longTermDates,
		}, {
			ID: "F13", Title: "同一指标两栏计量单位相同", Basis: practice,
			Passing: "实施期“≥1500册”，年度“≥500册”", Failing: "实施期“≥1500册”，年度“≥2次”",
			project: sameUnits,
		}, {
			ID: "F14", Title: "实施期数量与年度数量相称", Basis: practice, Severity: Warning,
			Passing: "三年期项目实施期“≥36次”，年度“≥12次”", Failing: "三年期项目实施期“≥12次”，年度“≥12次”",
			project: longTermCounts,
		}, {
			ID: "F15", Title: "不沿用以前年度的内容", Basis: practice, Severity: Warning,
			Passing: "2024 年度目标写“2024年完成培训12期”", Failing: "2024 年度目标写“2022年完成培训12期”",
			project: staleYears,
		}, {
			ID: "F16", Title: "时效指标不是日期序列号", Basis: practice, Severity: Warning,
			Passing: "完成时间为“2024年11月底前”", Failing: "完成时间为“45626”",
			project: excelDates,
		},
	}
}

// filingTextRules are F17–F23: texts, names, and the form as a whole.
func filingTextRules() []Rule {
	return []Rule{
		{
			ID: "F17", Title: "表内不重复", Basis: practice, Severity: Warning,
			Passing: "各指标名称不同", Failing: "两个年度指标都叫“举办培训班次”",
			project: repeatedInForm,
		}, {
			ID: "F18", Title: "内容不照抄其他项目", Basis: practice, Severity: Warning,
			Passing: "各项目的必要性各有说明", Failing: "项目设立必要性与本单位另一项目完全相同",
			project: copiedFromOthers,
		}, {
			ID: "F19", Title: "指标名称简明完整", Basis: coreRules, Severity: Warning,
			Passing: "“举办培训班次”", Failing: "“充分发挥企业各类人才的”",
			project: shortNames,
		}, {
			ID: "F20", Title: "填报日期不早于上一年度", Basis: practice, Severity: Warning,
			Passing: "2024 年度申报表填报于 2023-11-14", Failing: "2024 年度申报表填报于 2022-11-14",
			project: filedInTime,
		}, {
			ID: "F21", Title: "指标权重合计正确", Basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）；" + coreRules, Since: 2021,
			Passing: "年度指标权重合计 90", Failing: "年度指标权重合计 85",
			project: weightsAddUp,
		}, {
			ID: "F22", Title: "不含个人信息", Basis: "《政府信息公开条例》第十五条",
			Passing: "项目概况没有个人信息", Failing: "项目概况写有手机号码",
			project: personalData,
		}, {
			ID: "F23", Title: "新增重大项目有事前绩效评估", Basis: "《中共中央国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）", Since: 2019, Severity: Warning,
			Passing: "新增项目达到金额标准，事前绩效评估结论为“支持”", Failing: "新增项目达到金额标准，没有登记事前绩效评估",
			project: preEvaluated,
		},
	}
}
