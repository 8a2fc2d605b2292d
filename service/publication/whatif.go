package publication

import (
	"context"
	"errors"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
)

// errDryRun takes back what a dry run did.
var errDryRun = errors.New("dry run")

// WhatIf tells what a unit's document would say differently if one version of a
// record took the place of another in 预算草案: sentences, charts, forms and cells. A
// version that is 0 is none. It does it in a transaction that is taken back, so that
// what it foresees is what would be.
// Errors: those of View.
func (s *Service) WhatIf(ctx context.Context, q Query, out, in model.ID) (list []disclosure.Difference, err error) {
	q.State, q.Department = model.StateDraft, false
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		before, err := s.drafted(tx, q)
		if err != nil {
			return err
		}
		if err := exchangeInDraft(tx, out, in); err != nil {
			return err
		}
		after, err := s.drafted(tx, q)
		if err != nil {
			return err
		}
		if list, err = disclosure.Compare(before.Document, after.Document); err != nil {
			return err
		}
		return errDryRun
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return list, err
}

// drafted builds a unit's document with its projects at hand: its tables must not read
// again what has changed meanwhile.
func (s *Service) drafted(tx *store.Tx, q Query) (*disclosure.Draft, error) {
	b, err := s.open(tx, q)
	if err != nil {
		return nil, err
	}
	if err := b.loadProjects(); err != nil {
		return nil, err
	}
	if b.Tables, err = budget.Assemble(b.input()); err != nil {
		return nil, err
	}
	return b.Draft()
}

// exchangeInDraft lets one version count in 预算草案 in the place of another.
func exchangeInDraft(tx *store.Tx, out, in model.ID) error {
	for _, one := range []struct {
		id     model.ID
		counts bool
	}{{out, false}, {in, true}} {
		if one.id == 0 {
			continue
		}
		v, err := tx.Version(one.id)
		if err != nil {
			return err
		}
		v.Counts.InDraft = one.counts
		if err := tx.SetVersion(&v); err != nil {
			return err
		}
	}
	return nil
}
