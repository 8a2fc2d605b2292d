package disclosure_test

import (
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/check"
	"biaochi/service/render"
)

// simple is a unit with 30.00 万元 of general public budget, 5.00 of it 公务接待费,
// and last year's figures as given.
func simple(kind model.UnitKind, prior *model.PriorYear, reasons model.Explanations) pack {
	p := pack{Year: 2024, Unit: model.UnitHeader{Code: "1", Name: "示例单位", Kind: kind, Duties: "职责。", Organization: []string{"办公室"}}}
	line := func(economic string, wan model.Money) model.BasicLine {
		return model.BasicLine{
			FunctionCode: "2010101", DepartmentEconomicCode: economic, GovernmentEconomicCode: "50201", FundKind: model.GeneralPublicBudget,
			Source: model.CurrentYear, CostKind: model.Public, Amount: wan * 1_000_000,
		}
	}
	p.BasicLines = []model.BasicLine{line("30201", 25), line("30217", 5)}
	p.PriorYear, p.Explanations = prior, reasons
	return p
}

func money(wan model.Money) *model.Money { return new(wan * 1_000_000) }

func prior(total, general, reception *model.Money) *model.PriorYear {
	zero := money(0)
	return &model.PriorYear{
		Year: 2023, Total: total, ByFundKind: model.PriorFunds{GeneralPublicBudget: general},
		ThreePublic: model.PriorThreePublic{Overseas: zero, Reception: reception, VehiclePurchase: zero, VehicleOperation: zero},
	}
}

// TestSentences reads one section after the other in the cases that its sentences
// tell apart.
func TestSentences(t *testing.T) {
	why := model.Explanations{TotalChange: "主要原因是任务增加。", ThreePublicChange: "压减接待"}
	for name, c := range map[string]struct {
		pack
		section string
		want    string
		not     string
	}{
		"up":            {simple(model.Administrative, prior(money(20), money(20), money(5)), why), "change", "比上年增加10.00万元，增长50.00%，主要原因是任务增加。", "任务增加。。"},
		"down":          {simple(model.Administrative, prior(money(40), nil, nil), why), "change", "比上年减少10.00万元，下降25.00%，", "增加10"},
		"same":          {simple(model.Administrative, prior(money(30), nil, nil), why), "change", "万元，与上年持平。", "主要原因"},
		"zero base":     {simple(model.Administrative, prior(money(0), nil, nil), why), "change", "比上年增加30.00万元，主要原因是", "%"},
		"unknown":       {simple(model.Administrative, nil, why), "change", "上年结转0.00万元。", "比上年"},
		"no reason":     {simple(model.Administrative, prior(money(20), nil, nil), model.Explanations{}), "change", "增长50.00%。", "主要原因"},
		"fallback":      {simple(model.Administrative, prior(nil, money(20), nil), model.Explanations{TotalChange: "任务增加"}), "general", "增长50.00%，主要原因是任务增加。", ""},
		"item same":     {simple(model.Administrative, prior(nil, nil, money(5)), why), "threePublic", "（二）公务接待费5.00万元，与上年相同。", ""},
		"item changed":  {simple(model.Administrative, prior(nil, nil, money(8)), why), "threePublic", "（二）公务接待费5.00万元，比上年减少3.00万元，下降37.50%。", ""},
		"item none":     {simple(model.Administrative, prior(nil, nil, money(5)), why), "threePublic", "（一）因公出国（境）费0.00万元，本年没有安排，与上年相同。", ""},
		"agency":        {simple(model.Administrative, nil, why), "agencyOperating", "机关运行经费财政拨款预算30.00万元。", "不填列"},
		"no agency":     {simple(model.PublicInstitution, nil, why), "agencyOperating", "本单位没有行政单位和参照公务员法管理的事业单位，不填列机关运行经费。", "30.00"},
		"own words":     {simple(model.PublicInstitution, nil, model.Explanations{AgencyOperating: "事业单位，无机关运行经费。"}), "agencyOperating", "事业单位，无机关运行经费。", "不填列"},
		"no purchase":   {simple(model.Administrative, nil, why), "procurement", "没有安排政府采购预算。", "0.00"},
		"no projects":   {simple(model.Administrative, nil, why), "performance", "没有实行绩效目标管理的项目。", "附表2-1"},
		"no services":   {simple(model.Administrative, nil, why), "other", "没有安排政府购买服务预算。", ""},
		"nothing":       {nothing(), "income", "收入预算0.00万元，各项收入均为零。", "%"},
		"no structure":  {nothing(), "general", "本单位没有一般公共预算当年拨款，不涉及支出结构。", "%"},
		"no appropriat": {nothing(), "fiscal", "财政拨款收支总预算0.00万元。", "按资金性质"},
	} {
		got := sectionTexts(build(t, "shanxi", c.pack).Document)["sec-"+c.section]
		if !strings.Contains(got, c.want) || c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%s: want %q and not %q in:\n%s", name, c.want, c.not, got)
		}
	}
}

// TestOwners: a department says 部门 throughout, a unit 单位.
func TestOwners(t *testing.T) {
	unit := simple(model.Administrative, nil, model.Explanations{})
	below := simple(model.PublicInstitution, nil, model.Explanations{})
	below.Unit.Code, below.Unit.ParentCode, below.Unit.Name = "1001", "1", "所属单位"
	for _, c := range []struct {
		m           manuscript
		own, others string
	}{{build(t, "shanxi", unit), "本单位", "本部门"}, {build(t, "shanxi", unit, below), "本部门", "本单位"}} {
		text := plain(t, c.m.Document)
		if !strings.Contains(text, c.own) || strings.Contains(text, c.others) {
			t.Errorf("a document of %s speaks of %s", c.own, c.others)
		}
	}
}

// TestMissingReason is asked for, with the field that it belongs to.
func TestMissingReason(t *testing.T) {
	m := build(t, "shanxi", simple(model.Administrative, prior(money(20), money(30), money(5)), model.Explanations{}))
	fields := map[string]check.Outcome{}
	for _, f := range runDocument(t, m.input) {
		if f.Rule == "R25" {
			fields[f.Field] = f.Outcome
		}
	}
	if len(fields) != 1 || fields["explanations.totalChange"] != check.Fail {
		t.Errorf("asked for %v", fields)
	}
}

// TestGlossaryIsUsed: a term stands there only where the document uses it.
func TestGlossaryIsUsed(t *testing.T) {
	terms := func(m manuscript) string {
		var text string
		for _, block := range m.Document.Blocks {
			if p, ok := block.(render.Paragraph); ok && strings.HasPrefix(p.Anchor, "part-4") {
				text += p.Text + "\n"
			}
		}
		return text
	}
	national := terms(build(t, "national", simple(model.Administrative, nil, model.Explanations{})))
	if strings.Contains(national, "政府购买服务") || !strings.Contains(national, "一、基本支出：") {
		t.Errorf("glossary:\n%s", national)
	}
}

// TestMaskedPhones keeps landlines and hides mobile numbers.
func TestMaskedPhones(t *testing.T) {
	text := plain(t, build(t, "shanxi", rare(readPack(t, demoDir+"/unit-701002-2024.json"))).Document)
	if !strings.Contains(text, "139****1234，0350-1234567") || strings.Contains(text, "13900001234") {
		t.Error("the mobile number is not masked, or the landline is")
	}
}
