// Package calendar owns how the deadlines of a region's budget year are read from
// the store: those that were set for its stages, those that the monitoring windows
// bring along, and the 批复 that start clocks. Whoever asks for a deadline asks here,
// so that there is one. It must not know what is due, nor who is told.
package calendar

import (
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/tracking"
	"biaochi/service/workflow"
)

// Of reads the calendar of a region's year with the 批复 of the units at and below a
// path; "" reads none of them, and starts no clock.
// Errors: NotFound "region.notFound"; Internal "rules.missing".
func Of(tx *store.Tx, region string, year int, given string) (c tracking.Calendar, rules tracking.Rules, err error) {
	found, err := tx.Region(region)
	if err != nil {
		return c, rules, err
	}
	if rules, err = tracking.RulesFor(found.SetKey, year); err != nil {
		return c, rules, err
	}
	if c.Clocks, err = clocks(rules, found.SetKey, year); err != nil {
		return c, rules, err
	}
	if c.Deadlines, err = deadlines(tx, rules, region, year); err != nil || given == "" {
		return c, rules, err
	}
	approvals, err := tx.ApprovalsGiven(year, given)
	for _, a := range approvals {
		c.Given = append(c.Given, tracking.Given{UnitPath: a.UnitPath, Date: a.Date})
	}
	return c, rules, err
}

// clocks takes the days of the disclosure from the region's chain; a region without
// one has no such clock.
func clocks(rules tracking.Rules, set string, year int) (tracking.Clocks, error) {
	clocks := rules.Clocks
	chain, err := workflow.ChainFor(set, year, workflow.FirstRound)
	if model.CodeOf(err) == model.NotFound && err != nil {
		return clocks, nil
	}
	clocks.Disclosure = chain.DisclosureDays
	return clocks, err
}

// deadlines are those that were set; of a stage that has none for the whole region
// that of the windows, or of the steps of the chain.
func deadlines(tx *store.Tx, rules tracking.Rules, region string, year int) (list []tracking.Deadline, err error) {
	set, err := tx.YearDeadlines(region, year)
	if err != nil {
		return nil, err
	}
	root, met := model.RegionPath(region), map[tracking.Stage]bool{}
	for _, d := range set {
		list = append(list, tracking.Deadline{Stage: tracking.Stage(d.Stage), UnitPath: d.UnitPath, Opens: d.Opens, Due: d.Due, Moves: d.Moves})
		met[tracking.Stage(d.Stage)] = met[tracking.Stage(d.Stage)] || d.UnitPath == root
	}
	settings, err := tx.YearSettings(region, year)
	for _, d := range append(steps(settings, root), rules.Monitoring.WindowDeadlines(root, year)...) {
		if !met[d.Stage] {
			list = append(list, d)
		}
	}
	return list, err
}

// steps are the deadlines of the chain's steps. A draft leaves its unit by 一上.
func steps(settings model.YearSettings, root string) (list []tracking.Deadline) {
	for _, d := range settings.Deadlines {
		stage := tracking.FirstRequest
		if d.Step != "" {
			stage = tracking.ReviewStage(d.Step)
		}
		list = append(list, tracking.Deadline{Stage: stage, UnitPath: root, Due: model.Date(d.At.In(model.Beijing).Format(time.DateOnly))})
	}
	return list
}
