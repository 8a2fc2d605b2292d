package store_test

import (
	"fmt"
	"reflect"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

func TestPositions(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		unit := tree(t, s, "701")["701"]
		record := file(t, s, unit, "A", 0)
		want := model.RecordPosition{
			RecordID: record.ID, VersionID: record.NewestID, State: model.InReview, Steps: `[{"key":"a"}]`, Step: 1, StepKey: "b",
			TurnRole: "reviewer", PreparedBy: []string{"alice", "张三"}, ActedBy: []string{}, MovedAt: someDay, MovedBy: "bob",
		}
		read(t, s, func(tx *store.Tx) error {
			_, ok, err := tx.Position(record.ID)
			if ok {
				t.Error("a position of nobody's making")
			}
			return err
		})
		for range 2 { // the second time it is there already
			want.Step++
			position := want
			position.ActedBy = nil
			write(t, s, func(tx *store.Tx) error { return tx.SetPosition(&position) })
			read(t, s, func(tx *store.Tx) error {
				got, ok, err := tx.Position(record.ID)
				if !ok || !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, want %+v", got, want)
				}
				return err
			})
		}
	})
}

func TestNotesOfAReview(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		remarks := []model.RecordRemark{{RecordID: 7, VersionID: 8, At: someDay, Actor: "bob", Place: "$.form.plan", Note: "请细化"}, {RecordID: 9}}
		review := model.KeptReview{RecordID: 7, VersionID: 8, At: someDay, Actor: "bob", DeputyFor: "eve", StepKey: "performance", Grade: "good", Sheet: "{}"}
		answer := model.WarningAnswer{RecordID: 7, FindingKey: "k", Rule: "F07", Field: "form.plan", Written: "≥", Answer: "一", At: someDay, Actor: "alice"}
		act := model.ApprovalAct{ApprovalID: 3, UnitID: 4, Year: 2023, Action: "approval.give", Records: 2}
		write(t, s, func(tx *store.Tx) error {
			if err := tx.AddRemarks(remarks); err != nil {
				return err
			}
			if err := tx.AddReview(&review); err != nil {
				return err
			}
			if err := tx.SetWarningAnswers([]model.WarningAnswer{answer}); err != nil {
				return err
			}
			answer.Answer = "二"
			if err := tx.SetWarningAnswers([]model.WarningAnswer{answer}); err != nil {
				return err
			}
			return tx.AddApprovalAct(&act)
		})
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.Remarks(7)
			reviews, err2 := tx.Reviews(7)
			answers, err3 := tx.WarningAnswers(7)
			acts, err4 := tx.ApprovalActs([]model.ID{4, 5}, 2023)
			none, err5 := tx.ApprovalActs([]model.ID{4}, 2024)
			for _, err := range []error{err, err2, err3, err4, err5} {
				if err != nil {
					return err
				}
			}
			if len(got) != 1 || got[0] != remarks[0] || len(reviews) != 1 || reviews[0] != review ||
				len(answers) != 1 || answers["k"] != answer || len(acts) != 1 || acts[0] != act || len(none) != 0 {
				t.Errorf("got %+v %+v %+v %+v", got, reviews, answers, acts)
			}
			return nil
		})
	})
}

func TestIdempotencyKeys(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		key := model.IdempotencyKey{Actor: "alice", RequestKey: "k", RequestHash: "h", CreatedAt: someDay}
		write(t, s, func(tx *store.Tx) error {
			mine := key
			if err := tx.ClaimKey(&mine); err != nil {
				return err
			}
			mine.Answer = `{"lock":2}`
			return tx.SetAnswer(mine)
		})
		err := s.InTx(t.Context(), func(tx *store.Tx) error { again := key; return tx.ClaimKey(&again) })
		expect(t, err, model.Conflict, "request.repeated")
		another := key
		another.Actor = "bob" // whose key it isn't
		write(t, s, func(tx *store.Tx) error { return tx.ClaimKey(&another) })
		read(t, s, func(tx *store.Tx) error {
			got, ok, err := tx.Answered("alice", "k")
			key.Answer = `{"lock":2}`
			if !ok || got != key {
				t.Errorf("got %+v, want %+v", got, key)
			}
			_, ok, _ = tx.Answered("alice", "other")
			if ok {
				t.Error("an answer to nothing")
			}
			return err
		})
	})
}

func TestRewrite(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		unit := tree(t, s, "701")["701"]
		record := file(t, s, unit, "A", 0, model.Counts{InDraft: true})
		fact := model.Fact{Measure: model.MeasureBudget, Year: 2023, UnitPath: unit.Path, Counts: model.Counts{InDraft: true}, Origin: model.Origin{VersionID: record.NewestID, Seq: 1}}
		write(t, s, func(tx *store.Tx) error {
			if err := tx.AddFacts([]model.Fact{fact}); err != nil {
				return err
			}
			if err := tx.Rewrite(record.NewestID, "new"); err != nil {
				return err
			}
			expect(t, tx.Rewrite(5, "new"), model.NotFound, "version.notFound")
			expect(t, tx.LockUnit(5), model.NotFound, "unit.notFound")
			return tx.LockUnit(unit.ID)
		})
		read(t, s, func(tx *store.Tx) error {
			v, err := tx.Version(record.NewestID)
			q := store.FactQuery{Scope: store.Everything(), Year: 2023, State: model.StateDraft, Root: unit.Path}
			if facts := collect(t, tx.Facts(q, model.Predicate{})); len(facts) != 0 || v.Hash != "new" {
				t.Errorf("got %+v and %+v", v, facts)
			}
			_, outside := tx.RecordByID(store.Subtrees(region+"702/"), record.ID)
			expect(t, outside, model.NotFound, "record.notFound")
			got, err2 := tx.RecordByID(store.Subtrees(unit.Path), record.ID)
			if err2 != nil || got != record {
				t.Errorf("got %+v %v", got, err2)
			}
			return err
		})
	})
}

func TestFilingListScopeAndPages(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		units := tree(t, s, "701", "701/701001", "702")
		for i, code := range []string{"701", "701001", "702"} {
			file(t, s, units[code], fmt.Sprintf("P%d", i), 0, model.Counts{})
		}
		for _, c := range []struct {
			scope  store.Scope
			filter store.FilingFilter
			want   string
			total  int64
		}{
			{store.Everything(), store.FilingFilter{}, "P0P1P2", 3},
			{store.Scope{}, store.FilingFilter{}, "", 0},
			{store.Scope{}.AndUnits(units["701"].Path), store.FilingFilter{}, "P0", 1},
			{store.Subtrees(units["702"].Path).AndUnits(units["701"].Path), store.FilingFilter{}, "P0P2", 2},
			{store.Subtrees(units["701"].Path), store.FilingFilter{}, "P0P1", 2},
			{store.Subtrees(units["701"].Path), store.FilingFilter{Under: units["702"].Path}, "", 0},
			{store.Everything(), store.FilingFilter{Limit: 1, Offset: 1, Falling: true}, "P1", 3},
			{store.Everything(), store.FilingFilter{State: model.Draft, Sort: "unknown"}, "P0P1P2", 3},
		} {
			read(t, s, func(tx *store.Tx) error {
				rows, total, err := tx.FilingList(c.scope, c.filter)
				got := ""
				for _, row := range rows {
					got += row.ProjectCode
				}
				if got != c.want || total != c.total {
					t.Errorf("%+v: got %s of %d, want %s of %d", c.filter, got, total, c.want, c.total)
				}
				return err
			})
		}
	})
}
