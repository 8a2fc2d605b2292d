package store

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"gorm.io/gorm"

	"biaochi/model"
)

// TestProjectListQueries: a page takes as many queries for one project as for many.
func TestProjectListQueries(t *testing.T) {
	eachInside(t, func(t *testing.T, s *Store) {
		asked := 0
		count := func(*gorm.DB) { asked++ }
		for _, err := range []error{
			s.read.Callback().Query().Before("gorm:query").Register("test:count", count),
			s.read.Callback().Row().Before("gorm:row").Register("test:count", count),
		} {
			if err != nil {
				t.Fatal(err)
			}
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
			var all []ProjectSummary
			err = s.Read(t.Context(), func(tx *Tx) (err error) {
				if all, err = tx.ProjectSummaries([]model.BudgetUnit{unit}, ProjectQuery{Year: 2024, Names: true, Places: true}); err != nil {
					return err
				}
				list, err = tx.ProjectsByID([]model.ID{all[0].ID}, 2024)
				return err
			})
			if err != nil || asked != 7 || len(list) != 1 || list[0].ID != all[0].ID || len(all) != c.to {
				t.Errorf("%d queries, %d of %d projects, want 7 and %d: %v", asked, len(list), len(all), c.to, err)
			}
		}
	})
}

// TestProjectSummariesByRange: what is read by ranges of identifiers is what is read by
// lists of them, and nothing of other units comes along.
func TestProjectSummariesByRange(t *testing.T) {
	eachInside(t, func(t *testing.T, s *Store) {
		var units []model.BudgetUnit
		for i, code := range []string{"701", "702", "703"} {
			unit := model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: code, Path: "000000000/" + code + "/"}
			err := s.InTx(t.Context(), func(tx *Tx) error {
				if err := tx.AddUnit(&unit); err != nil {
					return err
				}
				return addFilings(tx, unit.ID, 0, 5+i)
			})
			if err != nil {
				t.Fatal(err)
			}
			units = append(units, unit)
		}
		asked := []model.BudgetUnit{units[0], units[2]} // with another one's rows between
		var found [2][]ProjectSummary
		for i, few := range []int{fewIDs, 0} {
			defer func(before int) { fewIDs = before }(fewIDs)
			fewIDs = few
			err := s.Read(t.Context(), func(tx *Tx) (err error) {
				found[i], err = tx.ProjectSummaries(asked, ProjectQuery{Year: 2024, Names: true, Places: true})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			slices.SortFunc(found[i], func(a, b ProjectSummary) int { return cmp.Compare(a.ID, b.ID) })
		}
		if len(found[0]) != 12 || found[0][0].Asked == 0 || found[0][0].Name == "" || !slices.Equal(found[0], found[1]) {
			t.Errorf("by lists %+v\nby ranges %+v", found[0], found[1])
		}
	})
}

func addFilings(tx *Tx, unitID model.ID, from, to int) error {
	for i := from; i < to; i++ {
		record := &model.Record{Kind: model.FilingRecord, UnitID: unitID, Year: 2024, ProjectCode: fmt.Sprintf("P%02d", i)}
		version := &model.RecordVersion{ID: tx.store.NextID(), Number: 1, State: model.Draft, CreatedBy: "test"}
		record.NewestID = version.ID
		if i%2 == 1 {
			record.InForceID = version.ID
		}
		if err := tx.AddRecord(record); err != nil {
			return err
		}
		version.RecordID = record.ID
		if err := tx.AddVersion(version); err != nil {
			return err
		}
		source := []model.Source{model.CurrentYear, model.CarryOver}[i%4/2]
		content := model.ProjectContent{Code: record.ProjectCode, Name: "项目", Budget: []model.BudgetRow{{FundKind: model.UnitFunds, Source: source, Amount: 1}}}
		if err := tx.SaveProjectContent(version.ID, &content); err != nil {
			return err
		}
	}
	return nil
}
