package project_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/exchange"
	"biaochi/service/filing"
	"biaochi/service/project"
	"biaochi/service/workflow"
)

const (
	root  = "000000000/"
	dept  = root + "701/"
	unitA = dept + "701001/"
	other = root + "702/"
	year  = 2024
)

// people of the test, by what they are.
var people = map[string]rbac.Person{
	"经办":   person("jb", seated(rbac.Preparer, rbac.Unit, unitA)),
	"单位审核": person("dw", seated(rbac.Reviewer, rbac.Unit, unitA)),
	"部门审核": person("bm", seated(rbac.Reviewer, rbac.Department, dept)),
	"双岗":   person("sg", seated(rbac.Preparer, rbac.Unit, unitA), seated(rbac.Reviewer, rbac.Department, dept)),
	"他部门":  person("tbm", seated(rbac.Reviewer, rbac.Department, other)),
	"业务股":  person("yw", office("YW", false, dept)),
	"预算股":  person("ys", office("YS", true)),
	"管理":   person("gl", rbac.Assignment{Role: rbac.Admin}),
}

func person(login string, held ...rbac.Assignment) rbac.Person {
	return rbac.Person{Login: login, Assignments: held}
}

func seated(role rbac.Role, place rbac.Place, path string) rbac.Assignment {
	return rbac.Assignment{Role: role, Place: place, UnitPath: path}
}

func office(code string, leads bool, departments ...string) rbac.Assignment {
	return rbac.Assignment{Role: rbac.Reviewer, Place: rbac.Office, UnitPath: root + code + "/", Office: "business", Leads: leads, Departments: departments}
}

// house is a store with two departments and the use cases over it.
type house struct {
	*project.Service
	*testing.T
	store    *store.Store
	filings  *filing.Service
	packages *exchange.Service
	units    map[string]model.BudgetUnit
	news     []project.News
}

func eachHouse(t *testing.T, test func(h *house)) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		clock := storetest.Clock(time.Date(2023, 11, 20, 1, 0, 0, 0, time.UTC))
		s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL", Now: clock})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		rights, err := rbac.New()
		if err != nil {
			t.Fatal(err)
		}
		h := &house{T: t, store: s, packages: exchange.NewService(s, clock), units: map[string]model.BudgetUnit{}}
		h.filings = filing.NewService(s, rights, clock, filing.Settings{})
		h.Service = project.NewService(s, rights, h.filings, clock, func(_ *store.Tx, n project.News) error { h.news = append(h.news, n); return nil })
		h.write(func(tx *store.Tx) error {
			for _, path := range []string{dept, unitA, other} {
				codes := strings.Split(strings.Trim(path, "/"), "/")
				unit := model.BudgetUnit{RegionCode: model.DefaultRegionCode, Code: codes[len(codes)-1], Name: "单位" + codes[len(codes)-1],
					Kind: model.PublicInstitution, Path: path}
				if len(codes) > 2 {
					unit.ParentCode = codes[1]
				}
				if err := tx.AddUnit(&unit); err != nil {
					return err
				}
				h.units[path] = unit
			}
			return nil
		})
		test(h)
	})
}

func (h *house) write(fn func(tx *store.Tx) error) {
	h.Helper()
	if err := h.store.InTx(h.Context(), fn); err != nil {
		h.Fatal(err)
	}
}

// sound is a filing that the checks have nothing against.
func sound(code string) *model.ProjectContent {
	raw, err := os.ReadFile(filepath.Join("..", "check", "testdata", "filing.json"))
	if err != nil {
		panic(err)
	}
	var file struct{ Sound model.ProjectContent }
	if err := json.Unmarshal(raw, &file); err != nil {
		panic(err)
	}
	file.Sound.Code = code
	return &file.Sound
}

// draft begins a filing of unit A.
func (h *house) draft(of int, p *model.ProjectContent) filing.Answer {
	h.Helper()
	a, err := h.filings.Create(h.Context(), people["经办"], filing.NewRecord{UnitID: h.units[unitA].ID, Year: of, Content: filing.Content{Project: p}})
	if err != nil {
		h.Fatal(err)
	}
	return a
}

// approve brings projects of a unit's year in as approved.
func (h *house) approve(path string, of int, projects ...model.ProjectContent) error {
	unit := h.units[path]
	sheet := &model.SheetContent{
		Unit:     model.UnitHeader{Code: unit.Code, Name: unit.Name, Kind: unit.Kind, ParentCode: unit.ParentCode},
		Approval: &model.ApprovalRef{Number: "财预1号", Date: model.Date("2023-01-20")},
	}
	_, err := h.packages.Import(h.Context(), exchange.New(of, sheet, projects), exchange.ImportOptions{Actor: "test", Approved: true, Reason: "测试"})
	return err
}

// find gives a project of the year's list by its code.
func (h *house) find(of int, code string) project.Item {
	h.Helper()
	page, err := h.List(h.Context(), people["预算股"], project.Query{Region: model.DefaultRegionCode, Year: of, Text: code})
	if err != nil || len(page.Items) != 1 {
		h.Fatal(code, err, len(page.Items))
	}
	return page.Items[0]
}

// projects gives the projects of unit A that a year's list has.
func (h *house) projects(tx *store.Tx, of int) (ids []model.ID) {
	h.Helper()
	all, err := tx.ProjectSummaries([]model.BudgetUnit{h.units[unitA]}, store.ProjectQuery{Year: of})
	h.must(err)
	for _, p := range all {
		ids = append(ids, p.ID)
	}
	return ids
}

// do carries out an act on a project as it now stands.
func (h *house) do(who string, act workflow.ProjectAct, of int, code, reason string) error {
	h.Helper()
	item := h.find(of, code)
	_, err := h.Do(h.Context(), people[who], project.Act{ProjectID: item.ID, Lock: item.Version, Act: act, Year: of, Reason: reason})
	return err
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err, fieldsOf(err))
	}
}

func (h *house) refused(err error, reason string) {
	h.Helper()
	if model.ReasonOf(err) != reason {
		h.Errorf("got %v, want %s", err, reason)
	}
}

func (h *house) stands(of int, code string, want model.ProjectState) {
	h.Helper()
	if got := h.find(of, code).State; got != want {
		h.Errorf("%s in %d: got %s, want %s", code, of, got.Word(), want.Word())
	}
}

func fieldsOf(err error) []model.Problem {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
