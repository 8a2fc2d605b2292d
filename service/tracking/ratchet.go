package tracking

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/service/indicator"
)

// Move is what became of a target from one year to the next (指标值变动).
type Move string

// The moves. A target is raised where it asks for more than before: more of what is to
// be reached, less of what is to be kept down, an earlier day.
const (
	Raised    Move = "raised"    // 提高
	Lowered   Move = "lowered"   // 降低
	Unchanged Move = "unchanged" // 未变
	Reworded  Move = "reworded"  // 改写，不能比较
	Added     Move = "added"     // 新增
	Dropped   Move = "dropped"   // 取消
	Blank     Move = "blank"     // 未填: the indicator is there, its value not yet
)

// Moves lists the moves.
var Moves = []Move{Raised, Lowered, Unchanged, Reworded, Added, Dropped, Blank}

// PastTarget is an indicator of a project in one year.
type PastTarget struct {
	Level1, Level2, Name string
	Value                string // as written; "" for a row without
	Actual               string // as the self-evaluation says, "" where there is none
}

// PastYear is a project in one year: its targets with its money.
type PastYear struct {
	Year    int
	Money   model.Money // annual budget
	Targets []PastTarget
}

// RatchetRow is one indicator over the years (棘轮).
type RatchetRow struct {
	Level1, Level2, Name string
	Move                 Move // to the newest year from the one before
	// Standing counts the years in a row for which the target has stood as it is now, the
	// newest included; 0 for one that was dropped or has no value yet.
	Standing int
	Years    []RatchetValue // oldest first; years without the indicator are left out
	// Beaten tells that last year's result was far beyond its target, and the new one asks
	// for no more.
	Beaten bool
}

// RatchetValue is an indicator's target and result of one year.
type RatchetValue struct {
	Year   int
	Value  string
	Actual string
	// Rate is the completion in per cent, "" where it can't be computed.
	Rate string
	Move Move // from the year before; Added where that had none
}

// Ratchet follows the indicators of a project over its years, oldest first: first those
// of the newest year in their order, then those that it dropped. An indicator is the
// same where second level and name are; of one name there may be several, in order.
func (r ScoreRules) Ratchet(years []PastYear) []RatchetRow {
	if len(years) == 0 {
		return nil
	}
	rows, index := []RatchetRow{}, map[ratchetKey]int{}
	for at := len(years) - 1; at >= max(0, len(years)-2); at-- {
		for key, target := range years[at].keyed() {
			if _, known := index[key]; !known {
				index[key] = len(rows)
				rows = append(rows, r.follow(years, key, target))
			}
		}
	}
	return rows
}

// ratchetKey knows an indicator over the years.
type ratchetKey struct {
	level2, name string
	nth          int // among those of one name
}

// key knows a target as the first of its name.
func (t PastTarget) key() ratchetKey {
	return ratchetKey{level2: t.Level2, name: strings.Join(strings.Fields(t.Name), "")}
}

// awaits tells that an indicator stands in the year without a value.
func (y PastYear) awaits(key ratchetKey) bool {
	key.nth = 0
	return slices.ContainsFunc(y.Targets, func(t PastTarget) bool {
		return t.key() == key && strings.TrimSpace(t.Value) == ""
	})
}

// keyed gives the targets with a value, each under its key, in their order.
func (y PastYear) keyed() func(yield func(ratchetKey, PastTarget) bool) {
	return func(yield func(ratchetKey, PastTarget) bool) {
		seen := map[ratchetKey]int{}
		for _, t := range y.Targets {
			if strings.TrimSpace(t.Value) == "" {
				continue
			}
			key := t.key()
			key.nth = seen[key]
			seen[ratchetKey{key.level2, key.name, 0}]++
			if !yield(key, t) {
				return
			}
		}
	}
}

// follow gives the row of one indicator.
func (r ScoreRules) follow(years []PastYear, key ratchetKey, known PastTarget) RatchetRow {
	row := RatchetRow{Level1: known.Level1, Level2: known.Level2, Name: known.Name, Move: Dropped}
	newest := years[len(years)-1].Year
	for _, y := range years {
		for k, t := range y.keyed() {
			if k == key {
				row.add(r, y.Year, t)
			}
		}
	}
	last := row.Years[len(row.Years)-1]
	if last.Year != newest {
		if years[len(years)-1].awaits(key) {
			row.Move = Blank
		}
		return row
	}
	row.Move = last.Move
	for i := len(row.Years) - 1; i >= 0; i-- {
		if row.Standing++; row.Years[i].Move != Unchanged {
			break
		}
	}
	if len(row.Years) > 1 && (row.Move == Unchanged || row.Move == Lowered) {
		before := row.Years[len(row.Years)-2]
		row.Beaten = before.Year == newest-1 && r.beaten(known, before)
	}
	return row
}

func (row *RatchetRow) add(r ScoreRules, year int, t PastTarget) {
	value := RatchetValue{Year: year, Value: t.Value, Actual: t.Actual, Move: Added}
	if n := len(row.Years); n > 0 && row.Years[n-1].Year == year-1 {
		value.Move = moveOf(row.Years[n-1], value, IsCost(t.Level1, t.Level2))
	}
	if a, ok := r.attained(t, year); ok && a.Times != nil {
		value.Rate = percent(a.Times)
	} else if ok {
		value.Rate = percent(a.Done)
	}
	row.Years = append(row.Years, value)
}

// attained measures a result, where there is one that can be.
func (r ScoreRules) attained(t PastTarget, year int) (Attainment, bool) {
	if strings.TrimSpace(t.Actual) == "" {
		return Attainment{}, false
	}
	c, why := r.Compare(Measured{Target: indicator.Parse(t.Value, year), Actual: t.Actual, Year: year, Cost: IsCost(t.Level1, t.Level2)})
	if why != "" {
		return Attainment{}, false
	}
	return c.Attain(), true
}

// beaten tells whether a result was so far beyond its target that a reason is owed for
// it.
func (r ScoreRules) beaten(t PastTarget, v RatchetValue) bool {
	t.Value, t.Actual = v.Value, v.Actual
	a, ok := r.attained(t, v.Year)
	return ok && a.Times != nil && a.Times.Cmp(ratio(int64(r.Over.From), 100)) > 0
}

// moveOf compares a target with that of the year before; days are compared within
// their years.
func moveOf(before, now RatchetValue, cost bool) Move {
	a, b := indicator.Parse(before.Value, before.Year), indicator.Parse(now.Value, now.Year)
	if a.Kind != b.Kind || a.Unit != b.Unit || a.Per != b.Per || a.Direction != b.Direction {
		return Reworded
	}
	if a.Kind == indicator.Grade {
		if strings.Join(strings.Fields(a.Text), "") == strings.Join(strings.Fields(b.Text), "") {
			return Unchanged
		}
		return Reworded
	}
	if a.Kind == indicator.Date {
		return moveTo(strings.Compare(inYear(b.Date, now.Year), inYear(a.Date, before.Year)), true)
	}
	return moveOfNumbers(Measured{Target: a, Cost: cost}, Measured{Target: b, Cost: cost})
}

// inYear writes a day so that those of two years compare: how many years it lies after
// its budget year, then month and day. The end of February is one day.
func inYear(date string, year int) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date // indicator.Parse gives no other dates
	}
	return fmt.Sprintf("%04d", 5000+day.Year()-year) + strings.Replace(day.Format("-01-02"), "-02-29", "-02-28", 1)
}

func moveOfNumbers(before, now Measured) Move {
	a, b := operatorOf(before), operatorOf(now)
	low, ok1 := number(before.Target.Value)
	next, ok2 := number(now.Target.Value)
	switch {
	case !ok1 || !ok2 || downward(a) != downward(b) || (a == indicator.Range) != (b == indicator.Range):
		return Reworded
	case a == indicator.Range:
		return moveOfRanges(before.Target, now.Target, low, next)
	}
	if order := next.Cmp(low); order != 0 {
		return moveTo(order, downward(a))
	}
	if strict(a) == strict(b) {
		return Unchanged
	}
	if strict(b) { // ≥10 became >10
		return Raised
	}
	return Lowered
}

// moveOfRanges tells a narrower range from a wider one; one that was shifted can't be
// compared.
func moveOfRanges(before, now indicator.TargetValue, low, next *big.Rat) Move {
	high, ok1 := number(before.Upper)
	top, ok2 := number(now.Upper)
	if !ok1 || !ok2 {
		return Reworded
	}
	lower, upper := next.Cmp(low), top.Cmp(high)
	switch {
	case lower == 0 && upper == 0:
		return Unchanged
	case lower >= 0 && upper <= 0:
		return Raised
	case lower <= 0 && upper >= 0:
		return Lowered
	}
	return Reworded
}

func downward(op indicator.Operator) bool { return op == indicator.AtMost || op == indicator.Below }
func strict(op indicator.Operator) bool   { return op == indicator.Above || op == indicator.Below }

// moveTo reads the sign of a change: more is a rise, less where little is wanted.
func moveTo(order int, down bool) Move {
	switch {
	case order == 0:
		return Unchanged
	case (order > 0) != down:
		return Raised
	}
	return Lowered
}
