package model

import "strings"

// Region is a fiscal region (财政区划) with its set of tables and forms.
type Region struct {
	Code   string `gorm:"primaryKey" json:"code"` // nine digits
	Name   string `json:"name"`
	SetKey string `json:"setKey"` // the set of tables, form and wording: "shanxi"
}

// The region that an empty database has.
const (
	DefaultRegionCode = "000000000"
	DefaultRegionName = "本地区"
	DefaultSetKey     = "shanxi"
)

// BudgetUnit is 预算单位: whoever has a budget; a tree in a region, unique by
// region and code. Name, kind and the rest are as last imported or entered; what
// they were in a year stands in that year's sheet.
type BudgetUnit struct {
	ID         ID       `gorm:"primaryKey;autoIncrement:false" json:"id"`
	RegionCode string   `json:"regionCode"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Kind       UnitKind `json:"kind"`
	ParentCode string   `json:"parentCode,omitempty"` // 主管部门; empty: it is one itself
	// Path is region and codes from the top, each closed by a slash:
	// "000000000/701/701001/". The unit and all below it share the prefix.
	Path string `json:"path"`
	// Stub marks a unit known only as somebody's parent.
	Stub    bool `json:"stub"`
	Version int  `json:"version"`
}

// IsDepartment tells whether the unit is a competent department (主管部门) itself.
func (u BudgetUnit) IsDepartment() bool { return u.ParentCode == "" }

// ChildPath gives the path of a unit with the given code below this path.
func ChildPath(path, code string) string { return path + code + "/" }

// RegionPath is the root of all paths in a region.
func RegionPath(region string) string { return region + "/" }

// Within tells whether path lies at or below root.
func Within(path, root string) bool { return strings.HasPrefix(path, root) }

// BudgetYear is 预算年度: one cycle of a region. It exists from the first record
// of that year on; stages and deadlines are its settings.
type BudgetYear struct {
	RegionCode string `gorm:"primaryKey" json:"regionCode"`
	Year       int    `gorm:"primaryKey;autoIncrement:false" json:"year"`
	TreeKey    string `json:"treeKey"` // indicator tree: "2015", "2021"
}

// DefaultTreeKey is the tree that the Shanxi set binds a year to.
const DefaultTreeKey = "2015"
