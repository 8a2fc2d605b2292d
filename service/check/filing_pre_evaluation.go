package check

import (
	"fmt"

	"biaochi/model"
)

// PreEvaluations is what F23 reads: which projects owe a pre-evaluation (事前绩效评估),
// and what was before this year.
type PreEvaluations struct {
	Rule model.PreEvaluationRule
	// Past gives the last earlier year with a 批复 and the conclusion of the
	// pre-evaluation, by project code; 0 and "" where there is none.
	Past map[string]ProjectPast
}

// ProjectPast is what was before this year.
type ProjectPast struct {
	ApprovedIn int
	Conclusion model.Conclusion
}

// PreEvaluationRule is what holds in a region's year: what the region itself set, else
// what its set says.
func PreEvaluationRule(kept model.PreEvaluationRule, set string) model.PreEvaluationRule {
	if kept.Version != 0 {
		return kept
	}
	rule := settingsFor(set, kept.Year).PreEvaluation
	rule.RegionCode, rule.Year = kept.RegionCode, kept.Year
	return rule
}

// OwesPreEvaluation tells whether a project is new and large enough to owe one in a
// year, and the money that says so.
func OwesPreEvaluation(rule model.PreEvaluationRule, year, approvedIn int, p *model.ProjectContent) (model.Money, bool) {
	amount := fundsMeasured(rule.Measure, p)
	isNew := approvedIn == 0 || rule.LookBack > 0 && approvedIn < year-rule.LookBack
	return amount, rule.Level != model.PreEvaluationOff && isNew && amount >= rule.Threshold
}

// fundsMeasured is the form's money of a horizon; where the form says nothing, the budget.
func fundsMeasured(measure model.FundsMeasure, p *model.ProjectContent) model.Money {
	if form := p.Form; form != nil {
		if amount, ok := form.LongTermFunds.Amount(); ok && measure == model.LongTermMeasure {
			return amount
		}
		if amount, ok := form.AnnualFunds.Amount(); ok {
			return amount
		}
	}
	var sum model.Money
	for _, row := range p.Budget {
		sum += row.Amount
	}
	return sum
}

// preEvaluated is F23.
func preEvaluated(p *probe) {
	in := p.unit.PreEvaluations
	if in == nil {
		return
	}
	past := in.Past[p.project.Code]
	amount, owes := OwesPreEvaluation(in.Rule, p.in.Year, past.ApprovedIn, p.project)
	if !owes {
		return
	}
	p.checked++
	f := Finding{Field: "form", Want: model.Supported.Word(), Got: past.Conclusion.Word(), Severity: Warning}
	if in.Rule.Level == model.PreEvaluationBlock {
		f.Severity = Error
	}
	switch past.Conclusion {
	case "":
		f.Message = fmt.Sprintf("%s是新增项目，资金 %s 元，达到 %s 元的标准，须先开展事前绩效评估；请在项目库登记评估结论，并附评估报告。",
			p.about(), amount.Yuan(), in.Rule.Threshold.Yuan())
	case model.NotSupported:
		f.Message = p.about() + "的事前绩效评估结论为“不予支持”，不应申报预算；请撤销申报，或调整后重新评估。"
	default:
		return
	}
	p.fail(f)
}
