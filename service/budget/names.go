package budget

import (
	"slices"

	"biaochi/model"
)

// Names gives the names of codes in one assembly: what the unit's own records say
// wins over the year's catalogue.
type Names struct {
	Own       Lexicon // of the records being published
	Catalogue Lexicon // of the year
}

// Lexicon is code → name for each list of codes.
type Lexicon map[model.CatalogueKind]map[string]string

// Add names a code; a name already there stays, since the first record wins.
func (l Lexicon) Add(kind model.CatalogueKind, code, name string) {
	if name == "" {
		return
	}
	if l[kind] == nil {
		l[kind] = map[string]string{}
	}
	if _, known := l[kind][code]; !known {
		l[kind][code] = name
	}
}

// AddSheet takes the names that a basic sheet gives to codes.
func (l Lexicon) AddSheet(s *model.SheetContent) {
	for _, f := range s.Functions {
		l.Add(model.FunctionalCatalogue, f.Code, f.Name)
	}
	for i := range s.BasicLines {
		line := &s.BasicLines[i]
		l.Add(model.DepartmentEconomicCatalogue, line.DepartmentEconomicCode, line.DepartmentEconomicName)
		l.Add(model.GovernmentEconomicCatalogue, line.GovernmentEconomicCode, line.GovernmentEconomicName)
	}
	for _, r := range s.Revenues {
		for _, c := range r.Codes {
			l.Add(model.RevenueCatalogue, c.Code, c.Name)
		}
	}
}

// AddCatalogue takes the entries of a year's list.
func (l Lexicon) AddCatalogue(entries []model.CatalogueEntry) {
	for _, e := range entries {
		l.Add(e.Kind, e.Code, e.Name)
	}
}

// Name gives a code's name; ok is false where neither records nor catalogue know it.
func (n Names) Name(kind model.CatalogueKind, code string) (name string, ok bool) {
	if name, ok = n.Own[kind][code]; ok {
		return name, true
	}
	name, ok = n.Catalogue[kind][code]
	return name, ok
}

// Known tells whether records or catalogue name the code.
func (n Names) Known(kind model.CatalogueKind, code string) bool {
	_, ok := n.Name(kind, code)
	return ok
}

// classes gives the 类 of the functional classification in published order: those
// of the catalogue and any other that the records use or name.
func (n Names) classes(used []string) []string {
	var codes []string
	for code := range n.Catalogue[model.FunctionalCatalogue] {
		if len(code) == classDigits {
			codes = append(codes, code)
		}
	}
	for _, code := range used {
		codes = append(codes, code[:min(classDigits, len(code))])
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Lengths of codes: 类 3, 款 5, 项 7 digits.
const classDigits = 3

var codeLengths = [...]int{classDigits, 5, 7}

// levelOf gives the depth of a code from 1.
func levelOf(code string) int {
	level := 1
	for i, n := range codeLengths {
		if len(code) >= n {
			level = i + 1
		}
	}
	return level
}

// withParents adds the parents of the codes and sorts: a parent stands before
// its children since it is a beginning of theirs.
func withParents(codes []string) []string {
	var all []string
	for _, code := range codes {
		for _, n := range codeLengths {
			if n < len(code) {
				all = append(all, code[:n])
			}
		}
		all = append(all, code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
