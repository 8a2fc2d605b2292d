package library_test

import (
	"errors"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/library"
)

const (
	region = model.DefaultRegionCode
	root   = region + "/"
	year   = 2024
)

func seated(login string, role rbac.Role, place rbac.Place, path string) rbac.Person {
	return rbac.Person{Login: login, Assignments: []rbac.Assignment{{Role: role, Place: place, UnitPath: path}}}
}

var (
	leader   = seated("ys", rbac.Reviewer, rbac.Root, root)
	preparer = seated("jb", rbac.Preparer, rbac.Unit, root+"701/701001/")
	stranger = seated("wl", rbac.Reviewer, rbac.Root, "999999999/")
	admin    = rbac.Person{Login: "gl", Assignments: []rbac.Assignment{{Role: rbac.Admin}}}
)

// house is a store with two units and the library over it.
type house struct {
	*library.Service
	t     testing.TB
	store *store.Store
	unit  model.BudgetUnit
}

func eachHouse(t *testing.T, test func(t *testing.T, h *house)) {
	storetest.EachEngine(t, func(t *testing.T, url string) { test(t, build(t, url)) })
}

func build(t testing.TB, url string) *house {
	t.Helper()
	clock := storetest.Clock(time.Date(2024, 2, 1, 1, 0, 0, 0, time.UTC))
	s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL", Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	rights, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{Service: library.NewService(s, rights), t: t, store: s}
	h.unit = model.BudgetUnit{Code: "701001", Name: "示例培训中心", RegionCode: region, Path: root + "701/701001/", ParentCode: "701"}
	h.write(func(tx *store.Tx) error {
		return errors.Join(tx.AddUnit(&model.BudgetUnit{Code: "701", Name: "示例主管局", RegionCode: region, Path: root + "701/"}), tx.AddUnit(&h.unit))
	})
	return h
}

func (h *house) write(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.store.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// feed has a filing with the given indicators approved.
func (h *house) feed(record model.ID, function string, indicators ...model.Indicator) {
	h.t.Helper()
	h.write(func(tx *store.Tx) error { return library.Feed(tx, h.approved(record, function, indicators...)) })
}

func (h *house) approved(record model.ID, function string, indicators ...model.Indicator) library.Approved {
	return library.Approved{
		RecordID: record, Year: year, Unit: h.unit, Actor: "ys", At: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC),
		Project: &model.ProjectContent{FunctionCode: function, Form: &model.Form{Indicators: indicators}},
	}
}

func annual(level1, level2, name, value string) model.Indicator {
	return model.Indicator{Level1: level1, Level2: level2, Annual: &model.Target{Name: name, Value: value}}
}

func quantity(name, value string) model.Indicator { return annual("output", "quantity", name, value) }

// all are the entries that are offered, by name.
func (h *house) all() map[string]library.Entry {
	h.t.Helper()
	list, total, err := h.Search(h.t.Context(), leader, library.Query{Limit: 200})
	if err != nil || int(total) != len(list) {
		h.t.Fatalf("%d of %d, %v", len(list), total, err)
	}
	found := map[string]library.Entry{}
	for _, e := range list {
		found[e.Name] = e
	}
	return found
}

func (h *house) events() (actions []string) {
	h.t.Helper()
	err := h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(store.Everything(), store.EventFilter{})
		for _, e := range events {
			actions = append(actions, e.Actor+" "+e.Action)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return actions
}

func expect(t testing.TB, err error, code model.Code, reason string) *model.Error {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Code != code || e.Reason != reason {
		t.Fatalf("got %v, want %s %s", err, code, reason)
	}
	return e
}

func fields(name string) library.Fields {
	return library.Fields{Level1: "output", Level2: "quantity", Name: name, Unit: "期", Operator: ">=", Usual: []string{"≥12期"}, Functions: []string{"2050803"}}
}

func (h *house) create(name string) library.Entry {
	h.t.Helper()
	e, err := h.Create(h.t.Context(), leader, "", fields(name))
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}
