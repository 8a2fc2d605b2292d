package store_test

import (
	"reflect"
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

func codes(units []model.BudgetUnit) []string {
	out := []string{}
	for _, u := range units {
		out = append(out, u.Code)
	}
	return out
}

func TestUnitsAreSeenInScope(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		tree(t, s, "702", "701", "701/701002", "701/701001", "7010")
		department := store.Subtrees(region + "701/")
		cases := []struct {
			scope  store.Scope
			filter store.UnitFilter
			want   []string
		}{
			{store.Scope{}, store.UnitFilter{}, []string{}},
			{store.Subtrees(region+"701/701001/", region+"701/"), store.UnitFilter{}, []string{"701", "701001", "701002"}},
			{department, store.UnitFilter{Codes: []string{"702", "701002"}}, []string{"701002"}},
			{store.Everything(), store.UnitFilter{Under: region + "701/"}, []string{"701", "701001", "701002"}},
			{store.Everything(), store.UnitFilter{Region: "140000000"}, []string{}},
			{store.Everything(), store.UnitFilter{Region: model.DefaultRegionCode}, []string{"701", "701001", "701002", "7010", "702"}},
		}
		read(t, s, func(tx *store.Tx) error {
			for _, c := range cases {
				got, err := tx.Units(c.scope, c.filter)
				if err != nil || !slices.Equal(codes(got), c.want) {
					t.Errorf("%+v: got %v (%v), want %v", c.filter, codes(got), err, c.want)
				}
			}
			_, err := tx.UnitByCode(department, model.DefaultRegionCode, "702")
			expect(t, err, model.NotFound, "unit.notFound")
			unit, err := tx.UnitByCode(department, model.DefaultRegionCode, "701001")
			if unit.Name != "单位701/701001" || unit.Version != 1 || unit.ID == 0 {
				t.Errorf("got %+v", unit)
			}
			return err
		})
	})
}

func TestAUnitIsSavedOnceAndNotOverTheHeadOfOthers(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		unit := *tree(t, s, "701")["701"]
		stale := unit
		unit.Name, unit.Stub = "新名", true
		write(t, s, func(tx *store.Tx) error { return tx.UpdateUnit(&unit) })
		if unit.Version != 2 {
			t.Errorf("version is %d", unit.Version)
		}
		err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.UpdateUnit(&stale) })
		expect(t, err, model.Conflict, "unit.changed")
		if stale.Version != 1 {
			t.Error("a refused update counted the version up")
		}
		unit.Stub = false // a zero value is saved like any other
		write(t, s, func(tx *store.Tx) error { return tx.UpdateUnit(&unit) })
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.UnitByCode(store.Everything(), unit.RegionCode, unit.Code)
			if got != unit {
				t.Errorf("got %+v, want %+v", got, unit)
			}
			return err
		})
		err = s.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.AddUnit(&model.BudgetUnit{RegionCode: unit.RegionCode, Code: unit.Code, Path: "x/"})
		})
		expect(t, err, model.Conflict, "unit.duplicate")
	})
}

func TestMovingUnitsTakesTheirFactsAlong(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		tree(t, s, "701", "702", "702/702001")
		var facts []model.Fact
		for i, year := range []int{2023, 2023, 2024} {
			path := []string{region + "702/", region + "702/702001/", region + "702/702001/"}[i]
			facts = append(facts, model.Fact{Measure: model.MeasureBudget, Year: year, UnitPath: path, Amount: 100,
				Counts: model.Counts{InDraft: true}, Origin: model.Origin{VersionID: 9, Seq: i + 1}})
		}
		write(t, s, func(tx *store.Tx) error {
			for _, year := range []int{2023, 2024} {
				if err := tx.EnsureYear(model.DefaultRegionCode, year, model.DefaultTreeKey); err != nil {
					return err
				}
			}
			if err := tx.AddFacts(facts); err != nil {
				return err
			}
			return tx.MoveUnits(region+"702/", region+"701/702/")
		})
		read(t, s, func(tx *store.Tx) error {
			for year, want := range map[int][]string{2023: {region + "701/702/", region + "701/702/702001/"}, 2024: {region + "701/702/702001/"}} {
				q := store.FactQuery{Scope: store.Everything(), Year: year, State: model.StateDraft, Below: true}
				var got []string
				for _, f := range collect(t, tx.Facts(q, model.Predicate{})) {
					got = append(got, f.UnitPath)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%d: got %v, want %v", year, got, want)
				}
			}
			units, err := tx.Units(store.Everything(), store.UnitFilter{Under: region + "701/"})
			if !slices.Equal(codes(units), []string{"701", "702", "702001"}) {
				t.Errorf("got %v", codes(units))
			}
			return err
		})
		for _, to := range []string{region + "701/701/", region + "701"} {
			err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.MoveUnits(region+"701/", to) })
			expect(t, err, model.Invalid, "unit.path")
		}
	})
}

func TestRegionsAndYears(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		want := []model.Region{{Code: model.DefaultRegionCode, Name: model.DefaultRegionName, SetKey: model.DefaultSetKey},
			{Code: "140000000", Name: "山西省", SetKey: "shanxi"}}
		write(t, s, func(tx *store.Tx) error {
			for _, name := range []string{"旧名", "山西省"} {
				if err := tx.SaveRegion(&model.Region{Code: "140000000", Name: name, SetKey: "shanxi"}); err != nil {
					return err
				}
			}
			for _, key := range []string{"2015", "2021"} {
				if err := tx.EnsureYear("140000000", 2023, key); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.Regions()
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("got %v (%v), want %v", got, err, want)
			}
			_, err = tx.Region("1")
			expect(t, err, model.NotFound, "region.notFound")
			_, err = tx.Year("140000000", 2024)
			expect(t, err, model.NotFound, "year.notFound")
			year, err := tx.Year("140000000", 2023)
			if year.TreeKey != "2015" {
				t.Errorf("the year's tree became %s", year.TreeKey)
			}
			return err
		})
	})
}
