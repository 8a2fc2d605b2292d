package execution

import (
	"context"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// CorrectionView is an order as people see it.
type CorrectionView struct {
	store.ListedCorrection
	Files   []model.Attachment // evidence that is there, in the order of adding
	Overdue bool
	Allowed []string // acts that the person may do now: reply, recheck
}

func (s *Service) correctionViews(tx *store.Tx, p Person, list []store.ListedCorrection) ([]CorrectionView, error) {
	var records []model.ID
	for _, c := range list {
		records = append(records, c.RecordID)
	}
	files, err := tx.CorrectionFiles(records)
	views := make([]CorrectionView, len(list))
	for i, c := range list {
		views[i] = s.correctionView(p, c)
		views[i].Files = files[c.ID.String()]
	}
	return views, err
}

func (s *Service) correctionView(p Person, c store.ListedCorrection) CorrectionView {
	v := CorrectionView{ListedCorrection: c, Overdue: c.ClosedOn == "" && c.Due < s.today(), Allowed: []string{}}
	for _, act := range []struct {
		name   string
		from   model.CorrectionState
		action rbac.Action
	}{
		{"reply", model.CorrectionOrdered, rbac.MonitoringReply}, {"recheck", model.CorrectionReplied, rbac.MonitoringClose},
	} {
		if c.State == act.from && s.rights.Check(p.Assignments, act.action, c.UnitPath) == nil {
			v.Allowed = append(v.Allowed, act.name)
		}
	}
	return v
}

// Corrections lists the orders about a project: the open ones by their date, so that
// overdue ones stand on top, then the closed ones.
// Errors: NotFound "record.notFound".
func (s *Service) Corrections(ctx context.Context, p Person, recordID model.ID) (views []CorrectionView, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		record, _, err := s.filing(tx, p, recordID)
		if err != nil {
			return err
		}
		list, _, err := tx.CorrectionList(store.Everything(), store.CorrectionFilter{RecordID: record.ID})
		if err != nil {
			return err
		}
		views, err = s.correctionViews(tx, p, list)
		return err
	})
	return views, err
}

// CorrectionList asks for the orders of a year.
type CorrectionList struct {
	Year   int
	UnitID model.ID // 0: every unit that the person may see
	Below  bool     // with the units below
	Open   bool     // those alone that aren't closed
	Page   int      // from 1
	Size   int      // 50 where 0, at most 200
}

// CorrectionPage is a part of a list.
type CorrectionPage struct {
	Items []CorrectionView
	Total int
	Page  int
	Size  int
}

// ListCorrections lists orders of the units that the person may see, in the order of
// Corrections.
// Errors: NotFound "unit.notFound".
func (s *Service) ListCorrections(ctx context.Context, p Person, q CorrectionList) (page CorrectionPage, err error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	page.Page, page.Size = max(1, q.Page), min(q.Size, 200)
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		f := store.CorrectionFilter{Year: q.Year, Open: q.Open, Below: q.Below, Limit: page.Size, Offset: (page.Page - 1) * page.Size}
		if q.UnitID != 0 {
			unit, err := s.unitFor(tx, p, q.UnitID, rbac.MonitoringRead)
			if err != nil {
				return err
			}
			f.UnitPath = unit.Path
		}
		list, count, err := tx.CorrectionList(s.scope(p, rbac.MonitoringRead), f)
		if err != nil {
			return err
		}
		page.Total = int(count)
		page.Items, err = s.correctionViews(tx, p, list)
		return err
	})
	return page, err
}

// scope is the units at which the person may do an action.
func (s *Service) scope(p Person, action rbac.Action) store.Scope {
	reach := s.rights.Reach(p.Assignments, action)
	if reach.Everywhere {
		return store.Everything()
	}
	return store.Subtrees(reach.Below...).AndUnits(reach.Exactly...)
}
