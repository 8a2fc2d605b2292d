package publication_test

import (
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/service/budget"
	"biaochi/service/publication"
)

// Every figure of every table opens to facts that add up to it: through the store,
// and by the same predicate over all facts of the scope.
func TestEveryFigureOpensToItsFacts(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		s := openStore(t, url)
		bringIn(t, s, department(11)...)
		for _, q := range []publication.Query{
			{Unit: "801", Year: 2025}, {Unit: "801001", Year: 2025}, {Unit: "801", Year: 2025, Department: true},
		} {
			view(t, s, q, func(b *publication.Book) {
				all := allFacts(t, s, b)
				for _, table := range b.Tables {
					opened(t, b, table, all)
				}
			})
		}
	})
}

func opened(t *testing.T, b *publication.Book, table *budget.Table, all []model.Fact) {
	t.Helper()
	rows, err := table.Collect()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for i, cell := range row.Cells {
			figure, ok := table.Figure(row, i)
			if ok != cell.Figure {
				t.Fatalf("%s %v column %d: figure %v, cell says %v", table.Title, row.Keys, i, ok, cell.Figure)
			}
			if !ok {
				continue
			}
			column := table.Def.Columns[i]
			lineage, err := b.Lineage(table.Def.Key, row.Keys[column.Side], column.Key)
			if err != nil {
				t.Fatal(err)
			}
			if lineage.Sum != cell.Amount || matched(figure, all) != cell.Amount {
				t.Errorf("%s %v %s: cell %s, lineage %s, facts %s", table.Title, row.Keys, column.Key, cell.Amount, lineage.Sum, matched(figure, all))
			}
			for _, line := range lineage.Lines {
				if line.Version.Number == 0 || line.Approval == nil || line.Unit.Code == "" {
					t.Errorf("%s %v: a line without version, approval or unit: %+v", table.Title, row.Keys, line)
				}
			}
		}
	}
}

func matched(figure model.Predicate, all []model.Fact) (sum model.Money) {
	for i := range all {
		if figure.Match(&all[i]) {
			sum += all[i].Amount
		}
	}
	return sum
}

func allFacts(t *testing.T, s *store.Store, b *publication.Book) (all []model.Fact) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		q := store.FactQuery{Scope: store.Everything(), Year: b.Year, State: b.State, Root: b.Unit.Path, Below: b.Department}
		for f, err := range tx.Facts(q, model.Predicate{}) {
			if err != nil {
				return err
			}
			all = append(all, f)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestLineageOfWhatIsNotThere(t *testing.T) {
	s := openStore(t, "sqlite:"+t.TempDir()+"/x.db")
	bringIn(t, s, department(1)...)
	view(t, s, publication.Query{Unit: "801", Year: 2025}, func(b *publication.Book) {
		for _, place := range [][3]string{
			{"nonsense", "total", "total"}, {"income", "999", "total"}, {"income", "total", "nonsense"}, {"income", "total", "name"},
		} {
			if _, err := b.Lineage(place[0], place[1], place[2]); model.CodeOf(err) != model.NotFound {
				t.Errorf("%v: %v", place, err)
			}
		}
	})
}
