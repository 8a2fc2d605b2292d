package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
)

func TestOpenNamesTheSettingThatIsWrong(t *testing.T) {
	for url, opts := range map[string]store.Options{
		"": {}, "sqlite:": {}, "sqlite::memory:": {}, "postgres://x": {}, "x.db": {}, "mysql:": {}, "mysql:nonsense": {},
		"mysql:root:geheim@tcp(127.0.0.1:1)/": {},
	} {
		_, err := store.Open(context.Background(), url, opts)
		expect(t, err, model.Invalid, "store.url")
		if !strings.Contains(err.Error(), "database") || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", url, err)
		}
	}
	_, err := store.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"), store.Options{Synchronous: "OFF"})
	expect(t, err, model.Invalid, "store.synchronous")
	_, err = store.Open(context.Background(), "mysql:root@tcp(127.0.0.1:1)/x", store.Options{})
	expect(t, err, model.Internal, "store.open")
}

func TestOpenCreatesFolderAndFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "新 建", "a?b.db")
	open(t, "sqlite:"+path)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestManyMigrateAtOnce(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				s, err := store.Open(context.Background(), url, store.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = s.Close() }()
				err = s.Read(context.Background(), func(tx *store.Tx) error {
					entries, err := tx.Catalogue(model.RevenueCatalogue, 2023)
					if len(entries) == 0 {
						t.Error("no baseline")
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

func TestNoUpdateIsLost(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		const writers, each = 16, 20
		unit := tree(t, s, "701")["701"]
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					if err := countUp(t, s, unit.Code); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.UnitByCode(store.Everything(), model.DefaultRegionCode, unit.Code)
			if got.Version != 1+writers*each {
				t.Errorf("%d of %d updates are left", got.Version-1, writers*each)
			}
			return err
		})
	})
}

// countUp saves a unit as two people would: whoever was slower reads again.
func countUp(t *testing.T, s *store.Store, code string) error {
	for {
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			unit, err := tx.UnitByCode(store.Everything(), model.DefaultRegionCode, code)
			if err != nil {
				return err
			}
			if err := tx.AppendEvent(&model.Event{Action: "unit.save", UnitID: unit.ID}); err != nil {
				return err
			}
			return tx.UpdateUnit(&unit)
		})
		if model.CodeOf(err) != model.Conflict {
			return err
		}
	}
}

func TestReadSeesOneMoment(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		tree(t, s, "701")
		read(t, s, func(tx *store.Tx) error {
			before, err := tx.Units(store.Everything(), store.UnitFilter{})
			if err != nil {
				return err
			}
			tree(t, s, "702")
			after, err := tx.Units(store.Everything(), store.UnitFilter{})
			if len(before) != 1 || len(after) != 1 {
				t.Errorf("saw %d units, then %d", len(before), len(after))
			}
			return err
		})
	})
}

func TestReadDoesNotWrite(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		err := s.Read(context.Background(), func(tx *store.Tx) error {
			return tx.AddUnit(&model.BudgetUnit{RegionCode: "1", Code: "1", Path: "1/1/"})
		})
		expect(t, err, model.Internal, "store.failed")
	})
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		unit := tree(t, s, "701")["701"]
		change := func(tx *store.Tx) error {
			unit.Name = "改名"
			if err := tx.AddUnit(&model.BudgetUnit{RegionCode: "1", Code: "1", Path: "1/1/"}); err != nil {
				return err
			}
			return tx.UpdateUnit(unit)
		}
		stop := errors.New("stop")
		err := s.InTx(context.Background(), func(tx *store.Tx) error { return errors.Join(change(tx), stop) })
		if !errors.Is(err, stop) || unit.Version != 1 {
			t.Errorf("got %v, version %d", err, unit.Version)
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.InTx(context.Background(), func(tx *store.Tx) error { _ = change(tx); panic("stop") })
		}()
		cancelled, cancel := context.WithCancel(context.Background())
		if err := s.InTx(cancelled, func(tx *store.Tx) error { cancel(); return change(tx) }); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		read(t, s, func(tx *store.Tx) error {
			units, err := tx.Units(store.Everything(), store.UnitFilter{})
			if len(units) != 1 || units[0].Name == "改名" {
				t.Errorf("left behind: %+v", units)
			}
			return err
		})
		write(t, s, change)
	})
}
