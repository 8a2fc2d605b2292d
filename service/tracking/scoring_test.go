package tracking

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"biaochi/model"
	"biaochi/service/indicator"
)

const caseYear = 2023

// scoringCases is testdata/scoring.yaml, which budget officers read.
type scoringCases struct {
	Rules     map[string]string
	Execution []struct {
		About                      `yaml:",inline"`
		Budget, Executed, Refunded model.Money
		Rate, Score                string
	}
	Cases  []scoringCase
	Rollup []struct {
		About         `yaml:",inline"`
		Level         string
		Parts         []rollupPart
		Points, Score string
		Fault         string
	}
	Whole []struct {
		About            `yaml:",inline"`
		Tree             string
		Budget, Executed model.Money
		Rows             []scoringCase
		Unassigned       string
		Total, Grade     string
	}
}

type About struct{ Rule, Name, By string }

type scoringCase struct {
	About                                      `yaml:",inline"`
	Level, Target, Actual, Weight, Band, Cause string
	Share                                      *int
	TooLow                                     bool `yaml:"tooLow"`
	Points, Score, Basis                       string
	Owed                                       []string
}

type rollupPart struct {
	Unit, Target, Actual string
	Money                model.Money
}

func (c scoringCase) row() Row {
	level1, level2, _ := strings.Cut(c.Level, "/")
	return Row{
		Level1: level1, Level2: level2, Target: indicator.Parse(c.Target, caseYear), Weight: c.Weight, Actual: c.Actual,
		Band: c.Band, Share: c.Share, Cause: c.Cause, TooLow: c.TooLow,
	}
}

func (a About) rules(t *testing.T) ScoreRules {
	t.Helper()
	key := a.By
	if key == "" {
		key = "national"
	}
	rules, ok := ScoreRulesByKey(key)
	if !ok {
		t.Fatalf("%s: no rules %s", a.Name, key)
	}
	return rules
}

func points(t *testing.T, text string) Points {
	t.Helper()
	p, err := ParsePoints(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return p
}

func readScoring(t *testing.T) (all scoringCases) {
	t.Helper()
	text, err := os.ReadFile("testdata/scoring.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict(), yaml.UseJSONUnmarshaler()); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestScoringCases(t *testing.T) {
	all := readScoring(t)
	for _, c := range all.Cases {
		got := c.rules(t).Score(c.row(), points(t, c.Points), caseYear)
		if got.Score != points(t, c.Score) {
			t.Errorf("%s %s：%s 完成 %s，得 %s，应得 %s（%s）", c.Rule, c.Name, c.Target, c.Actual, got.Score, c.Score, got.Why)
		}
		basis := Basis(c.Basis)
		if basis == "" {
			basis = Counted
			if got.Basis == Judged {
				basis = Judged
			}
		}
		if got.Basis != basis {
			t.Errorf("%s %s：依据 %s，应为 %s", c.Rule, c.Name, got.Basis, basis)
		}
		if owed := owedKeys(got.Owed); !slices.Equal(owed, c.Owed) {
			t.Errorf("%s %s：要求补充 %v，应为 %v", c.Rule, c.Name, owed, c.Owed)
		}
	}
}

func owedKeys(owed []Owing) (keys []string) {
	for _, o := range owed {
		keys = append(keys, o.Key)
	}
	return keys
}

func TestExecutionCases(t *testing.T) {
	for _, c := range readScoring(t).Execution {
		got := c.rules(t).Execution(c.Budget, c.Executed-c.Refunded)
		if got.Rate != c.Rate || got.Score != points(t, c.Score) {
			t.Errorf("%s %s：执行率 %q 得 %s，应为 %q 得 %s", c.Rule, c.Name, got.Rate, got.Score, c.Rate, c.Score)
		}
	}
}

func TestRollupCases(t *testing.T) {
	for _, c := range readScoring(t).Rollup {
		rules := c.rules(t)
		row := scoringCase{Level: c.Level}.row()
		var parts []Part
		for _, p := range c.Parts {
			parts = append(parts, Part{Unit: p.Unit, Money: p.Money, Measured: Measured{
				Target: indicator.Parse(p.Target, caseYear), Actual: p.Actual, Year: caseYear, Cost: IsCost(row.Level1, row.Level2),
			}})
		}
		whole, why := rules.RollUp(parts)
		if why != "" || c.Fault != "" {
			if c.Fault == "" || !strings.HasPrefix(why, c.Fault) {
				t.Errorf("%s %s：%q，应说明 %q", c.Rule, c.Name, why, c.Fault)
			}
			continue
		}
		if got := rules.ScoreComparison(whole, row, points(t, c.Points)); got.Score != points(t, c.Score) {
			t.Errorf("%s %s：得 %s，应得 %s", c.Rule, c.Name, got.Score, c.Score)
		}
	}
}

func TestWholeEvaluations(t *testing.T) {
	for _, c := range readScoring(t).Whole {
		tree, ok := indicator.FindTree(c.Tree)
		if !ok {
			t.Fatalf("no tree %s", c.Tree)
		}
		var rows []Row
		for _, row := range c.Rows {
			rows = append(rows, row.row())
		}
		got := c.rules(t).Evaluate(tree, rows, c.Budget, c.Executed, caseYear)
		if got.Total != points(t, c.Total) || got.Grade != c.Grade {
			t.Errorf("%s %s：总分 %s 等级 %s，应为 %s %s", c.Rule, c.Name, got.Total, got.Grade, c.Total, c.Grade)
		}
		if !got.Complete {
			t.Errorf("%s %s：not complete: %+v", c.Rule, c.Name, got.Rows)
		}
		if c.Unassigned == "" {
			c.Unassigned = "0"
		}
		sum := got.Execution.Points + got.Unassigned
		for i, row := range c.Rows {
			if sum += got.Rows[i].Points; got.Rows[i].Points != points(t, row.Points) {
				t.Errorf("%s %s：第 %d 行分值 %s，应为 %s", c.Rule, c.Name, i+1, got.Rows[i].Points, row.Points)
			}
		}
		if sum != 100_00 || got.Unassigned != points(t, c.Unassigned) {
			t.Errorf("%s %s：分值合计 %s，无指标可得 %s", c.Rule, c.Name, sum, got.Unassigned)
		}
	}
}

// Every case names a rule that is there, and every rule has a case.
func TestEveryRuleHasACase(t *testing.T) {
	all := readScoring(t)
	used, total := map[string]bool{}, 0
	note := func(a About) {
		used[a.Rule], total = true, total+1
		if all.Rules[a.Rule] == "" {
			t.Errorf("%s rests on rule %q, which isn't listed", a.Name, a.Rule)
		}
	}
	for _, c := range all.Execution {
		note(c.About)
	}
	for _, c := range all.Cases {
		note(c.About)
	}
	for _, c := range all.Rollup {
		note(c.About)
	}
	for _, c := range all.Whole {
		note(c.About)
	}
	for rule := range all.Rules {
		if !used[rule] {
			t.Errorf("rule %s has no case", rule)
		}
	}
	if total < 60 {
		t.Errorf("%d cases", total)
	}
	t.Logf("%d cases, %d rules", total, len(all.Rules))
}
