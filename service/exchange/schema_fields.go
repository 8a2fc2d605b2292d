package exchange

import "biaochi/model"

// The keys of the package in the order of writing, which is the reference
// package's. Reader, writer and JSON Schema all follow these lists.

// Bounds of integers.
const (
	minYear, maxYear = 2000, 2100
	maxPeriodYears   = 100
	maxAppendixNo    = 99_999
	maxVehicles      = 999_999
)

var (
	nameShape   = textOf(nameText)
	memoShape   = textOf(memoText)
	codeShape   = textOf(codeText)
	yearShape   = integerOf(minYear, maxYear)
	moneyShape  = &shape{kind: moneyKind}
	weightShape = &shape{kind: weightKind}
	rawShape    = &shape{kind: rawKind}

	fundKindShape = wordsOf(model.FundKinds)
	sourceShape   = wordsOf(model.Sources)
	formatShape   = choiceOf(shapeChoice{Format, Format})
)

var unitShape = objectOf[model.UnitHeader]("unit", "预算单位",
	need("code", "单位代码", codeShape),
	need("name", "单位名称", nameShape),
	need("kind", "单位性质", wordsOf(model.UnitKinds)),
	may("parentCode", "主管部门代码", codeShape),
	may("regionCode", "财政区划代码", textOf(regionText)),
	may("shortName", "单位简称", nameShape),
	may("regionName", "区划名称", nameShape),
	may("duties", "主要职责", memoShape),
	may("organization", "机构设置", listOf(nameShape)),
)

var functionShape = objectOf[model.FunctionName]("function", "功能分类科目",
	need("code", "功能分类编码", codeShape),
	need("name", "功能分类名称", nameShape),
)

var revenueCodeShape = objectOf[model.RevenueCode]("revenueCode", "收入分类科目",
	need("code", "收入科目编码", codeShape),
	may("name", "收入科目名称", nameShape),
)

var revenueShape = objectOf[model.RevenueLine]("revenue", "收入明细",
	need("fundKind", "资金性质", fundKindShape),
	may("codes", "收入科目（类、款、项）", listOf(revenueCodeShape)),
	need("amount", "金额", moneyShape),
)

var procurementShape = objectOf[model.ProcurementLine]("procurement", "政府采购",
	need("kind", "采购类别", wordsOf(model.ProcurementKinds)),
	may("serviceCode", "政府购买服务目录编码", codeShape),
	need("amount", "金额", moneyShape),
)

var basicLineShape = objectOf[model.BasicLine]("basicLine", "基本支出明细",
	need("functionCode", "功能分类编码", codeShape),
	need("departmentEconomicCode", "部门预算支出经济分类编码", codeShape),
	may("departmentEconomicName", "部门预算支出经济分类名称", nameShape),
	need("governmentEconomicCode", "政府预算支出经济分类编码", codeShape),
	may("governmentEconomicName", "政府预算支出经济分类名称", nameShape),
	need("fundKind", "资金性质", fundKindShape),
	may("source", "资金年度", sourceShape).or(string(model.CurrentYear)),
	need("costKind", "经费类别", wordsOf(model.CostKinds)),
	need("amount", "金额", moneyShape),
	may("procurement", "政府采购", listOf(procurementShape)),
)

var budgetRowShape = objectOf[model.BudgetRow]("budgetRow", "项目预算",
	need("fundKind", "资金性质", fundKindShape),
	may("source", "资金年度", sourceShape).or(string(model.CurrentYear)),
	need("amount", "金额", moneyShape),
)

var economicLineShape = objectOf[model.EconomicLine]("economicLine", "项目经济分类明细",
	need("departmentEconomicCode", "部门预算支出经济分类编码", codeShape),
	may("departmentEconomicName", "部门预算支出经济分类名称", nameShape),
	need("fundKind", "资金性质", fundKindShape),
	need("amount", "金额", moneyShape),
	may("procurement", "政府采购", listOf(procurementShape)),
)

var formFundsShape = objectOf[model.FormFunds]("formFunds", "申报表资金",
	may("total", "资金总额", moneyShape),
	may("central", "中央资金", moneyShape),
	may("provincial", "省级资金", moneyShape),
	may("municipalCounty", "市县（区）资金", moneyShape),
	may("selfRaised", "单位自筹", moneyShape),
	may("other", "其他资金", moneyShape),
)

var targetShape = objectOf[model.Target]("target", "三级指标",
	may("name", "指标名称", textOf(cellText)),
	may("value", "指标值", memoShape),
	may("weight", "权重", weightShape),
	may("explanation", "指标解释", memoShape),
	may("basis", "指标值设定依据", memoShape),
	may("source", "数据来源", memoShape),
	may("evidence", "佐证资料", memoShape),
	may("scoring", "评分标准", memoShape),
)

var indicatorShape = afterReading(objectOf[model.Indicator]("indicator", "绩效指标",
	need("level1", "一级指标", level1Shape),
	need("level2", "二级指标", level2Shape),
	may("longTerm", "实施期指标", targetShape),
	may("annual", "年度指标", targetShape),
), checkIndicator)

var formShape = objectOf[model.Form]("form", "项目支出绩效目标申报表",
	may("periodYears", "项目期（年）", integerOf(0, maxPeriodYears)),
	may("periodStart", "项目期起始年", yearShape),
	may("longTermFunds", "实施期资金", formFundsShape),
	may("annualFunds", "年度资金", formFundsShape),
	may("overview", "项目概况", memoShape),
	may("basis", "立项依据", memoShape),
	may("necessity", "项目设立必要性", memoShape),
	may("safeguards", "保证项目实施的制度、措施", memoShape),
	may("plan", "项目实施计划", memoShape),
	may("longTermGoal", "实施期目标", memoShape),
	may("annualGoal", "年度目标", memoShape),
	may("indicators", "绩效指标", listOf(indicatorShape)),
	may("responsible", "负责人", nameShape),
	may("handler", "经办人", nameShape),
	may("phone", "联系电话", nameShape),
	may("filedAt", "填报日期", textOf(civilTimeText)),
	may("name", "项目名称（与项目库名称不同时）", nameShape),
)

var projectShape = afterReading(objectOf[model.ProjectContent]("project", "项目",
	need("code", "项目代码", codeShape),
	need("name", "项目名称", nameShape),
	need("functionCode", "功能分类编码", codeShape),
	may("category", "项目类别", wordsOf(model.Categories)),
	may("nature", "项目属性", wordsOf(model.Natures)),
	may("appendixNo", "附表序号", integerOf(0, maxAppendixNo)),
	may("budget", "项目预算", listOf(budgetRowShape)),
	may("economicLines", "经济分类明细", listOf(economicLineShape)),
	may("form", "绩效目标申报表", formShape),
), dropRepeatedName)

var targetTaskShape = objectOf[model.TargetTask]("targetTask", "年度主要任务",
	may("name", "任务名称", nameShape),
	may("content", "主要内容", memoShape),
	may("total", "预算金额总额", moneyShape),
	may("fiscal", "财政拨款", moneyShape),
	may("other", "其他资金", moneyShape),
)

var wholeTargetShape = objectOf[model.TargetContent]("wholeUnitTarget", "整体支出绩效目标申报表",
	may("tasks", "年度主要任务", listOf(targetTaskShape)),
	may("annualFunds", "年度资金", formFundsShape),
	may("basic", "基本支出", moneyShape),
	may("project", "项目支出", moneyShape),
	may("longTermGoal", "中长期目标", memoShape),
	may("annualGoal", "年度总体目标", memoShape),
	may("indicators", "绩效指标", listOf(indicatorShape)),
	may("responsible", "负责人", nameShape),
	may("handler", "经办人", nameShape),
	may("phone", "联系电话", nameShape),
	may("filedAt", "填报日期", textOf(civilTimeText)),
)

var priorFundsShape = objectOf[model.PriorFunds]("priorFunds", "上年各资金性质合计",
	may("generalPublicBudget", "一般公共预算", moneyShape),
	may("governmentFund", "政府性基金预算", moneyShape),
	may("stateCapital", "国有资本经营预算", moneyShape),
	may("fiscalSpecialAccount", "财政专户管理资金", moneyShape),
	may("unitFunds", "单位资金", moneyShape),
)

var priorThreePublicShape = objectOf[model.PriorThreePublic]("priorThreePublic", "上年“三公”经费",
	may("overseas", "因公出国（境）费", moneyShape),
	may("reception", "公务接待费", moneyShape),
	may("vehiclePurchase", "公务用车购置费", moneyShape),
	may("vehicleOperation", "公务用车运行维护费", moneyShape),
)

var priorYearShape = objectOf[model.PriorYear]("priorYear", "上年数",
	may("year", "上年年度", yearShape),
	may("total", "上年合计", moneyShape),
	may("byFundKind", "上年各资金性质合计", priorFundsShape),
	may("threePublic", "上年“三公”经费", priorThreePublicShape),
	may("agencyOperating", "上年机关运行经费", moneyShape),
)

var explanationsShape = objectOf[model.Explanations]("explanations", "增减变化原因",
	may("totalChange", "收支总额变化原因", memoShape),
	may("generalPublicBudgetChange", "一般公共预算变化原因", memoShape),
	may("threePublicChange", "“三公”经费变化原因", memoShape),
	may("agencyOperating", "机关运行经费说明", memoShape),
)

var assetsShape = objectOf[model.Assets]("assets", "国有资产占有使用情况",
	may("vehicles", "车辆（辆）", integerOf(0, maxVehicles)),
	may("vehiclesNote", "车辆说明", memoShape),
	may("buildings", "房屋情况", memoShape),
	may("other", "其他资产情况", memoShape),
)

var purchasedServiceShape = objectOf[model.PurchasedService]("purchasedService", "政府购买服务指导性目录",
	need("code", "目录编码", codeShape),
	may("level1", "一级目录", nameShape),
	may("level2", "二级目录", nameShape),
	may("level3", "三级目录", nameShape),
)

var approvalShape = objectOf[model.ApprovalRef]("approval", "批复",
	may("number", "批复文号", nameShape),
	may("date", "批复日期", textOf(dateText)),
)

// Keys that the package shares with the content of a sheet.
var (
	unitKey      = need("unit", "预算单位", unitShape)
	functionsKey = may("functions", "本包使用的功能分类科目", listOf(functionShape))
	revenuesKey  = may("revenues", "收入明细", listOf(revenueShape))
	basicKey     = may("basicLines", "基本支出明细", listOf(basicLineShape))
	priorKey     = may("priorYear", "上年数", priorYearShape)
	explainKey   = may("explanations", "增减变化原因", explanationsShape)
	assetsKey    = may("assets", "国有资产占有使用情况", assetsShape)
	servicesKey  = may("purchasedServices", "政府购买服务指导性目录", listOf(purchasedServiceShape))
	approvalKey  = may("approval", "批复", approvalShape)
)

var packageShape = objectOf[Package]("package", "数据包",
	need("format", "格式标识", formatShape),
	need("year", "预算年度", yearShape),
	unitKey, functionsKey, revenuesKey, basicKey,
	may("projects", "项目", listOf(projectShape)),
	may("wholeUnitTarget", "整体支出绩效目标", wholeTargetShape),
	priorKey, explainKey, assetsKey, servicesKey, approvalKey,
	may("history", "历史版本与日志", rawShape),
)

var sheetShape = objectOf[model.SheetContent]("sheet", "基本支出表",
	unitKey, functionsKey, revenuesKey, basicKey,
	priorKey, explainKey, assetsKey, servicesKey, approvalKey,
)

var historyShape = objectOf[History]("history", "历史版本与日志",
	may("sheet", "基本支出表", historyRecordOf[model.SheetContent](sheetShape)),
	may("projects", "项目", listOf(historyRecordOf[model.ProjectContent](projectShape))),
	may("wholeUnitTarget", "整体支出绩效目标", historyRecordOf[model.TargetContent](wholeTargetShape)),
	may("tracking", "批复以后", trackingShape),
)

func historyRecordOf[T any](content *shape) *shape {
	version := objectOf[HistoryVersion[T]]("historyVersion", "版本",
		need("number", "版本号", integerOf(1, 1<<31-1)),
		need("state", "状态", nameShape),
		may("createdAt", "生成时间", textOf(civilTimeText)),
		may("createdBy", "生成人", nameShape),
		may("approval", "批复", approvalShape),
		may("content", "内容", content),
	)
	return objectOf[HistoryRecord[T]]("historyRecord", "记录",
		may("code", "项目代码", codeShape),
		may("versions", "版本", listOf(version)),
		may("events", "日志", listOf(historyEventShape)),
	)
}

var historyEventShape = objectOf[HistoryEvent]("historyEvent", "日志",
	need("at", "时间", textOf(civilTimeText)),
	need("actor", "操作人", nameShape),
	need("action", "操作", nameShape),
	may("fromState", "原状态", nameShape),
	may("toState", "新状态", nameShape),
	may("reason", "原因", memoShape),
)

func init() {
	formShape.keepEmpty = true
	projectShape.view = withoutRepeatedName
}
