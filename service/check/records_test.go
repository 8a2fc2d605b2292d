package check_test

import (
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/service/check"
)

// recordCase edits the sound records and says what must come of it: "rule severity
// outcome unit/project field want got", without rows of whole rules.
type recordCase struct {
	name string
	edit func(sheet *model.SheetContent, projects []model.ProjectContent)
	want string // "" for nothing
	says string // part of the message
}

var recordCases = []recordCase{
	{
		name: "申报表资金与预算不等",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) { p[0].Form = form(30_000_001) },
		want: "K13 error fail 901/901001 form.annualFunds.total 300000.00 300000.01", says: "两者不等",
	}, {
		name: "申报表为零而有预算",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) { p[1].Form = form(0) },
		want: "K13 error fail 901/901002 form.annualFunds.total 500000.00 0.00", says: "补填年度资金",
	}, {
		name: "申报表有资金而没有预算",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) {
			p[0].Budget, p[0].EconomicLines = p[0].Budget[1:], nil
		},
		want: "K13 error fail 901/901001 form.annualFunds.total 0.00 300000.00", says: "是否列入本年预算",
	}, {
		name: "申报表没有填写资金",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) { p[0].Form = &model.Form{} },
		want: "K13 error insufficientData 901/901001 form.annualFunds.total  ", says: "没有填写年度资金",
	}, {
		name: "未填合计时取各级资金之和",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) {
			a, b := model.Money(10_000_000), model.Money(20_000_000)
			p[0].Form = &model.Form{AnnualFunds: model.FormFunds{Provincial: &a, MunicipalCounty: &b}}
		},
	}, {
		name: "申报表名称不同",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) { p[0].Form.Name = "业务经费" },
		want: "K13 warning fail 901/901001 form.name 业务工作经费 业务经费", says: "“业务经费”",
	}, {
		name: "有预算而没有申报表",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) { p[2].Form = nil },
		want: "K14 warning fail 901/901003 form  ", says: "80000.00",
	}, {
		name: "只有结转的项目不必有申报表",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) {
			p[0].Budget, p[0].EconomicLines, p[0].Form = p[0].Budget[1:], nil, nil
		},
	}, {
		name: "采购大于基本支出明细",
		edit: func(s *model.SheetContent, _ []model.ProjectContent) {
			s.BasicLines[1].Procurement = []model.ProcurementLine{{Kind: model.Goods, Amount: 20_000_001}}
		},
		want: "K15 error fail 901/ basicLines[1].procurement 200000.00 200000.01", says: "基本支出经济科目 30201",
	}, {
		name: "购买服务列为货物",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) {
			p[0].EconomicLines[2].Procurement[0].Kind = model.Goods
		},
		want: "K15 error fail 901/901001 economicLines[2].procurement[0].kind services goods", says: "B0101",
	}, {
		name: "采购大于项目预算，且明细也超出预算",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) {
			p[0].EconomicLines[1].Amount = 40_000_000
			p[0].EconomicLines[1].Procurement[0].Amount = 31_000_000
		},
		want: "K15 error fail 901/901001 economicLines 300000.00 360000.00\n" +
			"E01 error fail 901/901001 economicLines 300000.00 505000.00", says: "大于项目本年预算",
	}, {
		name: "明细用了没有预算的资金",
		edit: func(_ *model.SheetContent, p []model.ProjectContent) {
			p[0].EconomicLines[0].FundKind = model.UnitFunds
		},
		want: "E01 error fail 901/901001 economicLines 0.00 5000.00", says: "单位资金",
	}, {
		name: "政府科目不在对照表",
		edit: func(s *model.SheetContent, _ []model.ProjectContent) {
			s.BasicLines[0].GovernmentEconomicCode = "50201"
		},
		want: "E02 warning fail 901/ basicLines[0].governmentEconomicCode 50101 50201", says: "行政单位应为 50101",
	}, {
		name: "对照表没有该部门科目",
		edit: func(s *model.SheetContent, _ []model.ProjectContent) {
			s.BasicLines[3].DepartmentEconomicCode = "31002"
		},
		want: "E02 warning insufficientData 901/ basicLines  ", says: "31002",
	}, {
		name: "功能科目在数据包中有两个名称",
		edit: func(s *model.SheetContent, _ []model.ProjectContent) {
			s.Functions = append(s.Functions, model.FunctionName{Code: "2010101", Name: "机关运行"})
		},
		want: "K03 error fail 901/ functions[2].name 行政运行 机关运行\n" +
			"E03 info fail 901/ functions[2].name 行政运行 机关运行", says: "两个名称",
	}, {
		name: "数据包名称与目录不同，以数据包为准",
		edit: func(s *model.SheetContent, _ []model.ProjectContent) { s.Functions[0].Name = "机关运行" },
		want: "E03 info fail 901/ functions[0].name 行政运行 机关运行", says: "公开表采用前者",
	},
}

func TestRecords(t *testing.T) {
	for _, c := range recordCases {
		t.Run(c.name, func(t *testing.T) {
			var got, messages []string
			for _, f := range places(with(c.edit).run(t)) {
				got = append(got, strings.Join([]string{f.Rule, string(f.Severity), string(f.Outcome), f.Unit + "/" + f.Project, f.Field, f.Want, f.Got}, " "))
				messages = append(messages, f.Message)
			}
			if text := strings.Join(got, "\n"); text != c.want {
				t.Errorf("得到：\n%s\n应为：\n%s", text, c.want)
			}
			if text := strings.Join(messages, "\n"); !strings.Contains(text, c.says) {
				t.Errorf("说明中没有“%s”：%s", c.says, text)
			}
		})
	}
}

// places are the findings about a place, without rows of whole rules and tails, and
// without what filing_test.go looks at.
func places(report check.Report) (found []check.Finding) {
	for _, f := range report.Findings {
		if strings.HasPrefix(f.Rule, "F") {
			continue
		}
		if f.Outcome == check.Fail || f.Outcome == check.InsufficientData && f.Unit != "" {
			found = append(found, f)
		}
	}
	return found
}

func TestProjectAloneAsOnSaving(t *testing.T) {
	r := with(func(_ *model.SheetContent, p []model.ProjectContent) { p[1].Form = form(1) })
	in := r.input(t)
	if found := check.RunProject(in, r.units[0], &r.units[0].Projects[1]); len(found) != 1 || found[0].Rule != "K13" || found[0].Project != "901002" {
		t.Errorf("得到 %+v", found)
	}
	if found := check.RunProject(in, r.units[0], &r.units[0].Projects[0]); len(found) != 0 {
		t.Errorf("没有差错的项目得到 %+v", found)
	}
}
