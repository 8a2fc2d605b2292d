package store

import (
	"biaochi/model"
)

// factRow is a fact as the table keeps it. The table is ordered by year, unit and
// project, so that a unit or a whole department is one stretch of it; a secondary
// index could not do that, since MySQL allows sixteen columns in one.
type factRow struct {
	Year                   int      `gorm:"primaryKey;autoIncrement:false"`
	UnitPath               string   `gorm:"primaryKey"`
	ProjectCode            string   `gorm:"primaryKey"`
	VersionID              model.ID `gorm:"primaryKey;autoIncrement:false"`
	Seq                    int      `gorm:"primaryKey;autoIncrement:false"`
	Line                   int
	Measure                int8
	UnitKind               int8
	Expenditure            int8
	FundKind               int8
	Source                 int8
	CostKind               int8
	ProcurementKind        int8
	FunctionCode           string
	DepartmentEconomicCode string
	GovernmentEconomicCode string
	ItemCode               string
	Amount                 model.Money
	Counts                 model.Counts `gorm:"embedded"`
}

// TableName is the table of factRow.
func (factRow) TableName() string { return "facts" }

// AddFacts adds the facts of versions; Origin names version and number.
// Errors: Conflict "store.duplicate" where a version has the number already;
// Invalid "fact.value" for a value that no enumeration holds.
func (tx *Tx) AddFacts(facts []model.Fact) error {
	rows := make([]factRow, len(facts))
	for i := range facts {
		row, ok := rowOf(&facts[i])
		if !ok {
			return model.Fail(model.Invalid, "fact.value", "第 %d 笔金额的分类不在规定的取值之内", i+1)
		}
		rows[i] = row
	}
	return insert(tx, rows)
}

func rowOf(f *model.Fact) (row factRow, ok bool) {
	row = factRow{
		Year: f.Year, UnitPath: f.UnitPath, ProjectCode: f.ProjectCode,
		VersionID: f.Origin.VersionID, Seq: f.Origin.Seq, Line: f.Origin.Line,
		FunctionCode: f.FunctionCode, DepartmentEconomicCode: f.DepartmentEconomicCode,
		GovernmentEconomicCode: f.GovernmentEconomicCode, ItemCode: f.ItemCode,
		Amount: f.Amount, Counts: f.Counts,
	}
	ok = setNumber(&row.Measure, measures, f.Measure) &&
		setNumber(&row.UnitKind, unitKinds, f.UnitKind) &&
		setNumber(&row.Expenditure, expenditures, f.Expenditure) &&
		setNumber(&row.FundKind, fundKinds, f.FundKind) &&
		setNumber(&row.Source, sources, f.Source) &&
		setNumber(&row.CostKind, costKinds, f.CostKind) &&
		setNumber(&row.ProcurementKind, procurementKinds, f.ProcurementKind)
	return row, ok
}

func setNumber[T ~string](field *int8, words vocabulary[T], value T) (ok bool) {
	*field, ok = words.number(value)
	return ok
}

// fact is the reverse of rowOf.
func (r *factRow) fact() model.Fact {
	return model.Fact{
		Measure: measures.value(r.Measure), Year: r.Year, UnitPath: r.UnitPath, UnitKind: unitKinds.value(r.UnitKind),
		Expenditure: expenditures.value(r.Expenditure), FundKind: fundKinds.value(r.FundKind),
		Source: sources.value(r.Source), CostKind: costKinds.value(r.CostKind),
		FunctionCode: r.FunctionCode, DepartmentEconomicCode: r.DepartmentEconomicCode,
		GovernmentEconomicCode: r.GovernmentEconomicCode, ProcurementKind: procurementKinds.value(r.ProcurementKind),
		ItemCode: r.ItemCode, ProjectCode: r.ProjectCode, Amount: r.Amount, Counts: r.Counts,
		Origin: model.Origin{VersionID: r.VersionID, Seq: r.Seq, Line: r.Line},
	}
}
