package filing

import (
	"context"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
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
	Turn    workflow.Turn
	Allowed []workflow.Action
}

// Page is a part of a list; Total counts all that the query lets through.
type Page struct {
	Items []Item
	Total int64
	Page  int
	Size  int
}

// List gives a page of the records that the person may see.
func (s *Service) List(ctx context.Context, p Person, q Query) (Page, error) {
	if q.Size <= 0 {
		q.Size = 50
	}
	page := Page{Page: max(1, q.Page), Size: min(q.Size, 200), Items: []Item{}}
	scope, exactly := s.reach(p, q.Kind)
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		rows, total, err := tx.FilingList(scope, store.FilingFilter{
			Exactly: exactly, Under: q.Under, UnitID: q.UnitID, Year: q.Year, Kind: q.Kind, State: q.State,
			Text: strings.ToLower(strings.TrimSpace(q.Text)), Sort: q.Sort, Falling: q.Falling,
			Limit: page.Size, Offset: (page.Page - 1) * page.Size,
		})
		if err != nil {
			return err
		}
		page.Total, page.Items = total, []Item{}
		for _, row := range rows {
			item, err := s.item(tx, p, row)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
		}
		return nil
	})
	return page, err
}

func (s *Service) item(tx *store.Tx, p Person, row store.ListedFiling) (Item, error) {
	w := &work{Service: s, tx: tx, person: p}
	region, _, _ := strings.Cut(row.UnitPath, "/")
	unit := model.BudgetUnit{ID: row.UnitID, RegionCode: region, Code: row.UnitCode, Name: row.UnitName, Path: row.UnitPath}
	err := w.open(row.Record, unit)
	return Item{ListedFiling: row, Turn: workflow.TurnOf(w.in), Allowed: w.allowed()}, err
}
