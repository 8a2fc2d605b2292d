package exchange_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/service/exchange"
	"biaochi/service/exchange/exchangetest"
)

// house is a store with the service over it, on a clock that moves with every look.
type house struct {
	*testing.T
	store   *store.Store
	service *exchange.Service
}

func newHouse(t *testing.T, url string) house {
	t.Helper()
	now := storetest.Clock(time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC))
	s, err := store.Open(t.Context(), url, store.Options{Now: now, Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return house{t, s, exchange.NewService(s, now)}
}

func sqliteHouse(t *testing.T) house { return newHouse(t, "sqlite:"+t.TempDir()+"/x.db") }

func (h house) bring(p *exchange.Package, approved bool) *exchange.ImportResult {
	h.Helper()
	result, err := h.service.Import(h.Context(), p, exchange.ImportOptions{Approved: approved, Reason: "旧系统转入", Actor: "cli:tester"})
	if err != nil {
		h.Fatal(err)
	}
	return result
}

func (h house) export(unit string, year int, full bool) []byte {
	h.Helper()
	data, err := h.service.Export(h.Context(), exchange.ExportQuery{Scope: store.Everything(), Unit: unit, Year: year, Full: full})
	if err != nil {
		h.Fatal(err)
	}
	return data
}

// dump is everything that an import could touch, for comparing before and after.
func (h house) dump() string {
	h.Helper()
	var b strings.Builder
	err := h.store.Read(h.Context(), func(tx *store.Tx) error {
		units, err := tx.Units(store.Everything(), store.UnitFilter{})
		if err != nil {
			return err
		}
		records, err := tx.Records(store.Everything(), store.RecordFilter{})
		if err != nil {
			return err
		}
		events, err := tx.Events(store.Everything(), store.EventFilter{})
		regions, err2 := tx.Regions()
		fmt.Fprintf(&b, "%+v\n%+v\n%+v\n%+v", regions, units, records, events)
		for _, r := range records {
			versions, err := tx.Versions(r.ID)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%+v\n", versions)
		}
		if err != nil {
			return err
		}
		return err2
	})
	if err != nil {
		h.Fatal(err)
	}
	return b.String()
}

func random(seed uint64, o exchangetest.Options) *exchange.Package {
	return exchangetest.Random(rand.New(rand.NewPCG(seed, 0)), o)
}

func encode(t *testing.T, p *exchange.Package) []byte {
	t.Helper()
	data, err := exchange.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestExportGivesBackWhatCameIn(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		h := newHouse(t, url)
		for seed := range uint64(8) {
			p := random(seed, exchangetest.Options{UnitCode: fmt.Sprintf("9%02d", seed), Year: 2026})
			h.bring(p, seed%2 == 0)
			got := h.export(p.Unit.Code, p.Year, false)
			if want := encode(t, p); !bytes.Equal(got, want) {
				t.Errorf("seed %d: export differs:\n%s", seed, firstDifference(got, want))
			}
			if !bytes.Equal(got, h.export(p.Unit.Code, p.Year, false)) {
				t.Errorf("seed %d: two exports differ", seed)
			}
		}
	})
}

func firstDifference(got, want []byte) string {
	a, b := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d: %q, want %q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

func TestTheSamePackageTwiceChangesNothing(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		h := newHouse(t, url)
		p := random(1, exchangetest.Options{Year: 2026, ParentCode: "705"})
		for _, approved := range []bool{false, true} {
			if h.bring(p, approved).Unchanged() {
				t.Errorf("approved %v: the first import changed nothing", approved)
			}
			before := h.dump()
			again := h.bring(p, approved)
			if !again.Unchanged() || !strings.Contains(again.Text(), "未作任何更改") {
				t.Errorf("approved %v: the second import says %s", approved, again.Text())
			}
			if h.dump() != before {
				t.Errorf("approved %v: the second import changed the data", approved)
			}
		}
	})
}

func TestAChangedPackageMakesNewVersions(t *testing.T) {
	h := sqliteHouse(t)
	p := random(2, exchangetest.Options{Year: 2026, Projects: 6})
	h.bring(p, true)

	changed := *p
	changed.Projects = append([]model.ProjectContent(nil), p.Projects[:5]...) // the sixth is left out
	changed.Projects[1].Name = "改过的名称"
	changed.Projects[3], changed.Projects[4] = changed.Projects[4], changed.Projects[3]
	result := h.bring(&changed, true)

	got := map[string]exchange.What{}
	for _, c := range result.Changes {
		got[c.Code] = c.What
	}
	want := map[string]exchange.What{
		p.Projects[1].Code: exchange.NewVersion, p.Projects[3].Code: exchange.Reordered, p.Projects[4].Code: exchange.Reordered,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("changes %v, want %v", got, want)
	}
	if absent := []string{p.Projects[5].Code}; !reflect.DeepEqual(result.Absent, absent) {
		t.Errorf("absent %v, want %v", result.Absent, absent)
	}
	full := string(h.export(p.Unit.Code, p.Year, true))
	for _, part := range []string{`"history"`, `"number": 2`, "旧系统转入", "cli:tester", `"toState": "approved"`} {
		if !strings.Contains(full, part) {
			t.Errorf("the full export lacks %s", part)
		}
	}
	if again, err := exchange.Decode(strings.NewReader(full)); err != nil || again.Projects[1].Name != "改过的名称" {
		t.Errorf("a full export does not come in again: %v", err)
	}
}

func TestADraftOverApprovedRecordsStandsBeside(t *testing.T) {
	h := sqliteHouse(t)
	p := random(3, exchangetest.Options{Year: 2026})
	h.bring(p, true)
	changed := *p
	changed.Projects = append([]model.ProjectContent(nil), p.Projects...)
	changed.Projects[0].Name = "草稿里的名称"
	h.bring(&changed, false)
	if got := h.export(p.Unit.Code, p.Year, false); !bytes.Equal(got, encode(t, p)) {
		t.Error("export no longer gives the version in force")
	}
}

func TestRefusedPackagesLeaveTheDataUntouched(t *testing.T) {
	h := sqliteHouse(t)
	good := random(4, exchangetest.Options{Year: 2026, ParentCode: "705"})
	h.bring(good, true)
	before := h.dump()
	for name, spoil := range map[string]func(p *exchange.Package){
		"$.projects[0].functionCode":                 func(p *exchange.Package) { p.Projects[0].FunctionCode = "2990101" },
		"$.projects[1].code":                         func(p *exchange.Package) { p.Projects[1].Code = p.Projects[0].Code },
		"$.basicLines[0].departmentEconomicCode":     func(p *exchange.Package) { unknownEconomic(p) },
		"$.unit.parentCode":                          func(p *exchange.Package) { p.Unit.ParentCode = p.Unit.Code },
		"$.basicLines[1]":                            func(p *exchange.Package) { p.BasicLines[1] = p.BasicLines[0] },
		"$.basicLines[0].procurement[0].serviceCode": func(p *exchange.Package) { unknownService(p) },
	} {
		p := *good
		p.Projects = append([]model.ProjectContent(nil), good.Projects...)
		p.BasicLines = append([]model.BasicLine(nil), good.BasicLines...)
		spoil(&p)
		_, err := h.service.Import(t.Context(), &p, exchange.ImportOptions{Approved: true, Reason: "x", Actor: "t"})
		if model.CodeOf(err) != model.Invalid || !namesPath(err, name) {
			t.Errorf("%s: %v %v", name, err, fields(err))
		}
	}
	if h.dump() != before {
		t.Error("a refused package changed the data")
	}
}

func unknownEconomic(p *exchange.Package) {
	p.BasicLines[0].DepartmentEconomicCode, p.BasicLines[0].DepartmentEconomicName = "30198", ""
}

func unknownService(p *exchange.Package) {
	p.BasicLines[0].Procurement = []model.ProcurementLine{{Kind: model.Services, ServiceCode: "Z99", Amount: 1}}
}

func fields(err error) []model.Problem {
	if e, ok := err.(*model.Error); ok {
		return e.Fields
	}
	return nil
}

func namesPath(err error, path string) bool {
	for _, f := range fields(err) {
		if strings.HasPrefix(f.Path, path) {
			return true
		}
	}
	return false
}

func TestApprovedImportOwesAReason(t *testing.T) {
	h := sqliteHouse(t)
	_, err := h.service.Import(t.Context(), random(5, exchangetest.Options{Year: 2026}), exchange.ImportOptions{Approved: true})
	if model.CodeOf(err) != model.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestAStubBecomesTheUnit(t *testing.T) {
	h := sqliteHouse(t)
	child := random(6, exchangetest.Options{UnitCode: "801001", ParentCode: "801", Year: 2026})
	if result := h.bring(child, true); result.Stub != "801" {
		t.Errorf("stub %q", result.Stub)
	}
	parent := random(7, exchangetest.Options{UnitCode: "801", Year: 2026})
	h.bring(parent, true)
	h.unit("801", func(u model.BudgetUnit) bool {
		return !u.Stub && u.Name == parent.Unit.Name && u.Kind == parent.Unit.Kind
	})

	// Under another parent than before, the unit's facts move along.
	child.Unit.ParentCode = "802"
	h.bring(child, true)
	h.unit("801001", func(u model.BudgetUnit) bool { return u.Path == "000000000/802/801001/" && u.ParentCode == "802" })
}

func (h house) unit(code string, good func(model.BudgetUnit) bool) {
	h.Helper()
	err := h.store.Read(h.Context(), func(tx *store.Tx) error {
		u, err := tx.FindUnit(store.Everything(), "", code)
		if err == nil && !good(u) {
			h.Errorf("unit %+v", u)
		}
		return err
	})
	if err != nil {
		h.Error(err)
	}
}

func TestUnitsCanNotStandAboveEachOther(t *testing.T) {
	h := sqliteHouse(t)
	h.bring(random(8, exchangetest.Options{UnitCode: "801", Year: 2026}), false)
	h.bring(random(9, exchangetest.Options{UnitCode: "801001", ParentCode: "801", Year: 2026}), false)
	_, err := h.service.Import(t.Context(), random(8, exchangetest.Options{UnitCode: "801", ParentCode: "801001", Year: 2026}), exchange.ImportOptions{})
	if !namesPath(err, "$.unit.parentCode") {
		t.Errorf("a circle was accepted: %v", err)
	}
}

// Every county has a 602: the same code in two regions is two units.
func TestSameCodeInTwoRegions(t *testing.T) {
	h := sqliteHouse(t)
	for _, region := range []string{"140701000", "140702000"} {
		h.bring(random(10, exchangetest.Options{UnitCode: "602", RegionCode: region, Year: 2026}), true)
	}
	_, err := h.service.Export(t.Context(), exchange.ExportQuery{Scope: store.Everything(), Unit: "602", Year: 2026})
	if model.CodeOf(err) != model.Invalid {
		t.Errorf("an ambiguous code was resolved: %v", err)
	}
	_, err = h.service.Export(t.Context(), exchange.ExportQuery{Scope: store.Everything(), Region: "140702000", Unit: "602", Year: 2026})
	if err != nil {
		t.Error(err)
	}
	_, err = h.service.Import(t.Context(), random(11, exchangetest.Options{UnitCode: "603", Year: 2026}), exchange.ImportOptions{})
	if model.CodeOf(err) != model.Invalid {
		t.Errorf("a package without region found one of two: %v", err)
	}
}

// Two imports of one unit at the same time: one after the other, nothing twice.
func TestImportsAtTheSameTime(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		h := newHouse(t, url)
		p := random(12, exchangetest.Options{Year: 2026})
		errs := make(chan error)
		const writers = 8
		for range writers {
			go func() {
				_, err := h.service.Import(t.Context(), p, exchange.ImportOptions{Actor: "t"})
				errs <- err
			}()
		}
		for range writers {
			if err := <-errs; err != nil && model.CodeOf(err) != model.Conflict {
				t.Error(err)
			}
		}
		full := string(h.export(p.Unit.Code, p.Year, true))
		records := len(p.Projects) + 1
		if p.WholeUnitTarget != nil {
			records++
		}
		if strings.Contains(full, `"number": 2`) || strings.Count(full, `"action": "package.import"`) != records {
			t.Errorf("%d events for %d records", strings.Count(full, `"action": "package.import"`), records)
		}
	})
}
