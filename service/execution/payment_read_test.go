package execution_test

import (
	"fmt"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/execution"
)

// A foreign file is read with what is known of its columns, previewed with every fault
// by row, and imported under the columns that somebody named, which are known then.
func TestForeignFileIsReadAndPreviewed(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-08-01")
		text := []byte("国库支付明细\n单据号,指标项目,资金性质,支付金额,清算日期\nZ1,P1,一般公共预算,1.00,2023-07-01\nZ2,P9,一般公共预算,x,2022-07-01\n合计,,,,\n")
		file := execution.PaymentFile{Name: "明细.csv", Data: text}
		read := func() execution.PaymentReading {
			t.Helper()
			r, err := h.ReadPayments(t.Context(), people["预算股"], model.DefaultRegionCode, file)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		r := read()
		var fields []string
		for _, c := range r.Columns {
			fields = append(fields, c.Header+"="+c.Field)
		}
		if got := strings.Join(fields, " "); r.Head != 2 || r.Rows != 2 || got != "单据号= 指标项目= 资金性质=fundKind 支付金额=amount 清算日期=date" || strings.Join(r.Missing, "、") != "项目代码、支付凭证号" || r.Columns[0].Samples[1] != "Z2" {
			t.Errorf("read %+v: %s", r, got)
		}
		if _, err := h.ReadPayments(t.Context(), people["经办"], model.DefaultRegionCode, file); reasonOf(err) != "right.missing" {
			t.Errorf("a preparer read it: %v", err)
		}
		in := execution.PaymentImport{Region: model.DefaultRegionCode, Year: year, File: file, Preview: true, Columns: map[string]string{"单据号": "reference", "指标项目": "project"}}
		preview, err := h.ImportPayments(t.Context(), people["预算股"], in)
		if err != nil || preview.FaultCount != 3 || len(preview.Faults) != 3 || preview.Added != 0 || !strings.HasPrefix(preview.Faults[0].Path, "$.rows[4].") {
			t.Errorf("preview %+v %v", preview, err)
		}
		if _, n := h.paid(unitA); n != 0 {
			t.Errorf("a preview kept %d payments", n)
		}
		in.Preview, in.File.Data = false, []byte(strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(string(text), "P9", "P1"), ",x,", ",2.00,"), "2022", "2023"))
		if done, err := h.ImportPayments(t.Context(), people["预算股"], in); err != nil || done.Added != 2 {
			t.Errorf("import %+v %v", done, err)
		}
		if r := read(); len(r.Missing) != 0 || r.Columns[1].Field != "project" {
			t.Errorf("not remembered: %+v", r)
		}
		batches, total, err := h.Batches(t.Context(), people["预算股"], model.DefaultRegionCode, year, 10, 0)
		if err != nil || total != 1 || batches[0].Added != 2 || batches[0].Amount != 300 || batches[0].CreatedBy != "ys" {
			t.Errorf("batches %+v %v", batches, err)
		}
		if _, _, err := h.Batches(t.Context(), people["绩效股"], model.DefaultRegionCode, year, 10, 0); reasonOf(err) != "right.missing" {
			t.Errorf("an office sees the imports of the whole region: %v", err)
		}
	})
}

// Projects are listed with their budgets by fund kind and what was paid of them, as a
// hand calculation says; what goes over, and what stood out, is marked.
func TestPaidProjects(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		both := project("P2", 100, 50)
		both.Budget = append(both.Budget, model.BudgetRow{FundKind: model.UnitFunds, Source: model.CurrentYear, Amount: 10_00})
		h.approve(dept, project("D1", 30, 0))
		h.approve(unitA, project("P1", 1000, 0), both)
		h.set("2023-08-01")
		_, err := h.importText(operator, header+"P2,2023-07-01,一般公共预算,120.00,Z1\nP2,2023-07-15,单位资金,11.00,Z2\nD1,2023-07-20,一般公共预算,30.00,Z3\nP2,2023-07-31,一般公共预算,-20.00,Z4\n", false)
		if err != nil {
			t.Fatal(err)
		}
		show := func(q execution.PaymentList) string {
			t.Helper()
			q.Year, q.Size = year, 50
			page, err := h.PaidProjects(t.Context(), people["部门审核"], q)
			if err != nil {
				t.Fatal(err)
			}
			var rows []string
			for _, p := range page.Items {
				row := fmt.Sprintf("%s %s %s n=%d!%d", p.Unit.Code, p.ProjectCode, p.Name, p.Count, p.Flagged)
				for _, m := range append(p.Money, p.All) {
					row += fmt.Sprintf(" %s/%s/%s %v", m.Paid.Yuan(), m.Adjusted.Yuan(), m.Initial.Yuan(), m.Over)
				}
				rows = append(rows, row)
			}
			return strings.Join(append(rows, fmt.Sprintf("Σ %s/%s over %d flagged %d of %d", page.Paid.Yuan(), page.Adjusted.Yuan(), page.Over, page.Flagged, page.Total)), "\n")
		}
		const p1 = "701001 P1 项目P1 n=0!0 0.00/1000.00/1000.00 false 0.00/1000.00/1000.00 false\n"
		const p2 = "701001 P2 项目P2 n=3!2 100.00/150.00/150.00 false 11.00/10.00/10.00 true 111.00/160.00/160.00 true\n"
		if got, want := show(execution.PaymentList{UnitID: h.units[unitA].ID}), p1+p2+"Σ 111.00/1160.00 over 1 flagged 2 of 2"; got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if got, want := show(execution.PaymentList{UnitID: h.units[dept].ID, Below: true}), "701 D1 项目D1 n=1!0 30.00/30.00/30.00 false 30.00/30.00/30.00 false\n"+p1+p2+"Σ 141.00/1190.00 over 1 flagged 2 of 3"; got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if got, want := show(execution.PaymentList{UnitID: h.units[unitA].ID, Project: "P2", Until: "2023-07-10"}), "701001 P2 项目P2 n=1!0 120.00/150.00/150.00 false 0.00/10.00/10.00 false 120.00/160.00/160.00 false\nΣ 120.00/160.00 over 0 flagged 0 of 1"; got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		page, err := h.Payments(t.Context(), people["经办"], execution.PaymentList{UnitID: h.units[unitA].ID, Year: year, Flag: execution.FlagNegative})
		if err != nil || page.Total != 1 || page.Amount != -2000 {
			t.Errorf("flagged: %+v %v", page, err)
		}
		if _, err := h.PaidProjects(t.Context(), people["经办"], execution.PaymentList{UnitID: h.units[dept].ID, Year: year}); reasonOf(err) != "unit.notFound" {
			t.Errorf("a department from below: %v", err)
		}
	})
}
