package check

// recordRules is the catalogue of what must hold within the records of a unit, with
// the one table rule that reads revenue lines as well.
func recordRules() []Rule {
	rules := []Rule{
		{
			ID: "K13", Title: "绩效目标申报表年度资金与项目预算一致", Basis: "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）；勾稽关系", Since: 2016,
			Passing: "年度资金总额等于项目本年预算", Failing: "申报表年度资金为 0.00，项目本年预算为 1000000.00",
			project: formMatchesBudget,
		}, {
			ID: "K14", Title: "有预算的项目都有绩效目标申报表", Basis: "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）", Since: 2016, Severity: Warning,
			Passing: "有本年预算的项目附有申报表", Failing: "项目有本年预算而没有申报表",
			project: budgetHasForm,
		}, {
			ID: "K15", Title: "政府采购不超过预算", Basis: "《政府采购法》第二条、第六条；《政府购买服务管理办法》（财政部令第102号）",
			Passing: "采购金额不超过所在明细的金额", Failing: "采购金额大于所在明细的金额",
			sheet: sheetProcurement, project: projectProcurement,
		}, {
			ID: "K16", Title: "单位资金和财政专户预计收入与收支总表一致", Basis: tieBasis, Severity: Warning, Scope: TableScope,
			Passing: "收入明细的单位资金等于收支总表的单位资金", Failing: "收入明细的单位资金比支出安排少 1.00 万元",
			advice: "请核对收入明细与用该资金安排的支出。", tables: statedIncomeTies,
		}, {
			ID: "E01", Title: "项目经济科目明细不超过本年预算", Basis: tieBasis,
			Passing: "各资金性质的明细之和不超过该资金的本年预算", Failing: "明细之和大于该资金的本年预算",
			project: detailWithinBudget,
		}, {
			ID: "E02", Title: "部门与政府预算经济分类对应", Basis: "《支出经济分类科目改革方案》（财预〔2017〕98号）", Since: 2018, Severity: Warning, Scope: SheetScope,
			Passing: "事业单位的基本工资 30101 对应 50501", Failing: "事业单位的公务接待费 30217 对应 50206",
			sheet: pairsMapped,
		}, {
			ID: "E03", Title: "科目名称与本年度目录一致", Basis: "《政府收支分类科目》；以数据包名称为准", Severity: Info, Scope: SheetScope,
			Passing: "30201 写作“办公费”", Failing: "30201 写作“办公费用”",
			sheet: sheetNames, project: projectNames,
		},
	}
	return withDefaults(rules, FilingScope)
}
