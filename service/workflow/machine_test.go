package workflow

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
)

// refusal expects an error of a code and reason, and in it the words given.
func refusal(t *testing.T, err error, code model.Code, reason string, words ...string) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Code != code || e.Reason != reason {
		t.Fatalf("got %v, want %s %s", err, code, reason)
	}
	for _, w := range words {
		if !strings.Contains(e.Message, w) {
			t.Errorf("%q does not say %q", e.Message, w)
		}
	}
}

func accepted(t *testing.T, in Situation, act Act) Outcome {
	t.Helper()
	out, err := Next(in, act)
	if err != nil {
		t.Fatalf("%s: %v", act.Action, err)
	}
	return out
}

// TestALife follows one filing from draft to 批复 and through an adjustment.
func TestALife(t *testing.T) {
	in := Situation{Kind: model.FilingRecord, UnitPath: unit1, State: model.Draft, Steps: stepsFor(t, unit1, model.FilingRecord)}
	script := []struct {
		by    string
		act   Act
		state model.State
		turn  string
	}{
		{"经办", Act{Action: Save}, model.Draft, "经办人"},
		{"经办", Act{Action: Submit}, model.InReview, "单位负责人"},
		{"经办", Act{Action: Recall}, model.Draft, "经办人"},
		{"经办", Act{Action: Submit}, model.InReview, "单位负责人"},
		{"单位审核", Act{Action: Pass}, model.InReview, "主管部门负责人"},
		{"部门审核", Act{Action: Pass}, model.InReview, "业务股"},
		{"业务股", Act{Action: Return, Remarks: []Remark{{"$.form.annualGoal", "请细化"}}}, model.Draft, "经办人"},
		{"经办", Act{Action: Save}, model.Draft, "经办人"},
		{"经办", Act{Action: Submit}, model.InReview, "单位负责人"},
		{"单位审核", Act{Action: Pass}, model.InReview, "主管部门负责人"},
		{"部门审核", Act{Action: Pass}, model.InReview, "业务股"},
		{"业务股", Act{Action: Pass}, model.InReview, "绩效股"},
		{"绩效股", Act{Action: EditAgreed}, model.InReview, "经办人"},
		{"经办", Act{Action: Consent}, model.InReview, "绩效股"},
		{"绩效股", Act{Action: Pass, Grade: Good}, model.Passed, "财政牵头审核人"},
		{"预算股", Act{Action: Approve}, model.Approved, ""},
		{"经办", Act{Action: Adjust}, model.Draft, "经办人"},
		{"经办", Act{Action: Withdraw, Reason: "不再需要"}, model.Withdrawn, ""},
		{"经办", Act{Action: Adjust}, model.Draft, "经办人"},
	}
	var newVersions []int
	for i, s := range script {
		s.act.Actor = who(s.by, unit1)
		out := accepted(t, in, s.act)
		if out.State != s.state || out.Turn.Name != s.turn {
			t.Fatalf("%d %s: %s, turn of %q; want %s, %q", i, s.act.Action, out.State, out.Turn.Name, s.state, s.turn)
		}
		if out.NewVersion {
			newVersions = append(newVersions, i)
		}
		in = out.Next
	}
	if !slices.Equal(newVersions, []int{7, 13, 16, 18}) {
		t.Errorf("new versions at %v: want them at the save after a return, at the consent, at each adjustment", newVersions)
	}
}

func TestNobodyReviewsTheirOwnWork(t *testing.T) {
	everything := slices.Concat(seated(rbac.Preparer, rbac.Unit, unit1), seated(rbac.Reviewer, rbac.Unit, unit1),
		seated(rbac.Reviewer, rbac.Department, dept701), seated(rbac.Reviewer, rbac.Root, region), office("JX", "performance", dept701))
	for name, s := range situations(t, model.FilingRecord) {
		actor := Actor{ID: "both", Seats: seatsOf(everything, s.UnitPath)}
		s.PreparedBy = []string{"li", "both"}
		for _, action := range []Action{Pass, EditAgreed, Return, Block, Approve} {
			if slices.Contains(Allowed(s, actor), action) {
				t.Errorf("%s: %s of one's own work is allowed", name, action)
			}
		}
	}
	s := situations(t, model.FilingRecord)["单位负责人"]
	s.PreparedBy = []string{"dw"}
	out, err := Next(s, Act{Action: Pass, Actor: who("单位审核", unit1)})
	refusal(t, err, model.Forbidden, "workflow.ownWork", "701001", "由您参与填报", "其他审核人")
	if out.Event.Detail.Refused != "workflow.ownWork" || out.Event.From != out.Event.To {
		t.Errorf("the refusal is logged as %+v", out.Event)
	}
}

// TestWhoeverTouchedItPreparedIt: saving, submitting and adjusting make somebody a
// preparer; an edit that the preparer agreed to does not.
func TestWhoeverTouchedItPreparedIt(t *testing.T) {
	s := situations(t, model.FilingRecord)
	for name, action := range map[string]Action{"草稿": Save, "已批复": Adjust} {
		if out := accepted(t, s[name], Act{Action: action, Actor: who("经办", unit1)}); !slices.Contains(out.Next.PreparedBy, "jb") {
			t.Errorf("%s does not make a preparer", action)
		}
	}
	out := accepted(t, s["草稿"], Act{Action: Submit, Actor: who("经办", unit1)})
	if !slices.Contains(out.Next.PreparedBy, "jb") {
		t.Error("submitting does not make a preparer")
	}
	out = accepted(t, s["绩效股"], Act{Action: EditAgreed, Actor: who("绩效股", unit1)})
	if slices.Contains(out.Next.PreparedBy, "jx") {
		t.Error("an agreed edit makes a preparer")
	}
}

func TestGrades(t *testing.T) {
	s := situations(t, model.FilingRecord)
	cases := []struct {
		at     string
		act    Act
		want   string // state, or reason of refusal
		stored Grade
	}{
		{"绩效股", Act{Action: Pass, Grade: Excellent}, "passed", Excellent},
		{"绩效股", Act{Action: Pass, Grade: Good}, "passed", Good},
		{"绩效股", Act{Action: Pass, Grade: Fair}, "workflow.grade", ""},
		{"绩效股", Act{Action: Pass, Grade: Poor}, "workflow.grade", ""},
		{"绩效股", Act{Action: Pass, Grade: "super"}, "workflow.grade", ""},
		{"绩效股", Act{Action: Pass}, "workflow.grade", ""},
		{"绩效股", Act{Action: Return, Reason: "改"}, "draft", Fair},
		{"绩效股", Act{Action: Return, Reason: "改", Grade: Fair}, "draft", Fair},
		{"绩效股", Act{Action: Return, Reason: "改", Grade: Excellent}, "workflow.grade", ""},
		{"绩效股", Act{Action: Block, Reason: "空"}, "blocked", Poor},
		{"绩效股", Act{Action: Block, Reason: "空", Grade: Poor}, "blocked", Poor},
		{"绩效股", Act{Action: Block, Reason: "空", Grade: Fair}, "workflow.grade", ""},
		{"等待同意修改", Act{Action: Pass, Grade: Good}, "workflow.state", ""},
		{"等待同意修改", Act{Action: Return, Reason: "改"}, "draft", Fair},
		{"等待同意修改", Act{Action: Return, Reason: "改", Grade: Good}, "workflow.grade", ""},
		{"等待同意修改", Act{Action: Return}, "workflow.remark", ""},
		{"业务股", Act{Action: Pass}, "inReview", ""},
		{"业务股", Act{Action: Pass, Grade: Excellent}, "workflow.grade", ""},
		{"业务股", Act{Action: Return, Reason: "改"}, "draft", ""},
		{"业务股", Act{Action: Return, Reason: "改", Grade: Fair}, "workflow.grade", ""},
		{"业务股", Act{Action: EditAgreed}, "workflow.stepGrades", ""},
		{"业务股", Act{Action: Block, Reason: "空"}, "workflow.stepBlocks", ""},
	}
	for _, c := range cases {
		c.act.Actor = who("财政", unit1)
		out, err := Next(s[c.at], c.act)
		got := string(out.State)
		if err != nil {
			got = out.Event.Detail.Refused
		}
		if got != c.want || out.Grade != c.stored {
			t.Errorf("%s %s %q: %s %q, want %s %q (%v)", c.at, c.act.Action, c.act.Grade, got, out.Grade, c.want, c.stored, err)
		}
	}
}

func TestWhatAnActMustBring(t *testing.T) {
	s := situations(t, model.FilingRecord)
	cases := []struct {
		at, by string
		act    Act
		change func(*Situation)
		code   model.Code
		reason string
	}{
		{"绩效股", "绩效股", Act{Action: Block, Reason: " "}, nil, model.Invalid, "workflow.reason"},
		{"不予安排", "绩效股", Act{Action: Reopen}, nil, model.Invalid, "workflow.reason"},
		{"草稿", "经办", Act{Action: Withdraw}, nil, model.Invalid, "workflow.reason"},
		{"审核通过", "单位审核", Act{Action: Withdraw}, nil, model.Invalid, "workflow.reason"},
		{"等待同意修改", "经办", Act{Action: Decline}, nil, model.Invalid, "workflow.reason"},
		{"单位负责人", "单位审核", Act{Action: Return}, nil, model.Invalid, "workflow.remark"},
		{"单位负责人", "单位审核", Act{Action: Return, Remarks: []Remark{{"annualGoal", ""}}}, nil, model.Invalid, "workflow.remark"},
		{"草稿", "经办", Act{Action: Submit}, func(s *Situation) { s.Errors = 2 }, model.Invalid, "workflow.errors"},
		{"草稿", "经办", Act{Action: Submit}, func(s *Situation) { s.OpenWarnings = 1 }, model.Invalid, "workflow.warnings"},
		{"草稿", "经办", Act{Action: Submit}, func(s *Situation) { s.Unconfirmed = true }, model.Invalid, "workflow.unconfirmed"},
		{"草稿", "经办", Act{Action: Submit}, func(s *Situation) { s.Steps = nil }, model.Internal, "workflow.steps"},
		{"审核通过", "财政", Act{Action: Approve}, func(s *Situation) { s.OverControl = true }, model.Conflict, "workflow.control"},
		{"审核通过", "经办", Act{Action: Adjust}, nil, model.Conflict, "workflow.round"},
		{"审核通过·二上", "经办", Act{Action: Adjust}, func(s *Situation) { s.Under = model.Approved }, model.Conflict, "workflow.round"},
		{"单位负责人", "经办", Act{Action: Recall}, func(s *Situation) { s.ActedBy = []string{"dw"} }, model.Conflict, "workflow.acted"},
		{"单位负责人", "经办", Act{Action: Submit}, nil, model.Conflict, "workflow.state"},
		{"业务股", "部门审核", Act{Action: Pass}, func(s *Situation) { s.ActedBy = []string{"dw", "bm"} }, model.Conflict, "workflow.acted"},
		{"业务股", "部门审核", Act{Action: Pass}, nil, model.Forbidden, "workflow.seat"},
		{"不予安排", "财政", Act{Action: Reopen, Reason: "新情况"}, nil, model.Forbidden, "workflow.seat"},
		{"草稿", "审计", Act{Action: Submit}, nil, model.Forbidden, "workflow.role"},
		{"草稿", "经办", Act{Action: "erase"}, nil, model.Invalid, "workflow.action"},
	}
	for _, c := range cases {
		situation := s[c.at]
		if c.change != nil {
			c.change(&situation)
		}
		c.act.Actor = who(c.by, unit1)
		out, err := Next(situation, c.act)
		refusal(t, err, c.code, c.reason)
		if out.Event.Detail.Refused != c.reason || out.NewVersion || out.InForce {
			t.Errorf("%s %s: a refusal with the outcome %+v", c.at, c.act.Action, out)
		}
	}
	// What only the act or the content lacks is still offered.
	draft := s["草稿"]
	draft.Errors = 3
	if !slices.Contains(Allowed(draft, who("经办", unit1)), Submit) {
		t.Error("submit is not offered where errors are left to mend")
	}
}

func TestOutcomes(t *testing.T) {
	s := situations(t, model.FilingRecord)
	blocked := accepted(t, s["绩效股"], Act{Action: Block, Reason: "空", Actor: who("绩效股", unit1)})
	if blocked.Next.BlockedAt != region+"JX/" || blocked.Turn != (Turn{}) {
		t.Errorf("blocked at %q, turn of %+v", blocked.Next.BlockedAt, blocked.Turn)
	}
	reopened := accepted(t, blocked.Next, Act{Action: Reopen, Reason: "新情况", Actor: who("绩效股", unit1)})
	if !reopened.Next.Sealed || reopened.Next.BlockedAt != "" || reopened.State != model.Draft {
		t.Errorf("reopened: %+v", reopened.Next)
	}
	approved := accepted(t, s["审核通过"], Act{Action: Approve, Actor: who("财政", unit1)})
	if !approved.InForce || approved.AfterInitial || approved.Event.Action != "approval.give" {
		t.Errorf("first 批复: %+v", approved)
	}
	late := s["审核通过"]
	late.InitialFrozen = true
	if out := accepted(t, late, Act{Action: Approve, Actor: who("财政", unit1)}); !out.InForce || !out.AfterInitial {
		t.Errorf("later 批复: %+v", out)
	}
	adjusted := accepted(t, s["已批复"], Act{Action: Adjust, Actor: who("经办", unit1)})
	if !adjusted.NewVersion || adjusted.Left != model.Approved || adjusted.Next.Under != model.Approved || adjusted.InForce {
		t.Errorf("adjustment: %+v", adjusted)
	}
	fitted := s["绩效股"]
	fitted.Under = model.Passed
	if out := accepted(t, fitted, Act{Action: Pass, Grade: Excellent, Actor: who("绩效股", unit1)}); !out.Retires || out.Next.Under != "" {
		t.Errorf("fitted version passed: %+v", out)
	}
	fitted.State = model.Draft
	if out := accepted(t, fitted, Act{Action: Withdraw, Reason: "不改了", Actor: who("经办", unit1)}); out.State != model.Withdrawn || out.Next.State != model.Passed {
		t.Errorf("fitting withdrawn: %+v", out)
	}
	consented := accepted(t, s["等待同意修改"], Act{Action: Consent, Actor: who("经办", unit1)})
	if !consented.NewVersion || consented.Left != model.Draft || consented.State != model.InReview || consented.Next.Step != 3 {
		t.Errorf("consent: %+v", consented)
	}
	if out := accepted(t, s["等待同意修改"], Act{Action: Decline, Reason: "不妥", Actor: who("经办", unit1)}); out.NewVersion || out.Next.Negotiating {
		t.Errorf("declined: %+v", out)
	}
}

func TestTheEventSaysAll(t *testing.T) {
	s := situations(t, model.FilingRecord)["业务股"]
	remarks := []Remark{{"$.form.indicators[3].annual.value", "与成本不符"}}
	out := accepted(t, s, Act{Action: Return, Reason: "请核对", Remarks: remarks, Actor: who("业务股", unit1)})
	e := out.Event
	if e.Actor != "yw" || e.Action != "filing.return" || e.From != model.InReview || e.To != model.Draft || e.Reason != "请核对" ||
		e.Detail.Step != "business" || e.Detail.NextStep != "" || !slices.Equal(e.Detail.Remarks, remarks) {
		t.Errorf("event %+v", e)
	}
	out = accepted(t, s, Act{Action: Pass, Actor: who("业务股", unit1)})
	if out.Event.Detail.NextStep != "performance" || out.Turn.Office != "performance" {
		t.Errorf("passed on to %+v, event %+v", out.Turn, out.Event)
	}
}

func TestDeputiesSitInAnothersPlace(t *testing.T) {
	s := situations(t, model.FilingRecord)["单位负责人"]
	seat := who("单位审核", unit1).Seats[0]
	seat.DeputyFor = "dw"
	deputy := Actor{ID: "sun", Seats: []Seat{seat}}
	if out := accepted(t, s, Act{Action: Pass, Actor: deputy}); out.Event.Actor != "sun" || out.Event.Detail.DeputyFor != "dw" {
		t.Errorf("the event keeps %+v", out.Event)
	}
	s.PreparedBy = []string{"dw"}
	_, err := Next(s, Act{Action: Pass, Actor: deputy})
	refusal(t, err, model.Forbidden, "workflow.ownWork", "被代理人 dw")
	other := seat
	other.DeputyFor = "qian"
	if out := accepted(t, s, Act{Action: Pass, Actor: Actor{ID: "sun", Seats: []Seat{seat, other}}}); out.Event.Detail.DeputyFor != "qian" {
		t.Error("a deputy of two does not take the seat that may act")
	}
	other.DeputyFor = ""
	if out := accepted(t, s, Act{Action: Pass, Actor: Actor{ID: "sun", Seats: []Seat{seat, other}}}); out.Event.Detail.DeputyFor != "" {
		t.Error("one's own right does not come first")
	}
}

func TestEach(t *testing.T) {
	s := situations(t, model.FilingRecord)
	own := s["业务股"]
	own.PreparedBy = []string{"yw"}
	act := Act{Action: Pass, Actor: Actor{ID: "yw"}}
	results := Each([]Situation{s["业务股"], own, s["绩效股"], s["业务股"]}, act, func(in Situation) []Seat { return who("业务股", in.UnitPath).Seats })
	for i, reason := range []string{"", "workflow.ownWork", "workflow.seat", ""} {
		if got := results[i].Outcome.Event.Detail.Refused; got != reason || (results[i].Err == nil) != (reason == "") {
			t.Errorf("record %d: %q, want %q", i, got, reason)
		}
		if results[i].Outcome.Event.Actor != "yw" {
			t.Errorf("record %d has no event of its own", i)
		}
	}
}

// TestAPreparerIsOfTheUnit: even where a caller passes on seats that don't reach the
// record, a preparer of the unit above, below or beside files nothing here.
func TestAPreparerIsOfTheUnit(t *testing.T) {
	for name, s := range situations(t, model.FilingRecord) {
		for _, path := range []string{region, dept701, unit2, unit1 + "701001001/"} {
			actor := Actor{ID: "other", Seats: []Seat{{Role: Preparer, Place: PlaceUnit, UnitPath: path}}}
			if allowed := Allowed(s, actor); len(allowed) > 0 && path != s.UnitPath {
				t.Errorf("%s: a preparer of %s may %v", name, path, allowed)
			}
		}
	}
}

// TestAOneOfficeBureau: an office without a duty of its own sits at every finance
// step of its departments.
func TestAOneOfficeBureau(t *testing.T) {
	s := situations(t, model.FilingRecord)
	actor := Actor{ID: "one", Seats: seatsOf(office("CZ", "", dept701), unit1)}
	for _, at := range []string{"业务股", "绩效股"} {
		if !slices.Contains(Allowed(s[at], actor), Pass) {
			t.Errorf("the one office may not pass at %s", at)
		}
	}
}
