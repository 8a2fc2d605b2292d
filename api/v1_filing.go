package api

import (
	"biaochi/model"
	"biaochi/service/filing"
)

// Filing is the content of a filing (绩效目标申报) as programs read and write it: a
// project's year. Names are those of the exchange package; what is blank is left out.
type Filing struct {
	Code          string         `json:"code" binding:"required,code" label:"项目代码"`
	Name          string         `json:"name" binding:"required,max=500" label:"项目名称"`
	FunctionCode  string         `json:"functionCode,omitempty" binding:"max=64" label:"功能分类编码"`
	Category      model.Category `json:"category,omitempty" label:"项目类别"`
	Nature        model.Nature   `json:"nature,omitempty" label:"项目属性"`
	AppendixNo    *int           `json:"appendixNo,omitempty" binding:"omitempty,min=0,max=99999" label:"附表序号"`
	Budget        []BudgetRow    `json:"budget,omitempty" binding:"max=200,dive" label:"项目预算"`
	EconomicLines []EconomicLine `json:"economicLines,omitempty" binding:"max=1000,dive" label:"经济分类明细"`
	Form          *FilingForm    `json:"form,omitempty" label:"项目支出绩效目标申报表"`
}

// BudgetRow is a project's money of one fund kind and source.
type BudgetRow struct {
	FundKind model.FundKind `json:"fundKind,omitempty" label:"资金性质"`
	Source   model.Source   `json:"source,omitempty" label:"资金年度"`
	Amount   *model.Money   `json:"amount,omitempty" label:"金额"`
}

// EconomicLine details part of a project's money by economic code.
type EconomicLine struct {
	DepartmentEconomicCode string            `json:"departmentEconomicCode,omitempty" binding:"max=64" label:"部门预算支出经济分类编码"`
	DepartmentEconomicName string            `json:"departmentEconomicName,omitempty" binding:"max=500" label:"部门预算支出经济分类名称"`
	FundKind               model.FundKind    `json:"fundKind,omitempty" label:"资金性质"`
	Amount                 *model.Money      `json:"amount,omitempty" label:"金额"`
	Procurement            []ProcurementLine `json:"procurement,omitempty" binding:"max=200,dive" label:"政府采购"`
}

// ProcurementLine is a part of a line that is bought by 政府采购.
type ProcurementLine struct {
	Kind        model.ProcurementKind `json:"kind,omitempty" label:"采购类别"`
	ServiceCode string                `json:"serviceCode,omitempty" binding:"max=64" label:"政府购买服务目录编码"`
	Amount      *model.Money          `json:"amount,omitempty" label:"金额"`
}

// FilingForm is the 项目支出绩效目标申报表.
type FilingForm struct {
	Name          string          `json:"name,omitempty" binding:"max=500" label:"项目名称（与项目库名称不同时）"`
	PeriodYears   *int            `json:"periodYears,omitempty" binding:"omitempty,min=0,max=100" label:"项目期（年）"`
	PeriodStart   *int            `json:"periodStart,omitempty" binding:"omitempty,min=2000,max=2100" label:"项目期起始年"`
	LongTermFunds *FormFunds      `json:"longTermFunds,omitempty" label:"实施期资金"`
	AnnualFunds   *FormFunds      `json:"annualFunds,omitempty" label:"年度资金"`
	Overview      string          `json:"overview,omitempty" binding:"max=20000" label:"项目概况"`
	Basis         string          `json:"basis,omitempty" binding:"max=20000" label:"立项依据"`
	Necessity     string          `json:"necessity,omitempty" binding:"max=20000" label:"项目设立必要性"`
	Safeguards    string          `json:"safeguards,omitempty" binding:"max=20000" label:"保证项目实施的制度、措施"`
	Plan          string          `json:"plan,omitempty" binding:"max=20000" label:"项目实施计划"`
	LongTermGoal  string          `json:"longTermGoal,omitempty" binding:"max=20000" label:"实施期目标"`
	AnnualGoal    string          `json:"annualGoal,omitempty" binding:"max=20000" label:"年度目标"`
	Responsible   string          `json:"responsible,omitempty" binding:"max=500" label:"负责人"`
	Handler       string          `json:"handler,omitempty" binding:"max=500" label:"经办人"`
	Phone         string          `json:"phone,omitempty" binding:"max=500" label:"联系电话"`
	FiledAt       model.CivilTime `json:"filedAt,omitempty" label:"填报日期"`
	Indicators    []FormIndicator `json:"indicators,omitempty" binding:"max=500,dive" label:"绩效指标"`
}

// FormFunds is the form's cut of money by level (资金来源).
type FormFunds struct {
	Total           *model.Money `json:"total,omitempty" label:"资金总额"`
	Central         *model.Money `json:"central,omitempty" label:"中央资金"`
	Provincial      *model.Money `json:"provincial,omitempty" label:"省级资金"`
	MunicipalCounty *model.Money `json:"municipalCounty,omitempty" label:"市县（区）资金"`
	SelfRaised      *model.Money `json:"selfRaised,omitempty" label:"单位自筹"`
	Other           *model.Money `json:"other,omitempty" label:"其他资金"`
}

// FormIndicator is one row of the form's tree.
type FormIndicator struct {
	Level1   string           `json:"level1,omitempty" binding:"max=64" label:"一级指标"`
	Level2   string           `json:"level2,omitempty" binding:"max=64" label:"二级指标"`
	LongTerm *IndicatorTarget `json:"longTerm,omitempty" label:"实施期指标"`
	Annual   *IndicatorTarget `json:"annual,omitempty" label:"年度指标"`
}

// IndicatorTarget is a third-level indicator (三级指标) with its value as written.
type IndicatorTarget struct {
	Name        string  `json:"name,omitempty" binding:"max=500" label:"指标名称"`
	Value       string  `json:"value,omitempty" binding:"max=20000" label:"指标值"`
	Weight      *string `json:"weight,omitempty" binding:"omitempty,points" label:"权重"`
	Explanation string  `json:"explanation,omitempty" binding:"max=20000" label:"指标解释"`
	Basis       string  `json:"basis,omitempty" binding:"max=20000" label:"指标值设定依据"`
	Source      string  `json:"source,omitempty" binding:"max=20000" label:"数据来源"`
	Evidence    string  `json:"evidence,omitempty" binding:"max=20000" label:"佐证资料"`
	Scoring     string  `json:"scoring,omitempty" binding:"max=20000" label:"评分标准"`
}

var filingKind = recordKind[Filing]{
	kind: model.FilingRecord, path: "/filings", one: "Filing", many: "Filings", zh: "绩效目标", maxBody: 4 << 20,
	read: func(f *Filing) (c filing.Content, err error) {
		c.Project = &model.ProjectContent{}
		if err := recast(f, c.Project); err != nil {
			return c, err
		}
		eachWeight(c.Project, model.Weight.Number)
		return c, nil
	},
	show: func(c filing.Content) (f Filing, err error) {
		var own model.ProjectContent
		if err := recast(c.Project, &own); err != nil {
			return f, err
		}
		eachWeight(&own, func(w model.Weight) string { return `"` + w.Number() + `"` })
		return f, recast(own, &f)
	},
}

// eachWeight rewrites the weights that are filled in: a content may hold them as
// numbers or as texts, here they are texts.
func eachWeight(p *model.ProjectContent, write func(model.Weight) string) {
	if p.Form == nil {
		return
	}
	for _, row := range p.Form.Indicators {
		for _, target := range []*model.Target{row.LongTerm, row.Annual} {
			if target != nil && target.Weight.Number() != "" {
				target.Weight = model.Weight(write(target.Weight))
			}
		}
	}
}
