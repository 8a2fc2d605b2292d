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
	File    string // name of one that was added or removed
}

// SheetHistory gives what happened to a sheet, oldest first. Saves of one person in a
// row are one event, the last. The evaluations that the department and the bureau
// issued on a self-evaluation are among it, what they only drafted isn't for others;
// so are files of the sheet that came and went.
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

// detail is what the log keeps of an event that a sheet's history asks for.
type detail struct {
	Window, Refused, State string
	Name, Part             string // of a file
	Purpose                model.Purpose
}

// isOf tells whether an event is about the sheet, by what the log keeps of it.
func (d detail) isOf(e model.Event, key SheetKey) bool {
	switch e.Action {
	case rbac.EvaluationByDepartment.Name, rbac.EvaluationByFinance.Name:
		return key.Kind.Evaluates() && d.State == string(model.AssessmentIssued)
	case rbac.AttachmentAdd.Name, rbac.AttachmentRemove.Name:
		return d.Purpose == model.Purpose(key.Kind) && d.Part == key.Window
	}
	return d.Window == key.Window
}

// take adds an event where it is about the sheet.
func take(list *[]SheetEvent, e model.Event, key SheetKey) error {
	save := key.act("save")
	acts := []string{
		save, key.act("submit"), key.act("confirm"), key.act("return"), rbac.AttachmentAdd.Name, rbac.AttachmentRemove.Name,
		rbac.EvaluationByDepartment.Name, rbac.EvaluationByFinance.Name,
	}
	if !slices.Contains(acts, e.Action) {
		return nil
	}
	var d detail
	if err := json.Unmarshal([]byte(e.Detail), &d); err != nil {
		return err
	}
	if !d.isOf(e, key) {
		return nil
	}
	last := len(*list) - 1
	if last >= 0 && e.Action == save && d.Refused == "" && (*list)[last].Action == save && (*list)[last].Actor == e.Actor && (*list)[last].Refused == "" {
		(*list)[last].Event = e
		return nil
	}
	*list = append(*list, SheetEvent{e, d.Refused, d.Name})
	return nil
}
