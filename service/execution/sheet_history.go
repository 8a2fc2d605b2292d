package execution

import (
	"context"
	"encoding/json"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// SheetEvent is an act on a sheet, or an attempt that was refused.
type SheetEvent struct {
	model.Event
	Refused string // the reason key of the refusal
}

// SheetHistory gives what happened to a sheet, oldest first. Saves of one person in a
// row are one event, the last. The evaluations that the department and the bureau
// issued on a self-evaluation are among it; what they only drafted isn't for others.
// Errors: those of Sheet.
func (s *Service) SheetHistory(ctx context.Context, p Person, key SheetKey) (list []SheetEvent, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if _, err := s.open(tx, p, key); err != nil {
			return err
		}
		events, err := tx.Events(store.Everything(), store.EventFilter{RecordID: key.RecordID})
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := take(&list, e, key); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// take adds an event where it is about the sheet.
func take(list *[]SheetEvent, e model.Event, key SheetKey) error {
	save := key.act("save")
	acts := []string{save, key.act("submit"), key.act("confirm"), key.act("return")}
	assessed := key.Kind.Evaluates() && (e.Action == rbac.EvaluationByDepartment.Name || e.Action == rbac.EvaluationByFinance.Name)
	if !assessed && !slices.Contains(acts, e.Action) {
		return nil
	}
	var detail struct{ Window, Refused, State string }
	if err := json.Unmarshal([]byte(e.Detail), &detail); err != nil {
		return err
	}
	if assessed && detail.State != string(model.AssessmentIssued) {
		return nil
	}
	if detail.Window != key.Window {
		return nil
	}
	last := len(*list) - 1
	if last >= 0 && e.Action == save && detail.Refused == "" && (*list)[last].Action == save && (*list)[last].Actor == e.Actor && (*list)[last].Refused == "" {
		(*list)[last].Event = e
		return nil
	}
	*list = append(*list, SheetEvent{e, detail.Refused})
	return nil
}
