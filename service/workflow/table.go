package workflow

import "biaochi/model"

// Action is a verb of the workflow.
type Action string

// The actions, in the order in which a page offers them.
const (
	Save       Action = "save"       // 保存
	Submit     Action = "submit"     // 提交
	Recall     Action = "recall"     // 收回
	Consent    Action = "consent"    // 同意修改
	Decline    Action = "decline"    // 不同意修改
	Pass       Action = "pass"       // 审核通过
	EditAgreed Action = "editAgreed" // 协商修改 (良)
	Return     Action = "return"     // 退回
	Block      Action = "block"      // 不予安排
	Reopen     Action = "reopen"     // 重新开放
	Approve    Action = "approve"    // 批复
	Adjust     Action = "adjust"     // 调整
	Withdraw   Action = "withdraw"   // 撤销
)

// Actions lists every action.
var Actions = []Action{Save, Submit, Recall, Consent, Decline, Pass, EditAgreed, Return, Block, Reopen, Approve, Adjust, Withdraw}

var actionNames = map[Action]string{
	Save: "保存", Submit: "提交", Recall: "收回", Consent: "同意修改", Decline: "不同意修改", Pass: "审核通过",
	EditAgreed: "协商修改", Return: "退回", Block: "不予安排", Reopen: "重新开放", Approve: "批复", Adjust: "调整", Withdraw: "撤销",
}

// ZH gives the action's Chinese word.
func (a Action) ZH() string { return actionNames[a] }

// Named gives the named action that rights are asked for: filing.submit. A 批复 is
// one act for all kinds of record.
func (a Action) Named(kind model.RecordKind) string {
	if a == Approve {
		return "approval.give"
	}
	return string(kind) + "." + string(a)
}

// Role is what an actor must be for a row of the table. The words are those of the
// rights; other roles have no part in the machine.
type Role string

// The roles of the machine.
const (
	Preparer Role = "preparer" // 经办人
	Reviewer Role = "reviewer" // 审核人
	Leader   Role = "leader"   // 牵头审核人: at the bureau's root or in its leading office
)

var roleNames = map[Role]string{Preparer: "经办人", Reviewer: "审核人", Leader: "财政牵头审核人"}

// Position is where a record stands: its state, and under review the kind of step.
type Position string

// The positions. A step's position is its kind.
const (
	InDraft      Position = "draft"
	ReviewedUnit Position = Position(AtUnit)
	ReviewedDept Position = Position(AtDepartment)
	ReviewedFin  Position = Position(AtFinance)
	ReviewedOwn  Position = Position(AtOffice)
	Negotiated   Position = "negotiated" // under review, an agreed edit waits for consent
	HasPassed    Position = "passed"
	IsApproved   Position = "approved"
	IsBlocked    Position = "blocked"
	IsWithdrawn  Position = "withdrawn"
)

// Sitting says where an actor of the right role must sit.
type Sitting string

// The sittings.
const (
	OwnUnit        Sitting = "ownUnit"        // in the record's own unit
	OwnHead        Sitting = "ownHead"        // head of the record's unit, or of one above it
	AtStep         Sitting = "atStep"         // where the present step is
	BlockingOffice Sitting = "blockingOffice" // the office that blocked
	Leading        Sitting = "leading"        // the leader of the region
)

// Move is what an accepted action does to the record.
type Move string

// The moves.
const (
	Stay       Move = "stay"       // the draft stays one
	ToFirst    Move = "toFirst"    // to the first step
	ToNext     Move = "toNext"     // to the next step; from the last: passed
	ToDraft    Move = "toDraft"    // back to the preparer
	ToNewDraft Move = "toNewDraft" // a new draft version beside the one that stands
	Negotiate  Move = "negotiate"  // the edit waits for consent, at the same step
	TakeEdit   Move = "takeEdit"   // the edit becomes the version, at the same step
	DropEdit   Move = "dropEdit"   // the edit is gone, at the same step
	ToApproved Move = "toApproved"
	ToBlocked  Move = "toBlocked"
	ToGone     Move = "toGone" // the version is withdrawn
)

// Row is one line of the machine: from any of these positions, this action, by
// this role sitting there, under these guards, moves the record so.
type Row struct {
	From    []Position
	Action  Action
	Role    Role
	Sitting Sitting
	Guards  []Guard
	Move    Move
}

var reviewed = []Position{ReviewedUnit, ReviewedDept, ReviewedFin, ReviewedOwn}

// Table is the machine, all of it: what has no row may not be done. Source: spec of
// the domain, "A filing's life"; grades after 财预〔2015〕88号.
var Table = []Row{
	{at(InDraft), Save, Preparer, OwnUnit, nil, Stay},
	{at(InDraft), Submit, Preparer, OwnUnit, []Guard{NoErrors, WarningsAnswered, CopyConfirmed}, ToFirst},
	{at(InDraft), Withdraw, Preparer, OwnUnit, []Guard{HasReason}, ToGone},

	{reviewed, Recall, Preparer, OwnUnit, []Guard{NobodyActed}, ToDraft},
	{reviewed, Pass, Reviewer, AtStep, []Guard{NotOwnWork, GradePasses}, ToNext},
	{reviewed, EditAgreed, Reviewer, AtStep, []Guard{NotOwnWork, StepGrades}, Negotiate},
	{reviewed, Return, Reviewer, AtStep, []Guard{NotOwnWork, HasRemark, GradeReturns}, ToDraft},
	{at(ReviewedFin, ReviewedOwn), Block, Reviewer, AtStep, []Guard{NotOwnWork, StepBlocks, HasReason, GradeBlocks}, ToBlocked},

	{at(Negotiated), Consent, Preparer, OwnUnit, nil, TakeEdit},
	{at(Negotiated), Decline, Preparer, OwnUnit, []Guard{HasReason}, DropEdit},
	{at(Negotiated), Return, Reviewer, AtStep, []Guard{NotOwnWork, HasRemark, GradeReturns}, ToDraft},

	{at(HasPassed), Approve, Leader, Leading, []Guard{NotOwnWork, WithinControl}, ToApproved},
	{at(HasPassed), Adjust, Preparer, OwnUnit, []Guard{InSecondRound}, ToNewDraft},
	{at(HasPassed), Withdraw, Reviewer, OwnHead, []Guard{HasReason}, ToGone},

	{at(IsApproved), Adjust, Preparer, OwnUnit, nil, ToNewDraft},
	{at(IsBlocked), Reopen, Reviewer, BlockingOffice, []Guard{HasReason}, ToDraft},
}

func at(positions ...Position) []Position { return positions }
