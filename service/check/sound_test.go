package check_test

import (
	"testing"

	"biaochi/model"
	"biaochi/service/budget"
	"biaochi/service/check"
)

// sound is a small bureau with all five fund kinds, carry-over, “三公” money in basic
// lines and in a project, and procurement: everything ties. Cases edit it.
func sound() *records {
	unit := budget.Unit{Path: "000000000/901/", Code: "901", Name: "示例局", Kind: model.Administrative}
	return &records{
		year:      2024,
		units:     []check.UnitRecords{{Unit: unit, Sheet: soundSheet(), Projects: soundProjects()}},
		catalogue: soundCatalogue(),
		mappings: []model.EconomicMapping{
			mapping("30101", "50101"), mapping("30201", "50201"), mapping("30217", "50206"), mapping("30302", "50905"),
		},
	}
}

func mapping(department, government string) model.EconomicMapping {
	return model.EconomicMapping{UnitKind: model.Administrative, DepartmentCode: department, GovernmentCode: government, Confidence: "known"}
}

func soundCatalogue() budget.Lexicon {
	names := budget.Lexicon{}
	for kind, codes := range map[model.CatalogueKind]map[string]string{
		model.FunctionalCatalogue: {
			"201": "一般公共服务支出", "20101": "人大事务", "2010101": "行政运行", "2010102": "一般行政管理事务",
			"208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "2080501": "行政单位离退休",
			"212": "城乡社区支出", "21208": "国有土地使用权出让收入安排的支出", "2120899": "其他国有土地使用权出让收入安排的支出",
			"223": "国有资本经营预算支出", "22301": "解决历史遗留问题及改革成本支出", "2230105": "国有企业退休人员社会化管理补助支出",
		},
		model.DepartmentEconomicCatalogue: {
			"301": "工资福利支出", "30101": "基本工资", "302": "商品和服务支出", "30201": "办公费", "30217": "公务接待费",
			"30227": "委托业务费", "303": "对个人和家庭的补助", "30302": "退休费", "310": "资本性支出", "31002": "办公设备购置",
		},
		model.GovernmentEconomicCatalogue: {
			"50101": "工资奖金津补贴", "50201": "办公经费", "50206": "公务接待费", "50905": "离退休费",
		},
		model.RevenueCatalogue: {
			"103": "非税收入", "10301": "政府性基金收入", "1030148": "国有土地使用权出让收入", "10306": "国有资本经营收入",
		},
	} {
		for code, name := range codes {
			names.Add(kind, code, name)
		}
	}
	return names
}

func soundSheet() *model.SheetContent {
	return &model.SheetContent{
		Functions: []model.FunctionName{{Code: "2010101", Name: "行政运行"}, {Code: "2080501", Name: "行政单位离退休"}},
		BasicLines: []model.BasicLine{
			basic("2010101", "30101", "50101", model.Personnel, 100_000_000),
			basic("2010101", "30201", "50201", model.Public, 20_000_000),
			basic("2010101", "30217", "50206", model.Public, 1_000_000),
			basic("2080501", "30302", "50905", model.Personnel, 5_000_000),
			carried(basic("2010101", "30201", "50201", model.Public, 2_000_000)),
		},
		Revenues: []model.RevenueLine{
			revenue(model.GovernmentFund, 50_000_000, "103", "10301", "1030148"),
			revenue(model.StateCapital, 8_000_000, "103", "10306"),
			revenue(model.FiscalSpecialAccount, 4_000_000),
			revenue(model.UnitFunds, 3_000_000),
		},
	}
}

func basic(function, department, government string, cost model.CostKind, fen model.Money) model.BasicLine {
	return model.BasicLine{
		FunctionCode: function, DepartmentEconomicCode: department, GovernmentEconomicCode: government,
		FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, CostKind: cost, Amount: fen,
	}
}

func carried(line model.BasicLine) model.BasicLine {
	line.Source = model.CarryOver
	return line
}

func revenue(kind model.FundKind, fen model.Money, path ...string) model.RevenueLine {
	line := model.RevenueLine{FundKind: kind, Amount: fen}
	for _, code := range path {
		line.Codes = append(line.Codes, model.RevenueCode{Code: code})
	}
	return line
}

func soundProjects() []model.ProjectContent {
	return []model.ProjectContent{
		{
			Code: "901001", Name: "业务工作经费", FunctionCode: "2010102",
			Budget: []model.BudgetRow{
				{FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, Amount: 30_000_000},
				{FundKind: model.GeneralPublicBudget, Source: model.CarryOver, Amount: 6_000_000},
			},
			EconomicLines: []model.EconomicLine{
				{DepartmentEconomicCode: "30217", FundKind: model.GeneralPublicBudget, Amount: 500_000},
				{
					DepartmentEconomicCode: "31002", FundKind: model.GeneralPublicBudget, Amount: 8_000_000,
					Procurement: []model.ProcurementLine{{Kind: model.Goods, Amount: 8_000_000}},
				},
				{
					DepartmentEconomicCode: "30227", FundKind: model.GeneralPublicBudget, Amount: 10_000_000,
					Procurement: []model.ProcurementLine{{Kind: model.Services, ServiceCode: "B0101", Amount: 5_000_000}},
				},
			},
			Form: form(30_000_000),
		},
		project("901002", "土地整理", "2120899", model.GovernmentFund, 50_000_000),
		project("901003", "退休人员社会化管理", "2230105", model.StateCapital, 8_000_000),
		{
			Code: "901004", Name: "培训", FunctionCode: "2010102",
			Budget: []model.BudgetRow{
				{FundKind: model.FiscalSpecialAccount, Source: model.CurrentYear, Amount: 4_000_000},
				{FundKind: model.UnitFunds, Source: model.CurrentYear, Amount: 3_000_000},
				{FundKind: model.UnitFunds, Source: model.CarryOver, Amount: 700_000},
			},
			Form: form(7_000_000),
		},
	}
}

func project(code, name, function string, kind model.FundKind, fen model.Money) model.ProjectContent {
	return model.ProjectContent{
		Code: code, Name: name, FunctionCode: function,
		Budget: []model.BudgetRow{{FundKind: kind, Source: model.CurrentYear, Amount: fen}},
		Form:   form(fen),
	}
}

func form(total model.Money) *model.Form { return soundForm(total) }

// ofKind makes the bureau another kind of unit, with codes to match.
func ofKind(kind model.UnitKind) *records {
	r := sound()
	r.units[0].Kind = kind
	for i := range r.mappings {
		r.mappings[i].UnitKind = kind
	}
	return r
}

// with edits the sound records before they are run.
func with(edit func(sheet *model.SheetContent, projects []model.ProjectContent)) *records {
	r := sound()
	edit(r.units[0].Sheet, r.units[0].Projects)
	return r
}

// tenThousand is 1.00 万元.
const tenThousand model.Money = 1_000_000

// changed runs the sound tables with one figure changed by 1.00 万元.
func changed(t testing.TB, r *records, table, row, column string) check.Report {
	t.Helper()
	in := r.input(t)
	in.Published = grids(t, in)
	for _, g := range in.Published {
		if g.Def.Key == table {
			change(t, g, row, column, tenThousand)
		}
	}
	return run(t, in)
}

func change(t testing.TB, g *check.Grid, row, column string, by model.Money) {
	t.Helper()
	c := g.Def.Column(column)
	for i := range g.Lines {
		if g.Lines[i].Keys[g.Def.Columns[c].Side] == row {
			g.Lines[i].Figures[c] += by
			return
		}
	}
	t.Fatalf("%s 没有 %s 行", g.Def.Key, row)
}
