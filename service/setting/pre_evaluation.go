package setting

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/journal"
	"biaochi/service/preevaluation"
)

// maxLookBack is how many years back a project may have had no 批复 and still be new.
const maxLookBack = 10

// PreEvaluation tells which projects of a region's year owe a pre-evaluation
// (事前绩效评估); version 0 where the region set nothing and its set says so.
// Errors: NotFound "region.notFound"; Forbidden "right.missing".
func (s *Service) PreEvaluation(ctx context.Context, who account.Identity, region string, year int) (rule model.PreEvaluationRule, err error) {
	if err := s.rights.Check(who.Assignments(), rbac.YearRead, model.RegionPath(region)); err != nil {
		return rule, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		rule, err = loadPreEvaluation(tx, region, year)
		return err
	})
	return rule, err
}

func loadPreEvaluation(tx *store.Tx, code string, year int) (rule model.PreEvaluationRule, err error) {
	region, err := tx.Region(code)
	if err != nil {
		return rule, err
	}
	return preevaluation.Rule(tx, region, year)
}

// SavePreEvaluation sets which projects of a region's year owe a pre-evaluation; the
// rule's version is the one that the actor saw. The leader's act.
// Errors: Forbidden "right.missing"; NotFound "region.notFound"; Invalid
// "reason.missing", "year.preEvaluation" with Fields; Conflict "year.changed".
func (s *Service) SavePreEvaluation(ctx context.Context, who account.Identity, rule model.PreEvaluationRule, reason string) (saved model.PreEvaluationRule, err error) {
	event := model.Event{Actor: who.Actor(), Action: rbac.YearSave.Name, Year: rule.Year, Reason: reason}
	err = journal.Write(ctx, s.store, event, func(tx *store.Tx, e *journal.Entry) error {
		if err := s.rights.Check(who.Assignments(), rbac.YearSave, model.RegionPath(rule.RegionCode)); err != nil {
			return err
		}
		before, err := loadPreEvaluation(tx, rule.RegionCode, rule.Year)
		if err != nil {
			return err
		}
		if err := journal.NeedReason(reason); err != nil {
			return err
		}
		rule.Source = strings.TrimSpace(rule.Source)
		if err := acceptsPreEvaluation(rule); err != nil {
			return err
		}
		e.Note("region", rule.RegionCode)
		e.Note("before", toldPreEvaluation(before))
		e.Note("after", toldPreEvaluation(rule))
		saved = rule
		return tx.SavePreEvaluationRule(&saved)
	})
	return saved, err
}

func acceptsPreEvaluation(rule model.PreEvaluationRule) error {
	var faults []model.Problem
	for _, c := range []struct {
		wrong          bool
		field, message string
	}{
		{!slices.Contains(model.PreEvaluationLevels, rule.Level), "level", "应为不要求、提醒或不得提交"},
		{rule.Threshold < 0 || rule.Threshold > model.MaxAmount, "threshold", "金额标准不能为负或超出上限"},
		{!slices.Contains(model.FundsMeasures, rule.Measure), "measure", "应为年度资金或实施期资金"},
		{rule.LookBack < 0 || rule.LookBack > maxLookBack, "lookBack", "应为 0 至 10 年；0 为从未批复过的才算新增"},
		{rule.Source == "" && rule.Level != model.PreEvaluationOff, "source", "请写明依据，如文件名称和文号"},
	} {
		if c.wrong {
			faults = append(faults, model.Problem{Path: "$." + c.field, Message: c.message})
		}
	}
	if faults == nil {
		return nil
	}
	return &model.Error{Code: model.Invalid, Reason: "year.preEvaluation", Message: "事前绩效评估的要求有误，请改正后再存", Fields: faults}
}

// toldPreEvaluation is a rule as the log keeps it: in words.
func toldPreEvaluation(rule model.PreEvaluationRule) map[string]string {
	return map[string]string{
		"preEvaluationLevel": rule.Level.Word(), "threshold": rule.Threshold.Yuan(), "measure": rule.Measure.Word(),
		"lookBack": strconv.Itoa(rule.LookBack), "source": rule.Source,
	}
}

// carryPreEvaluation takes over last year's rule into a year that has none.
func carryPreEvaluation(tx *store.Tx, region string, year int) error {
	now, err := tx.PreEvaluationRule(region, year)
	if err != nil || now.Version != 0 {
		return err
	}
	last, err := tx.PreEvaluationRule(region, year-1)
	if err != nil || last.Version == 0 {
		return err
	}
	last.Year, last.Version = year, 0
	return tx.SavePreEvaluationRule(&last)
}
