package model

// CatalogueKind names one of the code lists.
type CatalogueKind string

// The code lists (收支分类科目).
const (
	FunctionalCatalogue         CatalogueKind = "functional"         // 功能分类
	DepartmentEconomicCatalogue CatalogueKind = "departmentEconomic" // 部门预算支出经济分类
	GovernmentEconomicCatalogue CatalogueKind = "governmentEconomic" // 政府预算支出经济分类
	RevenueCatalogue            CatalogueKind = "revenue"            // 收入分类
)

// CatalogueKinds lists the code lists.
var CatalogueKinds = []CatalogueKind{FunctionalCatalogue, DepartmentEconomicCatalogue, GovernmentEconomicCatalogue, RevenueCatalogue}

// BaselineYear marks the entries that hold for every year without its own list.
const BaselineYear = 0

// CatalogueEntry is a code of a list in a year.
type CatalogueEntry struct {
	Kind       CatalogueKind `gorm:"primaryKey"`
	Year       int           `gorm:"primaryKey;autoIncrement:false"` // BaselineYear or a year with its own list
	Code       string        `gorm:"primaryKey"`
	Name       string
	FundType   string // functional codes: which fund it belongs to, as the source says
	Confidence string // seen_in_source, known, check
	Note       string
}

// EconomicMapping says which government code a department code falls under, by
// kind of unit (部门 ↔ 政府 economic classification).
type EconomicMapping struct {
	Year           int      `gorm:"primaryKey;autoIncrement:false"`
	UnitKind       UnitKind `gorm:"primaryKey"`
	DepartmentCode string   `gorm:"primaryKey"`
	GovernmentCode string
	Confidence     string
}
