package workflow

import (
	"strings"

	"biaochi/model"
)

// DepartmentReviewer is the seat of a department's head (主管部门审核人), which gives
// the 批复 to the department's units.
const DepartmentReviewer Role = "departmentReviewer"

// ApprovalSituation is what the machine needs to know before a 批复 of a unit's
// budget of a year.
type ApprovalSituation struct {
	UnitPath string // whom it addresses
	// Given counts the 批复 that addressed this unit in the year.
	Given int
	// BureauGiven counts those of the bureau for the unit's department, and
	// BureauDate is the date of the latest; for a unit below a department.
	BureauGiven int
	BureauDate  model.Date
	// Passed counts the passed records of the department with all its units that
	// wait for a 批复.
	Passed int
	// OverControl tells that the department asks for more than its 控制数.
	OverControl bool
}

// ApprovalAct is a 批复 that somebody wants to give.
type ApprovalAct struct {
	Actor  Actor // with the seats that reach the unit
	Number string
	Date   model.Date
	Reason string
}

// ApprovalOutcome is what a 批复 does. It starts the clock of whom it addresses.
type ApprovalOutcome struct {
	// TakesPassed tells that the passed records of the department with all its
	// units become approved, each by Next with Approve; the first such act freezes
	// 年初 for all of them.
	TakesPassed    bool
	FreezesInitial bool
	Event          Event
}

// Give decides a 批复: by the bureau for a department (or for the bureau itself)
// with all its units, or by a department for one unit below, once for each of the
// bureau's. Source: spec of the domain, 批复 and "The year"; 财预〔2015〕88号.
// Errors: Invalid "approval.number"; Forbidden "approval.bureau",
// "approval.department"; Conflict "approval.nothing", "approval.control",
// "approval.early", "approval.twice", "approval.date". With an error the outcome
// holds the event of the refusal alone.
func Give(in ApprovalSituation, act ApprovalAct) (ApprovalOutcome, error) {
	bureau := strings.Count(in.UnitPath, "/") <= 2
	check := in.checkDepartment
	name := "approval.giveUnit"
	if bureau {
		check, name = in.checkBureau, "approval.give"
	}
	event := Event{Actor: act.Actor.ID, Action: name, Reason: act.Reason}
	seat, err := check(act)
	event.Detail.DeputyFor = seat.DeputyFor
	if err == nil {
		err = act.checkPaper()
	}
	if err != nil {
		event.Detail.Refused = err.Reason
		return ApprovalOutcome{Event: event}, err
	}
	return ApprovalOutcome{TakesPassed: bureau, FreezesInitial: bureau && in.Given == 0, Event: event}, nil
}

func (in ApprovalSituation) checkBureau(act ApprovalAct) (Seat, *model.Error) {
	seat, ok := act.seat(func(s Seat) bool { return s.Role == Leader })
	switch {
	case !ok:
		return seat, model.Fail(model.Forbidden, "approval.bureau", "部门预算须由财政部门负责人或牵头股室（预算股）批复")
	case in.Passed == 0:
		return seat, model.Fail(model.Conflict, "approval.nothing", "没有已审核通过、等待批复的绩效目标和基本支出表；请待审核完成后再批复")
	case in.OverControl:
		return seat, model.Fail(model.Conflict, "approval.control", "部门预算超出控制数，不能批复；请先调整金额或控制数")
	}
	return seat, nil
}

func (in ApprovalSituation) checkDepartment(act ApprovalAct) (Seat, *model.Error) {
	seat, ok := act.seat(func(s Seat) bool {
		return s.Role == DepartmentReviewer && strings.Count(s.UnitPath, "/") == 2 && model.Within(in.UnitPath, s.UnitPath)
	})
	switch {
	case !ok:
		return seat, model.Fail(model.Forbidden, "approval.department", "所属单位预算须由其主管部门批复")
	case in.BureauGiven == 0:
		return seat, model.Fail(model.Conflict, "approval.early", "财政部门尚未批复本部门预算；请待批复后再批复所属单位")
	case in.Given >= in.BureauGiven:
		return seat, model.Fail(model.Conflict, "approval.twice", "本单位预算已经批复；财政部门再次批复本部门后才能再次批复")
	case act.Date != "" && act.Date < in.BureauDate:
		return seat, model.Fail(model.Conflict, "approval.date", "批复日期 %s 早于财政部门批复日期 %s；请核对日期", act.Date, in.BureauDate)
	}
	return seat, nil
}

func (act ApprovalAct) checkPaper() *model.Error {
	if strings.TrimSpace(act.Number) == "" || act.Date == "" {
		return model.Fail(model.Invalid, "approval.number", "批复须填写文号和日期")
	}
	return nil
}

// seat picks a seat that fits: the actor's own right before a deputy's.
func (act ApprovalAct) seat(fits func(Seat) bool) (Seat, bool) {
	var found Seat
	var ok bool
	for _, s := range act.Actor.Seats {
		if fits(s) && (!ok || s.DeputyFor == "") {
			found, ok = s, true
		}
	}
	return found, ok
}
