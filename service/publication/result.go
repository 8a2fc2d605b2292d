package publication

import (
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/disclosure"
	"biaochi/service/tracking"
)

// projectKey is a project of a unit.
type projectKey struct{ unit, code string }

// addResults gives the bundle's projects what their self-evaluations came to, once
// confirmed. Payments and monitoring stay inside until then; docs/decisions says why.
func (b *Book) addResults(out *disclosure.Bundle) error {
	evaluated, err := b.tx.ConfirmedEvaluations(b.facts)
	if err != nil || len(evaluated) == 0 {
		return err
	}
	rules, err := tracking.RulesFor(b.Region.SetKey, b.Year)
	if err != nil {
		return err
	}
	budget, err := b.adjustedBudgets()
	if err != nil {
		return err
	}
	paid, err := b.paid(rules.Monitoring.Evaluation.LastDay(b.Year))
	if err != nil {
		return err
	}
	results := map[projectKey]*disclosure.BundleResult{}
	for _, e := range evaluated {
		key := projectKey{e.UnitPath, e.ProjectCode}
		results[key] = &disclosure.BundleResult{
			Budget: budget[key], Executed: paid[key], Rate: tracking.Rate(paid[key], budget[key]),
			Score: tracking.Points(e.Score).String(), Grade: rules.Scoring.GradeOf(tracking.Points(e.Score)).Name, ConfirmedOn: e.ConfirmedOn,
		}
	}
	for i := range out.Projects {
		p := &out.Projects[i]
		p.Result = results[projectKey{p.Unit, p.Code}]
	}
	return nil
}

// adjustedBudgets are the projects' budgets as adjusted last, which execution is
// measured against.
func (b *Book) adjustedBudgets() (map[projectKey]model.Money, error) {
	q, sums := b.facts, map[projectKey]model.Money{}
	q.State = model.StateAdjusted
	where := model.Predicate{Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure}
	for sum, err := range b.tx.SumFactsByProject(q, where) {
		if err != nil {
			return nil, err
		}
		sums[projectKey{sum.UnitPath, sum.ProjectCode}] += sum.Amount
	}
	return sums, nil
}

// paid is what was paid for the projects up to a day.
func (b *Book) paid(until model.Date) (map[projectKey]model.Money, error) {
	sums := map[projectKey]model.Money{}
	q := store.PaymentQuery{Year: b.Year, UnitPath: b.facts.Root, Below: b.facts.Below, Until: until}
	for part, err := range b.tx.PaidByProject(q) {
		if err != nil {
			return nil, err
		}
		sums[projectKey{part.UnitPath, part.ProjectCode}] += part.Amount
	}
	return sums, nil
}
