package api_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"biaochi/api"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/exchange"
)

// treasury is a server with approved projects of 2023 in units 701001 and 702, and one
// desk for every role and place.
type treasury struct {
	office
	desks map[string]*desk
	ids   map[string]string // {unit}, {record}, {other}: what paths name
	files int               // that were uploaded
}

func newTreasury(t *testing.T) *treasury {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	accounts, enforcer := accountsOf(t, s)
	server, err := api.New(s, accounts, enforcer, api.Attachments(attachmentsIn(t)))
	if err != nil {
		t.Fatal(err)
	}
	w := &treasury{office: office{T: t, Server: httptest.NewServer(server)}, desks: map[string]*desk{}, ids: map[string]string{}}
	t.Cleanup(func() {
		w.Close()
		_ = s.Close()
	})
	w.approve(s, "701", "")
	w.approve(s, "701001", "701")
	w.approve(s, "702", "")
	w.identify(s)
	w.seat(s, accounts)
	return w
}

func (w *treasury) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *treasury) approve(s *store.Store, code, parent string) {
	w.Helper()
	sheet := &model.SheetContent{Approval: &model.ApprovalRef{Number: "1号", Date: "2023-01-20"},
		Unit: model.UnitHeader{Code: code, Name: "单位" + code, Kind: model.PublicInstitution, ParentCode: parent}}
	project := model.ProjectContent{Code: "P" + code, Name: "项目", FunctionCode: "2080101",
		Budget: []model.BudgetRow{{FundKind: model.GeneralPublicBudget, Source: model.CurrentYear, Amount: 1000_00}},
		Form: &model.Form{AnnualGoal: "完成", Indicators: []model.Indicator{
			{Level1: "output", Level2: "quantity", Annual: &model.Target{Name: "次数", Value: "≥12次"}}}}}
	_, err := exchange.NewService(s, time.Now).Import(w.Context(), exchange.New(2023, sheet, []model.ProjectContent{project}),
		exchange.ImportOptions{Actor: "test", Approved: true, Reason: "测试"})
	w.ok(err)
}

func (w *treasury) identify(s *store.Store) {
	w.Helper()
	w.ok(s.Read(w.Context(), func(tx *store.Tx) error {
		for _, code := range []string{"701", "701001", "702"} {
			unit, err := tx.UnitByCode(store.Everything(), model.DefaultRegionCode, code)
			if err != nil {
				return err
			}
			record, _, err := tx.RecordOf(store.Everything(), model.FilingRecord, unit.ID, 2023, "P"+code)
			if err != nil {
				return err
			}
			w.ids["{u"+code+"}"], w.ids["{r"+code+"}"] = unit.ID.String(), record.ID.String()
		}
		return nil
	}))
}

func (w *treasury) seat(s *store.Store, accounts *account.Service) {
	w.Helper()
	_, err := accounts.EnsureFirstAdmin(w.Context(), account.Operator("test"))
	w.ok(err)
	at := func(code string) account.At {
		var id model.ID
		w.ok(id.UnmarshalText([]byte(w.ids["{u"+code+"}"])))
		return account.At{UnitID: id}
	}
	region := account.At{RegionCode: model.DefaultRegionCode}
	for i, seat := range []struct {
		name string
		role rbac.Role
		at   account.At
	}{
		{"经办", rbac.Preparer, at("701001")}, {"他经办", rbac.Preparer, at("702")}, {"单位审核", rbac.Reviewer, at("701001")},
		{"部门审核", rbac.Reviewer, at("701")}, {"他部门", rbac.Reviewer, at("702")}, {"财政", rbac.Reviewer, region},
		{"发布", rbac.Publisher, at("701")}, {"管理", rbac.Admin, account.At{}}, {"无", "", account.At{}},
	} {
		login := fmt.Sprintf("p%d", i)
		made, password, err := accounts.CreateAccount(w.Context(), account.Operator("test"), login, account.Profile{Name: seat.name})
		w.ok(err)
		if seat.role != "" {
			_, err = accounts.Grant(w.Context(), account.Operator("test"), made.ID, seat.role, seat.at, "上岗")
			w.ok(err)
		}
		d := &desk{office: w.office}
		d.expect(d.logIn(login, password), 201)
		d.expect(d.do("POST", "/session/password", map[string]string{"oldPassword": password, "newPassword": "Tk7-lamp-Grove"}), 200)
		w.desks[seat.name] = d
	}
}

// fill puts identifiers into a path or a body.
func (w *treasury) fill(text string) string {
	for name, id := range w.ids {
		text = strings.ReplaceAll(text, name, id)
	}
	return text
}

// Every endpoint after approval, asked by every role in its own and in other units,
// in the order of a year; whoever is let through comes last and moves it on.
func TestTrackingRights(t *testing.T) {
	w := newTreasury(t)
	// The order of the columns.
	people := []string{"无", "管理", "发布", "他经办", "他部门", "经办", "单位审核", "部门审核", "财政"}
	said := `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"7次","forecast":"12次","likelihood":"certain"}]}`
	scored := `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"9次","cause":"停训"}]}`
	payment := `{"unit":"{u701001}","year":2023,"project":"P701001","fundKind":"generalPublicBudget","paidOn":"2023-07-01","amount":"500.00","returned":false,"reference":"Z1"}`
	const monitoring, evaluation, control = "/filings/{r701001}/monitoring/1-7", "/filings/{r701001}/evaluation", "/units/{u701001}/control/2023"
	for _, c := range []struct {
		method, path, body, tag string
		want                    string // status by column, 0 for not asked
	}{
		{"GET", "/board?year=2023", "", "", "403 403 403 403 200 403 200 200 200"},
		{"GET", "/board?year=2023&unit={u701001}", "", "", "403 403 403 403 404 403 200 200 200"},
		{"GET", "/payments?year=2023&unit={u701001}", "", "", "403 403 403 404 404 200 200 200 200"},
		{"POST", "/payments", payment, "", "403 403 403 404 403 201 403 403 403"},
		{"POST", "/payments", payment, "", "0 0 0 0 0 409 0 0 0"},
		{"GET", "/units/{u701001}/sheet-tasks/2023", "", "", "403 403 403 404 404 200 200 200 200"},
		{"GET", monitoring, "", "", "403 403 403 404 404 200 200 200 200"},
		{"PUT", monitoring, said, "0", "403 403 403 404 403 200 403 403 403"},
		{"PUT", monitoring, said, "0", "0 0 0 0 0 409 0 0 0"},
		{"PUT", monitoring, said, "", "0 0 0 0 0 428 0 0 0"},
		{"POST", monitoring + "/submitted", `{}`, "1", "403 403 403 404 403 200 403 403 403"},
		{"POST", monitoring + "/returned", `{}`, "2", "403 403 403 403 404 403 422 422 422"},
		{"POST", monitoring + "/confirmed", `{}`, "2", "403 403 403 403 404 403 200 409 409"},
		{"GET", evaluation, "", "", "403 403 200 404 404 200 200 200 200"},
		{"PUT", evaluation, scored, "0", "403 403 403 404 403 200 403 403 403"},
		{"POST", evaluation + "/submitted", `{}`, "1", "403 403 403 404 403 200 403 403 403"},
		{"POST", evaluation + "/confirmed", `{"tooLow":[7]}`, "2", "403 403 403 403 404 403 422 422 422"},
		{"POST", evaluation + "/returned", `{"reason":"重报"}`, "2", "403 403 403 403 404 403 200 409 409"},
		{"GET", "/filings/{r701001}/corrections", "", "", "403 403 403 404 404 200 200 200 200"},
		{"POST", "/filings/{r701001}/corrections", `{"what":"落后","responsible":"中心","due":"2099-09-30"}`, "", "403 403 403 403 403 403 403 403 201"},
		{"POST", "/corrections/{correction}/replied", `{"reply":"已补","evidence":"签到表"}`, "1", "403 403 403 404 403 200 403 403 403"},
		{"POST", "/corrections/{correction}/rechecked", `{"done":true}`, "2", "403 403 403 403 403 403 403 403 200"},
		{"GET", control, "", "", "403 403 200 404 404 200 200 200 200"},
		{"PUT", control, `{"figures":[{"fundKind":"generalPublicBudget","amount":"900.00"}]}`, "0", "403 403 403 403 403 403 403 403 200"},
		{"POST", control + "/issued", `{"reason":"一下"}`, "1", "403 403 403 403 403 403 403 403 200"},
	} {
		for i, want := range strings.Fields(c.want) {
			if want == "0" {
				continue
			}
			got := w.ask(people[i], c.method, c.path, c.body, c.tag)
			if fmt.Sprint(got.status) != want {
				t.Errorf("%s %s %s: %d, want %s: %s", people[i], c.method, c.path, got.status, want, got.raw)
			}
			if id, ok := got.body["id"].(string); ok && strings.HasSuffix(c.path, "/corrections") {
				w.ids["{correction}"] = id
			}
		}
	}
	w.comesTo(people[len(people)-1])
}

func (w *treasury) ask(who, method, path, body, tag string) answer {
	w.Helper()
	var headers []string
	if tag != "" {
		headers = []string{"If-Match", `"` + tag + `"`}
	}
	var sent any
	if body != "" {
		sent = jsonText(w.fill(body))
	}
	return w.desks[who].do(method, w.fill(path), sent, headers...)
}

// jsonText is a body that is JSON already.
type jsonText string

func (t jsonText) MarshalJSON() ([]byte, error) { return []byte(t), nil }

// comesTo looks at what the year of TestTrackingRights came to.
func (w *treasury) comesTo(who string) {
	w.Helper()
	for path, want := range map[string][]string{
		"/board?year=2023&unit={u701001}&on=2023-12-31": {`"paid":"500.00"`, `"rate":"50.00%"`, `"budget":"1000.00"`, `"level":"projects"`},
		"/filings/{r701001}/monitoring/1-7":             {`"state":"confirmed"`, `"light":"green"`, `"spending":"yellow"`},
		"/filings/{r701001}/evaluation":                 {`"state":"draft"`, `"score":"42.50"`, `"grade":"差"`, `"executionScore":"5.00"`},
		"/units/{u701001}/control/2023":                 {`"over":true`, `"over":"100.00"`},
		"/filings/{r701001}/corrections":                {`"state":"closed"`},
	} {
		got := w.ask(who, "GET", path, "", "")
		for _, part := range want {
			if got.status != 200 || !strings.Contains(got.raw, part) {
				w.Errorf("%s: no %s in %d %s", path, part, got.status, got.raw)
			}
		}
	}
}
