package tracking

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"biaochi/model"
	"biaochi/service/indicator"
)

// Part is one sub-unit's share in an indicator that several units carry out.
type Part struct {
	Unit string // as people know it, for what is said of it
	Measured
	Money model.Money // the budget by which ratios are weighted
}

// RollUp adds sub-units up before anything is scored (先汇总、后评分): absolute values
// add, ratios, changes of ratios and values per head are weighted by money, dates take
// the latest. why names the unit that can't be added, "" where all can.
func (r ScoreRules) RollUp(parts []Part) (whole Comparison, why string) {
	if len(parts) == 0 {
		return whole, "没有可汇总的单位"
	}
	comparisons := make([]Comparison, len(parts))
	for i, p := range parts {
		c, fault := r.Compare(p.Measured)
		switch {
		case fault != "":
			return whole, p.Unit + "：" + fault
		case i > 0 && (c.Operator != comparisons[0].Operator || c.Unit != comparisons[0].Unit || c.Kind != comparisons[0].Kind):
			return whole, p.Unit + "：指标值与" + parts[0].Unit + "的不同类，不能汇总"
		}
		comparisons[i] = c
	}
	whole = comparisons[0]
	if whole.Kind == indicator.Date {
		return latest(comparisons), ""
	}
	weights := r.weights(parts)
	whole.Low = weighted(comparisons, weights, func(c Comparison) *big.Rat { return c.Low })
	whole.Actual = weighted(comparisons, weights, func(c Comparison) *big.Rat { return c.Actual })
	if whole.High != nil {
		whole.High = weighted(comparisons, weights, func(c Comparison) *big.Rat { return c.High })
	}
	return whole, ""
}

// weights are 1 for what adds up, else each part's share in the money; equal shares
// where there is no money at all.
func (r ScoreRules) weights(parts []Part) []*big.Rat {
	weights := make([]*big.Rat, len(parts))
	var money model.Money
	for _, p := range parts {
		money += p.Money
	}
	for i, p := range parts {
		switch {
		case r.addsUp(p.Target):
			weights[i] = one
		case money > 0:
			weights[i] = ratio(int64(p.Money), int64(money))
		default:
			weights[i] = ratio(1, int64(len(parts)))
		}
	}
	return weights
}

func (r ScoreRules) addsUp(t indicator.TargetValue) bool {
	return t.Kind != indicator.Ratio && t.Per == "" && !slices.Contains(r.Levels, t.Unit)
}

func weighted(parts []Comparison, weights []*big.Rat, of func(Comparison) *big.Rat) *big.Rat {
	total := new(big.Rat)
	for i, c := range parts {
		total = sum(total, product(of(c), weights[i]))
	}
	return total
}

// latest takes the latest target and the latest day, which nobody reached where one
// of them has nothing to show.
func latest(parts []Comparison) Comparison {
	whole := parts[0]
	for _, c := range parts[1:] {
		whole.Undone = whole.Undone || c.Undone
		if c.Low.Cmp(whole.Low) > 0 {
			whole.Low = c.Low
		}
		if whole.Actual == nil || c.Actual != nil && c.Actual.Cmp(whole.Actual) > 0 {
			whole.Actual = c.Actual
		}
	}
	return whole
}

// Against holds what sub-units reached together against the whole's own target. why
// says in Chinese why the two can't be compared, "" where they can.
func (r ScoreRules) Against(own Measured, whole Comparison) (c Comparison, why string) {
	c = Comparison{Operator: operatorOf(own), Kind: own.Target.Kind, Unit: own.Target.Unit, Actual: whole.Actual, Undone: whole.Undone}
	if c.Kind != whole.Kind || c.Unit != whole.Unit {
		return c, "指标值与所属项目的指标值不同类，不能比较"
	}
	if c.Kind == indicator.Date {
		c.Low = dayOfYear(own.Target.Date, own.Year)
		return c, ""
	}
	var ok bool
	if c.Low, ok = number(own.Target.Value); !ok {
		return c, "指标值没有可比较的数"
	}
	if c.Operator == indicator.Range {
		c.High, _ = number(own.Target.Upper)
	}
	return c, ""
}

// Written gives what was reached as people would write it: 36次, 93.5%, 2023-10-20; ""
// where nothing was.
func (c Comparison) Written(year int) string {
	if c.Actual == nil || c.Undone {
		return ""
	}
	if c.Kind == indicator.Date {
		days := c.Actual.Num().Int64()
		return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)-1).Format(time.DateOnly)
	}
	figure := c.Actual.FloatString(2)
	if strings.Contains(figure, ".") {
		figure = strings.TrimRight(strings.TrimRight(figure, "0"), ".")
	}
	return figure + c.Unit
}
