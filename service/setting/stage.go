package setting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/calendar"
	"biaochi/service/tracking"
)

// Stages is where a budget year stands on a day: its stages with their dates, and who
// opened it.
type Stages struct {
	Region  string
	Year    int
	Opening *model.YearOpening // nil before it was opened
	Outset  *Outset            // nil once it was opened
	Version int                // of the year's settings
	On      model.Date
	List    []Stage
	History []Change // newest first
}

// Stage is one stage with its dates.
type Stage struct {
	Key    tracking.Stage
	Opens  model.Date // "" from the beginning
	Due    model.Date // "" where none is set for all units
	Origin Origin
	Phase  Phase
	// ClockDays are the days that run from a 批复, where the stage has such a clock.
	ClockDays  int
	Deviations []Deviation
}

// Origin tells where the dates of a stage come from.
type Origin string

// Origins lists the origins of dates.
var Origins = []Origin{OriginSet, OriginRules, OriginClock, OriginNone}

// The origins of dates.
const (
	OriginSet   Origin = "set"   // the bureau set them
	OriginRules Origin = "rules" // the region's rules bring them along
	OriginClock Origin = "clock" // the days run from each unit's 批复
	OriginNone  Origin = "none"
)

// Phase tells where a stage stands on a day.
type Phase string

// Phases lists the phases of a stage.
var Phases = []Phase{PhaseUnset, PhaseComing, PhaseOpen, PhasePast}

// The phases of a stage.
const (
	PhaseUnset  Phase = "unset" // no date holds for all units
	PhaseComing Phase = "coming"
	PhaseOpen   Phase = "open"
	PhasePast   Phase = "past"
)

// Deviation is a unit's own dates of a stage; they hold for the units below as well.
type Deviation struct {
	Unit  model.BudgetUnit
	Opens model.Date
	Due   model.Date
}

// Change is an entry of the history of a year.
type Change struct {
	At     time.Time
	By     string
	Action string // year.open, year.save, year.close
	Reason string
	Detail string // as a sentence
}

// Stages gives where a year stands today.
// Errors: Forbidden "right.missing"; NotFound "region.notFound".
func (s *Service) Stages(ctx context.Context, who account.Identity, region string, year int) (found Stages, err error) {
	if err := s.rights.Check(who.Assignments(), rbac.YearRead, model.RegionPath(region)); err != nil {
		return found, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = s.stages(tx, region, year)
		return err
	})
	return found, err
}

func (s *Service) stages(tx *store.Tx, region string, year int) (found Stages, err error) {
	found = Stages{Region: region, Year: year, On: s.today()}
	opening, opened, err := tx.YearOpening(region, year)
	if err != nil {
		return found, err
	}
	if opened {
		found.Opening = &opening
	} else if found.Outset, err = outset(tx, region, year); err != nil {
		return found, err
	}
	settings, err := tx.YearSettings(region, year)
	if err != nil {
		return found, err
	}
	found.Version = settings.Version
	dates, rules, err := calendar.Of(tx, region, year, "")
	if err != nil {
		return found, err
	}
	set, err := tx.YearDeadlines(region, year)
	if err != nil {
		return found, err
	}
	for _, key := range rules.Monitoring.Stages() {
		found.List = append(found.List, stageOf(key, dates, set, model.RegionPath(region), found.On))
	}
	if err := deviate(tx, region, set, found.List); err != nil {
		return found, err
	}
	found.History, err = history(tx, region, year)
	return found, err
}

// stageOf gives the dates of a stage that hold for all units.
func stageOf(key tracking.Stage, dates tracking.Calendar, set []model.YearDeadline, root string, on model.Date) Stage {
	stage := Stage{Key: key, Origin: OriginNone, Phase: PhaseUnset}
	switch key {
	case tracking.Disclosure:
		stage.ClockDays = dates.Clocks.Disclosure
	case tracking.UnitReply:
		stage.ClockDays = dates.Clocks.UnitApproval
	}
	d, ok := dates.DeadlineOf(key, root)
	if !ok {
		if stage.ClockDays > 0 {
			stage.Origin = OriginClock
		}
		return stage
	}
	stage.Opens, stage.Due, stage.Origin, stage.Phase = d.Opens, d.Due, OriginRules, PhaseOpen
	if slices.ContainsFunc(set, func(d model.YearDeadline) bool {
		return d.Stage == string(key) && d.UnitPath == root && d.Due != ""
	}) {
		stage.Origin = OriginSet
	}
	switch {
	case on < d.Opens:
		stage.Phase = PhaseComing
	case on > d.Due:
		stage.Phase = PhasePast
	}
	return stage
}

// deviate adds the dates of single units to their stages.
func deviate(tx *store.Tx, region string, set []model.YearDeadline, list []Stage) error {
	units := map[string]model.BudgetUnit{}
	if slices.ContainsFunc(set, func(d model.YearDeadline) bool { return d.UnitPath != model.RegionPath(region) }) {
		all, err := tx.Units(store.Everything(), store.UnitFilter{Region: region})
		if err != nil {
			return err
		}
		for _, u := range all {
			units[u.Path] = u
		}
	}
	for i := range list {
		list[i].Deviations = []Deviation{}
		for _, d := range set {
			if unit, ok := units[d.UnitPath]; ok && d.Stage == string(list[i].Key) && d.Due != "" {
				list[i].Deviations = append(list[i].Deviations, Deviation{unit, d.Opens, d.Due})
			}
		}
	}
	return nil
}

// history lists what was done to a year's settings.
func history(tx *store.Tx, region string, year int) ([]Change, error) {
	events, err := tx.Events(store.Everything(), store.EventFilter{UnitIDs: []model.ID{0}, Year: year})
	list := []Change{}
	for _, e := range slices.Backward(events) {
		var detail yearDetail
		if !strings.HasPrefix(e.Action, "year.") || json.Unmarshal([]byte(e.Detail), &detail) != nil {
			continue
		}
		if detail.Region == region && detail.Refused == "" {
			list = append(list, Change{At: e.At, By: e.Actor, Action: e.Action, Reason: e.Reason, Detail: detail.sentence()})
		}
	}
	return list, err
}

// yearDetail is what the log keeps of an act on a year.
type yearDetail struct {
	Region   string         `json:"region"`
	Refused  string         `json:"refused"`
	FromYear int            `json:"fromYear"`
	Stage    tracking.Stage `json:"stage"`
	Unit     string         `json:"unit"` // name, "" for all units
	Dates    *[2]dates      `json:"dates"`
}

// dates are those of a stage before and after a change.
type dates struct {
	Opens model.Date `json:"opens"`
	Due   model.Date `json:"due"`
}

func (d dates) String() string {
	switch {
	case d.Due == "":
		return "无期限"
	case d.Opens == "":
		return "截至 " + string(d.Due)
	}
	return string(d.Opens) + " 至 " + string(d.Due)
}

func (d yearDetail) sentence() string {
	switch {
	case d.FromYear > 0:
		return fmt.Sprintf("沿用 %d 年度的设置", d.FromYear)
	case d.Dates == nil:
		return ""
	}
	whose := "全部单位"
	if d.Unit != "" {
		whose = d.Unit
	}
	return fmt.Sprintf("%s，%s：由 %s 改为 %s", d.Stage.Name(), whose, d.Dates[0], d.Dates[1])
}

// YearActs are the acts on a year that somebody may do now: open, save, close.
func (s *Service) YearActs(who account.Identity, y Stages) []string {
	acts := []string{}
	open := y.Opening != nil && y.Opening.ClosedOn == ""
	for _, act := range []struct {
		name   string
		action rbac.Action
		can    bool
	}{{"open", rbac.YearOpen, y.Opening == nil}, {"save", rbac.YearSave, open}, {"close", rbac.YearClose, open}} {
		if act.can && s.rights.Check(who.Assignments(), act.action, model.RegionPath(y.Region)) == nil {
			acts = append(acts, act.name)
		}
	}
	return acts
}
