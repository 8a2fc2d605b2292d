package setting

import (
	"cmp"
	"context"
	"slices"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/calendar"
	"biaochi/service/directory"
	"biaochi/service/tracking"
)

// Clock is a stage that runs for one unit, from a 批复 or by a date that was set.
type Clock struct {
	Unit  model.BudgetUnit
	Stage tracking.Stage // Disclosure or UnitReply
	// Approval is the 批复 from which the days run, nil where the bureau set the date.
	Approval *store.GivenApproval
	Opens    model.Date
	Due      model.Date
	Days     int // left to the last day, negative when it is past
	// DoneOn is when the unit's first document came out, or when it got its 批复; ""
	// before.
	DoneOn model.Date
	State  ClockState
}

// ClockState tells how a clock stands.
type ClockState string

// The states of a clock.
const (
	ClockLate     ClockState = "late"     // the last day is past
	ClockRunning  ClockState = "running"  // it is still to come
	ClockDoneLate ClockState = "doneLate" // done after the last day
	ClockDone     ClockState = "done"
)

// ClockStates lists the states, the most pressing first.
var ClockStates = []ClockState{ClockLate, ClockRunning, ClockDoneLate, ClockDone}

// ClockPage is a page of clocks; Counts are of all that the reader may see.
type ClockPage struct {
	Items  []Clock
	Total  int
	Counts map[ClockState]int
}

// Clocks lists which 批复 started which clock for which unit of a region's year, among
// the units whose 批复 the reader may see: the most pressing first. state "" asks for
// all.
// Errors: Forbidden "right.missing"; NotFound "region.notFound".
func (s *Service) Clocks(ctx context.Context, who account.Identity, region string, year int, state ClockState, limit, offset int) (page ClockPage, err error) {
	root := model.RegionPath(region)
	if err := s.rights.Check(who.Assignments(), rbac.YearRead, root); err != nil {
		return page, err
	}
	scope := directory.ScopeOf(s.rights.Reach(who.Assignments(), rbac.ApprovalRead))
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		all, err := UnitClocks(tx, scope, region, year, s.today())
		page = ClockPage{Counts: map[ClockState]int{}}
		var wanted []Clock
		for _, c := range all {
			page.Counts[c.State]++
			if state == "" || c.State == state {
				wanted = append(wanted, c)
			}
		}
		page.Total = len(wanted)
		page.Items = wanted[min(offset, len(wanted)):min(offset+limit, len(wanted))]
		return err
	})
	return page, err
}

// UnitClocks lists the clocks of a region's year on a day for the units in a scope, the
// most pressing first.
func UnitClocks(tx *store.Tx, scope store.Scope, region string, year int, on model.Date) ([]Clock, error) {
	root := model.RegionPath(region)
	dates, _, err := calendar.Of(tx, region, year, root)
	if err != nil {
		return nil, err
	}
	units, err := tx.UnitsWithRecords(scope, root, year)
	if err != nil {
		return nil, err
	}
	given, err := tx.ApprovalsGiven(year, root)
	if err != nil {
		return nil, err
	}
	published, err := publishedOn(tx, scope, year)
	if err != nil {
		return nil, err
	}
	first := map[string]*store.GivenApproval{}
	for i, a := range slices.Backward(given) {
		if a.Date != "" {
			first[a.UnitPath] = &given[i]
		}
	}
	var all []Clock
	for _, unit := range units {
		c := Clock{Unit: unit, Stage: tracking.Disclosure, Approval: first[unit.Path], DoneOn: published[unit.ID]}
		all = c.run(all, dates, on)
		c = Clock{Unit: unit, Stage: tracking.UnitReply, Approval: first[tracking.DepartmentOf(unit.Path)]}
		if own := first[unit.Path]; own != nil {
			c.DoneOn = own.Date
		}
		if !unit.IsDepartment() {
			all = c.run(all, dates, on)
		}
	}
	slices.SortStableFunc(all, func(a, b Clock) int {
		return cmp.Or(cmp.Compare(slices.Index(ClockStates, a.State), slices.Index(ClockStates, b.State)), cmp.Compare(a.Due, b.Due), cmp.Compare(a.Unit.Path, b.Unit.Path))
	})
	return all, nil
}

// run adds the clock where there is a date by which it runs.
func (c Clock) run(to []Clock, dates tracking.Calendar, on model.Date) []Clock {
	d, ok := dates.DeadlineOf(c.Stage, c.Unit.Path)
	if !ok {
		return to
	}
	if !dates.FromClock(c.Stage, c.Unit.Path) {
		c.Approval = nil
	}
	c.Opens, c.Due, c.Days = d.Opens, d.Due, tracking.DaysBetween(on, d.Due)
	switch {
	case c.DoneOn == "" && c.Days < 0:
		c.State = ClockLate
	case c.DoneOn == "":
		c.State = ClockRunning
	case c.DoneOn > c.Due:
		c.State = ClockDoneLate
	default:
		c.State = ClockDone
	}
	return append(to, c)
}

// publishedOn gives the day in Beijing on which each unit's first document of a year
// came out: its own, or that of the department over all its units.
func publishedOn(tx *store.Tx, scope store.Scope, year int) (map[model.ID]model.Date, error) {
	list, err := tx.Publications(scope, store.PublicationFilter{Year: year, Published: true})
	first := map[model.ID]model.Date{}
	for _, p := range list {
		day := model.Date(p.PublishedAt.In(model.Beijing).Format(time.DateOnly))
		if known, ok := first[p.UnitID]; !ok || day < known {
			first[p.UnitID] = day
		}
	}
	return first, err
}
