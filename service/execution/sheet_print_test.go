package execution_test

import (
	"bytes"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/execution"
	"biaochi/service/render"
	"biaochi/service/render/formats"
)

// handIn saves a sheet as its unit would and takes it to its confirmation.
func (h *house) handIn(key execution.SheetKey, content execution.Content) {
	h.t.Helper()
	view, err := h.SaveSheet(h.t.Context(), people["经办"], key, 0, content)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, step := range []struct{ who, verb string }{{"经办", "submit"}, {"单位审核", "confirm"}} {
		order := execution.SheetOrder{Key: key, Verb: step.verb, Lock: view.Sheet.Version}
		if view, err = h.ActOnSheet(h.t.Context(), people[step.who], order); err != nil {
			h.t.Fatal(step.verb, err, fieldsOf(err))
		}
	}
}

// texts are all cells of a document's forms, in reading order.
func texts(d render.Document) string {
	var all []string
	for _, block := range d.Blocks {
		if grid, ok := block.(render.Grid); ok {
			for _, row := range grid.Rows {
				for _, c := range row {
					all = append(all, c.Text)
				}
			}
		}
	}
	return strings.Join(all, "|")
}

func TestSheetsInPrint(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 200), project("P2", 500, 0))
		h.set("2024-02-10")
		if _, err := h.importText(operator, header+"P1,2023-07-31,一般公共预算,600.00,Z1\n", false); err != nil {
			t.Fatal(err)
		}
		key := execution.SheetKey{RecordID: h.record(unitA, "P1").ID, Kind: model.EvaluationSheet}
		blank, err := h.PrintSheet(t.Context(), people["单位审核"], key)
		if err != nil || blank.Document.Mark == "" || !strings.Contains(texts(blank.Document), "培训次数|≥12次||") {
			t.Fatalf("before anybody began it: %v %s", err, texts(blank.Document))
		}
		h.handIn(key, evaluated())
		one, err := h.PrintSheet(t.Context(), people["绩效股"], key)
		if err != nil || one.Name != "701001-2023-绩效自评表-P1" || one.Document.Mark != "" {
			t.Fatalf("%+v %v", one, err)
		}
		for _, want := range []string{"年度资金总额|0.12|0.12|0.06|10.00|50.00%|5.00|", "培训次数|≥12次|9次", "显著提升|达成预期指标", "基本完成", "自评等级：", "2024-02-10"} {
			if !strings.Contains(texts(one.Document), want) {
				t.Errorf("the form lacks %q: %s", want, texts(one.Document))
			}
		}
		whole, err := h.PrintSheets(t.Context(), people["部门审核"], execution.UnitSheets{UnitID: h.units[unitA].ID, Year: year, Kind: model.EvaluationSheet})
		if err != nil || whole.Name != "701001-2023-绩效自评表" || whole.Document.Mark == "" {
			t.Fatalf("%+v %v", whole, err)
		}
		for _, format := range formats.All() {
			for _, printed := range []execution.Printed{one, whole} {
				var out bytes.Buffer
				if err := format.Write(&out, formats.NewManuscript(printed.Document, "")); err != nil || out.Len() == 0 {
					t.Errorf("%s: %d bytes, %v", format.Name, out.Len(), err)
				}
			}
		}
		h.set("2023-08-10")
		h.handIn(window(key.RecordID), monitored())
		watched, err := h.PrintSheets(t.Context(), people["经办"], execution.UnitSheets{UnitID: h.units[unitA].ID, Year: year, Kind: model.MonitoringSheet, Window: "1-7"})
		if err != nil || watched.Name != "701001-2023-绩效运行监控表-1-7月" || !strings.Contains(texts(watched.Document), "1-7月执行率") || !strings.Contains(texts(watched.Document), "|√|") {
			t.Fatalf("%+v %v", watched, err)
		}
		for reason, q := range map[string]execution.UnitSheets{
			"window.notFound": {UnitID: h.units[unitA].ID, Year: year, Kind: model.MonitoringSheet, Window: "1-2"},
			"form.unknown":    {UnitID: h.units[unitA].ID, Year: 2018, Kind: model.EvaluationSheet},
		} {
			if _, err := h.PrintSheets(t.Context(), people["经办"], q); reasonOf(err) != reason {
				t.Errorf("%v, want %s", err, reason)
			}
		}
		if _, err := h.PrintSheet(t.Context(), people["他部门"], key); reasonOf(err) != "record.notFound" {
			t.Errorf("another department's reviewer: %v", err)
		}
	})
}
