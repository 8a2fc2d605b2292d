package publication_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
	"biaochi/service/publication"
)

// What Effect foresees is what the tables show once the versions count: every figure,
// and no other.
func TestEffectComesTrue(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/x.db")
	p := exchangetest.Random(seeded(7), exchangetest.Options{UnitCode: "805", Year: 2026, Projects: 4})
	if _, err := exchange.NewService(s, clock()).Import(t.Context(), p, exchange.ImportOptions{Reason: "测试", Actor: "test"}); err != nil {
		t.Fatal(err)
	}
	q := publication.Query{Scope: store.Everything(), Unit: "805", Year: 2026, State: model.StateDraft}
	service := publication.NewService(s, "")
	var records []model.Record
	read := func(fn func(tx *store.Tx) error) {
		t.Helper()
		if err := s.Read(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	read(func(tx *store.Tx) (err error) {
		records, err = tx.Records(store.Everything(), store.RecordFilter{Year: 2026})
		return err
	})
	for _, r := range records {
		foreseen, err := service.Effect(t.Context(), q, 0, r.NewestID)
		if err != nil {
			t.Fatal(err)
		}
		before := figures(t, s, q)
		if err := s.InTx(t.Context(), func(tx *store.Tx) error {
			v, err := tx.Version(r.NewestID)
			v.State, v.Counts.InDraft = model.Passed, true
			if err != nil {
				return err
			}
			return tx.SetVersion(&v)
		}); err != nil {
			t.Fatal(err)
		}
		after := figures(t, s, q)
		changed := map[string]bool{}
		for _, c := range foreseen {
			key := c.Table.Def.Key + " " + c.Row + " " + c.Column.Key
			changed[key] = true
			if before[key] != c.Before || after[key] != c.After {
				t.Errorf("%s: foreseen %s to %s, was %s and is %s", key, c.Before, c.After, before[key], after[key])
			}
		}
		for key, amount := range after {
			if before[key] != amount && !changed[key] {
				t.Errorf("%s became %s unforeseen", key, amount)
			}
		}
		if len(foreseen) == 0 && r.Kind != model.TargetRecord { // a target counts in no table
			t.Errorf("record %s has no effect", r.ProjectCode)
		}
		if back, err := service.Effect(t.Context(), q, r.NewestID, r.NewestID); err != nil || len(back) != 0 {
			t.Errorf("a version in its own place changes %d figures (%v)", len(back), err)
		}
	}
}

func figures(t *testing.T, s *store.Store, q publication.Query) map[string]model.Money {
	t.Helper()
	all := map[string]model.Money{}
	view(t, s, q, func(b *publication.Book) {
		for _, table := range b.Tables {
			for row, err := range table.Rows() {
				if err != nil {
					t.Fatal(err)
				}
				for i, c := range table.Def.Columns {
					if row.Cells[i].Figure {
						all[table.Def.Key+" "+row.Keys[c.Side]+" "+c.Key] = row.Cells[i].Amount
					}
				}
			}
		}
	})
	return all
}

// A department's tables are for whoever sees all its units: a part of them would show
// a wrong sum under the department's name.
func TestDepartmentNeedsAllItsUnits(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/x.db")
	bringIn(t, s, exchangetest.Random(seeded(7), exchangetest.Options{UnitCode: "805", Year: 2026, Projects: 1}))
	const path = model.DefaultRegionCode + "/805/"
	for _, c := range []struct {
		scope      store.Scope
		department bool
		want       model.Code
	}{
		{store.Subtrees(path), true, ""}, {store.Scope{}.AndUnits(path), false, ""}, {store.Everything(), true, ""},
		{store.Scope{}.AndUnits(path), true, model.Forbidden}, {store.Subtrees(path + "805001/"), false, model.NotFound}, {store.Scope{}, false, model.NotFound},
	} {
		q := publication.Query{Scope: c.scope, Unit: "805", Year: 2026, Department: c.department}
		var total model.Money
		err := publication.NewService(s, "").View(t.Context(), q, func(b *publication.Book) (err error) {
			total, err = b.Tables[0].Total()
			return err
		})
		switch {
		case c.want == "" && (err != nil || total == 0):
			t.Errorf("%+v: %v, %s", c, err, total)
		case c.want != "" && model.CodeOf(err) != c.want:
			t.Errorf("%+v: got %v", c, err)
		}
	}
}
