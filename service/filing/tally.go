package filing

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// Tally counts what the checks find in a record.
type Tally struct{ Errors, Warnings int }

// tallies runs the checks over the newest versions of many records. What it reads
// depends on how many years they are of, not on how many there are.
func tallies(tx *store.Tx, items []Item) (map[model.ID]Tally, error) {
	found := make(map[model.ID]Tally, len(items))
	byYear := map[int][]Item{}
	for _, item := range items {
		byYear[item.Year] = append(byYear[item.Year], item)
	}
	for year, some := range byYear {
		b, err := openBench(tx, year, some)
		if err != nil {
			return nil, err
		}
		for _, item := range some {
			if found[item.ID], err = b.tally(item); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// bench is all that the checks of a year's records need.
type bench struct {
	in       check.Input
	sets     map[string]string // by region
	projects map[model.ID]*model.ProjectContent
	sheets   map[model.ID]*model.SheetContent
	others   map[model.ID][]model.Record // the filings of a unit, by unit
}

func openBench(tx *store.Tx, year int, items []Item) (*bench, error) {
	b := &bench{in: check.Input{Year: year, Filings: true}, sets: map[string]string{}, others: map[model.ID][]model.Record{}}
	regions, err := tx.Regions()
	if err != nil {
		return nil, err
	}
	for _, r := range regions {
		b.sets[r.Code] = r.SetKey
	}
	if b.in.Mappings, err = tx.Mappings(year); err != nil {
		return nil, err
	}
	if err := b.loadContents(tx, items); err != nil {
		return nil, err
	}
	used := map[model.CatalogueKind][]string{}
	for _, item := range items {
		for kind, codes := range codesOf(b.content(item)) {
			used[kind] = append(used[kind], codes...)
		}
	}
	for kind := range used {
		slices.Sort(used[kind])
		used[kind] = slices.Compact(used[kind])
	}
	b.in.Names, err = catalogueNames(tx, year, used)
	return b, err
}

func (b *bench) loadContents(tx *store.Tx, items []Item) error {
	var units, projects, sheets []model.ID
	for _, item := range items {
		if item.Kind == model.SheetRecord {
			sheets = append(sheets, item.NewestID)
		} else {
			units, projects = append(units, item.UnitID), append(projects, item.NewestID)
		}
	}
	if len(units) > 0 {
		records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: distinct(units), Year: b.in.Year, Kind: model.FilingRecord})
		if err != nil {
			return err
		}
		for _, r := range records {
			b.others[r.UnitID] = append(b.others[r.UnitID], r)
			projects = append(projects, r.CurrentID())
		}
	}
	var err error
	if b.projects, err = tx.ProjectContents(distinct(projects)); err != nil {
		return err
	}
	b.sheets, err = tx.SheetContents(sheets)
	return err
}

func distinct(ids []model.ID) []model.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (b *bench) content(item Item) Content {
	return Content{Project: b.projects[item.NewestID], Sheet: b.sheets[item.NewestID]}
}

func (b *bench) tally(item Item) (t Tally, err error) {
	unit := unitOf(item.ListedFiling)
	in := b.in
	in.Unit = unit.Code
	if in.Set, err = budget.LoadSet(b.sets[unit.RegionCode]); err != nil {
		return t, err
	}
	c := b.content(item)
	var projects []model.ProjectContent
	if c.Project != nil {
		projects = append(projects, *c.Project)
	}
	for _, r := range b.others[item.UnitID] {
		if p := b.projects[r.CurrentID()]; c.Project != nil && r.ID != item.ID && p != nil {
			projects = append(projects, *p)
		}
	}
	for _, f := range runOn(in, unit, c, projects) {
		switch {
		case isError(f):
			t.Errors++
		case isWarning(f):
			t.Warnings++
		}
	}
	return t, nil
}
