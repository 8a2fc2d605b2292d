package directory_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/directory"
)

const home, abroad = model.DefaultRegionCode + "/", "111111111/"

func held(role rbac.Role, place rbac.Place, path string) []rbac.Assignment {
	return []rbac.Assignment{{Role: role, Place: place, UnitPath: path}}
}

func each(t *testing.T, test func(t *testing.T, s *directory.Service, units map[string]model.BudgetUnit)) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		units := map[string]model.BudgetUnit{}
		err = s.InTx(t.Context(), func(tx *store.Tx) error {
			if err := tx.SaveRegion(&model.Region{Code: "111111111", Name: "邻县", SetKey: model.DefaultSetKey}); err != nil {
				return err
			}
			for _, u := range []model.BudgetUnit{
				{RegionCode: model.DefaultRegionCode, Code: "701", Name: "示例局", Kind: model.Administrative, Path: home + "701/"},
				{RegionCode: model.DefaultRegionCode, Code: "701001", Name: "示例100%中心", Kind: model.PublicInstitution, ParentCode: "701", Path: home + "701/701001/"},
				{RegionCode: "111111111", Code: "801", Name: "邻县局", Kind: model.Administrative, Path: abroad + "801/"},
			} {
				if err := tx.AddUnit(&u); err != nil {
					return err
				}
				units[u.Code] = u
			}
			for _, y := range []int{2025, 2024} {
				if err := tx.EnsureYear(model.DefaultRegionCode, y, "2015"); err != nil {
					return err
				}
			}
			return tx.EnsureYear("111111111", 2024, "2021")
		})
		if err != nil {
			t.Fatal(err)
		}
		rights, err := rbac.New()
		if err != nil {
			t.Fatal(err)
		}
		test(t, directory.NewService(s, rights), units)
	})
}

func TestUnits(t *testing.T) {
	preparer := held(rbac.Preparer, rbac.Unit, home+"701/701001/")
	each(t, func(t *testing.T, s *directory.Service, units map[string]model.BudgetUnit) {
		for _, c := range []struct {
			held  []rbac.Assignment
			query directory.UnitQuery
			want  string
			total int64
		}{
			{preparer, directory.UnitQuery{Action: rbac.UnitRead}, "701 701001 ", 2}, // the region's
			{preparer, directory.UnitQuery{Action: rbac.FilingSave}, "701001 ", 1},
			{preparer, directory.UnitQuery{Action: rbac.FilingPass}, "", 0},
			{[]rbac.Assignment{{Role: rbac.Admin}}, directory.UnitQuery{Action: rbac.UnitRead}, "701 701001 801 ", 3},
			{preparer, directory.UnitQuery{Action: rbac.UnitRead, Text: "0% "}, "701001 ", 1},
			{preparer, directory.UnitQuery{Action: rbac.UnitRead, Under: home + "701/", Limit: 1, Offset: 1}, "701001 ", 2},
			{nil, directory.UnitQuery{Action: rbac.UnitRead}, "", 0},
		} {
			list, total, err := s.Units(t.Context(), c.held, c.query)
			got := ""
			for _, u := range list {
				got += u.Code + " "
			}
			if err != nil || got != c.want || total != c.total {
				t.Errorf("%+v: got %q of %d, want %q of %d (%v)", c.query, got, total, c.want, c.total, err)
			}
		}
		if _, err := s.Unit(t.Context(), preparer, rbac.UnitRead, units["801"].ID); model.CodeOf(err) != model.NotFound {
			t.Errorf("a unit of another region: %v", err)
		}
	})
}

func TestYearsAndRegions(t *testing.T) {
	inBoth := append(held(rbac.Reviewer, rbac.Root, home), held(rbac.Reviewer, rbac.Root, abroad)...)
	each(t, func(t *testing.T, s *directory.Service, _ map[string]model.BudgetUnit) {
		years, err := s.Years(t.Context(), held(rbac.Reviewer, rbac.Root, home), "")
		if err != nil || len(years) != 2 || years[0].Year != 2024 || years[1].Year != 2025 {
			t.Errorf("got %+v %v", years, err)
		}
		if years, err = s.Years(t.Context(), inBoth, "111111111"); err != nil || len(years) != 1 || years[0].TreeKey != "2021" {
			t.Errorf("got %+v %v", years, err)
		}
		if region, err := s.Region(t.Context(), held(rbac.Reviewer, rbac.Root, home), ""); err != nil || region.Code != model.DefaultRegionCode {
			t.Errorf("got %+v %v", region, err)
		}
		if _, err := s.Region(t.Context(), held(rbac.Reviewer, rbac.Root, home), "111111111"); model.CodeOf(err) != model.NotFound {
			t.Errorf("another region: %v", err)
		}
		if _, err := s.Region(t.Context(), inBoth, ""); model.CodeOf(err) != model.Invalid {
			t.Errorf("one of two: %v", err)
		}
	})
}

func TestCodes(t *testing.T) {
	each(t, func(t *testing.T, s *directory.Service, units map[string]model.BudgetUnit) {
		codes, err := s.Codes(t.Context(), directory.CodeQuery{Kind: model.DepartmentEconomicCatalogue, Year: 2024, Under: "302"})
		if err != nil || len(codes) < 20 || codes[0].Code != "302" || codes[0].Leaf || !codes[1].Leaf {
			t.Fatalf("got %d %v %v", len(codes), codes[:min(2, len(codes))], err)
		}
		for _, text := range []string{"办公费", "30201"} {
			codes, err := s.Codes(t.Context(), directory.CodeQuery{Kind: model.DepartmentEconomicCatalogue, Year: 2024, Text: text})
			if err != nil || len(codes) != 1 || codes[0].Name != "办公费" {
				t.Errorf("%s: got %+v %v", text, codes, err)
			}
		}
		reader := held(rbac.Reviewer, rbac.Root, home)
		for code, want := range map[string]string{"701": "50201", "701001": "50502"} { // by kind of unit
			mappings, err := s.Mapping(t.Context(), reader, units[code].ID, 2024)
			got := ""
			for _, m := range mappings {
				if m.DepartmentCode == "30201" {
					got = m.GovernmentCode
				}
			}
			if err != nil || got != want {
				t.Errorf("%s: 30201 falls under %q, want %q (%v)", code, got, want, err)
			}
		}
		if _, err := s.Mapping(t.Context(), reader, units["801"].ID, 2024); model.CodeOf(err) != model.NotFound {
			t.Errorf("a unit of another region: %v", err)
		}
	})
}
