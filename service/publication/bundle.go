package publication

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
)

// bundle gathers all that the book's document is made of, but for the document, the
// number and the reason of its version.
func (b *Book) bundle() (*disclosure.Bundle, error) {
	out := &disclosure.Bundle{
		Format: disclosure.BundleFormat, Region: disclosure.BundleRegion{Code: b.Region.Code, Name: b.Region.Name},
		Set: b.Set.Key, Year: b.Year, Department: b.Department,
		Unit:  disclosure.BundleUnit{Path: b.Unit.Path, Code: b.Unit.Code, Name: b.Name, Kind: b.Kind},
		Names: b.Names.Own, Catalogue: b.usedNames(), Projects: []disclosure.BundleProject{},
	}
	for _, u := range b.Units {
		out.Units = append(out.Units, disclosure.BundleUnit(u))
	}
	if err := out.AddFacts(b.tx.Facts(b.facts, model.Predicate{})); err != nil {
		return nil, err
	}
	for units := range slices.Chunk(b.Units, unitsAtOnce) {
		projects, err := b.promises(units)
		if err != nil {
			return nil, err
		}
		out.Projects = append(out.Projects, projects...)
	}
	return out, nil
}

// usedNames are the catalogue's names of the codes in the facts and of the 类, which
// tables list whether used or not.
func (b *Book) usedNames() budget.Lexicon {
	used := budget.Lexicon{}
	for kind, codes := range b.usedCodes() {
		for _, code := range codes {
			used.Add(kind, code, b.Names.Catalogue[kind][code])
		}
	}
	for code, name := range b.Names.Catalogue[model.FunctionalCatalogue] {
		if len(code) == classDigits {
			used.Add(model.FunctionalCatalogue, code, name)
		}
	}
	return used
}

// classDigits is the length of a 类.
const classDigits = 3

// promises are the projects of units, in the versions that count in the book's state.
func (b *Book) promises(units []budget.Unit) ([]disclosure.BundleProject, error) {
	byID, err := b.placeUnits(units)
	if err != nil {
		return nil, err
	}
	ids := make([]model.ID, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	versions, err := b.tx.CountedRecords(b.facts.Scope, store.RecordFilter{UnitIDs: ids, Year: b.Year, Kind: model.FilingRecord}, b.State)
	if err != nil {
		return nil, err
	}
	versionIDs := make([]model.ID, len(versions))
	for i, v := range versions {
		versionIDs[i] = v.VersionID
	}
	contents, err := b.tx.ProjectContents(versionIDs)
	if err != nil {
		return nil, err
	}
	var out []disclosure.BundleProject
	for _, v := range versions {
		out = append(out, promise(units[byID[v.UnitID]].Path, contents[v.VersionID]))
	}
	return out, nil
}

func promise(path string, p *model.ProjectContent) disclosure.BundleProject {
	out := disclosure.BundleProject{Unit: path, Code: p.Code, Name: p.Name, Function: p.FunctionCode}
	if p.Form == nil {
		return out
	}
	out.Goal = p.Form.AnnualGoal
	for _, row := range p.Form.Indicators {
		if row.Annual != nil && row.Annual.Name != "" {
			out.Indicators = append(out.Indicators, disclosure.BundleIndicator{
				Level1: row.Level1, Level2: row.Level2, Name: row.Annual.Name, Value: row.Annual.Value,
			})
		}
	}
	return out
}
