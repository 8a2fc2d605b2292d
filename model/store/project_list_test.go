package store

import (
	"fmt"
	"testing"

	"gorm.io/gorm"

	"biaochi/model"
)

// TestProjectListQueries: a page takes as many queries for one project as for many.
func TestProjectListQueries(t *testing.T) {
	eachInside(t, func(t *testing.T, s *Store) {
		asked := 0
		count := func(*gorm.DB) { asked++ }
		if err := s.read.Callback().Query().Before("gorm:query").Register("test:count", count); err != nil {
			t.Fatal(err)
		}
		unit := model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: "701", Name: "示例局", Path: "000000000/701/"}
		for _, c := range []struct{ from, to int }{{0, 1}, {1, 60}} {
			err := s.InTx(t.Context(), func(tx *Tx) error {
				if c.from == 0 {
					if err := tx.AddUnit(&unit); err != nil {
						return err
					}
				}
				return addFilings(tx, unit.ID, c.from, c.to)
			})
			if err != nil {
				t.Fatal(err)
			}
			asked = 0
			var list []ListedProject
			var sums []ProjectStateSum
			err = s.Read(t.Context(), func(tx *Tx) (err error) {
				list, sums, err = tx.ProjectList(Everything(), ProjectFilter{Year: 2024, Limit: 50})
				return err
			})
			if err != nil || asked != 2 || len(list) != min(c.to, 50) || len(sums) != 1 || sums[0].Count != int64(c.to) {
				t.Errorf("%d queries, %d of %+v projects, want 2 and %d: %v", asked, len(list), sums, c.to, err)
			}
		}
	})
}

func addFilings(tx *Tx, unitID model.ID, from, to int) error {
	for i := from; i < to; i++ {
		record := &model.Record{Kind: model.FilingRecord, UnitID: unitID, Year: 2024, ProjectCode: fmt.Sprintf("P%02d", i)}
		version := &model.RecordVersion{ID: tx.store.NextID(), Number: 1, State: model.Draft, CreatedBy: "test"}
		record.NewestID = version.ID
		if err := tx.AddRecord(record); err != nil {
			return err
		}
		version.RecordID = record.ID
		if err := tx.AddVersion(version); err != nil {
			return err
		}
	}
	return nil
}
