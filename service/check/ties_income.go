package check

import (
	"biaochi/model"
)

// statedIncomeTies are those of K16: what revenue lines expect of a fund kind,
// against the income that the balance takes from spending.
func statedIncomeTies(b *book) {
	if !b.has(incomeAndExpenditure) {
		return
	}
	if b.in.Sums == nil {
		b.insufficient("没有收入明细，无法核对单位资金和财政专户管理资金的预计收入。")
		return
	}
	stated := false
	for _, kind := range nonFiscalKinds {
		if expected, ok := b.expectedIncome(kind); ok {
			stated = true
			b.equal("收入明细填列的"+model.Chinese(kind)+"预计收入，加上没有填列的单位所安排的支出",
				b.cell(incomeAndExpenditure, string(kind), "income"), constant(expected), constant(b.unstated[kind]))
		}
	}
	if !stated {
		b.notApplicable("收入明细没有填列单位资金和财政专户管理资金的预计收入。")
	}
}

// thisYears takes one measure of a fund kind's money of this year.
func thisYears(measure model.Measure, kind model.FundKind) model.Predicate {
	return model.Predicate{Measure: measure, FundKinds: []model.FundKind{kind}, Source: model.CurrentYear}
}

// expectedIncome is what revenue lines state; ok is false where none does.
func (b *book) expectedIncome(kind model.FundKind) (sum model.Money, ok bool) {
	where := thisYears(model.MeasureRevenue, kind)
	for i := range b.in.Sums {
		if f := &b.in.Sums[i]; where.Match(f) {
			sum, ok = sum+f.Amount, true
		}
	}
	return sum, ok
}

// spentWithoutStating is by fund kind what units spend that state no income of it:
// in a department it takes their part out of the comparison.
func (in *Input) spentWithoutStating() (map[model.FundKind]model.Money, error) {
	spent := map[model.FundKind]model.Money{}
	if in.ByUnit == nil {
		return spent, nil
	}
	for _, kind := range nonFiscalKinds {
		states := map[string]bool{}
		for f, err := range in.ByUnit(thisYears(model.MeasureRevenue, kind)) {
			if err != nil {
				return nil, err
			}
			states[f.UnitPath] = true
		}
		for f, err := range in.ByUnit(thisYears(model.MeasureBudget, kind)) {
			if err != nil {
				return nil, err
			}
			if !states[f.UnitPath] {
				spent[kind] += f.Amount
			}
		}
	}
	return spent, nil
}
