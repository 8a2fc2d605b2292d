package reminder_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/notice"
	"biaochi/service/reminder"
	"biaochi/service/setting"
	"biaochi/service/tracking"
)

const (
	root = model.DefaultRegionCode + "/"
	year = 2024
)

var steps = []int{-7, -3, -1, 0, 1, 7, 14, 30}

// job is something that somebody has to do, with what an oracle knows of it.
type job struct {
	stage   tracking.Stage
	key     string
	unit    model.BudgetUnit
	own     *[2]model.Date // opens and due of its own
	record  model.Record
	version model.RecordVersion
	sheet   model.TrackingSheet
	order   model.Correction
	done    bool
	since   model.Date
	episode int
}

// simulation is a year of a region over a real store: filings that are handed in,
// reviewed and sent back, dates that move, two instances that stop midway and come back.
type simulation struct {
	*testing.T
	r        *rand.Rand
	url      string
	clock    atomic.Int64
	stores   [2]*store.Store
	settings *setting.Service
	version  int
	units    []model.BudgetUnit // departments and, after each, its units
	people   map[string][]model.ID
	jobs     []*job
	// set are the dates that hold, by stage and path; moves counts their changes as each
	// unit feels them.
	set   map[tracking.Stage]map[string][2]model.Date
	moves map[string]int
	seen  map[string]bool // what the oracle knows to be owed
	owed  map[string]int  // the same as it must stand in the notices, with how often
	moved int
}

func (s *simulation) now() time.Time { return time.UnixMilli(s.clock.Add(1)).UTC() }

func (s *simulation) today() model.Date {
	return model.Date(time.UnixMilli(s.clock.Load()).In(model.Beijing).Format(time.DateOnly))
}

func (s *simulation) begin(day model.Date) {
	at, err := time.ParseInLocation(time.DateOnly, string(day), model.Beijing)
	s.must(err)
	s.clock.Store(at.Add(time.Duration(s.r.IntN(20)) * time.Hour).UnixMilli())
}

func (s *simulation) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// open starts an instance, anew where it ran.
func (s *simulation) open(i int) {
	if s.stores[i] != nil {
		s.must(s.stores[i].Close())
	}
	opened, err := store.Open(context.Background(), s.url, store.Options{Synchronous: "NORMAL", Now: s.now})
	s.must(err)
	s.stores[i] = opened
	if i == 0 {
		rights, err := rbac.New()
		s.must(err)
		s.settings = setting.NewService(opened, rights, s.now)
	}
}

func (s *simulation) write(do func(tx *store.Tx) error) {
	s.Helper()
	s.must(s.stores[0].InTx(s.Context(), do))
}

func newSimulation(t *testing.T, url string, filings int) *simulation {
	s := &simulation{T: t, r: rand.New(rand.NewPCG(11, 7)), url: url, people: map[string][]model.ID{}, moves: map[string]int{},
		seen: map[string]bool{}, owed: map[string]int{}, set: map[tracking.Stage]map[string][2]model.Date{}}
	s.begin("2023-08-20")
	s.open(0)
	s.open(1)
	t.Cleanup(func() { _, _ = s.stores[0].Close(), s.stores[1].Close() })
	s.write(s.settle)
	for _, stage := range []tracking.Stage{tracking.MonitoringStage("1-7"), tracking.SelfEvaluation} { // the rules bring them
		s.set[stage] = map[string][2]model.Date{root: {"2024-08-01", "2024-08-31"}}
	}
	s.set[tracking.SelfEvaluation][root] = [2]model.Date{"2025-01-01", "2025-03-31"}
	s.set[tracking.FirstRequest] = map[string][2]model.Date{}
	opened, err := s.settings.OpenYear(t.Context(), leader, model.DefaultRegionCode, year, "部署")
	s.must(err)
	s.version = opened.Version
	s.write(func(tx *store.Tx) error { return s.fill(tx, filings) })
	s.write(s.promise)
	return s
}

var leader = account.Identity{
	Account: model.Account{Login: "ys"},
	Held:    []account.Held{{Assignment: rbac.Assignment{Role: rbac.Reviewer, Place: rbac.Root, UnitPath: root}}},
}

// settle makes five departments with three units each, everybody's preparers, two of
// them in some, and the departments' heads.
func (s *simulation) settle(tx *store.Tx) error {
	for d := range 5 {
		department := fmt.Sprintf("70%d", d)
		for u := range 4 {
			unit := model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: department, Name: "单位" + department, Path: root + department + "/"}
			if u > 0 {
				unit.ParentCode, unit.Code = department, fmt.Sprintf("%s00%d", department, u)
				unit.Path += unit.Code + "/"
			}
			if err := tx.AddUnit(&unit); err != nil {
				return err
			}
			s.units = append(s.units, unit)
			for n := range 1 + u%2 {
				if err := s.employ(tx, unit, rbac.Preparer, n); err != nil {
					return err
				}
			}
			if u == 0 {
				if err := s.employ(tx, unit, rbac.Reviewer, 0); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *simulation) employ(tx *store.Tx, unit model.BudgetUnit, role rbac.Role, n int) error {
	a := model.Account{Login: fmt.Sprintf("%s-%s-%d", role, unit.Code, n), Name: "某人", Email: "a@example.org", PasswordHash: "-"}
	if err := tx.AddAccount(&a); err != nil {
		return err
	}
	s.people[string(role)+unit.Path] = append(s.people[string(role)+unit.Path], a.ID)
	return tx.AddRoleAssignment(&model.RoleAssignment{AccountID: a.ID, Role: string(role), UnitID: unit.ID, GrantedBy: "test"})
}

// fill makes filings: two of three are drafts, the others approved with sheets due, and
// some of those with orders to put something right.
func (s *simulation) fill(tx *store.Tx, filings int) error {
	for i := range filings {
		unit := s.units[i%len(s.units)]
		version := model.RecordVersion{ID: s.stores[0].NextID(), Number: 1, State: model.Draft, CreatedBy: "test"}
		record := model.Record{Kind: model.FilingRecord, UnitID: unit.ID, Year: year, ProjectCode: fmt.Sprintf("P%d", i), NewestID: version.ID}
		if i%3 == 0 {
			version.State, record.InForceID = model.Approved, version.ID
		}
		if err := tx.AddRecord(&record); err != nil {
			return err
		}
		version.RecordID = record.ID
		if err := tx.AddVersion(&version); err != nil {
			return err
		}
		if err := tx.SaveProjectContent(version.ID, &model.ProjectContent{Code: record.ProjectCode, Name: "项目"}); err != nil {
			return err
		}
		key := "filing:" + record.ID.String()
		if version.State == model.Draft {
			s.jobs = append(s.jobs, &job{stage: tracking.FirstRequest, key: "record:" + record.ID.String(), unit: unit, record: record, version: version})
			continue
		}
		s.jobs = append(s.jobs, &job{stage: tracking.MonitoringStage("1-7"), key: key, unit: unit, record: record, version: version},
			&job{stage: tracking.SelfEvaluation, key: key, unit: unit, record: record, version: version})
		if i%12 == 0 {
			order := model.Correction{RecordID: record.ID, UnitID: unit.ID, UnitPath: unit.Path, Year: year, State: model.CorrectionOrdered, OrderedOn: "2024-09-05", Due: "2024-09-25"}
			if err := tx.SaveCorrection(&order); err != nil {
				return err
			}
			s.jobs = append(s.jobs, &job{stage: "correction", key: "correction:" + order.ID.String(), unit: unit, order: order, own: &[2]model.Date{order.OrderedOn, order.Due}})
		}
	}
	return nil
}

// promise gives every unit an approved whole-unit target, whose evaluation is due.
func (s *simulation) promise(tx *store.Tx) error {
	for _, unit := range s.units {
		version := model.RecordVersion{ID: s.stores[0].NextID(), Number: 1, State: model.Approved, CreatedBy: "test"}
		record := model.Record{Kind: model.TargetRecord, UnitID: unit.ID, Year: year, NewestID: version.ID, InForceID: version.ID}
		if err := tx.AddRecord(&record); err != nil {
			return err
		}
		version.RecordID = record.ID
		if err := tx.AddVersion(&version); err != nil {
			return err
		}
		s.jobs = append(s.jobs, &job{stage: tracking.SelfEvaluation, key: "target:" + record.ID.String(), unit: unit, record: record, version: version})
	}
	return nil
}

// live lets a day's events happen.
func (s *simulation) live() {
	today := s.today()
	s.write(func(tx *store.Tx) error {
		for _, j := range s.jobs {
			var err error
			switch p := s.r.IntN(200); {
			case p < 4 && !j.done:
				j.done = true
				err = s.change(tx, j)
			case p < 7 && j.done: // sent back
				j.done, j.episode = false, j.episode+1
				if j.stage == tracking.FirstRequest {
					j.since = today
				}
				err = s.change(tx, j)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if s.r.IntN(8) == 0 {
		s.moveADate()
	}
}

// change writes what became of a job, as the use cases would.
func (s *simulation) change(tx *store.Tx, j *job) error {
	switch {
	case j.stage == "correction":
		j.order.State, j.order.Returns = model.CorrectionOrdered, j.episode
		if j.done {
			j.order.State = model.CorrectionReplied
		}
		return tx.SaveCorrection(&j.order)
	case j.stage != tracking.FirstRequest:
		return s.hand(tx, j)
	}
	from, to := model.InReview, model.Draft
	position := model.RecordPosition{RecordID: j.record.ID, VersionID: j.version.ID, TurnRole: "preparer", TurnPath: j.unit.Path, Steps: "[]"}
	if j.done { // with the unit's head, whose step has no date
		from, to = model.Draft, model.InReview
		position.TurnRole, position.StepKey = "reviewer", "unitHead"
	}
	j.version.State, position.State = to, to
	if err := tx.SetVersion(&j.version); err != nil {
		return err
	}
	if err := tx.SetPosition(&position); err != nil {
		return err
	}
	return tx.AppendEvent(&model.Event{Actor: "x", Action: "filing.x", UnitID: j.unit.ID, Year: year, RecordID: j.record.ID, FromState: from, ToState: to})
}

func (s *simulation) hand(tx *store.Tx, j *job) error {
	sheet := &j.sheet
	if sheet.ID == 0 {
		*sheet = model.TrackingSheet{RecordID: j.record.ID, VersionID: j.version.ID, UnitID: j.unit.ID, UnitPath: j.unit.Path, Year: year, Kind: model.EvaluationSheet, Content: "{}"}
		switch {
		case j.record.Kind == model.TargetRecord:
			sheet.Kind = model.WholeSheet
		case j.stage != tracking.SelfEvaluation:
			sheet.Kind, sheet.WindowKey = model.MonitoringSheet, "1-7"
		}
	}
	sheet.State, sheet.SubmittedOn, sheet.Returns = model.SheetDraft, "", j.episode
	if j.done {
		sheet.State, sheet.SubmittedOn = model.SheetSubmitted, s.today()
	}
	return tx.SaveTrackingSheet(sheet)
}

// moveADate moves a date of all units or of one department, often back to where it was,
// or takes a department's own back.
func (s *simulation) moveADate() {
	stages := []tracking.Stage{tracking.FirstRequest, tracking.MonitoringStage("1-7"), tracking.SelfEvaluation}
	stage := stages[s.r.IntN(3)]
	change, path := setting.StageChange{Stage: stage}, root
	if s.r.IntN(2) == 0 {
		unit := s.units[s.r.IntN(len(s.units))]
		change.UnitID, path = unit.ID, unit.Path
	}
	if base, ok := s.set[stage][root]; stage == tracking.FirstRequest && !ok {
		change.Opens, change.Due = "2023-09-01", "2023-10-31"
	} else if path == root || s.r.IntN(3) > 0 {
		change.Opens, change.Due = base[0], plus(base[1], []int{0, 5, 5, -5, 10}[s.r.IntN(5)])
	}
	before := s.felt(stage)
	found, err := s.settings.SetStage(s.Context(), leader, model.DefaultRegionCode, year, s.version, change, "调整")
	s.must(err)
	s.version = found.Version
	if s.set[stage][path] = [2]model.Date{change.Opens, change.Due}; change.Due == "" {
		delete(s.set[stage], path)
	}
	for unit, now := range s.felt(stage) {
		if now != before[unit] {
			s.moves[string(stage)+unit]++
			s.moved++
		}
	}
}

// felt are the dates of a stage as they hold for each unit.
func (s *simulation) felt(stage tracking.Stage) map[string][2]model.Date {
	all := map[string][2]model.Date{}
	for _, unit := range s.units {
		longest := -1
		for path, dates := range s.set[stage] {
			if strings.HasPrefix(unit.Path, path) && len(path) > longest {
				all[unit.Path], longest = dates, len(path)
			}
		}
	}
	return all
}

func plus(date model.Date, days int) model.Date {
	day, _ := time.Parse(time.DateOnly, string(date))
	return model.Date(day.AddDate(0, 0, days).Format(time.DateOnly))
}

// expect notes what everybody whose job is open must have been told by now: the last
// step that has begun, once for each time it came to them and each date that held.
func (s *simulation) expect() {
	today := s.today()
	for _, stage := range []tracking.Stage{tracking.FirstRequest, tracking.MonitoringStage("1-7"), tracking.SelfEvaluation, "correction"} {
		felt := s.felt(stage)
		for _, j := range s.jobs {
			if j.stage != stage {
				continue
			}
			dates, ok := felt[j.unit.Path]
			if j.own != nil {
				dates, ok = *j.own, true
			}
			if !ok || j.done || today < dates[0] {
				continue
			}
			opened, step := max(dates[0], j.since), "opened"
			for _, offset := range steps {
				if day := plus(dates[1], offset); day > opened && day <= today {
					step = fmt.Sprintf("%+d", offset)
				}
			}
			once := fmt.Sprintf("%s %s %d %d %s", stage, j.key, j.episode, s.moves[string(stage)+j.unit.Path], step)
			if s.seen[once] {
				continue
			}
			s.seen[once] = true
			for _, id := range s.people["preparer"+j.unit.Path] {
				s.owed[fmt.Sprintf("%s %s %s %s %s", id, stage, j.key, dates[1], step)]++
			}
		}
	}
}

// run lets both instances look, at once, one of them stopped midway every other day,
// and one of them to the end.
func (s *simulation) run() {
	var wait sync.WaitGroup
	for i := range s.stores {
		if s.r.IntN(12) == 0 {
			s.open(i)
		}
	}
	for i := range s.stores {
		ctx, stop := context.WithCancel(s.Context())
		if s.r.IntN(2) == 0 {
			time.AfterFunc(time.Duration(s.r.IntN(40))*time.Millisecond, stop)
		}
		wait.Go(func() {
			defer stop()
			if _, err := s.instance(i).Once(ctx); err != nil && ctx.Err() == nil {
				s.Error(err)
			}
		})
	}
	wait.Wait()
	if _, err := s.instance(s.r.IntN(2)).Once(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func (s *simulation) instance(i int) *reminder.Service {
	rights, err := rbac.New()
	s.must(err)
	accounts := account.NewService(s.stores[i], rights, s.now, account.Settings{})
	return reminder.NewService(s.stores[i], accounts, notice.Writer{Mail: true}, s.now)
}

// told reads what everybody was told of what the oracle knows, and counts the e-mails'
// lines.
func (s *simulation) told() (told map[string]int, notices, lines int) {
	told = map[string]int{}
	s.must(s.stores[1].Read(s.Context(), func(tx *store.Tx) error {
		for _, ids := range s.people {
			for _, id := range ids {
				list, _, _, err := tx.Notices(id, store.NoticeFilter{})
				if err != nil {
					return err
				}
				notices += len(list)
				for _, n := range list {
					p := strings.Split(n.Source, "|")
					if len(p) != 6 || p[0] == "due:2024" {
						s.Errorf("source %s", n.Source)
						continue
					}
					told[fmt.Sprintf("%s %s %s %s %s", id, strings.TrimPrefix(p[0], "due:2024/"), p[1], p[4], p[5])]++
				}
			}
		}
		mails, err := tx.Mails()
		for _, m := range mails {
			lines += strings.Count(m.Text, "待办理")
		}
		return err
	}))
	return told, notices, lines
}

// A simulated year: nobody whose job was open on a day when the program ran went
// without the notice of that day's step, nobody got one twice, and each went by e-mail
// once.
func TestSimulatedYear(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s := newSimulation(t, url, 240)
		days := 0
		for _, span := range [][2]model.Date{{"2023-08-25", "2023-11-20"}, {"2024-07-28", "2024-09-25"}, {"2024-12-29", "2025-02-10"}, {"2025-03-20", "2025-04-05"}} {
			for day := span[0]; day <= span[1]; day = plus(day, 1) {
				s.begin(day)
				s.live()
				if s.r.IntN(10) > 1 {
					s.run()
					s.expect()
					days++
				}
			}
		}
		told, notices, lines := s.told()
		missed, twice, returns := 0, 0, 0
		for _, key := range slices.Sorted(maps.Keys(s.owed)) {
			if n := s.owed[key] - told[key]; n > 0 {
				missed += n
			}
		}
		for key, n := range told {
			if more := n - s.owed[key]; more > 0 {
				twice += more
			}
		}
		for _, j := range s.jobs {
			returns += j.episode
		}
		t.Logf("%d days, %d jobs, %d returns, %d moved dates, %d notices: %d missed, %d twice", days, len(s.jobs), returns, s.moved, notices, missed, twice)
		if missed > 0 || twice > 0 || lines != notices || notices < 2000 || returns < 300 || s.moved < 100 {
			t.Errorf("%d missed, %d twice, %d lines of e-mail for %d notices", missed, twice, lines, notices)
		}
	})
}
