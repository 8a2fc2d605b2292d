package setting_test

import (
	"testing"

	"biaochi/model"
)

// What a region asks of new major projects is set by whoever leads, seen by all, and
// goes on into the next year.
func TestPreEvaluationRule(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		ctx := b.Context()
		rule, err := b.PreEvaluation(ctx, head, model.DefaultRegionCode, 2024)
		b.must(err)
		if rule.Level != model.PreEvaluationOff || rule.Version != 0 || rule.Source == "" {
			b.Errorf("by default: %+v", rule)
		}
		rule.Level, rule.Threshold, rule.Source = model.PreEvaluationWarn, 500_000_000, "县财预〔2023〕1号"
		_, err = b.SavePreEvaluation(ctx, head, rule, "部署")
		b.refused(err, "right.missing")
		_, err = b.SavePreEvaluation(ctx, leader, rule, " ")
		b.refused(err, "reason.missing")
		wrong := rule
		wrong.Level, wrong.Measure, wrong.LookBack, wrong.Source = "loud", "", 11, " "
		_, err = b.SavePreEvaluation(ctx, leader, wrong, "部署")
		b.refused(err, "year.preEvaluation")
		saved, err := b.SavePreEvaluation(ctx, leader, rule, "部署")
		b.must(err)
		_, err = b.SavePreEvaluation(ctx, leader, rule, "部署")
		b.refused(err, "year.changed")
		if _, err = b.OpenYear(ctx, leader, model.DefaultRegionCode, 2025, "部署"); err != nil {
			b.Fatal(err)
		}
		next, err := b.PreEvaluation(ctx, head, model.DefaultRegionCode, 2025)
		b.must(err)
		if next.Level != saved.Level || next.Threshold != saved.Threshold || next.Source != saved.Source || next.Version != 1 {
			b.Errorf("the next year: %+v", next)
		}
		events, err := b.YearHistory(ctx, head, model.DefaultRegionCode, 2024)
		b.must(err)
		if len(events) != 2 || events[1].Reason != "部署" {
			b.Errorf("the history: %+v", events)
		}
	})
}
