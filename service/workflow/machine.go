package workflow

import (
	"errors"
	"slices"
	"strings"

	"biaochi/model"
)

// Act is what somebody wants to do.
type Act struct {
	Action  Action
	Actor   Actor
	Grade   Grade // where the step gives one
	Reason  string
	Remarks []Remark
}

// Outcome is what an accepted act makes of a record.
type Outcome struct {
	State model.State // of the version acted on, or of the new one
	Step  int
	Turn  Turn
	Event Event
	Grade Grade
	// NewVersion tells that the content goes on as a new version; the one acted on
	// is left in state Left.
	NewVersion bool
	Left       model.State
	// InForce tells that the version is in force from now on; AfterInitial, that
	// it was approved after the unit's first 批复 and counts in no 年初.
	InForce      bool
	AfterInitial bool
	// Retires tells that the passed version under this one is replaced and is to
	// be marked withdrawn.
	Retires bool
	// Next is the situation after the act; what the rules find, stage and control
	// figures stay as they were.
	Next Situation
}

// Next decides one act. It gives the outcome, or an error that says why not; then
// the outcome holds the event of the refusal alone, which is logged too. Two acts
// at the same moment are the store's business: it saves with the version read.
// Errors: Forbidden "workflow.role", "workflow.seat", "workflow.ownWork"; Conflict
// "workflow.state", "workflow.acted", "workflow.round", "workflow.stepGrades",
// "workflow.stepBlocks", "workflow.control"; Invalid "workflow.action",
// "workflow.reason", "workflow.remark", "workflow.grade", "workflow.errors",
// "workflow.warnings", "workflow.unconfirmed"; Internal "workflow.steps".
func Next(in Situation, act Act) (Outcome, error) {
	row, seat, err := find(in, act.Actor, act.Action)
	if err == nil {
		err = checkGuards(in, act, row.Guards, seat)
	}
	if err == nil && row.Move == ToFirst && len(in.Steps) == 0 {
		err = model.Fail(model.Internal, "workflow.steps", "%s，没有审核流程，不能提交；请联系管理员", in.where())
	}
	if err != nil {
		return Outcome{Event: refused(in, act, seat, err)}, err
	}
	return apply(in, act, row, seat), nil
}

// Explain tells why an actor may not take an action now, nil where they may: the
// half of the answer that state, seat and own work give. What an act must bring
// (reason, grade, a form without errors) is not asked for.
func Explain(in Situation, actor Actor, action Action) error {
	row, seat, err := find(in, actor, action)
	if err != nil {
		return err
	}
	for _, g := range row.Guards {
		if !slices.Contains(standing, g) {
			continue
		}
		if err := g.checkStanding(in, actor, seat); err != nil {
			return err
		}
	}
	return nil
}

// Allowed lists the actions that an actor may take now, in the order of Actions:
// what the server sends with every record.
func Allowed(in Situation, actor Actor) []Action {
	var allowed []Action
	for _, action := range Actions {
		if Explain(in, actor, action) == nil {
			allowed = append(allowed, action)
		}
	}
	return allowed
}

// Result is what one record of a batch came to.
type Result struct {
	Outcome Outcome
	Err     error
}

// Each does the same act on many records, each for itself: one that is refused
// stops none of the others. The seats of the actor are per record.
func Each(ins []Situation, act Act, seats func(Situation) []Seat) []Result {
	results := make([]Result, len(ins))
	for i, in := range ins {
		act.Actor.Seats = seats(in)
		results[i].Outcome, results[i].Err = Next(in, act)
	}
	return results
}

// find looks for the row and the seat that let the actor take the action.
func find(in Situation, actor Actor, action Action) (Row, Seat, error) {
	var mine, here []Row
	for _, row := range Table {
		if row.Action != action {
			continue
		}
		if slices.ContainsFunc(actor.Seats, func(s Seat) bool { return s.Role == row.Role }) {
			mine = append(mine, row)
		}
		if slices.Contains(row.From, in.Position()) {
			here = append(here, row)
		}
	}
	switch {
	case action.ZH() == "":
		return Row{}, Seat{}, model.Fail(model.Invalid, "workflow.action", "没有“%s”这项操作", string(action))
	case len(mine) == 0:
		return Row{}, Seat{}, model.Fail(model.Forbidden, "workflow.role", "%s；%s须由%s办理，您没有这个角色", in.where(), action.ZH(), rolesFor(action))
	case len(here) == 0:
		return Row{}, Seat{}, model.Fail(model.Conflict, "workflow.state", "%s，不能%s；请刷新后查看最新状态", in.where(), action.ZH())
	}
	for _, row := range here {
		if seat, ok := in.seatFor(actor, row); ok {
			return row, seat, nil
		}
	}
	return Row{}, Seat{}, wrongSeat(in, actor, action, here[0])
}

// wrongSeat tells one who was here before from one who never was: pressing twice
// is a conflict, not a breach.
func wrongSeat(in Situation, actor Actor, action Action, row Row) error {
	if row.Sitting == AtStep && slices.Contains(in.ActedBy, actor.ID) {
		return model.Fail(model.Conflict, "workflow.acted", "%s，您在前面的环节已经办理，不能重复%s；请刷新后查看最新状态", in.where(), action.ZH())
	}
	var who string
	switch row.Sitting {
	case OwnUnit:
		who = "本单位" + roleNames[row.Role]
	case OwnHead:
		who = "单位负责人"
	case BlockingOffice:
		who = "作出不予安排决定的股室"
	case AtStep:
		who = "“" + in.present().Name + "”的审核人"
	default:
		who = roleNames[row.Role]
	}
	return model.Fail(model.Forbidden, "workflow.seat", "%s；%s须由%s办理", in.where(), action.ZH(), who)
}

func rolesFor(action Action) string {
	var names []string
	for _, row := range Table {
		if name := roleNames[row.Role]; row.Action == action && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "或")
}

func checkGuards(in Situation, act Act, guards []Guard, seat Seat) error {
	for _, g := range guards {
		if err := g.check(in, act, seat); err != nil {
			return err
		}
	}
	return nil
}

// reasonOf gives the stable key of a refusal.
func reasonOf(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}
