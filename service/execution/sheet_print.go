package execution

import (
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/render"
	"biaochi/service/tracking"
	"biaochi/service/tracking/form"
)

// Printed is a document of sheets, with the name of its files without extension.
type Printed struct {
	Name     string
	Document render.Document
}

// PrintSheet lays a sheet out as it is printed, also one that nobody began yet.
// Errors: those of Sheet; NotFound "form.unknown".
func (s *Service) PrintSheet(ctx context.Context, p Person, key SheetKey) (printed Printed, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w, err := s.open(tx, p, key)
		if err != nil {
			return err
		}
		sheet, err := w.printed()
		if err != nil {
			return err
		}
		template, err := templateFor(tx, w.unit.RegionCode, w.record.Year, key.Kind, key.Window)
		if err != nil {
			return err
		}
		printed = Printed{template.FileName(w.unit.Code, sheet.Year, sheet.Window, sheet.Code), template.One(sheet)}
		return nil
	})
	return printed, err
}

// UnitSheets are the sheets of one kind of a unit's year.
type UnitSheets struct {
	UnitID model.ID
	Year   int
	Kind   model.SheetKind
	Window string // of monitoring
}

// PrintSheets lays the sheets of all the unit's approved targets out as one document.
// Errors: NotFound "unit.notFound", "window.notFound", "form.unknown".
func (s *Service) PrintSheets(ctx context.Context, p Person, q UnitSheets) (printed Printed, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, template, sheets, err := s.FormsOf(tx, p, q)
		if err != nil {
			return err
		}
		printed = Printed{template.FileName(unit.Code, q.Year, q.Window, ""), template.Whole(unit.Name, q.Year, sheets)}
		return nil
	})
	return printed, err
}

// FormsOf gives the sheets of the unit's approved targets, or of its whole-unit target, with the form that they are
// printed in, within a transaction of the caller's.
// Errors: those of PrintSheets.
func (s *Service) FormsOf(tx *store.Tx, p Person, q UnitSheets) (unit model.BudgetUnit, t *form.Template, sheets []form.Sheet, err error) {
	read, _ := rbac.ActionByName(SheetKey{Kind: q.Kind}.act("read"))
	if unit, err = s.unitFor(tx, p, q.UnitID, read); err != nil {
		return unit, nil, nil, err
	}
	if t, err = templateFor(tx, unit.RegionCode, q.Year, q.Kind, q.Window); err != nil {
		return unit, nil, nil, err
	}
	sheets, err = s.printedOf(tx, p, unit, q)
	return unit, t, sheets, err
}

func (s *Service) printedOf(tx *store.Tx, p Person, unit model.BudgetUnit, q UnitSheets) (sheets []form.Sheet, err error) {
	records, err := tx.Records(store.Everything(), store.RecordFilter{UnitIDs: []model.ID{unit.ID}, Year: q.Year, Kind: q.Kind.Target()})
	if err != nil {
		return nil, err
	}
	for _, record := range records {
		if record.InForceID == 0 {
			continue
		}
		w, err := s.open(tx, p, SheetKey{record.ID, q.Kind, q.Window})
		if err != nil {
			return nil, err
		}
		sheet, err := w.printed()
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, *sheet)
	}
	return sheets, nil
}

func templateFor(tx *store.Tx, regionCode string, year int, kind model.SheetKind, window string) (*form.Template, error) {
	region, err := tx.Region(regionCode)
	if err != nil {
		return nil, err
	}
	rules, err := tracking.RulesFor(region.SetKey, year)
	if err != nil {
		return nil, err
	}
	if _, ok := rules.Monitoring.Window(window); kind == model.MonitoringSheet && !ok {
		return nil, noWindow(year, window)
	}
	return form.TemplateFor(kind, region.SetKey, year)
}

// printed is the sheet as the form knows it.
func (w *sheetWork) printed() (*form.Sheet, error) {
	view, err := w.view()
	if err != nil {
		return nil, err
	}
	department, err := w.tx.DepartmentOf(w.unit)
	if err != nil {
		return nil, err
	}
	sheet := &form.Sheet{
		RecordID: w.record.ID, Kind: w.key.Kind, Year: w.record.Year, Window: w.key.Window, Name: view.Name, Code: view.Project,
		Department: department.Code + "-" + department.Name, Unit: w.unit.Name, Goal: view.Goal, GoalResult: view.Content.GoalResult,
		Money: map[string]form.Money{}, Evaluation: view.Evaluation, SubmittedOn: view.Sheet.SubmittedOn, ConfirmedOn: view.Sheet.ConfirmedOn,
	}
	if view.Sheet.Version > 0 {
		sheet.State = view.Sheet.State
	}
	for _, m := range view.Money {
		sheet.Money[m.Key] = form.Money{Initial: m.Initial, Adjusted: m.Adjusted, Executed: m.Executed, Rate: m.Rate, Forecast: m.Forecast}
	}
	for _, l := range view.Lines {
		sheet.Lines = append(sheet.Lines, form.Line{
			Level1: l.Level1Name, Level2: l.Level2Name, Name: l.Name, Target: l.Target, Actual: w.actual(l), Statement: l.Statement, Score: l.Score,
		})
	}
	return sheet, nil
}

// actual is what was said of a line: in words of the unit's own, else the band.
func (w *sheetWork) actual(l Line) string {
	if i := slices.IndexFunc(w.rules.Scoring.Bands, func(b tracking.Band) bool { return b.Key == l.Band }); l.Actual == "" && i >= 0 {
		return w.rules.Scoring.Bands[i].Name
	}
	return l.Actual
}
