package disclosure_test

import (
	"slices"
	"strings"
	"testing"

	"biaochi/service/disclosure"
)

// TestCompare: one project with 1.00 万元 more shows in every cell, sentence and
// slice that it moves, and nowhere else.
func TestCompare(t *testing.T) {
	p := readPack(t, demoDir+"/unit-701002-2024.json")
	before := build(t, "shanxi", p)
	p.Projects = slices.Clone(p.Projects)
	p.Projects[0].Budget = slices.Clone(p.Projects[0].Budget)
	p.Projects[0].Budget[0].Amount += 1_000_000
	p.Projects[1].Form = nil
	after := build(t, "shanxi", p)
	list, err := disclosure.Compare(before.Document, after.Document)
	if err != nil {
		t.Fatal(err)
	}
	got := map[disclosure.DifferenceKind]int{}
	var places []string
	for _, d := range list {
		got[d.Kind]++
		places = append(places, d.Place)
	}
	for _, want := range []string{
		"预算公开表1《2024年预算收支总表》 收入总计 收入金额", "预算公开表12《2024年项目支出预算表（本年预算）》 " + p.Projects[0].Name + " 合计",
	} {
		if !slices.Contains(places, want) {
			t.Errorf("no difference at %q in %q", want, places)
		}
	}
	if got[disclosure.FormDiffers] != 1 || got[disclosure.ChartDiffers] == 0 || got[disclosure.SentenceDiffers] == 0 {
		t.Errorf("differences %v", got)
	}
	for _, d := range list {
		if d.Kind == disclosure.CellDiffers && strings.Contains(d.Place, p.Projects[2].Name) {
			t.Errorf("an untouched project differs: %+v", d)
		}
	}
	if same, err := disclosure.Compare(before.Document, before.Document); err != nil || len(same) != 0 {
		t.Errorf("the same document differs from itself: %v %v", same, err)
	}
}
