package execution

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/calendar"
)

// DutyKind says what has to be done.
type DutyKind string

// The kinds of duty.
const (
	FillDuty    DutyKind = "fill"    // 填报
	ConfirmDuty DutyKind = "confirm" // 确认
	ReplyDuty   DutyKind = "reply"   // 答复整改
	RecheckDuty DutyKind = "recheck" // 复核整改
)

// DutyKinds lists the kinds of duty.
var DutyKinds = []DutyKind{FillDuty, ConfirmDuty, ReplyDuty, RecheckDuty}

// Duty is something after approval that waits for a person (待办).
type Duty struct {
	Kind     DutyKind
	Key      SheetKey // of a correction its filing alone
	UnitCode string
	UnitName string
	Project  string // code, "" of a whole unit's
	Name     string
	Due      model.Date
	Late     bool
	Returned bool   // it came back
	What     string // of a correction: 整改内容
}

// DutyPage is a part of what waits; Total and Late are of all that waits.
type DutyPage struct {
	Items []Duty
	Total int
	Late  int
}

// Duties gives a page of what waits for a person in a year, the earliest date first:
// sheets of their own unit to hand in or to confirm, orders to reply to, and replies to
// re-check. What a higher seat may do for one below is nobody's duty.
func (s *Service) Duties(ctx context.Context, p Person, year, limit, offset int) (page DutyPage, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		w := duties{Service: s, tx: tx, person: p, year: year}
		for _, find := range []func() error{w.atUnits, w.rechecks} {
			if err := find(); err != nil {
				return err
			}
		}
		slices.SortStableFunc(w.found, func(a, b Duty) int {
			return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.UnitCode, b.UnitCode), cmp.Compare(a.Project, b.Project))
		})
		page.Total = len(w.found)
		for _, d := range w.found {
			if d.Late {
				page.Late++
			}
		}
		page.Items = w.found[min(offset, page.Total):min(offset+limit, page.Total)]
		return nil
	})
	return page, err
}

// duties are those of one person in the making.
type duties struct {
	*Service
	tx     *store.Tx
	person Person
	year   int
	found  []Duty
}

// atUnits goes through the units at which the person prepares or reviews.
func (w *duties) atUnits() error {
	seen := map[string]bool{}
	for _, a := range w.person.Assignments {
		seat := string(a.Role) + " " + a.UnitPath
		own := a.Role == rbac.Preparer || a.Role == rbac.Reviewer && (a.Place == rbac.Unit || a.Place == rbac.Department)
		if !own || seen[seat] {
			continue
		}
		seen[seat] = true
		unit, err := unitAt(w.tx, a.UnitPath)
		if err != nil {
			return err
		}
		if err := w.at(unit, a.Role == rbac.Preparer); err != nil {
			return err
		}
	}
	return nil
}

// unitAt gives the unit at a path, which ends in its code.
func unitAt(tx *store.Tx, path string) (model.BudgetUnit, error) {
	codes := strings.Split(strings.TrimSuffix(path, "/"), "/")
	return tx.UnitByCode(store.Everything(), codes[0], codes[len(codes)-1])
}

func (w *duties) at(unit model.BudgetUnit, prepares bool) error {
	if prepares && w.rights.Check(w.person.Assignments, rbac.MonitoringReply, unit.Path) == nil {
		filter := store.CorrectionFilter{Year: w.year, UnitPath: unit.Path, State: model.CorrectionOrdered}
		if err := w.corrections(store.Everything(), filter, ReplyDuty); err != nil {
			return err
		}
	}
	dates, rules, err := calendar.Of(w.tx, unit.RegionCode, w.year, "")
	if err != nil {
		return err
	}
	sheets, err := OwedSheets(w.tx, store.Branch{Path: unit.Path, Alone: true}, w.year, rules.Monitoring)
	if err != nil {
		return err
	}
	if prepares {
		return w.sheets(unit, openTasks(dates, sheets, w.today()), FillDuty)
	}
	var waiting []SheetTask
	for _, task := range sheets {
		if task.Sheet.State == model.SheetSubmitted && !slices.Contains(task.Sheet.PreparedBy, w.person.Login) {
			d, _ := dates.DeadlineOf(task.Stage, unit.Path)
			task.Due, task.Late, task.Returns = d.Due, past(d.Due, w.today()), 0
			waiting = append(waiting, task)
		}
	}
	return w.sheets(unit, waiting, ConfirmDuty)
}

func (w *duties) sheets(unit model.BudgetUnit, tasks []SheetTask, kind DutyKind) error {
	verb := map[DutyKind]string{FillDuty: "submit", ConfirmDuty: "confirm"}[kind]
	var versions []model.ID
	for _, task := range tasks {
		versions = append(versions, task.VersionID)
	}
	names, err := w.tx.ProjectNames(versions)
	if err != nil {
		return err
	}
	for _, task := range tasks {
		action := (&sheetWork{key: task.Key}).action(verb)
		if w.rights.Check(w.person.Assignments, action, unit.Path) != nil {
			continue
		}
		w.found = append(w.found, Duty{
			Kind: kind, Key: task.Key, UnitCode: unit.Code, UnitName: unit.Name, Project: task.Project, Name: cmp.Or(names[task.VersionID], unit.Name),
			Due: task.Due, Late: task.Late, Returned: task.Returns > 0,
		})
	}
	return nil
}

func (w *duties) corrections(scope store.Scope, filter store.CorrectionFilter, kind DutyKind) error {
	list, _, err := w.tx.CorrectionList(scope, filter)
	for _, c := range list {
		w.found = append(w.found, Duty{
			Kind: kind, Key: SheetKey{RecordID: c.RecordID}, UnitCode: c.UnitCode, UnitName: c.UnitName, Project: c.ProjectCode, Name: c.ProjectName,
			Due: c.Due, Late: past(c.Due, w.today()), Returned: kind == ReplyDuty && c.Returns > 0, What: c.What,
		})
	}
	return err
}

// rechecks are the replies of the departments that the person's office looks after.
func (w *duties) rechecks() error {
	scope := w.scope(w.person, rbac.MonitoringClose)
	return w.corrections(scope, store.CorrectionFilter{Year: w.year, State: model.CorrectionReplied}, RecheckDuty)
}
