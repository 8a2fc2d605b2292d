package check

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"biaochi/model"
	"biaochi/service/indicator"
)

// longTermFunds is F02.
func longTermFunds(p *probe) {
	long, ok := p.project.Form.LongTermFunds.Amount()
	annual, also := p.project.Form.AnnualFunds.Amount()
	if !ok || !also {
		return
	}
	p.checked++
	f := Finding{Field: "form.longTermFunds.total", Want: annual.Yuan(), Got: long.Yuan(), Text: long.Yuan()}
	switch {
	case long < annual:
		f.Message = fmt.Sprintf("%s的实施期资金 %s 元小于年度资金 %s 元；实施期资金应包括本年度，请核对改正。", p.about(), long.Yuan(), annual.Yuan())
	case p.oneYear() && long != annual:
		f.Message = fmt.Sprintf("%s为一年期项目，实施期资金 %s 元与年度资金 %s 元不等；请改为一致，或核对项目期。", p.about(), long.Yuan(), annual.Yuan())
	default:
		return
	}
	p.fail(f)
}

// oneYear tells a project that ends with its first year; without a period its
// nature says so.
func (p *probe) oneYear() bool {
	if years := p.project.Form.PeriodYears; years != nil {
		return *years == 1
	}
	return p.project.Nature == model.OneOff
}

// fundsAddUp is F03.
func fundsAddUp(p *probe) {
	for _, funds := range []struct {
		field, label string
		model.FormFunds
	}{
		{"form.longTermFunds.total", "实施期", p.project.Form.LongTermFunds},
		{"form.annualFunds.total", "年度", p.project.Form.AnnualFunds},
	} {
		sum, filled := funds.Sum()
		switch {
		case funds.Total == nil || !filled && *funds.Total == 0:
		case !filled:
			p.insufficient(Finding{Field: funds.field, Message: fmt.Sprintf(
				"%s的%s资金总额为 %s 元，没有填写各级资金，无法核对；请补填。", p.about(), funds.label, funds.Total.Yuan())})
		case sum != *funds.Total:
			p.fail(Finding{
				Field: funds.field, Want: sum.Yuan(), Got: funds.Total.Yuan(), Text: funds.Total.Yuan(),
				Message: fmt.Sprintf("%s的%s资金总额为 %s 元，各级资金之和为 %s 元，两者不等；请核对各级资金。",
					p.about(), funds.label, funds.Total.Yuan(), sum.Yuan()),
			})
		default:
			p.checked++
		}
	}
}

// costFitsFunds is F10: a cost total against the money of the same horizon.
func costFitsFunds(p *probe) {
	costs := p.costs()
	for _, c := range costs {
		funds := p.project.Form.LongTermFunds
		if c.annual {
			funds = p.project.Form.AnnualFunds
		}
		amount, _ := funds.Amount()
		if amount == 0 {
			p.insufficient(Finding{
				Field: c.field("value"), Indicator: c.target.Name, Text: c.target.Value,
				Message: fmt.Sprintf("%s%s的指标值“%s”无法核对：%s资金为零或没有填写；请先核实资金。", p.about(), c.where(), c.target.Value, c.horizon()),
			})
			continue
		}
		p.checked++
		c.whole = c.named || c.alone(costs)
		p.weighCost(c, amount)
	}
}

// cost is a cost indicator in money that is no unit price.
type cost struct {
	seat
	yuan  *big.Rat
	named bool // its name says that it is the total, not one item of several
	item  bool // its name says that it is one item
	whole bool // it is taken for the total
}

// costs gives the cost indicators of the form that may state a total.
func (p *probe) costs() (list []*cost) {
	for _, s := range seats(p.project.Form) {
		name := bare(s.target.Name)
		if !slices.Contains(p.settings().Cost.Kinds, s.pair.Level2) || containsAny(name, lexis.Savings) {
			continue
		}
		v := p.readCost(s.target)
		named := containsAny(name, lexis.Totals)
		if v.Kind != indicator.Money || v.Per != "" || !named && containsAny(name, lexis.UnitPrices) {
			continue
		}
		text := v.Value
		if v.Upper != "" {
			text = v.Upper
		}
		list = append(list, &cost{seat: s, yuan: number(text), named: named, item: endsWith(name, lexis.Items)})
	}
	return list
}

// readCost reads a cost, with the unit out of the name where the value has none:
// 总成本（万元） ≤20.
func (p *probe) readCost(t *model.Target) indicator.TargetValue {
	v := p.read(t.Value)
	if v.Kind != indicator.Quantity || v.Unit != "" {
		return v
	}
	name := bare(t.Name)
	for _, unit := range []string{"万元", "亿元", "元"} {
		if strings.HasSuffix(name, unit) {
			return p.read(t.Value + unit)
		}
	}
	return v
}

// alone tells a cost that is the only one of its horizon and isn't called an item.
func (c *cost) alone(all []*cost) bool {
	for _, other := range all {
		if other != c && other.annual == c.annual {
			return false
		}
	}
	return !c.item
}

// weighCost compares one cost with the amount. No item may exceed it; only a total
// must come near it.
func (p *probe) weighCost(c *cost, amount model.Money) {
	limits := p.settings().Cost
	ratio := new(big.Rat).Quo(c.yuan, big.NewRat(int64(amount), 100))
	f := Finding{Want: amount.Yuan(), Got: c.yuan.FloatString(2)}
	switch {
	case ratio.Cmp(limits.Most) > 0:
		p.failValue(c.seat, f, "大于%s资金 %s 元%s；请核对金额和单位。", c.horizon(), amount.Yuan(), p.slip(c, amount))
	case !c.whole || ratio.Cmp(limits.Fits) >= 0:
	case ratio.Cmp(limits.Least) < 0:
		p.failValue(c.seat, f, "只有%s资金 %s 元的 %s%%%s；请核对金额和单位。", c.horizon(), amount.Yuan(), percent(ratio), p.slip(c, amount))
	default:
		f.Severity = Warning
		p.failValue(c.seat, f, "只有%s资金 %s 元的 %s%%；请核对，或说明其余资金的用途。", c.horizon(), amount.Yuan(), percent(ratio))
	}
}

func percent(ratio *big.Rat) string {
	return new(big.Rat).Mul(ratio, big.NewRat(100, 1)).FloatString(1)
}

// slip guesses how a cost came to miss the amount: a figure dropped or added, 元
// and 万元 mistaken, or the other horizon's amount.
func (p *probe) slip(c *cost, amount model.Money) string {
	yuan := big.NewRat(int64(amount), 100)
	written, meant := digitsOf(c.yuan), digitsOf(yuan)
	scaled := func(factor, divisor int64) bool {
		return near(new(big.Rat).Mul(c.yuan, big.NewRat(factor, divisor)), yuan)
	}
	other, _ := p.project.Form.AnnualFunds.Amount()
	if c.annual {
		other, _ = p.project.Form.LongTermFunds.Amount()
	}
	switch {
	case other != 0 && c.yuan.Cmp(big.NewRat(int64(other), 100)) == 0:
		return fmt.Sprintf("，而与%s资金相同，可能填错了栏", horizonName(!c.annual))
	case scaled(10, 1) || without(meant, written):
		return "，可能漏写了一位数字"
	case scaled(1, 10) || without(written, meant):
		return "，可能多写了一位数字"
	case scaled(10_000, 1):
		return "，可能把万元写成了元"
	case scaled(1, 10_000):
		return "，可能把元写成了万元"
	}
	return ""
}

// near allows the same slack on both sides as a fitting total has below.
func near(a, b *big.Rat) bool {
	ratio := new(big.Rat).Quo(a, b)
	return ratio.Cmp(big.NewRat(4, 5)) >= 0 && ratio.Cmp(big.NewRat(5, 4)) <= 0
}

func digitsOf(yuan *big.Rat) string { return strings.TrimSuffix(yuan.FloatString(2), ".00") }

// without tells whether the shorter text is the longer one with one figure left out.
func without(longer, shorter string) bool {
	if len(longer) != len(shorter)+1 {
		return false
	}
	i := 0
	for i < len(shorter) && longer[i] == shorter[i] {
		i++
	}
	return longer[i+1:] == shorter[i:]
}
