package tracking

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/indicator"
)

// Row is an indicator of a self-evaluation: its target from the approved filing and
// what the unit says was reached.
type Row struct {
	Level1, Level2 string // keys of the tree
	Name           string
	Target         indicator.TargetValue
	Weight         string // points as filed, plain digits, "" where none
	Actual         string // 实际完成值 as written
	// Band and Share judge a target of words: the band's key, and the per cent of the
	// points within it as a whole number; nil takes the most for the best band alone.
	Band  string
	Share *int
	// Cause is 偏差原因分析及改进措施.
	Cause string
	// TooLow is a reviewer's finding that the target was clearly set too low.
	TooLow bool
}

// Basis says what a score rests on.
type Basis string

// The bases of a score.
const (
	Counted    Basis = "measured"   // a number or a date was compared
	Judged     Basis = "judged"     // words were judged
	Missing    Basis = "missing"    // nothing was filled in: no points, and not complete
	Unreadable Basis = "unreadable" // what was filled in can't be compared: as Missing
	NoTarget   Basis = "noTarget"   // the row has no target: it has no points
)

// RowScore is what a row earned.
type RowScore struct {
	Points  Points  `json:"points"` // 分值
	Score   Points  `json:"score"`  // 得分
	Basis   Basis   `json:"basis"`
	Reached bool    `json:"reached"`
	Done    string  `json:"done"`          // 完成率, "" where judged or missing
	Why     string  `json:"why,omitempty"` // what is wrong, or how the score came about
	Owed    []Owing `json:"owed,omitempty"`
}

// Owing is something that must be filled in before the record may go on.
type Owing struct {
	Key     string `json:"key"` // "actual", "share", "cause", "remark", "likelihood"
	Message string `json:"message"`
}

// Score scores one row that may earn the points given.
func (r ScoreRules) Score(row Row, points Points, year int) RowScore {
	s := RowScore{Points: points}
	switch {
	case row.Target.Kind == indicator.Empty || row.Target.Kind == "":
		return RowScore{Basis: NoTarget}
	case row.Target.Kind == indicator.Grade:
		s = r.judge(row, s)
	case strings.TrimSpace(row.Actual) == "":
		s.Basis = Missing
		s.owe("actual", "尚未填写实际完成值")
	default:
		s = r.measure(row, s, year)
	}
	if (s.Basis == Counted || s.Basis == Judged) && !s.Reached && strings.TrimSpace(row.Cause) == "" {
		s.owe("cause", "未达到指标值，须填写偏差原因和改进措施")
	}
	return s
}

func (s *RowScore) owe(key, message string) { s.Owed = append(s.Owed, Owing{key, message}) }

// judge scores words: the share that was found, within the band that was chosen.
func (r ScoreRules) judge(row Row, s RowScore) RowScore {
	band, ok := r.band(row)
	if !ok {
		s.Basis = Missing
		s.owe("actual", "定性指标须选择达成档次："+bandNames(r.Bands))
		return s
	}
	share := band.To
	if row.Share != nil {
		share = *row.Share
	}
	if row.Share == nil && band.To < 100 || share < band.From || share > band.To || share == band.To && share < 100 {
		s.Basis = Missing
		s.owe("share", fmt.Sprintf("“%s”的得分比例应在 %s 之内", band.Name, band.limits()))
		return s
	}
	s.Basis, s.Reached = Judged, band.Key == r.Bands[0].Key
	s.Score = s.Points.of(ratio(int64(share), 100))
	s.Why = fmt.Sprintf("评为“%s”，按 %d%% 得分", band.Name, share)
	return s
}

// band finds the band that was chosen, or the one that the actual value names.
func (r ScoreRules) band(row Row) (Band, bool) {
	return find(r.Bands, func(b Band) bool {
		return b.Key == row.Band || row.Band == "" && slices.Contains(b.Words, strings.TrimSpace(row.Actual))
	})
}

func bandNames(bands []Band) string {
	names := make([]string, len(bands))
	for i, b := range bands {
		names[i] = b.Name
	}
	return strings.Join(names, "、")
}

func (b Band) limits() string {
	if b.To == 100 {
		return fmt.Sprintf("%d%%（含）至 100%%", b.From)
	}
	return fmt.Sprintf("%d%%（含）至 %d%%（不含）", b.From, b.To)
}

func (r ScoreRules) measure(row Row, s RowScore, year int) RowScore {
	c, why := r.Compare(Measured{Target: row.Target, Actual: row.Actual, Year: year, Cost: IsCost(row.Level1, row.Level2)})
	if why != "" {
		s.Basis, s.Why = Unreadable, why
		s.owe("actual", why)
		return s
	}
	return r.ScoreComparison(c, row, s.Points)
}

// IsCost tells the levels of which less is better, in either tree.
func IsCost(level1, level2 string) bool { return level1 == "cost" || level2 == "cost" }

// ScoreComparison scores figures that were compared, as those added up over units;
// of the row it asks level, reason and finding alone.
func (r ScoreRules) ScoreComparison(c Comparison, row Row, points Points) RowScore {
	a := c.Attain()
	share := a.Done
	switch r.method(c, row) {
	case AllOrNothing:
		if !a.Reached {
			share = new(big.Rat)
		}
	case InSteps:
		share = r.stepped(c.Actual)
	}
	s := RowScore{Points: points, Basis: Counted, Reached: a.Reached, Done: percent(a.Done)}
	if a.Times != nil && a.Times.Sign() > 0 {
		s.Done = percent(a.Times)
	}
	return r.overdone(a, row, share, s)
}

func (r ScoreRules) method(c Comparison, row Row) Method {
	switch {
	case slices.Contains(r.Direct, row.Level2):
		return AllOrNothing
	case slices.Contains(r.Stepped, row.Level2) && c.Kind == indicator.Ratio:
		return InSteps
	case c.Kind == indicator.Date:
		return r.Late
	}
	return Proportional
}

func (r ScoreRules) stepped(actual *big.Rat) *big.Rat {
	for _, step := range r.Steps {
		if actual.Cmp(ratio(int64(step.From), 1)) >= 0 {
			return ratio(int64(step.Share), 100)
		}
	}
	return new(big.Rat)
}

// overdone asks for a reason where the target was exceeded by far, and cuts.
func (r ScoreRules) overdone(a Attainment, row Row, share *big.Rat, s RowScore) RowScore {
	from := ratio(int64(r.Over.From), 100)
	explained := strings.TrimSpace(row.Cause) != ""
	if a.Reached && a.Times != nil && a.Times.Cmp(from) > 0 {
		if !explained {
			s.owe("cause", fmt.Sprintf("完成率超过 %d%%，须说明原因；指标值偏低的，下年度应予提高", r.Over.From))
		}
		if r.Over.Cut && (!explained || row.TooLow) {
			beyond := difference(a.Times, from)
			share = difference(share, beyond)
			s.Why = "指标值偏低，扣减超出部分 " + percent(beyond)
		}
	}
	s.Score = s.Points.of(share)
	return s
}

// ExecutionScore is the score of 预算执行率.
type ExecutionScore struct {
	Budget   model.Money `json:"budget"`   // 全年预算数 (A): adjusted, with carry-over
	Executed model.Money `json:"executed"` // 全年执行数 (B)
	Rate     string      `json:"rate"`     // B/A, "" where there is no budget
	Points   Points      `json:"points"`
	Score    Points      `json:"score"`
	Why      string      `json:"why,omitempty"`
}

// Execution scores B/A: the points times the rate, no more than the points. Without
// a budget there is no rate and nothing is earned.
func (r ScoreRules) Execution(budget, executed model.Money) ExecutionScore {
	s := ExecutionScore{Budget: budget, Executed: executed, Points: Points(r.ExecutionPoints) * 100}
	if budget <= 0 {
		s.Why = "全年预算数为零，无法计算执行率"
		return s
	}
	rate := ratio(int64(executed), int64(budget))
	s.Rate, s.Score = Rate(executed, budget), s.Points.of(rate)
	if rate.Cmp(one) > 0 {
		s.Why = "执行数大于全年预算数，按满分计；请核对支付数据或预算调整"
	}
	return s
}

// Rate writes 执行率, what was paid of a budget, in per cent: 89.97%; "" without one.
func Rate(executed, budget model.Money) string {
	if budget <= 0 {
		return ""
	}
	return percent(ratio(int64(executed), int64(budget)))
}
