package check_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/check"
)

func TestReferenceCase(t *testing.T) {
	report := reference(t).run(t)
	var got []string
	for _, f := range report.Failures() {
		if strings.HasPrefix(f.Rule, "F") {
			continue // TestReferenceFilings
		}
		got = append(got, f.Rule+" "+string(f.Severity)+" "+f.Project+" "+f.Field+" "+f.Want+" "+f.Got)
	}
	want := []string{
		"K13 error 602008 form.annualFunds.total 1000000.00 0.00",
		"K13 error 602009 form.annualFunds.total 2600000.00 0.00",
		"K13 error 602010 form.annualFunds.total 2000000.00 0.00",
		"K13 error 602011 form.annualFunds.total 1680000.00 0.00",
		"K13 warning 602012 form.name 使张、龙田、侯方养老保险 2023年度使张、龙田、侯方养老保险",
		"E02 warning  basicLines[17].governmentEconomicCode 50502 50206",
		"E02 warning  basicLines[22].governmentEconomicCode 50502 50208",
	}
	if !slices.Equal(got, want) {
		t.Errorf("发现：\n%q\n应为：\n%q", got, want)
	}
	for _, id := range []string{"K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K09", "K11", "K12", "K14", "K15"} {
		if o := outcome(report, id); o != check.Pass {
			t.Errorf("%s 得到 %s，应通过", id, o)
		}
	}
	for _, id := range []string{"K10", "K16"} {
		if o := outcome(report, id); o != check.NotApplicable {
			t.Errorf("%s 得到 %s，应不适用", id, o)
		}
	}
}

// 20805 shows 911.79 over 256.19 + 655.59: a tail, no error.
func TestReferenceTail(t *testing.T) {
	in := reference(t).input(t)
	tails, err := check.Tails(in)
	if err != nil {
		t.Fatal(err)
	}
	want := check.Tail{Rule: "K03", Table: "expenditure", Row: "20805", Column: "基本支出", Shown: 911_790_000, Parts: 911_780_000}
	if !slices.Contains(tails, want) {
		t.Errorf("没有 20805 的尾差：%+v", tails)
	}
	report := run(t, in)
	if n := len(report.TailsOf("generalPublicBudget")); n != 2 {
		t.Errorf("表5 有 %d 处尾差，应为 2 处", n)
	}
	for _, f := range report.Findings {
		if f.Table != "" && f.Severity == check.Info && f.Outcome != check.Pass {
			t.Errorf("尾差不是差错：%+v", f)
		}
	}
}

// The demonstration's units and their department are sound.
func TestSoundPackagesGiveNoError(t *testing.T) {
	all := []*records{sound(), ofKind(model.CivilServiceManaged), demo(t), alone(t, 0), alone(t, 1), alone(t, 2)}
	for i, r := range all {
		in := r.input(t)
		exact := run(t, in)
		for _, g := range grids(t, in) {
			in.Published = append(in.Published, g.Shown())
		}
		asShown := run(t, in)
		in.Sums = nil
		withoutSums := run(t, in)
		for _, report := range []check.Report{exact, asShown, withoutSums} {
			for _, f := range report.Failures() {
				t.Errorf("案例 %d：%s %s", i, f.Rule, f.Message)
			}
		}
	}
}

// The thirteen published files, read back, tie as the assembled tables do.
func TestPublishedReferenceTables(t *testing.T) {
	in := publishedReference(t)
	in.Units = nil
	for _, sums := range [][]model.Fact{in.Sums, nil} {
		in.Sums = sums
		report := run(t, in)
		for _, f := range report.Failures() {
			t.Errorf("%s %s", f.Rule, f.Message)
		}
		if o := outcome(report, "K09"); o != check.Pass {
			t.Errorf("K09 得到 %s，应通过", o)
		}
	}
}

// publishedReference is the reference case with its tables as published.
func publishedReference(t testing.TB) check.Input {
	t.Helper()
	r := reference(t)
	in := r.input(t)
	dir := filepath.Join("..", "..", "..", "shared", "reference", "hr-2023", "tables")
	for i := range in.Set.Tables {
		def := &in.Set.Tables[i]
		rows := readCSV(t, filepath.Join(dir, def.Stem()+".csv"))[1:]
		unit := r.units[0].Unit
		g, err := check.ReadGrid(def, r.year, unit.Name, rows, in.Names, r.unitList())
		if err != nil {
			t.Fatal(err)
		}
		in.Published = append(in.Published, g)
	}
	return in
}
