package publication

import (
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
)

// loadNames gathers the names of the codes in use: those that the unit's own sheet
// gives, then the year's catalogue; for a department, whatever its units name
// beyond that. Only what the tables can show is read.
func (b *Book) loadNames(Query) error {
	b.Names = budget.Names{Own: budget.Lexicon{}, Catalogue: budget.Lexicon{}}
	own := b.facts
	own.Below = false
	if err := b.sheetNames(own, nil); err != nil {
		return err
	}
	used := b.usedCodes()
	names, err := b.tx.CatalogueNames(b.Year, used)
	if err != nil {
		return err
	}
	for _, n := range names {
		b.Names.Catalogue.Add(n.Kind, n.Code, n.Name)
	}
	if !b.Department {
		return nil
	}
	return b.unitNames(used)
}

// unitNames asks the sheets of all units for codes that are still without a name.
func (b *Book) unitNames(used map[model.CatalogueKind][]string) error {
	var unknown []string
	for kind, codes := range used {
		for _, code := range codes {
			if !b.Names.Known(kind, code) {
				unknown = append(unknown, code)
			}
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	return b.sheetNames(b.facts, unknown)
}

var catalogueKinds = []model.CatalogueKind{
	model.FunctionalCatalogue, model.DepartmentEconomicCatalogue,
	model.GovernmentEconomicCatalogue, model.RevenueCatalogue,
}

func (b *Book) sheetNames(q store.FactQuery, codes []string) error {
	names, err := b.tx.SheetNames(q, codes)
	for _, n := range names {
		b.Names.Own.Add(n.Kind, n.Code, n.Name)
	}
	return err
}

// usedCodes lists the codes in the sums with all parents, by list.
func (b *Book) usedCodes() map[model.CatalogueKind][]string {
	seen := map[string]bool{}
	used := map[model.CatalogueKind][]string{model.FunctionalCatalogue: nil}
	add := func(kind model.CatalogueKind, code string) {
		for n := 3; n <= len(code); n += 2 {
			if key := string(kind) + code[:n]; !seen[key] {
				seen[key] = true
				used[kind] = append(used[kind], code[:n])
			}
		}
	}
	for i := range b.Sums {
		f := &b.Sums[i]
		add(model.FunctionalCatalogue, f.FunctionCode)
		add(model.DepartmentEconomicCatalogue, f.DepartmentEconomicCode)
		add(model.GovernmentEconomicCatalogue, f.GovernmentEconomicCode)
		if f.Measure == model.MeasureRevenue {
			add(model.RevenueCatalogue, f.ItemCode)
		}
	}
	return used
}

// loadCatalogue reads the year's lists as a whole, for rules that ask which codes
// there are.
func (b *Book) loadCatalogue() error {
	full := budget.Lexicon{}
	for _, kind := range catalogueKinds {
		entries, err := b.tx.Catalogue(kind, b.Year)
		if err != nil {
			return err
		}
		full.AddCatalogue(entries)
	}
	b.Names.Catalogue = full
	return nil
}
