// Package audit owns how the log of the installation is read: who did or tried what,
// when and why, across all units. It reads alone; nothing changes the log.
package audit

import (
	"context"
	"encoding/json"
	"time"

	"biaochi/model"
	"biaochi/model/store"
)

// Service reads the log of one store. It is safe for concurrent use.
type Service struct{ store *store.Store }

// NewService works on a store.
func NewService(s *store.Store) *Service { return &Service{s} }

// Query narrows and pages the log; an empty field asks for nothing.
type Query struct {
	UnitID   model.ID
	RecordID model.ID
	Actor    string
	Action   string    // whole, or its beginning up to a dot: "filing."
	From     time.Time // included
	Until    time.Time // not included
	Refused  *bool
	Limit    int
	Offset   int
}

// Entry is an entry of the log with the unit that it concerns.
type Entry struct {
	model.Event
	Unit      *model.BudgetUnit // nil: none
	Refused   string            // reason key of a refused attempt
	DeputyFor string
}

// Events gives a page of the log, newest first, and how many entries there are.
func (s *Service) Events(ctx context.Context, q Query) (entries []Entry, total int64, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		events, n, err := tx.EventPage(store.EventQuery{
			UnitID: q.UnitID, RecordID: q.RecordID, Actor: q.Actor, Action: q.Action, From: q.From, Until: q.Until, Refused: q.Refused,
			Limit: q.Limit, Offset: q.Offset,
		})
		if err != nil {
			return err
		}
		total = n
		entries, err = described(tx, events)
		return err
	})
	return entries, total, err
}

func described(tx *store.Tx, events []model.Event) ([]Entry, error) {
	units := map[model.ID]*model.BudgetUnit{}
	var ids []model.ID
	for _, e := range events {
		if _, met := units[e.UnitID]; !met && e.UnitID != 0 {
			units[e.UnitID], ids = nil, append(ids, e.UnitID)
		}
	}
	if len(ids) > 0 {
		found, err := tx.Units(store.Everything(), store.UnitFilter{IDs: ids})
		if err != nil {
			return nil, err
		}
		for i := range found {
			units[found[i].ID] = &found[i]
		}
	}
	entries := make([]Entry, len(events))
	for i, e := range events {
		entries[i] = Entry{Event: e, Unit: units[e.UnitID]}
		if e.Detail == "" {
			continue
		}
		var detail struct {
			Refused   string `json:"refused"`
			DeputyFor string `json:"deputyFor"`
		}
		if err := json.Unmarshal([]byte(e.Detail), &detail); err != nil {
			return nil, err
		}
		entries[i].Refused, entries[i].DeputyFor = detail.Refused, detail.DeputyFor
	}
	return entries, nil
}
