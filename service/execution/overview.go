package execution

import (
	"context"
	"math"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/tracking"
)

// Overview is how the projects of one unit stand after approval: what whoever handles
// them looks at (经办人看板).
type Overview struct {
	Board  // of the unit's own projects
	Unit   model.BudgetUnit
	Stages []tracking.Deadline // of the windows and the self-evaluation, in their order
	Stands [][]SheetStand      // of each row: its sheets, in the order of Stages
	// Whole is the evaluation of the unit's whole-unit target; nil without an approved one.
	Whole *SheetStand
}

// SheetStand is where one sheet of a project stands.
type SheetStand struct {
	model.TrackingSheet // without content; State "" before anybody began it
	GradeName           string
	Opened              bool
	Late                bool // not handed in after its date
}

// Overview gives the projects of a unit alone, as they stand today.
// Errors: NotFound "unit.notFound".
func (s *Service) Overview(ctx context.Context, p Person, unitID model.ID, year int) (o Overview, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		if o.Unit, err = s.unitFor(tx, p, unitID, rbac.MonitoringRead); err != nil {
			return err
		}
		region := o.Unit.RegionCode
		o.Board = Board{Region: region, Year: year, On: s.today(), Page: 1, Size: math.MaxInt, Rows: []BoardRow{}}
		w := boarding{Service: s, tx: tx, person: p, board: &o.Board,
			q: BoardQuery{Region: region, Year: year, On: s.today(), UnitID: o.Unit.ID, ByProject: true}}
		for _, step := range []func() error{
			w.settle, func() error { return w.projects(o.Unit) }, w.fill, func() error { return w.stand(&o) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return o, err
}

// stand adds where the sheets of the rows stand.
func (w *boarding) stand(o *Overview) error {
	rules := w.rules.Monitoring
	keys := make([]SheetKey, 0, len(rules.Windows)+1)
	for _, window := range rules.Windows {
		keys = append(keys, SheetKey{Kind: model.MonitoringSheet, Window: window.Key})
	}
	keys = append(keys, SheetKey{Kind: model.EvaluationSheet})
	for _, key := range keys {
		d, _ := w.calendar.DeadlineOf(stageOf(key.Kind, key.Window), o.Unit.Path)
		o.Stages = append(o.Stages, d)
	}
	begun, err := w.tx.TrackingSheets(store.Branch{Path: o.Unit.Path, Alone: true}, w.q.Year)
	if err != nil {
		return err
	}
	for _, row := range o.Rows {
		var stands []SheetStand
		for i, key := range keys {
			key.RecordID = row.RecordID
			stands = append(stands, w.standOf(key, o.Stages[i], begun))
		}
		o.Stands = append(o.Stands, stands)
	}
	target, ok, err := w.tx.RecordOf(store.Everything(), model.TargetRecord, o.Unit.ID, w.q.Year, "")
	if err != nil || !ok || target.InForceID == 0 {
		return err
	}
	o.Whole = new(w.standOf(SheetKey{RecordID: target.ID, Kind: model.WholeSheet}, o.Stages[len(keys)-1], begun))
	return nil
}

// standOf finds where a sheet stands among those that were begun.
func (w *boarding) standOf(key SheetKey, due tracking.Deadline, begun []model.TrackingSheet) SheetStand {
	stand := SheetStand{TrackingSheet: model.TrackingSheet{RecordID: key.RecordID, Kind: key.Kind, WindowKey: key.Window}, Opened: due.Opens <= w.q.On}
	if at := slices.IndexFunc(begun, func(t model.TrackingSheet) bool {
		return t.RecordID == key.RecordID && t.Kind == key.Kind && t.WindowKey == key.Window
	}); at >= 0 {
		stand.TrackingSheet = begun[at]
	}
	if key.Kind.Evaluates() && stand.Version > 0 {
		stand.GradeName = w.rules.Scoring.GradeOf(tracking.Points(stand.Score)).Name
	}
	stand.Late = stand.SubmittedOn == "" && past(due.Due, w.q.On)
	return stand
}

// past tells whether a last day, where there is one, lies before a day.
func past(due, on model.Date) bool { return due != "" && due < on }
