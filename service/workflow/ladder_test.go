package workflow

import (
	"slices"
	"strings"
	"testing"

	"biaochi/model"
)

// TestEveryRung asserts each stage × action of a disclosure, allowed or refused.
func TestEveryRung(t *testing.T) {
	allowed := map[model.Stage]string{
		"":                   "assemble",
		model.StageAssembled: "assemble check",
		model.StageChecked:   "assemble check override secrecy",
		model.StageReviewed:  "assemble override sign",
		model.StageSigned:    "assemble override publish",
		model.StagePublished: "correct",
	}
	for _, stage := range append([]model.Stage{""}, model.Stages...) {
		in := LadderSituation{Stage: stage, Approved: true, Errors: 1, Overridden: true}
		for _, action := range LadderActions {
			_, err := Climb(in, action)
			want := slices.Contains(strings.Fields(allowed[stage]), string(action))
			if (err == nil) != want {
				t.Errorf("%q %s: %v", stage, action, err)
			}
			if !want {
				refusal(t, err, model.Conflict, "disclosure.stage")
			}
		}
		if got := Climbable(in); len(got) != len(strings.Fields(allowed[stage])) {
			t.Errorf("%q: offers %v", stage, got)
		}
	}
}

func TestWhatKeepsADisclosureFromGoingOut(t *testing.T) {
	signed := LadderSituation{Stage: model.StageSigned, Approved: true}
	for reason, c := range map[string]struct {
		in     LadderSituation
		action LadderAction
	}{
		"disclosure.notApproved": {LadderSituation{}, Assemble},
		"disclosure.noErrors":    {LadderSituation{Stage: model.StageChecked, Approved: true}, Override},
		"disclosure.errors":      {LadderSituation{Stage: model.StageSigned, Approved: true, Errors: 2}, Publish},
		"disclosure.stale":       {LadderSituation{Stage: model.StageSigned, Approved: true, Stale: true}, Publish},
	} {
		_, err := Climb(c.in, c.action)
		refusal(t, err, model.Conflict, reason)
	}
	if to, err := Climb(signed, Publish); err != nil || to != model.StagePublished {
		t.Errorf("got %s, %v", to, err)
	}
	signed.Errors, signed.Overridden = 2, true
	if to, err := Climb(signed, Publish); err != nil || to != model.StagePublished {
		t.Errorf("overridden: got %s, %v", to, err)
	}
	if to, _ := Climb(signed, Override); to != model.StageSigned {
		t.Errorf("an override moves to %s", to)
	}
}
