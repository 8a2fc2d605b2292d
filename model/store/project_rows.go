package store

import (
	"biaochi/model"
)

// The tables of one version of a filing. Lists are kept by position from 0; what
// is left blank has no row or NULL, so that it never comes back as zero.

type projectRow struct {
	VersionID    model.ID `gorm:"primaryKey;autoIncrement:false"`
	Code         string
	Name         string
	FunctionCode string
	Category     model.Category
	Nature       model.Nature
	AppendixNo   *int
	HasForm      bool
}

type formRow struct {
	VersionID    model.ID `gorm:"primaryKey;autoIncrement:false"`
	Name         string
	PeriodYears  *int
	PeriodStart  *int
	Overview     string
	Basis        string
	Necessity    string
	Safeguards   string
	Plan         string
	LongTermGoal string
	AnnualGoal   string
	Responsible  string
	Handler      string
	Phone        string
	FiledAt      model.CivilTime
}

type formFundRow struct {
	VersionID model.ID `gorm:"primaryKey;autoIncrement:false"`
	Horizon   string   `gorm:"primaryKey"`
	Level     string   `gorm:"primaryKey"`
	Amount    *model.Money
}

type budgetRow struct {
	VersionID model.ID        `gorm:"primaryKey;autoIncrement:false"`
	Position  int             `gorm:"primaryKey;autoIncrement:false"`
	Row       model.BudgetRow `gorm:"embedded"`
}

type economicRow struct {
	VersionID              model.ID `gorm:"primaryKey;autoIncrement:false"`
	Position               int      `gorm:"primaryKey;autoIncrement:false"`
	DepartmentEconomicCode string
	DepartmentEconomicName string
	FundKind               model.FundKind
	Amount                 model.Money
}

type indicatorRow struct {
	VersionID model.ID `gorm:"primaryKey;autoIncrement:false"`
	Position  int      `gorm:"primaryKey;autoIncrement:false"`
	Level1    string
	Level2    string
}

type targetRow struct {
	VersionID model.ID     `gorm:"primaryKey;autoIncrement:false"`
	Position  int          `gorm:"primaryKey;autoIncrement:false"`
	Horizon   string       `gorm:"primaryKey"`
	Target    model.Target `gorm:"embedded"`
}

type procurementRow struct {
	VersionID   model.ID              `gorm:"primaryKey;autoIncrement:false"`
	LineList    string                `gorm:"primaryKey"`
	Line        int                   `gorm:"primaryKey;autoIncrement:false"`
	Position    int                   `gorm:"primaryKey;autoIncrement:false"`
	Procurement model.ProcurementLine `gorm:"embedded"`
}

func (projectRow) TableName() string     { return "project_contents" }
func (formRow) TableName() string        { return "forms" }
func (formFundRow) TableName() string    { return "form_funds" }
func (budgetRow) TableName() string      { return "budget_rows" }
func (economicRow) TableName() string    { return "economic_lines" }
func (indicatorRow) TableName() string   { return "indicators" }
func (targetRow) TableName() string      { return "indicator_targets" }
func (procurementRow) TableName() string { return "procurement_lines" }

// The two horizons of a form.
const (
	longTerm = "longTerm" // 实施期
	annual   = "annual"   // 年度
)

// The lists whose lines have procurement.
const (
	basicList    = "basic"
	economicList = "economic"
)

// fundLevels names the rows of a form's funds and where the content keeps them.
var fundLevels = []struct {
	level string
	field func(*model.FormFunds) **model.Money
}{
	{"total", func(f *model.FormFunds) **model.Money { return &f.Total }},
	{"central", func(f *model.FormFunds) **model.Money { return &f.Central }},
	{"provincial", func(f *model.FormFunds) **model.Money { return &f.Provincial }},
	{"municipalCounty", func(f *model.FormFunds) **model.Money { return &f.MunicipalCounty }},
	{"selfRaised", func(f *model.FormFunds) **model.Money { return &f.SelfRaised }},
	{"other", func(f *model.FormFunds) **model.Money { return &f.Other }},
}

func fundRows(id model.ID, horizon string, funds model.FormFunds) (rows []formFundRow) {
	for _, level := range fundLevels {
		if amount := *level.field(&funds); amount != nil {
			rows = append(rows, formFundRow{id, horizon, level.level, amount})
		}
	}
	return rows
}

// put gives an amount back to where the content keeps it.
func (r formFundRow) put(funds *model.FormFunds) {
	for _, level := range fundLevels {
		if level.level == r.Level {
			*level.field(funds) = r.Amount
		}
	}
}

func indicatorRows(id model.ID, indicators []model.Indicator) (rows []indicatorRow, targets []targetRow) {
	for i, indicator := range indicators {
		rows = append(rows, indicatorRow{id, i, indicator.Level1, indicator.Level2})
		if indicator.LongTerm != nil {
			targets = append(targets, targetRow{id, i, longTerm, *indicator.LongTerm})
		}
		if indicator.Annual != nil {
			targets = append(targets, targetRow{id, i, annual, *indicator.Annual})
		}
	}
	return rows, targets
}

// put gives a third level back to its row.
func (r *targetRow) put(indicator *model.Indicator) {
	if r.Horizon == longTerm {
		indicator.LongTerm = &r.Target
	} else {
		indicator.Annual = &r.Target
	}
}
