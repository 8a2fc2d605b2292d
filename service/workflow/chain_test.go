package workflow

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
)

func TestChainFor(t *testing.T) {
	cases := []struct {
		name  string
		path  string
		kind  model.RecordKind
		round Round
		want  string // steps as key@path, g where graded, b where it may block
	}{
		{"a unit", unit1, model.FilingRecord, FirstRound,
			"unitHead@" + unit1 + " departmentHead@" + dept701 + " business@ performance@:gb"},
		{"a department: its head once", dept701, model.FilingRecord, FirstRound, "unitHead@" + dept701 + " business@ performance@:gb"},
		{"a unit below a unit: each head above, nearest first", unit1 + "701001001/", model.FilingRecord, FirstRound,
			"unitHead@" + unit1 + "701001001/ departmentHead@" + unit1 + " departmentHead@" + dept701 + " business@ performance@:gb"},
		{"the bureau: another office", region, model.FilingRecord, FirstRound, "unitHead@" + region + " otherOffice@:gb"},
		{"二上 is short", unit1, model.FilingRecord, SecondRound, "unitHead@" + unit1 + " departmentHead@" + dept701 + " business@:gb"},
		{"a whole-unit target as a filing", dept701, model.TargetRecord, FirstRound, "unitHead@" + dept701 + " business@ performance@:gb"},
		{"a basic sheet gets no grade", unit1, model.SheetRecord, FirstRound,
			"unitHead@" + unit1 + " departmentHead@" + dept701 + " business@ performance@"},
	}
	for _, set := range []string{"shanxi", "national"} { // the same way under other names
		for _, c := range cases {
			chain, err := ChainFor(set, 2023, c.round)
			if err != nil {
				t.Fatal(err)
			}
			if got := stepsText(chain.For(c.path, c.kind)); got != c.want {
				t.Errorf("%s, %s:\n %s\nwant\n %s", set, c.name, got, c.want)
			}
			if chain.DisclosureDays != 20 {
				t.Errorf("%s: %d days to disclose", set, chain.DisclosureDays)
			}
		}
	}
	if _, err := ChainFor("national", 2014, FirstRound); err == nil {
		t.Error("a chain before the rules that it rests on")
	}
	_, err := ChainFor("nowhere", 2023, FirstRound)
	refusal(t, err, model.NotFound, "chain.unknown", "nowhere")
}

func stepsText(steps []Step) string {
	var words []string
	for _, s := range steps {
		word := s.Key + "@" + s.Path
		if s.MayGrade {
			word += ":g"
		}
		if s.MayBlock {
			word += "b"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestTheLatestChainHolds(t *testing.T) {
	chains := []Chain{{Set: "a", Since: 2020, Round: FirstRound}, {Set: "a", Since: 2024, Round: FirstRound}, {Set: "b", Since: 2022, Round: FirstRound}}
	for year, since := range map[int]int{2020: 2020, 2023: 2020, 2024: 2024, 2030: 2024} {
		if c, err := PickChain(chains, "a", year, FirstRound); err != nil || c.Since != since {
			t.Errorf("%d: the chain of %d (%v), want %d", year, c.Since, err, since)
		}
	}
	_, err := PickChain(chains, "a", 2019, FirstRound)
	refusal(t, err, model.NotFound, "chain.unknown")
}

// TestChainOfARegion: another region's chain is data alone, here with the grade at
// the business office and the performance office before it.
func TestChainOfARegion(t *testing.T) {
	rounds := `"first": [{"key":"x","name":"绩效股","at":"finance"},{"key":"y","name":"业务股","at":"finance","mayGrade":true},{"key":"o","name":"股室","at":"office","mayGrade":true}]`
	chains, err := ParseChains([]byte(chainJSON(rounds)))
	if err != nil {
		t.Fatal(err)
	}
	if got := stepsText(chains[0].For(unit1, model.FilingRecord)); got != "x@ y@:g" {
		t.Errorf("steps %s", got)
	}
}

func chainJSON(first string) string {
	return fmt.Sprintf(`{"set":"a","since":2020,"source":"","graded":["filing"],"disclosureDays":20,"rounds":{%s,
		"second":[{"key":"y","name":"业务股","at":"finance","mayGrade":true},{"key":"o","name":"股室","at":"office","mayGrade":true}]}}`, first)
}

func TestChainsThatCouldNotWork(t *testing.T) {
	last := `{"key":"y","name":"业务股","at":"finance","mayGrade":true},{"key":"o","name":"股室","at":"office","mayGrade":true}`
	for reason, texts := range map[string][]string{
		"chain.syntax": {"{", `{"unknown":1}`},
		"chain.step": {
			chainJSON(`"first":[{"key":"","name":"x","at":"unit"},` + last + `]`), chainJSON(`"first":[{"key":"x","name":"","at":"unit"},` + last + `]`),
			chainJSON(`"first":[{"key":"x","name":"x","at":"moon"},` + last + `]`), chainJSON(`"first":[{"key":"y","name":"x","at":"unit"},` + last + `]`),
			chainJSON(`"first":[{"key":"x","name":"x","at":"unit","path":"0/"},` + last + `]`),
		},
		"chain.block": {chainJSON(`"first":[{"key":"x","name":"x","at":"department","mayBlock":true},` + last + `]`)},
		"chain.last": {
			chainJSON(`"first":[{"key":"y","name":"业务股","at":"finance"},{"key":"o","name":"股室","at":"office","mayGrade":true}]`),
			chainJSON(`"first":[{"key":"y","name":"业务股","at":"finance","mayGrade":true}]`), chainJSON(`"first":[]`),
		},
		"chain.days":  {strings.Replace(chainJSON(`"first":[`+last+`]`), `"disclosureDays":20`, `"disclosureDays":0`, 1)},
		"chain.round": {chainJSON(`"third":[],"first":[` + last + `]`)},
	} {
		for _, text := range texts {
			_, err := ParseChains([]byte(text))
			refusal(t, err, model.Invalid, reason)
		}
	}
}

// TestTheTableIsSound: every row has its guards once, and every kind of step is one
// of the positions.
func TestTheTableIsSound(t *testing.T) {
	for _, row := range Table {
		if len(row.From) == 0 || row.Action.ZH() == "" || roleNames[row.Role] == "" || row.Sitting == "" || row.Move == "" {
			t.Errorf("incomplete row %+v", row)
		}
		for i, g := range row.Guards {
			if slices.Contains(row.Guards[:i], g) {
				t.Errorf("%s asks twice for %s", row.Action, g)
			}
		}
	}
	for _, action := range Actions {
		if !slices.ContainsFunc(Table, func(r Row) bool { return r.Action == action }) {
			t.Errorf("%s has no row", action)
		}
	}
}
