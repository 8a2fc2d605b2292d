package api

import (
	"biaochi/model"
	"biaochi/service/filing"
)

// Sheet is the content of a basic sheet (基本支出表) as programs read and write it: a
// unit's year beside its projects. Names are those of the exchange package; what is
// blank is left out. Code, kind and parent of the unit are the unit's own, whatever
// a request says.
type Sheet struct {
	Unit              *SheetUnit         `json:"unit,omitempty" label:"预算单位"`
	Functions         []FunctionName     `json:"functions,omitempty" binding:"max=1000,dive" label:"功能分类科目"`
	Revenues          []RevenueLine      `json:"revenues,omitempty" binding:"max=1000,dive" label:"收入明细"`
	BasicLines        []BasicLine        `json:"basicLines,omitempty" binding:"max=5000,dive" label:"基本支出明细"`
	PriorYear         *PriorYear         `json:"priorYear,omitempty" label:"上年数"`
	Explanations      *Explanations      `json:"explanations,omitempty" label:"增减变化原因"`
	Assets            *Assets            `json:"assets,omitempty" label:"国有资产占有使用情况"`
	PurchasedServices []PurchasedService `json:"purchasedServices,omitempty" binding:"max=2000,dive" label:"政府购买服务指导性目录"`
	Approval          *SheetApproval     `json:"approval,omitempty" label:"批复"`
}

// SheetUnit is what a unit's year says of the unit itself.
type SheetUnit struct {
	Code         string         `json:"code,omitempty" binding:"max=64" label:"单位代码"`
	Name         string         `json:"name,omitempty" binding:"max=500" label:"单位名称"`
	Kind         model.UnitKind `json:"kind,omitempty" label:"单位性质"`
	ParentCode   string         `json:"parentCode,omitempty" binding:"max=64" label:"主管部门代码"`
	RegionCode   string         `json:"regionCode,omitempty" binding:"max=9" label:"财政区划代码"`
	ShortName    string         `json:"shortName,omitempty" binding:"max=500" label:"单位简称"`
	RegionName   string         `json:"regionName,omitempty" binding:"max=500" label:"区划名称"`
	Duties       string         `json:"duties,omitempty" binding:"max=20000" label:"主要职责"`
	Organization []string       `json:"organization,omitempty" binding:"max=500,dive,max=500" label:"机构设置"`
}

// FunctionName names a functional code (功能分类) in one unit's year.
type FunctionName struct {
	Code string `json:"code,omitempty" binding:"max=64" label:"功能分类编码"`
	Name string `json:"name,omitempty" binding:"max=500" label:"功能分类名称"`
}

// RevenueLine is coded revenue of a fund kind (收入明细).
type RevenueLine struct {
	FundKind model.FundKind `json:"fundKind,omitempty" label:"资金性质"`
	Codes    []RevenueCode  `json:"codes,omitempty" binding:"max=10,dive" label:"收入科目（类、款、项）"`
	Amount   *model.Money   `json:"amount,omitempty" label:"金额"`
}

// RevenueCode is one step of a revenue line's path, with its name.
type RevenueCode struct {
	Code string `json:"code,omitempty" binding:"max=64" label:"收入科目编码"`
	Name string `json:"name,omitempty" binding:"max=500" label:"收入科目名称"`
}

// BasicLine is one line of 基本支出.
type BasicLine struct {
	FunctionCode           string            `json:"functionCode,omitempty" binding:"max=64" label:"功能分类编码"`
	DepartmentEconomicCode string            `json:"departmentEconomicCode,omitempty" binding:"max=64" label:"部门预算支出经济分类编码"`
	DepartmentEconomicName string            `json:"departmentEconomicName,omitempty" binding:"max=500" label:"部门预算支出经济分类名称"`
	GovernmentEconomicCode string            `json:"governmentEconomicCode,omitempty" binding:"max=64" label:"政府预算支出经济分类编码"`
	GovernmentEconomicName string            `json:"governmentEconomicName,omitempty" binding:"max=500" label:"政府预算支出经济分类名称"`
	FundKind               model.FundKind    `json:"fundKind,omitempty" label:"资金性质"`
	Source                 model.Source      `json:"source,omitempty" label:"资金年度"`
	CostKind               model.CostKind    `json:"costKind,omitempty" label:"经费类别"`
	Amount                 *model.Money      `json:"amount,omitempty" label:"金额"`
	Procurement            []ProcurementLine `json:"procurement,omitempty" binding:"max=200,dive" label:"政府采购"`
}

// PriorYear holds totals of last year's published disclosure.
type PriorYear struct {
	Year            *int              `json:"year,omitempty" binding:"omitempty,min=2000,max=2100" label:"上年年度"`
	Total           *model.Money      `json:"total,omitempty" label:"上年合计"`
	ByFundKind      *PriorFunds       `json:"byFundKind,omitempty" label:"上年各资金性质合计"`
	ThreePublic     *PriorThreePublic `json:"threePublic,omitempty" label:"上年“三公”经费"`
	AgencyOperating *model.Money      `json:"agencyOperating,omitempty" label:"上年机关运行经费"`
}

// PriorFunds is last year's total by fund kind.
type PriorFunds struct {
	GeneralPublicBudget  *model.Money `json:"generalPublicBudget,omitempty" label:"一般公共预算"`
	GovernmentFund       *model.Money `json:"governmentFund,omitempty" label:"政府性基金预算"`
	StateCapital         *model.Money `json:"stateCapital,omitempty" label:"国有资本经营预算"`
	FiscalSpecialAccount *model.Money `json:"fiscalSpecialAccount,omitempty" label:"财政专户管理资金"`
	UnitFunds            *model.Money `json:"unitFunds,omitempty" label:"单位资金"`
}

// PriorThreePublic is last year's “三公” expenditure by item.
type PriorThreePublic struct {
	Overseas         *model.Money `json:"overseas,omitempty" label:"因公出国（境）费"`
	Reception        *model.Money `json:"reception,omitempty" label:"公务接待费"`
	VehiclePurchase  *model.Money `json:"vehiclePurchase,omitempty" label:"公务用车购置费"`
	VehicleOperation *model.Money `json:"vehicleOperation,omitempty" label:"公务用车运行维护费"`
}

// Explanations are the reasons that only people can give.
type Explanations struct {
	TotalChange               string `json:"totalChange,omitempty" binding:"max=20000" label:"收支总额变化原因"`
	GeneralPublicBudgetChange string `json:"generalPublicBudgetChange,omitempty" binding:"max=20000" label:"一般公共预算变化原因"`
	ThreePublicChange         string `json:"threePublicChange,omitempty" binding:"max=20000" label:"“三公”经费变化原因"`
	AgencyOperating           string `json:"agencyOperating,omitempty" binding:"max=20000" label:"机关运行经费说明"`
}

// Assets is 国有资产占有使用情况.
type Assets struct {
	Vehicles     *int   `json:"vehicles,omitempty" binding:"omitempty,min=0,max=999999" label:"车辆（辆）"`
	VehiclesNote string `json:"vehiclesNote,omitempty" binding:"max=20000" label:"车辆说明"`
	Buildings    string `json:"buildings,omitempty" binding:"max=20000" label:"房屋情况"`
	Other        string `json:"other,omitempty" binding:"max=20000" label:"其他资产情况"`
}

// PurchasedService is a row of the 政府购买服务指导性目录 in use.
type PurchasedService struct {
	Code   string `json:"code,omitempty" binding:"max=64" label:"目录编码"`
	Level1 string `json:"level1,omitempty" binding:"max=500" label:"一级目录"`
	Level2 string `json:"level2,omitempty" binding:"max=500" label:"二级目录"`
	Level3 string `json:"level3,omitempty" binding:"max=500" label:"三级目录"`
}

// SheetApproval is the 批复 that an imported package named.
type SheetApproval struct {
	Number string     `json:"number,omitempty" binding:"max=500" label:"批复文号"`
	Date   model.Date `json:"date,omitempty" label:"批复日期"`
}

var sheetKind = recordKind[Sheet]{
	kind: model.SheetRecord, path: "/sheets", one: "Sheet", many: "Sheets", zh: "基本支出表", maxBody: 8 << 20,
	read: func(s *Sheet) (c filing.Content, err error) {
		c.Sheet = &model.SheetContent{}
		return c, recast(s, c.Sheet)
	},
	show: func(c filing.Content) (s Sheet, err error) {
		err = recast(c.Sheet, &s)
		if s.PriorYear != nil && *s.PriorYear.Year == 0 {
			s.PriorYear.Year = nil // blank
		}
		return s, err
	},
}
