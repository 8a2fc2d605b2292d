package filing_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

const (
	region = "000000000/"
	dept   = region + "701/"
	unitA  = dept + "701001/"
	unitB  = dept + "701002/"
	other  = region + "702/"
	year   = 2024
)

// people of the test, by what they are; logins are short so that logs read well.
var people = map[string]rbac.Person{
	"经办":   person("jb", seated(rbac.Preparer, rbac.Unit, unitA)),
	"同事":   person("ts", seated(rbac.Preparer, rbac.Unit, unitA)),
	"旁经办":  person("pjb", seated(rbac.Preparer, rbac.Unit, unitB)),
	"局办":   person("bjb", seated(rbac.Preparer, rbac.Department, dept)),
	"他经办":  person("tjb", seated(rbac.Preparer, rbac.Department, other)),
	"单位审核": person("dw", seated(rbac.Reviewer, rbac.Unit, unitA)),
	"部门审核": person("bm", seated(rbac.Reviewer, rbac.Department, dept)),
	"他部门":  person("tbm", seated(rbac.Reviewer, rbac.Department, other)),
	"业务股":  person("yw", office("YW", "business", dept)),
	"绩效股":  person("jx", office("JX", "performance", dept, other)),
	"预算股":  person("ys", leading("YS")),
	"代单位":  person("dl", deputy(seated(rbac.Reviewer, rbac.Unit, unitA), "dw")),
	"管理":   person("gl", rbac.Assignment{Role: rbac.Admin}),
}

func person(login string, held ...rbac.Assignment) rbac.Person {
	return rbac.Person{Login: login, Assignments: held}
}

func seated(role rbac.Role, place rbac.Place, path string) rbac.Assignment {
	return rbac.Assignment{Role: role, Place: place, UnitPath: path}
}

func office(code, duty string, departments ...string) rbac.Assignment {
	return rbac.Assignment{Role: rbac.Reviewer, Place: rbac.Office, UnitPath: region + code + "/", Office: duty, Departments: departments}
}

func leading(code string) rbac.Assignment {
	a := office(code, "budget")
	a.Leads = true
	return a
}

func deputy(a rbac.Assignment, principal string) rbac.Assignment {
	a.DeputyFor = principal
	return a
}

// house is a store with units and the use cases over it, on a clock that ticks a
// second at every look.
type house struct {
	*filing.Service
	t     testing.TB
	store *store.Store
	units map[string]model.BudgetUnit
	// second is whether the year is in 二上.
	second atomic.Bool
}

func eachHouse(t *testing.T, test func(t *testing.T, h *house)) {
	storetest.EachEngine(t, func(t *testing.T, url string) { test(t, build(t, url)) })
}

func build(t testing.TB, url string) *house {
	t.Helper()
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
	h := &house{t: t, store: s, units: map[string]model.BudgetUnit{}}
	h.Service = filing.NewService(s, rights, clock, filing.Settings{
		SecondRound: func(*store.Tx, string, int) (bool, error) { return h.second.Load(), nil },
	})
	h.addUnits()
	return h
}

func (h *house) addUnits() {
	h.t.Helper()
	err := h.store.InTx(h.t.Context(), func(tx *store.Tx) error {
		for _, u := range []model.BudgetUnit{
			{Code: "701", Name: "示例局", Kind: model.Administrative, Path: dept},
			{Code: "701001", Name: "示例中心", Kind: model.PublicInstitution, ParentCode: "701", Path: unitA},
			{Code: "701002", Name: "示例站", Kind: model.PublicInstitution, ParentCode: "701", Path: unitB},
			{Code: "702", Name: "其他局", Kind: model.Administrative, Path: other},
		} {
			u.RegionCode = model.DefaultRegionCode
			if err := tx.AddUnit(&u); err != nil {
				return err
			}
			h.units[u.Path] = u
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

var soundFiling = func() []byte {
	raw, err := os.ReadFile(filepath.Join("..", "check", "testdata", "filing.json"))
	if err != nil {
		panic(err)
	}
	var file struct{ Sound json.RawMessage }
	if err := json.Unmarshal(raw, &file); err != nil {
		panic(err)
	}
	return file.Sound
}()

// project is a filing that the checks have nothing against.
func project(code string) filing.Content {
	var p model.ProjectContent
	if err := json.Unmarshal(soundFiling, &p); err != nil {
		panic(err)
	}
	p.Code = code
	if code != "A" { // or each would be a copy of the other
		f := p.Form
		for _, text := range []*string{&f.Overview, &f.Necessity, &f.Safeguards, &f.Plan, &f.LongTermGoal, &f.AnnualGoal} {
			*text += "项目" + code
		}
	}
	return filing.Content{Project: &p}
}

// sheet is a basic sheet of one line.
func sheet(amount model.Money) filing.Content {
	return filing.Content{Sheet: &model.SheetContent{BasicLines: []model.BasicLine{{
		FunctionCode: "2050803", DepartmentEconomicCode: "30201", GovernmentEconomicCode: "50502",
		FundKind: model.GeneralPublicBudget, CostKind: model.Public, Amount: amount,
	}}, Revenues: []model.RevenueLine{{FundKind: model.GeneralPublicBudget, Amount: amount}}}}
}

// target is a whole-unit target that the checks have nothing against but that the
// unit has no budget yet.
func target() filing.Content {
	total := hundred
	return filing.Content{Target: &model.TargetContent{
		Tasks:       []model.TargetTask{{Name: "业务培训", Content: "举办各类培训", Total: new(total)}},
		AnnualFunds: model.FormFunds{Total: new(total), MunicipalCounty: new(total)},
		AnnualGoal:  "保障机构运转，完成全年培训任务。",
		Indicators: []model.Indicator{
			{Level1: "output", Level2: "quantity", Annual: &model.Target{Name: "举办培训期数", Value: "≥12期"}},
			{Level1: "benefit", Level2: "social", Annual: &model.Target{Name: "基层履职能力", Value: "明显提高"}},
			{Level1: "satisfaction", Level2: "serviceRecipients", Annual: &model.Target{Name: "参训干部满意度", Value: "≥90%"}},
		},
		Handler: "经办人甲", FiledAt: "2023-11-14",
	}}
}

func (h *house) create(who, unit string, c filing.Content) filing.Answer {
	h.t.Helper()
	a, err := h.Create(h.t.Context(), people[who], filing.NewRecord{UnitID: h.units[unit].ID, Year: year, Content: c})
	return h.fine(a, err)
}

func (h *house) fine(a filing.Answer, err error) filing.Answer {
	h.t.Helper()
	if err != nil {
		var e *model.Error
		errors.As(err, &e)
		h.t.Fatalf("%v %+v", err, e)
	}
	return a
}

// do carries out an act that must succeed, with what it needs to be accepted.
func (h *house) do(who string, before filing.Answer, action workflow.Action) filing.Answer {
	h.t.Helper()
	return h.fine(h.Do(h.t.Context(), people[who], order(before, action)))
}

func order(before filing.Answer, action workflow.Action) filing.Order {
	o := filing.Order{RecordID: before.RecordID, Lock: before.Lock, Action: action, Reason: "理由"}
	if action == workflow.Pass && before.Step == "performance" {
		o.Grade = workflow.Excellent
	}
	return o
}

// pass takes a submitted filing of unit A through the whole chain.
func (h *house) pass(a filing.Answer) filing.Answer {
	h.t.Helper()
	for _, who := range []string{"单位审核", "部门审核", "业务股", "绩效股"} {
		o := order(a, workflow.Pass)
		if kindOf(h, a.RecordID) == model.SheetRecord {
			o.Grade = ""
		}
		a = h.fine(h.Do(h.t.Context(), people[who], o))
	}
	return a
}

func kindOf(h *house, id model.ID) (kind model.RecordKind) {
	_ = h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		r, err := tx.RecordByID(store.Everything(), id)
		kind = r.Kind
		return err
	})
	return kind
}

func expect(t testing.TB, err error, code model.Code, reason string) {
	t.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Code != code || e.Reason != reason {
		t.Fatalf("got %v, want %s %s", err, code, reason)
	}
}

// events lists the log of a record as actor, action, from and to, and why refused.
func (h *house) events(id model.ID) []string {
	h.t.Helper()
	var got []string
	err := h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(store.Everything(), store.EventFilter{RecordID: id})
		for _, e := range events {
			var d struct{ Refused, DeputyFor string }
			_ = json.Unmarshal([]byte(e.Detail), &d)
			line := e.Actor + " " + e.Action + " " + string(e.FromState) + "→" + string(e.ToState)
			if d.DeputyFor != "" {
				line += " 代" + d.DeputyFor
			}
			if d.Refused != "" {
				line += " ✗" + d.Refused
			}
			got = append(got, line)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return got
}

// total is the sum of the budget money in a state of the tables.
func (h *house) total(state model.TableState) (sum model.Money) {
	h.t.Helper()
	err := h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		q := store.FactQuery{Scope: store.Everything(), Year: year, State: state, Root: region, Below: true}
		facts, err := tx.SumFacts(q, model.Predicate{Measure: model.MeasureBudget})
		for _, f := range facts {
			sum += f.Amount
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return sum
}

func (h *house) totals(t testing.TB, draft, initial, adjusted model.Money) {
	t.Helper()
	if d, i, a := h.total(model.StateDraft), h.total(model.StateInitial), h.total(model.StateAdjusted); d != draft || i != initial || a != adjusted {
		t.Fatalf("totals are %s, %s, %s, want %s, %s, %s", d, i, a, draft, initial, adjusted)
	}
}
