package tracking

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestRatchetCases goes through testdata/ratchet.yaml, which budget officers read.
func TestRatchetCases(t *testing.T) {
	var file struct {
		Rules map[string]string
		Cases []struct {
			Rule, Name, Level, Move, Rate string
			Values, Actuals               []string
			Standing                      int
			Beaten                        bool
		}
	}
	raw, err := os.ReadFile("testdata/ratchet.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(raw, &file, yaml.DisallowUnknownField()); err != nil {
		t.Fatal(err)
	}
	rules, _ := ScoreRulesByKey("national")
	used := map[string]bool{}
	for _, c := range file.Cases {
		used[c.Rule] = true
		level1, level2, _ := strings.Cut(c.Level, "/")
		var years []PastYear
		for i, value := range c.Values {
			years = append(years, PastYear{Year: 2024 - len(c.Values) + 1 + i})
			if value == "" {
				continue // the year is without it
			}
			target := PastTarget{Level1: level1, Level2: level2, Name: "某指标", Value: value}
			if i < len(c.Actuals) {
				target.Actual = c.Actuals[i]
			}
			years[i].Targets = []PastTarget{target}
		}
		rows := rules.Ratchet(years)
		if len(rows) != 1 {
			t.Errorf("%s %s: %d rows", c.Rule, c.Name, len(rows))
			continue
		}
		rate := ""
		if n := len(rows[0].Years); n > 1 {
			rate = rows[0].Years[n-2].Rate
		}
		got := fmt.Sprintf("%s %d %s %v", rows[0].Move, rows[0].Standing, rate, rows[0].Beaten)
		if want := fmt.Sprintf("%s %d %s %v", c.Move, c.Standing, c.Rate, c.Beaten); got != want {
			t.Errorf("%s %s %v: got %s, want %s", c.Rule, c.Name, c.Values, got, want)
		}
	}
	for rule := range file.Rules {
		if !used[rule] {
			t.Errorf("no case rests on %s", rule)
		}
	}
	if len(file.Cases) < 30 || len(used) > len(file.Rules) {
		t.Errorf("%d cases on %d rules of %d", len(file.Cases), len(used), len(file.Rules))
	}
}

// Indicators of one name keep their order; spaces make no other name; what both years
// lack is nowhere.
func TestRatchetTellsIndicatorsApart(t *testing.T) {
	rules, _ := ScoreRulesByKey("national")
	target := func(name, value string) PastTarget {
		return PastTarget{Level1: "output", Level2: "quantity", Name: name, Value: value}
	}
	rows := rules.Ratchet([]PastYear{
		{Year: 2022, Targets: []PastTarget{target("旧", "1次")}},
		{Year: 2023, Targets: []PastTarget{target("培训", "≥1次"), target("培训", "≥5次"), target("会议", "2次"), target("展览", "3次")}},
		{Year: 2024, Targets: []PastTarget{target("培 训", "≥2次"), target("培训", "≥4次"), target("空", ""), target("展 览", " ")}},
	})
	var got []string
	for _, r := range rows {
		got = append(got, r.Name+" "+string(r.Move))
	}
	if want := "培 训 raised; 培训 lowered; 会议 dropped; 展览 blank"; strings.Join(got, "; ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if rules.Ratchet(nil) != nil {
		t.Error("rows of no year")
	}
}
