package project

import (
	"context"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// View is a project with all that the library knows of it.
type View struct {
	Item
	Evaluation model.PreEvaluation // version 0: none
	Report     *model.Attachment   // of the pre-evaluation
	Rule       model.PreEvaluationRule
	// Lacking is what the newest filing lacks of a proper target, while the project is
	// on its way into the library.
	Lacking  []model.Problem
	Filings  []store.ListedFiling // by year
	EndsFrom int                  // the first year, from the one looked at, from which it can be ended
	// Attachments are those of the filings that a pre-evaluation can name.
	Attachments []model.Attachment
}

// Show gives a project as a year sees it.
// Errors: NotFound "project.notFound", also where it is out of reach or had no filing
// up to the year.
func (s *Service) Show(ctx context.Context, p rbac.Person, id model.ID, year int) (v View, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		v, err = s.view(tx, p, id, year)
		return err
	})
	return v, err
}

func (s *Service) item(tx *store.Tx, p rbac.Person, id model.ID, year int) (Item, error) {
	rows, err := tx.ProjectsByID([]model.ID{id}, year)
	if err != nil {
		return Item{}, err
	}
	if len(rows) == 0 || !s.may(p, rbac.ProjectRead, rows[0].UnitPath) {
		return Item{}, model.Fail(model.NotFound, "project.notFound", "项目库 %d 年度没有标识为 %s 的项目，请刷新后重新选择", year, id)
	}
	items, err := s.items(tx, p, rows[0].RegionCode, year, rows)
	if err != nil {
		return Item{}, err
	}
	return items[0], nil
}

func (s *Service) view(tx *store.Tx, p rbac.Person, id model.ID, year int) (v View, err error) {
	if v.Item, err = s.item(tx, p, id, year); err != nil {
		return v, err
	}
	if v.Rule, err = ruleOf(tx, v.RegionCode, year); err != nil {
		return v, err
	}
	if v.Filings, err = tx.ProjectFilings(v.Project); err != nil {
		return v, err
	}
	v.EndsFrom = year
	for _, f := range v.Filings {
		if stands(f) {
			v.EndsFrom = max(v.EndsFrom, f.Year+1)
		}
	}
	switch v.State {
	case model.ProjectCandidate, model.ProjectProposed, model.ProjectDepartment:
		if v.Lacking, err = s.lacking(tx, v.Item); err != nil {
			return v, err
		}
	}
	if err := v.addReports(tx); err != nil {
		return v, err
	}
	v.Evaluation, err = tx.PreEvaluation(id)
	for i, a := range v.Attachments {
		if a.ID == v.Evaluation.AttachmentID {
			v.Report = &v.Attachments[i]
		}
	}
	return v, err
}

// addReports lists the attachments of the filings, those that were removed left out.
func (v *View) addReports(tx *store.Tx) error {
	for _, f := range v.Filings {
		attachments, err := tx.Attachments(model.BackedRecord(f.ID))
		if err != nil {
			return err
		}
		for _, a := range attachments {
			if a.RemovedAt == nil {
				v.Attachments = append(v.Attachments, a)
			}
		}
	}
	return nil
}

// History gives what was done about a project or tried, oldest first.
// Errors: NotFound "project.notFound", also where it is out of reach.
func (s *Service) History(ctx context.Context, p rbac.Person, id model.ID) (events []model.Event, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		project, err := tx.Project(store.Everything(), id)
		if err != nil {
			return err
		}
		unit, err := tx.UnitByID(store.Everything(), project.UnitID)
		if err != nil {
			return err
		}
		if !s.may(p, rbac.ProjectRead, unit.Path) {
			return model.Fail(model.NotFound, "project.notFound", "项目库中没有标识为 %s 的项目，请刷新后重新选择", id)
		}
		events, err = tx.Events(store.Everything(), store.EventFilter{RecordID: id})
		return err
	})
	return events, err
}
