package execution_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/execution"
)

const header = "项目代码,支付日期,资金性质,金额,支付凭证号\n"

func (h *house) importText(p execution.Person, text string, preview bool, said ...string) (execution.Imported, error) {
	columns, err := execution.Mapping(said)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.ImportPayments(h.t.Context(), p, execution.PaymentImport{
		Region: model.DefaultRegionCode, Year: year, Columns: columns, Preview: preview,
		File: execution.PaymentFile{Name: "支付.csv", Data: []byte(text)},
	})
}

func (h *house) paid(path string) (model.Money, int) {
	h.t.Helper()
	page, err := h.Payments(h.t.Context(), operator, execution.PaymentList{UnitID: h.units[path].ID, Year: year})
	if err != nil {
		h.t.Fatal(err)
	}
	return page.Amount, page.Total
}

var operator = execution.Operator("test", model.DefaultRegionCode)

func TestPaymentsComeInOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 200), project("P2", 500, 0))
		h.set("2023-08-01")
		text := header + "P1,2023-07-03,一般公共预算,\"1,000.10\",Z1\nP1,20230705,一般公共预算资金,100,Z2\nP2,2023/7/6,generalPublicBudget,(50.00),Z4\nP2,2023年7月5日,一般公共预算,80.00,Z3\n\n合计,,,1130.10,\n"
		got, err := h.importText(operator, text, true)
		if err != nil || got.Added != 4 || got.BatchID == 0 {
			t.Fatalf("preview: %+v, %v %v", got, err, fieldsOf(err))
		}
		if sum, n := h.paid(unitA); sum != 0 || n != 0 {
			t.Fatalf("a preview kept %d payments", n)
		}
		got, err = h.importText(operator, text, false)
		if err != nil || got.Added != 4 || got.Rows != 4 || got.Amount != 113010 || len(got.Notes) != 1 || !strings.Contains(got.Notes[0].Message, "第 4 行") {
			t.Fatalf("import: %+v, %v", got, err)
		}
		got, err = h.importText(operator, text+"P1,2023-07-09,一般公共预算,1.00,Z5\nP1,2023-07-09,一般公共预算,1.00,Z5\n", false)
		if err != nil || got.Added != 1 || got.Duplicates != 5 {
			t.Fatalf("again: %+v, %v", got, err)
		}
		if sum, n := h.paid(unitA); sum != 113110 || n != 5 {
			t.Errorf("%d payments of %s", n, sum)
		}
	})
}

// Every fault of a file is named by its row, and nothing of the file comes in.
func TestFaultsRefuseAll(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0), project("P2", 10, 0))
		h.approve(other, project("P2", 10, 0))
		h.set("2023-08-01")
		if _, err := h.importText(operator, header+"P1,2023-07-01,一般公共预算,5.00,Z0\n", false); err != nil {
			t.Fatal(err)
		}
		for row, want := range map[string]string{
			"P9,2023-07-01,一般公共预算,1.00,A1":  "没有项目 P9",
			"P2,2023-07-01,一般公共预算,1.00,A1":  "有 2 个单位的项目代码是 P2",
			"P1,2022-12-31,一般公共预算,1.00,A1":  "不在 2023 预算年度",
			"P1,2023-08-02,一般公共预算,1.00,A1":  "还没有到",
			"P1,2023-02-30,一般公共预算,1.00,A1":  "应写成 2023-07-31",
			"P1,2023-07-01,其他,1.00,A1":      "不认识资金性质",
			"P1,2023-07-01,一般公共预算,abc,A1":   "不是数字",
			"P1,2023-07-01,一般公共预算,1e3,A1":   "不是数字",
			"P1,2023-07-01,一般公共预算,1.001,A1": "不足一分",
			"P1,2023-07-01,一般公共预算,0,A1":     "金额为零",
			"P1,2023-07-01,一般公共预算,-7.00,A1": "累计支付为 -1.00 元",
			"P1,2023-07-01,一般公共预算,1.00,":    "没有它认不出重复",
			"P1,2023-07-01,一般公共预算,6.00,Z0":  "内容却不同",
			",2023-07-01,一般公共预算,6.00,A1":    "没有项目代码",
		} {
			_, err := h.importText(operator, header+"P1,2023-07-02,一般公共预算,1.00,GOOD\n"+row+"\n", false)
			fields := fieldsOf(err)
			if reasonOf(err) != "payments.refused" || len(fields) != 1 || !strings.HasPrefix(fields[0].Message, "第 3 行：") || !strings.Contains(fields[0].Message, want) {
				t.Errorf("%s: %v %v, want %s", row, err, fields, want)
			}
		}
		if sum, n := h.paid(unitA); sum != 500 || n != 1 {
			t.Errorf("%d payments of %s came in", n, sum)
		}
		for text, reason := range map[string]string{"": "payments.columns", "a,b\n1,2\n": "payments.columns", header: "payments.empty", "PK什么": "payments.file"} {
			if _, err := h.importText(operator, text, false); reasonOf(err) != reason {
				t.Errorf("%q: %v, want %s", text, err, reason)
			}
		}
	})
}

func TestPaymentsThatStandOut(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 100, 50))
		h.set("2023-08-01")
		got, err := h.importText(operator, header+"P1,2023-01-31,一般公共预算,150.00,Z1\nP1,2023-07-31,一般公共预算,0.01,Z2\nP1,2023-07-31,单位资金,1.00,Z3\nP1,2023-07-31,一般公共预算,-1.00,Z4\n", false)
		if err != nil || got.Added != 4 {
			t.Fatal(got, err)
		}
		var notes []string
		for _, n := range got.Notes {
			notes = append(notes, n.Path)
		}
		if want := "$.rows[2].late $.rows[3].overBudget $.rows[4].overBudget $.rows[5].negative"; strings.Join(notes, " ") != want {
			t.Errorf("notes %v, want %s", notes, want)
		}
		page, err := h.Payments(t.Context(), people["经办"], execution.PaymentList{UnitID: h.units[unitA].ID, Year: year, Until: "2023-02-01"})
		if err != nil || page.Total != 1 || len(page.Items[0].Flags) != 1 || page.Items[0].Flags[0] != execution.FlagLate {
			t.Errorf("%+v %v", page, err)
		}
	})
}

// What foreign columns are called is said once.
func TestForeignColumnsAreRemembered(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-08-01")
		file := func(n string) string {
			return "国库集中支付明细表,,,,\n单据号,指标项目,资金类别,实付数（万元）,清算日期\nZ" + n + ",P1,一般公共预算,0.010001,2023-07-01\n"
		}
		if _, err := h.importText(operator, file("1"), false); reasonOf(err) != "payments.columns" || !strings.Contains(err.Error(), "项目代码") {
			t.Fatalf("unknown columns: %v", err)
		}
		said := []string{"支付凭证号=单据号", "项目代码=指标项目", "资金性质=资金类别", "金额=实付数（万元）"}
		if _, err := h.importText(operator, file("1"), true, said...); err != nil {
			t.Fatal(err)
		}
		if _, err := h.importText(operator, file("1"), false); err == nil {
			t.Fatal("a preview taught columns")
		}
		got, err := h.importText(operator, file("1"), false, said...)
		if err != nil || got.Amount != 10001 {
			t.Fatalf("%+v %v", got, err)
		}
		if got, err = h.importText(operator, file("2"), false); err != nil || got.Added != 1 {
			t.Errorf("not remembered: %+v %v", got, err)
		}
	})
}

func TestOtherFilesAreRead(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-08-01")
		gbk, err := simplifiedchinese.GBK.NewEncoder().String(header + "P1,2023-07-01,一般公共预算,1.00,G1\n")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := h.importText(operator, gbk, false); err != nil || got.Added != 1 {
			t.Errorf("GBK: %+v %v", got, err)
		}
		book, tenth := excelize.NewFile(), 0.1
		for i, row := range [][]any{{"项目代码", "支付日期", "资金性质", "金额", "支付凭证号"}, {"P1", 45108, "一般公共预算", tenth + 0.2, "123456789012345678901"}, {"P1", "2023-07-02", "一般公共预算", 1234.56, "X2"}} {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
				t.Fatal(err)
			}
		}
		var data bytes.Buffer
		if err := book.Write(&data); err != nil {
			t.Fatal(err)
		}
		got, err := h.importText(operator, data.String(), false)
		if err != nil || got.Added != 2 || got.Amount != 30+123456 {
			t.Fatalf("workbook: %+v %v %v", got, err, fieldsOf(err))
		}
		page, err := h.Payments(t.Context(), operator, execution.PaymentList{UnitID: h.units[unitA].ID, Year: year, Until: "2023-07-01"})
		if err != nil || page.Total != 2 || page.Items[0].Reference != "123456789012345678901" || page.Items[0].PaidOn != "2023-07-01" {
			t.Errorf("%+v %v", page, err)
		}
	})
}

// Whoever may not bring payments for a unit is told that its projects aren't there.
func TestWhoMayPay(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.approve(other, project("Q1", 1000, 0))
		h.set("2023-08-01")
		row := header + "Q1,2023-07-01,一般公共预算,1.00,Q\n"
		for who, reason := range map[string]string{"绩效股": "payments.refused", "部门审核": "right.missing", "管理": "right.missing", "预算股": ""} {
			if _, err := h.importText(people[who], row, false); reasonOf(err) != reason {
				t.Errorf("%s: %v, want %q", who, err, reason)
			}
		}
		entry := execution.PaymentEntry{UnitID: h.units[unitA].ID, Year: year, Project: "P1", FundKind: model.GeneralPublicBudget, PaidOn: "2023-07-01", Amount: 100, Reference: "手1"}
		for who, reason := range map[string]string{"他部门": "unit.notFound", "局办": "unit.notFound", "管理": "unit.notFound", "部门审核": "right.missing", "经办": ""} {
			if _, _, err := h.EnterPayment(t.Context(), people[who], entry); reasonOf(err) != reason {
				t.Errorf("%s: %v, want %q", who, err, reason)
			}
		}
		if _, _, err := h.EnterPayment(t.Context(), people["经办"], entry); reasonOf(err) != "payment.duplicate" {
			t.Errorf("twice: %v", err)
		}
		entry.Reference, entry.Amount = "手2", -100
		if _, _, err := h.EnterPayment(t.Context(), people["经办"], entry); reasonOf(err) != "payments.refused" {
			t.Errorf("money came back without a note: %v", err)
		}
		entry.Note = "重复支付退回"
		if kept, notes, err := h.EnterPayment(t.Context(), people["经办"], entry); err != nil || kept.ID == 0 || len(notes) != 1 {
			t.Errorf("%+v %v %v", kept, notes, err)
		}
		var refused int
		_ = h.store.Read(t.Context(), func(tx *store.Tx) error {
			events, err := tx.Events(store.Everything(), store.EventFilter{Year: year})
			for _, e := range events {
				if strings.Contains(e.Detail, "refused") {
					refused++
				}
			}
			return err
		})
		if refused < 7 {
			t.Errorf("%d refusals in the log", refused)
		}
	})
}

// Two who import the same file at once bring it in once.
func TestTwoImportsAtOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1000, 0))
		h.set("2023-08-01")
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				if _, err := h.importText(operator, header+"P1,2023-07-01,一般公共预算,1.00,Z1\nP1,2023-07-01,一般公共预算,2.00,Z2\n", false); err != nil && model.CodeOf(err) != model.Conflict {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if sum, n := h.paid(unitA); sum != 300 || n != 2 {
			t.Errorf("%d payments of %s", n, sum)
		}
	})
}
