package workflow

import (
	"testing"

	"biaochi/model"
)

func TestProjectStates(t *testing.T) {
	for name, c := range map[string]struct {
		facts ProjectFacts
		want  model.ProjectState
	}{
		"还没有人申请入库":           {ProjectFacts{Stage: model.ProjectCandidate, Filed: true}, model.ProjectCandidate},
		"当年未安排的留在库中":         {ProjectFacts{Stage: model.ProjectFinance}, model.ProjectFinance},
		"当年批复的在执行，不问入库到哪一步":  {ProjectFacts{Stage: model.ProjectCandidate, Filed: true, ApprovedIn: 2024}, model.ProjectExecuting},
		"当年只批复了上年结转":         {ProjectFacts{Stage: model.ProjectFinance, Filed: true, ApprovedIn: 2024, CarriedMoneyOnly: true}, model.ProjectCarriedOver},
		"上年批复的经常性项目接着做":      {ProjectFacts{Stage: model.ProjectFinance, ApprovedIn: 2023}, model.ProjectCarriedOver},
		"项目期未满":              {ProjectFacts{Stage: model.ProjectFinance, ApprovedIn: 2023, LastYear: 2024}, model.ProjectCarriedOver},
		"项目期已满":              {ProjectFacts{Stage: model.ProjectFinance, ApprovedIn: 2023, LastYear: 2023}, model.ProjectEnded},
		"项目期已满，当年又申报":        {ProjectFacts{Stage: model.ProjectFinance, ApprovedIn: 2023, LastYear: 2023, Filed: true}, model.ProjectCarriedOver},
		"上年的结转不等于今年的":        {ProjectFacts{Stage: model.ProjectFinance, ApprovedIn: 2023, LastYear: 2023, CarriedMoneyOnly: true}, model.ProjectEnded},
		"自本年起终止":             {ProjectFacts{Stage: model.ProjectFinance, ApprovedIn: 2023, EndedFrom: 2024}, model.ProjectEnded},
		"自下年起终止的，本年仍在执行":     {ProjectFacts{Stage: model.ProjectFinance, Filed: true, ApprovedIn: 2024, EndedFrom: 2025}, model.ProjectExecuting},
		"自下年起终止的储备项目，本年仍在库中": {ProjectFacts{Stage: model.ProjectDepartment, EndedFrom: 2025}, model.ProjectDepartment},
	} {
		c.facts.Year = 2024
		if got := c.facts.State(); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got.Word(), c.want.Word())
		}
	}
}

// TestProjectMoves asserts every act in every state: where it leads, or that it is
// refused.
func TestProjectMoves(t *testing.T) {
	leads := map[ProjectAct]map[model.ProjectState]model.ProjectState{
		ProposeProject:  {model.ProjectCandidate: model.ProjectProposed},
		TakeBackProject: {model.ProjectProposed: model.ProjectCandidate},
		AdmitProject:    {model.ProjectProposed: model.ProjectDepartment},
		RefuseProject:   {model.ProjectProposed: model.ProjectCandidate, model.ProjectDepartment: model.ProjectCandidate},
		StoreProject:    {model.ProjectDepartment: model.ProjectFinance},
		UnstoreProject:  {model.ProjectFinance: model.ProjectDepartment},
		EndProject: {model.ProjectCandidate: model.ProjectCandidate, model.ProjectProposed: model.ProjectProposed,
			model.ProjectDepartment: model.ProjectDepartment, model.ProjectFinance: model.ProjectFinance,
			model.ProjectExecuting: model.ProjectFinance, model.ProjectCarriedOver: model.ProjectFinance},
		ResumeProject: {model.ProjectEnded: model.ProjectFinance},
	}
	for _, act := range ProjectActs {
		for _, state := range model.ProjectStates {
			p := model.Project{Stage: state, ProposedBy: "jb"}
			switch state {
			case model.ProjectExecuting, model.ProjectCarriedOver:
				p.Stage = model.ProjectFinance
			case model.ProjectEnded:
				p.Stage, p.EndedFrom = model.ProjectFinance, 2024
			}
			got, err := NextStage(p, state, act, "bm", "理由")
			want, leads := leads[act][state]
			if leads != (err == nil) || leads && got != want || !leads && model.ReasonOf(err) != "project.state" {
				t.Errorf("%s in %s: got %s %v, want %s", act.ZH(), state.Word(), got.Word(), err, want.Word())
			}
		}
	}
}

func TestProjectMovesAreGuarded(t *testing.T) {
	proposed := model.Project{Stage: model.ProjectProposed, ProposedBy: "jb"}
	if _, err := NextStage(proposed, model.ProjectProposed, AdmitProject, "jb", ""); model.ReasonOf(err) != "project.own" {
		t.Errorf("one's own project: %v", err)
	}
	stored := model.Project{Stage: model.ProjectDepartment, ProposedBy: "jb"}
	if _, err := NextStage(stored, model.ProjectDepartment, StoreProject, "jb", ""); model.ReasonOf(err) != "project.own" {
		t.Errorf("one's own project: %v", err)
	}
	for _, act := range []ProjectAct{RefuseProject, EndProject} {
		if _, err := NextStage(proposed, model.ProjectProposed, act, "bm", " "); model.ReasonOf(err) != "project.reason" {
			t.Errorf("%s without a reason: %v", act.ZH(), err)
		}
	}
	// A period that is over is no end that somebody gave, so nobody takes it back.
	if _, err := NextStage(stored, model.ProjectEnded, ResumeProject, "cz", "理由"); model.ReasonOf(err) != "project.state" {
		t.Errorf("got %v", err)
	}
}

func TestRanked(t *testing.T) {
	for state, want := range map[model.ProjectState][2]bool{
		model.ProjectCandidate: {false, false}, model.ProjectProposed: {false, false}, model.ProjectDepartment: {true, false},
		model.ProjectFinance: {true, true}, model.ProjectExecuting: {true, true}, model.ProjectCarriedOver: {true, true}, model.ProjectEnded: {false, false},
	} {
		if got := [2]bool{Ranked(state, false), Ranked(state, true)}; got != want {
			t.Errorf("%s: got %v, want %v", state.Word(), got, want)
		}
	}
}
