package execution_test

import (
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/execution"
)

// preview says what a file would come to: its sum, or what is wrong with it.
func (h *house) preview(text string, said ...string) string {
	h.t.Helper()
	got, err := h.importText(operator, text, true, said...)
	switch {
	case err != nil:
		return err.Error()
	case got.FaultCount > 0:
		return got.Faults[0].Message
	}
	sum, _ := got.Amount.MarshalText()
	return string(sum)
}

// Amounts, days and fund kinds are read as the systems of others write them; what
// could mean two things is refused.
func TestCellsOfForeignFiles(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1_000_000, 0))
		h.set("2023-12-31")
		for amount, want := range map[string]string{
			"１２３．４５": "123.45", "\"１，２３４．５０\"": "1234.50", "10.5万元": "105000.00", "3万": "30000.00", "100元": "100.00", "\"1,234,567.89\"": "1234567.89",
			".50": "0.50", "5.": "5.00", "+5": "5.00", "￥1.00": "1.00", "人民币1元": "1.00", "1 000": "1000.00", "\u200b1.00": "1.00",
			"(-5)": "不是数字", "\"1,2,3\"": "不是数字", "0b11": "不是数字", "0o17": "不是数字", "1p3": "不是数字", "1_000": "不是数字", ".": "不是数字", "-": "不是数字", "1.005": "不足一分",
			"－5.00": "累计支付为 -5.00 元", "−5.00": "累计支付为 -5.00 元", "（5.00）": "累计支付为 -5.00 元",
		} {
			if got := h.preview(header + "P1,2023-07-01,一般公共预算," + amount + ",Z1\n"); !strings.HasSuffix(got, want) && !strings.Contains(got, want+"，") {
				t.Errorf("amount %s: %s, want %s", amount, got, want)
			}
		}
		for day, ok := range map[string]bool{
			"2023 年 7 月 3 日": true, "２０２３-０７-０３": true, "二〇二三年七月三日": true, "二○二三年十月三十一日": true, "二零二三年十二月十日": true, "2023年7月3号": true, "2023年7月3日10:20": true,
			"二〇二三年二月三十日": false, "2023年7月": false, "23-7-3": false, "7/3/2023": false,
		} {
			if got := h.preview(header + "P1," + day + ",一般公共预算,1,Z1\n"); (got == "1.00") != ok {
				t.Errorf("day %s: %s", day, got)
			}
		}
		for kind, ok := range map[string]bool{"一般公共预算（本级）": true, "11 一般公共预算资金": true, "一般公共预算财政拨款": true, "一 般 公 共 预 算": true, "一般": false, "": false} {
			if got := h.preview(header + "P1,2023-07-01," + kind + ",1,Z1\n"); (got == "1.00") != ok {
				t.Errorf("fund kind %s: %s", kind, got)
			}
		}
	})
}

// Heads of two rows, heads with blanks and units, a unit in the title, totals and
// whoever made the list: files as they are printed.
func TestLayoutsOfForeignFiles(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.approve(unitA, project("P1", 1_000_000, 0))
		h.set("2023-12-31")
		row := func(amount, reference string) string {
			return "P1,2023-07-01,一般公共预算," + amount + "," + reference + "\n"
		}
		for name, c := range map[string]struct{ text, want string }{
			"blanks":     {"项目 代码, 支付日期 ,资金性质,\"金 额\n（元）\",支付凭证号\n" + row("5", "Z1"), "5.00"},
			"unit":       {"项目代码,支付日期,资金性质,支付金额（单位：万元）,支付凭证号\n" + row("5", "Z1"), "50000.00"},
			"title":      {"支付明细,,,,\n单位：万元,,,,\n" + header + row("5", "Z1") + row("5元", "Z2"), "50005.00"},
			"other":      {"支付明细（单位：万元）,,,,\n" + strings.Replace(header, "金额", "金额（元）", 1) + row("5", "Z1"), "5.00"},
			"two rows":   {"项目代码,支付信息,,,资金性质\n,支付日期,金额,支付凭证号,\nP1,2023-07-01,5,Z1,一般公共预算\n", "5.00"},
			"totals":     {header + row("5", "Z1") + "小　计,,,5,\n" + header + row("6", "Z2") + "合  计：,,,11,\n制表人：某某,,审核：某某,,\n", "11.00"},
			"numbered":   {"序号," + header + "1," + row("5", "Z1") + "2,合计,,,5,\n", "5.00"},
			"no totals":  {header + row("5", "Z1") + "P1,,,5,合计\n", "第 3 行：支付日期“”应写成 2023-07-31"},
			"reference":  {header + row("5", "A\x01B"), "第 2 行：项目代码和支付凭证号中不能有看不见的控制字符"},
			"note":       {"说明," + header + strings.Repeat("字", 501) + "," + row("5", "Z1"), "第 2 行：说明最长 500 个字符，这里有 501 个"},
			"not a page": {header + row("5", "Z1") + ",,,5,\n", "第 3 行：没有项目代码"},
		} {
			if got := h.preview(c.text); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		foreign := execution.PaymentFile{Name: "外系统.csv", Data: []byte("甲,乙,丙\nP1,2023-07-01,5\nP1,2023-07-02,6\n")}
		if r, err := h.ReadPayments(t.Context(), people["预算股"], model.DefaultRegionCode, foreign); err != nil || r.Head != 1 || r.Rows != 2 || len(r.Columns) != 3 || len(r.Columns[2].Samples) != 2 {
			t.Errorf("a file whose columns nobody knows yet: %+v %v", r, err)
		}
		if got := h.preview(header+row("5", "Z1"), "金额=付款"); !strings.Contains(got, "文件中没有列“付款”") {
			t.Errorf("a column that isn't there: %s", got)
		}
		if _, err := execution.Mapping([]string{"金额=甲", "说明=甲"}); reasonOf(err) != "payments.mapping" {
			t.Errorf("one column for two fields: %v", err)
		}
	})
}
