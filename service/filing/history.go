package filing

import (
	"context"
	"encoding/json"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// History is all that happened to a record, oldest first: nothing of it is ever
// changed or removed.
type History struct {
	Versions []model.RecordVersion
	Events   []Entry // refused attempts among them
	Remarks  []model.RecordRemark
	Reviews  []model.KeptReview
}

// Entry is an entry of the log with what it says beyond who, when, what and why.
type Entry struct {
	model.Event
	Detail EventDetail
}

func entries(events []model.Event) ([]Entry, error) {
	list := make([]Entry, len(events))
	for i, e := range events {
		list[i].Event = e
		if e.Detail == "" {
			continue
		}
		if err := json.Unmarshal([]byte(e.Detail), &list[i].Detail); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// History gives a record's history.
// Errors: NotFound "record.notFound", also where it is out of reach.
func (s *Service) History(ctx context.Context, p rbac.Person, id model.ID) (History, error) {
	var h History
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		w := &work{Service: s, tx: tx, person: p}
		if err := w.load(id); err != nil {
			return err
		}
		h.Versions = w.versions
		events, err := tx.Events(store.Everything(), store.EventFilter{RecordID: id})
		if err != nil {
			return err
		}
		if h.Events, err = entries(events); err != nil {
			return err
		}
		if h.Remarks, err = tx.Remarks(id); err != nil {
			return err
		}
		h.Reviews, err = tx.Reviews(id)
		return err
	})
	return h, err
}

// Compare lists what changed from one version of a record to another, by number.
// Errors: NotFound "record.notFound", "version.notFound".
func (s *Service) Compare(ctx context.Context, p rbac.Person, id model.ID, from, to int) ([]Difference, error) {
	var found []Difference
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		w := &work{Service: s, tx: tx, person: p}
		if err := w.load(id); err != nil {
			return err
		}
		before, err := w.contentOf(from)
		if err != nil {
			return err
		}
		after, err := w.contentOf(to)
		if err != nil {
			return err
		}
		found = Differences(before, after)
		return nil
	})
	return found, err
}

// VersionContent gives a version of a record by number, with what it holds.
// Errors: NotFound "record.notFound", "version.notFound".
func (s *Service) VersionContent(ctx context.Context, p rbac.Person, id model.ID, number int) (v model.RecordVersion, c Content, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w := &work{Service: s, tx: tx, person: p}
		if err := w.load(id); err != nil {
			return err
		}
		if c, err = w.contentOf(number); err != nil {
			return err
		}
		i := slices.IndexFunc(w.versions, func(v model.RecordVersion) bool { return v.Number == number })
		v = w.versions[i]
		return nil
	})
	return v, c, err
}

func (w *work) contentOf(number int) (Content, error) {
	i := slices.IndexFunc(w.versions, func(v model.RecordVersion) bool { return v.Number == number })
	if i < 0 {
		return Content{}, model.Fail(model.NotFound, "version.notFound", "没有第 %d 版，请刷新后重新选择", number)
	}
	return loadContent(w.tx, w.record.Kind, w.versions[i].ID)
}
