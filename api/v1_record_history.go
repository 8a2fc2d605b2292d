package api

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

// Difference is one place where two contents differ.
type Difference struct {
	Path   string                `json:"path"`
	Label  string                `json:"label"`
	Before string                `json:"before"`
	After  string                `json:"after"`
	Kind   filing.DifferenceKind `json:"kind"`
}

func differencesOf(list []filing.Difference) []Difference {
	out := make([]Difference, len(list))
	for i, d := range list {
		out[i] = Difference(d)
	}
	return out
}

type differencesResp struct{ Body DifferenceList }

// DifferenceList is all that differs between two contents.
type DifferenceList struct {
	Differences []Difference `json:"differences"`
}

type versionResp[C any] struct{ Body RecordVersion[C] }

// RecordVersion is a version with its content.
type RecordVersion[C any] struct {
	Version VersionInfo `json:"version"`
	Content C           `json:"content"`
}

type historyResp struct{ Body RecordHistory }

// RecordHistory is all that happened to a record, oldest first.
type RecordHistory struct {
	Versions []VersionInfo  `json:"versions"`
	Events   []HistoryEvent `json:"events"`
	Remarks  []Remark       `json:"remarks"`
	Reviews  []KeptReview   `json:"reviews"`
}

// HistoryEvent is an entry of a record's log; a refused attempt says why.
type HistoryEvent struct {
	At          time.Time      `json:"at"`
	Actor       string         `json:"actor"`
	DeputyFor   string         `json:"deputyFor"`
	Action      string         `json:"action"`
	Title       string         `json:"title" description:"操作的中文名"`
	FromState   model.State    `json:"fromState,omitempty"`
	ToState     model.State    `json:"toState,omitempty"`
	Step        string         `json:"step"`
	StepName    string         `json:"stepName" description:"环节的名称"`
	Grade       workflow.Grade `json:"grade,omitempty"`
	Number      int            `json:"number" description:"版本号；没有时为 0"`
	Reason      string         `json:"reason"`
	Refused     string         `json:"refused" description:"被拒绝的原因；已办理的为空"`
	Why         string         `json:"why" description:"被拒绝的原因，中文"`
	Differences []Difference   `json:"differences"`
}

// KeptReview is a filled-in review sheet as kept.
type KeptReview struct {
	At        time.Time   `json:"at"`
	Actor     string      `json:"actor"`
	DeputyFor string      `json:"deputyFor"`
	Step      string      `json:"step"`
	Number    int         `json:"number"`
	Sheet     ReviewSheet `json:"sheet"`
}

func historyOf(h filing.History) (out RecordHistory, err error) {
	for _, v := range h.Versions {
		out.Versions = append(out.Versions, versionOf(v))
	}
	for _, e := range h.Events {
		out.Events = append(out.Events, HistoryEvent{
			At: e.At, Actor: e.Actor, DeputyFor: e.Detail.DeputyFor, Action: e.Action, Title: recordTitle(e),
			FromState: stateOf(e.FromState), ToState: stateOf(e.ToState), Step: e.Detail.Step, StepName: workflow.StepName(e.Detail.Step), Grade: e.Detail.Grade, Number: numberOf(e.VersionID, h.Versions),
			Reason: e.Reason, Refused: e.Detail.Refused, Why: refusalWord(e.Detail.Refused), Differences: differencesOf(e.Detail.Differences),
		})
	}
	out.Remarks = remarksOf(h.Remarks, h.Versions)
	for _, r := range h.Reviews {
		sheet, err := sheetOf(r.Sheet)
		if err != nil {
			return out, err
		}
		out.Reviews = append(out.Reviews, KeptReview{
			At: r.At, Actor: r.Actor, DeputyFor: r.DeputyFor, Step: r.StepKey, Number: numberOf(r.VersionID, h.Versions), Sheet: sheet,
		})
	}
	return out, nil
}

// stateOf is a state of records; those of what follows a record, such as its
// monitoring sheets, are left out.
func stateOf(state model.State) model.State {
	if slices.Contains(model.States, state) {
		return state
	}
	return ""
}

// recordTitle names an act in a record's history: with the name of a file where it is
// the record's own, for whoever reads the record reads that; else with what it backs up.
func recordTitle(e filing.Entry) string {
	if word := e.Detail.Purpose.Word(); word != "" {
		return titleOf(e.Action) + "（" + word + "）"
	}
	return titleOf(e.Action) + quoted(e.Detail.Name)
}

func quoted(name string) string {
	if name == "" {
		return ""
	}
	return "“" + name + "”"
}

// titleOf is the Chinese name of an action that the log names.
func titleOf(action string) string {
	if a, ok := rbac.ActionByName(action); ok {
		return a.ZH
	}
	if title, ok := logTitles[action]; ok {
		return title
	}
	return action
}

func sheetOf(kept string) (out ReviewSheet, err error) {
	var sheet workflow.ReviewSheet
	if err := json.Unmarshal([]byte(kept), &sheet); err != nil {
		return out, err
	}
	out = ReviewSheet{KeyProject: sheet.KeyProject, Opinion: sheet.Opinion, Overall: sheet.Overall}
	for key, grade := range sheet.Grades {
		mark := ReviewMark{Key: key, Grade: grade}
		if score, ok := sheet.Scores[key]; ok {
			text := score.String()
			mark.Score = &text
		}
		out.Items = append(out.Items, mark)
	}
	slices.SortFunc(out.Items, func(a, b ReviewMark) int { return cmp.Compare(a.Key, b.Key) })
	return out, nil
}
