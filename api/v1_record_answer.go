package api

import (
	"errors"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

type answerResp struct {
	ETag rest.ETag `header:"ETag"`
	Body RecordAnswer
}

type createdRecordResp struct {
	Location string    `header:"Location"`
	ETag     rest.ETag `header:"ETag"`
	Body     RecordAnswer
}

// RecordAnswer is what an act came to.
type RecordAnswer struct {
	ID       model.ID       `json:"id"`
	Number   int            `json:"number" description:"版本号"`
	State    model.State    `json:"state"`
	Step     string         `json:"step"`
	Turn     *Turn          `json:"turn"`
	Grade    workflow.Grade `json:"grade,omitempty"`
	Lock     int            `json:"lock"`
	Changed  bool           `json:"changed" description:"为假时内容原来就是这样"`
	Findings []Finding      `json:"findings" description:"保存或提交后的校验结果"`
}

func answerOf(a filing.Answer) RecordAnswer {
	return RecordAnswer{
		ID: a.RecordID, Number: a.Number, State: a.State, Step: a.Step, Turn: turnOf(a.Turn), Grade: a.Grade,
		Lock: a.Lock, Changed: a.Changed, Findings: findingsOf(a.Findings),
	}
}

func answered(a filing.Answer, err error) (*answerResp, error) {
	if err != nil {
		return nil, err
	}
	return &answerResp{ETag: rest.Tag(a.Lock), Body: answerOf(a)}, nil
}

type batchResp struct{ Body BatchAnswer }

// BatchAnswer has the result of each record, in the order of the request.
type BatchAnswer struct {
	Results []BatchResult `json:"results"`
}

// BatchResult is what one record of a batch came to: answer or problem.
type BatchResult struct {
	ID      model.ID      `json:"id"`
	Answer  *RecordAnswer `json:"answer"`
	Problem *BatchProblem `json:"problem"`
}

// BatchProblem says why one record was refused.
type BatchProblem struct {
	Status int                 `json:"status"`
	Reason string              `json:"reason"`
	Detail string              `json:"detail"`
	Errors []rest.FieldProblem `json:"errors"`
}

func problemIn(err error) *BatchProblem {
	p := rest.ProblemOf(changedSince(err))
	return &BatchProblem{Status: p.Status, Reason: p.Reason, Detail: p.Detail, Errors: p.Errors}
}

// changedSince turns a conflict over an old version into the problem that shows
// what the other one changed; every other error stays what it is.
func changedSince(err error) error {
	var changed *filing.ChangedError
	if !errors.As(err, &changed) {
		return err
	}
	f := rest.FailureOf(changed.Err)
	f.Header = map[string]string{"ETag": string(rest.Tag(changed.Lock))}
	f.Changed = &rest.Changed{Lock: changed.Lock, State: string(changed.State), By: changed.By, At: changed.At, Acts: []string{}}
	for _, name := range changed.Acts {
		f.Changed.Acts = append(f.Changed.Acts, titleOf(name))
	}
	for _, d := range changed.Differences {
		f.Changed.Differences = append(f.Changed.Differences, rest.ChangedPlace{
			Path: d.Path, Label: d.Label, Before: d.Before, After: d.After, Kind: string(d.Kind),
		})
	}
	return f
}

// asContent is changedSince for requests whose body holds a content: the places that
// the use case names are inside it.
func asContent(err error) error {
	var known *model.Error
	var changed *filing.ChangedError
	if errors.As(err, &changed) || !errors.As(err, &known) || known.Code == model.Internal {
		return changedSince(err)
	}
	f := rest.FailureOf(err)
	for i := range f.Fields {
		f.Fields[i].Pointer = "/content" + f.Fields[i].Pointer
	}
	return f
}
