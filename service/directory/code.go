package directory

import (
	"context"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
)

// Code is an entry of a code list; a leaf (末级) has none below it.
type Code struct {
	model.CatalogueEntry
	Leaf bool
}

// CodeQuery names a code list and narrows it; an empty field asks for nothing.
type CodeQuery struct {
	Kind  model.CatalogueKind
	Year  int
	Text  string // part of the name, or the beginning of the code
	Under string // a code: that one and all below
}

// Codes lists what a year's code list has, by code.
func (s *Service) Codes(ctx context.Context, q CodeQuery) (codes []Code, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		entries, err := tx.Catalogue(q.Kind, q.Year)
		codes = narrowed(entries, q)
		return err
	})
	return codes, err
}

// narrowed keeps what a query asks for; entries come by code, so that what is below
// a code follows it.
func narrowed(entries []model.CatalogueEntry, q CodeQuery) (codes []Code) {
	text := strings.ToLower(strings.TrimSpace(q.Text))
	for i, e := range entries {
		fits := strings.HasPrefix(e.Code, text) || strings.Contains(strings.ToLower(e.Name), text)
		if fits && strings.HasPrefix(e.Code, q.Under) {
			codes = append(codes, Code{e, i+1 == len(entries) || !strings.HasPrefix(entries[i+1].Code, e.Code)})
		}
	}
	return codes
}

// Mapping lists which government code (政府预算支出经济分类) each department code falls
// under, for a unit of its kind.
// Errors: NotFound "unit.notFound", also where the unit is out of reach.
func (s *Service) Mapping(ctx context.Context, held []rbac.Assignment, unitID model.ID, year int) (mappings []model.EconomicMapping, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, err := tx.UnitByID(s.Scope(held, rbac.CatalogueRead), unitID)
		if err != nil {
			return err
		}
		all, err := tx.Mappings(year)
		mappings = slices.DeleteFunc(all, func(m model.EconomicMapping) bool { return m.UnitKind != unit.Kind })
		return err
	})
	return mappings, err
}
