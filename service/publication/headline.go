package publication

import (
	"context"
	"sync"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/disclosure"
)

// headlines keeps the headline figures of published versions, which never change, so
// that pages over many versions don't decode them all again. It is safe for
// concurrent use.
type headlines struct {
	mu   sync.Mutex
	kept map[model.ID][]disclosure.Group
}

func (h *headlines) get(id model.ID) ([]disclosure.Group, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	list, ok := h.kept[id]
	return list, ok
}

func (h *headlines) put(id model.ID, list []disclosure.Group) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.kept == nil {
		h.kept = map[model.ID][]disclosure.Group{}
	}
	h.kept[id] = list
}

// Headlines gives the headline figures of published versions, in their order. Whoever
// asks may see them.
func (s *Service) Headlines(ctx context.Context, published []model.Publication) ([][]disclosure.Group, error) {
	all := make([][]disclosure.Group, len(published))
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		for i, p := range published {
			var err error
			if all[i], err = s.headline(tx, p.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

func (s *Service) headline(tx *store.Tx, id model.ID) ([]disclosure.Group, error) {
	if list, ok := s.headlines.get(id); ok {
		return list, nil
	}
	encoded, err := tx.Bundle(id)
	if err != nil {
		return nil, err
	}
	bundle, err := disclosure.DecodeBundle(encoded)
	if err != nil {
		return nil, err
	}
	list, err := bundle.Headline()
	if err == nil {
		s.headlines.put(id, list)
	}
	return list, err
}
