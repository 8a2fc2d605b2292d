package rbac

// Monitoring (绩效运行监控) with its corrections (整改).
var (
	MonitoringRead    = Action{Name: "monitoring.read", ZH: "查看运行监控"}
	MonitoringSave    = Action{Name: "monitoring.save", ZH: "填报运行监控"}
	MonitoringSubmit  = Action{Name: "monitoring.submit", ZH: "提交运行监控"}
	MonitoringConfirm = Action{Name: "monitoring.confirm", ZH: "确认运行监控"}
	MonitoringReturn  = Action{Name: "monitoring.return", ZH: "退回运行监控"}
	MonitoringOrder   = Action{Name: "monitoring.order", ZH: "下达整改通知"}
	MonitoringReply   = Action{Name: "monitoring.reply", ZH: "答复整改"}
	MonitoringClose   = Action{Name: "monitoring.close", ZH: "复核并办结整改"}
)

// Self-evaluation (绩效自评), payments and boards.
var (
	EvaluationRead    = Action{Name: "evaluation.read", ZH: "查看绩效自评"}
	EvaluationSave    = Action{Name: "evaluation.save", ZH: "填报绩效自评"}
	EvaluationSubmit  = Action{Name: "evaluation.submit", ZH: "提交绩效自评"}
	EvaluationConfirm = Action{Name: "evaluation.confirm", ZH: "确认绩效自评"}
	EvaluationReturn  = Action{Name: "evaluation.return", ZH: "退回绩效自评"}
	EvaluationPublish = Action{Name: "evaluation.publish", ZH: "公开绩效自评结果"}
	// On top of the self-evaluation: 部门评价, 财政评价.
	EvaluationByDepartment = Action{Name: "evaluation.byDepartment", ZH: "开展部门评价"}
	EvaluationByFinance    = Action{Name: "evaluation.byFinance", ZH: "开展财政评价"}

	PaymentsRead   = Action{Name: "payments.read", ZH: "查看支付数据"}
	PaymentsSave   = Action{Name: "payments.save", ZH: "登记支付数据"}
	PaymentsImport = Action{Name: "payments.import", ZH: "导入支付数据"}
	BoardRead      = Action{Name: "board.read", ZH: "查看绩效看板"}
)

// The libraries (项目库, 指标库), catalogues, the year's settings, control figures
// (控制数): kept at the root and in the leading office.
var (
	ProjectRead  = Action{Name: "project.read", ZH: "查看项目库"}
	ProjectSave  = Action{Name: "project.save", ZH: "申请项目入库"}
	ProjectAdmit = Action{Name: "project.admit", ZH: "纳入部门项目库"}
	ProjectRank  = Action{Name: "project.rank", ZH: "排列部门项目"}
	ProjectStore = Action{Name: "project.store", ZH: "纳入财政项目库"}
	ProjectOrder = Action{Name: "project.order", ZH: "排列财政项目库"}
	ProjectClose = Action{Name: "project.close", ZH: "终止项目"}
	// A pre-evaluation is recorded by whoever had it done.
	ProjectEvaluate = Action{Name: "project.evaluate", ZH: "登记事前绩效评估"}

	LibraryRead   = Action{Name: "library.read", ZH: "查看指标库", Regional: true}
	LibrarySave   = Action{Name: "library.save", ZH: "维护指标库"}
	CatalogueRead = Action{Name: "catalogue.read", ZH: "查看科目目录", Regional: true}
	CatalogueSave = Action{Name: "catalogue.save", ZH: "维护科目目录"}
	YearRead      = Action{Name: "year.read", ZH: "查看年度设置", Regional: true}
	YearOpen      = Action{Name: "year.open", ZH: "开启预算年度"}
	YearSave      = Action{Name: "year.save", ZH: "维护年度设置"}
	YearClose     = Action{Name: "year.close", ZH: "关闭预算年度"}
	ControlRead   = Action{Name: "control.read", ZH: "查看控制数"}
	ControlSave   = Action{Name: "control.save", ZH: "编制控制数"}
	ControlIssue  = Action{Name: "control.issue", ZH: "下达控制数"}
)

// Packages (数据包), and exchange with 预算管理一体化 by standard codes.
var (
	PackageImport         = Action{Name: "package.import", ZH: "导入数据包为草稿"}
	PackageImportApproved = Action{Name: "package.importApproved", ZH: "以已批复状态导入数据包"}
	PackageExport         = Action{Name: "package.export", ZH: "导出数据包"}
	ExchangeImport        = Action{Name: "exchange.import", ZH: "从预算管理一体化导入"}
	ExchangeExport        = Action{Name: "exchange.export", ZH: "向预算管理一体化导出"}
)

// The installation: accounts and units, roles, the audit log (三员分立). Which
// departments an office looks after decides what its reviewers may see, so it is
// the security administrator's, not the one of units.
var (
	UnitRead       = Action{Name: "unit.read", ZH: "查看预算单位", Regional: true}
	UnitSave       = Action{Name: "unit.save", ZH: "维护预算单位"}
	OfficeAssign   = Action{Name: "office.assign", ZH: "分配股室分管部门"}
	AccountRead    = Action{Name: "account.read", ZH: "查看账号"}
	AccountSave    = Action{Name: "account.save", ZH: "维护账号"}
	AccountReset   = Action{Name: "account.reset", ZH: "重置密码"}
	AccountDisable = Action{Name: "account.disable", ZH: "停用账号"}
	SystemRead     = Action{Name: "system.read", ZH: "查看系统运行状况"}
	RoleRead       = Action{Name: "role.read", ZH: "查看角色分配"}
	RoleAssign     = Action{Name: "role.assign", ZH: "分配角色"}
	RoleExplain    = Action{Name: "role.explain", ZH: "查询他人权限依据"}
	AuditRead      = Action{Name: "audit.read", ZH: "查看审计日志"}
	AuditVerify    = Action{Name: "audit.verify", ZH: "核验审计日志"}
	AuditExport    = Action{Name: "audit.export", ZH: "导出审计日志"}
)
