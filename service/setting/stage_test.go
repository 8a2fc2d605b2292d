package setting_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/setting"
	"biaochi/service/tracking"
)

const root = model.DefaultRegionCode + "/"

// bureau is a store with departments 701 (with units 701001 and 701002) and 702.
type bureau struct {
	*setting.Service
	*testing.T
	store *store.Store
	at    time.Time
	units map[string]model.BudgetUnit
}

func (b *bureau) now() time.Time { return b.at }

func eachBureau(t *testing.T, test func(b *bureau)) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		b := &bureau{T: t, at: time.Date(2023, 8, 1, 4, 0, 0, 0, time.UTC), units: map[string]model.BudgetUnit{}}
		s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL", Now: b.now})
		b.must(err)
		t.Cleanup(func() { _ = s.Close() })
		rights, err := rbac.New()
		b.must(err)
		b.store, b.Service = s, setting.NewService(s, rights, b.now)
		b.must(s.InTx(t.Context(), func(tx *store.Tx) error {
			for _, path := range []string{"701/", "701/701001/", "701/701002/", "702/"} {
				parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
				unit := model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: parts[len(parts)-1], Name: "单位" + parts[len(parts)-1], Path: root + path}
				if len(parts) > 1 {
					unit.ParentCode = parts[0]
				}
				if err := tx.AddUnit(&unit); err != nil {
					return err
				}
				b.units[unit.Code] = unit
			}
			return nil
		}))
		test(b)
	})
}

func (b *bureau) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func who(role rbac.Role, place rbac.Place, path string) account.Identity {
	return account.Identity{
		Account: model.Account{Login: string(role)},
		Held:    []account.Held{{Assignment: rbac.Assignment{Role: role, Place: place, UnitPath: path}}},
	}
}

var (
	leader = who(rbac.Reviewer, rbac.Root, root)
	head   = who(rbac.Reviewer, rbac.Department, root+"701/")
)

func (b *bureau) refused(err error, reason string) {
	b.Helper()
	if model.ReasonOf(err) != reason {
		b.Errorf("got %v, want %s", err, reason)
	}
}

func (b *bureau) set(year, version int, stage tracking.Stage, unit string, opens, due model.Date) setting.Stages {
	b.Helper()
	found, err := b.SetStage(b.Context(), leader, model.DefaultRegionCode, year, version, setting.StageChange{Stage: stage, UnitID: b.units[unit].ID, Opens: opens, Due: due}, "部署")
	b.must(err)
	return found
}

func stageIn(list setting.Stages, key tracking.Stage) setting.Stage {
	for _, stage := range list.List {
		if stage.Key == key {
			return stage
		}
	}
	return setting.Stage{}
}

// takenOver holds that a year began as its outset had said.
func (b *bureau) takenOver(said *setting.Outset, opened setting.Stages) {
	b.Helper()
	if said == nil || opened.Outset != nil {
		b.Fatalf("outset %+v, of an opened year %+v", said, opened.Outset)
	}
	if said.FromYear != opened.Opening.FromYear || said.TreeKey != "2015" || len(said.Dates) != 2 {
		b.Errorf("outset %+v", said)
	}
	for _, d := range said.Dates {
		if s := stageIn(opened, tracking.Stage(d.Stage)); s.Opens != d.Opens || s.Due != d.Due || s.Origin != setting.OriginSet {
			b.Errorf("said %+v, is %+v", d, s)
		}
	}
	if len(said.Steps) != 1 || said.Steps[0].Step.Key != "unitHead" || said.Steps[0].At.Year() != 2024 {
		b.Errorf("steps %+v", said.Steps)
	}
}

// A year is opened once, by whoever may, from the dates of the year before; units' own
// dates stay behind.
func TestOpeningAYear(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		ctx, region := b.Context(), model.DefaultRegionCode
		_, err := b.OpenYear(ctx, head, region, 2024, "部署")
		b.refused(err, "right.missing")
		_, err = b.OpenYear(ctx, leader, region, 2024, " ")
		b.refused(err, "reason.missing")
		_, err = b.SetStage(ctx, leader, region, 2024, 0, setting.StageChange{Stage: tracking.FirstRequest, Due: "2023-09-30"}, "部署")
		b.refused(err, "year.notOpen")
		_, err = b.SaveYear(ctx, leader, region, 2024, 0, setting.YearChange{TreeKey: "2015", Deadlines: []model.StepDeadline{
			{Step: "", At: time.Date(2023, 9, 30, 10, 0, 0, 0, time.UTC)}, {Step: "unitHead", At: time.Date(2023, 10, 5, 10, 0, 0, 0, time.UTC)},
		}}, "部署")
		b.must(err)

		first, err := b.OpenYear(ctx, leader, region, 2024, "部署")
		b.must(err)
		if s := stageIn(first, tracking.FirstRequest); first.Opening.FromYear != 0 || s.Due != "2023-09-30" || s.Origin != setting.OriginSet || s.Phase != setting.PhaseOpen {
			b.Errorf("first year: %+v %+v", first.Opening, s)
		}
		if s := stageIn(first, tracking.MonitoringStage("1-7")); s.Opens != "2024-08-01" || s.Origin != setting.OriginRules || s.Phase != setting.PhaseComing {
			b.Errorf("a window brings its dates along: %+v", s)
		}
		if s := stageIn(first, tracking.Disclosure); s.Due != "" || s.Origin != setting.OriginClock || s.ClockDays != 20 {
			b.Errorf("the disclosure runs from the 批复: %+v", s)
		}
		_, err = b.OpenYear(ctx, leader, region, 2024, "再来")
		b.refused(err, "year.opened")
		_, err = b.SaveYear(ctx, leader, region, 2024, first.Version, setting.YearChange{TreeKey: "2015", Deadlines: []model.StepDeadline{
			{Step: "", At: time.Date(2023, 9, 30, 10, 0, 0, 0, time.UTC)},
		}}, "部署")
		b.refused(err, "year.deadline")

		next := b.set(2024, first.Version, tracking.SecondRequest, "", "2023-12-01", "2024-02-29")
		b.set(2024, next.Version, tracking.FirstRequest, "702", "", "2023-10-15")
		before, err := b.Stages(ctx, leader, region, 2025)
		b.must(err)
		second, err := b.OpenYear(ctx, leader, region, 2025, "部署")
		b.must(err)
		b.takenOver(before.Outset, second)
		if s := stageIn(second, tracking.SecondRequest); second.Opening.FromYear != 2024 || s.Opens != "2024-12-01" || s.Due != "2025-02-28" {
			b.Errorf("a year later: %+v %+v", second.Opening, s)
		}
		if s := stageIn(second, tracking.FirstRequest); s.Due != "2024-09-30" || len(s.Deviations) != 0 {
			b.Errorf("units' own dates came along: %+v", s)
		}
		settings, err := b.Year(ctx, leader, region, 2025)
		b.must(err)
		if len(settings.Deadlines) != 1 || settings.Deadlines[0].Step != "unitHead" || settings.Deadlines[0].At.Year() != 2024 {
			b.Errorf("steps: %+v", settings.Deadlines)
		}
		if h := second.History; len(h) != 1 || h[0].Action != "year.open" || h[0].Detail != "沿用 2024 年度的设置" || h[0].Reason != "部署" {
			b.Errorf("history: %+v", h)
		}
	})
}

// Of many who open a year at once one does.
func TestOpeningAtOnce(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		var wait sync.WaitGroup
		var mu sync.Mutex
		opened := 0
		for range 8 {
			wait.Go(func() {
				_, err := b.OpenYear(b.Context(), leader, model.DefaultRegionCode, 2024, "部署")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					opened++
				} else if model.CodeOf(err) != model.Conflict {
					b.Error(err)
				}
			})
		}
		wait.Wait()
		if opened != 1 {
			b.Errorf("opened %d times", opened)
		}
	})
}

// Dates are set for all or for one unit, in the order of the year, taken back, and
// stand in the history; of two who saw the same one is late.
func TestStageDates(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		ctx, region := b.Context(), model.DefaultRegionCode
		y, err := b.OpenYear(ctx, leader, region, 2024, "部署")
		b.must(err)
		y = b.set(2024, y.Version, tracking.FirstRequest, "", "2023-08-01", "2023-09-30")
		y = b.set(2024, y.Version, tracking.FirstReply, "", "", "2023-11-15")
		y = b.set(2024, y.Version, tracking.FirstRequest, "701", "", "2023-10-20")
		if s := stageIn(y, tracking.FirstRequest); len(s.Deviations) != 1 || s.Deviations[0].Unit.Code != "701" || s.Deviations[0].Due != "2023-10-20" || s.Due != "2023-09-30" {
			b.Errorf("deviation: %+v", s)
		}
		for reason, c := range map[string]setting.StageChange{
			"year.stage":      {Stage: "lunch", Due: "2023-11-15"},
			"year.stageDate":  {Stage: tracking.FirstReply, Due: "2033-11-15"},
			"year.stageOrder": {Stage: tracking.FirstReply, Due: "2023-09-01"},
			"unit.notFound":   {Stage: tracking.FirstReply, UnitID: 4711, Due: "2023-11-15"},
		} {
			_, err := b.SetStage(ctx, leader, region, 2024, y.Version, c, "部署")
			b.refused(err, reason)
		}
		// What holds for a unit is held in order too: 701 has until 20 October for 一上.
		_, err = b.SetStage(ctx, leader, region, 2024, y.Version, setting.StageChange{Stage: tracking.FirstReply, UnitID: b.units["701001"].ID, Due: "2023-10-19"}, "部署")
		b.refused(err, "year.stageOrder")
		_, err = b.SetStage(ctx, leader, region, 2024, y.Version-1, setting.StageChange{Stage: tracking.FirstReply, Due: "2023-12-01"}, "部署")
		b.refused(err, "year.changed")
		_, err = b.SetStage(ctx, head, region, 2024, y.Version, setting.StageChange{Stage: tracking.FirstReply, Due: "2023-12-01"}, "部署")
		b.refused(err, "right.missing")
		y = b.set(2024, y.Version, tracking.FirstRequest, "701", "", "")
		if s := stageIn(y, tracking.FirstRequest); len(s.Deviations) != 0 || s.Due != "2023-09-30" {
			b.Errorf("taken back: %+v", s)
		}
		if want := "一上：申报绩效目标和基本支出，单位701：由 截至 2023-10-20 改为 2023-08-01 至 2023-09-30"; y.History[0].Detail != want {
			b.Errorf("history %q, want %q", y.History[0].Detail, want)
		}
		if len(y.History) != 5 {
			b.Errorf("%d entries", len(y.History))
		}
		y, err = b.CloseYear(ctx, leader, region, 2024, y.Version, "年度结束")
		b.must(err)
		if y.Opening.ClosedOn != "2023-08-01" || len(b.YearActs(leader, y)) != 0 {
			b.Errorf("closed: %+v", y.Opening)
		}
		_, err = b.SetStage(ctx, leader, region, 2024, y.Version, setting.StageChange{Stage: tracking.FirstReply, Due: "2023-12-01"}, "部署")
		b.refused(err, "year.notOpen")
	})
}

// A department's clock runs from the bureau's 批复, a unit's from its department's; the
// department owes its units theirs within days of the bureau's.
func TestUnitClocks(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.at = time.Date(2024, 3, 5, 4, 0, 0, 0, time.UTC)
		b.must(b.store.InTx(b.Context(), func(tx *store.Tx) error {
			for _, unit := range b.units {
				if err := tx.AddRecord(&model.Record{Kind: model.SheetRecord, UnitID: unit.ID, Year: 2024}); err != nil {
					return err
				}
			}
			for _, a := range []model.Approval{
				{UnitID: b.units["701"].ID, Date: "2024-02-10", Number: "财预1号"}, {UnitID: b.units["701"].ID, Date: "2024-06-01", Number: "财预9号"},
				{UnitID: b.units["701001"].ID, Date: "2024-02-20", Number: "局1号"}, {UnitID: b.units["702"].ID},
			} {
				a.Year = 2024
				if err := tx.AddApproval(&a); err != nil {
					return err
				}
			}
			at := time.Date(2024, 3, 2, 17, 0, 0, 0, time.UTC) // the 3rd in Beijing
			return tx.AddPublication(&model.Publication{UnitID: b.units["701001"].ID, Year: 2024, Number: 1, Stage: model.StagePublished, PublishedAt: &at}, []byte("{}"))
		}))
		show := func(id account.Identity, state setting.ClockState) string {
			page, err := b.Clocks(b.Context(), id, model.DefaultRegionCode, 2024, state, 50, 0)
			b.must(err)
			var rows []string
			for _, c := range page.Items {
				number := ""
				if c.Approval != nil {
					number = c.Approval.Number
				}
				rows = append(rows, fmt.Sprintf("%s %s %s %s %d %s", c.Unit.Code, c.Stage, number, c.Due, c.Days, c.State))
			}
			return strings.Join(rows, "; ")
		}
		const late = "701002 unitReply 财预1号 2024-02-25 -9 late; 701 disclosure 财预1号 2024-03-01 -4 late"
		if got, want := show(leader, ""), late+"; 701001 unitReply 财预1号 2024-02-25 -9 done; 701001 disclosure 局1号 2024-03-11 6 done"; got != want {
			b.Errorf("got %s, want %s", got, want)
		}
		if got := show(head, setting.ClockLate); got != late {
			b.Errorf("the department's: %s", got)
		}
		if got := show(who(rbac.Reviewer, rbac.Department, root+"702/"), ""); got != "" {
			b.Errorf("another department sees %s", got)
		}
		y, err := b.OpenYear(b.Context(), leader, model.DefaultRegionCode, 2024, "补开")
		b.must(err)
		b.set(2024, y.Version, tracking.Disclosure, "701", "", "2024-03-31")
		if got, want := show(head, setting.ClockRunning), "701 disclosure  2024-03-31 26 running; 701002 disclosure  2024-03-31 26 running"; got != want {
			b.Errorf("a date that was set holds: %s, want %s", got, want)
		}
	})
}
