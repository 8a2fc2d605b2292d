package workflow

import (
	"slices"
	"strings"

	"biaochi/model"
)

// Guard names a condition that a row asks for beyond state, role and seat.
type Guard string

// Guards on who and when: Allowed asks for them too.
const (
	NotOwnWork    Guard = "notOwnWork"    // nobody reviews or approves what they prepared
	NobodyActed   Guard = "nobodyActed"   // since the last submission
	InSecondRound Guard = "inSecondRound" // 二上, and not over an approved version
	StepGrades    Guard = "stepGrades"
	StepBlocks    Guard = "stepBlocks"
)

// Guards on what the act brings, or the content still lacks: the page offers the
// action, and says what is missing when it is taken.
const (
	NoErrors         Guard = "noErrors"
	WarningsAnswered Guard = "warningsAnswered"
	CopyConfirmed    Guard = "copyConfirmed"
	WithinControl    Guard = "withinControl"
	HasReason        Guard = "hasReason"
	HasRemark        Guard = "hasRemark" // a reason, or remarks that point at places
	GradePasses      Guard = "gradePasses"
	GradeReturns     Guard = "gradeReturns"
	GradeBlocks      Guard = "gradeBlocks"
)

// standing are the guards that the act itself can't change.
var standing = []Guard{NotOwnWork, NobodyActed, InSecondRound, StepGrades, StepBlocks}

// check gives nil where the guard lets the act through, else why not.
func (g Guard) check(in Situation, act Act, seat Seat) *model.Error {
	if slices.Contains(standing, g) {
		return g.checkStanding(in, act.Actor, seat)
	}
	switch g {
	case NoErrors, WarningsAnswered, CopyConfirmed, WithinControl:
		return g.checkContent(in)
	case HasReason:
		if strings.TrimSpace(act.Reason) == "" {
			return model.Fail(model.Invalid, "workflow.reason", "%s，%s须填写理由", in.where(), act.Action.ZH())
		}
	case HasRemark:
		return checkRemarks(in, act)
	}
	return g.checkGrade(in, act.Grade)
}

func (g Guard) checkStanding(in Situation, actor Actor, seat Seat) *model.Error {
	step := in.present()
	switch {
	case g == NotOwnWork && slices.Contains(in.PreparedBy, actor.ID):
		return model.Fail(model.Forbidden, "workflow.ownWork", "%s，由您参与填报，不能由您审核或批复；请由其他审核人办理", in.where())
	case g == NotOwnWork && seat.DeputyFor != "" && slices.Contains(in.PreparedBy, seat.DeputyFor):
		return model.Fail(model.Forbidden, "workflow.ownWork", "%s，由被代理人 %s 参与填报，不能代其审核或批复；请由其他审核人办理", in.where(), seat.DeputyFor)
	case g == NobodyActed && len(in.ActedBy) > 0:
		return model.Fail(model.Conflict, "workflow.acted", "%s，已有审核人办理，不能收回；如需修改，请联系审核人退回", in.where())
	case g == InSecondRound && !in.InSecondRound:
		return model.Fail(model.Conflict, "workflow.round", "%s，二上阶段或批复后才能调整；如需修改，请等待一下控制数", in.where())
	case g == InSecondRound && in.Under == model.Approved:
		return model.Fail(model.Conflict, "workflow.round", "%s，本次调整尚待批复，不能再次调整；请等待批复", in.where())
	case g == StepGrades && !step.MayGrade:
		return model.Fail(model.Conflict, "workflow.stepGrades", "%s，本环节不评定等级，不能协商修改；请审核通过或退回", in.where())
	case g == StepBlocks && !step.MayBlock:
		return model.Fail(model.Conflict, "workflow.stepBlocks", "%s，本环节不能作出不予安排的决定；请审核通过或退回", in.where())
	}
	return nil
}

func (g Guard) checkContent(in Situation) *model.Error {
	switch {
	case g == NoErrors && in.Errors > 0:
		return model.Fail(model.Invalid, "workflow.errors", "%s，有 %d 处校验错误，不能提交；请逐项改正后再提交", in.where(), in.Errors)
	case g == WarningsAnswered && in.OpenWarnings > 0:
		return model.Fail(model.Invalid, "workflow.warnings", "%s，有 %d 条提醒没有说明，不能提交；请逐条填写简要说明", in.where(), in.OpenWarnings)
	case g == CopyConfirmed && in.Unconfirmed:
		return model.Fail(model.Invalid, "workflow.unconfirmed", "%s，内容沿用上年，尚未确认；请逐项核对并确认后再提交", in.where())
	case g == WithinControl && in.OverControl:
		return model.Fail(model.Conflict, "workflow.control", "%s，单位预算超出控制数，不能批复；请先调整金额或控制数", in.where())
	}
	return nil
}

// Grade is the overall grade of the review sheet (综合评定等级).
type Grade string

// The four grades and what each does (财预〔2015〕88号).
const (
	Excellent Grade = "excellent" // 优: passes
	Good      Grade = "good"      // 良: passes, edited with the preparer's consent where needed
	Fair      Grade = "fair"      // 中: returned, the full chain again
	Poor      Grade = "poor"      // 差: may not enter this year's budget
)

// Grades lists the grades from the best down.
var Grades = []Grade{Excellent, Good, Fair, Poor}

var gradeNames = map[Grade]string{Excellent: "优", Good: "良", Fair: "中", Poor: "差"}

// ZH gives the grade's Chinese word.
func (g Grade) ZH() string { return gradeNames[g] }

// does says what a grade asks to be done.
var does = map[Grade]Action{Excellent: Pass, Good: Pass, Fair: Return, Poor: Block}

// checkGrade asks that the grade given goes with the action: none where the step
// gives none, one where the last step must.
func (g Guard) checkGrade(in Situation, grade Grade) *model.Error {
	action := map[Guard]Action{GradePasses: Pass, GradeReturns: Return, GradeBlocks: Block}[g]
	step := in.present()
	switch {
	case action == "":
		return nil
	case grade == "":
		if action == Pass && step.MayGrade && in.last() {
			return model.Fail(model.Invalid, "workflow.grade", "%s，最后环节须评定等级；请选择优或良，中应退回，差应不予安排", in.where())
		}
	case !step.MayGrade:
		return model.Fail(model.Invalid, "workflow.grade", "%s，本环节不评定等级；请去掉等级", in.where())
	case does[grade] == "":
		return model.Fail(model.Invalid, "workflow.grade", "没有“%s”这个等级；请在优、良、中、差中选择", grade)
	case does[grade] != action:
		return model.Fail(model.Invalid, "workflow.grade", "%s，评为“%s”的应%s，不能%s；请改选等级或操作", in.where(), grade.ZH(), does[grade].ZH(), action.ZH())
	}
	return nil
}
