package form

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/render"
	"biaochi/service/tracking"
)

var update = flag.Bool("update", false, "write the golden documents anew")

func money(initial, adjusted, executed model.Money, rate string) Money {
	return Money{Initial: initial, Adjusted: adjusted, Executed: &executed, Rate: rate}
}

// sample is a sheet with all that one can hold.
func sample(kind model.SheetKind) *Sheet {
	forecast := model.Money(110_000_00)
	s := &Sheet{
		Kind: kind, Year: 2026, Name: "基层业务培训", Code: "P01", Department: "701-示例局", Unit: "示例中心", Goal: "举办培训12期。", GoalResult: "举办培训9期。",
		Money: map[string]Money{
			"total": money(100_000_00, 120_000_00, 60_000_00, "50.00%"), "fiscal": money(100_000_00, 120_000_00, 60_000_00, "50.00%"),
			"other": money(0, 0, 0, ""), "carryOver": {Initial: 20_000_00, Adjusted: 20_000_00},
		},
		State: model.SheetConfirmed, SubmittedOn: "2027-02-01", ConfirmedOn: "2027-02-10",
		Lines: []Line{
			{Level1: "产出指标", Level2: "数量指标", Name: "培训期数", Target: "≥12期", Actual: "9期", Statement: tracking.Statement{Cause: "汛期停训，下年补足", Forecast: "11期", Likelihood: tracking.Impossible, Causes: []tracking.Cause{tracking.StaffCause, tracking.OtherCause}, Remark: "秋季加开两期"}},
			{Level1: "产出指标", Level2: "数量指标", Name: "参训人次", Target: "≥480人次", Actual: "500人次", Statement: tracking.Statement{Forecast: "520人次", Likelihood: tracking.Certain}},
			{Level1: "产出指标", Level2: "时效指标", Name: "完成时间", Target: "11月底前", Actual: "11月20日", Statement: tracking.Statement{Forecast: "11月底", Likelihood: tracking.Possible}},
			{Level1: "满意度指标", Level2: "服务对象满意度指标", Name: "满意度", Target: "≥90%", Actual: "91%"},
		},
	}
	if kind == model.MonitoringSheet {
		s.Window = "1-7"
		total := s.Money["total"]
		total.Forecast = &forecast
		s.Money["total"] = total
		return s
	}
	s.Evaluation = &tracking.Evaluation{Execution: tracking.ExecutionScore{Points: 1000, Score: 500}, Total: 8725, GradeName: "良"}
	for i := range s.Lines {
		s.Lines[i].Score = &tracking.RowScore{Points: 2250, Score: tracking.Points(2000 + i)}
	}
	return s
}

func template(t *testing.T, kind model.SheetKind) *Template {
	t.Helper()
	found, err := TemplateFor(kind, "shanxi", 2026)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// printed writes a document down as a reader sees it: cells with their spans.
func printed(d render.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n%s|%s\n", d.Title, strings.Join(d.Cover, "\n"), d.Header, d.Mark)
	for _, block := range d.Blocks {
		switch block := block.(type) {
		case render.Heading:
			fmt.Fprintf(&b, "\n# %s\n", block.Text)
		case *render.Table:
			for _, h := range block.Head[0] {
				fmt.Fprintf(&b, "%s|", h.Text)
			}
			for row := range block.Rows {
				b.WriteString("\n")
				for _, c := range row.Cells {
					fmt.Fprintf(&b, "%s|", c.Text)
				}
			}
			fmt.Fprintf(&b, "\n%s\n", block.Note)
		case render.Grid:
			fmt.Fprintf(&b, "\n%s %s %s\n", block.Label, block.Title, block.Subtitle)
			for _, row := range block.Rows {
				for _, c := range row {
					columns, rows := c.Spans()
					fmt.Fprintf(&b, "%s", c.Text)
					if columns*rows > 1 {
						fmt.Fprintf(&b, "[%d×%d]", columns, rows)
					}
					b.WriteString("|")
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}

// TestGoldenForms: what stands where in both forms, one by itself and those of a unit.
func TestGoldenForms(t *testing.T) {
	for _, kind := range []model.SheetKind{model.EvaluationSheet, model.MonitoringSheet} {
		draft := *sample(kind)
		draft.Name, draft.Code, draft.State, draft.Lines, draft.SubmittedOn, draft.ConfirmedOn = "尚无指标的项目", "P02", model.SheetDraft, nil, "", ""
		none := draft
		none.Name, none.Code, none.State = "没有填报的项目", "P03", ""
		f := template(t, kind)
		got := printed(f.One(sample(kind))) + "\n========\n" + printed(f.Whole("示例中心", 2026, []Sheet{*sample(kind), draft, none}))
		path := "testdata/" + string(kind) + ".txt"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || got != string(want) {
			t.Errorf("%s: %v\n%s\nrun with -update and look at the difference", path, err, got)
		}
	}
}

// TestFormsFillTheirGrid: spans neither overlap nor leave holes, however many
// indicators there are.
func TestFormsFillTheirGrid(t *testing.T) {
	for _, kind := range []model.SheetKind{model.EvaluationSheet, model.MonitoringSheet} {
		f := template(t, kind)
		for n := range 5 {
			s := sample(kind)
			s.Lines = s.Lines[:n]
			g := f.grid(s, "")
			covered := map[[2]int]int{}
			for _, p := range render.Place(g.Rows) {
				columns, rows := p.Cell.Spans()
				for i := range columns * rows {
					covered[[2]int{p.Row + i/columns, p.Column + i%columns}]++
				}
			}
			for r := range g.Rows {
				for c := range g.Widths {
					if covered[[2]int{r, c}] != 1 {
						t.Errorf("%s of %d indicators: row %d column %d is covered %d times", kind, n, r, c, covered[[2]int{r, c}])
					}
				}
			}
			if len(covered) != len(g.Rows)*len(g.Widths) {
				t.Errorf("%s of %d indicators: cells beyond the grid", kind, n)
			}
		}
	}
}

func TestTemplateFor(t *testing.T) {
	for _, kind := range []model.SheetKind{model.EvaluationSheet, model.MonitoringSheet} {
		if _, err := TemplateFor(kind, "shanxi", 2018); model.ReasonOf(err) != "form.unknown" {
			t.Errorf("%s before there was a form: %v", kind, err)
		}
	}
	if got := template(t, model.MonitoringSheet).FileName("701001", 2026, "1-7", "P01"); got != "701001-2026-绩效运行监控表-1-7月-P01" {
		t.Errorf("name %s", got)
	}
}
