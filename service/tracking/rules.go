package tracking

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"sync"

	"biaochi/model"
)

//go:embed rules.json
var rulesJSON []byte

// ScoreRules say how a region scores self-evaluations in some years.
type ScoreRules struct {
	Key        string `json:"key"`
	Name       string `json:"name"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"` // how sure the figures are: high, medium, low
	// ExecutionPoints are for 预算执行率.
	ExecutionPoints int `json:"execution"`
	// Shares give points to first levels of the tree; empty: the tree's own weights.
	Shares []Share `json:"shares,omitempty"`
	// Bands judge words, best first.
	Bands []Band `json:"bands"`
	// Late says what a date missed by days still earns.
	Late Method `json:"late"`
	// Steps score by steps what Stepped names, best first.
	Steps   []Step   `json:"steps"`
	Stepped []string `json:"stepped"` // second levels
	Direct  []string `json:"direct"`  // second levels that earn all or nothing
	Over    OverRule `json:"over"`
	// NotDone are words for an actual value of nothing.
	NotDone []string `json:"notDone"`
	// Levels are units that can't be added up over units: grades, ranks, rates.
	Levels []string `json:"levelUnits"`
	Grades []Grade  `json:"grades"`
}

// Share is points for the indicators of some first levels together.
type Share struct {
	Levels []string `json:"levels"`
	Points int      `json:"points"`
}

// Band is one of the steps in which words are judged: from (included) to (excluded,
// except 100) per cent of the points.
type Band struct {
	Key   string   `json:"key"`
	Name  string   `json:"name"`
	From  int      `json:"from"`
	To    int      `json:"to"`
	Words []string `json:"words"` // the same as people write it
}

// Step gives a share of the points, in per cent, from a value on.
type Step struct {
	From  int `json:"from"`
	Share int `json:"share"`
}

// OverRule says what follows where a target is exceeded by far.
type OverRule struct {
	// From is the completion in per cent above which a reason is owed.
	From int `json:"from"`
	// Cut takes the part of the completion beyond From off the points, unless a
	// reason is given and nobody found the target too low.
	Cut bool `json:"cut"`
}

// Grade is a grade band of the total (绩效评价等级), from so many points on.
type Grade struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	From int    `json:"from"`
}

// Method is how a quantity that wasn't reached earns points.
type Method string

// The methods (赋分方式).
const (
	Proportional Method = "proportional" // 完成比率赋分
	AllOrNothing Method = "direct"       // 直接赋分
	InSteps      Method = "stepped"      // 分档赋分
)

// MonitorRules say how a region monitors in some years.
type MonitorRules struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Source string `json:"source"`
	// Green and Yellow are done ÷ due in per cent from which on a light shows; Over is
	// above which a target may be too low.
	Green   int      `json:"green"`
	Yellow  int      `json:"yellow"`
	Over    int      `json:"over"`
	Windows []Window `json:"windows"`
	// Evaluation is the self-evaluation's: its days are of the year after.
	Evaluation Window `json:"evaluation"`
	// LateDays is after how many days a payment that comes in is noted as late.
	LateDays int `json:"lateDays"`
}

// Window is a stretch of the year that is looked back on (监控期间), from January on,
// with the days between which the unit says how it went.
type Window struct {
	Key     string `json:"key"`
	Through int    `json:"through"` // the last month
	Opens   string `json:"opens"`   // month and day: 08-01
	Due     string `json:"due"`
}

// Clocks are the days that run from a 批复, and when people are reminded.
type Clocks struct {
	Key           string `json:"key"`
	Name          string `json:"name"`
	Source        string `json:"source"`
	Disclosure    int    `json:"-"`                // from the 批复 that addresses the unit; the chain's to say
	UnitApproval  int    `json:"unitApprovalDays"` // from the bureau's to the department's
	ReminderSteps []int  `json:"reminderDays"`     // days after the deadline, before it negative
}

type binding struct {
	Set       string `json:"set"` // "" holds for every set
	FirstYear *int   `json:"firstYear"`
	LastYear  *int   `json:"lastYear"`
	Scoring   string `json:"scoring"`
	Monitor   string `json:"monitoring"`
	Clocks    string `json:"clocks"`
}

type ruleData struct {
	Scoring    []ScoreRules   `json:"scoring"`
	Monitoring []MonitorRules `json:"monitoring"`
	Clocks     []Clocks       `json:"clocks"`
	Bindings   []binding      `json:"bindings"` // the first that fits holds
}

var loadRules = sync.OnceValue(func() ruleData {
	var data ruleData
	decoder := json.NewDecoder(bytes.NewReader(rulesJSON))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&data); err != nil {
		panic("tracking: rules.json: " + err.Error())
	}
	return data
})

// Rules are what holds for a region's set in a budget year. They are shared: nobody
// may change them.
type Rules struct {
	Scoring    ScoreRules
	Monitoring MonitorRules
	Clocks     Clocks
}

// RulesFor gives the rules of a set in a year.
// Errors: Internal "rules.missing" where the data bind none.
func RulesFor(set string, year int) (Rules, error) {
	data := loadRules()
	i := slices.IndexFunc(data.Bindings, func(b binding) bool {
		return (b.Set == set || b.Set == "") && (b.FirstYear == nil || *b.FirstYear <= year) && (b.LastYear == nil || year <= *b.LastYear)
	})
	if i < 0 {
		return Rules{}, model.Fail(model.Internal, "rules.missing", "没有 %s %d 年的监控与自评规则", set, year)
	}
	b := data.Bindings[i]
	scoring, ok1 := find(data.Scoring, func(r ScoreRules) bool { return r.Key == b.Scoring })
	monitor, ok2 := find(data.Monitoring, func(r MonitorRules) bool { return r.Key == b.Monitor })
	clocks, ok3 := find(data.Clocks, func(r Clocks) bool { return r.Key == b.Clocks })
	if !ok1 || !ok2 || !ok3 {
		return Rules{}, model.Fail(model.Internal, "rules.missing", "%s %d 年的监控与自评规则不全", set, year)
	}
	return Rules{scoring, monitor, clocks}, nil
}

// ScoreRulesByKey gives the scoring rules with a key, such as national, and whether
// there are any.
func ScoreRulesByKey(key string) (ScoreRules, bool) {
	return find(loadRules().Scoring, func(r ScoreRules) bool { return r.Key == key })
}

func find[T any](list []T, is func(T) bool) (found T, ok bool) {
	i := slices.IndexFunc(list, is)
	if i < 0 {
		return found, false
	}
	return list[i], true
}

// Window gives the monitoring window with a key, and whether there is one.
func (r MonitorRules) Window(key string) (Window, bool) {
	return find(r.Windows, func(w Window) bool { return w.Key == key })
}
