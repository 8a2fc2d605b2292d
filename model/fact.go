package model

// Fact is one amount with everything a table can ask of it. Facts are written in
// the same transaction as the version they come from and are never edited.
type Fact struct {
	Measure     Measure
	Year        int
	UnitPath    string
	UnitKind    UnitKind
	Expenditure Expenditure // "" for revenue
	FundKind    FundKind
	Source      Source
	CostKind    CostKind // basic lines only
	// FunctionCode is the functional code (功能分类), "" for revenue.
	FunctionCode           string
	DepartmentEconomicCode string
	GovernmentEconomicCode string // basic lines only
	ProcurementKind        ProcurementKind
	// ItemCode is the leaf revenue code of a revenue fact and the service code of
	// a procurement fact.
	ItemCode    string
	ProjectCode string // "" for the sheet's facts
	Amount      Money
	Origin      Origin
	Counts      Counts
}

// Origin says which line of which version a fact comes from.
type Origin struct {
	VersionID ID
	// Seq numbers the facts of a version from 1; with the version it is the key.
	Seq int
	// Line is the place, from 0, in the list the fact comes from: budget rows,
	// economic lines, basic lines or revenue lines, by measure and expenditure.
	Line int
}
