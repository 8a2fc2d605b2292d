package tracking

import (
	"math/big"
	"slices"

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
