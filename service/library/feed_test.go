package library_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/library"
)

// TestFeeding: approved filings add indicators, and count those that are there.
func TestFeeding(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		both := quantity("举办培训期数", "≥12期")
		both.LongTerm = &model.Target{Name: "举办培训期数", Value: "≥36期"}
		both.Annual.Explanation, both.Annual.Scoring = "全年举办的期数", "每少一期扣 1 分"
		h.feed(1, "2050803", both, annual("output", "cost", "培训人均成本", "≤450元/人·天"), annual("benefit", "social", "履职能力", "明显提高"),
			annual("output", "timeliness", "完成时间", "11月底前"), model.Indicator{Level1: "benefit", Level2: "economic"},
			model.Indicator{Level1: "output", Level2: "quality", LongTerm: &model.Target{Name: "结业率", Value: "≥95%"}})
		h.feed(2, "2080101", quantity(" 举办培训期数（期） ", "≥12期"))
		h.feed(3, "2080101", quantity("举办 培训期数", "≥15期"))
		h.feed(3, "2080101", quantity("举办培训期数", "≥20期")) // adjusted

		all := h.all()
		if len(all) != 5 {
			t.Fatalf("got %v", all)
		}
		e := all["举办培训期数"]
		want := []store.LibraryValue{{IndicatorID: e.ID, Value: "≥12期", Uses: 2}, {IndicatorID: e.ID, Value: "≥20期", Uses: 1}}
		if e.Uses != 3 || !reflect.DeepEqual(e.Values, want) || !slices.Equal(e.Functions, []string{"2050803", "2080101"}) {
			t.Errorf("got %d uses, %v, %v", e.Uses, e.Values, e.Functions)
		}
		if e.Unit != "期" || e.Operator != ">=" || e.Level2 != "quantity" || e.Origin != model.LibraryApproved || e.Explanation != "全年举办的期数" ||
			e.Scoring != "每少一期扣 1 分" || e.Common || e.CreatedBy != "ys" || e.RegionCode != region || e.Version != 1 {
			t.Errorf("got %+v", e)
		}
		for name, want := range map[string][2]string{"培训人均成本": {"元/人·天", "<="}, "履职能力": {"", ""}, "完成时间": {"", ""}, "结业率": {"%", ">="}} {
			if e := all[name]; e.Unit != want[0] || e.Operator != want[1] || e.Uses != 1 {
				t.Errorf("%s: got %+v", name, e)
			}
		}
		if got := h.events(); got != nil {
			t.Errorf("feeding left events of its own: %v", got)
		}
	})
}

// TestWhatStaysOut: what holds for one year, one unit or one person alone.
func TestWhatStaysOut(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		attributes := quantity("受理件数", "≥100件")
		attributes.Annual.Source, attributes.Annual.Basis = "示例主管局业务台账", "咨询13812345678"
		attributes.Annual.Evidence = strings.Repeat("长", 1001)
		h.feed(1, "", quantity("2024年度走访户数", "≥50户"), quantity("建成时间", "2024年底前"), quantity("示例培训中心设备台数", "≥2台"),
			quantity("联系13812345678次数", "≥2次"), quantity(strings.Repeat("长", 61), "≥2次"), quantity("——", "≥2次"),
			annual("output", "social", "不存在的类别", "≥2次"), quantity("参训人员", "参训人员"), quantity("宣传对象", "示例主管局职工"), attributes)
		all := h.all()
		values := map[string]string{"走访户数": "≥50户", "建成时间": "", "参训人员": "", "宣传对象": "", "受理件数": "≥100件"}
		for name, value := range values {
			e, ok := all[name]
			got := ""
			if len(e.Values) > 0 {
				got = e.Values[0].Value
			}
			if !ok || got != value || len(e.Functions) != 0 {
				t.Errorf("%s: got %+v", name, e)
			}
		}
		if len(all) != len(values) {
			t.Errorf("got %v", all)
		}
		if e := all["受理件数"]; e.Source != "" || e.Basis != "" || e.Evidence != "" {
			t.Errorf("got %+v", e)
		}
	})
}

// TestFeedingAtOnce: many approvals with the same indicators, one entry each and
// every use counted.
func TestFeedingAtOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		const filings = 24
		var all sync.WaitGroup
		for i := range filings {
			all.Go(func() {
				err := h.store.InTx(t.Context(), func(tx *store.Tx) error {
					return library.Feed(tx, h.approved(model.ID(i+1), "2050803", quantity("举办培训期数", "≥12期"), quantity("参训人次", "≥600人次")))
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		found := h.all()
		if len(found) != 2 || found["举办培训期数"].Uses != filings || found["参训人次"].Values[0].Uses != filings {
			t.Errorf("got %+v", found)
		}
	})
}

func TestIndicatorKeys(t *testing.T) {
	same := []string{"覆盖率", "覆盖率（%）", " 覆盖 率 ", "“覆盖率”", "覆盖率(百分比)", "覆盖率（%） "}
	for _, name := range same {
		if got := model.IndicatorKey(name); got != "覆盖率" {
			t.Errorf("%q is %q", name, got)
		}
	}
	for name, want := range map[string]string{
		"": "", "——": "", "（一）": "一", "ＧＤＰ增速": "gdp增速", "培训（初级）人次": "培训初级人次", "A级（新）": "a级",
	} {
		if got := model.IndicatorKey(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
