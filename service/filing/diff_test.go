package filing_test

import (
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/service/filing"
)

// TestDifferences: rows are known by what they are about, not by their place.
func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(p *model.ProjectContent)
		want []string
	}{
		{"nothing", func(*model.ProjectContent) {}, nil},
		{"a field", func(p *model.ProjectContent) { p.Nature = model.OneOff }, []string{"changed $.nature 项目属性：由“经常性项目”改为“一次性项目”"}},
		{"a field filled in", func(p *model.ProjectContent) { p.Form.Responsible = "张三" }, []string{"added $.form.responsible 负责人：新增“张三”"}},
		{"a field emptied", func(p *model.ProjectContent) { p.Form.Handler = "" }, []string{"removed $.form.handler 经办人：删除“经办人甲”"}},
		{"an amount", func(p *model.ProjectContent) { p.Budget[0].Amount = 5 }, []string{
			"changed $.budget[0].amount 项目预算“一般公共预算·本年预算” 金额：由“100000.00”改为“0.05”"}},
		{"a budget row more", func(p *model.ProjectContent) {
			p.Budget = append(p.Budget, model.BudgetRow{FundKind: model.UnitFunds, Source: model.CarryOver, Amount: 100})
		}, []string{"added $.budget[1] 项目预算“单位资金·上年结转”：新增“资金性质：单位资金；资金来源：上年结转；金额：1.00”"}},
		{"an indicator's value", func(p *model.ProjectContent) { p.Form.Indicators[1].LongTerm.Value = "≥99%" }, []string{
			"changed $.form.indicators[1].longTerm.value 绩效指标“培训覆盖率” 实施期指标值：由“≥95%”改为“≥99%”"}},
		{"an indicator renamed", func(p *model.ProjectContent) { p.Form.Indicators[0].Annual.Name = "培训期数" }, []string{
			"changed $.form.indicators[0].annual.name 绩效指标“培训期数” 年度指标名称：由“举办培训期数”改为“培训期数”"}},
		{"an indicator inserted: no other row differs", func(p *model.ProjectContent) {
			p.Form.Indicators = slices.Insert(p.Form.Indicators, 0, model.Indicator{Level1: "output", Level2: "quantity", Annual: &model.Target{Name: "培训人数", Value: "≥600人"}})
		}, []string{"added $.form.indicators[0] 绩效指标“培训人数”：新增“一级指标：产出指标；二级指标：数量指标；年度指标名称：培训人数；年度指标值：≥600人”"}},
		{"an indicator removed", func(p *model.ProjectContent) { p.Form.Indicators = p.Form.Indicators[1:] }, []string{
			"removed $.form.indicators[0] 绩效指标“举办培训期数”：删除“一级指标：产出指标；二级指标：数量指标；实施期指标名称：举办培训期数；实施期指标值：≥36期；年度指标名称：举办培训期数；年度指标值：≥12期”"}},
		{"an indicator moved", func(p *model.ProjectContent) {
			p.Form.Indicators = append(p.Form.Indicators[1:], p.Form.Indicators[0])
		}, []string{"moved $.form.indicators[8] 绩效指标“举办培训期数”：从第 1 行移到第 9 行"}},
		{"economic lines with procurement", func(p *model.ProjectContent) {
			p.EconomicLines = []model.EconomicLine{{DepartmentEconomicCode: "30216", FundKind: model.GeneralPublicBudget, Amount: 100,
				Procurement: []model.ProcurementLine{{Kind: model.Services, ServiceCode: "B0101", Amount: 50}}}}
		}, []string{"added $.economicLines[0] 经济分类明细“30216·一般公共预算”：新增“部门经济分类：30216；资金性质：一般公共预算；金额：1.00；政府采购服务（B0101）：0.50”"}},
	} {
		after := project("A")
		c.edit(after.Project)
		check(t, c.name, filing.Differences(project("A"), after), c.want)
	}
}

func check(t *testing.T, name string, found []filing.Difference, want []string) {
	t.Helper()
	var got []string
	for _, d := range found {
		got = append(got, string(d.Kind)+" "+d.Path+" "+d.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", name, got, want)
	}
}

func TestDifferencesOfSheets(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(s *model.SheetContent)
		want []string
	}{
		{"a line's amount", func(s *model.SheetContent) { s.BasicLines[0].Amount = 100 }, []string{
			"changed $.basicLines[0].amount 基本支出“2050803/30201/50502·一般公共预算·公用经费” 金额：由“5.00”改为“1.00”"}},
		{"another code is another line", func(s *model.SheetContent) { s.BasicLines[0].FunctionCode = "2050199" }, []string{
			"added $.basicLines[0] 基本支出“2050199/30201/50502·一般公共预算·公用经费”：新增“功能分类：2050199；部门经济分类：30201；政府经济分类：50502；资金性质：一般公共预算；经费类别：公用经费；金额：5.00”",
			"removed $.basicLines[0] 基本支出“2050803/30201/50502·一般公共预算·公用经费”：删除“功能分类：2050803；部门经济分类：30201；政府经济分类：50502；资金性质：一般公共预算；经费类别：公用经费；金额：5.00”"}},
		{"a revenue coded", func(s *model.SheetContent) { s.Revenues[0].Codes = []model.RevenueCode{{Code: "110"}, {Code: "11002"}} }, []string{
			"added $.revenues[0] 收入明细“一般公共预算·110/11002”：新增“资金性质：一般公共预算；收入分类：110/11002；金额：5.00”",
			"removed $.revenues[0] 收入明细“一般公共预算”：删除“资金性质：一般公共预算；金额：5.00”"}},
		{"last year", func(s *model.SheetContent) {
			m := model.Money(100)
			s.PriorYear = &model.PriorYear{Year: 2023, Total: &m}
		}, []string{
			"added $.priorYear.year 上年年度：新增“2023”", "added $.priorYear.total 上年总额：新增“1.00”"}},
		{"explanations and lists", func(s *model.SheetContent) {
			s.Explanations.TotalChange, s.Unit.Organization = "增加", []string{"办公室", "财务科"}
			s.Functions = []model.FunctionName{{Code: "205", Name: "教育"}}
			s.PurchasedServices = []model.PurchasedService{{Code: "B01", Level1: "培训"}}
		}, []string{
			"added $.unit.organization 机构设置：新增“办公室\n财务科”", "added $.explanations.totalChange 收支增减变化说明：新增“增加”",
			"added $.functions[0] 功能分类名称“205”：新增“功能分类：205；名称：教育”",
			"added $.purchasedServices[0] 政府购买服务目录“B01”：新增“目录编码：B01；一级目录：培训”"}},
	} {
		after := sheet(500)
		c.edit(after.Sheet)
		check(t, c.name, filing.Differences(sheet(500), after), c.want)
	}
}

// TestDifferencesFromNothing lists all that there is.
func TestDifferencesFromNothing(t *testing.T) {
	found := filing.Differences(filing.Content{}, project("A"))
	if len(found) < 20 || slices.ContainsFunc(found, func(d filing.Difference) bool { return d.Kind != filing.Added }) {
		t.Errorf("got %+v", found)
	}
}
