package workflow

import (
	"slices"

	"biaochi/model"
)

// LadderAction is what somebody does with a version of a disclosure (预算公开).
type LadderAction string

// The actions, in the order of the ladder.
const (
	Assemble LadderAction = "assemble" // 生成
	Check    LadderAction = "check"    // 校验
	Override LadderAction = "override" // 放行校验错误
	Secrecy  LadderAction = "secrecy"  // 登记保密审查
	Sign     LadderAction = "sign"     // 登记负责人签批
	Publish  LadderAction = "publish"  // 公开
	Correct  LadderAction = "correct"  // 更正
)

// LadderActions lists them.
var LadderActions = []LadderAction{Assemble, Check, Override, Secrecy, Sign, Publish, Correct}

// Named gives the named action that rights are asked for: disclosure.sign.
func (a LadderAction) Named() string { return "disclosure." + string(a) }

// Rung is one line of the ladder: from any of these stages, this action leads there.
type Rung struct {
	From   []model.Stage
	Action LadderAction
	To     model.Stage
}

// Ladder is all of it: assembled → checked → secrecy review → signed off → published,
// whatever is below published may be assembled anew, and only a correction, which is
// the next version, follows on a published one. Source: spec of the disclosure,
// "Before it goes out" and "Once out"; 政府信息公开条例 (保密审查).
var Ladder = []Rung{
	{[]model.Stage{"", model.StageAssembled, model.StageChecked, model.StageReviewed, model.StageSigned}, Assemble, model.StageAssembled},
	{[]model.Stage{model.StageAssembled, model.StageChecked}, Check, model.StageChecked},
	{[]model.Stage{model.StageChecked, model.StageReviewed, model.StageSigned}, Override, ""},
	{[]model.Stage{model.StageChecked}, Secrecy, model.StageReviewed},
	{[]model.Stage{model.StageReviewed}, Sign, model.StageSigned},
	{[]model.Stage{model.StageSigned}, Publish, model.StagePublished},
	{[]model.Stage{model.StagePublished}, Correct, model.StageAssembled},
}

// ladderRefusals say what is missing before an action, by the stage it starts from.
var ladderRefusals = map[LadderAction]string{
	Assemble: "这一版已经公开，不能再改；内容有误请办理更正，形成新的版本",
	Check:    "只有刚生成、尚未进入保密审查的文档可以校验；请先重新生成",
	Override: "文档校验之后、公开之前才能说明理由放行",
	Secrecy:  "文档校验之后才能登记保密审查",
	Sign:     "登记保密审查之后才能登记负责人签批",
	Publish:  "负责人签批之后才能公开",
	Correct:  "只有已公开的文档可以更正；未公开的请重新生成",
}

// LadderSituation is what is known of the newest version of a disclosure.
type LadderSituation struct {
	Stage      model.Stage // "" before the first is assembled
	Errors     int         // that its checks found
	Overridden bool
	Approved   bool // the unit's budget of the year has its 批复
	Stale      bool // the records say something else by now; known when publishing
}

// Climb gives the stage that an action leads to.
// Errors: Conflict "disclosure.stage", "disclosure.notApproved", "disclosure.errors",
// "disclosure.noErrors", "disclosure.stale".
func Climb(in LadderSituation, action LadderAction) (model.Stage, error) {
	i := slices.IndexFunc(Ladder, func(r Rung) bool { return r.Action == action && slices.Contains(r.From, in.Stage) })
	if i < 0 {
		return in.Stage, model.Fail(model.Conflict, "disclosure.stage", "%s", ladderRefusals[action])
	}
	switch {
	case (action == Assemble || action == Correct) && !in.Approved:
		return in.Stage, model.Fail(model.Conflict, "disclosure.notApproved", "本年预算尚未批复，没有可以公开的年初预算；批复后再生成")
	case action == Override && in.Errors == 0:
		return in.Stage, model.Fail(model.Conflict, "disclosure.noErrors", "校验没有发现错误，无需放行")
	case action == Publish && in.Errors > 0 && !in.Overridden:
		return in.Stage, model.Fail(model.Conflict, "disclosure.errors", "校验还有 %d 处错误，不能公开；请改正后重新生成，或由有权限的人说明理由放行", in.Errors)
	case action == Publish && in.Stale:
		return in.Stage, model.Fail(model.Conflict, "disclosure.stale", "生成之后批复的内容有变动，文档与记录不再一致；请重新生成、校验和签批")
	}
	if Ladder[i].To == "" {
		return in.Stage, nil
	}
	return Ladder[i].To, nil
}

// Climbable lists the actions that the stage allows, whatever else they ask for.
func Climbable(in LadderSituation) []LadderAction {
	var actions []LadderAction
	for _, action := range LadderActions {
		if _, err := Climb(in, action); err == nil || reasonOf(err) == "disclosure.errors" {
			actions = append(actions, action)
		}
	}
	return actions
}
