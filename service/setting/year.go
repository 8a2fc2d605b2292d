package setting

import (
	"context"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/calendar"
	"biaochi/service/indicator"
	"biaochi/service/journal"
	"biaochi/service/tracking"
	"biaochi/service/workflow"
)

// Year is a budget year with its settings, and the steps that can have deadlines.
type Year struct {
	model.YearSettings
	TreeKey string
	Steps   []workflow.Step // drafts come before the first
	Opened  bool            // drafts then have the dates of 一上 and 二上
	bound   bool            // the rules say which tree, or records stand under it
}

// Year gives the settings of a region's year.
// Errors: NotFound "region.notFound"; Forbidden "right.missing"; NotFound
// "chain.unknown".
func (s *Service) Year(ctx context.Context, who account.Identity, region string, year int) (found Year, err error) {
	if err := s.rights.Check(who.Assignments(), rbac.YearRead, model.RegionPath(region)); err != nil {
		return found, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = loadYear(tx, region, year)
		return err
	})
	return found, err
}

func loadYear(tx *store.Tx, code string, year int) (found Year, err error) {
	region, err := tx.Region(code)
	if err != nil {
		return found, err
	}
	chain, err := workflow.ChainFor(region.SetKey, year, workflow.FirstRound)
	if err != nil {
		return found, err
	}
	found.Steps = chain.Steps
	if found.YearSettings, err = tx.YearSettings(code, year); err != nil {
		return found, err
	}
	if _, found.Opened, err = tx.YearOpening(code, year); err != nil {
		return found, err
	}
	kept, err := tx.Year(code, year)
	found.TreeKey, found.bound = kept.TreeKey, err == nil
	if err != nil && model.CodeOf(err) == model.NotFound { // nobody filed for it yet
		found.TreeKey, err = model.DefaultTreeKey, nil
		if tree, ok := indicator.BoundTree(region.SetKey, year); ok {
			found.TreeKey, found.bound = tree.Key, true
		}
	}
	return found, err
}

// YearChange is what the leading office sets for a year.
type YearChange struct {
	TreeKey   string
	Deadlines []model.StepDeadline
}

// SaveYear sets the tree and the deadlines of a year; version is the one that the
// actor saw. A tree under which somebody files already stays. What was set before
// stands in the log. The leader's act.
// Errors: Forbidden "right.missing"; NotFound "region.notFound", "chain.unknown"; Invalid
// "reason.missing", "year.tree", "year.deadline"; Conflict "year.changed",
// "year.hasRecords".
func (s *Service) SaveYear(ctx context.Context, who account.Identity, region string, year, version int, c YearChange, reason string) (saved Year, err error) {
	event := model.Event{Actor: who.Actor(), Action: rbac.YearSave.Name, Year: year, Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if err := s.rights.Check(who.Assignments(), rbac.YearSave, model.RegionPath(region)); err != nil {
			return err
		}
		if saved, err = loadYear(tx, region, year); err != nil {
			return err
		}
		if err := journal.NeedReason(reason); err != nil {
			return err
		}
		if err := saved.accepts(tx, c); err != nil {
			return err
		}
		if err := saved.leavesDrafts(c); err != nil {
			return err
		}
		for i := range c.Deadlines {
			c.Deadlines[i].At = c.Deadlines[i].At.UTC().Truncate(time.Millisecond)
		}
		e.Note("region", region)
		e.Note("before", YearChange{saved.TreeKey, saved.Deadlines})
		e.Note("after", c)
		saved.TreeKey, saved.Deadlines, saved.Version = c.TreeKey, c.Deadlines, version
		return tx.SaveYearSettings(&saved.YearSettings, c.TreeKey)
	})
	return saved, err
}

// accepts refuses what can't be set.
func (y Year) accepts(tx *store.Tx, c YearChange) error {
	if _, ok := indicator.FindTree(c.TreeKey); !ok {
		return model.Fail(model.Invalid, "year.tree", "没有“%s”这套指标体系，请重新选择", c.TreeKey)
	}
	met := map[string]bool{}
	for _, d := range c.Deadlines {
		known := d.Step == "" || slices.ContainsFunc(y.Steps, func(s workflow.Step) bool { return s.Key == d.Step })
		if !known || met[d.Step] {
			return model.Fail(model.Invalid, "year.deadline", "环节“%s”不在审核流程中，或写了两个期限", d.Step)
		}
		if civil := d.At.In(model.Beijing).Year(); civil < y.Year-1 || civil > y.Year {
			return model.Fail(model.Invalid, "year.deadline", "环节“%s”的期限应在 %d 或 %d 年内", d.Step, y.Year-1, y.Year)
		}
		met[d.Step] = true
	}
	if c.TreeKey == y.TreeKey {
		return nil
	}
	records, err := tx.Records(store.Subtrees(model.RegionPath(y.RegionCode)), store.RecordFilter{Year: y.Year})
	if err == nil && len(records) > 0 {
		return model.Fail(model.Conflict, "year.hasRecords", "%d 年度已有 %d 份申报，不能再换指标体系", y.Year, len(records))
	}
	return err
}

// leavesDrafts refuses a date for drafts in a year that was opened: there it is that
// of 一上 or 二上.
func (y Year) leavesDrafts(c YearChange) error {
	if y.Opened && slices.ContainsFunc(c.Deadlines, func(d model.StepDeadline) bool { return d.Step == "" }) {
		return model.Fail(model.Invalid, "year.deadline", "%d 年度已开启，草稿的期限就是“一上”“二上”的截止日期，请在年度阶段中设置", y.Year)
	}
	return nil
}

// Deadlines tells until when records should leave where they are.
type Deadlines struct {
	// SecondRound tells whether a region's year is in 二上.
	SecondRound func(tx *store.Tx, region string, year int) (bool, error)
}

// Of tells until when records of a unit's year should leave a step, "" for a draft; ok
// is false where nothing is set. A draft's day is that of 一上 or 二上, to its end.
func (d Deadlines) Of(tx *store.Tx, unit model.BudgetUnit, year int, step string) (at time.Time, ok bool, err error) {
	settings, err := tx.YearSettings(unit.RegionCode, year)
	if err != nil {
		return at, false, err
	}
	for _, set := range settings.Deadlines {
		if set.Step == step {
			return set.At, true, nil
		}
	}
	if step != "" {
		return at, false, nil
	}
	stage := tracking.FirstRequest
	if second, err := d.SecondRound(tx, unit.RegionCode, year); err != nil {
		return at, false, err
	} else if second {
		stage = tracking.SecondRequest
	}
	dates, _, err := calendar.Of(tx, unit.RegionCode, year, "")
	if err != nil {
		return at, false, err
	}
	found, ok := dates.DeadlineOf(stage, unit.Path)
	day, failed := time.ParseInLocation(time.DateOnly, string(found.Due), model.Beijing)
	return day.AddDate(0, 0, 1).Add(-time.Second), ok && failed == nil, nil
}
