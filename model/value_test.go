package model

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"
)

// A package may write weights as numbers or as strings; export gives back the
// form that came in.
func TestWeightKeepsItsForm(t *testing.T) {
	for _, text := range []string{`10`, `"10"`, `2.5`, `"2.50"`} {
		var w Weight
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			t.Fatal(err)
		}
		if back, err := json.Marshal(w); err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
	}
	if Weight(`"2.5"`).Number() != "2.5" || Weight("10").Number() != "10" {
		t.Error("Number keeps the quotes")
	}
	for _, text := range []string{`-1`, `"ten"`, `1e2`, `true`, `"10分"`} {
		var w Weight
		if err := json.Unmarshal([]byte(text), &w); err == nil {
			t.Errorf("%s was read as a weight", text)
		}
	}
}

func TestCivilTimes(t *testing.T) {
	for text, ok := range map[string]bool{
		"2023-01-06T17:51:42": true, "2023-01-06": true, "": true, "2023-02-30": false, "2023-01-06T25:00:00": false,
		"2023-01-06T17:51:42Z": false, "2023-01-06T17:51:42.5": false, "20230106": false, "2023-1-6": false,
	} {
		var c CivilTime
		if err := c.UnmarshalText([]byte(text)); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
	at, ok := CivilTime("2023-01-06T17:51:42").Time()
	if want := time.Date(2023, 1, 6, 9, 51, 42, 0, time.UTC); !ok || !at.Equal(want) {
		t.Errorf("got %v, %v; want %v", at, ok, want)
	}
}

// Identifiers grow, also when the clock stands still or is set back.
func TestIDsGrow(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	ids := NewIDs(func() time.Time { return at })
	last := ID(0)
	for i := range 5000 {
		if i == 2500 {
			at = at.Add(-time.Hour)
		}
		id := ids.Next()
		if id <= last {
			t.Fatalf("identifier %d after %d", id, last)
		}
		last = id
	}
}

// Joining two predicates is asking both: on every fact, and matches what either
// alone would not.
func TestAndAsksBoth(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	matched := 0
	for range 20_000 {
		p, q, f := randomPredicate(r), randomPredicate(r), randomFact(r)
		both := p.And(q)
		want := p.Match(&f) && q.Match(&f)
		if both.Match(&f) != want {
			t.Fatalf("%+v\nand %+v\non %+v: got %v", p, q, f, !want)
		}
		if want {
			matched++
		}
	}
	if matched < 100 {
		t.Errorf("only %d cases matched: the test says little", matched)
	}
}

func some[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func randomPredicate(r *rand.Rand) Predicate {
	return Predicate{
		Measure: some(r, "", "", MeasureBudget), Expenditure: some(r, "", "", BasicExpenditure), Source: some(r, "", "", CurrentYear),
		FundKinds: some(r, nil, FundKinds[:1], FundKinds[:3]), UnitKinds: some(r, nil, nil, UnitKinds[:2]),
		Function: some(r, "", "", "208", "20801"), Economic: some(r, nil, []string{"302"}, []string{"30201", "303"}),
		Item: some(r, "", "", "103"), UnitPath: some(r, "", "", "0/1/"), Project: some(r, "", "", "P1"),
	}
}

func randomFact(r *rand.Rand) Fact {
	return Fact{
		Measure: some(r, MeasureBudget, MeasureBudget, MeasureRevenue), Expenditure: some(r, BasicExpenditure, ProjectExpenditure),
		Source: some(r, Sources...), FundKind: some(r, FundKinds[:2]...), UnitKind: some(r, UnitKinds...),
		FunctionCode: some(r, "2080101", "20802", "210"), DepartmentEconomicCode: some(r, "30201", "30202", "30301", ""),
		ItemCode: some(r, "", "1030148"), UnitPath: some(r, "0/1/", "0/2/"), ProjectCode: some(r, "", "P1"),
	}
}
