package api_test

import (
	"net/url"
	"strings"
	"testing"
)

// A file of payments is read, previewed with its faults by row, refused whole with one
// of them, imported, and seen by project; sent twice it counts once.
func TestPaymentFileOverHTTP(t *testing.T) {
	w := newTreasury(t)
	office, clerk := w.desks["财政"], w.desks["经办"]
	send := func(d *desk, below, text string) answer {
		return d.send("POST", "/payments/import"+below, []byte(text), "Content-Type", "text/csv")
	}
	const head = "单据号,项目代码,资金性质,金额,支付日期\n"
	const at = "?region=000000000&year=2023"
	named := at + "&name=..%2F..%2F7%E6%9C%88.csv&column=" + url.QueryEscape("reference:单据号")
	clerk.expect(send(clerk, "/preview"+at, head), 403)
	read := office.expect(send(office, "/read?region=000000000", head+"Z1,P701001,一般公共预算,1.00,2023-07-01\n"), 200)
	if !strings.Contains(read.raw, `"missing":["支付凭证号"]`) || read.body["rows"] != 1.0 {
		t.Errorf("read %s", read.raw)
	}
	wrong := head + "Z1,P701001,一般公共预算,1.00,2023-07-01\nZ2,没有,一般公共预算,1.00,2023-07-01\n"
	preview := office.expect(send(office, "/preview"+named, wrong), 200)
	if preview.body["faultCount"] != 1.0 || !strings.Contains(preview.raw, `{"row":3,"about":"project","message":"第 3 行：2023 年没有项目 没有"}`) {
		t.Errorf("preview %s", preview.raw)
	}
	if a := office.expect(send(office, named, wrong), 422); a.body["reason"] != "payments.refused" || !strings.Contains(a.raw, "第 3 行") {
		t.Errorf("refused %s", a.raw)
	}
	right := strings.ReplaceAll(wrong, "没有", "P701001")
	if a := office.expect(send(office, named, right), 200); a.body["added"] != 2.0 || a.body["amount"] != "2.00" || a.body["batch"] == "" {
		t.Errorf("imported %s", a.raw)
	}
	if a := office.expect(send(office, at, right), 200); a.body["added"] != 0.0 || a.body["duplicates"] != 2.0 || a.body["batch"] != "" {
		t.Errorf("again %s", a.raw)
	}
	if a := office.expect(office.do("GET", "/payments/batches"+at, nil), 200); a.body["total"] != 1.0 || !strings.Contains(a.raw, `"7月.csv"`) {
		t.Errorf("batches %s", a.raw)
	}
	for _, wrong := range []string{"&column=nothing:Z", "&column=reference:" + url.QueryEscape("单据号") + "&column=note:" + url.QueryEscape("单据号")} {
		if a := office.expect(send(office, at+wrong, right), 422); a.body["reason"] != "payments.mapping" {
			t.Errorf("mapping %s: %s", wrong, a.raw)
		}
	}
	entry := map[string]any{"unit": w.ids["{u701001}"], "year": 2023, "project": "P701001", "fundKind": "generalPublicBudget", "paidOn": "2022-12-31", "amount": "1.00", "reference": "H1", "returned": true}
	if a := clerk.expect(clerk.do("POST", "/payments", entry), 422); a.body["reason"] != "payments.refused" ||
		!strings.Contains(a.raw, `"pointer":"/paidOn"`) || !strings.Contains(a.raw, `"pointer":"/note"`) || strings.Contains(a.raw, "第 1 行") || strings.Contains(a.raw, "导入") {
		t.Errorf("by hand %s", a.raw)
	}
	projects := clerk.expect(clerk.do("GET", "/payments/projects?year=2023&project=P701001&unit="+w.ids["{u701001}"], nil), 200)
	if !strings.Contains(projects.raw, `"paid":"2.00"`) || projects.body["total"] != 1.0 {
		t.Errorf("projects %s", projects.raw)
	}
	clerk.expect(send(clerk, "/read?region=000000000", head), 403)
	office.expect(office.send("POST", "/payments/import/read?region=000000000", []byte("x"), "Content-Type", "text/plain"), 415)
}
