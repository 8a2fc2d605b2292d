package execution_test

import (
	"fmt"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/exchange"
	"biaochi/service/execution"
	"biaochi/service/tracking"
)

// A filing stands beside the years before: budget, what was paid, score and grade, and
// which targets were raised, lowered or left, as a hand calculation says.
func TestLastYear(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 200), project("P2", 10, 0))
		h.set("2023-12-31")
		if _, err := h.importText(operator, header+"P1,2023-07-03,一般公共预算,900.00,Z1\n", false); err != nil {
			t.Fatal(err)
		}
		h.set("2024-02-01")
		key := execution.SheetKey{RecordID: h.record(unitA, "P1").ID, Kind: model.EvaluationSheet}
		view, err := h.SaveSheet(t.Context(), people["经办"], key, 0, execution.Content{GoalResult: "完成", Said: []execution.Said{
			{Level1: "output", Level2: "quantity", Name: "培训次数", Actual: "18次", Statement: tracking.Statement{Cause: "加开"}},
			{Level1: "output", Level2: "timeliness", Name: "完成时间", Actual: "2023年10月20日"},
			{Level1: "benefit", Level2: "social", Name: "服务能力", Band: "met"},
			{Level1: "satisfaction", Level2: "serviceRecipients", Name: "满意度", Actual: "95%"},
		}})
		if err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		next := project("P1", 1500, 0)
		next.Form.Indicators[1].Annual.Value = "9月底前完成"
		next.Form.Indicators[2].Annual = nil
		next.Form.Indicators[3].Annual.Value = "≥85%"
		h.draftNextYear(unitA, next)
		filing := h.filingOf(unitA, 2024, "P1")
		show := func(who string) (string, error) {
			c, err := h.LastYear(t.Context(), people[who], filing)
			var out []string
			for _, y := range c.Years {
				out = append(out, fmt.Sprintf("%d %s %s %s %s %s", y.Year, y.Budget.Yuan(), y.Paid.Yuan(), y.Rate, y.Score, y.GradeName))
			}
			for _, r := range c.Rows {
				out = append(out, fmt.Sprintf("%s %s %d %v %s", r.Name, r.Move, r.Standing, r.Beaten, r.Years[0].Rate))
			}
			return strings.Join(out, "\n"), err
		}
		const targets = "培训次数 unchanged 2 %v %s\n完成时间 raised 1 false %s\n满意度 lowered 1 false %s\n服务能力 dropped 0 false "
		got, err := show("经办")
		if want := "2023 1200.00 900.00 75.00% 0.00 \n2024 1500.00 0.00  0.00 \n" + fmt.Sprintf(targets, false, "", "", ""); err != nil || got != want {
			t.Errorf("before it is handed in: got\n%s\nwant\n%s %v", got, want, err)
		}
		if _, err = h.ActOnSheet(t.Context(), people["经办"], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version}); err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		score := view.Evaluation
		got, err = show("部门审核")
		if want := fmt.Sprintf("2023 1200.00 900.00 75.00%% %s %s\n2024 1500.00 0.00  0.00 \n", score.Total, score.GradeName) + fmt.Sprintf(targets, true, "150.00%", "100.00%", "105.56%"); err != nil || got != want {
			t.Errorf("got\n%s\nwant\n%s %v", got, want, err)
		}
		if _, err := show("他部门"); reasonOf(err) != "record.notFound" {
			t.Errorf("another department: %v", err)
		}
	})
}

// filingOf is a unit's filing of a year.
func (h *house) filingOf(path string, year int, code string) (id model.ID) {
	h.t.Helper()
	err := h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		record, _, err := tx.RecordOf(store.Everything(), model.FilingRecord, h.units[path].ID, year, code)
		id = record.ID
		return err
	})
	if err != nil || id == 0 {
		h.t.Fatal(code, err)
	}
	return id
}

// draftNextYear brings a unit's projects of 2024 in as drafts.
func (h *house) draftNextYear(path string, projects ...model.ProjectContent) {
	h.t.Helper()
	sheet := &model.SheetContent{Unit: model.UnitHeader{Code: h.units[path].Code, Name: h.units[path].Name, Kind: model.PublicInstitution, ParentCode: h.units[path].ParentCode}}
	if _, err := h.packages.Import(h.t.Context(), exchange.New(2024, sheet, projects), exchange.ImportOptions{Actor: "test"}); err != nil {
		h.t.Fatal(err, fieldsOf(err))
	}
}
