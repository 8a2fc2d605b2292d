package filing

import (
	"context"
	"errors"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/indicator"
	"biaochi/service/workflow"
)

// Template is what a filing's year and region say of its sheets: the tree that the
// form asks for and the 审核表, nil where the region has none.
type Template struct {
	Tree   indicator.Tree
	Review *workflow.ReviewTemplate
}

// Template gives the template of a record.
// Errors: NotFound "record.notFound", also where it is out of reach.
func (s *Service) Template(ctx context.Context, p Person, id model.ID) (Template, error) {
	var t Template
	err := s.store.Read(ctx, func(tx *store.Tx) error {
		w := &work{Service: s, tx: tx, person: p, at: s.now()}
		if err := w.load(id); err != nil {
			return err
		}
		region, err := tx.Region(w.unit.RegionCode)
		if err != nil {
			return err
		}
		t, err = templateOf(region.SetKey, w.record.Year)
		return err
	})
	return t, err
}

func templateOf(set string, year int) (t Template, err error) {
	tree, ok := indicator.BoundTree(set, year)
	if !ok {
		tree, _ = indicator.FindTree(model.DefaultTreeKey)
	}
	t.Tree = tree
	review, err := workflow.ReviewTemplateFor(set, year)
	if known := (*model.Error)(nil); errors.As(err, &known) && known.Code == model.NotFound {
		return t, nil
	}
	t.Review = &review
	return t, err
}
