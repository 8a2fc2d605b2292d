package check

import (
	"strings"

	"biaochi/service/indicator"
)

// operatorsFit is F07. A value without an operator fits any name.
func operatorsFit(p *probe) {
	for _, s := range seats(p.project.Form) {
		v := p.read(s.target.Value)
		if !asksAtLeast(v) && !asksAtMost(v) {
			continue
		}
		p.checked++
		switch want := p.wantedSide(s, v); {
		case want == indicator.AtMost && asksAtLeast(v):
			p.failValue(s, Finding{Got: s.target.Value}, "写作不低于，而这类指标越低越好；请改用“≤”，或核对指标名称。")
		case want == indicator.AtLeast && asksAtMost(v):
			p.failValue(s, Finding{Got: s.target.Value}, "写作不高于，而这类指标越高越好；请改用“≥”，或核对指标名称。")
		}
	}
}

// wantedSide is the operator that a name asks for, "" where it asks for none.
func (p *probe) wantedSide(s seat, v indicator.TargetValue) indicator.Operator {
	name := nameProper(s.target.Name)
	amount := v.Kind == indicator.Money || v.Kind == indicator.Quantity
	share := v.Kind == indicator.Ratio || v.Kind == indicator.Quantity && v.Unit == ""
	switch {
	case amount && p.isCost(s) && !endsWith(name, lexis.Rates):
		return indicator.AtMost
	case containsAny(name, lexis.Coverage):
		return indicator.AtLeast
	case !share || endsWith(name, lexis.OpenRates):
		return ""
	case endsWith(name, lexis.Rates) && containsAny(name, lexis.LowRates):
		return indicator.AtMost
	case endsWith(name, lexis.Rates) || rated(s):
		return indicator.AtLeast
	}
	return ""
}

// isCost tells an indicator of cost by its place or its name; what is saved is none.
func (p *probe) isCost(s seat) bool {
	name := nameProper(s.target.Name)
	if containsAny(name, lexis.Savings) {
		return false
	}
	return s.pair.Level1 == "cost" || s.pair.Level2 == "cost" || strings.HasSuffix(name, "成本") || strings.HasSuffix(name, "造价")
}

// nameProper leaves out a unit or note in brackets at the end: 覆盖率（%）.
func nameProper(name string) string {
	if i := strings.IndexAny(name, "(（"); i > 0 {
		name = name[:i]
	}
	return strings.TrimSuffix(bare(name), "%")
}

// rated tells an indicator of satisfaction by its place or its name.
func rated(s seat) bool {
	return s.pair.Level1 == "satisfaction" || strings.Contains(s.target.Name, "满意度") || strings.Contains(s.target.Name, "满意率")
}

// satisfactionIsRate is F08.
func satisfactionIsRate(p *probe) {
	for _, s := range seats(p.project.Form) {
		if !rated(s) || blank(s.target.Value) || p.unmeasured(s) != measured {
			continue // F01 or F06
		}
		p.checked++
		v := p.read(s.target.Value)
		full := v.Operator == indicator.Equal && v.Value == "100"
		switch {
		case v.Kind == indicator.Ratio && (asksAtLeast(v) || full || v.Operator == indicator.Range):
		case v.Kind == indicator.Ratio && asksAtMost(v): // F07
		case v.Kind == indicator.Change:
			p.failValue(s, Finding{Got: s.target.Value}, "是变化幅度，没有写明基数；满意度请写作“≥90%%”这样的形式。")
		default:
			p.failValue(s, Finding{Got: s.target.Value}, "不是不低于某个百分比；满意度请写作“≥90%%”这样的形式。")
		}
	}
}

// changesNameBase is F09. A base may stand in the value, the name or the explanation.
func changesNameBase(p *probe) {
	for _, s := range seats(p.project.Form) {
		v := p.read(s.target.Value)
		if v.Kind != indicator.Change || lexis.canonical[v.Unit] != "%" || rated(s) {
			continue // F08
		}
		p.checked++
		t := s.target
		if !containsAny(t.Value+"\n"+t.Name+"\n"+t.Explanation+"\n"+t.Basis, lexis.Bases) {
			p.failValue(s, Finding{Got: t.Value}, "没有写明与什么相比；请写作“较上年提高5%%”这样的形式，或改为“≥”某个数值。")
		}
	}
}
