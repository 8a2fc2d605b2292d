package execution

import (
	"context"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/calendar"
	"biaochi/service/tracking"
)

// SheetTask is a sheet that a unit owes, with its deadline (待办).
type SheetTask struct {
	Key     SheetKey
	Project string // code, "" of a whole unit's
	// VersionID is the approved version in force.
	VersionID model.ID
	Sheet     model.TrackingSheet // without content; the zero one before it was begun
	tracking.Task
}

// SheetTasks lists the sheets that a unit still has to hand in today, the most urgent
// first: computed from dates and states, so that a return or a moved date shows at
// once.
// Errors: NotFound "unit.notFound".
func (s *Service) SheetTasks(ctx context.Context, p Person, unitID model.ID, year int) (tasks []SheetTask, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, err := s.unitFor(tx, p, unitID, rbac.MonitoringRead)
		if err != nil {
			return err
		}
		dates, rules, err := calendar.Of(tx, unit.RegionCode, year, "")
		if err != nil {
			return err
		}
		owed, err := OwedSheets(tx, store.Branch{Path: unit.Path, Alone: true}, year, rules.Monitoring)
		if err != nil {
			return err
		}
		tasks = openTasks(dates, owed, s.today())
		return nil
	})
	return tasks, err
}

// OwedSheets are the sheets of the units of a branch in a year, done or not: of every
// project's approved target one for each window and one evaluation, of every whole-unit
// target one evaluation. The caller has asked for the right to see the units.
func OwedSheets(tx *store.Tx, branch store.Branch, year int, rules tracking.MonitorRules) ([]SheetTask, error) {
	begun, err := tx.TrackingSheets(branch, year)
	if err != nil {
		return nil, err
	}
	sheets := map[SheetKey]model.TrackingSheet{}
	for _, sheet := range begun {
		sheets[SheetKey{sheet.RecordID, sheet.Kind, sheet.WindowKey}] = sheet
	}
	var owed []SheetTask
	for _, kind := range []model.RecordKind{model.FilingRecord, model.TargetRecord} {
		for target, err := range tx.ApprovedTargets(branch, year, kind) {
			if err != nil {
				return nil, err
			}
			for _, key := range sheetsOf(kind, target.RecordID, rules) {
				owed = append(owed, owedSheet(kind, target, key, sheets[key]))
			}
		}
	}
	return owed, nil
}

// sheetsOf are the sheets that follow an approved target.
func sheetsOf(kind model.RecordKind, id model.ID, rules tracking.MonitorRules) []SheetKey {
	if kind == model.TargetRecord {
		return []SheetKey{{id, model.WholeSheet, ""}}
	}
	keys := []SheetKey{{id, model.EvaluationSheet, ""}}
	for _, w := range rules.Windows {
		keys = append(keys, SheetKey{id, model.MonitoringSheet, w.Key})
	}
	return keys
}

func owedSheet(kind model.RecordKind, of store.ApprovedTarget, key SheetKey, sheet model.TrackingSheet) SheetTask {
	return SheetTask{Key: key, Project: of.ProjectCode, VersionID: of.VersionID, Sheet: sheet, Task: tracking.Task{Item: tracking.Item{
		Key: string(kind) + ":" + key.RecordID.String(), UnitPath: of.UnitPath, Stage: stageOf(key.Kind, key.Window),
		Returns: sheet.Returns, Episode: int64(sheet.Returns), Done: sheet.SubmittedOn != "",
	}}}
}

// openTasks gives the tasks that are open on a day, with their deadlines.
func openTasks(dates tracking.Calendar, owed []SheetTask, on model.Date) []SheetTask {
	type identity struct {
		key   string
		stage tracking.Stage
	}
	var items []tracking.Item
	of := map[identity]SheetTask{}
	for _, task := range owed {
		items = append(items, task.Item)
		of[identity{task.Item.Key, task.Stage}] = task
	}
	tasks := []SheetTask{}
	for _, t := range dates.Tasks(items, on) {
		task := of[identity{t.Item.Key, t.Stage}]
		task.Task = t
		tasks = append(tasks, task)
	}
	return tasks
}
