package filing

import (
	"context"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// Query narrows and orders a list; an empty field asks for nothing.
type Query struct {
	UnitID  model.ID
	Under   string // path of a unit: that one and all below
	Year    int
	Kind    model.RecordKind
	State   model.State
	Text    string // part of the project's or the unit's name or code
	Sort    store.FilingSort
	Falling bool
	Page    int // from 1
	Size    int // 50 where 0, at most 200
}

// Item is a record in a list, with what the person may do with it.
type Item struct {
	store.ListedFiling
	Tally
	Turn    workflow.Turn
	Allowed []workflow.Action
	// Steps are those settled on at submission, of which the present one is Step
	// while the record is in review.
	Steps  []workflow.Step
	Step   int
	Amount model.Money // all budget money of the newest version
	// LastYear is the same of the year before, in the version in force, else the
	// newest; nil where there was no such record.
	LastYear *model.Money
	since    time.Time // when it came to where it stands
}

// Page is a part of a list; Total counts all that the query lets through.
type Page struct {
	Items []Item
	Total int64
	Page  int
	Size  int
}

// List gives a page of the records that the person may see. The number of queries
// doesn't depend on the page.
func (s *Service) List(ctx context.Context, p rbac.Person, q Query) (Page, error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	page := Page{Page: max(1, q.Page), Size: min(q.Size, 200)}
	filter := s.filter(p, q)
	filter.Limit, filter.Offset = page.Size, (page.Page-1)*page.Size
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		rows, total, err := tx.FilingList(store.Everything(), filter)
		if err != nil {
			return err
		}
		page.Total = total
		page.Items, err = s.items(tx, p, rows)
		return err
	})
	return page, err
}

// maxRows bounds what is listed without pages.
const maxRows = 10_000

// ListAll gives all records that the query lets through and the person may see, up
// to 10,000, and how many there are; pages of the query are not asked for, and what
// the checks find isn't either.
func (s *Service) ListAll(ctx context.Context, p rbac.Person, q Query) (items []Item, total int64, err error) {
	filter := s.filter(p, q)
	filter.Limit = maxRows
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		rows, n, err := tx.FilingList(store.Everything(), filter)
		if err != nil {
			return err
		}
		total = n
		if items, err = s.standing(tx, p, rows); err != nil {
			return err
		}
		return addMoney(tx, items)
	})
	return items, total, err
}

func (s *Service) filter(p rbac.Person, q Query) store.FilingFilter {
	if s.kind != "" {
		q.Kind = s.kind
	}
	return store.FilingFilter{
		Kinds: s.scopes(p, q.Kind), Under: q.Under, UnitID: q.UnitID, Year: q.Year, State: q.State,
		Text: strings.ToLower(strings.TrimSpace(q.Text)), Sort: q.Sort, Falling: q.Falling,
	}
}

// items adds to rows what the person may do and the money, in a fixed number of
// queries.
func (s *Service) items(tx *store.Tx, p rbac.Person, rows []store.ListedFiling) ([]Item, error) {
	items, err := s.standing(tx, p, rows)
	if err != nil {
		return nil, err
	}
	return items, detail(tx, items)
}

// detail adds money and what the checks find to the items of one page.
func detail(tx *store.Tx, items []Item) error {
	if err := addMoney(tx, items); err != nil {
		return err
	}
	counts, err := tallies(tx, items)
	for i := range items {
		items[i].Tally = counts[items[i].ID]
	}
	return err
}

// standing adds to rows whose turn it is and what the person may do.
func (s *Service) standing(tx *store.Tx, p rbac.Person, rows []store.ListedFiling) ([]Item, error) {
	ids := make([]model.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	versions, err := tx.VersionsOf(ids)
	if err != nil {
		return nil, err
	}
	positions, err := tx.Positions(ids)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(rows))
	for i, row := range rows {
		w := &work{Service: s, tx: tx, person: p}
		kept, ok := positions[row.ID]
		if err := w.stand(row.Record, unitOf(row), versions[row.ID], kept, ok); err != nil {
			return nil, err
		}
		items[i] = Item{
			ListedFiling: row, Turn: workflow.TurnOf(w.in), Allowed: w.allowed(), since: w.position.MovedAt,
			Steps: w.in.Steps, Step: w.in.Step,
		}
	}
	return items, nil
}

func unitOf(row store.ListedFiling) model.BudgetUnit {
	region, _, _ := strings.Cut(row.UnitPath, "/")
	return model.BudgetUnit{
		ID: row.UnitID, RegionCode: region, Code: row.UnitCode, Name: row.UnitName, Kind: row.UnitKind, Path: row.UnitPath,
	}
}

func addMoney(tx *store.Tx, items []Item) error {
	ids := make([]model.ID, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	before, err := tx.YearBefore(ids)
	if err != nil {
		return err
	}
	var versions []model.ID
	for _, item := range items {
		versions = append(versions, item.NewestID)
		if id, ok := before[item.ID]; ok {
			versions = append(versions, id)
		}
	}
	amounts, err := tx.Amounts(versions)
	for i := range items {
		item := &items[i]
		item.Amount = amounts[item.NewestID]
		if id, ok := before[item.ID]; ok {
			last := amounts[id]
			item.LastYear = &last
		}
	}
	return err
}
