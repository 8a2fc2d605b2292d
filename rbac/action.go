package rbac

// Action is something a person can do, by name. Every route names one; casbin
// decides it for a role. Declare it in the list below, give it to a role in
// policy.csv, and add its row to testdata/rights.txt.
type Action struct {
	Name string // stable: "filing.submit"
	ZH   string // as people read it: 提交绩效目标
	// Regional marks what is common to a region, such as its catalogues: a role
	// anywhere in the region is enough.
	Regional bool
}

// The two actions that need no role.
var (
	Public = Action{Name: "public", ZH: "公开访问"} // no login
	Self   = Action{Name: "self", ZH: "本人事务"}   // anybody logged in, on their own account, tasks and notices
)

// Actions are all declared actions that need a role, in the order of the policy.
var Actions = []Action{
	FilingRead, FilingSave, FilingSubmit, FilingRecall, FilingWithdraw, FilingAdjust, FilingConsent, FilingDecline,
	FilingPass, FilingReturn, FilingEditAgreed, FilingBlock, FilingReopen,
	SheetRead, SheetSave, SheetSubmit, SheetRecall, SheetWithdraw, SheetAdjust, SheetConsent, SheetDecline,
	SheetPass, SheetReturn, SheetEditAgreed, SheetBlock, SheetReopen,
	TargetRead, TargetSave, TargetSubmit, TargetRecall, TargetWithdraw, TargetAdjust, TargetConsent, TargetDecline,
	TargetPass, TargetReturn, TargetEditAgreed, TargetBlock, TargetReopen,
	ApprovalRead, ApprovalGive, ApprovalGiveUnit,
	DeputyRead, DeputyName,
	AttachmentRead, AttachmentAdd, AttachmentRemove,
	FindingsRead, TablesRead, TablesExport,
	DisclosureRead, DisclosureAssemble, DisclosureCheck, DisclosureSecrecy, DisclosureSign, DisclosureOverride,
	DisclosurePublish, DisclosureCorrect,
	MonitoringRead, MonitoringSave, MonitoringSubmit, MonitoringConfirm, MonitoringReturn,
	MonitoringOrder, MonitoringReply, MonitoringClose,
	EvaluationRead, EvaluationSave, EvaluationSubmit, EvaluationConfirm, EvaluationReturn, EvaluationPublish,
	EvaluationByDepartment, EvaluationByFinance,
	PaymentsRead, PaymentsSave, PaymentsImport, BoardRead,
	ProjectRead, ProjectSave, ProjectAdmit, ProjectRank, ProjectStore, ProjectOrder, ProjectClose, ProjectEvaluate,
	LibraryRead, LibrarySave,
	CatalogueRead, CatalogueSave, YearRead, YearOpen, YearSave, YearClose,
	ControlRead, ControlSave, ControlIssue,
	PackageImport, PackageImportApproved, PackageExport, ExchangeImport, ExchangeExport,
	UnitRead, UnitSave, OfficeAssign,
	AccountRead, AccountSave, AccountReset, AccountDisable, SystemRead,
	RoleRead, RoleAssign, RoleExplain,
	AuditRead, AuditVerify, AuditExport,
}

// Filings (绩效目标申报) in the workflow; the words after the dot are the workflow's.
var (
	FilingRead       = Action{Name: "filing.read", ZH: "查看绩效目标"}
	FilingSave       = Action{Name: "filing.save", ZH: "填报绩效目标"}
	FilingSubmit     = Action{Name: "filing.submit", ZH: "提交绩效目标"}
	FilingRecall     = Action{Name: "filing.recall", ZH: "收回绩效目标"}
	FilingWithdraw   = Action{Name: "filing.withdraw", ZH: "撤销绩效目标"}
	FilingAdjust     = Action{Name: "filing.adjust", ZH: "调整绩效目标"}
	FilingConsent    = Action{Name: "filing.consent", ZH: "同意修改绩效目标"}
	FilingDecline    = Action{Name: "filing.decline", ZH: "不同意修改绩效目标"}
	FilingPass       = Action{Name: "filing.pass", ZH: "审核通过绩效目标"}
	FilingReturn     = Action{Name: "filing.return", ZH: "退回绩效目标"}
	FilingEditAgreed = Action{Name: "filing.editAgreed", ZH: "协商修改绩效目标"}
	FilingBlock      = Action{Name: "filing.block", ZH: "绩效目标不予安排"}
	FilingReopen     = Action{Name: "filing.reopen", ZH: "重新开放绩效目标"}
)

// Basic sheets (基本支出表) in the workflow.
var (
	SheetRead       = Action{Name: "sheet.read", ZH: "查看基本支出表"}
	SheetSave       = Action{Name: "sheet.save", ZH: "填报基本支出表"}
	SheetSubmit     = Action{Name: "sheet.submit", ZH: "提交基本支出表"}
	SheetRecall     = Action{Name: "sheet.recall", ZH: "收回基本支出表"}
	SheetWithdraw   = Action{Name: "sheet.withdraw", ZH: "撤销基本支出表"}
	SheetAdjust     = Action{Name: "sheet.adjust", ZH: "调整基本支出表"}
	SheetConsent    = Action{Name: "sheet.consent", ZH: "同意修改基本支出表"}
	SheetDecline    = Action{Name: "sheet.decline", ZH: "不同意修改基本支出表"}
	SheetPass       = Action{Name: "sheet.pass", ZH: "审核通过基本支出表"}
	SheetReturn     = Action{Name: "sheet.return", ZH: "退回基本支出表"}
	SheetEditAgreed = Action{Name: "sheet.editAgreed", ZH: "协商修改基本支出表"}
	SheetBlock      = Action{Name: "sheet.block", ZH: "基本支出表不予安排"}
	SheetReopen     = Action{Name: "sheet.reopen", ZH: "重新开放基本支出表"}
)

// Whole-unit targets (整体支出绩效目标) in the workflow.
var (
	TargetRead       = Action{Name: "target.read", ZH: "查看整体支出绩效目标"}
	TargetSave       = Action{Name: "target.save", ZH: "填报整体支出绩效目标"}
	TargetSubmit     = Action{Name: "target.submit", ZH: "提交整体支出绩效目标"}
	TargetRecall     = Action{Name: "target.recall", ZH: "收回整体支出绩效目标"}
	TargetWithdraw   = Action{Name: "target.withdraw", ZH: "撤销整体支出绩效目标"}
	TargetAdjust     = Action{Name: "target.adjust", ZH: "调整整体支出绩效目标"}
	TargetConsent    = Action{Name: "target.consent", ZH: "同意修改整体支出绩效目标"}
	TargetDecline    = Action{Name: "target.decline", ZH: "不同意修改整体支出绩效目标"}
	TargetPass       = Action{Name: "target.pass", ZH: "审核通过整体支出绩效目标"}
	TargetReturn     = Action{Name: "target.return", ZH: "退回整体支出绩效目标"}
	TargetEditAgreed = Action{Name: "target.editAgreed", ZH: "协商修改整体支出绩效目标"}
	TargetBlock      = Action{Name: "target.block", ZH: "整体支出绩效目标不予安排"}
	TargetReopen     = Action{Name: "target.reopen", ZH: "重新开放整体支出绩效目标"}
)

// Around the review: 批复, deputies (代理审核), attachments, findings.
var (
	ApprovalRead     = Action{Name: "approval.read", ZH: "查看批复"}
	ApprovalGive     = Action{Name: "approval.give", ZH: "批复部门预算"}
	ApprovalGiveUnit = Action{Name: "approval.giveUnit", ZH: "批复所属单位预算"}
	DeputyRead       = Action{Name: "deputy.read", ZH: "查看代理审核"}
	DeputyName       = Action{Name: "deputy.name", ZH: "指定代理审核人"}
	AttachmentRead   = Action{Name: "attachment.read", ZH: "查看附件"}
	AttachmentAdd    = Action{Name: "attachment.add", ZH: "上传附件"}
	AttachmentRemove = Action{Name: "attachment.remove", ZH: "移除附件"}
	FindingsRead     = Action{Name: "findings.read", ZH: "查看校验结果"}
	TablesRead       = Action{Name: "tables.read", ZH: "查看预算表"}
	TablesExport     = Action{Name: "tables.export", ZH: "导出预算表"}
)

// Disclosure (预算公开), in the order of its ladder.
var (
	DisclosureRead     = Action{Name: "disclosure.read", ZH: "查看公开文档"}
	DisclosureAssemble = Action{Name: "disclosure.assemble", ZH: "生成公开文档"}
	DisclosureCheck    = Action{Name: "disclosure.check", ZH: "校验公开文档"}
	DisclosureSecrecy  = Action{Name: "disclosure.secrecy", ZH: "登记保密审查"}
	DisclosureSign     = Action{Name: "disclosure.sign", ZH: "登记负责人签批"}
	DisclosureOverride = Action{Name: "disclosure.override", ZH: "说明理由后放行校验错误"}
	DisclosurePublish  = Action{Name: "disclosure.publish", ZH: "发布公开文档"}
	DisclosureCorrect  = Action{Name: "disclosure.correct", ZH: "更正已公开文档"}
)
