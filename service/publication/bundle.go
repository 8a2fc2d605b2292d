package publication

import (
	"io"
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
	var err error
	out.Projects, err = b.promises()
	return out, err
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

// promises are the projects of all units, in the versions that count in the book's
// state.
func (b *Book) promises() ([]disclosure.BundleProject, error) {
	versions, err := b.tx.CountedVersions(b.facts)
	if err != nil {
		return nil, err
	}
	versions = slices.DeleteFunc(versions, func(v store.CountedVersion) bool { return v.Kind != model.FilingRecord })
	out := make([]disclosure.BundleProject, 0, len(versions))
	for some := range slices.Chunk(versions, projectsAtOnce) {
		ids := make([]model.ID, len(some))
		for i, v := range some {
			ids[i] = v.VersionID
		}
		contents, err := b.tx.ProjectContents(ids)
		if err != nil {
			return nil, err
		}
		for _, v := range some {
			out = append(out, promise(v.UnitPath, contents[v.VersionID]))
		}
	}
	return out, nil
}

// projectsAtOnce bounds how many projects' contents are held in memory.
const projectsAtOnce = 500

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

// writeRelease writes all that the book's document is made of, with the stamp of a
// draft: what was assembled can be proved before it is published, too.
func (b *Book) writeRelease(w io.Writer) error {
	bundle, err := b.bundle()
	if err != nil {
		return err
	}
	draft, err := b.Draft()
	if err != nil {
		return err
	}
	bundle.Document = draft.Document
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
