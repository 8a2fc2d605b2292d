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
	"biaochi/service/journal"
	"biaochi/service/tracking"
	"biaochi/service/workflow"
)

// OpenYear opens a budget year from the settings of the year before: its dates a year
// later, its steps' deadlines, which projects owe a pre-evaluation, and its tree where
// the rules bind none. What was set
// for the new year already stays. Dates of single units were granted for their year
// and stay behind. From now on people are reminded. The leader's act.
// Errors: Forbidden "right.missing"; NotFound "region.notFound"; Invalid
// "reason.missing"; Conflict "year.opened", "year.changed".
func (s *Service) OpenYear(ctx context.Context, who account.Identity, region string, year int, reason string) (found Stages, err error) {
	return s.onYear(ctx, who, rbac.YearOpen, region, year, reason, func(tx *store.Tx, e *journal.Entry) error {
		o := opening{tx: tx, region: region, year: year}
		if err := o.load(); err != nil {
			return err
		}
		kept := model.YearOpening{RegionCode: region, Year: year, FromYear: o.fromYear(), OpenedOn: s.today(), OpenedBy: who.Actor()}
		if err := tx.AddYearOpening(&kept); err != nil {
			return err
		}
		e.Note("fromYear", kept.FromYear)
		if err := carryPreEvaluation(tx, region, year); err != nil {
			return err
		}
		return o.save()
	})
}

// CloseYear ends a year: nobody is reminded of anything in it any more. version is
// the one that the actor saw. The leader's act.
// Errors: as OpenYear's; Conflict "year.notOpen".
func (s *Service) CloseYear(ctx context.Context, who account.Identity, region string, year, version int, reason string) (found Stages, err error) {
	return s.onYear(ctx, who, rbac.YearClose, region, year, reason, func(tx *store.Tx, _ *journal.Entry) error {
		settings, err := loadYear(tx, region, year)
		if err != nil {
			return err
		}
		closing := model.YearOpening{RegionCode: region, Year: year, ClosedOn: s.today(), ClosedBy: who.Actor()}
		if err := tx.CloseYear(closing); err != nil {
			return err
		}
		settings.Version = version
		return tx.SaveYearSettings(&settings.YearSettings, settings.TreeKey)
	})
}

// onYear does an act on a year and gives where the year stands after it.
func (s *Service) onYear(ctx context.Context, who account.Identity, action rbac.Action, region string, year int, reason string, do func(tx *store.Tx, e *journal.Entry) error) (found Stages, err error) {
	event := model.Event{Actor: who.Actor(), Action: action.Name, Year: year, Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if err := s.rights.Check(who.Assignments(), action, model.RegionPath(region)); err != nil {
			return err
		}
		e.Note("region", region)
		if err := journal.NeedReason(reason); err != nil {
			return err
		}
		return do(tx, e)
	})
	if err != nil {
		return found, err
	}
	return s.Stages(ctx, who, region, year)
}

// opening is a year that is being opened.
type opening struct {
	tx        *store.Tx
	region    string
	year      int
	now, last Year
	own, old  []model.YearDeadline
}

func (o *opening) load() (err error) {
	if o.now, err = loadYear(o.tx, o.region, o.year); err != nil {
		return err
	}
	if o.last, err = loadYear(o.tx, o.region, o.year-1); err != nil {
		return err
	}
	if o.own, err = o.tx.YearDeadlines(o.region, o.year); err != nil {
		return err
	}
	o.old, err = o.tx.YearDeadlines(o.region, o.year-1)
	return err
}

func (o *opening) fromYear() int {
	if o.last.Version == 0 && len(o.old) == 0 {
		return 0
	}
	return o.year - 1
}

// save keeps the settings that the year begins with.
func (o *opening) save() error {
	settings, tree, list := o.begins()
	if err := o.tx.SaveYearSettings(&settings, tree); err != nil {
		return err
	}
	return o.tx.SetYearDeadlines(list)
}

// begins gives what the year begins with: settings, tree, and the dates of its stages
// that are to be added.
func (o *opening) begins() (settings model.YearSettings, tree string, list []model.YearDeadline) {
	settings, tree = o.now.YearSettings, o.now.TreeKey
	if settings.Version == 0 {
		settings.Deadlines = o.shifted()
		if !o.now.bound && o.last.Version > 0 {
			tree = o.last.TreeKey
		}
	}
	list = o.dates(&settings, o.now.Version+1)
	return settings, tree, list
}

// Outset is what a year would begin with if it was opened now.
type Outset struct {
	FromYear int    // whose settings it takes over, 0 for none
	TreeKey  string // 指标体系
	Dates    []model.YearDeadline
	Steps    []StepDate
}

// StepDate is until when records should leave a step of the chain.
type StepDate struct {
	Step workflow.Step
	At   time.Time
}

// outset tells what opening a year would do, without doing it.
func outset(tx *store.Tx, region string, year int) (*Outset, error) {
	o := opening{tx: tx, region: region, year: year}
	if err := o.load(); err != nil {
		return nil, err
	}
	settings, tree, dates := o.begins()
	found := &Outset{FromYear: o.fromYear(), TreeKey: tree, Dates: dates}
	for _, d := range o.own { // they stay
		if d.UnitPath == model.RegionPath(region) && d.Due != "" {
			found.Dates = append(found.Dates, d)
		}
	}
	for _, step := range o.now.Steps {
		for _, d := range settings.Deadlines {
			if d.Step == step.Key {
				found.Steps = append(found.Steps, StepDate{step, d.At})
			}
		}
	}
	return found, nil
}

// shifted are last year's deadlines of the steps, a year later.
func (o *opening) shifted() []model.StepDeadline {
	var list []model.StepDeadline
	for _, d := range o.last.Deadlines {
		list = append(list, model.StepDeadline{Step: d.Step, At: laterTime(d.At)})
	}
	return list
}

// dates are the stages' for the whole region. That of a draft becomes the one of 一上,
// so that there is one.
func (o *opening) dates(settings *model.YearSettings, moves int) (list []model.YearDeadline) {
	root := model.RegionPath(o.region)
	set := func(stage string) bool {
		same := func(d model.YearDeadline) bool { return d.Stage == stage && d.UnitPath == root }
		return slices.ContainsFunc(o.own, same) || slices.ContainsFunc(list, same)
	}
	add := func(stage string, opens, due model.Date) {
		if due != "" && !set(stage) {
			list = append(list, model.YearDeadline{RegionCode: o.region, Year: o.year, Stage: stage, UnitPath: root, Opens: opens, Due: due, Moves: moves})
		}
	}
	for _, d := range o.old {
		if d.UnitPath == root {
			add(d.Stage, laterDate(d.Opens), laterDate(d.Due))
		}
	}
	settings.Deadlines = slices.DeleteFunc(slices.Clone(settings.Deadlines), func(d model.StepDeadline) bool {
		if d.Step != "" {
			return false
		}
		add(string(tracking.FirstRequest), "", model.Date(d.At.In(model.Beijing).Format(time.DateOnly)))
		return true
	})
	return list
}

// laterDate is the same day a year later; 29 February becomes the 28th.
func laterDate(date model.Date) model.Date {
	day, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		return ""
	}
	return model.Date(laterTime(day).Format(time.DateOnly))
}

func laterTime(at time.Time) time.Time {
	if later := at.AddDate(1, 0, 0); later.Day() == at.Day() {
		return later
	}
	return at.AddDate(1, 0, -1)
}

// StageChange sets the dates of a stage, for all units or for one with those below it.
type StageChange struct {
	Stage  tracking.Stage
	UnitID model.ID // 0 for all units
	Opens  model.Date
	Due    model.Date // "" takes the dates back; the rules' or those from above hold again
}

// SetStage sets the dates of a stage of a year that is open. version is the one that
// the actor saw. The leader's act.
// Errors: Forbidden "right.missing"; NotFound "region.notFound", "unit.notFound"; Invalid
// "reason.missing", "year.stage", "year.stageDate", "year.stageOrder"; Conflict
// "year.notOpen", "year.changed".
func (s *Service) SetStage(ctx context.Context, who account.Identity, region string, year, version int, c StageChange, reason string) (found Stages, err error) {
	return s.onYear(ctx, who, rbac.YearSave, region, year, reason, func(tx *store.Tx, e *journal.Entry) error {
		opened, ok, err := tx.YearOpening(region, year)
		if err != nil {
			return err
		}
		if !ok || opened.ClosedOn != "" {
			return model.Fail(model.Conflict, "year.notOpen", "%d 年度没有开启或已经关闭，不能设置期限", year)
		}
		settings, err := loadYear(tx, region, year)
		if err != nil {
			return err
		}
		row := model.YearDeadline{RegionCode: region, Year: year, Stage: string(c.Stage), UnitPath: model.RegionPath(region), Opens: c.Opens, Due: c.Due, Moves: version + 1}
		if c.UnitID != 0 {
			unit, err := tx.UnitByID(store.Subtrees(row.UnitPath), c.UnitID)
			if err != nil {
				return err
			}
			row.UnitPath = unit.Path
			e.Note("unit", unit.Name)
		}
		if err := setStage(tx, e, row); err != nil {
			return err
		}
		settings.Version = version
		return tx.SaveYearSettings(&settings.YearSettings, settings.TreeKey)
	})
}

// setStage keeps the dates of a stage, if they can be.
func setStage(tx *store.Tx, e *journal.Entry, row model.YearDeadline) error {
	before, rules, err := calendar.Of(tx, row.RegionCode, row.Year, "")
	if err != nil {
		return err
	}
	if !slices.Contains(rules.Monitoring.Stages(), tracking.Stage(row.Stage)) {
		return model.Fail(model.Invalid, "year.stage", "%d 年度没有“%s”这个阶段，请重新选择", row.Year, row.Stage)
	}
	if row.Due == "" {
		row.Opens = ""
	}
	low, high := model.Date(time.Date(row.Year-1, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)), model.Date(time.Date(row.Year+1, 12, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	if row.Due != "" && (row.Due < low || row.Due > high || row.Opens > row.Due || row.Opens != "" && row.Opens < low) {
		return model.Fail(model.Invalid, "year.stageDate", "期限应在 %s 至 %s 之间，开始日期不能晚于截止日期", low, high)
	}
	if err := tx.SetYearDeadlines([]model.YearDeadline{row}); err != nil {
		return err
	}
	after, _, err := calendar.Of(tx, row.RegionCode, row.Year, "")
	if err != nil {
		return err
	}
	if earlier, later, ok := after.OutOfOrder(row.UnitPath); !ok {
		return model.Fail(model.Invalid, "year.stageOrder", "“%s”的截止日期不能早于“%s”的", later.Name(), earlier.Name())
	}
	was, _ := before.DeadlineOf(tracking.Stage(row.Stage), row.UnitPath)
	is, _ := after.DeadlineOf(tracking.Stage(row.Stage), row.UnitPath)
	e.Note("stage", row.Stage)
	e.Note("dates", [2]dates{{was.Opens, was.Due}, {is.Opens, is.Due}})
	if was.Opens == is.Opens && was.Due == is.Due { // nothing moved, and nobody is told anew
		row.Moves = was.Moves
		return tx.SetYearDeadlines([]model.YearDeadline{row})
	}
	return nil
}
