package model

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// LibraryOrigin is where an entry of the indicator library comes from.
type LibraryOrigin string

// The two origins.
const (
	LibraryApproved LibraryOrigin = "approved" // 已批复申报
	LibraryEntered  LibraryOrigin = "entered"  // 财政部门录入
)

// LibraryIndicator is a third-level indicator (三级指标) in a region's indicator
// library (指标库), with what a filing may take over from it. Region, second level
// and NameKey tell it from others.
type LibraryIndicator struct {
	ID         ID `gorm:"primaryKey;autoIncrement:false"`
	RegionCode string
	TreeKey    string // of the tree that has the levels: "2015"
	Level1     string
	Level2     string
	Name       string
	NameKey    string   // what IndicatorKey makes of the name
	Unit       string   // 计量单位
	Operator   string   // 计算符号: >= <= = > < range, "" for words (定性)
	Usual      []string `gorm:"serializer:json;column:usual_values"` // 常用指标值, as kept by the bureau
	// What the 2021 guide names beside value and unit.
	Explanation string   // 指标解释, formula
	Basis       string   // 指标值设定依据
	Source      string   // 数据来源
	Evidence    string   // 佐证资料
	Method      string   // 完成值取值方式
	Scoring     string   // 评分标准
	Industries  []string `gorm:"serializer:json"` // 适用行业
	Common      bool     // 共性指标: fits every function
	Disabled    bool     // 停用: no longer offered
	Origin      LibraryOrigin
	// Uses counts the approved filings that have it.
	Uses       int
	MergedInto ID // the entry that took its place, 0 where none did
	CreatedAt  time.Time
	CreatedBy  string
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`
	UpdatedBy  string
	Version    int // optimistic lock; uses don't count it up
}

// LibraryFunction says that an entry fits a functional code (功能分类) and all below.
type LibraryFunction struct {
	IndicatorID  ID     `gorm:"primaryKey;autoIncrement:false"`
	FunctionCode string `gorm:"primaryKey"`
}

// LibraryUse is an approved filing that has the indicator, with the annual value that
// it gave last; "" where that is of use to nobody else.
type LibraryUse struct {
	IndicatorID ID `gorm:"primaryKey;autoIncrement:false"`
	RecordID    ID `gorm:"primaryKey;autoIncrement:false"`
	Value       string
}

// noteAtEnd is a unit or note in brackets: 覆盖率（%）.
var noteAtEnd = regexp.MustCompile(`[(（][^()（）]*[)）]\s*$`)

// IndicatorKey is what tells names of indicators apart in the library: letters and
// figures in half width and lower case, without a unit or note in brackets at the end.
func IndicatorKey(name string) string {
	if bare := noteAtEnd.ReplaceAllString(name, ""); strings.TrimSpace(bare) != "" {
		name = bare
	}
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
