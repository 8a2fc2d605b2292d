// Package preevaluation owns what the checks are told of pre-evaluations (事前绩效评估):
// the rule of a region's year and what was before it. It must not know what the checks
// make of it, nor who records one.
package preevaluation

import (
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/check"
)

// Rule gives what holds in a region's year: what the region set, else what its set
// says.
func Rule(tx *store.Tx, region model.Region, year int) (model.PreEvaluationRule, error) {
	kept, err := tx.PreEvaluationRule(region.Code, year)
	return check.PreEvaluationRule(kept, region.SetKey), err
}

// Of reads what F23 asks for in the filings of some units of a region, by unit; nil
// where the region asks for no pre-evaluation in the year. The number of queries
// doesn't depend on the units.
func Of(tx *store.Tx, region model.Region, year int, units []model.ID) (map[model.ID]*check.PreEvaluations, error) {
	rule, err := Rule(tx, region, year)
	if err != nil || rule.Level == model.PreEvaluationOff {
		return nil, err
	}
	pasts, err := tx.ProjectPasts(units, year)
	found := make(map[model.ID]*check.PreEvaluations, len(units))
	for _, id := range units {
		found[id] = &check.PreEvaluations{Rule: rule, Past: map[string]check.ProjectPast{}}
	}
	for key, past := range pasts {
		found[key.UnitID].Past[key.Code] = check.ProjectPast(past)
	}
	return found, err
}
