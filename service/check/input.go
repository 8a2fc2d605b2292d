package check

import (
	"iter"

	"biaochi/model"
	"biaochi/service/budget"
)

// Input is all that the rules read about a unit, or about a department with the
// units below it.
type Input struct {
	Year int
	Unit string // code of the unit or department that the tables are of
	Set  *budget.Set
	// Tables are assembled in one state.
	Tables []*budget.Table
	// Published are tables read back from a document, shown figures only; they
	// take the place of Tables where given.
	Published []*Grid
	// Sums are the grouped sums that the tables were made from; nil where they are
	// not to be had, which leaves some rules with insufficient data.
	Sums []model.Fact
	// ByUnit gives sums by unit and fund kind, as in budget.Input; it tells the units
	// of a department apart. It may be nil for a single unit.
	ByUnit func(where model.Predicate) iter.Seq2[model.Fact, error]
	Names  budget.Names
	// Units are the units in scope with their records. A caller with many units
	// leaves them out, runs RunTables once and RunRecords for one unit at a time.
	Units    []UnitRecords
	Mappings []model.EconomicMapping
	// Filings asks for the rules of what forms say (F01–F23) beside those that tie
	// money; on saving a form they always run.
	Filings bool
}

// UnitRecords are the records of one unit: the version in force or the newest, in
// every state.
type UnitRecords struct {
	budget.Unit
	Sheet    *model.SheetContent // nil where the unit has none yet
	Projects []model.ProjectContent
	Target   *model.TargetContent // nil where the unit has none yet
	// PreEvaluations serve F23; nil where no project owes one.
	PreEvaluations *PreEvaluations
}

// Run applies every rule of the year. The only errors are those of reading: rows of
// a streamed table, sums by unit.
func Run(in Input) (Report, error) {
	report, err := RunTables(in)
	if err != nil {
		return Report{}, err
	}
	for _, unit := range in.Units {
		report.Add(RunRecords(in, unit))
	}
	report.Close()
	return report, nil
}
