package tracking

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"biaochi/model"
)

// simItem is a filing of the simulated year, with what its people were told.
type simItem struct {
	Item
	told map[string]int // by episode and step
}

// simulation is a year of a region: units, filings that are handed in, returned and
// late, dates that move, two instances that go down and come back.
type simulation struct {
	r        *rand.Rand
	calendar Calendar
	items    []*simItem
	claimed  map[string]bool // the table with the unique key
	owed     map[string]bool // what somebody must have been told, by an oracle of its own
}

func newSimulation(seed uint64, items int) *simulation {
	s := &simulation{r: rand.New(rand.NewPCG(seed, 7)), claimed: map[string]bool{}, owed: map[string]bool{}}
	s.calendar = Calendar{Clocks: Clocks{Disclosure: 20, UnitApproval: 15, ReminderSteps: []int{-7, -3, -1, 0, 1, 7, 14, 30}}}
	for _, stage := range []Stage{FirstRequest, SecondRequest, MonitoringStage("1-7"), SelfEvaluation} {
		due := plusDays("2023-01-01", 30+s.r.IntN(300))
		s.calendar.Deadlines = append(s.calendar.Deadlines, Deadline{Stage: stage, UnitPath: "0/", Opens: plusDays(due, -40), Due: due})
	}
	for i := range items {
		stage := s.calendar.Deadlines[s.r.IntN(4)].Stage
		path := fmt.Sprintf("0/%03d/", i%40)
		s.items = append(s.items, &simItem{Item: Item{Key: fmt.Sprintf("filing:%d", i), UnitPath: path, Stage: stage}, told: map[string]int{}})
	}
	return s
}

// live lets a day's events happen.
func (s *simulation) live(today model.Date) {
	for _, item := range s.items {
		switch p := s.r.IntN(400); {
		case p < 6:
			item.Done = true
		case p < 8 && item.Done: // returned, or an adjustment
			item.Done, item.Returns, item.Since = false, item.Returns+1, today
			item.Episode++
		}
	}
	if s.r.IntN(12) == 0 { // a date is moved, for all or for one unit; often back to where it was
		i := s.r.IntN(len(s.calendar.Deadlines))
		d := s.calendar.Deadlines[i]
		d.Due, d.Moves = plusDays(d.Due, s.r.IntN(21)-10), d.Moves+1
		if s.r.IntN(2) == 0 && d.UnitPath == "0/" {
			d.UnitPath = fmt.Sprintf("0/%03d/", s.r.IntN(40))
			d.Moves = 1000 * len(s.calendar.Deadlines) // its own count
			s.calendar.Deadlines = append(s.calendar.Deadlines, d)
		} else {
			s.calendar.Deadlines[i] = d
		}
	}
}

// run is one instance at work: it reads what is there, and sends what it can claim.
// A crash stops it midway; what it claimed it had sent, since both are one
// transaction.
func (s *simulation) run(today model.Date, known map[string]bool, crash bool) {
	var items []Item
	for _, item := range s.items {
		items = append(items, item.Item)
	}
	reminders := s.calendar.Reminders(items, today, func(key string) bool { return known[key] })
	if crash {
		reminders = reminders[:s.r.IntN(len(reminders)+1)]
	}
	byKey := map[string]*simItem{}
	for _, item := range s.items {
		byKey[item.Key] = item
	}
	for _, r := range reminders {
		if s.claimed[r.Key] {
			continue // the other instance was faster
		}
		s.claimed[r.Key] = true
		byKey[r.Task.Key].told[fmt.Sprintf("%d/%d/%s", r.Task.Returns, r.Task.Moves, r.Step)]++
	}
}

// expect notes what everybody whose task is open must have been told by tonight.
func (s *simulation) expect(today model.Date) {
	for _, item := range s.items {
		d, ok := s.calendar.DeadlineOf(item.Stage, item.UnitPath)
		if !ok || item.Done || today < d.Opens {
			continue
		}
		opened, step := max(d.Opens, item.Since), "opened"
		for _, offset := range s.calendar.Clocks.ReminderSteps {
			if day := plusDays(d.Due, offset); day > opened && day <= today {
				step = fmt.Sprintf("%+d", offset)
			}
		}
		s.owed[fmt.Sprintf("%s %d/%d/%s", item.Key, item.Returns, d.Moves, step)] = true
	}
}

func snapshot(of map[string]bool) map[string]bool {
	copied := make(map[string]bool, len(of))
	for key := range of {
		copied[key] = true
	}
	return copied
}

// A simulated year: nobody whose task is open on a day when the program ran went
// without the notice of that day's step, and nobody got one twice.
func TestReminderYear(t *testing.T) {
	missed, twice, notices, returns := 0, 0, 0, 0
	for seed := range uint64(2) {
		s := newSimulation(seed, 1500)
		for day := range 400 {
			today := plusDays("2023-01-01", day)
			s.live(today)
			up := s.r.IntN(10) > 1
			stale := snapshot(s.claimed) // both read before either writes
			if up {
				s.run(today, stale, s.r.IntN(3) == 0)
				s.run(today, stale, false)
				if s.r.IntN(4) == 0 {
					s.run(today, snapshot(s.claimed), false) // restarted
				}
				s.expect(today)
			}
		}
		for key := range s.owed {
			var n int
			var told string
			if _, err := fmt.Sscanf(key, "filing:%d %s", &n, &told); err != nil {
				t.Fatal(err)
			}
			if s.items[n].told[told] == 0 {
				missed++
			}
		}
		total := 0
		for _, item := range s.items {
			returns += item.Returns
			for _, n := range item.told {
				total += n
				twice += n - 1
			}
		}
		if total != len(s.owed) {
			t.Errorf("%d notices, %d owed", total, len(s.owed))
		}
		notices += total
	}
	t.Logf("%d notices, %d returns, %d missed, %d twice", notices, returns, missed, twice)
	if missed > 0 || twice > 0 || notices < 8_000 || returns < 500 {
		t.Fail()
	}
}

func TestClocks(t *testing.T) {
	c := Calendar{Clocks: Clocks{Disclosure: 20, UnitApproval: 15}, Given: []Given{
		{"0/701/", "2023-02-10"}, {"0/701/", "2023-06-01"}, {"0/701/001/", "2023-02-20"}, {"0/702/", ""},
	}}
	for _, v := range []struct {
		stage Stage
		path  string
		due   model.Date
	}{
		{Disclosure, "0/701/", "2023-03-02"},     // a department: from the bureau's, the first one
		{Disclosure, "0/701/001/", "2023-03-12"}, // a unit: from its department's
		{Disclosure, "0/701/002/", ""},           // which hasn't come yet
		{UnitReply, "0/701/002/", "2023-02-25"},  // and is due 15 days after the bureau's
		{UnitReply, "0/701/", ""},
		{Disclosure, "0/702/", ""}, // a 批复 without a date starts no clock
	} {
		d, ok := c.DeadlineOf(v.stage, v.path)
		if d.Due != v.due || ok != (v.due != "") {
			t.Errorf("%s of %s: %q, want %q", v.stage, v.path, d.Due, v.due)
		}
	}
	c.Deadlines = []Deadline{{Stage: Disclosure, UnitPath: "0/", Due: "2023-03-31"}, {Stage: Disclosure, UnitPath: "0/701/", Due: "2023-03-15"}}
	if d, _ := c.DeadlineOf(Disclosure, "0/701/001/"); d.Due != "2023-03-15" {
		t.Errorf("the nearest date that was set holds, got %s", d.Due)
	}
}

func TestMargins(t *testing.T) {
	control := map[model.FundKind]model.Money{model.GeneralPublicBudget: 100, model.GovernmentFund: 0}
	asked := map[model.FundKind]model.Money{model.GeneralPublicBudget: 100, model.UnitFunds: 50}
	if m := Margins(asked, control); OverControl(m) || len(m) != 3 || m[2].Control != nil {
		t.Errorf("fits exactly, own funds aren't limited: %+v", m)
	}
	asked[model.GovernmentFund] = 1
	if m := Margins(asked, control); !OverControl(m) || m[1].Over != 1 {
		t.Errorf("a figure of nothing lets nothing through: %+v", m)
	}
}
