package check

import (
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/indicator"
)

// A year with the newer tree asks for cost as a first level with a word, and takes a
// row of the older tree for it.
func TestNewerTree(t *testing.T) {
	tree, ok := indicator.FindTree("2021")
	if !ok {
		t.Fatal("没有 2021 年指标体系")
	}
	set := &budget.Set{Key: "newer"}
	boundTrees.Store(treeKey{set.Key, 2024}, tree)
	target := &model.Target{Name: "指标", Value: "≥90%"}
	row := func(level1, level2 string) model.Indicator {
		return model.Indicator{Level1: level1, Level2: level2, LongTerm: target, Annual: target}
	}
	common := []model.Indicator{row("output", "quantity"), row("benefit", "social"), row("satisfaction", "serviceRecipients")}
	for _, c := range []struct {
		name string
		rows []model.Indicator
		want []string
	}{
		{"没有成本指标", common, []string{"F04 warning 成本指标", "F04 warning 成本指标"}},
		{"成本指标列在产出之下", append(slices.Clone(common), row("output", "cost")), []string{"F05 warning "}},
		{"成本指标是一级指标", append(slices.Clone(common), row("cost", "economicCost")), nil},
	} {
		var got []string
		for _, id := range []string{"F04", "F05"} {
			p := &probe{
				in: &Input{Year: 2024, Set: set}, rule: lookup(id), unit: &UnitRecords{},
				project: &model.ProjectContent{Form: &model.Form{Indicators: c.rows}},
			}
			p.rule.project(p)
			for _, f := range p.found {
				got = append(got, f.Rule+" "+string(f.Severity)+" "+f.Want)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s：%q，应为 %q", c.name, got, c.want)
		}
	}
}
