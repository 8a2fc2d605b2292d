package api

import (
	"encoding/json"
	"fmt"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/service/check"
	"biaochi/service/execution"
	"biaochi/service/filing"
	"biaochi/service/intake"
	"biaochi/service/library"
	"biaochi/service/project"
	"biaochi/service/setting"
	"biaochi/service/tracking"
	"biaochi/service/workflow"
	"biaochi/web"
)

// rules are those of package rest with the vocabularies of the house.
func rules() *rest.Rules {
	r := rest.NewRules()
	rest.Enum(r, model.Chinese, model.UnitKinds...)
	rest.Enum(r, model.Chinese, model.FundKinds...)
	rest.Enum(r, model.Chinese, model.Sources...)
	rest.Enum(r, model.Chinese, model.CostKinds...)
	rest.Enum(r, model.Chinese, model.ProcurementKinds...)
	rest.Enum(r, model.Chinese, model.Categories...)
	rest.Enum(r, model.Chinese, model.Natures...)
	rest.Enum(r, model.Chinese, model.TableStates...)
	rest.Enum(r, model.State.Word, model.States...)
	rest.Enum(r, catalogueWord, model.CatalogueKinds...)
	rest.Enum(r, urgencyWord, filing.Urgencies...)
	rest.Enum(r, recordKindWord, filing.Kinds...)
	rest.Enum(r, workflow.Action.ZH, workflow.Actions...)
	rest.Enum(r, workflow.Grade.ZH, workflow.Grades...)
	rest.Enum(r, differenceWord, filing.DifferenceKinds...)
	rest.Enum(r, model.AssessmentKind.Word, model.AssessmentKinds...)
	rest.Enum(r, wordIn(assessmentWords), model.AssessmentDraft, model.AssessmentIssued)
	rest.Enum(r, wordIn(moveWords), tracking.Moves...)
	rest.Enum(r, wordIn(fateWords), library.Fates...)
	rest.Enum(r, wordIn(originWords), setting.Origins...)
	rest.Enum(r, wordIn(phaseWords), setting.Phases...)
	rest.Enum(r, wordIn(clockWords), setting.ClockStates...)
	rest.Enum(r, model.NoticeKind.Word, model.NoticeKinds...)
	rest.Enum(r, model.ProjectState.Word, model.ProjectStates...)
	rest.Enum(r, model.Conclusion.Word, model.Conclusions...)
	rest.Enum(r, model.PreEvaluationLevel.Word, model.PreEvaluationLevels...)
	rest.Enum(r, model.FundsMeasure.Word, model.FundsMeasures...)
	rest.Enum(r, dutyWord, execution.DutyKinds...)
	rest.Enum(r, projectTaskWord, project.TaskKinds...)
	rest.Enum(r, nil, check.Severities...)
	rest.Enum(r, nil, check.Outcomes...)
	rest.Enum(r, func(o FindingOutcome) string { return web.Outcome(o).Word() }, findingOutcomes()...)
	rest.Type[model.CivilTime](r, rest.TypeSpec{Schema: map[string]any{
		"type": "string", "description": "北京时间，不带时区；空文本表示留空",
		"anyOf": []any{
			map[string]any{"format": "date"}, map[string]any{"const": ""},
			map[string]any{"pattern": `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`},
		},
	}})
	rest.Type[SignedMoney](r, rest.TypeSpec{Schema: map[string]any{
		"type": "string", "pattern": `^-?[0-9]+[.][0-9]{2}$`, "description": "以元为单位，可为负数",
	}, ZH: "应写成以元为单位的数字，如 -1200.00"})
	rest.Enum(r, intake.AmountUnit.Word, intake.AmountUnits...)
	rest.Enum(r, intake.Becomes.Word, intake.Outcomes...)
	r.Add(rest.PatternRule("columnField", `^[1-9][0-9]{0,2}:[a-zA-Z]{1,40}$`, "应写成“列号:内容”，如 3:name"))
	r.Add(rest.PatternRule("paymentColumn", `^[a-zA-Z]{1,40}:.{1,255}$`, "应写成“内容:列名”，如 reference:单据号"))
	r.Add(rest.PatternRule("points", `^[0-9]{1,6}([.][0-9]{1,4})?$`, "应为不带单位的数字，如 10 或 2.5"))
	r.Add(rest.PatternRule("score", `^[0-9]{1,4}([.][0-9])?$`, "应为不小于 0、最多一位小数的数字，如 8.5"))
	r.Add(rest.PatternRule("code", `^[^ /\\]{1,64}$`, "应为不含空格和斜杠的代码，最多64个字"))
	return r
}

var kindWords = map[model.RecordKind]string{model.FilingRecord: "绩效目标", model.SheetRecord: "基本支出表", model.TargetRecord: "整体支出绩效目标"}

func recordKindWord(k model.RecordKind) string { return kindWords[k] }

var catalogueWords = map[model.CatalogueKind]string{
	model.FunctionalCatalogue: "功能分类", model.DepartmentEconomicCatalogue: "部门预算支出经济分类",
	model.GovernmentEconomicCatalogue: "政府预算支出经济分类", model.RevenueCatalogue: "收入分类",
}

func catalogueWord(k model.CatalogueKind) string { return catalogueWords[k] }

var urgencyWords = map[filing.Urgency]string{
	filing.Returned: "退回修改", filing.Late: "已逾期", filing.Due: "临近截止", filing.New: "新到",
}

func urgencyWord(u filing.Urgency) string { return urgencyWords[u] }

var differenceWords = map[filing.DifferenceKind]string{
	filing.Added: "新增", filing.Removed: "删除", filing.Changed: "修改", filing.Moved: "移动",
}

func differenceWord(k filing.DifferenceKind) string { return differenceWords[k] }

// wordIn gives the Chinese of an enumeration by a table.
func wordIn[T comparable](words map[T]string) func(T) string {
	return func(v T) string { return words[v] }
}

var assessmentWords = map[model.AssessmentState]string{model.AssessmentDraft: "评价中", model.AssessmentIssued: "已下达"}

var (
	originWords = map[setting.Origin]string{
		setting.OriginSet: "财政部门设定", setting.OriginRules: "制度默认", setting.OriginClock: "自批复起算", setting.OriginNone: "未设定",
	}
	phaseWords = map[setting.Phase]string{
		setting.PhaseUnset: "未设定", setting.PhaseComing: "未开始", setting.PhaseOpen: "进行中", setting.PhasePast: "已截止",
	}
	clockWords = map[setting.ClockState]string{
		setting.ClockLate: "已逾期", setting.ClockRunning: "期限内", setting.ClockDoneLate: "逾期完成", setting.ClockDone: "按期完成",
	}
)

// recast copies a value into another type with the same names in JSON.
func recast(from, to any) error {
	text, err := json.Marshal(from)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, to); err != nil {
		return fmt.Errorf("recast %T to %T: %w", from, to, err)
	}
	return nil
}
