package budget

import "biaochi/model"

// Owner is the unit and year that facts belong to.
type Owner struct {
	Year int
	Path string
	Kind model.UnitKind
}

// SheetFacts makes the facts of a basic sheet: each basic line counts as budget
// and as economic detail, its procurement apart; revenue lines count as revenue.
func SheetFacts(o Owner, s *model.SheetContent, v model.RecordVersion) []model.Fact {
	f := factWriter{owner: o, version: v}
	for i := range s.BasicLines {
		line := &s.BasicLines[i]
		f.add(i, basicFact(line, model.MeasureBudget))
		f.add(i, basicFact(line, model.MeasureEconomic))
		f.procurement(i, basicFact(line, model.MeasureProcurement), line.Procurement)
	}
	for i := range s.Revenues {
		f.add(i, revenueFact(&s.Revenues[i]))
	}
	return f.facts
}

// ProjectFacts makes the facts of a project's year: budget rows count as budget,
// economic lines (this year's money) as economic detail, their procurement apart.
func ProjectFacts(o Owner, p *model.ProjectContent, v model.RecordVersion) []model.Fact {
	f := factWriter{owner: o, version: v, project: p.Code}
	for i, row := range p.Budget {
		f.add(i, model.Fact{
			Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure,
			FundKind: row.FundKind, Source: row.Source,
			FunctionCode: p.FunctionCode, Amount: row.Amount,
		})
	}
	for i := range p.EconomicLines {
		line := &p.EconomicLines[i]
		f.add(i, economicFact(p, line, model.MeasureEconomic))
		f.procurement(i, economicFact(p, line, model.MeasureProcurement), line.Procurement)
	}
	return f.facts
}

type factWriter struct {
	owner   Owner
	version model.RecordVersion
	project string
	facts   []model.Fact
}

func (w *factWriter) add(line int, f model.Fact) {
	f.Year, f.UnitPath, f.UnitKind = w.owner.Year, w.owner.Path, w.owner.Kind
	f.ProjectCode = w.project
	f.Counts = w.version.Counts
	f.Origin = model.Origin{VersionID: w.version.ID, Seq: len(w.facts) + 1, Line: line}
	w.facts = append(w.facts, f)
}

func (w *factWriter) procurement(line int, base model.Fact, rows []model.ProcurementLine) {
	for _, row := range rows {
		base.ProcurementKind, base.ItemCode, base.Amount = row.Kind, row.ServiceCode, row.Amount
		w.add(line, base)
	}
}

func basicFact(line *model.BasicLine, measure model.Measure) model.Fact {
	return model.Fact{
		Measure: measure, Expenditure: model.BasicExpenditure,
		FundKind: line.FundKind, Source: line.Source, CostKind: line.CostKind,
		FunctionCode:           line.FunctionCode,
		DepartmentEconomicCode: line.DepartmentEconomicCode,
		GovernmentEconomicCode: line.GovernmentEconomicCode,
		Amount:                 line.Amount,
	}
}

func economicFact(p *model.ProjectContent, line *model.EconomicLine, measure model.Measure) model.Fact {
	return model.Fact{
		Measure: measure, Expenditure: model.ProjectExpenditure,
		FundKind: line.FundKind, Source: model.CurrentYear,
		FunctionCode:           p.FunctionCode,
		DepartmentEconomicCode: line.DepartmentEconomicCode,
		Amount:                 line.Amount,
	}
}

func revenueFact(line *model.RevenueLine) model.Fact {
	f := model.Fact{
		Measure: model.MeasureRevenue, FundKind: line.FundKind,
		Source: model.CurrentYear, Amount: line.Amount,
	}
	if n := len(line.Codes); n > 0 {
		f.ItemCode = line.Codes[n-1].Code
	}
	return f
}
