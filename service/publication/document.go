package publication

import (
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/render"
	"biaochi/service/render/formats"
	"biaochi/service/render/pdf"
)

// DraftMark is on every page of a document that isn't published.
const DraftMark = "草稿（尚未公开）"

// Draft builds the whole document of the book, once. The rows of its tables are at
// hand: whoever walks them reads no records.
func (b *Book) Draft() (*disclosure.Draft, error) {
	if b.draft != nil {
		return b.draft, nil
	}
	content, err := b.content()
	if err != nil {
		return nil, err
	}
	draft, err := disclosure.Build(content)
	if err != nil {
		return nil, err
	}
	for _, block := range draft.Document.Blocks {
		if t, ok := block.(*render.Table); ok {
			if err := t.Hold(); err != nil {
				return nil, err
			}
		}
	}
	b.draft, b.manuscript = draft, formats.NewManuscript(draft.Document, b.style)
	return draft, nil
}

// CheckDocument applies the rules over the document as the records give it.
func (b *Book) CheckDocument() ([]check.Finding, error) {
	draft, err := b.Draft()
	if err != nil {
		return nil, err
	}
	in := draft.Input(b.Set)
	in.Missing = pdf.Missing
	return check.RunDocument(in)
}

func (b *Book) content() (*disclosure.Content, error) {
	outline, err := disclosure.LoadOutline(b.Region.SetKey)
	if err != nil {
		return nil, err
	}
	tables, err := b.layouts()
	if err != nil {
		return nil, err
	}
	c := &disclosure.Content{
		Outline: outline, Year: b.Year, Department: b.Department, Unit: b.input().Unit,
		Tables: tables, Sums: b.Sums, Names: b.Names, Mark: DraftMark,
	}
	if c.Units, err = b.unitYears(); err != nil {
		return nil, err
	}
	return c, b.lastYear(c)
}

// unitYears loads what the units have of the year, in the book's state, once.
func (b *Book) unitYears() ([]disclosure.UnitYear, error) {
	if b.years != nil {
		return b.years, nil
	}
	var err error
	b.years, err = b.loadYears()
	return b.years, err
}

func (b *Book) loadYears() ([]disclosure.UnitYear, error) {
	units := make([]disclosure.UnitYear, len(b.Units))
	at := map[string]*disclosure.UnitYear{}
	for i, u := range b.Units {
		units[i].Unit = u
		at[u.Path] = &units[i]
	}
	if err := b.competentDepartments(units); err != nil {
		return nil, err
	}
	versions, err := b.tx.CountedVersions(b.facts)
	if err != nil {
		return nil, err
	}
	ids := map[model.RecordKind][]model.ID{}
	for _, v := range versions {
		ids[v.Kind] = append(ids[v.Kind], v.VersionID)
	}
	projects, err := b.tx.ProjectContents(ids[model.FilingRecord])
	if err != nil {
		return nil, err
	}
	targets, err := b.tx.TargetContents(ids[model.TargetRecord])
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		unit := at[v.UnitPath]
		switch {
		case unit == nil:
		case v.Kind == model.SheetRecord:
			if unit.Sheet, err = b.tx.SheetContent(b.textVersion(v)); err != nil {
				return nil, err
			}
		case v.Kind == model.TargetRecord:
			unit.Target = targets[v.VersionID]
		case projects[v.VersionID] != nil:
			unit.Projects = append(unit.Projects, *projects[v.VersionID])
		}
	}
	return units, nil
}

// textVersion is the version of a sheet whose words the document uses; its lines count
// by the facts alone.
func (b *Book) textVersion(v store.CountedVersion) model.ID {
	if b.newestTexts && v.InForceID != 0 {
		return v.InForceID
	}
	return v.VersionID
}

// competentDepartments names the department above each unit, which a form prints
// whatever the reader's scope is: it is the head of who fills the form in.
func (b *Book) competentDepartments(units []disclosure.UnitYear) error {
	var codes []string
	for i := range units {
		codes = append(codes, departmentCode(units[i].Unit.Path))
	}
	slices.Sort(codes)
	found, err := b.tx.Units(store.Everything(), store.UnitFilter{Region: b.Region.Code, Codes: slices.Compact(codes)})
	for i := range units {
		code := departmentCode(units[i].Unit.Path)
		for _, u := range found {
			if u.Code == code {
				units[i].Department = budget.Unit{Path: u.Path, Code: u.Code, Name: u.Name, Kind: u.Kind}
			}
		}
		if units[i].Department.Path == units[i].Unit.Path {
			units[i].Department = units[i].Unit // under the name of the year
		}
	}
	return err
}

// departmentCode is the code of the competent department in a unit's path.
func departmentCode(path string) string {
	_, below, _ := strings.Cut(strings.TrimSuffix(departmentPath(path), "/"), "/")
	return below
}

// lastYear fills in each unit's figures of last year: from its approved records
// where there are any, else as its sheet states them. Where all have records the
// shifts between the years are known too.
func (b *Book) lastYear(c *disclosure.Content) error {
	q := b.facts
	q.Year, q.State = b.Year-1, model.StateInitial
	recorded := true
	for i := range c.Units {
		unit := &c.Units[i]
		one := q
		one.Root, one.Below = unit.Unit.Path, false
		known, err := b.tx.AnyCounted(one)
		if err != nil {
			return err
		}
		recorded = recorded && known
		if unit.Prior, err = b.priorOf(c, one, unit, known); err != nil {
			return err
		}
	}
	if !recorded {
		return nil
	}
	return b.shifts(c, q)
}

func (b *Book) priorOf(c *disclosure.Content, q store.FactQuery, unit *disclosure.UnitYear, recorded bool) (disclosure.PriorFigures, error) {
	if recorded {
		facts, err := b.tx.SumFacts(q, model.Predicate{})
		return c.Outline.PriorFromFacts(facts), err
	}
	if unit.Sheet == nil {
		return nil, nil
	}
	return disclosure.PriorOf(unit.Sheet.PriorYear), nil
}

// shifts compares the two years' projects, and all basic expenditure.
func (b *Book) shifts(c *disclosure.Content, before store.FactQuery) error {
	names := map[[2]string]string{}
	var facts [2][]model.Fact
	for i, q := range []store.FactQuery{before, b.facts} {
		for sum, err := range b.tx.SumFactsByProject(q, model.Predicate{Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure}) {
			if err != nil {
				return err
			}
			facts[i] = append(facts[i], sum.Fact)
			names[[2]string{sum.UnitPath, sum.ProjectCode}] = sum.Name
		}
		basic, err := b.tx.SumFacts(q, model.Predicate{Measure: model.MeasureBudget, Expenditure: model.BasicExpenditure})
		if err != nil {
			return err
		}
		facts[i] = append(facts[i], basic...)
	}
	c.Shifts = disclosure.Attribute(facts[1], facts[0], func(unit, project string) string { return names[[2]string{unit, project}] })
	return nil
}
