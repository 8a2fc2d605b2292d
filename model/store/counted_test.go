package store_test

import (
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

// TestCountedVersions: those that count in the state, a unit's records by position,
// the ones without a place after them.
func TestCountedVersions(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		units := tree(t, s, "701", "701/701001")
		var want []model.ID
		write(t, s, func(tx *store.Tx) error {
			for _, r := range []struct {
				unit     string
				kind     model.RecordKind
				project  string
				position int
				counts   model.Counts
				place    int // in the answer, from 1; 0 for not there
			}{
				{"701", model.FilingRecord, "P2", 0, model.Counts{InInitial: true}, 3},
				{"701", model.FilingRecord, "P1", 2, model.Counts{InInitial: true}, 2},
				{"701", model.SheetRecord, "", 1, model.Counts{InInitial: true}, 1},
				{"701", model.FilingRecord, "P3", 3, model.Counts{InDraft: true}, 0},
				{"701001", model.FilingRecord, "P1", 0, model.Counts{InInitial: true, InDraft: true}, 4},
			} {
				record := &model.Record{Kind: r.kind, UnitID: units[r.unit].ID, Year: 2024, ProjectCode: r.project, Position: r.position}
				if err := tx.AddRecord(record); err != nil {
					return err
				}
				version := &model.RecordVersion{RecordID: record.ID, Number: 1, State: model.Approved, Counts: r.counts, CreatedBy: "test"}
				if err := tx.AddVersion(version); err != nil {
					return err
				}
				if r.place > 0 {
					want = append(want, make([]model.ID, max(r.place-len(want), 0))...)
					want[r.place-1] = version.ID
				}
			}
			return nil
		})
		q := store.FactQuery{Scope: store.Everything(), Year: 2024, State: model.StateInitial, Root: units["701"].Path, Below: true}
		for below, want := range map[bool][]model.ID{true: want, false: want[:3]} {
			q.Below = below
			if got := counted(t, s, q); !slices.Equal(got, want) {
				t.Errorf("below %v: versions %v, want %v", below, got, want)
			}
		}
		q.Scope = store.Scope{}
		if got := counted(t, s, q); got != nil {
			t.Errorf("a scope that sees nothing sees %v", got)
		}
	})
}

func counted(t *testing.T, s *store.Store, q store.FactQuery) (ids []model.ID) {
	t.Helper()
	read(t, s, func(tx *store.Tx) error {
		versions, err := tx.CountedVersions(q)
		for _, v := range versions {
			ids = append(ids, v.VersionID)
		}
		return err
	})
	return ids
}
