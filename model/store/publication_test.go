package store_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

// What was published stays what it was, whatever method a caller tries; and the chain
// moves on from its end alone.
func TestAPublishedVersionStays(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		unit := tree(t, s, "701")["701"]
		p := model.Publication{UnitID: unit.ID, Year: 2024, Number: 1, Stage: model.StageSigned, ContentHash: "a"}
		write(t, s, func(tx *store.Tx) error { return tx.AddPublication(&p, []byte("content")) })
		write(t, s, func(tx *store.Tx) error { return tx.ReplaceBundle(p.ID, []byte("anew")) })
		stale := p
		p.Stage, p.Seal = model.StagePublished, "seal"
		write(t, s, func(tx *store.Tx) error {
			if err := tx.UpdatePublication(&p); err != nil {
				return err
			}
			return tx.MoveChain("", "seal")
		})
		for what, fn := range map[string]func(tx *store.Tx) error{
			"under its lock": func(tx *store.Tx) error {
				again := p
				again.Stage = model.StageSigned
				return tx.UpdatePublication(&again)
			},
			"under an old one": func(tx *store.Tx) error { return tx.UpdatePublication(&stale) },
			"its content":      func(tx *store.Tx) error { return tx.ReplaceBundle(p.ID, []byte("other")) },
		} {
			t.Log(what)
			expect(t, s.InTx(t.Context(), fn), model.Conflict, "publication.changed")
		}
		expect(t, s.InTx(t.Context(), func(tx *store.Tx) error { return tx.MoveChain("", "other") }), model.Conflict, "publication.chain")
		expect(t, s.InTx(t.Context(), func(tx *store.Tx) error {
			twice := model.Publication{UnitID: unit.ID, Year: 2024, Number: 1}
			return tx.AddPublication(&twice, nil)
		}), model.Conflict, "publication.duplicate")
		read(t, s, func(tx *store.Tx) error {
			kept, err := tx.PublicationByID(store.Subtrees(unit.Path), p.ID)
			if err != nil {
				return err
			}
			content, err := tx.Bundle(p.ID)
			if kept.Seal != "seal" || string(content) != "anew" {
				t.Errorf("got %+v %s", kept, content)
			}
			return err
		})
		expect(t, s.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.PublicationByID(store.Scope{}, p.ID)
			return err
		}), model.NotFound, "publication.notFound")
	})
}
