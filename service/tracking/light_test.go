package tracking

import (
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/service/indicator"
)

func nationalRules(t *testing.T) Rules {
	t.Helper()
	rules, err := RulesFor("shanxi", caseYear)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

var (
	even     = Path{Kind: Even}
	atOnce   = Path{Kind: AtOnce}
	planting = Path{Kind: Seasonal, Months: []int{0, 0, 10, 50, 90, 90, 90, 90, 95, 100, 100, 100}}
)

func byDate(date model.Date) Path { return Path{Kind: ByDate, Date: date} }

// Lights at the end of July, when an even path has come 58.33 %.
func TestLights(t *testing.T) {
	rules := nationalRules(t)
	for _, c := range []struct {
		why, target, actual, band string
		path                      Path
		light                     Light
		done                      string
		low                       bool
	}{
		{"7 of 12 at seven twelfths", "≥12次", "7次", "", even, Green, "100.00%", false},
		{"nine tenths of what is due is green", "≥120次", "63次", "", even, Green, "90.00%", false},
		{"just below nine tenths", "≥1200次", "629次", "", even, Yellow, "89.86%", false},
		{"seven tenths of what is due is yellow", "≥120次", "49次", "", even, Yellow, "70.00%", false},
		{"below seven tenths", "≥120次", "48次", "", even, Red, "68.57%", false},
		{"nothing done", "≥12次", "0次", "", even, Red, "0.00%", false},
		{"nothing said isn't green", "≥12次", "", "", even, NoData, "", false},
		{"not a figure", "≥12次", "进展顺利", "", even, NoData, "", false},
		{"above 1.3 the target may be low", "≥12次", "10次", "", even, Green, "142.86%", true},
		{"a rate is due all the time", "≥95%", "95%", "", atOnce, Green, "100.00%", false},
		{"a rate isn't due by twelfths", "≥95%", "60%", "", atOnce, Red, "63.16%", false},
		{"a season behind", "≥100亩", "60亩", "", planting, Red, "66.67%", false},
		{"a season kept", "≥100亩", "85亩", "", planting, Green, "94.44%", false},
		{"not due before its day", "≥1座", "", "", byDate("2023-10-31"), NotDue, "", false},
		{"not due, some done", "≥2座", "1座", "", byDate("2023-10-31"), NotDue, "", false},
		{"done before its day", "≥1座", "1座", "", byDate("2023-10-31"), Green, "100.00%", false},
		{"due on its day", "≥2座", "1座", "", byDate("2023-07-31"), Red, "50.00%", false},
		{"a ceiling used evenly", "≤120万元", "70万元", "", even, Green, "100.00%", false},
		{"a ceiling used too fast", "≤120万元", "90万元", "", even, Yellow, "77.78%", false},
		{"a ceiling nearly used up", "≤120万元", "110万元", "", even, Red, "63.64%", false},
		{"a ceiling used up", "≤120万元", "121万元", "", even, Red, "99.17%", false},
		{"a ceiling hardly used is no low target", "≤120万元", "1万元", "", even, Green, "7000.00%", false},
		{"none happened", "≤3起", "0起", "", even, Green, "100.00%", false},
		{"a price below its ceiling", "≤450元/人", "440元/人", "", atOnce, Green, "102.27%", false},
		{"a price above its ceiling", "≤450元/人", "460元/人", "", atOnce, Red, "97.83%", false},
		{"none may happen, one did", "≤0起", "1起", "", even, Red, "0.00%", false},
		{"within a range", "90%-95%", "92%", "", atOnce, Green, "100.00%", false},
		{"below a range", "90%-95%", "72%", "", atOnce, Yellow, "80.00%", false},
		{"above a range", "90%-95%", "96%", "", atOnce, Red, "98.96%", false},
		{"a day kept", "7月底前", "2023年7月20日", "", byDate("2023-07-31"), Green, "", false},
		{"a day missed", "6月底前", "2023年7月2日", "", byDate("2023-06-30"), Red, "", false},
		{"a day past, nothing done", "6月底前", "未完成", "", byDate("2023-06-30"), Red, "", false},
		{"a day to come, nothing done", "10月底前", "未完成", "", byDate("2023-10-31"), NotDue, "", false},
		{"growth", "增长≥6%", "增长5.4%", "", atOnce, Green, "90.00%", false},
		{"growth turned round", "增长≥6%", "下降1%", "", atOnce, Red, "-16.67%", false},
		{"words reached", "显著提升", "", "met", atOnce, Green, "", false},
		{"words reached in part", "显著提升", "", "partly", atOnce, Yellow, "", false},
		{"words not reached", "显著提升", "", "unmet", atOnce, Red, "", false},
		{"words not judged", "显著提升", "", "", atOnce, NoData, "", false},
	} {
		w := Watched{Measured: Measured{Target: indicator.Parse(c.target, caseYear), Actual: c.actual, Year: caseYear}, Band: c.band, Path: c.path}
		got := rules.Monitoring.Watch(w, rules.Scoring, "2023-07-31")
		if got.Light != c.light || got.Done != c.done || got.MayBeLow != c.low {
			t.Errorf("%s: %+v, want %s %s", c.why, got, c.light, c.done)
		}
	}
}

func TestSpending(t *testing.T) {
	rules := nationalRules(t).Monitoring
	for _, c := range []struct {
		budget, executed model.Money
		on               model.Date
		light            Light
		done             string
	}{
		{1200, 700, "2023-07-31", Green, "100.00%"},
		{1200, 630, "2023-07-31", Green, "90.00%"},
		{1200, 490, "2023-07-31", Yellow, "70.00%"},
		{1200, 489, "2023-07-31", Red, "69.86%"},
		{1200, 1201, "2023-07-31", Red, "100.08%"},
		{1200, 0, "2023-07-31", Red, "0.00%"},
		{1200, 1200, "2023-12-31", Green, "100.00%"},
		{1200, 1200, "2024-02-01", Green, "100.00%"},
		{1200, 0, "2022-12-31", NotDue, ""},
		{0, 0, "2023-07-31", NoData, ""},
		{0, 1, "2023-07-31", Red, ""},
	} {
		if got := rules.Spending(c.budget, c.executed, even, caseYear, c.on); got.Light != c.light || got.Done != c.done {
			t.Errorf("%d of %d on %s: %+v, want %s %s", c.executed, c.budget, c.on, got, c.light, c.done)
		}
	}
}

func TestPaths(t *testing.T) {
	for _, c := range []struct {
		path Path
		on   model.Date
		due  string
	}{
		{even, "2023-01-31", "1/12"}, {even, "2023-02-14", "1/8"}, {even, "2023-12-31", "1/1"}, {even, "2022-12-31", "0/1"},
		{atOnce, "2023-01-01", "1/1"}, {planting, "2023-04-30", "1/2"}, {planting, "2023-04-15", "3/10"}, {planting, "2023-01-31", "0/1"},
		{byDate("2023-10-31"), "2023-10-30", "0/1"}, {byDate("2023-10-31"), "2023-10-31", "1/1"}, {even, "", "0/1"},
	} {
		if got := c.path.Due(caseYear, c.on).String(); got != c.due {
			t.Errorf("%v on %s: %s, want %s", c.path, c.on, got, c.due)
		}
	}
	for _, path := range []Path{{}, {Kind: ByDate}, {Kind: Seasonal}, {Kind: Seasonal, Months: []int{0, 5, 4, 9, 9, 9, 9, 9, 9, 9, 9, 100}}} {
		if path.Check() == nil {
			t.Errorf("%v can't be walked", path)
		}
	}
	for text, kind := range map[string]PathKind{"≥12次": Even, "≥95%": AtOnce, "10月底前": ByDate, "增长5%": ByDate, "≤450元/人": AtOnce, "≤50万元": Even, "显著提升": AtOnce} {
		if got := DefaultPath(indicator.Parse(text, caseYear), caseYear); got.Kind != kind || got.Check() != nil {
			t.Errorf("%s: %v, want %s", text, got, kind)
		}
	}
}

func TestOwed(t *testing.T) {
	rules := nationalRules(t)
	watch := func(target, actual string) Watched {
		return Watched{Measured: Measured{Target: indicator.Parse(target, caseYear), Actual: actual, Year: caseYear}, Path: even}
	}
	for _, c := range []struct {
		w    Watched
		said Statement
		owed []string
	}{
		{watch("≥12次", "7次"), Statement{Forecast: "12次", Likelihood: Certain}, nil},
		{watch("≥12次", ""), Statement{}, []string{"actual", "likelihood", "forecast"}},
		{watch("≥12次", "3次"), Statement{Forecast: "12次", Likelihood: Certain}, []string{"cause"}},
		{watch("≥12次", "7次"), Statement{Forecast: "10次", Likelihood: Possible}, []string{"cause", "remark"}},
		{watch("≥12次", "7次"), Statement{Forecast: "10次", Likelihood: Possible, Causes: []Cause{StaffCause}, Cause: "缺员", Remark: "补员"}, nil},
		{watch("≥12次", "7次"), Statement{Forecast: "10次", Likelihood: Possible, Causes: []Cause{StaffCause}, Remark: "补员"}, []string{"cause"}},
		{watch("≥12次", "10次"), Statement{Forecast: "15次", Likelihood: Certain}, []string{"remark"}},
		{watch("≥12次", "7次"), Statement{Forecast: "顺利", Likelihood: Certain}, []string{"forecast"}},
	} {
		status := rules.Monitoring.Watch(c.w, rules.Scoring, "2023-07-31")
		if got := owedKeys(rules.Monitoring.Owed(c.w, status, c.said, rules.Scoring)); !slices.Equal(got, c.owed) {
			t.Errorf("%s, %s: owes %v, want %v", c.w.Actual, c.said.Forecast, got, c.owed)
		}
	}
}

// Every set and year has rules that hang together.
func TestRulesAreSound(t *testing.T) {
	data := loadRules()
	for _, set := range []string{"shanxi", "hubei", "elsewhere"} {
		if _, err := RulesFor(set, caseYear); err != nil {
			t.Error(err)
		}
	}
	for _, r := range data.Scoring {
		top := 100
		for _, b := range r.Bands {
			if b.To != top || b.From >= b.To {
				t.Errorf("%s: band %s from %d to %d", r.Key, b.Key, b.From, b.To)
			}
			top = b.From
		}
		points := r.ExecutionPoints
		for _, share := range r.Shares {
			points += share.Points
		}
		if top != 0 || len(r.Shares) > 0 && points != 100 {
			t.Errorf("%s: bands end at %d, points sum to %d", r.Key, top, points)
		}
	}
	for _, m := range data.Monitoring {
		if !(m.Over > m.Green && m.Green > m.Yellow && m.Yellow > 0) || len(m.Windows) == 0 {
			t.Errorf("%s: thresholds or windows", m.Key)
		}
	}
}
