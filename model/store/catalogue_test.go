package store_test

import (
	"reflect"
	"testing"

	"biaochi/model"
	"biaochi/model/catalogue"
	"biaochi/model/store"
)

func TestAnEmptyDatabaseHasTheBaseline(t *testing.T) {
	entries, mappings, err := catalogue.Baseline()
	if err != nil || len(entries) < 1500 || len(mappings) < 150 {
		t.Fatalf("%d entries, %d mappings, %v", len(entries), len(mappings), err)
	}
	eachStore(t, func(t *testing.T, s *store.Store) {
		read(t, s, func(tx *store.Tx) error {
			found := map[model.CatalogueEntry]bool{}
			for _, kind := range []model.CatalogueKind{model.FunctionalCatalogue, model.DepartmentEconomicCatalogue,
				model.GovernmentEconomicCatalogue, model.RevenueCatalogue} {
				list, err := tx.Catalogue(kind, 2023)
				if err != nil {
					return err
				}
				for _, e := range list {
					found[e] = true
				}
			}
			for _, e := range entries {
				if !found[e] {
					t.Errorf("%+v is missing", e)
				}
			}
			got, err := tx.Mappings(2023)
			if len(got) != len(mappings) || len(found) != len(entries) {
				t.Errorf("got %d entries, %d mappings", len(found), len(got))
			}
			return err
		})
	})
}

func TestMappingsFollowTheKindOfUnit(t *testing.T) {
	_, mappings, err := catalogue.Baseline()
	if err != nil {
		t.Fatal(err)
	}
	got := map[model.UnitKind]string{}
	for _, m := range mappings {
		if m.DepartmentCode == "30101" {
			got[m.UnitKind] = m.GovernmentCode
		}
	}
	want := map[model.UnitKind]string{model.Administrative: "50101", model.CivilServiceManaged: "50101", model.PublicInstitution: "50501"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("30101 基本工资 falls under %v, want %v", got, want)
	}
}
