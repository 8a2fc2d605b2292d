package filing

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
)

// History is all that happened to a record, oldest first: nothing of it is ever
// changed or removed.
type History struct {
	Versions []model.RecordVersion
	Events   []model.Event // refused attempts among them
	Remarks  []model.RecordRemark
	Reviews  []model.KeptReview
}

// History gives a record's history.
// Errors: NotFound "record.notFound", also where it is out of reach.
func (s *Service) History(ctx context.Context, p Person, id model.ID) (History, error) {
	var h History
	err := s.store.Read(ctx, func(tx *store.Tx) (err error) {
		w := &work{Service: s, tx: tx, person: p}
		if err := w.load(id); err != nil {
			return err
		}
		h.Versions = w.versions
		if h.Events, err = tx.Events(store.Everything(), store.EventFilter{RecordID: id}); err != nil {
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
func (s *Service) Compare(ctx context.Context, p Person, id model.ID, from, to int) ([]Difference, error) {
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

func (w *work) contentOf(number int) (Content, error) {
	i := slices.IndexFunc(w.versions, func(v model.RecordVersion) bool { return v.Number == number })
	if i < 0 {
		return Content{}, model.Fail(model.NotFound, "version.notFound", "没有第 %d 版，请刷新后重新选择", number)
	}
	return loadContent(w.tx, w.record.Kind, w.versions[i].ID)
}
