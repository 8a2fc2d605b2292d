package publication

import (
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/budget"
	"biaochi/service/check"
	"biaochi/service/disclosure"
	"biaochi/service/preevaluation"
)

// unitsAtOnce bounds how many units' records the checks hold in memory.
const unitsAtOnce = 100

// Check applies every rule: those over the tables once, those over records to one
// unit after the other, in the version in force or the newest, or that counts.
func (b *Book) Check() (check.Report, error) {
	in, err := b.checkInput()
	if err != nil {
		return check.Report{}, err
	}
	report, err := check.RunTables(in)
	if err != nil {
		return check.Report{}, err
	}
	for units := range slices.Chunk(b.Units, unitsAtOnce) {
		records, err := b.records(units)
		if err != nil {
			return check.Report{}, err
		}
		for _, unit := range records {
			report.Add(check.RunRecords(in, unit))
		}
	}
	if b.Document {
		found, err := b.CheckDocument()
		if err != nil {
			return check.Report{}, err
		}
		report.Add(found)
	}
	report.Close()
	return report, nil
}

// CheckTables applies the rules over the tables alone.
func (b *Book) CheckTables() (check.Report, error) {
	if b.tableReport != nil {
		return *b.tableReport, nil
	}
	in, err := b.checkInput()
	if err != nil {
		return check.Report{}, err
	}
	report, err := check.RunTables(in)
	if err != nil {
		return report, err
	}
	report.Close()
	b.tableReport = &report
	return report, nil
}

// Tails tells which tables, by key, have a 尾差.
func (b *Book) Tails() (map[string]bool, error) {
	report, err := b.CheckTables()
	tails := map[string]bool{}
	for _, t := range report.Tails {
		tails[t.Table] = true
	}
	return tails, err
}

func (b *Book) checkInput() (check.Input, error) {
	if err := b.loadCatalogue(); err != nil {
		return check.Input{}, err
	}
	mappings, err := b.tx.Mappings(b.Year)
	return check.Input{
		Year: b.Year, Unit: b.Unit.Code, Set: b.Set, Tables: b.Tables,
		Sums: b.Sums, ByUnit: b.input().ByUnit, Names: b.Names, Mappings: mappings, Filings: b.Filings,
	}, err
}

// records loads what units hold, in the order of the units.
func (b *Book) records(units []budget.Unit) ([]check.UnitRecords, error) {
	if b.counted {
		return b.countedRecords(units)
	}
	byID, err := b.placeUnits(units)
	if err != nil {
		return nil, err
	}
	ids := make([]model.ID, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	records, err := b.tx.Records(b.facts.Scope, store.RecordFilter{UnitIDs: ids, Year: b.Year})
	if err != nil {
		return nil, err
	}
	projects, err := b.tx.ProjectContents(current(records, model.FilingRecord))
	if err != nil {
		return nil, err
	}
	targets, err := b.tx.TargetContents(current(records, model.TargetRecord))
	if err != nil {
		return nil, err
	}
	owed, err := preevaluation.Of(b.tx, b.Region, b.Year, ids)
	if err != nil {
		return nil, err
	}
	out := make([]check.UnitRecords, len(units))
	for i, u := range units {
		out[i].Unit = u
	}
	for id, i := range byID {
		out[i].PreEvaluations = owed[id]
	}
	for _, r := range records {
		unit := &out[byID[r.UnitID]]
		switch r.Kind {
		case model.FilingRecord:
			unit.Projects = append(unit.Projects, *projects[r.CurrentID()])
		case model.TargetRecord:
			unit.Target = targets[r.CurrentID()]
		default:
			if unit.Sheet, err = b.tx.SheetContent(r.CurrentID()); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// countedRecords are what goes out: that of which the document is made. Whether a
// project should have been evaluated beforehand is no fault of the document.
func (b *Book) countedRecords(units []budget.Unit) ([]check.UnitRecords, error) {
	years, err := b.unitYears()
	if err != nil {
		return nil, err
	}
	byPath := make(map[string]*disclosure.UnitYear, len(years))
	for i := range years {
		byPath[years[i].Unit.Path] = &years[i]
	}
	out := make([]check.UnitRecords, len(units))
	for i, u := range units {
		y := byPath[u.Path]
		out[i] = check.UnitRecords{Unit: u, Sheet: y.Sheet, Projects: y.Projects, Target: y.Target}
	}
	return out, nil
}

// placeUnits gives the place of each unit in the list by its identifier.
func (b *Book) placeUnits(units []budget.Unit) (map[model.ID]int, error) {
	codes := make([]string, len(units))
	place := make(map[string]int, len(units))
	for i, u := range units {
		codes[i], place[u.Path] = u.Code, i
	}
	found, err := b.tx.Units(b.facts.Scope, store.UnitFilter{Region: b.Region.Code, Codes: codes})
	byID := make(map[model.ID]int, len(found))
	for _, u := range found {
		if i, ok := place[u.Path]; ok {
			byID[u.ID] = i
		}
	}
	return byID, err
}

// current gives the versions in force, else the newest, of the records of a kind.
func current(records []model.Record, kind model.RecordKind) (ids []model.ID) {
	for _, r := range records {
		if r.Kind == kind {
			ids = append(ids, r.CurrentID())
		}
	}
	return ids
}
