package store_test

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

const region = "000000000/"

var (
	factPaths = []string{region + "701/", region + "701/701001/", region + "701/701002/", region + "7010/", region + "702/", "140000000/701/"}
	factCodes = []string{"", "2", "208", "20801", "2080101", "2080102", "209", "30201", "302", "B1104", "b1104", "B11_4", "B11%", "功能", "𠮷"}
)

// world is a set of facts with the names of their projects, in the store and here.
type world struct {
	random
	facts []model.Fact
	names map[model.ID]string
}

func newWorld(t *testing.T, s *store.Store, seed uint64) *world {
	w := &world{random: random{rand.New(rand.NewPCG(seed, seed))}, names: map[model.ID]string{}}
	contents := map[model.ID]*model.ProjectContent{}
	for range 60 {
		id, project := s.NextID(), pick(w.random, []string{"", "P1", "P2", "p1"})
		counts := model.Counts{InDraft: w.IntN(2) == 0, InInitial: w.IntN(2) == 0, InAdjusted: w.IntN(2) == 0}
		year, path := 2023+w.IntN(2), pick(w.random, factPaths)
		if project != "" {
			w.names[id] = "项目" + id.String()
			contents[id] = &model.ProjectContent{Code: project, Name: w.names[id]}
		}
		for seq := range w.IntN(30) {
			f := w.fact()
			f.Year, f.UnitPath, f.ProjectCode, f.Counts = year, path, project, counts
			f.Origin = model.Origin{VersionID: id, Seq: seq + 1, Line: w.IntN(5)}
			w.facts = append(w.facts, f)
		}
	}
	write(t, s, func(tx *store.Tx) error {
		if err := tx.SaveProjectContents(contents); err != nil {
			return err
		}
		return tx.AddFacts(w.facts)
	})
	return w
}

func (w *world) fact() model.Fact {
	return model.Fact{Measure: pick(w.random, model.Measures), UnitKind: pick(w.random, append(model.UnitKinds, "")),
		Expenditure: pick(w.random, append(model.Expenditures, "")), FundKind: pick(w.random, model.FundKinds),
		Source: pick(w.random, model.Sources), CostKind: pick(w.random, append(model.CostKinds, "")),
		FunctionCode: pick(w.random, factCodes), DepartmentEconomicCode: pick(w.random, factCodes),
		GovernmentEconomicCode: pick(w.random, factCodes), ProcurementKind: pick(w.random, append(model.ProcurementKinds, "")),
		ItemCode: pick(w.random, factCodes), Amount: w.amount()}
}

// predicate asks for few things, so that something is left to be found.
func (w *world) predicate() model.Predicate {
	var p model.Predicate
	for range w.IntN(4) {
		f := w.fact()
		switch w.IntN(11) {
		case 0:
			p.Measure = f.Measure
		case 1:
			p.UnitPath = pick(w.random, factPaths)
		case 2:
			p.UnitKinds = list(w.random, func() model.UnitKind { return pick(w.random, append(model.UnitKinds, "", "\x00")) })
		case 3:
			p.Expenditure = f.Expenditure
		case 4:
			p.FundKinds = list(w.random, func() model.FundKind { return pick(w.random, append(model.FundKinds, "unknown")) })
		case 5:
			p.Source, p.CostKind = f.Source, f.CostKind
		case 6:
			p.Function = f.FunctionCode
		case 7:
			p.Economic = list(w.random, func() string { return pick(w.random, append(factCodes, "\x00")) })
		case 8:
			p.Government = f.GovernmentEconomicCode
		case 9:
			p.ProcurementKind = f.ProcurementKind
		case 10:
			p.Item, p.Project = f.ItemCode, pick(w.random, []string{"", "P1", "p1"})
		}
	}
	return p
}

func (w *world) query() store.FactQuery {
	q := store.FactQuery{Scope: store.Everything(), Year: 2023 + w.IntN(2), State: pick(w.random, model.TableStates),
		Root: pick(w.random, append(factPaths, region, region)), Below: w.IntN(4) > 0}
	if w.IntN(3) == 0 {
		q.Scope = store.Subtrees(list(w.random, func() string { return pick(w.random, factPaths) })...)
	}
	if q.Below && w.IntN(4) == 0 {
		q.Root = ""
	}
	return q
}

// find is the store's work done by hand.
func (w *world) find(q store.FactQuery, p model.Predicate) []model.Fact {
	var found []model.Fact
	for _, f := range w.facts {
		if f.Year == q.Year && f.Counts.In(q.State) && q.Scope.Sees(f.UnitPath) && p.Match(&f) &&
			(f.UnitPath == q.Root || q.Below && strings.HasPrefix(f.UnitPath, q.Root)) {
			found = append(found, f)
		}
	}
	slices.SortFunc(found, func(a, b model.Fact) int {
		return cmp.Or(cmp.Compare(a.UnitPath, b.UnitPath), cmp.Compare(a.ProjectCode, b.ProjectCode),
			cmp.Compare(a.Origin.VersionID, b.Origin.VersionID), cmp.Compare(a.Origin.Seq, b.Origin.Seq))
	})
	return found
}

// sum adds up by what a key keeps of a fact.
func sum[K comparable](facts []model.Fact, key func(model.Fact) K) map[K]model.Money {
	sums := map[K]model.Money{}
	for _, f := range facts {
		sums[key(f)] += f.Amount
	}
	return sums
}

// collect takes a sequence apart, failing the test at an error.
func collect[T any](t *testing.T, items iter.Seq2[T, error]) []T {
	t.Helper()
	var all []T
	for item, err := range items {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, item)
	}
	return all
}

func withoutAmount(f model.Fact) model.Fact { f.Amount = 0; return f }

func TestFactsFoundAreThoseThatMatch(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		w := newWorld(t, s, 11)
		var many []string
		for code := range 120 { // so many that sums of the region take the other path
			many = append(many, strconv.Itoa(2000+code))
		}
		tree(t, s, many...)
		hits := 0
		for range 400 {
			q, p := w.query(), w.predicate()
			want := w.find(q, p)
			read(t, s, func(tx *store.Tx) error {
				if got := collect(t, tx.Facts(q, p)); !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v %+v: got %d facts, want %d", q, p, len(got), len(want))
				}
				return w.checkSums(t, tx, q, p, want)
			})
			hits += min(1, len(want))
		}
		if hits < 100 {
			t.Errorf("only %d of the predicates found anything", hits)
		}
	})
}

func (w *world) checkSums(t *testing.T, tx *store.Tx, q store.FactQuery, p model.Predicate, facts []model.Fact) error {
	sums, err := tx.SumFacts(q, p)
	same(t, "sums", sum(sums, withoutAmount), len(sums), sum(facts, func(f model.Fact) model.Fact {
		f.UnitPath, f.ProjectCode, f.Origin, f.Counts, f.Amount = "", "", model.Origin{}, model.Counts{}, 0
		return f
	}))
	byUnit := collect(t, tx.SumFactsByUnit(q, p))
	same(t, "by unit", sum(byUnit, withoutAmount), len(byUnit), sum(facts, func(f model.Fact) model.Fact {
		return model.Fact{Year: f.Year, UnitPath: f.UnitPath, Measure: f.Measure, FundKind: f.FundKind}
	}))
	if !slices.IsSortedFunc(byUnit, func(a, b model.Fact) int { return cmp.Compare(a.UnitPath, b.UnitPath) }) {
		t.Error("sums by unit are not in order")
	}
	w.checkProjects(t, collect(t, tx.SumFactsByProject(q, p)), facts)
	return err
}

func (w *world) checkProjects(t *testing.T, got []store.ProjectSum, facts []model.Fact) {
	t.Helper()
	type key struct {
		model.Fact
		name string
	}
	want := sum(slices.DeleteFunc(facts, func(f model.Fact) bool { return f.ProjectCode == "" }), func(f model.Fact) key {
		return key{model.Fact{Year: f.Year, UnitPath: f.UnitPath, ProjectCode: f.ProjectCode, Measure: f.Measure,
			Expenditure: f.Expenditure, FundKind: f.FundKind, Source: f.Source}, w.names[f.Origin.VersionID]}
	})
	sums := map[key]model.Money{}
	for _, s := range got {
		sums[key{withoutAmount(s.Fact), s.Name}] += s.Amount
	}
	same(t, "by project", sums, len(got), want)
	if !slices.IsSortedFunc(got, func(a, b store.ProjectSum) int {
		return cmp.Or(cmp.Compare(a.UnitPath, b.UnitPath), cmp.Compare(a.ProjectCode, b.ProjectCode))
	}) {
		t.Error("sums by project are not in order")
	}
}

// same compares sums and sees that none came in two parts.
func same[K comparable](t *testing.T, what string, got map[K]model.Money, rows int, want map[K]model.Money) {
	t.Helper()
	if rows != len(want) || !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: got %d rows %v, want %d %v", what, rows, got, len(want), want)
	}
}

func TestNothingIsFoundOutsideTheScope(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		newWorld(t, s, 12)
		for _, scope := range []store.Scope{{}, store.Subtrees(), store.Subtrees(""), store.Subtrees(region + "70")} {
			for _, below := range []bool{true, false} {
				q := store.FactQuery{Scope: scope, Year: 2023, State: model.StateDraft, Root: region + "701/", Below: below}
				read(t, s, func(tx *store.Tx) error {
					if got := collect(t, tx.Facts(q, model.Predicate{})); len(got) > 0 {
						t.Errorf("%v sees %d facts", scope, len(got))
					}
					return nil
				})
			}
		}
	})
}

func TestFactsAreRefused(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		fact := model.Fact{Measure: model.MeasureBudget, Year: 2023, UnitPath: region, Origin: model.Origin{VersionID: 1, Seq: 1}}
		add := func(f model.Fact) error {
			return s.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddFacts([]model.Fact{f}) })
		}
		if err := add(fact); err != nil {
			t.Fatal(err)
		}
		fact.UnitPath = "140000000/" // the same origin, elsewhere
		expect(t, add(fact), model.Conflict, "store.duplicate")
		fact.Origin.Seq, fact.FundKind = 2, "unknown"
		expect(t, add(fact), model.Invalid, "fact.value")
		fact.FundKind, fact.ItemCode = "", strings.Repeat("字", 65)
		expect(t, add(fact), model.Invalid, "store.tooLong")
		fact.ItemCode = strings.Repeat("𠮷", 64)
		if err := add(fact); err != nil {
			t.Errorf("64 characters: %v", err)
		}
	})
}

func TestAStreamMayBeLeft(t *testing.T) {
	eachStore(t, func(t *testing.T, s *store.Store) {
		newWorld(t, s, 13)
		q := store.FactQuery{Scope: store.Everything(), Year: 2023, State: model.StateDraft, Below: true}
		read(t, s, func(tx *store.Tx) error {
			for f, err := range tx.Facts(q, model.Predicate{}) {
				if err != nil || f.Year != 2023 {
					return fmt.Errorf("%v %w", f, err)
				}
				break
			}
			_, err := tx.Regions() // the connection is free again
			return err
		})
	})
}
