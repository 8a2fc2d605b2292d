package store

import (
	"biaochi/model"
)

// The tables of one version of a basic sheet (基本支出表), kept like those of a filing.

type sheetRow struct {
	VersionID        model.ID `gorm:"primaryKey;autoIncrement:false"`
	UnitCode         string
	UnitName         string
	UnitKind         model.UnitKind
	UnitParentCode   string
	UnitRegionCode   string
	UnitShortName    string
	UnitRegionName   string
	UnitDuties       string
	UnitOrganization string             // a JSON list, empty where there is none
	Explanations     model.Explanations `gorm:"embedded"`
	Assets           model.Assets       `gorm:"embedded"`
	HasApproval      bool
	ApprovalNumber   string
	ApprovalDate     model.Date
}

type functionRow struct {
	VersionID model.ID           `gorm:"primaryKey;autoIncrement:false"`
	Position  int                `gorm:"primaryKey;autoIncrement:false"`
	Function  model.FunctionName `gorm:"embedded"`
}

type revenueRow struct {
	VersionID model.ID `gorm:"primaryKey;autoIncrement:false"`
	Position  int      `gorm:"primaryKey;autoIncrement:false"`
	FundKind  model.FundKind
	Amount    model.Money
}

type revenueCodeRow struct {
	VersionID model.ID          `gorm:"primaryKey;autoIncrement:false"`
	Line      int               `gorm:"primaryKey;autoIncrement:false"`
	Position  int               `gorm:"primaryKey;autoIncrement:false"`
	Step      model.RevenueCode `gorm:"embedded"`
}

type basicRow struct {
	VersionID              model.ID `gorm:"primaryKey;autoIncrement:false"`
	Position               int      `gorm:"primaryKey;autoIncrement:false"`
	FunctionCode           string
	DepartmentEconomicCode string
	DepartmentEconomicName string
	GovernmentEconomicCode string
	GovernmentEconomicName string
	FundKind               model.FundKind
	Source                 model.Source
	CostKind               model.CostKind
	Amount                 model.Money
}

type priorRow struct {
	VersionID       model.ID `gorm:"primaryKey;autoIncrement:false"`
	Year            int
	Total           *model.Money
	AgencyOperating *model.Money
	Funds           model.PriorFunds       `gorm:"embedded"`
	ThreePublic     model.PriorThreePublic `gorm:"embedded"`
}

type serviceRow struct {
	VersionID model.ID               `gorm:"primaryKey;autoIncrement:false"`
	Position  int                    `gorm:"primaryKey;autoIncrement:false"`
	Service   model.PurchasedService `gorm:"embedded"`
}

func (sheetRow) TableName() string       { return "sheet_contents" }
func (functionRow) TableName() string    { return "sheet_functions" }
func (revenueRow) TableName() string     { return "revenue_lines" }
func (revenueCodeRow) TableName() string { return "revenue_codes" }
func (basicRow) TableName() string       { return "basic_lines" }
func (priorRow) TableName() string       { return "prior_years" }
func (serviceRow) TableName() string     { return "purchased_services" }
