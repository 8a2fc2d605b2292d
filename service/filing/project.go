package filing

import (
	"fmt"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/check"
	"biaochi/service/preevaluation"
)

// notEnded refuses a filing of a project that is over in its year (终止).
// Errors: Conflict "project.ended".
func (w *work) notEnded(code string) error {
	if code == "" {
		return nil
	}
	ended, err := w.tx.EndedProjects(w.unit.ID, w.year)
	if err != nil {
		return err
	}
	if p, over := ended[code]; over {
		return p.Ended(w.year)
	}
	return nil
}

// TargetFaults tells what keeps a filing from having a proper target: a form that
// isn't there, and every error that the checks find, with its place. A pre-evaluation
// that is missing is no fault of the target.
func (s *Service) TargetFaults(tx *store.Tx, record model.Record, unit model.BudgetUnit) ([]model.Problem, error) {
	w := &work{Service: s, tx: tx, at: s.now(), year: record.Year}
	if err := w.open(record, unit); err != nil {
		return nil, err
	}
	content, err := w.content()
	if err != nil {
		return nil, err
	}
	if content.Project == nil || content.Project.Form == nil {
		return []model.Problem{{Path: "$.form", Message: "还没有填写绩效目标申报表；请先填报绩效目标"}}, nil
	}
	found, err := w.runChecks(content)
	if err != nil {
		return nil, err
	}
	faults, err := w.badCodes(content)
	for _, f := range found {
		if isError(f) && f.Rule != "F23" {
			faults = append(faults, model.Problem{Path: "$." + f.Field, Message: fmt.Sprintf("%s：%s", f.Rule, f.Message)})
		}
	}
	return faults, err
}

// loadPreEvaluations reads what F23 asks for in the regions of some items.
func (b *bench) loadPreEvaluations(tx *store.Tx, items []Item) error {
	units := map[string][]model.ID{}
	for _, item := range items {
		if item.Kind == model.FilingRecord {
			region := unitOf(item.ListedFiling).RegionCode
			units[region] = append(units[region], item.UnitID)
		}
	}
	b.preEvaluations = map[model.ID]*check.PreEvaluations{}
	for code, ids := range units {
		found, err := preevaluation.Of(tx, model.Region{Code: code, SetKey: b.sets[code]}, b.in.Year, distinct(ids))
		if err != nil {
			return err
		}
		for id, one := range found {
			b.preEvaluations[id] = one
		}
	}
	return nil
}
