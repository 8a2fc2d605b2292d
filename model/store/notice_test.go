package store_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

// Of one source an account is told once, on every engine, and what was told is known.
func TestNoticesAreToldOnce(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			a := model.Account{Login: "li", Name: "李某", PasswordHash: "-"}
			if err := tx.AddAccount(&a); err != nil {
				return err
			}
			for i, want := range []bool{true, false, false} {
				told, err := tx.AddNotice(&model.Notice{AccountID: a.ID, Source: "due:1", Kind: model.NoticeDue, Text: "期限"})
				if err != nil || told != want {
					t.Errorf("time %d: told %v, %v", i, told, err)
				}
			}
			known, err := tx.NoticeSources(a.ID, []string{"due:1", "due:2"})
			if len(known) != 1 || !known["due:1"] {
				t.Errorf("known %v", known)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
