package store_test

import (
	"reflect"
	"slices"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

// file adds a record with versions in the given states and gives it back.
func file(t *testing.T, s *store.Store, unit *model.BudgetUnit, project string, position int, counts ...model.Counts) model.Record {
	t.Helper()
	record := model.Record{Kind: model.FilingRecord, UnitID: unit.ID, Year: 2023, ProjectCode: project, Position: position}
	if project == "" {
		record.Kind = model.SheetRecord
	}
	write(t, s, func(tx *store.Tx) error {
		if err := tx.AddRecord(&record); err != nil {
			return err
		}
		for i, c := range counts {
			v := model.RecordVersion{RecordID: record.ID, Number: i + 1, State: model.Draft, Counts: c, CreatedAt: someDay, CreatedBy: "alice"}
			if err := tx.AddVersion(&v); err != nil {
				return err
			}
			record.NewestID = v.ID
		}
		return tx.UpdateRecord(&record)
	})
	return record
}

func TestRecordsInOrderAndScope(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		units := tree(t, s, "701", "701/701001", "702")
		file(t, s, units["702"], "C", 1)
		for _, p := range []struct {
			code     string
			position int
		}{{"", 0}, {"B", 0}, {"A", 0}, {"Z", 1}, {"Y", 2}} {
			file(t, s, units["701001"], p.code, p.position)
		}
		list := func(scope store.Scope, filter store.RecordFilter) (got []string) {
			read(t, s, func(tx *store.Tx) error {
				records, err := tx.Records(scope, filter)
				for _, r := range records {
					got = append(got, r.ProjectCode)
				}
				return err
			})
			return got
		}
		many := []model.ID{units["701001"].ID, units["702"].ID}
		for range 600 {
			many = append(many, s.NextID())
		}
		for want, got := range map[string][]string{
			"Z,Y,,A,B,C,": list(store.Everything(), store.RecordFilter{}),
			"Z,Y,A,B,":    list(store.Subtrees(region+"701/"), store.RecordFilter{Kind: model.FilingRecord, Year: 2023}),
			"C,":          list(store.Everything(), store.RecordFilter{UnitIDs: []model.ID{units["702"].ID}}),
			"Z,Y,,A,B,C":  list(store.Everything(), store.RecordFilter{UnitIDs: many}),
			"":            list(store.Scope{}, store.RecordFilter{}),
		} {
			text := ""
			for _, code := range got {
				text += code + ","
			}
			if text != want && text != want+"," {
				t.Errorf("got %s, want %s", text, want)
			}
		}
	})
}

func TestRecordOf(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		units := tree(t, s, "701", "702")
		want := file(t, s, units["701"], "A", 3)
		read(t, s, func(tx *store.Tx) error {
			got, ok, err := tx.RecordOf(store.Subtrees(region+"701/"), model.FilingRecord, units["701"].ID, 2023, "A")
			if err != nil || !ok || got != want {
				t.Errorf("got %+v %v %v, want %+v", got, ok, err, want)
			}
			_, ok, err = tx.RecordOf(store.Subtrees(region+"702/"), model.FilingRecord, units["701"].ID, 2023, "A")
			if ok {
				t.Error("seen from another unit")
			}
			return err
		})
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.AddRecord(&model.Record{Kind: model.FilingRecord, UnitID: units["701"].ID, Year: 2023, ProjectCode: "A"})
		})
		expect(t, err, model.Conflict, "record.duplicate")
		stale := want
		stale.Version--
		err = s.InTx(t.Context(), func(tx *store.Tx) error { return tx.UpdateRecord(&stale) })
		expect(t, err, model.Conflict, "record.changed")
	})
}

func TestVersions(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		unit := tree(t, s, "701")["701"]
		record := file(t, s, unit, "A", 0, model.Counts{}, model.Counts{})
		fact := model.Fact{Measure: model.MeasureBudget, Year: 2023, UnitPath: unit.Path, Origin: model.Origin{VersionID: record.NewestID, Seq: 1}}
		counts := model.Counts{InInitial: true, InAdjusted: true}
		write(t, s, func(tx *store.Tx) error {
			if err := tx.AddFacts([]model.Fact{fact}); err != nil {
				return err
			}
			for range 2 { // setting what is already set is no error
				v := model.RecordVersion{ID: record.NewestID, State: model.Approved, Counts: counts, ApprovalID: 77, AfterInitial: true}
				if err := tx.SetVersion(&v); err != nil {
					return err
				}
			}
			expect(t, tx.SetVersion(&model.RecordVersion{ID: 5}), model.NotFound, "version.notFound")
			return nil
		})
		read(t, s, func(tx *store.Tx) error {
			all, err := tx.Versions(record.ID)
			if err != nil || len(all) != 2 || all[0].Number != 1 {
				t.Fatalf("got %+v, %v", all, err)
			}
			want := model.RecordVersion{ID: record.NewestID, RecordID: record.ID, Number: 2, State: model.Approved, Counts: counts,
				ApprovalID: 77, AfterInitial: true, CreatedAt: someDay, CreatedBy: "alice"}
			got, err := tx.Version(record.NewestID)
			byID, err2 := tx.VersionsByID([]model.ID{record.NewestID, all[0].ID, 5})
			if err != nil || err2 != nil || got != want || all[1] != want || byID[want.ID] != want || len(byID) != 2 {
				t.Errorf("got %+v, want %+v", got, want)
			}
			_, err = tx.Version(5)
			expect(t, err, model.NotFound, "version.notFound")
			q := store.FactQuery{Scope: store.Everything(), Year: 2023, State: model.StateInitial, Root: unit.Path}
			if facts := collect(t, tx.Facts(q, model.Predicate{})); len(facts) != 1 || facts[0].Counts != counts {
				t.Errorf("facts did not follow: %+v", facts)
			}
			years, err := tx.UnitYears(store.Subtrees(unit.Path))
			if !reflect.DeepEqual(years, []store.UnitYear{{UnitID: unit.ID, Year: 2023, Records: 1, Initial: 1, Adjusted: 1}}) {
				t.Errorf("got %+v", years)
			}
			return err
		})
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.AddVersion(&model.RecordVersion{RecordID: record.ID, Number: 2})
		})
		expect(t, err, model.Conflict, "version.duplicate")
	})
}

func TestApprovalsAndEvents(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		units := tree(t, s, "701", "702")
		a, b := units["701"], units["702"]
		approval := model.Approval{UnitID: a.ID, Year: 2023, Number: "财预〔2023〕1号", Date: "2023-02-01", CreatedAt: someDay, CreatedBy: "bob"}
		log := []model.Event{
			{At: someDay, Actor: "alice", Action: "package.import", UnitID: a.ID, Year: 2023, Detail: `{"x":1}`},
			{At: someDay, Actor: "alice", Action: "package.import", UnitID: b.ID, Year: 2024, RecordID: 5, ToState: model.Draft},
			{At: someDay.Add(-1e6), Actor: "root", Action: "start"},
		}
		write(t, s, func(tx *store.Tx) error {
			for i := range log {
				if err := tx.AppendEvent(&log[i]); err != nil {
					return err
				}
			}
			return tx.AddApproval(&approval)
		})
		mine := store.Subtrees(a.Path)
		read(t, s, func(tx *store.Tx) error {
			for _, c := range []struct {
				scope  store.Scope
				filter store.EventFilter
				want   []model.Event
			}{
				{store.Everything(), store.EventFilter{}, []model.Event{log[2], log[0], log[1]}},
				{mine, store.EventFilter{}, []model.Event{log[0]}},
				{mine, store.EventFilter{UnitIDs: []model.ID{b.ID}}, nil},
				{store.Everything(), store.EventFilter{Year: 2024, RecordID: 5, UnitIDs: []model.ID{b.ID}}, []model.Event{log[1]}},
			} {
				got, err := tx.Events(c.scope, c.filter)
				if err != nil || !slices.Equal(got, c.want) {
					t.Errorf("got %+v (%v), want %+v", got, err, c.want)
				}
			}
			got, err := tx.Approvals(mine, []model.ID{a.ID}, 2023)
			if !slices.Equal(got, []model.Approval{approval}) {
				t.Errorf("got %+v, want %+v", got, approval)
			}
			none, err2 := tx.Approvals(store.Subtrees(b.Path), nil, 0)
			if len(none) != 0 || err2 != nil {
				t.Errorf("got %+v", none)
			}
			return err
		})
	})
}
