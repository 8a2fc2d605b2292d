package execution_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/exchange"
	"biaochi/service/execution"
)

const (
	root  = "000000000/"
	dept  = root + "701/"
	unitA = dept + "701001/"
	other = root + "702/"
	year  = 2023
)

// people of the test, by what they are.
var people = map[string]execution.Person{
	"经办":   person("jb", seated(rbac.Preparer, rbac.Unit, unitA)),
	"局办":   person("bjb", seated(rbac.Preparer, rbac.Department, dept)),
	"单位审核": person("dw", seated(rbac.Reviewer, rbac.Unit, unitA)),
	"部门审核": person("bm", seated(rbac.Reviewer, rbac.Department, dept)),
	"他部门":  person("tbm", seated(rbac.Reviewer, rbac.Department, other)),
	"绩效股":  person("jx", office("JX", dept)),
	"预算股":  person("ys", leading("YS")),
	"发布人":  person("fb", seated(rbac.Publisher, rbac.Department, dept)),
	"管理":   person("gl", rbac.Assignment{Role: rbac.Admin}),
}

func person(login string, held ...rbac.Assignment) execution.Person {
	return execution.Person{Login: login, Assignments: held}
}

func seated(role rbac.Role, place rbac.Place, path string) rbac.Assignment {
	return rbac.Assignment{Role: role, Place: place, UnitPath: path}
}

func office(code string, departments ...string) rbac.Assignment {
	return rbac.Assignment{Role: rbac.Reviewer, Place: rbac.Office, UnitPath: root + code + "/", Office: "performance", Departments: departments}
}

func leading(code string) rbac.Assignment {
	a := office(code)
	a.Office, a.Leads = "budget", true
	return a
}

// house is a store with approved budgets and the use cases over it.
type house struct {
	*execution.Service
	t        testing.TB
	store    *store.Store
	packages *exchange.Service
	clock    *atomic.Int64 // Unix milliseconds, one more at every look
	units    map[string]model.BudgetUnit
}

func (h *house) now() time.Time { return time.UnixMilli(h.clock.Add(1)).UTC() }

// set puts the clock on a day's noon in Beijing.
func (h *house) set(day string) {
	at, err := time.ParseInLocation(time.DateOnly, day, model.Beijing)
	if err != nil {
		h.t.Fatal(err)
	}
	h.clock.Store(at.Add(12 * time.Hour).UnixMilli())
}

func eachHouse(t *testing.T, test func(t *testing.T, h *house)) {
	storetest.EachEngine(t, func(t *testing.T, url string) { test(t, build(t, url)) })
}

func build(t testing.TB, url string) *house {
	t.Helper()
	h := &house{t: t, clock: new(atomic.Int64), units: map[string]model.BudgetUnit{}}
	h.set("2023-02-01")
	s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL", Now: h.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	rights, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	h.store, h.packages, h.Service = s, exchange.NewService(s, h.now), execution.NewService(s, rights, h.now)
	return h
}

// project is a project of a test: 一般公共预算 and 上年结转 in yuan, with a form.
func project(code string, current, carryOver model.Money) model.ProjectContent {
	p := model.ProjectContent{Code: code, Name: "项目" + code, FunctionCode: "2080101", Category: "specific", Form: &model.Form{
		AnnualGoal: "按计划完成", Indicators: []model.Indicator{
			{Level1: "output", Level2: "quantity", Annual: &model.Target{Name: "培训次数", Value: "≥12次"}},
			{Level1: "output", Level2: "timeliness", Annual: &model.Target{Name: "完成时间", Value: "10月底前完成"}},
			{Level1: "benefit", Level2: "social", Annual: &model.Target{Name: "服务能力", Value: "显著提升"}},
			{Level1: "satisfaction", Level2: "serviceRecipients", Annual: &model.Target{Name: "满意度", Value: "≥90%"}},
		}}}
	p.Budget = append(p.Budget, model.BudgetRow{FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, Amount: current * 100})
	if carryOver != 0 {
		p.Budget = append(p.Budget, model.BudgetRow{FundKind: model.GeneralPublicBudget, Source: model.CarryOver, Amount: carryOver * 100})
	}
	return p
}

// approve brings a unit's year in as approved.
func (h *house) approve(path string, projects ...model.ProjectContent) {
	h.t.Helper()
	h.approveOn(path, "2023-01-20", projects...)
}

// approveOn does so by a 批复 of a day.
func (h *house) approveOn(path string, day model.Date, projects ...model.ProjectContent) {
	h.t.Helper()
	codes := strings.Split(strings.TrimSuffix(strings.TrimPrefix(path, root), "/"), "/")
	sheet := &model.SheetContent{Unit: model.UnitHeader{Code: codes[len(codes)-1], Name: "单位" + codes[len(codes)-1], Kind: model.PublicInstitution}}
	if len(codes) > 1 {
		sheet.Unit.ParentCode = codes[0]
	}
	sheet.Approval = &model.ApprovalRef{Number: "财预〔2023〕" + string(day), Date: day}
	_, err := h.packages.Import(h.t.Context(), exchange.New(year, sheet, projects),
		exchange.ImportOptions{Actor: "test", Approved: true, Reason: "测试"})
	if err != nil {
		h.t.Fatal(path, err, fieldsOf(err))
	}
	err = h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		units, err := tx.Units(store.Everything(), store.UnitFilter{})
		for _, u := range units {
			h.units[u.Path] = u
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func fieldsOf(err error) []model.Problem {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

func reasonOf(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}
