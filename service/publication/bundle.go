package publication

import (
	"io"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/disclosure"
)

// bundle gathers all that the book's document is made of, but for the number and the
// reason of its version.
func (b *Book) bundle() (*disclosure.Bundle, error) {
	out := &disclosure.Bundle{
		Format: disclosure.BundleFormat, Region: disclosure.BundleRegion{Code: b.Region.Code, Name: b.Region.Name},
		Set: b.Set.Key, Year: b.Year, Department: b.Department, State: b.State,
		Unit:  disclosure.BundleUnit{Path: b.Unit.Path, Code: b.Unit.Code, Name: b.Name, Kind: b.Kind},
		Names: b.Names.Own, Catalogue: b.usedNames(), Projects: []disclosure.BundleProject{},
	}
	for _, u := range b.Units {
		out.Units = append(out.Units, disclosure.BundleUnit(u))
	}
	if err := out.AddFacts(b.tx.Facts(b.facts, model.Predicate{})); err != nil {
		return nil, err
	}
	years, err := b.unitYears()
	if err != nil {
		return nil, err
	}
	out.AddPromises(years)
	if err := b.addResults(out); err != nil {
		return nil, err
	}
	draft, err := b.Draft()
	if err != nil {
		return nil, err
	}
	out.Document = draft.Document
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

// writeRelease writes all that the book's document is made of, with the stamp of a
// draft: what was assembled can be proved before it is published, too.
func (b *Book) writeRelease(w io.Writer) error {
	bundle, err := b.bundle()
	if err != nil {
		return err
	}
	encoded, err := bundle.Encode()
	if err != nil {
		return err
	}
	release, err := disclosure.Release{Stamp: disclosure.Stamp{ContentHash: disclosure.ContentHash(encoded)}, Bundle: encoded}.Encode()
	if err != nil {
		return err
	}
	_, err = w.Write(release)
	return err
}
