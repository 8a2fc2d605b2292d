package check

const disclosureBasis = "《预算法》第十四条；财预〔2016〕143号《地方预决算公开操作规程》"

// documentRules is the catalogue of what is checked before a document goes out.
func documentRules() []Rule {
	rules := []Rule{
		{
			ID: "R22", Title: "绩效目标表与绩效说明一致", Basis: disclosureBasis + "；通行做法",
			Passing: "说明 16 个项目，附表 16 张，资金不超过项目支出", Failing: "说明 16 个项目，附表只有 15 张",
			document: formsMatch,
		}, {
			ID: "R24", Title: "情况说明的数字与表格一致", Basis: "财预〔2016〕143号（真实性）；通行做法",
			Passing: "说明中的金额、占比与表格相同", Failing: "表中为 1915.20，说明写成 1915.00",
			document: figuresMatch,
		}, {
			ID: "R25", Title: "增减变化写明方向和原因", Basis: "财预〔2016〕143号（说明增减变化原因）",
			Passing: "减少 4195.51 万元并写明原因；上年为零的不写增幅", Failing: "金额下降却写成增加，或没有写明原因",
			document: changesExplained,
		}, {
			ID: "R27", Title: "空表有说明、有数的表没有空表说明", Basis: "财预〔2016〕143号；基层政务公开标准目录（没有数据的表应列出空表并说明）",
			Passing: "空表下写有“本表无数据”", Failing: "空表下没有说明，或有数的表写着“本表无数据”",
			document: emptyTablesNoted,
		}, {
			ID: "R28", Title: "年度前后一致", Basis: "通行做法：公开检查常见问题",
			Passing: "标题、表头和说明都是本年度", Failing: "表名或说明中留有上一年度",
			document: yearsAgree,
		}, {
			ID: "R29", Title: "单位与部门称谓、单位名称前后一致", Basis: "财预〔2016〕143号（部门预算、单位预算分别公开）",
			Passing: "单位公开通篇称“本单位”", Failing: "单位公开中出现“本部门”，或表上的单位名称与封面不同",
			document: wordingAgrees,
		}, {
			ID: "R30", Title: "没有占位符、模板选项和标点差错", Basis: "通行做法：公开检查常见问题",
			Passing: "语句完整，百分数带百分号", Failing: "留有“XX”“增长（下降）”，或占比缺少百分号",
			document: nothingLeftOver,
		}, {
			ID: "D01", Title: "公开内容完整、顺序正确", Basis: disclosureBasis,
			Passing: "各部分、各表、各项说明和附表齐全", Failing: "缺一张表、一段说明或职责",
			document: complete, rest: true,
		}, {
			ID: "D02", Title: "表格和附表与已批复的记录一致", Basis: "财预〔2016〕143号（真实性）",
			Passing: "每个单元格都与记录生成的一致", Failing: "表中一个数字被改动",
			document: asRecorded, rest: true,
		}, {
			ID: "D03", Title: "没有个人信息", Basis: "《个人信息保护法》第二十五条；《政府信息公开条例》第十五条",
			Passing: "手机号码已遮盖，只留办公电话", Failing: "文中有完整的手机、身份证或银行卡号码",
			document: noPersonalNumbers,
		}, {
			ID: "D04", Title: "经办人姓名按规定处理", Basis: "《个人信息保护法》第六条（最小范围）；地区公开文本模板",
			Passing: "按模板只写姓氏", Failing: "模板要求只写姓氏，附表写了全名",
			document: personsByRule,
		}, {
			ID: "D05", Title: "文字都能印出", Basis: "财预〔2016〕143号（公众能够方便查阅）；通行做法",
			Passing: "姓名、地名中的生僻字都在字库中", Failing: "单位名称中有一个自造字，PDF 中只能印成〓",
			document: everythingPrints,
		},
	}
	for i := range rules {
		rules[i].Since, rules[i].Severity, rules[i].Scope = firstYear, Error, DocumentScope
	}
	return rules
}
