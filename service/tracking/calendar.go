package tracking

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"biaochi/model"
)

// Stage is a part of the budget year that has deadlines.
type Stage string

// The stages, in the order of the year (两上两下 and what follows). A monitoring
// window's stage is Monitoring with its key: monitoring:1-7.
const (
	FirstRequest   Stage = "firstRequest"  // 一上
	FirstReply     Stage = "firstReply"    // 一下
	SecondRequest  Stage = "secondRequest" // 二上
	SecondReply    Stage = "secondReply"   // 二下
	UnitReply      Stage = "unitReply"     // 部门批复所属单位
	Disclosure     Stage = "disclosure"    // 预算公开
	Monitoring     Stage = "monitoring"    // 绩效运行监控
	SelfEvaluation Stage = "evaluation"    // 绩效自评
)

// MonitoringStage is the stage of a window.
func MonitoringStage(window string) Stage { return Monitoring + Stage(":"+window) }

// Window is the key of the window that a monitoring stage is about, "" for others.
func (s Stage) Window() string {
	_, window, _ := strings.Cut(string(s), ":")
	return window
}

// ReviewStage is the stage of a step of the chain of review (审核环节).
func ReviewStage(step string) Stage { return Stage("review:" + step) }

// Deadline is the date of a stage for the units at and below a path.
type Deadline struct {
	Stage    Stage
	UnitPath string     // the region's for everybody; the longest path that fits holds
	Opens    model.Date // tasks aren't shown before; "" from the beginning
	Due      model.Date // the last day; "" none yet
	Moves    int        // grows whenever the date is moved
}

// Calendar is a region's year: the deadlines that were set, and the 批复 given.
type Calendar struct {
	Clocks    Clocks
	Deadlines []Deadline
	Given     []Given
}

// Given is a 批复 that addresses a unit.
type Given struct {
	UnitPath string
	Date     model.Date // "" for one taken over without a date: it starts no clock
}

// DeadlineOf gives the deadline of a stage for a unit: the one set for it or nearest
// above it, else the one that a 批复 started. One that was taken back counts as a move
// of the one that holds in its place. ok is false where there is none yet.
func (c Calendar) DeadlineOf(stage Stage, unitPath string) (d Deadline, ok bool) {
	if from, days := c.clock(stage, unitPath); from != "" && days > 0 {
		d, ok = Deadline{Stage: stage, UnitPath: unitPath, Opens: from, Due: plusDays(from, days)}, true
	}
	length := 0
	for _, set := range c.Deadlines {
		if set.holds(stage, unitPath) && set.Due != "" && len(set.UnitPath) > length {
			d, ok, length = set, true, len(set.UnitPath)
		}
	}
	for _, back := range c.Deadlines {
		if back.Due == "" && len(back.UnitPath) >= length && back.holds(stage, unitPath) {
			d.Moves = max(d.Moves, back.Moves)
		}
	}
	return d, ok
}

// holds tells whether a deadline is of the stage and for the unit among others.
func (d Deadline) holds(stage Stage, unitPath string) bool {
	return d.Stage == stage && model.Within(unitPath, d.UnitPath)
}

// FromClock tells whether a stage's deadline for a unit is that of a 批复.
func (c Calendar) FromClock(stage Stage, unitPath string) bool {
	return !slices.ContainsFunc(c.Deadlines, func(d Deadline) bool { return d.Due != "" && d.holds(stage, unitPath) })
}

// clock gives the day a stage's days run from, and how many they are. For the
// disclosure it is the 批复 that addresses the unit: the bureau's for a department,
// the department's for a unit below. A department's own duty to give 批复 to a unit
// below runs from the bureau's to the department.
func (c Calendar) clock(stage Stage, unitPath string) (from model.Date, days int) {
	switch {
	case stage == Disclosure:
		return c.firstGiven(unitPath), c.Clocks.Disclosure
	case stage == UnitReply && depth(unitPath) > 1:
		return c.firstGiven(DepartmentOf(unitPath)), c.Clocks.UnitApproval
	}
	return "", 0
}

// firstGiven is the date of the first 批复 of the year to a unit: later ones adjust
// and start no clock again.
func (c Calendar) firstGiven(unitPath string) (first model.Date) {
	for _, g := range c.Given {
		if g.UnitPath == unitPath && g.Date != "" && (first == "" || g.Date < first) {
			first = g.Date
		}
	}
	return first
}

// depth counts the codes below the region: 1 for a department.
func depth(unitPath string) int { return strings.Count(unitPath, "/") - 1 }

// DepartmentOf is the path of the department that a unit is or belongs to.
func DepartmentOf(unitPath string) string {
	parts := strings.SplitAfterN(unitPath, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "")
}

func plusDays(date model.Date, days int) model.Date {
	day, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		return ""
	}
	return model.Date(day.AddDate(0, 0, days).Format(time.DateOnly))
}

// DaysBetween counts the days from one date to another, negative backwards.
func DaysBetween(from, to model.Date) int {
	a, err1 := time.Parse(time.DateOnly, string(from))
	b, err2 := time.Parse(time.DateOnly, string(to))
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(b.Sub(a) / (24 * time.Hour))
}

// WindowDeadlines gives the deadlines that the monitoring windows and the
// self-evaluation bring along for a region's year where its settings have none.
func (r MonitorRules) WindowDeadlines(regionPath string, year int) []Deadline {
	all := []Deadline{r.Evaluation.deadline(SelfEvaluation, regionPath, year+1)}
	for _, w := range r.Windows {
		all = append(all, w.deadline(MonitoringStage(w.Key), regionPath, year))
	}
	return all
}

func (w Window) deadline(stage Stage, regionPath string, year int) Deadline {
	date := func(monthDay string) model.Date { return model.Date(fmt.Sprintf("%04d-%s", year, monthDay)) }
	return Deadline{Stage: stage, UnitPath: regionPath, Opens: date(w.Opens), Due: date(w.Due)}
}

// LastDay is the day up to which a window of a budget year looks.
func (w Window) LastDay(year int) model.Date {
	return model.Date(time.Date(year, time.Month(w.Through)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}
