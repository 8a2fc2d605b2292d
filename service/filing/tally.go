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
// depends on how many years and regions they are of, not on how many there are.
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
	targets  map[model.ID]*model.TargetContent
	others   map[model.ID][]model.Record // the filings of a unit, by unit
	own      map[model.ID]model.ID       // the version of a unit's sheet, by unit
	// preEvaluations are by unit, of those whose region asks for them.
	preEvaluations map[model.ID]*check.PreEvaluations
}

func openBench(tx *store.Tx, year int, items []Item) (*bench, error) {
	b := &bench{in: check.Input{Year: year, Filings: true}, sets: map[string]string{}, others: map[model.ID][]model.Record{}, own: map[model.ID]model.ID{}}
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
	if err := b.loadPreEvaluations(tx, items); err != nil {
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
	var units []model.ID
	ids := map[model.RecordKind][]model.ID{}
	for _, item := range items {
		ids[item.Kind] = append(ids[item.Kind], item.NewestID)
		if item.Kind != model.SheetRecord {
			units = append(units, item.UnitID)
		}
	}
	if len(units) > 0 {
		if err := b.loadAround(tx, distinct(units), ids); err != nil {
			return err
		}
	}
	var err error
	if b.projects, err = tx.ProjectContents(distinct(ids[model.FilingRecord])); err != nil {
		return err
	}
	if b.targets, err = tx.TargetContents(ids[model.TargetRecord]); err != nil {
		return err
	}
	b.sheets, err = tx.SheetContents(distinct(ids[model.SheetRecord]))
	return err
}

// loadAround finds what the units of filings and targets have beside them.
func (b *bench) loadAround(tx *store.Tx, units []model.ID, ids map[model.RecordKind][]model.ID) error {
	records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: units, Year: b.in.Year})
	if err != nil {
		return err
	}
	for _, r := range records {
		switch r.Kind {
		case model.FilingRecord:
			b.others[r.UnitID] = append(b.others[r.UnitID], r)
		case model.SheetRecord:
			b.own[r.UnitID] = r.CurrentID()
		default:
			continue
		}
		ids[r.Kind] = append(ids[r.Kind], r.CurrentID())
	}
	return nil
}

func distinct(ids []model.ID) []model.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (b *bench) content(item Item) Content {
	return Content{Project: b.projects[item.NewestID], Sheet: b.sheets[item.NewestID], Target: b.targets[item.NewestID]}
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
	for _, r := range b.others[item.UnitID] {
		if p := b.projects[r.CurrentID()]; r.ID != item.ID && p != nil {
			projects = append(projects, *p)
		}
	}
	for _, f := range runOn(in, unit, c, around{projects, b.sheets[b.own[item.UnitID]], b.preEvaluations[unit.ID]}) {
		switch {
		case isError(f):
			t.Errors++
		case isWarning(f):
			t.Warnings++
		}
	}
	return t, nil
}
