package filing

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// CarryForward starts a recurring project's filing of the next year from its approved
// one (接续申报). What lasts comes along: name, classification, the reasons for the
// project, its long-term goal, and which indicators it has. What belongs to the year is
// blank, to be decided anew and not copied: amounts, the year's goal and plan, the
// annual values, the date of filing.
// Errors: NotFound "record.notFound"; Forbidden "right.missing"; Conflict
// "carry.notApproved", "carry.ended", "project.ended", "record.duplicate"; those of a key.
func (s *Service) CarryForward(ctx context.Context, p rbac.Person, recordID model.ID, key string) (Answer, error) {
	r := request{person: p, action: rbac.FilingSave.Name, key: key, body: recordID}
	return run(ctx, s, r, func(w *work) (Answer, error) { return w.carryForward(recordID) })
}

func (w *work) carryForward(id model.ID) (Answer, error) {
	if err := w.load(id); err != nil {
		return Answer{}, err
	}
	from := w.record
	content, err := w.lasting()
	if err != nil {
		return Answer{}, err
	}
	next := Content{Project: nextYear(content.Project, from.Year)}
	*w = work{Service: w.Service, tx: w.tx, person: w.person, at: w.at}
	return w.create(NewRecord{UnitID: from.UnitID, Year: from.Year + 1, Content: next, From: from.ID})
}

// lasting gives the approved content of a filing that the person may carry forward.
func (w *work) lasting() (content Content, err error) {
	from := w.record
	if err := w.may(w.person, workflow.Save.Named(from.Kind), w.unit.Path); err != nil {
		return content, err
	}
	if from.Kind != model.FilingRecord || from.InForceID == 0 {
		return content, model.Fail(model.Conflict, "carry.notApproved", "%d 年度的这份申报不是已批复的项目绩效目标，不能接续申报", from.Year)
	}
	if content, err = loadContent(w.tx, from.Kind, from.InForceID); err != nil {
		return content, err
	}
	return content, goesOn(content.Project, from.Year+1)
}

// NextYear is how far a project's filing of the next year is.
type NextYear struct {
	Year     int
	RecordID model.ID // 0 before it was begun
	Allowed  bool     // to begin it from this one now
	Why      string   // it can't be, where it wasn't begun
}

// NextYear tells whether a filing can be carried forward, and where to.
// Errors: NotFound "record.notFound"; Internal of the store.
func (s *Service) NextYear(ctx context.Context, p rbac.Person, recordID model.ID) (next NextYear, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w := &work{Service: s, tx: tx, person: p, at: s.now()}
		if err := w.load(recordID); err != nil {
			return err
		}
		next = NextYear{Year: w.record.Year + 1}
		begun, ok, err := tx.RecordOf(store.Everything(), w.record.Kind, w.record.UnitID, next.Year, w.record.ProjectCode)
		if err != nil || ok {
			next.RecordID = begun.ID
			return err
		}
		_, err = w.lasting()
		if code := model.CodeOf(err); code == model.Conflict || code == model.Forbidden {
			next.Why = model.MessageOf(err)
			return nil
		}
		next.Allowed = err == nil
		return err
	})
	return next, err
}

// goesOn refuses a project that is over.
func goesOn(p *model.ProjectContent, year int) error {
	switch last := p.LastYear(year - 1); {
	case p.Nature == model.OneOff:
		return model.Fail(model.Conflict, "carry.ended", "“%s”是一次性项目，不能接续申报；确需继续的请新建项目", p.Name)
	case last != 0 && last < year:
		return model.Fail(model.Conflict, "carry.ended", "“%s”的项目期到 %d 年为止，不能接续申报；确需继续的请新建项目", p.Name, last)
	}
	return nil
}

// nextYear is what of a project lasts beyond its year. A period of years that began
// with that year goes on, and doesn't begin again.
func nextYear(p *model.ProjectContent, year int) *model.ProjectContent {
	next := &model.ProjectContent{Code: p.Code, Name: p.Name, FunctionCode: p.FunctionCode, Category: p.Category, Nature: p.Nature}
	if p.Form == nil {
		return next
	}
	form := *p.Form
	form.AnnualFunds, form.AnnualGoal, form.Plan, form.FiledAt = model.FormFunds{}, "", "", ""
	if form.PeriodStart == nil && form.PeriodYears != nil && *form.PeriodYears > 1 {
		form.PeriodStart = &year
	}
	form.Indicators = slices.Clone(form.Indicators)
	for i, row := range form.Indicators {
		if row.Annual != nil {
			annual := *row.Annual
			annual.Value = ""
			form.Indicators[i].Annual = &annual
		}
	}
	next.Form = &form
	return next
}
