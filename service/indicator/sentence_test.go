package indicator_test

import (
	"testing"

	"biaochi/service/indicator"
)

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"≤450元/人·天": "不高于 450 元，每人每天",
		"≥95%":      "不低于 95%",
		"77台":       "等于 77 台",
		"2023年底前":   "不晚于 2023-12-31",
		"80%-90%":   "在 80% 至 90% 之间",
		"增长5%以上":    "增长不低于 5%",
		"逐步提高":      "定性描述，由人评判",
		" ":         "没有填写指标值",
		"不超过3万元":    "不高于 30000 元",
		"＜1次":       "低于 1 次",
		">10":       "高于 10",
	} {
		if got := indicator.Parse(text, 2023).Sentence(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
