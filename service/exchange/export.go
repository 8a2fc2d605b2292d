package exchange

import (
	"context"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// ExportQuery names a unit's year.
type ExportQuery struct {
	Scope  store.Scope
	Region string // "" where the installation has one alone
	Unit   string
	Year   int
	Full   bool // with states, versions and events
}

// Export writes a unit's year as a package: of every record the version in force,
// else the newest. The same records give the same bytes. Errors: NotFound where
// the unit or its year isn't there.
func (s *Service) Export(ctx context.Context, q ExportQuery) ([]byte, error) {
	var p *Package
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		var err error
		p, err = gather(tx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	return Encode(p)
}

// gather loads a unit's year.
func gather(tx *store.Tx, q ExportQuery) (*Package, error) {
	unit, err := tx.FindUnit(q.Scope, q.Region, q.Unit)
	if err != nil {
		return nil, err
	}
	records, err := tx.Records(q.Scope, store.RecordFilter{UnitIDs: []model.ID{unit.ID}, Year: q.Year})
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, model.Fail(model.NotFound, "year.empty", "单位 %s 没有 %d 年的记录，请核对年度", q.Unit, q.Year)
	}
	p, err := contents(tx, unit, q.Year, records)
	if err != nil {
		return nil, err
	}
	if q.Full {
		err = attachHistory(tx, q.Scope, p, unit, records)
	}
	return p, err
}

// contents makes a package of what the records hold in the version in force, else
// the newest; a unit without a sheet gets one with its header alone.
func contents(tx *store.Tx, unit model.BudgetUnit, year int, records []model.Record) (*Package, error) {
	sheet := &model.SheetContent{Unit: header(unit)}
	ids := map[model.RecordKind][]model.ID{}
	for _, r := range records {
		ids[r.Kind] = append(ids[r.Kind], r.CurrentID())
	}
	for _, id := range ids[model.SheetRecord] {
		own, err := tx.SheetContent(id)
		if err != nil {
			return nil, err
		}
		sheet = own
	}
	byVersion, err := tx.ProjectContents(ids[model.FilingRecord])
	if err != nil {
		return nil, err
	}
	var projects []model.ProjectContent
	for _, id := range ids[model.FilingRecord] {
		projects = append(projects, *byVersion[id])
	}
	p := New(year, sheet, projects)
	targets, err := tx.TargetContents(ids[model.TargetRecord])
	for _, target := range targets { // one at most
		p.WholeUnitTarget = target
	}
	return p, err
}

func header(u model.BudgetUnit) model.UnitHeader {
	return model.UnitHeader{Code: u.Code, Name: u.Name, Kind: u.Kind, ParentCode: u.ParentCode}
}

// attachHistory adds every version and event of the records, oldest first, and what
// came after their approval.
func attachHistory(tx *store.Tx, scope store.Scope, p *Package, unit model.BudgetUnit, records []model.Record) error {
	after, err := tracking(tx, scope, unit, p.Year, records)
	if err != nil {
		return err
	}
	h := &History{Tracking: after}
	for _, r := range records {
		versions, err := tx.Versions(r.ID)
		if err != nil {
			return err
		}
		events, err := tx.Events(scope, store.EventFilter{RecordID: r.ID})
		if err != nil {
			return err
		}
		refs, err := approvalRefs(tx, scope, r)
		if err != nil {
			return err
		}
		switch r.Kind {
		case model.SheetRecord:
			h.Sheet, err = historyOf(r, versions, events, refs, sheetContents(tx))
		case model.TargetRecord:
			h.Target, err = historyOf(r, versions, events, refs, tx.TargetContents)
		default:
			var project *HistoryRecord[model.ProjectContent]
			if project, err = historyOf(r, versions, events, refs, tx.ProjectContents); err == nil {
				h.Projects = append(h.Projects, *project)
			}
		}
		if err != nil {
			return err
		}
	}
	slices.SortStableFunc(h.Projects, func(a, b HistoryRecord[model.ProjectContent]) int { return strings.Compare(a.Code, b.Code) })
	p.Attach(h)
	return nil
}

// historyOf is the life of one record; contents loads what versions hold.
func historyOf[T any](
	r model.Record, versions []model.RecordVersion, events []model.Event, refs map[model.ID]*model.ApprovalRef,
	contents func([]model.ID) (map[model.ID]*T, error),
) (*HistoryRecord[T], error) {
	ids := make([]model.ID, len(versions))
	for i, v := range versions {
		ids[i] = v.ID
	}
	byVersion, err := contents(ids)
	out := &HistoryRecord[T]{Code: r.ProjectCode, Events: historyEvents(events)}
	for _, v := range versions {
		out.Versions = append(out.Versions, historyVersion(v, refs, byVersion[v.ID]))
	}
	return out, err
}

// sheetContents loads the sheets of versions one by one: a unit has one a year.
func sheetContents(tx *store.Tx) func([]model.ID) (map[model.ID]*model.SheetContent, error) {
	return func(ids []model.ID) (map[model.ID]*model.SheetContent, error) {
		found := map[model.ID]*model.SheetContent{}
		for _, id := range ids {
			content, err := tx.SheetContent(id)
			if err != nil {
				return nil, err
			}
			found[id] = content
		}
		return found, nil
	}
}

func approvalRefs(tx *store.Tx, scope store.Scope, r model.Record) (map[model.ID]*model.ApprovalRef, error) {
	approvals, err := tx.Approvals(scope, []model.ID{r.UnitID}, r.Year)
	refs := map[model.ID]*model.ApprovalRef{}
	for _, a := range approvals {
		if a.Number != "" || a.Date != "" {
			refs[a.ID] = &model.ApprovalRef{Number: a.Number, Date: a.Date}
		}
	}
	return refs, err
}

func historyVersion[T any](v model.RecordVersion, refs map[model.ID]*model.ApprovalRef, content *T) HistoryVersion[T] {
	return HistoryVersion[T]{
		Number: v.Number, State: v.State, CreatedAt: civil(v.CreatedAt), CreatedBy: v.CreatedBy,
		Approval: refs[v.ApprovalID], Content: content,
	}
}

func historyEvents(events []model.Event) []HistoryEvent {
	var out []HistoryEvent
	for _, e := range events {
		out = append(out, HistoryEvent{
			At: civil(e.At), Actor: e.Actor, Action: e.Action,
			FromState: e.FromState, ToState: e.ToState, Reason: e.Reason,
		})
	}
	return out
}

// civil gives an instant as Beijing local time without offset.
func civil(at time.Time) model.CivilTime {
	return model.CivilTime(at.In(model.Beijing).Format("2006-01-02T15:04:05"))
}
