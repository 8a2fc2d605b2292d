package check

import (
	"math/big"
	"slices"
	"strings"

	"biaochi/service/indicator"
)

// twin is one indicator on both horizons.
type twin struct {
	long, annual     seat
	longVal, yearVal indicator.TargetValue
}

// twins pairs the horizons: by name within a second level first, then by position.
func (p *probe) twins() (pairs []twin) {
	longs := map[string]seat{}
	var annuals []seat
	for _, s := range seats(p.project.Form) {
		if s.annual {
			annuals = append(annuals, s)
		} else if _, known := longs[s.nameKey()]; !known {
			longs[s.nameKey()] = s
		}
	}
	taken := map[int]bool{}
	var rest []seat
	for _, a := range annuals {
		long, ok := longs[a.nameKey()]
		if own := a.pair.LongTerm; own != nil && bare(own.Name) == bare(a.target.Name) {
			long, ok = seat{a.row, a.pair, own, false}, true
		}
		if !ok || blank(a.target.Name) {
			rest = append(rest, a)
			continue
		}
		taken[long.row] = true
		pairs = append(pairs, p.twin(long, a))
	}
	for _, a := range rest {
		if own := a.pair.LongTerm; own != nil && !taken[a.row] {
			pairs = append(pairs, p.twin(seat{a.row, a.pair, own, false}, a))
		}
	}
	return pairs
}

func (s seat) nameKey() string {
	return s.pair.Level1 + "/" + s.pair.Level2 + "/" + bare(s.target.Name)
}

func (p *probe) twin(long, annual seat) twin {
	return twin{long, annual, p.read(long.target.Value), p.read(annual.target.Value)}
}

// sameUnits is F13.
func sameUnits(p *probe) {
	for _, t := range p.twins() {
		long, ok := unitOf(t.longVal)
		annual, also := unitOf(t.yearVal)
		if !ok || !also {
			continue
		}
		p.checked++
		if long != annual || !t.samePer() {
			p.failValue(t.annual, Finding{Want: t.long.target.Value, Got: t.annual.target.Value},
				"与实施期的“%s”计量单位不同；同一指标请用同一计量单位。", t.long.target.Value)
		}
	}
}

// unitOf gives the unit of a value with a figure, one for all that mean the same.
func unitOf(v indicator.TargetValue) (unit string, ok bool) {
	switch v.Kind {
	case indicator.Quantity, indicator.Ratio, indicator.Money, indicator.Change:
		if same := lexis.canonical[v.Unit]; same != "" {
			return same, true
		}
		return v.Unit, true
	}
	return "", false
}

// samePer compares what the values are per; a name such as 人均成本 may say it for one.
func (t twin) samePer() bool {
	long, annual := perParts(t.longVal.Per), perParts(t.yearVal.Per)
	if long == "" || annual == "" {
		return long == annual || containsAny(t.long.target.Name+t.annual.target.Name, lexis.UnitPrices) ||
			long == "年" || annual == "年" // ≥12次/年 over all years, ≥12次 in one
	}
	return long == annual
}

// perParts orders what a value is per: 人·天 and 天/人 are one.
func perParts(per string) string {
	parts := strings.FieldsFunc(per, func(r rune) bool { return strings.ContainsRune("·*×/、.-", r) })
	slices.Sort(parts)
	return strings.Join(parts, "·")
}

// longTermCounts is F14.
func longTermCounts(p *probe) {
	years := p.project.Form.PeriodYears
	if years == nil || *years < 2 {
		return
	}
	for _, t := range p.twins() {
		long, annual, ok := p.addable(t)
		if !ok {
			continue
		}
		p.checked++
		least := new(big.Rat).Mul(annual, big.NewRat(int64(*years), 1))
		least.Mul(least, p.settings().Additive.Share)
		if long.Cmp(least) < 0 {
			p.failValue(t.long, Finding{Want: t.annual.target.Value, Got: t.long.target.Value},
				"少于年度“%s”在 %d 年实施期内累计的数量；请填写实施期的累计数，或说明理由。", t.annual.target.Value, *years)
		}
	}
}

// addable gives the figures of a pair of one unit that adds up over years.
func (p *probe) addable(t twin) (long, annual *big.Rat, ok bool) {
	rules := p.settings().Additive
	adds := func(v indicator.TargetValue) bool {
		return v.Kind == indicator.Quantity && v.Per == "" && !asksAtMost(v) && slices.Contains(rules.Units, v.Unit)
	}
	longUnit, _ := unitOf(t.longVal)
	annualUnit, _ := unitOf(t.yearVal)
	if !adds(t.longVal) || !adds(t.yearVal) || longUnit != annualUnit ||
		containsAny(t.long.target.Name+t.annual.target.Name, rules.Stocks) {
		return nil, nil, false
	}
	long, annual = number(t.longVal.Value), number(t.yearVal.Value)
	return long, annual, long != nil && annual != nil
}
