package model

// SheetContent is the content of one version of a 基本支出表: everything a unit's
// year holds beside its projects. JSON names are those of the exchange package.
type SheetContent struct {
	Unit              UnitHeader
	Functions         []FunctionName
	Revenues          []RevenueLine
	BasicLines        []BasicLine
	PriorYear         *PriorYear
	Explanations      Explanations
	Assets            Assets
	PurchasedServices []PurchasedService
	// Approval is the 批复 that a package names; it takes effect only where the
	// package was imported as approved.
	Approval *ApprovalRef
}

// UnitHeader is what a unit's year says of the unit itself.
type UnitHeader struct {
	Code         string   `json:"code"`
	Name         string   `json:"name"`
	Kind         UnitKind `json:"kind"`
	ParentCode   string   `json:"parentCode,omitempty"`
	RegionCode   string   `json:"regionCode,omitempty"`
	ShortName    string   `json:"shortName,omitempty"`
	RegionName   string   `json:"regionName,omitempty"`
	Duties       string   `json:"duties,omitempty"`
	Organization []string `json:"organization,omitempty"`
}

// FunctionName names a functional code (功能分类) in one unit's year.
type FunctionName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// RevenueLine is coded revenue of a fund kind, or expected income (收入明细).
type RevenueLine struct {
	FundKind FundKind      `json:"fundKind"`
	Codes    []RevenueCode `json:"codes,omitempty"` // path 类/款/项, may be empty where uncoded
	Amount   Money         `json:"amount"`
}

// RevenueCode is one step of a revenue line's path, with its name.
type RevenueCode struct {
	Code string `json:"code"`
	Name string `json:"name,omitempty"`
}

// BasicLine is one line of 基本支出.
type BasicLine struct {
	FunctionCode           string            `json:"functionCode"`
	DepartmentEconomicCode string            `json:"departmentEconomicCode"`
	DepartmentEconomicName string            `json:"departmentEconomicName,omitempty"`
	GovernmentEconomicCode string            `json:"governmentEconomicCode"`
	GovernmentEconomicName string            `json:"governmentEconomicName,omitempty"`
	FundKind               FundKind          `json:"fundKind"`
	Source                 Source            `json:"source,omitempty"` // never empty in memory
	CostKind               CostKind          `json:"costKind"`
	Amount                 Money             `json:"amount"`
	Procurement            []ProcurementLine `json:"procurement,omitempty"`
}

// ProcurementLine is a part of a line that is bought by 政府采购; one with a
// service code is a 政府购买服务.
type ProcurementLine struct {
	Kind        ProcurementKind `json:"kind"`
	ServiceCode string          `json:"serviceCode,omitempty"`
	Amount      Money           `json:"amount"`
}

// PriorYear holds totals of last year's published disclosure; what is nil leaves
// the change out of the text.
type PriorYear struct {
	Year            int              `json:"year"`
	Total           *Money           `json:"total,omitempty"`
	ByFundKind      PriorFunds       `json:"byFundKind,omitzero"`
	ThreePublic     PriorThreePublic `json:"threePublic,omitzero"`
	AgencyOperating *Money           `json:"agencyOperating,omitempty"`
}

// PriorFunds is last year's total by fund kind.
type PriorFunds struct {
	GeneralPublicBudget  *Money `json:"generalPublicBudget,omitempty"`
	GovernmentFund       *Money `json:"governmentFund,omitempty"`
	StateCapital         *Money `json:"stateCapital,omitempty"`
	FiscalSpecialAccount *Money `json:"fiscalSpecialAccount,omitempty"`
	UnitFunds            *Money `json:"unitFunds,omitempty"`
}

// PriorThreePublic is last year's “三公” expenditure by item.
type PriorThreePublic struct {
	Overseas         *Money `json:"overseas,omitempty"`
	Reception        *Money `json:"reception,omitempty"`
	VehiclePurchase  *Money `json:"vehiclePurchase,omitempty"`
	VehicleOperation *Money `json:"vehicleOperation,omitempty"`
}

// Explanations are the reasons that only people can give.
type Explanations struct {
	TotalChange               string `json:"totalChange,omitempty"`
	GeneralPublicBudgetChange string `json:"generalPublicBudgetChange,omitempty"`
	ThreePublicChange         string `json:"threePublicChange,omitempty"`
	AgencyOperating           string `json:"agencyOperating,omitempty"`
}

// Assets is 国有资产占有使用情况.
type Assets struct {
	Vehicles     *int   `json:"vehicles,omitempty"`
	VehiclesNote string `json:"vehiclesNote,omitempty"`
	Buildings    string `json:"buildings,omitempty"`
	Other        string `json:"other,omitempty"`
}

// PurchasedService is a row of the 政府购买服务指导性目录 in use.
type PurchasedService struct {
	Code   string `json:"code"`
	Level1 string `json:"level1,omitempty"`
	Level2 string `json:"level2,omitempty"`
	Level3 string `json:"level3,omitempty"`
}

// ApprovalRef is number and date of a 批复 as a package names it.
type ApprovalRef struct {
	Number string `json:"number,omitempty"`
	Date   Date   `json:"date,omitempty"`
}
