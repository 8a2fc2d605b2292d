package check_test

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// The same money on a code with children shows in three tables and six columns and
// is one defect.
func TestMoneyOnACodeWithChildren(t *testing.T) {
	failures := with(func(s *model.SheetContent, _ []model.ProjectContent) { s.BasicLines[0].FunctionCode = "20101" }).run(t).Failures()
	if len(failures) != 1 {
		t.Fatalf("得到 %d 条：%+v", len(failures), failures)
	}
	f := failures[0]
	if f.Rule != "K03" || f.Severity != check.Error || f.Row != "20101" || !strings.Contains(f.Message, "改列到末级科目") {
		t.Errorf("得到 %+v", f)
	}
}

func TestMoneyAboveTheLastLevel(t *testing.T) {
	functional := with(func(s *model.SheetContent, _ []model.ProjectContent) { s.BasicLines[3].FunctionCode = "20805" }).run(t).Failures()
	economic := with(func(s *model.SheetContent, _ []model.ProjectContent) { s.BasicLines[0].DepartmentEconomicCode = "301" }).run(t).Failures()
	for _, failures := range [][]check.Finding{functional, economic} {
		if len(failures) != 1 || failures[0].Rule != "K03" || failures[0].Severity != check.Warning {
			t.Errorf("应有一条 K03 提示，得到 %+v", failures)
		}
	}
}

func TestCodeWithoutName(t *testing.T) {
	r := sound()
	delete(r.catalogue[model.FunctionalCatalogue], "2010102")
	failures := r.run(t).Failures()
	if len(failures) != 1 || failures[0].Rule != "K03" || failures[0].Row != "2010102" || failures[0].Want != "" {
		t.Errorf("应有一条 K03，得到 %+v", failures)
	}
}

func TestNameChangedInOneTable(t *testing.T) {
	in := sound().input(t)
	in.Published = grids(t, in)
	for i := range in.Published[2].Lines {
		if line := &in.Published[2].Lines[i]; line.Keys[0] == "2010101" {
			line.Names[0] = "行政运行费"
		}
	}
	failures := run(t, in).Failures()
	if len(failures) != 1 || failures[0].Rule != "K03" || failures[0].Want != "行政运行" || failures[0].Got != "行政运行费" {
		t.Errorf("应有一条 K03，得到 %+v", failures)
	}
}

func TestRulesThatDoNotApply(t *testing.T) {
	onlyBasic := sound()
	onlyBasic.units[0].Projects = nil
	onlyBasic.units[0].Sheet.Revenues = nil
	report := onlyBasic.run(t)
	for _, id := range []string{"K08", "K13", "K14", "K16", "E01"} {
		if o := outcome(report, id); o != check.NotApplicable {
			t.Errorf("%s 得到 %s，应不适用", id, o)
		}
	}
	if o := outcome(ofKind(model.PublicInstitution).run(t), "K10"); o != check.NotApplicable {
		t.Errorf("事业单位的 K10 得到 %s，应不适用", o)
	}
	if o := outcome(changed(t, ofKind(model.PublicInstitution), "agencyOperating", "total", "generalPublicBudget"), "K10"); o != check.Fail {
		t.Errorf("事业单位填了机关运行经费，K10 得到 %s，应不通过", o)
	}
}

func TestFundWithoutRevenueLines(t *testing.T) {
	failures := with(func(s *model.SheetContent, _ []model.ProjectContent) { s.Revenues = s.Revenues[1:] }).run(t).Failures()
	if len(failures) != 1 || failures[0].Rule != "K08" || failures[0].Want != "50.00" || failures[0].Got != "0.00" {
		t.Errorf("应有一条 K08，得到 %+v", failures)
	}
}

func TestNothingToCompareIsNoPass(t *testing.T) {
	r := sound()
	r.units[0].Sheet, r.units[0].Projects = nil, nil
	for _, f := range r.run(t).Findings {
		if f.Outcome == check.Pass || f.Outcome == check.Fail {
			t.Errorf("没有数据时 %s 得到 %s", f.Rule, f.Outcome)
		}
	}
}

// In a department only the units that state their expected income are compared.
func TestIncomeStatedBySomeUnits(t *testing.T) {
	r := demo(t)
	r.units[2].Sheet.Revenues = slices.DeleteFunc(r.units[2].Sheet.Revenues, func(l model.RevenueLine) bool { return l.FundKind == model.UnitFunds })
	if failures := r.run(t).Failures(); len(failures) != 0 {
		t.Errorf("得到 %+v", failures)
	}
	for i := range r.units[1].Sheet.Revenues {
		r.units[1].Sheet.Revenues[i].Amount += tenThousand
	}
	report := r.run(t)
	if o := outcome(report, "K16"); o != check.Fail {
		t.Errorf("K16 得到 %s，应不通过", o)
	}
}

// Reading records may fail; then there is no report.
func TestReadingFails(t *testing.T) {
	in := sound().input(t)
	in.ByUnit = func(model.Predicate) iter.Seq2[model.Fact, error] {
		return func(yield func(model.Fact, error) bool) { yield(model.Fact{}, errors.New("磁盘")) }
	}
	if _, err := check.Run(in); err == nil {
		t.Error("读取失败时应报错")
	}
}

// What the command prints: only what is wrong, unless all is asked for.
func TestWrite(t *testing.T) {
	report := with(func(_ *model.SheetContent, p []model.ProjectContent) { p[2].Form = nil }).run(t)
	var text, short, full strings.Builder
	if err := errors.Join(report.WriteText(&text, false), report.WriteJSON(&short, false), report.WriteJSON(&full, true)); err != nil {
		t.Fatal(err)
	}
	if want := "K14\t警告\t901003\t"; !strings.HasPrefix(text.String(), want) || !strings.HasSuffix(text.String(), "共 0 个错误、1 个警告。\n") {
		t.Errorf("得到 %q", text.String())
	}
	if got := short.String(); strings.Count(got, `"rule"`) != 1 || !strings.Contains(got, `"project": "901003"`) || !strings.Contains(got, `"table": ""`) {
		t.Errorf("得到 %s", got)
	}
	if got := full.String(); !strings.Contains(got, `"outcome": "pass"`) {
		t.Errorf("得到 %s", got)
	}
}

func TestRegionWithFewerTables(t *testing.T) {
	in := sound().input(t)
	in.Tables = in.Tables[:9]
	report := run(t, in)
	for _, id := range []string{"K09", "K10", "K12"} {
		if o := outcome(report, id); o != check.NotApplicable {
			t.Errorf("%s 得到 %s，应不适用", id, o)
		}
	}
	if n := report.Errors(); n != 0 {
		t.Errorf("得到 %d 条差错：%+v", n, report.Failures())
	}
}

// Differences below what a cell shows are said in yuan.
func TestSmallDifferencesAreSaidInYuan(t *testing.T) {
	in := sound().input(t)
	in.Published = grids(t, in)
	change(t, in.Published[0], "grand", "income", 1)
	failures := run(t, in).Failures()
	if len(failures) != 1 || !strings.Contains(failures[0].Message, "0.01 元") {
		t.Errorf("得到 %+v", failures)
	}
}

func TestFindingsAreOrderedAndComplete(t *testing.T) {
	report := demo(t).run(t)
	place := map[string]int{}
	for i, rule := range check.Catalogue() {
		place[rule.ID] = i
	}
	if !slices.IsSortedFunc(report.Findings, func(a, b check.Finding) int { return place[a.Rule] - place[b.Rule] }) {
		t.Error("没有按规则排序")
	}
	for id := range place {
		if rule, _ := check.Find(id); rule.Scope != check.DocumentScope && outcome(report, id) == "" {
			t.Errorf("%s 没有结论", id)
		}
	}
	for _, f := range report.Findings {
		if f.Title == "" || f.Severity == "" || !strings.HasSuffix(f.Message, "。") {
			t.Errorf("不完整：%+v", f)
		}
	}
	raw, err := json.Marshal(check.Report{Findings: report.Failures()})
	if err != nil || string(raw) != `{"findings":[]}` {
		t.Errorf("得到 %s %v", raw, err)
	}
}

// Streaming one unit at a time gives what a run over all gives.
func TestUnitsOneAtATime(t *testing.T) {
	in := demo(t).input(t)
	whole := run(t, in)
	units := in.Units
	in.Units = nil
	report, err := check.RunTables(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range units {
		report.Add(check.RunRecords(in, unit))
	}
	report.Close()
	if !slices.Equal(report.Findings, whole.Findings) {
		t.Error("逐个单位与一次运行的结果不同")
	}
}

// A table that was published and read back has the lines and figures it had.
func TestReadGrid(t *testing.T) {
	r := demo(t)
	in := r.input(t)
	for i, g := range grids(t, in) {
		want, table := g.Shown(), in.Tables[i]
		rows, err := table.Collect()
		if err != nil {
			t.Fatal(err)
		}
		got, err := check.ReadGrid(table.Def, r.year, table.UnitName, texts(rows), in.Names, r.unitList())
		if err != nil {
			t.Fatal(err)
		}
		for j := range want.Lines {
			w, g := want.Lines[j], got.Lines[j]
			if !slices.Equal(w.Figures, g.Figures) || w.Labels != g.Labels || !sameKind(w.Kind, g.Kind) {
				t.Errorf("《%s》第 %d 行：\n得到 %+v\n应为 %+v", table.Title, j+1, g, w)
			}
		}
	}
}

// sameKind ignores whether a code or an item is printed as a parent.
func sameKind(a, b budget.RowKind) bool {
	return a == b || b == budget.ItemRow
}

func texts(rows []budget.Row) (cells [][]string) {
	for _, row := range rows {
		var line []string
		for _, c := range row.Cells {
			line = append(line, c.Shown())
		}
		cells = append(cells, line)
	}
	return cells
}

func TestReadGridRefuses(t *testing.T) {
	in := sound().input(t)
	def, _ := in.Set.Table("expenditure")
	for _, row := range [][]string{{"", "合计"}, {"", "合计", "一万", "", ""}, {"", "合计", "1.005", "", ""}} {
		if _, err := check.ReadGrid(def, 2024, "示例局", [][]string{row}, in.Names, nil); err == nil {
			t.Errorf("%q 应拒绝", row)
		}
	}
	g, err := check.ReadGrid(def, 2024, "示例局", [][]string{{"", "合计", "1,234.50", "-0.10", ""}}, in.Names, nil)
	if err != nil || g.Lines[0].Figures[2] != 1_234_500_000 || g.Lines[0].Figures[3] != -100_000 {
		t.Errorf("得到 %+v %v", g, err)
	}
}
