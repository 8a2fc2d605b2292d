package workflow

import (
	"slices"
	"strings"

	"biaochi/model"
)

// ProjectFacts are what a project's state in the library (项目库) follows from in a year.
type ProjectFacts struct {
	Year      int
	Stage     model.ProjectState // how far it was admitted
	EndedFrom int                // the first year in which somebody ended it, 0: nobody did
	// Filed tells of a filing of the year that was neither withdrawn nor blocked.
	Filed bool
	// ApprovedIn is the last year up to this one with a 批复, 0: none; CarriedMoneyOnly
	// tells that it gave 上年结转 alone, and LastYear how long the project runs as it
	// says, 0: unknown.
	ApprovedIn       int
	CarriedMoneyOnly bool
	LastYear         int
}

// State is where the project stands: what a 批复 says comes before how far it was
// admitted. One that wasn't arranged for in a year (当年未安排) stays where it was and
// rolls over; one whose period is over and that nobody files for any more has ended.
func (f ProjectFacts) State() model.ProjectState {
	switch {
	case f.EndedFrom != 0 && f.EndedFrom <= f.Year:
		return model.ProjectEnded
	case f.ApprovedIn == 0:
		return f.Stage
	case f.ApprovedIn == f.Year && !f.CarriedMoneyOnly:
		return model.ProjectExecuting
	case f.ApprovedIn == f.Year || f.Filed || f.LastYear == 0 || f.LastYear >= f.Year:
		return model.ProjectCarriedOver
	}
	return model.ProjectEnded
}

// ProjectAct is what somebody does about a project's place in the library.
type ProjectAct string

// The acts, in the order in which a page offers them.
const (
	ProposeProject  ProjectAct = "propose"  // 申请入库
	TakeBackProject ProjectAct = "takeBack" // 撤回入库申请
	AdmitProject    ProjectAct = "admit"    // 纳入部门项目库
	RefuseProject   ProjectAct = "refuse"   // 退回: out of 部门项目库, or not into it
	StoreProject    ProjectAct = "store"    // 纳入财政项目库
	UnstoreProject  ProjectAct = "unstore"  // 退回部门项目库
	EndProject      ProjectAct = "end"      // 终止
	ResumeProject   ProjectAct = "resume"   // 恢复: take an end back
)

// ProjectActs lists the acts.
var ProjectActs = []ProjectAct{
	ProposeProject, TakeBackProject, AdmitProject, RefuseProject, StoreProject, UnstoreProject, EndProject, ResumeProject,
}

// projectMove is a row of the table: from these states an act leads to a stage.
type projectMove struct {
	zh     string
	action string // the named action that rights are asked for
	from   []model.ProjectState
	to     model.ProjectState // the stage after it, "" where it stays
	reason bool               // a reason is owed
	other  bool               // not by whoever proposed the project
	target bool               // only with a proper target
}

var projectMoves = map[ProjectAct]projectMove{
	ProposeProject:  {zh: "申请入库", action: "project.save", from: []model.ProjectState{model.ProjectCandidate}, to: model.ProjectProposed, target: true},
	TakeBackProject: {zh: "撤回入库申请", action: "project.save", from: []model.ProjectState{model.ProjectProposed}, to: model.ProjectCandidate},
	AdmitProject:    {zh: "纳入部门项目库", action: "project.admit", from: []model.ProjectState{model.ProjectProposed}, to: model.ProjectDepartment, other: true, target: true},
	RefuseProject: {zh: "退回", action: "project.admit", from: []model.ProjectState{model.ProjectProposed, model.ProjectDepartment},
		to: model.ProjectCandidate, reason: true},
	StoreProject:   {zh: "纳入财政项目库", action: "project.store", from: []model.ProjectState{model.ProjectDepartment}, to: model.ProjectFinance, other: true, target: true},
	UnstoreProject: {zh: "退回部门项目库", action: "project.store", from: []model.ProjectState{model.ProjectFinance}, to: model.ProjectDepartment, reason: true},
	EndProject: {zh: "终止", action: "project.close", reason: true, from: []model.ProjectState{
		model.ProjectCandidate, model.ProjectProposed, model.ProjectDepartment, model.ProjectFinance, model.ProjectExecuting, model.ProjectCarriedOver,
	}},
	ResumeProject: {zh: "恢复", action: "project.close", from: []model.ProjectState{model.ProjectEnded}, reason: true},
}

// ZH gives the act's Chinese words.
func (a ProjectAct) ZH() string { return projectMoves[a].zh }

// Action is the named action that rights are asked for.
func (a ProjectAct) Action() string { return projectMoves[a].action }

// NeedsTarget tells whether the act is refused to a project without a proper target.
func (a ProjectAct) NeedsTarget() bool { return projectMoves[a].target }

// NextStage tells how far a project is admitted after an act by somebody who has the
// right to it.
// Errors: Conflict "project.state"; Forbidden "project.own"; Invalid "project.reason".
func NextStage(p model.Project, state model.ProjectState, act ProjectAct, actor, reason string) (model.ProjectState, error) {
	move := projectMoves[act]
	switch {
	case !slices.Contains(move.from, state) || act == ResumeProject && p.EndedFrom == 0:
		return p.Stage, model.Fail(model.Conflict, "project.state", "项目 %s 现为“%s”，不能%s；请刷新后再办", p.Code, state.Word(), move.zh)
	case move.other && p.ProposedBy == actor:
		return p.Stage, model.Fail(model.Forbidden, "project.own", "项目 %s 是您本人申请入库的，须由他人办理“%s”", p.Code, move.zh)
	case move.reason && strings.TrimSpace(reason) == "":
		return p.Stage, model.Fail(model.Invalid, "project.reason", "%s须写明理由，它会记入操作记录", move.zh)
	case move.to == "":
		return p.Stage, nil
	}
	return move.to, nil
}

// Ranked tells whether a project in a state has a place in an order (排序): in its
// department's, or in that of 财政项目库.
func Ranked(state model.ProjectState, byFinance bool) bool {
	switch state {
	case model.ProjectFinance, model.ProjectExecuting, model.ProjectCarriedOver:
		return true
	case model.ProjectDepartment:
		return !byFinance
	}
	return false
}
