package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
)

// eachStore runs a test on every engine with a migrated store on a fixed clock.
func eachStore(t *testing.T, test func(t *testing.T, s *store.Store)) {
	storetest.EachEngine(t, func(t *testing.T, url string) { test(t, open(t, url)) })
}

func open(t *testing.T, url string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), url, store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// write runs one write transaction that must succeed.
func write(t *testing.T, s *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := s.InTx(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// read runs one read that must succeed.
func read(t *testing.T, s *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := s.Read(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// expect checks code and reason of an error and that people can read it.
func expect(t *testing.T, err error, code model.Code, reason string) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Code != code || e.Reason != reason {
		t.Fatalf("got %v (%s), want %s %s", err, model.CodeOf(err), code, reason)
	}
}

// tree makes units from codes such as "701" and "701/701001" in the default region.
func tree(t *testing.T, s *store.Store, codes ...string) map[string]*model.BudgetUnit {
	t.Helper()
	units := map[string]*model.BudgetUnit{}
	write(t, s, func(tx *store.Tx) error {
		for _, path := range codes {
			parts := strings.Split(path, "/")
			unit := &model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: parts[len(parts)-1], Name: "单位" + path,
				Kind: model.PublicInstitution, Path: model.RegionPath(model.DefaultRegionCode) + path + "/"}
			if len(parts) > 1 {
				unit.ParentCode = parts[len(parts)-2]
			}
			if err := tx.AddUnit(unit); err != nil {
				return err
			}
			units[unit.Code] = unit
		}
		return nil
	})
	return units
}

// someDay is a time that needs every one of its milliseconds.
var someDay = time.Date(2023, 1, 6, 9, 51, 42, 7_000_000, time.UTC)
