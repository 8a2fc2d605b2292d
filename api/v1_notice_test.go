package api_test

import (
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/filing"
	"biaochi/service/workflow"
)

func (d *desk) notices() []string {
	d.Helper()
	got := d.expect(d.do("GET", "/notices?unread=true", nil), 200)
	var list []string
	for _, item := range got.body["items"].([]any) {
		n := item.(map[string]any)
		if n["kind"] != "project" && (n["recordId"] != nil) != (n["recordKind"] != "") {
			d.Errorf("%v leads nowhere", n)
		}
		list = append(list, n["kind"].(string)+" "+n["text"].(string))
	}
	return list
}

func (d *desk) told(want ...string) {
	d.Helper()
	got := d.notices()
	for i, part := range want {
		if i >= len(got) || !strings.Contains(got[i], part) {
			d.Fatalf("told %q, want %q", got, want)
		}
	}
	if len(got) != len(want) {
		d.Fatalf("told %q, want %q", got, want)
	}
	d.expect(d.do("POST", "/notices/read", map[string]any{"ids": []string{}}), 204)
}

// A submission waits for the head of its unit alone; coming back, the preparer is
// told why; nobody is told of what they did, and nobody in another unit hears of it.
func TestNoticesFollowAFiling(t *testing.T) {
	w := newTown(t)
	clerk, head := w.desk("clerk", rbac.Preparer, "701001"), w.desk("head", rbac.Reviewer, "701001")
	dept, sister := w.desk("dept", rbac.Reviewer, "701"), w.desk("sister", rbac.Reviewer, "701002")
	a := w.fileSheet("701001")
	clerk.told()
	a = w.act("clerk", rbac.Preparer, a, workflow.Submit)
	head.told("turn 单位701/701001 2024 年“基本支出表”到“单位负责人”，等待您审核")
	dept.told() // may act in the place of a head below, where there is none
	sister.told()
	clerk.told()
	a = w.act("head", rbac.Reviewer, a, workflow.Return)
	clerk.told("returned 单位701/701001 2024 年“基本支出表”被退回，请修改后重新提交。有 1 处审核意见。事由：理由")
	head.told()
	a = w.act("clerk", rbac.Preparer, a, workflow.Submit)
	w.act("head", rbac.Reviewer, a, workflow.Pass)
	dept.told("turn 单位701/701001 2024 年“基本支出表”到“主管部门负责人”，等待您审核")
	clerk.told()
}

// Where nobody sits at a step, those above who may act there are told.
func TestNoticesReachSomebody(t *testing.T) {
	w := newTown(t)
	dept := w.desk("dept", rbac.Reviewer, "701")
	w.act("clerk", rbac.Preparer, w.fileSheet("701001"), workflow.Submit)
	dept.told("turn 单位701/701001 2024 年“基本支出表”到“单位负责人”，等待您审核")
}

// One's notices are one's own: others can neither see nor mark them.
func TestNoticesAreOnesOwn(t *testing.T) {
	w := newTown(t)
	head, clerk, other := w.desk("head", rbac.Reviewer, "701"), w.desk("clerk", rbac.Preparer, "702"), w.desk("oth", rbac.Reviewer, "702")
	now := time.Now()
	head.expect(head.do("POST", "/deputies", map[string]any{"deputy": clerk.id, "from": now, "until": now.Add(time.Hour), "reason": "出差"}), 201)
	list := clerk.expect(clerk.do("GET", "/notices", nil), 200)
	if list.body["unread"] != 1.0 || list.body["total"] != 1.0 {
		t.Fatalf("notices %s", list.raw)
	}
	id := list.body["items"].([]any)[0].(map[string]any)["id"]
	other.expect(other.do("POST", "/notices/read", map[string]any{"ids": []any{id}}), 204)
	clerk.told("deputy 某head请您代理审核")
	clerk.told()
	other.told()
	anonymous := desk{office: w.office}
	anonymous.expect(anonymous.do("GET", "/notices", nil), 401)
	anonymous.expect(anonymous.do("POST", "/notices/read", map[string]any{"ids": []any{id}}), 401)
}

// fileSheet begins a unit's basic sheet as its preparer would.
func (w *town) fileSheet(unit string) filing.Answer {
	w.Helper()
	who := w.person("clerk", rbac.Preparer, unit)
	line := model.BasicLine{FunctionCode: "2050803", DepartmentEconomicCode: "30201", GovernmentEconomicCode: "50502",
		FundKind: model.GeneralPublicBudget, CostKind: model.Public, Amount: 100}
	a, err := w.filings().Create(w.Context(), who, filing.NewRecord{UnitID: w.units[unit].ID, Year: 2024, Content: filing.Content{
		Sheet: &model.SheetContent{BasicLines: []model.BasicLine{line}, Revenues: []model.RevenueLine{{FundKind: model.GeneralPublicBudget, Amount: 100}}},
	}})
	w.must(err)
	return a
}

func (w *town) person(login string, role rbac.Role, unit string) rbac.Person {
	return rbac.Person{Login: login, Assignments: []rbac.Assignment{{Role: role, Place: rbac.Unit, UnitPath: w.units[unit].Path}}}
}

// act takes an action on a record of unit 701001.
func (w *town) act(login string, role rbac.Role, a filing.Answer, action workflow.Action) filing.Answer {
	w.Helper()
	o := filing.Order{RecordID: a.RecordID, Lock: a.Lock, Action: action, Reason: "理由"}
	if action == workflow.Return {
		o.Remarks = []workflow.Remark{{Path: "$.basicLines[0].amount", Text: "请核对"}}
	}
	done, err := w.filings().Do(w.Context(), w.person(login, role, "701001"), o)
	w.must(err)
	return done
}
