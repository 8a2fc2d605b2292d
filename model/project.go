package model

import (
	"encoding/json"
	"errors"
	"regexp"
)

// ProjectContent is the content of one version of a filing: a project's year
// with its budget and its form. JSON names are those of the exchange package.
type ProjectContent struct {
	Code          string         `json:"code"`
	Name          string         `json:"name"`
	FunctionCode  string         `json:"functionCode"`
	Category      Category       `json:"category,omitempty"`
	Nature        Nature         `json:"nature,omitempty"`
	AppendixNo    *int           `json:"appendixNo,omitempty"`
	Budget        []BudgetRow    `json:"budget,omitempty"`
	EconomicLines []EconomicLine `json:"economicLines,omitempty"`
	Form          *Form          `json:"form,omitempty"`
}

// BudgetRow is a project's money of one fund kind and source.
type BudgetRow struct {
	FundKind FundKind `json:"fundKind"`
	Source   Source   `json:"source,omitempty"` // never empty in memory
	Amount   Money    `json:"amount"`
}

// EconomicLine details part of a project's current-year money by economic code.
type EconomicLine struct {
	DepartmentEconomicCode string            `json:"departmentEconomicCode"`
	DepartmentEconomicName string            `json:"departmentEconomicName,omitempty"`
	FundKind               FundKind          `json:"fundKind"`
	Amount                 Money             `json:"amount"`
	Procurement            []ProcurementLine `json:"procurement,omitempty"`
}

// Form is the 项目支出绩效目标申报表 as filed; blank stays blank.
type Form struct {
	// Name is the name on the form, "" where it is the project's.
	Name          string      `json:"name,omitempty"`
	PeriodYears   *int        `json:"periodYears,omitempty"`
	PeriodStart   *int        `json:"periodStart,omitempty"`
	LongTermFunds FormFunds   `json:"longTermFunds,omitzero"`
	AnnualFunds   FormFunds   `json:"annualFunds,omitzero"`
	Overview      string      `json:"overview,omitempty"`     // 项目概况
	Basis         string      `json:"basis,omitempty"`        // 立项依据
	Necessity     string      `json:"necessity,omitempty"`    // 项目设立必要性
	Safeguards    string      `json:"safeguards,omitempty"`   // 保证项目实施的制度、措施
	Plan          string      `json:"plan,omitempty"`         // 项目实施计划
	LongTermGoal  string      `json:"longTermGoal,omitempty"` // 实施期目标
	AnnualGoal    string      `json:"annualGoal,omitempty"`   // 年度目标
	Responsible   string      `json:"responsible,omitempty"`  // 负责人
	Handler       string      `json:"handler,omitempty"`      // 经办人
	Phone         string      `json:"phone,omitempty"`        // 联系电话
	FiledAt       CivilTime   `json:"filedAt,omitempty"`      // 填报日期
	Indicators    []Indicator `json:"indicators,omitempty"`
}

// FormFunds is the form's cut of money by level (资金来源). The total is as the
// form states it; rules compare it with the rows.
type FormFunds struct {
	Total           *Money `json:"total,omitempty"`
	Central         *Money `json:"central,omitempty"`
	Provincial      *Money `json:"provincial,omitempty"`
	MunicipalCounty *Money `json:"municipalCounty,omitempty"`
	SelfRaised      *Money `json:"selfRaised,omitempty"`
	Other           *Money `json:"other,omitempty"`
}

// Rows gives the five rows under the total, in the form's order.
func (f FormFunds) Rows() []*Money {
	return []*Money{f.Central, f.Provincial, f.MunicipalCounty, f.SelfRaised, f.Other}
}

// Sum adds the rows that are filled in; ok is false where none is.
func (f FormFunds) Sum() (sum Money, ok bool) {
	for _, row := range f.Rows() {
		if row != nil {
			sum, ok = sum+*row, true
		}
	}
	return sum, ok
}

// Amount is the stated total, else the sum of the rows; ok is false where blank.
func (f FormFunds) Amount() (Money, bool) {
	if f.Total != nil {
		return *f.Total, true
	}
	return f.Sum()
}

// Indicator is one row of the form's tree: level 1 and 2 by key, the third level
// for both horizons. A row left empty on the form has neither.
type Indicator struct {
	Level1   string  `json:"level1"`
	Level2   string  `json:"level2"`
	LongTerm *Target `json:"longTerm,omitempty"` // 实施期
	Annual   *Target `json:"annual,omitempty"`   // 年度
}

// Target is a third-level indicator of one horizon: its name and its value as
// people wrote it, with the optional attributes of the 2021 guide.
type Target struct {
	Name        string `json:"name,omitempty"`
	Value       string `json:"value,omitempty"`
	Weight      Weight `json:"weight,omitempty"`
	Explanation string `json:"explanation,omitempty"`
	Basis       string `json:"basis,omitempty"`
	Source      string `json:"source,omitempty"`
	Evidence    string `json:"evidence,omitempty"`
	Scoring     string `json:"scoring,omitempty"`
}

// Weight is an indicator's points as the package wrote them: a JSON number or a
// string of digits, kept in the form it came in so that export gives it back.
type Weight string

// ErrWeight is what reading a malformed Weight gives.
var ErrWeight = errors.New("权重应为不带单位的数字，如 10 或 2.5")

var weightToken = regexp.MustCompile(`^("\d{1,6}(\.\d{1,4})?"|\d{1,6}(\.\d{1,4})?)$`)

// UnmarshalJSON reads 10, 2.5, "10", "" or null.
func (w *Weight) UnmarshalJSON(token []byte) error {
	switch text := string(token); {
	case text == "null" || text == `""`:
		*w = ""
	case weightToken.MatchString(text):
		*w = Weight(text)
	default:
		return ErrWeight
	}
	return nil
}

// MarshalJSON writes what was read.
func (w Weight) MarshalJSON() ([]byte, error) {
	if w == "" {
		return []byte("null"), nil
	}
	return json.RawMessage(w).MarshalJSON()
}

// Number gives the points as plain digits, "" where blank.
func (w Weight) Number() string {
	if len(w) > 1 && w[0] == '"' {
		return string(w[1 : len(w)-1])
	}
	return string(w)
}
