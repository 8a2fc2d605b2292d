package execution_test

import (
	"slices"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/execution"
	"biaochi/service/tracking"
)

func (h *house) record(path, code string) model.Record {
	h.t.Helper()
	var record model.Record
	err := h.store.Read(h.t.Context(), func(tx *store.Tx) (err error) {
		record, _, err = tx.RecordOf(store.Everything(), model.FilingRecord, h.units[path].ID, year, code)
		return err
	})
	if err != nil || record.ID == 0 {
		h.t.Fatal(code, err)
	}
	return record
}

// monitored is a complete monitoring of the test's project: one indicator behind.
func monitored() execution.Content {
	certain := tracking.Statement{Forecast: "12次", Likelihood: tracking.Certain}
	behind := certain
	behind.Causes, behind.Cause = []tracking.Cause{tracking.StaffCause}, "汛期停训"
	date, words, rate := certain, certain, certain
	date.Forecast, words.Forecast, rate.Forecast = "10月20日", "显著提升", "92%"
	return execution.Content{Said: []execution.Said{
		{Level1: "output", Level2: "quantity", Name: "培训次数", Actual: "3次", Statement: behind},
		{Level1: "output", Level2: "timeliness", Name: "完成时间", Actual: "未完成", Statement: date},
		{Level1: "benefit", Level2: "social", Name: "服务能力", Band: "met", Statement: words},
		{Level1: "satisfaction", Level2: "serviceRecipients", Name: "满意度", Actual: "91%", Statement: rate},
	}}
}

func evaluated() execution.Content {
	return execution.Content{GoalResult: "基本完成", Said: []execution.Said{
		{Level1: "output", Level2: "quantity", Name: "培训次数", Actual: "9次", Statement: tracking.Statement{Cause: "汛期停训，下年补足"}},
		{Level1: "output", Level2: "timeliness", Name: "完成时间", Actual: "10月20日"},
		{Level1: "benefit", Level2: "social", Name: "服务能力", Band: "met", Share: new(90)},
		{Level1: "satisfaction", Level2: "serviceRecipients", Name: "满意度", Actual: "91%"},
	}}
}

func window(id model.ID) execution.SheetKey {
	return execution.SheetKey{RecordID: id, Kind: model.MonitoringSheet, Window: "1-7"}
}

func TestMonitoringFromEndToEnd(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 200))
		key := window(h.record(unitA, "P1").ID)
		ctx := t.Context()
		if _, err := h.SaveSheet(ctx, people["经办"], key, 0, monitored()); reasonOf(err) != "sheet.notOpen" {
			t.Fatalf("in February: %v", err)
		}
		h.set("2023-08-10")
		if _, err := h.importText(operator, header+"P1,2023-07-31,一般公共预算,600.00,Z1\nP1,2023-08-01,一般公共预算,99.00,Z2\n", false); err != nil {
			t.Fatal(err)
		}
		view, err := h.SaveSheet(ctx, people["经办"], key, 0, execution.Content{})
		if err != nil || len(view.Lines) != 4 || len(view.Owed) == 0 || view.Sheet.Lights.NoData != 3 || view.Sheet.Lights.NotDue != 1 {
			t.Fatalf("an empty sheet: %+v %v", view.Sheet, err)
		}
		if total := view.Money[0]; total.Adjusted != 120000 || *total.Executed != 60000 || total.Rate != "50.00%" || view.Money[3].Adjusted != 20000 || view.Spending.Light != tracking.Yellow {
			t.Errorf("money to July: %+v %+v", view.Money, view.Spending)
		}
		order := execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version}
		if _, err := h.ActOnSheet(ctx, people["经办"], order); reasonOf(err) != "sheet.owed" || len(fieldsOf(err)) < 4 {
			t.Errorf("handed in with holes: %v %v", err, fieldsOf(err))
		}
		if _, err := h.SaveSheet(ctx, people["经办"], key, 0, monitored()); reasonOf(err) != "sheet.changed" {
			t.Errorf("an old lock: %v", err)
		}
		view, err = h.SaveSheet(ctx, people["经办"], key, order.Lock, monitored())
		if lights := view.Sheet.Lights; err != nil || len(view.Owed) != 0 || lights != (model.LightCounts{Red: 1, Green: 2, NotDue: 1}) {
			t.Fatalf("%+v %v %v", view.Sheet, view.Owed, err)
		}
		for _, step := range []struct{ who, verb, reason, refused, state string }{
			{"他部门", "submit", "", "record.notFound", "draft"},
			{"单位审核", "submit", "", "right.missing", "draft"},
			{"单位审核", "confirm", "", "sheet.state", "draft"},
			{"经办", "submit", "", "", "submitted"},
			{"经办", "submit", "", "sheet.state", "submitted"},
			{"经办", "confirm", "", "right.missing", "submitted"},
			{"部门审核", "return", "", "reason.missing", "submitted"},
			{"部门审核", "return", "数据不实", "", "draft"},
			{"经办", "submit", "", "", "submitted"},
			{"单位审核", "confirm", "", "", "confirmed"},
			{"单位审核", "drop", "", "sheet.verb", "confirmed"},
		} {
			lock := view.Sheet.Version
			got, err := h.ActOnSheet(ctx, people[step.who], execution.SheetOrder{Key: key, Verb: step.verb, Lock: lock, Reason: step.reason})
			if reasonOf(err) != step.refused {
				t.Fatalf("%s %s: %v, want %q", step.who, step.verb, err, step.refused)
			}
			if err == nil {
				view = got
			}
			if string(view.Sheet.State) != step.state {
				t.Fatalf("after %s %s: %s", step.who, step.verb, view.Sheet.State)
			}
		}
		if view.Sheet.Returns != 1 || view.Sheet.ConfirmedOn != "2023-08-10" {
			t.Errorf("%+v", view.Sheet)
		}
		if _, err := h.SaveSheet(ctx, people["经办"], key, view.Sheet.Version, monitored()); reasonOf(err) != "sheet.state" {
			t.Errorf("changed after it was confirmed: %v", err)
		}
	})
}

// A draft follows an adjustment; what was handed in keeps the target it spoke of.
func TestSheetsKeepTheirTarget(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-08-10")
		id := h.record(unitA, "P1").ID
		view, err := h.SaveSheet(t.Context(), people["经办"], window(id), 0, monitored())
		if err != nil {
			t.Fatal(err)
		}
		first := view.Sheet.VersionID
		raised := project("P1", 1000, 0)
		raised.Form.Indicators[0].Annual.Value = "≥24次"
		h.approve(unitA, raised)
		view, err = h.Sheet(t.Context(), people["经办"], window(id))
		if err != nil || view.Sheet.VersionID == first || view.Lines[0].Target != "≥24次" || view.Lines[0].Actual != "3次" {
			t.Fatalf("the draft: %+v %v", view.Lines[0], err)
		}
		if view, err = h.ActOnSheet(t.Context(), people["经办"], execution.SheetOrder{Key: window(id), Verb: "submit", Lock: view.Sheet.Version}); err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		h.approve(unitA, project("P1", 900, 0))
		again, err := h.Sheet(t.Context(), people["经办"], window(id))
		if err != nil || again.Sheet.VersionID != view.Sheet.VersionID || again.Lines[0].Target != "≥24次" {
			t.Errorf("what was handed in moved: %+v %v", again.Lines[0], err)
		}
	})
}

func TestSelfEvaluationFromEndToEnd(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		key := execution.SheetKey{RecordID: h.record(unitA, "P1").ID, Kind: model.EvaluationSheet}
		ctx := t.Context()
		h.set("2023-12-31")
		if _, err := h.importText(operator, header+"P1,2023-12-30,一般公共预算,900.00,Z1\n", false); err != nil {
			t.Fatal(err)
		}
		if _, err := h.SaveSheet(ctx, people["经办"], key, 0, evaluated()); reasonOf(err) != "sheet.notOpen" {
			t.Fatalf("before the year is over: %v", err)
		}
		h.set("2024-01-05")
		view, err := h.SaveSheet(ctx, people["经办"], key, 0, evaluated())
		// 执行 9.00；产出 25×9/12=18.75 与 25；效益 30×90%=27；满意度 10
		if err != nil || view.Evaluation.Total.String() != "89.75" || view.Evaluation.GradeName != "良" || !view.Evaluation.Complete {
			t.Fatalf("%+v %v", view.Evaluation, err)
		}
		view, err = h.ActOnSheet(ctx, people["经办"], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version})
		if err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		if view, err = h.ActOnSheet(ctx, people["部门审核"], execution.SheetOrder{Key: key, Verb: "confirm", Lock: view.Sheet.Version}); err != nil || view.Sheet.Score != 8975 || view.Sheet.Grade != "good" {
			t.Errorf("%+v %v", view.Sheet, err)
		}
	})
}

// A target that was clearly too low costs points once a reviewer says so.
func TestReviewerFindsTargetTooLow(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		key := execution.SheetKey{RecordID: h.record(unitA, "P1").ID, Kind: model.EvaluationSheet}
		h.set("2024-01-05")
		content := evaluated()
		content.Said[0].Actual, content.Said[0].Cause, content.Said[0].TooLow = "18次", "任务增加", true
		view, err := h.SaveSheet(t.Context(), people["经办"], key, 0, content)
		if err != nil || view.Lines[0].Score.Score != 2500 {
			t.Fatalf("the unit's own finding counts: %+v %v", view.Lines[0].Score, err)
		}
		view, err = h.ActOnSheet(t.Context(), people["经办"], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version})
		if err != nil {
			t.Fatal(err)
		}
		view, err = h.ActOnSheet(t.Context(), people["部门审核"], execution.SheetOrder{Key: key, Verb: "confirm", Lock: view.Sheet.Version, TooLow: []int{0}})
		if err != nil || view.Lines[0].Score.Score != 2000 {
			t.Errorf("150%% against 130%%: %+v %v", view.Lines[0].Score, err)
		}
	})
}

func TestWhatASheetRefuses(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-08-10")
		key := window(h.record(unitA, "P1").ID)
		content := monitored()
		content.Said[0].Likelihood, content.Said[0].Path = "maybe", &tracking.Path{Kind: tracking.Seasonal}
		content.Said[1].Name = "别的"
		content.Said[2].Causes = []tracking.Cause{"天气"}
		content.Said[3].Remark = strings.Repeat("长", 2001)
		_, err := h.SaveSheet(t.Context(), people["经办"], key, 0, content)
		var paths []string
		for _, f := range fieldsOf(err) {
			paths = append(paths, f.Path)
		}
		slices.Sort(paths)
		if want := []string{"$.said[0].likelihood", "$.said[0].path", "$.said[1].name", "$.said[2].causes", "$.said[3].remark"}; reasonOf(err) != "sheet.content" || !slices.Equal(paths, want) {
			t.Errorf("%v %v", err, paths)
		}
		key.Window = "1-9"
		if _, err := h.Sheet(t.Context(), people["经办"], key); reasonOf(err) != "window.notFound" {
			t.Errorf("%v", err)
		}
	})
}

func TestCorrectionFromEndToEnd(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-09-01")
		id, ctx := h.record(unitA, "P1").ID, t.Context()
		order := execution.CorrectionOrder{RecordID: id, What: "培训进度落后", Responsible: "示例中心", Due: "2023-09-30"}
		for who, reason := range map[string]string{"经办": "right.missing", "部门审核": "right.missing", "他部门": "record.notFound", "管理": "record.notFound"} {
			if _, err := h.OrderCorrection(ctx, people[who], order); reasonOf(err) != reason {
				t.Errorf("%s orders: %v, want %s", who, err, reason)
			}
		}
		late := order
		late.Due = "2023-08-31"
		if _, err := h.OrderCorrection(ctx, people["绩效股"], late); reasonOf(err) != "correction.order" {
			t.Errorf("a date that is past: %v", err)
		}
		c, err := h.OrderCorrection(ctx, people["绩效股"], order)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.RecheckCorrection(ctx, people["绩效股"], c.ID, c.Version, true, ""); reasonOf(err) != "correction.state" {
			t.Errorf("closed without a reply: %v", err)
		}
		if _, err := h.ReplyCorrection(ctx, people["经办"], c.ID, c.Version, "已补训", " "); reasonOf(err) != "correction.evidence" {
			t.Errorf("a reply without evidence: %v", err)
		}
		if c, err = h.ReplyCorrection(ctx, people["经办"], c.ID, c.Version, "已补训", "签到表"); err != nil {
			t.Fatal(err)
		}
		if _, err = h.RecheckCorrection(ctx, people["绩效股"], c.ID, c.Version, false, ""); reasonOf(err) != "reason.missing" {
			t.Errorf("sent back without a reason: %v", err)
		}
		if c, err = h.RecheckCorrection(ctx, people["绩效股"], c.ID, c.Version, false, "缺第三期"); err != nil || c.Returns != 1 {
			t.Fatal(c, err)
		}
		if _, err = h.ReplyCorrection(ctx, people["经办"], c.ID, c.Version-1, "x", "y"); reasonOf(err) != "correction.changed" {
			t.Errorf("an old lock: %v", err)
		}
		if c, err = h.ReplyCorrection(ctx, people["经办"], c.ID, c.Version, "已补第三期", "签到表三"); err != nil {
			t.Fatal(err)
		}
		if c, err = h.RecheckCorrection(ctx, people["绩效股"], c.ID, c.Version, true, "属实"); err != nil || c.State != model.CorrectionClosed || c.ClosedOn != "2023-09-01" {
			t.Fatal(c, err)
		}
		if list, err := h.Corrections(ctx, people["部门审核"], id); err != nil || len(list) != 1 {
			t.Errorf("%v %v", list, err)
		}
	})
}

// A band that there is not, and forecasts of money that don't add up or lie below what
// is paid already, are told.
func TestWrongSheets(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-08-10")
		key := window(h.record(unitA, "P1").ID)
		content := monitored()
		content.Said[2].Band = "great"
		if _, err := h.SaveSheet(t.Context(), people["经办"], key, 0, content); reasonOf(err) != "sheet.content" || !strings.Contains(fieldsOf(err)[0].Path, "said[2].band") {
			t.Errorf("an unknown band: %v %v", err, fieldsOf(err))
		}
		if _, err := h.importText(operator, header+"P1,2023-07-31,一般公共预算,600.00,Z1\n", false); err != nil {
			t.Fatal(err)
		}
		lock := 0
		for want, forecasts := range map[string]map[string]model.Money{
			"":                    {"total": 900_00, "fiscal": 900_00},
			"$.money[0].forecast": {"total": 900_00, "fiscal": 600_00, "other": 200_00},
			"$.money[0].forecast $.money[1].forecast": {"total": 500_00, "fiscal": 500_00, "other": 0},
		} {
			content := monitored()
			content.Forecasts = forecasts
			view, err := h.SaveSheet(t.Context(), people["经办"], key, lock, content)
			var places []string
			for _, owed := range view.Owed {
				places = append(places, owed.Path)
			}
			if got := strings.Join(places, " "); err != nil || got != want {
				t.Errorf("forecasts %v: %s, want %s; %v", forecasts, got, want, err)
			}
			lock = view.Sheet.Version
		}
	})
}

// What was handed in stays what it was: a payment that came late and an adjustment
// change the board, and a sheet alone once it was given back.
func TestHandedInMoneyStays(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		key := execution.SheetKey{RecordID: h.record(unitA, "P1").ID, Kind: model.EvaluationSheet}
		h.set("2024-01-10")
		// By the last day of July more had come back than was paid.
		if _, err := h.importText(operator, header+"P1,2023-07-31,一般公共预算,-1.00,Z1\nP1,2023-12-01,一般公共预算,501.00,Z2\n", false); err != nil {
			t.Fatal(err, fieldsOf(err))
		}
		hand := func(key execution.SheetKey, content execution.Content) execution.View {
			t.Helper()
			view, err := h.SaveSheet(t.Context(), people["经办"], key, 0, content)
			if err == nil {
				view, err = h.ActOnSheet(t.Context(), people["经办"], execution.SheetOrder{Key: key, Verb: "submit", Lock: view.Sheet.Version})
			}
			if err != nil {
				t.Fatal(err, fieldsOf(err))
			}
			return view
		}
		early, view := hand(window(key.RecordID), monitored()), hand(key, evaluated())
		if *early.Money[0].Executed != -100 || *view.Money[0].Executed != 50000 || view.Evaluation.Execution.Score != 500 {
			t.Fatalf("handed in: %+v %+v", early.Money[0], view.Evaluation.Execution)
		}
		if _, err := h.importText(operator, header+"P1,2023-07-01,一般公共预算,300.00,Z3\n", false); err != nil {
			t.Fatal(err)
		}
		h.approveOn(unitA, "2023-09-01", project("P1", 2000, 0))
		for range 2 {
			view, err := h.Sheet(t.Context(), people["经办"], key)
			if err != nil || *view.Money[0].Executed != 50000 || view.Money[0].Adjusted != 1000_00 || int64(view.Evaluation.Total) != view.Sheet.Score {
				t.Errorf("%s: %+v %d %v", view.Sheet.State, view.Money[0], view.Sheet.Score, err)
			}
			if view.Sheet.State == model.SheetSubmitted {
				if _, err := h.ActOnSheet(t.Context(), people["单位审核"], execution.SheetOrder{Key: key, Verb: "confirm", Lock: view.Sheet.Version}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if again, err := h.Sheet(t.Context(), people["经办"], window(key.RecordID)); err != nil || *again.Money[0].Executed != -100 {
			t.Errorf("monitoring: %+v %v", again.Money[0], err)
		}
		view, err := h.ActOnSheet(t.Context(), people["单位审核"], execution.SheetOrder{Key: key, Verb: "return", Lock: view.Sheet.Version + 1, Reason: "补报支付"})
		if err != nil || *view.Money[0].Executed != 80000 || view.Money[0].Adjusted != 2000_00 {
			t.Errorf("given back: %+v %v", view.Money[0], err)
		}
	})
}
