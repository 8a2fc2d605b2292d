package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"biaochi/api"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/attachment"
)

// county is a server of two regions with people in every seat: the first has
// departments 701 (units 701001 and 701002) and 702 and three offices.
type county struct {
	*testing.T
	server   *httptest.Server
	api      *api.Server
	store    *store.Store
	accounts *account.Service
	enforcer *rbac.Enforcer
	files    string                      // where attachments lie
	units    map[string]model.BudgetUnit // by code
	people   map[string]*person
}

// person is somebody logged in, with the client of their browser.
type person struct {
	*county
	login, csrf, cookie string
}

const (
	home   = model.DefaultRegionCode
	abroad = "111111111"
)

func newCounty(t *testing.T, url string) *county {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	c := &county{T: t, store: s, files: t.TempDir(), units: map[string]model.BudgetUnit{}, people: map[string]*person{}}
	c.accounts, c.enforcer = accountsOf(t, s)
	c.api, err = api.New(s, c.accounts, c.enforcer, api.Attachments(attachment.Settings{Directory: c.files, MaxSize: 1 << 20}))
	c.must(err)
	c.server = httptest.NewServer(c.api)
	t.Cleanup(func() {
		c.server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	c.addUnits()
	c.addPeople()
	return c
}

func eachCounty(t *testing.T, test func(t *testing.T, c *county)) {
	storetest.EachEngine(t, func(t *testing.T, url string) { test(t, newCounty(t, url)) })
}

func (c *county) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *county) addUnits() {
	c.Helper()
	c.must(c.store.InTx(c.Context(), func(tx *store.Tx) error {
		if err := tx.SaveRegion(&model.Region{Code: abroad, Name: "邻县", SetKey: model.DefaultSetKey}); err != nil {
			return err
		}
		for _, u := range []struct{ region, path, parent, name string }{
			{home, "701/", "", "示例局"}, {home, "701/701001/", "701", "示例中心"}, {home, "701/701002/", "701", "示例站"},
			{home, "702/", "", "其他局"}, {home, "YW/", "", "业务股"}, {home, "JX/", "", "绩效股"}, {home, "YS/", "", "预算股"},
			{abroad, "801/", "", "邻县局"},
		} {
			parts := strings.Split(strings.TrimSuffix(u.path, "/"), "/")
			unit := model.BudgetUnit{
				RegionCode: u.region, Code: parts[len(parts)-1], Name: u.name, Kind: model.PublicInstitution,
				ParentCode: u.parent, Path: model.RegionPath(u.region) + u.path,
			}
			if err := tx.AddUnit(&unit); err != nil {
				return err
			}
			c.units[unit.Code] = unit
		}
		return nil
	}))
	operator := account.Operator("test")
	for code, office := range map[string]account.OfficeChange{
		"YW": {Duty: "business", DepartmentIDs: []model.ID{c.units["701"].ID}},
		"JX": {Duty: "performance", DepartmentIDs: []model.ID{c.units["701"].ID, c.units["702"].ID}},
		"YS": {Duty: "budget", Leads: true},
	} {
		office.UnitID = c.units[code].ID
		c.must(c.accounts.AssignOffice(c.Context(), operator, office, "分工"))
	}
}

func (c *county) addPeople() {
	c.Helper()
	for login, seat := range map[string]struct {
		role rbac.Role
		unit string // "" for the installation, "region" for the root
	}{
		"jb": {rbac.Preparer, "701001"}, "pjb": {rbac.Preparer, "701002"}, "bjb": {rbac.Preparer, "701"}, "tjb": {rbac.Preparer, "702"},
		"dw": {rbac.Reviewer, "701001"}, "bm": {rbac.Reviewer, "701"}, "tbm": {rbac.Reviewer, "702"},
		"yw": {rbac.Reviewer, "YW"}, "jx": {rbac.Reviewer, "JX"}, "ys": {rbac.Reviewer, "YS"}, "cz": {rbac.Reviewer, "region"},
		"gb": {rbac.Publisher, "701"}, "lx": {rbac.Reviewer, "801"}, "xjb": {rbac.Preparer, "801"},
		"gl": {rbac.Admin, ""}, "aq": {rbac.Security, ""}, "sj": {rbac.Auditor, ""},
	} {
		at := account.At{UnitID: c.units[seat.unit].ID}
		if seat.unit == "region" {
			at.RegionCode = home
		}
		c.people[login] = c.employ(login, seat.role, at)
	}
}

// employ makes an account with a role and logs it in.
func (c *county) employ(login string, role rbac.Role, at account.At) *person {
	c.Helper()
	operator := account.Operator("test")
	made, once, err := c.accounts.CreateAccount(c.Context(), operator, login, account.Profile{Name: "某" + login})
	c.must(err)
	_, err = c.accounts.Grant(c.Context(), operator, made.ID, role, at, "上岗")
	c.must(err)
	signed, err := c.accounts.Login(c.Context(), account.Credentials{Login: login, Password: once})
	c.must(err)
	signed, err = c.accounts.ChangePassword(c.Context(), account.PasswordChange{Token: signed.Token, Old: once, New: "Tk7-lamp-Grove"})
	c.must(err)
	return &person{county: c, login: login, csrf: signed.CSRF, cookie: "biaochi_session=" + signed.Token}
}

// browser is a client that is logged in as the person and follows no redirect.
func (p *person) browser() *http.Client {
	p.Helper()
	jar, err := cookiejar.New(nil)
	p.must(err)
	address, err := url.Parse(p.server.URL)
	p.must(err)
	name, token, _ := strings.Cut(p.cookie, "=")
	jar.SetCookies(address, []*http.Cookie{{Name: name, Value: token, Path: "/"}})
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// send makes a request of the interface; a body that is text goes as it is.
func (p *person) send(method, path string, body any, headers ...string) answer {
	request := httptest.NewRequest(method, "/api"+path, nil)
	if body != nil {
		raw, ok := body.(string)
		if !ok {
			encoded, _ := json.Marshal(body)
			raw = string(encoded)
		}
		request = httptest.NewRequest(method, "/api"+path, strings.NewReader(raw))
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Cookie", p.cookie)
	request.Header.Set("X-CSRF-Token", p.csrf)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	p.api.ServeHTTP(recorder, request)
	a := answer{status: recorder.Code, header: recorder.Header(), raw: recorder.Body.String()}
	_ = json.Unmarshal(recorder.Body.Bytes(), &a.body)
	return a
}

// want is send with a status that must come back.
func (p *person) want(status int, method, path string, body any, headers ...string) answer {
	p.Helper()
	a := p.send(method, path, body, headers...)
	if a.status != status {
		p.Fatalf("%s %s %s: status %d, want %d: %.1500s", p.login, method, path, a.status, status, a.raw)
	}
	return a
}

// ref is a record by its address, with the tag that was read last.
type ref struct{ path, tag string }

// begin makes a draft of content in a unit.
func (p *person) begin(kind, unit string, content string) ref {
	p.Helper()
	a := p.want(201, "POST", kind, `{"unitId":"`+p.units[unit].ID.String()+`","year":2024,"content":`+content+`}`)
	return ref{strings.TrimPrefix(a.header.Get("Location"), "/api"), a.header.Get("ETag")}
}

// act carries out an act that must succeed and gives the record as it is then.
func (p *person) act(r ref, verb, body string) ref {
	p.Helper()
	a := p.want(200, "POST", r.path+"/"+verb, body, "If-Match", r.tag)
	return ref{r.path, a.header.Get("ETag")}
}

// soundFiling is a filing that the checks have nothing against, under a code.
func soundFiling(t testing.TB, code string) string {
	t.Helper()
	var file struct{ Sound map[string]any }
	raw := mustRead(t, "../service/check/testdata/filing.json")
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	file.Sound["code"] = code
	if code != "A" { // or each would be a copy of the other
		form := file.Sound["form"].(map[string]any)
		for _, name := range []string{"overview", "necessity", "safeguards", "plan", "longTermGoal", "annualGoal"} {
			form[name] = form[name].(string) + "项目" + code
		}
	}
	raw, err := json.Marshal(file.Sound)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// travel takes a sound filing of unit 701001 through the whole chain.
func (c *county) travel(code string) ref {
	c.Helper()
	r := c.people["jb"].begin("/filings", "701001", soundFiling(c, code))
	return c.passAll(c.people["jb"].act(r, "submit", `{}`))
}

func (c *county) passAll(r ref) ref {
	c.Helper()
	for _, who := range []string{"dw", "bm", "yw"} {
		r = c.people[who].act(r, "pass", `{}`)
	}
	grade := `{"grade":"excellent"}`
	if strings.HasPrefix(r.path, "/sheets/") { // which get none
		grade = `{}`
	}
	return c.people["jx"].act(r, "pass", grade)
}

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
