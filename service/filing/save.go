package filing

import (
	"context"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/indicator"
	"biaochi/service/workflow"
)

// NewRecord is a record that somebody begins.
type NewRecord struct {
	UnitID  model.ID `json:"unitId"`
	Year    int      `json:"year"`
	Content Content  `json:"content"`
	// From is the filing of the year before that it goes on from, 0 for none.
	From model.ID `json:"from,omitzero"`
	// Key makes a repeated request harmless; "" for none.
	Key string `json:"-"`
}

// Create begins a project's filing, a unit's sheet or its whole-unit target as a
// draft.
// Errors: NotFound "unit.notFound"; Forbidden "right.missing", "workflow.*"; Invalid
// "filing.content", "filing.year"; Conflict "record.duplicate", "project.ended"; those
// of a key.
func (s *Service) Create(ctx context.Context, p rbac.Person, n NewRecord) (Answer, error) {
	r := request{person: p, action: workflow.Save.Named(n.Content.kind()), key: n.Key, body: n}
	return run(ctx, s, r, func(w *work) (Answer, error) { return w.create(n) })
}

func (w *work) create(n NewRecord) (Answer, error) {
	if err := w.findUnit(n); err != nil {
		return Answer{}, err
	}
	content, err := n.Content.received(w.unit)
	if err != nil {
		return Answer{}, err
	}
	if err := w.notEnded(content.code()); err != nil {
		return Answer{}, err
	}
	out, err := workflow.Next(w.in, workflow.Act{Action: workflow.Save, Actor: actor(w.person, w.unit.Path)})
	if err != nil {
		w.refusal = out.Event
		return Answer{}, err
	}
	if err := w.ensureYear(); err != nil {
		return Answer{}, err
	}
	w.record = model.Record{
		ID: w.store.NextID(), Kind: content.kind(), UnitID: w.unit.ID, Year: n.Year, ProjectCode: content.code(), NewestID: w.store.NextID(),
	}
	if err := w.begin(content, out, n.From); err != nil {
		return Answer{}, err
	}
	findings, err := w.findings(content)
	return w.answer(true, findings), err
}

// findUnit looks for where the record is to be; for a person without sight of the
// unit it isn't there.
func (w *work) findUnit(n NewRecord) error {
	kind := n.Content.kind()
	unit, err := w.tx.UnitByID(store.Everything(), n.UnitID)
	if err != nil {
		return err
	}
	w.unit, w.year = unit, n.Year
	w.in = workflow.Situation{Kind: kind, UnitPath: unit.Path, State: model.Draft}
	switch {
	case kind == "" || w.kind != "" && w.kind != kind:
		return model.Fail(model.Invalid, "filing.content", noContent)
	case !w.sees(w.person, kind, unit.Path):
		return model.Fail(model.NotFound, "unit.notFound", "没有标识为 %s 的单位，请刷新后重新选择", n.UnitID)
	case n.Year < 2000 || n.Year > 2100:
		return model.Fail(model.Invalid, "filing.year", "预算年度 %d 不在 2000 至 2100 之间，请核对", n.Year)
	}
	return w.may(w.person, workflow.Save.Named(kind), unit.Path)
}

func (w *work) ensureYear() error {
	region, err := w.tx.Region(w.unit.RegionCode)
	if err != nil {
		return err
	}
	key := model.DefaultTreeKey
	if tree, ok := indicator.BoundTree(region.SetKey, w.year); ok {
		key = tree.Key
	}
	return w.tx.EnsureYear(region.Code, w.year, key)
}

// begin adds the record with its first version, which counts nowhere.
func (w *work) begin(content Content, out workflow.Outcome, from model.ID) error {
	w.versions = []model.RecordVersion{{
		ID: w.record.NewestID, RecordID: w.record.ID, Number: 1, State: model.Draft, CreatedAt: w.at, CreatedBy: w.person.Login,
	}}
	out.Event.From = ""
	err := w.keep(change{out: out, content: &content, detail: EventDetail{From: from}}, nil)
	if model.ReasonOf(err) == "record.duplicate" {
		w.record, w.versions = model.Record{}, nil // it is somebody else's
	}
	return err
}

// Draft is a draft as somebody wants it kept: all of the content, and the lock of the
// record that they wrote it over.
type Draft struct {
	RecordID model.ID      `json:"recordId"`
	Lock     int           `json:"lock"`
	Content  Content       `json:"content"`
	Answers  []Explanation `json:"answers,omitempty"` // to warnings
	Key      string        `json:"-"`
}

// Save keeps a draft, as it stands or as a new version where somebody reviewed the
// old one. A content that is there already changes nothing and leaves no event, even
// under an old lock. The answer has what the checks find; none of it blocks a draft.
// Errors: NotFound "record.notFound"; Forbidden "right.missing", "workflow.*";
// Invalid "filing.content", "filing.code", "request.lock"; Conflict "workflow.state";
// *ChangedError under an old lock; those of a key.
func (s *Service) Save(ctx context.Context, p rbac.Person, d Draft) (Answer, error) {
	r := request{person: p, verb: workflow.Save, key: d.Key, body: d, lock: d.Lock, mine: &d.Content}
	return run(ctx, s, r, func(w *work) (Answer, error) { return w.saveDraft(d) })
}

func (w *work) saveDraft(d Draft) (Answer, error) {
	if err := w.load(d.RecordID); err != nil {
		return Answer{}, err
	}
	if err := w.may(w.person, workflow.Save.Named(w.record.Kind), w.unit.Path); err != nil {
		return Answer{}, err
	}
	content, err := w.receive(d.Content)
	if err != nil {
		return Answer{}, err
	}
	same := content.hash() == w.version().Hash
	if !same || w.in.State != model.Draft {
		if err := w.seen(d.Lock); err != nil {
			return Answer{}, err
		}
	}
	out, err := workflow.Next(w.in, workflow.Act{Action: workflow.Save, Actor: actor(w.person, w.unit.Path)})
	if err != nil {
		w.refusal = out.Event
		return Answer{}, err
	}
	findings, err := w.findings(content)
	if err != nil {
		return Answer{}, err
	}
	answers := w.answersTo(findings, d.Answers)
	if same {
		return w.answer(false, findings), w.tx.SetWarningAnswers(answers)
	}
	if err := w.rewrite(content, out, answers); err != nil {
		return Answer{}, err
	}
	return w.answer(true, findings), nil
}

// receive takes a content for the record that is loaded.
// Errors: Invalid "filing.content", "filing.code".
func (w *work) receive(given Content) (Content, error) {
	content, err := given.received(w.unit)
	if err != nil {
		return content, err
	}
	switch {
	case content.kind() != w.record.Kind:
		return content, model.Fail(model.Invalid, "filing.code", "内容与这份申报记录不是同一种类；请刷新后再改")
	case content.code() != w.record.ProjectCode:
		return content, model.Fail(model.Invalid, "filing.code", "内容是项目“%s”的，与这份申报（%s）不是同一份；请刷新后再改", content.code(), w.record.ProjectCode)
	}
	return content, nil
}

func (w *work) rewrite(content Content, out workflow.Outcome, answers []model.WarningAnswer) error {
	before, err := w.content()
	if err != nil {
		return err
	}
	return w.apply(change{out: out, content: &content, answers: answers, detail: EventDetail{Differences: Differences(before, content)}})
}
