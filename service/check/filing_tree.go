package check

import (
	"fmt"
	"math/big"
	"slices"
	"sync"

	"biaochi/service/indicator"
)

var allTrees = sync.OnceValue(indicator.Trees)

// boundTrees keeps the tree of each set and year; reading them afresh for every
// project would take longer than all the rules.
var boundTrees sync.Map

type treeKey struct {
	set  string
	year int
}

// tree is the year's; ok is false where the set has none.
func (p *probe) tree() (indicator.Tree, bool) {
	key := treeKey{p.setKey(), p.in.Year}
	if known, ok := boundTrees.Load(key); ok {
		return known.(indicator.Tree), true
	}
	tree, ok := indicator.BoundTree(key.set, key.year)
	if ok {
		boundTrees.Store(key, tree)
	}
	return tree, ok
}

// levelNames gives the printed names of a row's first two levels, from whichever
// tree has them.
func levelNames(level1, level2 string) string {
	for _, tree := range allTrees() {
		if level, ok := tree.Level1(level1); ok && tree.Has(level1, level2) {
			i := slices.IndexFunc(level.Children, func(l indicator.Level) bool { return l.Key == level2 })
			return level.Name + "—" + level.Children[i].Name
		}
	}
	return level1 + "—" + level2
}

// groupsPresent is F04. A one-year project may leave the long-term half blank, since
// the annual half says the same; a whole-unit target owes no long-term half.
func groupsPresent(p *probe) {
	tree, ok := p.tree()
	if !ok {
		return
	}
	present := p.groups(tree)
	if len(present[true])+len(present[false]) == 0 {
		p.checked++
		p.missing(tree, nil, "")
		return
	}
	for _, annual := range []bool{false, true} {
		if p.target != nil && !annual {
			continue
		}
		p.checked++
		switch {
		case len(present[annual]) > 0:
			p.missing(tree, present[annual], horizonName(annual))
		case annual || !p.oneYear():
			p.fail(Finding{Field: "form.indicators", Message: fmt.Sprintf(
				"%s没有填写任何%s指标；请补填产出、效益等%s指标。", p.about(), horizonName(annual), horizonName(annual))})
		}
	}
}

// groups gives the first levels that have an indicator, by horizon; a row of
// another tree counts where this tree would have it.
func (p *probe) groups(tree indicator.Tree) map[bool]map[string]bool {
	present := map[bool]map[string]bool{true: {}, false: {}}
	for _, s := range seats(p.project.Form) {
		level1 := s.pair.Level1
		for _, m := range tree.Moves {
			if m.FromLevel1 == level1 && m.FromLevel2 == s.pair.Level2 {
				level1 = m.ToLevel1
			}
		}
		present[s.annual][level1] = true
	}
	return present
}

func (p *probe) missing(tree indicator.Tree, present map[string]bool, horizon string) {
	for _, level := range tree.Levels {
		if present[level.Key] {
			continue
		}
		f := Finding{Field: "form.indicators", Want: level.Name}
		f.Message = fmt.Sprintf("%s的%s指标中没有“%s”；请补填。", p.about(), horizon, level.Name)
		if !level.Required {
			f.Severity = Warning
			f.Message = fmt.Sprintf("%s的%s指标中没有“%s”；%s。", p.about(), horizon, level.Name, level.Absence)
		}
		p.fail(f)
	}
}

// rowsOfTree is F05.
func rowsOfTree(p *probe) {
	tree, ok := p.tree()
	if !ok {
		return
	}
	reported := map[int]bool{}
	for _, s := range seats(p.project.Form) {
		p.checked++
		if tree.Has(s.pair.Level1, s.pair.Level2) || reported[s.row] {
			continue
		}
		reported[s.row] = true
		written := levelNames(s.pair.Level1, s.pair.Level2)
		p.fail(Finding{
			Field: fmt.Sprintf("form.indicators[%d].level2", s.row), Indicator: s.target.Name, Text: s.pair.Level2, Got: s.pair.Level2,
			Message: fmt.Sprintf("%s%s列在“%s”，本年度使用的《%s》没有这一类；%s", p.about(), s.where(), written, tree.Name, placeIn(tree, s)),
		})
	}
}

// placeIn says where this tree would have the row.
func placeIn(tree indicator.Tree, s seat) string {
	for _, m := range tree.Moves {
		if m.FromLevel1 == s.pair.Level1 && m.FromLevel2 == s.pair.Level2 {
			return fmt.Sprintf("请改列“%s”。", levelNames(m.ToLevel1, m.ToLevel2))
		}
	}
	for _, other := range allTrees() {
		for _, m := range other.Moves {
			if m.ToLevel1 == s.pair.Level1 && m.ToLevel2 == s.pair.Level2 && tree.Has(m.FromLevel1, m.FromLevel2) {
				return fmt.Sprintf("请改列“%s”。", levelNames(m.FromLevel1, m.FromLevel2))
			}
		}
	}
	return "请改列本年度指标体系中的指标类别。"
}

// weightsAddUp is F21, for each half of a form that has weights.
func weightsAddUp(p *probe) {
	want := p.settings().Weights
	for _, annual := range []bool{false, true} {
		sum, weighted := p.weights(annual)
		if !weighted {
			continue
		}
		p.checked++
		if sum.Cmp(want) == 0 {
			continue
		}
		got := plainNumber(sum)
		p.fail(Finding{
			Field: "form.indicators", Want: plainNumber(want), Got: got, Text: got,
			Message: fmt.Sprintf("%s的%s指标权重合计为 %s，应为 %s；请调整各指标权重（预算执行率的分值在自评时另加）。",
				p.about(), horizonName(annual), got, plainNumber(want)),
		})
	}
}

func (p *probe) weights(annual bool) (sum *big.Rat, weighted bool) {
	sum = new(big.Rat)
	for i := range p.project.Form.Indicators {
		target := p.project.Form.Indicators[i].LongTerm
		if annual {
			target = p.project.Form.Indicators[i].Annual
		}
		if target == nil {
			continue
		}
		if weight := number(target.Weight.Number()); weight != nil {
			sum.Add(sum, weight)
			weighted = true
		}
	}
	return sum, weighted
}

// plainNumber writes a decimal without trailing zeros.
func plainNumber(r *big.Rat) string {
	places, _ := r.FloatPrec()
	return r.FloatString(places)
}
