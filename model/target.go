package model

// TargetContent is the content of one version of a 整体支出绩效目标申报表: what a
// unit promises for all its money of a year. Its head, year and unit, is the
// record's. JSON names are those of the exchange package.
type TargetContent struct {
	Tasks       []TargetTask `json:"tasks,omitempty"`      // 年度主要任务
	AnnualFunds FormFunds    `json:"annualFunds,omitzero"` // 年度资金总额 and its sources
	Basic       *Money       `json:"basic,omitempty"`      // of the total: 基本支出
	Project     *Money       `json:"project,omitempty"`    // of the total: 项目支出
	// LongTermGoal is 中长期目标, which not every form has; so are the long-term halves
	// of indicators.
	LongTermGoal string      `json:"longTermGoal,omitempty"`
	AnnualGoal   string      `json:"annualGoal,omitempty"` // 年度总体目标
	Indicators   []Indicator `json:"indicators,omitempty"`
	Responsible  string      `json:"responsible,omitempty"` // 负责人
	Handler      string      `json:"handler,omitempty"`     // 经办人
	Phone        string      `json:"phone,omitempty"`       // 联系电话
	FiledAt      CivilTime   `json:"filedAt,omitempty"`     // 填报日期
}

// TargetTask is a row of 年度主要任务 with its money (预算金额); blank stays blank.
type TargetTask struct {
	Name    string `json:"name,omitempty"`    // 任务名称
	Content string `json:"content,omitempty"` // 主要内容
	Total   *Money `json:"total,omitempty"`   // 总额
	Fiscal  *Money `json:"fiscal,omitempty"`  // 财政拨款
	Other   *Money `json:"other,omitempty"`   // 其他资金
}

// Amount is the stated total, else the sum of the two parts; ok is false where
// blank.
func (t TargetTask) Amount() (Money, bool) {
	if t.Total != nil {
		return *t.Total, true
	}
	return t.Sum()
}

// Sum adds the two parts that are filled in; ok is false where none is.
func (t TargetTask) Sum() (sum Money, ok bool) {
	for _, part := range []*Money{t.Fiscal, t.Other} {
		if part != nil {
			sum, ok = sum+*part, true
		}
	}
	return sum, ok
}
