package workflow

import (
	"testing"
	"time"

	"biaochi/model"
)

func TestGive(t *testing.T) {
	bureau := ApprovalSituation{UnitPath: dept701, Passed: 3}
	below := ApprovalSituation{UnitPath: unit1, BureauGiven: 1, BureauDate: "2023-01-10"}
	cases := []struct {
		name, by string
		in       ApprovalSituation
		change   func(*ApprovalSituation, *ApprovalAct)
		reason   string
	}{
		{"the bureau's root for a department", "财政", bureau, nil, ""},
		{"the leading office", "预算股", bureau, nil, ""},
		{"a second one, for adjustments", "财政", bureau, func(in *ApprovalSituation, _ *ApprovalAct) { in.Given = 1 }, ""},
		{"the bureau for itself", "财政", ApprovalSituation{UnitPath: region, Passed: 1}, nil, ""},
		{"another office", "业务股", bureau, nil, "approval.bureau"},
		{"the department for itself", "部门审核", bureau, nil, "approval.bureau"},
		{"a preparer", "经办", below, nil, "approval.department"},
		{"nothing passed", "财政", bureau, func(in *ApprovalSituation, _ *ApprovalAct) { in.Passed = 0 }, "approval.nothing"},
		{"over the control figures", "财政", bureau, func(in *ApprovalSituation, _ *ApprovalAct) { in.OverControl = true }, "approval.control"},
		{"without number", "财政", bureau, func(_ *ApprovalSituation, act *ApprovalAct) { act.Number = " " }, "approval.number"},
		{"without date", "财政", bureau, func(_ *ApprovalSituation, act *ApprovalAct) { act.Date = "" }, "approval.number"},
		{"the department for its unit", "部门审核", below, nil, ""},
		{"on the same day", "部门审核", below, func(in *ApprovalSituation, _ *ApprovalAct) { in.BureauDate = "2023-01-20" }, ""},
		{"another department", "他部门", below, nil, "approval.department"},
		{"the unit for itself", "单位审核", below, nil, "approval.department"},
		{"the bureau for a unit", "财政", below, nil, "approval.department"},
		{"before the bureau", "部门审核", below, func(in *ApprovalSituation, _ *ApprovalAct) { in.BureauGiven = 0 }, "approval.early"},
		{"dated before the bureau's", "部门审核", below, func(_ *ApprovalSituation, act *ApprovalAct) { act.Date = "2023-01-09" }, "approval.date"},
		{"twice", "部门审核", below, func(in *ApprovalSituation, _ *ApprovalAct) { in.Given = 1 }, "approval.twice"},
		{"again after the bureau's second", "部门审核", below, func(in *ApprovalSituation, _ *ApprovalAct) { in.Given, in.BureauGiven = 1, 2 }, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			act := ApprovalAct{Actor: who(c.by, c.in.UnitPath), Number: "财预〔2023〕1号", Date: "2023-01-20"}
			if c.change != nil {
				c.change(&c.in, &act)
			}
			out, err := Give(c.in, act)
			if out.Event.Detail.Refused != c.reason || (err == nil) != (c.reason == "") {
				t.Fatalf("refused for %q (%v), want %q", out.Event.Detail.Refused, err, c.reason)
			}
			forDepartment := err == nil && c.in.BureauGiven == 0
			if out.TakesPassed != forDepartment || out.FreezesInitial != (forDepartment && c.in.Given == 0) {
				t.Errorf("outcome %+v", out)
			}
		})
	}
}

func TestDeputation(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2023, 1, d, 0, 0, 0, 0, time.UTC) }
	d := Deputation{Principal: "dw", Deputy: "sun", From: day(10), Until: day(20)}
	for at, want := range map[time.Time]bool{day(9): false, day(10): true, day(19): true, day(20): false} {
		if d.Active(at) != want {
			t.Errorf("on %s active is %v", at.Format(time.DateOnly), !want)
		}
	}
	cases := []struct {
		name   string
		other  []Deputation
		d      Deputation
		code   model.Code
		reason string
	}{
		{"fits", nil, d, "", ""},
		{"another time", []Deputation{{"dw", "li", day(20), day(25)}}, d, "", ""},
		{"a deputy of two", []Deputation{{"bm", "sun", day(1), day(30)}}, d, "", ""},
		{"oneself", nil, Deputation{"dw", "dw", day(1), day(2)}, model.Invalid, "deputy.self"},
		{"nobody", nil, Deputation{"dw", "", day(1), day(2)}, model.Invalid, "deputy.self"},
		{"no time", nil, Deputation{"dw", "sun", day(2), day(2)}, model.Invalid, "deputy.time"},
		{"twice", []Deputation{{"dw", "li", day(19), day(25)}}, d, model.Conflict, "deputy.twice"},
		{"the deputy is away", []Deputation{{"sun", "li", day(1), day(11)}}, d, model.Conflict, "deputy.chain"},
		{"a deputy names one", []Deputation{{"bm", "dw", day(1), day(11)}}, d, model.Conflict, "deputy.chain"},
	}
	for _, c := range cases {
		err := c.d.Check(c.other)
		if c.reason == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		refusal(t, err, c.code, c.reason)
	}
}
