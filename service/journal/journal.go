// Package journal owns how a write of a use case is logged: one transaction with one
// event, and an event for an attempt that was refused. It must not know what the
// writes are about.
package journal

import (
	"context"
	"encoding/json"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
)

// Entry is the event of a write under way; Extra becomes its detail.
type Entry struct {
	model.Event
	Extra map[string]any
}

// Note keeps something in the detail.
func (e *Entry) Note(key string, value any) {
	if e.Extra == nil {
		e.Extra = map[string]any{}
	}
	e.Extra[key] = value
}

// Write runs fn in one transaction and appends its event; fn fills in what the
// event is about as it finds out. Where fn refuses, nothing is kept but an event
// with the reason key of the refusal.
// Errors: those of fn and of the store.
func Write(ctx context.Context, s *store.Store, event model.Event, fn func(tx *store.Tx, e *Entry) error) error {
	var entry *Entry
	err := s.InTx(ctx, func(tx *store.Tx) error {
		entry = &Entry{Event: event}
		if err := fn(tx, entry); err != nil {
			return err
		}
		return entry.Append(tx)
	})
	if entry == nil || !model.IsRefusal(err) {
		return err
	}
	entry.Note("refused", model.ReasonOf(err))
	if failed := s.InTx(ctx, entry.Append); failed != nil {
		return failed
	}
	return err
}

// Append keeps the entry in a transaction that is under way anyway.
func (e *Entry) Append(tx *store.Tx) error {
	event := e.Event
	if len(e.Extra) > 0 {
		text, err := json.Marshal(e.Extra)
		if err != nil {
			return err
		}
		event.Detail = string(text)
	}
	return tx.AppendEvent(&event)
}

// NeedReason refuses a write without a reason.
// Errors: Invalid "reason.missing".
func NeedReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return model.Fail(model.Invalid, "reason.missing", "请写明事由，它会记入操作记录")
	}
	return nil
}
