package filing

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// Order is an act of the workflow on one record: Submit, Recall, Pass, Return, Block,
// Reopen, Withdraw, Adjust, EditAgreed, Consent or Decline. Saving is Save's, a 批复
// is Approve's.
type Order struct {
	RecordID model.ID        `json:"recordId"`
	Lock     int             `json:"lock"` // of the record as the person saw it
	Action   workflow.Action `json:"action"`
	// Grade is given where the step grades; a review sheet brings its own.
	Grade   workflow.Grade        `json:"grade,omitempty"`
	Reason  string                `json:"reason,omitempty"`
	Remarks []workflow.Remark     `json:"remarks,omitempty"`
	Review  *workflow.ReviewSheet `json:"review,omitempty"`
	Edit    *Content              `json:"edit,omitempty"`    // of EditAgreed
	Answers []Explanation         `json:"answers,omitempty"` // of Submit, to warnings
	Key     string                `json:"-"`
}

// ordered are the actions of an Order.
var ordered = []workflow.Action{
	workflow.Submit, workflow.Recall, workflow.Consent, workflow.Decline, workflow.Pass, workflow.EditAgreed,
	workflow.Return, workflow.Block, workflow.Reopen, workflow.Adjust, workflow.Withdraw,
}

// Do carries out an order: one transaction, one version check, one event. Submitting
// runs the checks: errors come back all together, warnings need an answer.
// Errors: NotFound "record.notFound"; Forbidden "right.missing"; those of
// workflow.Next, with Fields where the checks found something; Invalid "review.*",
// "filing.content", "filing.code", "filing.sameEdit", "request.lock",
// "workflow.action"; *ChangedError under an old lock; those of a key.
func (s *Service) Do(ctx context.Context, p rbac.Person, o Order) (Answer, error) {
	if !slices.Contains(ordered, o.Action) {
		return Answer{}, model.Fail(model.Invalid, "workflow.action", "没有“%s”这项操作", string(o.Action))
	}
	r := request{person: p, verb: o.Action, reason: o.Reason, key: o.Key, body: o, lock: o.Lock}
	return run(ctx, s, r, func(w *work) (Answer, error) { return w.do(o) })
}

func (w *work) do(o Order) (Answer, error) {
	if err := w.load(o.RecordID); err != nil {
		return Answer{}, err
	}
	if err := w.may(w.person, o.Action.Named(w.record.Kind), w.unit.Path); err != nil {
		return Answer{}, err
	}
	if err := w.seen(o.Lock); err != nil {
		return Answer{}, err
	}
	c, findings, err := w.decide(&o)
	if err != nil {
		return Answer{}, err
	}
	for _, step := range []func(Order, *change) error{w.review, w.bring} {
		if err := step(o, &c); err != nil {
			return Answer{}, err
		}
	}
	c.answers = w.answersTo(findings, o.Answers)
	if err := w.apply(c); err != nil {
		return Answer{}, err
	}
	return w.answer(true, findings), nil
}

// decide asks the workflow; before a submission it asks the checks.
func (w *work) decide(o *Order) (c change, findings []Finding, err error) {
	if o.Review != nil && o.Grade == "" && (o.Action == workflow.Pass || o.Action == workflow.Return || o.Action == workflow.Block) {
		o.Grade = o.Review.Overall
	}
	act := workflow.Act{
		Action: o.Action, Actor: actor(w.person, w.unit.Path), Grade: o.Grade, Reason: o.Reason, Remarks: o.Remarks,
	}
	var problems []model.Problem
	if o.Action == workflow.Submit && workflow.Explain(w.in, act.Actor, act.Action) == nil {
		if findings, problems, err = w.prepare(o.Answers); err != nil {
			return c, nil, err
		}
	}
	c.out, err = workflow.Next(w.in, act)
	var refused *model.Error
	if errors.As(err, &refused) {
		w.refusal = c.out.Event
		if problems != nil {
			refused.Fields = problems
		}
	}
	return c, findings, err
}

// prepare gets a submission ready: the steps it will take, and what the checks find.
// Errors: Conflict "project.ended".
func (w *work) prepare(answers []Explanation) ([]Finding, []model.Problem, error) {
	if err := w.notEnded(w.record.ProjectCode); err != nil {
		return nil, nil, err
	}
	region, err := w.tx.Region(w.unit.RegionCode)
	if err != nil {
		return nil, nil, err
	}
	round := workflow.FirstRound
	if w.in.InSecondRound {
		round = workflow.SecondRound
	}
	chain, err := w.settings.Chain(region.SetKey, w.record.Year, round)
	if err != nil {
		return nil, nil, err
	}
	w.in.Steps = chain.For(w.unit.Path, w.record.Kind)
	return w.judge(answers)
}

// review notes the review sheet and the remarks of an act on the version that was
// reviewed.
// Errors: Invalid "review.step", "review.grade", "review.sheet".
func (w *work) review(o Order, c *change) error {
	d := c.out.Event.Detail
	for _, r := range o.Remarks {
		c.remarks = append(c.remarks, model.RecordRemark{
			RecordID: w.record.ID, VersionID: w.version().ID, At: w.at, Actor: w.person.Login, DeputyFor: d.DeputyFor,
			StepKey: d.Step, Place: r.Path, Note: r.Text,
		})
	}
	if o.Review == nil {
		return nil
	}
	if err := w.checkReview(*o.Review, c.out); err != nil {
		return err
	}
	text, err := json.Marshal(o.Review)
	c.review = &model.KeptReview{
		RecordID: w.record.ID, VersionID: w.version().ID, At: w.at, Actor: w.person.Login, DeputyFor: d.DeputyFor,
		StepKey: d.Step, Grade: string(c.out.Grade), Sheet: string(text),
	}
	return err
}

func (w *work) checkReview(review workflow.ReviewSheet, out workflow.Outcome) error {
	switch {
	case out.Grade == "":
		return model.Fail(model.Invalid, "review.step", "本环节不评定等级，不能填写审核表；请去掉审核表")
	case out.Grade != review.Overall:
		return model.Fail(model.Invalid, "review.grade", "审核表评为“%s”，与办理的等级“%s”不一致；请改为一致", review.Overall.ZH(), out.Grade.ZH())
	}
	region, err := w.tx.Region(w.unit.RegionCode)
	if err != nil {
		return err
	}
	template, err := workflow.ReviewTemplateFor(region.SetKey, w.record.Year)
	if err != nil {
		return err
	}
	return template.Check(review)
}

// bring gives a change the content that the act moves: that of a new version, or an
// edit that waits.
func (w *work) bring(o Order, c *change) error {
	switch o.Action {
	case workflow.Submit:
		w.position.Grade = "" // of the passage before
	case workflow.EditAgreed:
		return w.bringEdit(o, c)
	case workflow.Consent:
		var edit Content
		if err := json.Unmarshal([]byte(w.position.EditContent), &edit); err != nil {
			return err
		}
		return w.bringContent(edit, c)
	case workflow.Adjust:
		content, err := w.content()
		c.content = &content
		return err
	}
	return nil
}

func (w *work) bringContent(edit Content, c *change) error {
	before, err := w.content()
	if err != nil {
		return err
	}
	c.content, c.detail.Differences = &edit, Differences(before, edit)
	return nil
}

// bringEdit keeps an edit aside until the preparer agrees.
// Errors: Invalid "filing.content", "filing.code", "filing.sameEdit".
func (w *work) bringEdit(o Order, c *change) error {
	if o.Edit == nil {
		return model.Fail(model.Invalid, "filing.content", "协商修改须写明修改后的内容")
	}
	edit, err := w.receive(*o.Edit)
	if err != nil {
		return err
	}
	if err := w.bringContent(edit, c); err != nil {
		return err
	}
	if len(c.detail.Differences) == 0 {
		return model.Fail(model.Invalid, "filing.sameEdit", "协商修改与原内容相同，没有需要经办人同意的内容")
	}
	text, err := json.Marshal(edit)
	c.content, c.edit = nil, string(text)
	return err
}
