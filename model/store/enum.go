package store

import (
	"slices"

	"biaochi/model"
)

// vocabulary gives the values of an enumeration the small integers under which
// facts keep them: 0 is blank, the rest count from 1. Numbers are in databases, so
// a new value goes to the end and none is ever moved or removed.
type vocabulary[T ~string] []T

var (
	measures         = vocabulary[model.Measure]{model.MeasureBudget, model.MeasureEconomic, model.MeasureRevenue, model.MeasureProcurement}
	unitKinds        = vocabulary[model.UnitKind]{model.Administrative, model.CivilServiceManaged, model.PublicInstitution}
	expenditures     = vocabulary[model.Expenditure]{model.BasicExpenditure, model.ProjectExpenditure}
	fundKinds        = vocabulary[model.FundKind]{model.GeneralPublicBudget, model.GovernmentFund, model.StateCapital, model.FiscalSpecialAccount, model.UnitFunds}
	sources          = vocabulary[model.Source]{model.CurrentYear, model.CarryOver}
	costKinds        = vocabulary[model.CostKind]{model.Personnel, model.Public}
	procurementKinds = vocabulary[model.ProcurementKind]{model.Goods, model.Works, model.Services}
)

// number gives the integer of a value; ok is false for a value that has none.
func (v vocabulary[T]) number(value T) (n int8, ok bool) {
	if value == "" {
		return 0, true
	}
	i := slices.Index(v, value)
	return int8(i + 1), i >= 0
}

// value is the reverse of number; integers of a later program read as blank.
func (v vocabulary[T]) value(n int8) T {
	if n < 1 || int(n) > len(v) {
		return ""
	}
	return v[n-1]
}
