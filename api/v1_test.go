package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"biaochi/api"
	"biaochi/api/rest"
	"biaochi/api/rest/resttest"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/attachment"
	"biaochi/service/notice"
	"biaochi/service/workflow"
)

var update = flag.Bool("update", false, "rewrite the generated files")

// fastHash keeps logins cheap in tests.
var fastHash = account.Settings{Hash: account.HashParams{MemoryKiB: 64, Passes: 1, Lanes: 1}}

func accountsOf(t *testing.T, s *store.Store) (*account.Service, *rbac.Enforcer) {
	t.Helper()
	enforcer, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	settings := fastHash
	settings.DeputyNamed = notice.Writer{}.DeputyNamed
	return account.NewService(s, enforcer, time.Now, settings), enforcer
}

func attachmentsIn(t *testing.T) attachment.Settings {
	return attachment.Settings{Directory: t.TempDir(), MaxSize: 1 << 20}
}

func handler(t *testing.T, s *store.Store) http.Handler {
	t.Helper()
	accounts, enforcer := accountsOf(t, s)
	server, err := api.New(s, accounts, enforcer, api.Attachments(attachmentsIn(t)))
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// office is a server with its first administrator.
type office struct {
	*testing.T
	*httptest.Server
	password string
}

func newOffice(t *testing.T) office {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	accounts, enforcer := accountsOf(t, s)
	first, err := accounts.EnsureFirstAdmin(t.Context(), account.Operator("test"))
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.New(s, accounts, enforcer, api.Attachments(attachmentsIn(t)))
	if err != nil {
		t.Fatal(err)
	}
	o := office{t, httptest.NewServer(server), first.Password}
	t.Cleanup(func() {
		o.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// desk is one person's browser.
type desk struct {
	office
	cookie, csrf string
	id           string // of the account
}

type answer struct {
	status int
	header http.Header
	body   map[string]any
	raw    string
}

func (d *desk) do(method, path string, body any, headers ...string) answer {
	d.Helper()
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			d.Fatal(err)
		}
		headers = append([]string{"Content-Type", "application/json"}, headers...)
	}
	return d.send(method, path, sent, headers...)
}

// send makes a request with a body as it is; none where it is nil.
func (d *desk) send(method, path string, body []byte, headers ...string) answer {
	d.Helper()
	var sent io.Reader
	if body != nil {
		sent = bytes.NewReader(body)
	}
	request, err := http.NewRequestWithContext(d.Context(), method, d.URL+"/api"+path, sent)
	if err != nil {
		d.Fatal(err)
	}
	request.Header.Set("Cookie", d.cookie)
	request.Header.Set("X-CSRF-Token", d.csrf)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := d.Client().Do(request)
	if err != nil {
		d.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		d.Fatal(err)
	}
	a := answer{status: response.StatusCode, header: response.Header, raw: string(raw)}
	_ = json.Unmarshal(raw, &a.body)
	if kept := response.Header.Get("Set-Cookie"); kept != "" {
		d.cookie, _, _ = strings.Cut(kept, ";")
		d.csrf, _ = a.body["csrfToken"].(string)
	}
	return a
}

func (d *desk) expect(a answer, status int) answer {
	d.Helper()
	if a.status != status {
		d.Fatalf("status %d, want %d: %s", a.status, status, a.raw)
	}
	return a
}

func (d *desk) logIn(login, password string) answer {
	d.Helper()
	return d.do("POST", "/session", map[string]string{"login": login, "password": password})
}

// The administrator of a first start must change the password before anything else,
// then keeps accounts but grants no business role; rights are told with reasons.
func TestFromFirstStartToRoles(t *testing.T) {
	o := newOffice(t)
	admin := desk{office: o}
	admin.expect(admin.do("GET", "/session", nil), 401)
	admin.expect(admin.logIn("admin", "wrong password 1"), 401)
	first := admin.expect(admin.logIn("admin", o.password), 201)
	if cookie := first.header.Get("Set-Cookie"); !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
		t.Errorf("cookie %q", cookie)
	}
	admin.expect(admin.do("GET", "/accounts", nil), 403) // password first
	admin.expect(admin.do("POST", "/session/password", map[string]string{"oldPassword": o.password, "newPassword": "short"}), 422)
	admin.expect(admin.do("POST", "/session/password", map[string]string{"oldPassword": o.password, "newPassword": "Yardstick-2026"}), 200)

	made := admin.expect(admin.do("POST", "/accounts", map[string]string{"login": "li", "name": "李某"}), 201)
	id := made.body["account"].(map[string]any)["id"].(string)
	admin.expect(admin.do("POST", "/accounts", map[string]string{"login": "LI", "name": "另一人"}), 409)
	list := admin.expect(admin.do("GET", "/accounts?text=li", nil), 200)
	if list.body["total"].(float64) != 1 {
		t.Errorf("list %s", list.raw)
	}
	admin.expect(admin.do("PUT", "/accounts/"+id, map[string]string{"name": "李某某"}), 428)
	admin.expect(admin.do("PUT", "/accounts/"+id, map[string]string{"name": "李某某"}, "If-Match", `"999"`), 409)
	// An administrator appoints the first security administrator, and no other role.
	appoint := func(account, role string) answer {
		return admin.do("POST", "/accounts/"+account+"/roles", map[string]any{"role": role, "reason": "首任"})
	}
	admin.expect(appoint(id, "auditor"), 403)
	if who := admin.expect(admin.do("GET", "/session", nil), 200); !strings.Contains(who.raw, `"role.assign"`) {
		t.Errorf("nobody may appoint: %s", who.raw)
	}
	admin.expect(appoint(id, "security"), 201)
	second := admin.expect(admin.do("POST", "/accounts", map[string]string{"login": "qian", "name": "钱某"}), 201)
	admin.expect(appoint(second.body["account"].(map[string]any)["id"].(string), "security"), 403)
	why := admin.expect(admin.do("GET", "/session/why?action=filing.submit", nil), 200)
	if why.body["allowed"] != false || why.body["why"] == "" {
		t.Errorf("why %s", why.raw)
	}
	who := admin.expect(admin.do("GET", "/session", nil), 200)
	if !strings.Contains(who.raw, `"account.save"`) || strings.Contains(who.raw, `"filing.submit"`) {
		t.Errorf("who %s", who.raw)
	}
}

// Without the header that only our own pages know, a deed is refused.
func TestDeedsNeedTheToken(t *testing.T) {
	o := newOffice(t)
	d := desk{office: o}
	d.expect(d.logIn("admin", o.password), 201)
	d.csrf = "guessed"
	d.expect(d.do("DELETE", "/session", nil), 403)
	d.expect(d.do("GET", "/session", nil), 200)
}

func TestAnotherSitesPageLogsNobodyIn(t *testing.T) {
	o := newOffice(t)
	d := desk{office: o}
	a := d.do("POST", "/session", map[string]string{"login": "admin", "password": o.password}, "Sec-Fetch-Site", "cross-site")
	d.expect(a, 403)
}

func TestLoggingOutEndsTheSession(t *testing.T) {
	o := newOffice(t)
	d := desk{office: o}
	d.expect(d.logIn("admin", o.password), 201)
	kept := d.cookie
	d.expect(d.do("DELETE", "/session", nil), 204)
	d.cookie = kept
	d.expect(d.do("GET", "/session", nil), 401)
}

// Whatever is sent, the answer is a problem that says what is wrong, never a 5xx.
func TestHostileBodies(t *testing.T) {
	o := newOffice(t)
	for name, body := range map[string]string{
		"not JSON": "{", "wrong type": `{"login": 1, "password": []}`, "unknown key": `{"login":"a","password":"b","role":"admin"}`,
		"twice": `{"login":"a","login":"b","password":"c"}`, "null": `null`, "list": `[]`, "invalid UTF-8": "{\"login\":\"\xff\",\"password\":\"b\"}",
		"long": `{"login":"` + strings.Repeat("长", 3_000_000) + `","password":"b"}`, "formula": `{"login":"=1+1","password":"<script>"}`,
	} {
		request, err := http.NewRequestWithContext(t.Context(), "POST", o.URL+"/api/session", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := o.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode < 400 || response.StatusCode >= 500 || !strings.HasPrefix(response.Header.Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s: status %d, %s, %.200s", name, response.StatusCode, response.Header.Get("Content-Type"), raw)
		}
	}
}

var goodBodies = map[string]sample{
	"logIn":                           {"/session", `{"login":"li","password":"x"}`},
	"changePassword":                  {"/session/password", `{"oldPassword":"x","newPassword":"y"}`},
	"createAccount":                   {"/accounts", `{"login":"li","name":"李某","phone":"0355-1","email":null}`},
	"updateAccount":                   {"/accounts/1", `{"name":"李某","phone":null}`},
	"disableAccount":                  {"/accounts/1/disabled", `{"disabled":true,"reason":"离岗"}`},
	"resetPassword":                   {"/accounts/1/password-reset", `{"reason":"忘记"}`},
	"grantRole":                       {"/accounts/1/roles", `{"role":"preparer","unit":"7","region":null,"reason":"上岗"}`},
	"revokeRole":                      {"/roles/1/revoked", `{"reason":"离岗"}`},
	"assignOffice":                    {"/offices/7", `{"duty":"business","leads":false,"ownRecords":true,"departments":["8"],"reason":"分工"}`},
	"removeOffice":                    {"/offices/7/removed", `{"reason":"撤并"}`},
	"nameDeputy":                      {"/deputies", `{"deputy":"3","from":"2026-01-31T08:00:00+08:00","until":"2026-02-03T08:00:00+08:00","reason":"出差"}`},
	"createUnit":                      {"/units", `{"region":"000000000","code":"701003","name":"某站","kind":"publicInstitution","parentCode":"701"}`},
	"updateUnit":                      {"/units/7", `{"name":"某站","kind":null,"parentCode":null,"reason":"更名"}`},
	"removeAttachment":                {"/attachments/7/removed", `{"reason":"传错了"}`},
	"readNotices":                     {"/notices/read", `{"ids":["7"]}`},
	"saveDepartmentAssessment":        {"/filings/1/assessments/department", `{"rows":[{"line":0,"score":"8.5","reason":"佐证不足"}],"problems":"略","advice":"略"}`},
	"saveTargetDepartmentAssessment":  {"/targets/1/assessments/department", `{"rows":[{"line":0,"score":"8.5","reason":"佐证不足"}],"problems":"略","advice":"略"}`},
	"issueDepartmentAssessment":       {"/filings/1/assessments/department/issued", `{"reason":"下达"}`},
	"issueTargetDepartmentAssessment": {"/targets/1/assessments/department/issued", `{"reason":"下达"}`},
	"saveFinanceAssessment":           {"/filings/1/assessments/finance", `{"rows":[{"line":0,"score":"8.5","reason":"佐证不足"}],"problems":"略","advice":"略"}`},
	"saveTargetFinanceAssessment":     {"/targets/1/assessments/finance", `{"rows":[{"line":0,"score":"8.5","reason":"佐证不足"}],"problems":"略","advice":"略"}`},
	"issueFinanceAssessment":          {"/filings/1/assessments/finance/issued", `{"reason":"下达"}`},
	"issueTargetFinanceAssessment":    {"/targets/1/assessments/finance/issued", `{"reason":"下达"}`},
	"openYear":                        {"/years/000000000/2024/opened", `{"reason":"部署"}`},
	"closeYear":                       {"/years/000000000/2024/closed", `{"reason":"年度结束"}`},
	"setYearStage":                    {"/years/000000000/2024/stages/firstRequest", `{"unit":"1","opens":"2023-08-01","due":"2023-09-30","reason":"部署"}`},
	"saveYear":                        {"/years/000000000/2024", `{"treeKey":"2015","deadlines":[{"step":"unitHead","at":"2023-12-05T18:00:00+08:00"}],"reason":"部署"}`},
	"giveApproval":                    {"/approvals", goodApproval},
	"giveUnitApproval":                {"/approvals/units", goodApproval},
	"endDeputy":                       {"/deputies/3/ended", `{"reason":"已返岗"}`},

	"createLibraryIndicator": {"/library/indicators", libraryBody},
	"updateLibraryIndicator": {"/library/indicators/1", `{"level1":"output","level2":"quantity","name":"期数","unit":"期","operator":">=","usual":["≥12期"],` +
		`"explanation":"甲","basis":"乙","source":"丙","evidence":"丁","method":"戊","scoring":"己","functions":["2050803"],"industries":["教育"],"common":true}`},
	"disableLibraryIndicator": {"/library/indicators/1/disabled", `{"disabled":true,"reason":"不规范"}`},
	"mergeLibraryIndicator":   {"/library/indicators/1/merged", `{"into":"7","reason":"同义"}`},

	"enterPayment":      {"/payments", `{"unit":"7","year":2023,"project":"P1","fundKind":"unitFunds","paidOn":"2023-07-01","amount":"1.00","returned":false,"reference":"Z1","note":null}`},
	"saveMonitoring":    {"/filings/1/monitoring/1-7", `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"3次","band":null,"share":80,"path":{"kind":"seasonal","date":null,"months":[1,2]},"forecast":"12次","likelihood":"certain","causes":["staff"],"cause":"x","remark":null}],"goalResult":null,"forecastTotal":"1.00","forecastFiscal":null,"forecastOther":null}`},
	"saveEvaluation":    {"/filings/1/evaluation", `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"3次","band":null,"share":80,"path":{"kind":"seasonal","date":null,"months":[1,2]},"forecast":"12次","likelihood":"certain","causes":["staff"],"cause":"x","remark":null}],"goalResult":null,"forecastTotal":"1.00","forecastFiscal":null,"forecastOther":null}`},
	"submitMonitoring":  {"/filings/1/monitoring/1-7/submitted", `{"reason":"x","tooLow":[0]}`},
	"submitEvaluation":  {"/filings/1/evaluation/submitted", `{"reason":null,"tooLow":[]}`},
	"confirmMonitoring": {"/filings/1/monitoring/1-7/confirmed", `{"reason":"x","tooLow":[0]}`},
	"confirmEvaluation": {"/filings/1/evaluation/confirmed", `{"reason":null,"tooLow":[]}`},
	"returnMonitoring":  {"/filings/1/monitoring/1-7/returned", `{"reason":"x","tooLow":[0]}`},
	"returnEvaluation":  {"/filings/1/evaluation/returned", `{"reason":null,"tooLow":[]}`},

	"saveTargetEvaluation":    {"/targets/1/evaluation", `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"3次","band":null,"share":80,"path":{"kind":"seasonal","date":null,"months":[1,2]},"forecast":"12次","likelihood":"certain","causes":["staff"],"cause":"x","remark":null}],"goalResult":null,"forecastTotal":"1.00","forecastFiscal":null,"forecastOther":null}`},
	"submitTargetEvaluation":  {"/targets/1/evaluation/submitted", `{"reason":null,"tooLow":[]}`},
	"confirmTargetEvaluation": {"/targets/1/evaluation/confirmed", `{"reason":null,"tooLow":[]}`},
	"returnTargetEvaluation":  {"/targets/1/evaluation/returned", `{"reason":null,"tooLow":[]}`},

	"orderCorrection":    {"/filings/1/corrections", `{"what":"x","responsible":"y","due":"2023-09-30"}`},
	"replyCorrection":    {"/corrections/1/replied", `{"reply":"x","evidence":"y"}`},
	"recheckCorrection":  {"/corrections/1/rechecked", `{"done":true,"opinion":null}`},
	"saveControl":        {"/units/1/control/2023", `{"figures":[{"fundKind":"unitFunds","amount":"1.00"}]}`},
	"issueControl":       {"/units/1/control/2023/issued", `{"reason":"一下"}`},
	"publishEvaluations": {"/units/1/evaluations/2023/published", `{"reason":"补充"}`},

	"proposeProject":        {"/projects/1/proposed", `{"year":2024,"reason":null}`},
	"takeBackProject":       {"/projects/1/taken-back", `{"year":2024,"reason":"改"}`},
	"admitProject":          {"/projects/1/admitted", `{"year":2024,"reason":null}`},
	"refuseProject":         {"/projects/1/refused", `{"year":2024,"reason":"重复"}`},
	"storeProject":          {"/projects/1/stored", `{"year":2024,"reason":null}`},
	"unstoreProject":        {"/projects/1/unstored", `{"year":2024,"reason":"再议"}`},
	"endProject":            {"/projects/1/ended", `{"year":2025,"reason":"到期"}`},
	"resumeProject":         {"/projects/1/resumed", `{"year":2025,"reason":"延续"}`},
	"rankProject":           {"/projects/1/ranked", `{"year":2024,"place":3}`},
	"orderProject":          {"/projects/1/ordered", `{"year":2024,"place":3}`},
	"savePreEvaluation":     {"/projects/1/pre-evaluation", `{"year":2024,"conclusion":"supported","opinion":"可","evaluatedOn":"2023-10-20","evaluator":"评审中心","attachment":"7"}`},
	"savePreEvaluationRule": {"/years/000000000/2024/pre-evaluation", `{"level":"warn","threshold":"1.00","measure":"annual","lookBack":0,"source":"文","reason":"试"}`},
}

// Every body, changed at every place in every way, gets the same verdict from the
// server as from the published schema.
func TestServerAndSchemaAgree(t *testing.T) {
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	table := handler(t, s).(*api.Server).Table()
	book, methods := resttest.Read(t, table, rest.NewRules().Exceptions()), map[string]string{}
	for _, r := range table.Routes() {
		methods[r.ID] = r.Method
	}
	good := maps.Clone(goodBodies)
	for _, step := range workflow.LadderActions {
		good[string(step)+"Disclosure"] = sample{"/disclosure/" + string(step) + "?unit=7&year=2024", `{"date":"2024-02-20","name":"张某","reason":"有误"}`}
	}
	maps.Copy(good, recordBodies("/filings", "Filing", "Filings", goodFiling))
	maps.Copy(good, recordBodies("/sheets", "Sheet", "Sheets", goodSheet))
	maps.Copy(good, recordBodies("/targets", "Target", "Targets", goodTarget))
	for _, op := range book.Operations() {
		sample, ok := good[op]
		if !ok {
			t.Errorf("operation %s has no good body here", op)
			continue
		}
		method := methods[op]
		book.Agree(t, op, sample.body, func(body []byte) *http.Request {
			request := httptest.NewRequest(method, "/api"+sample.path, bytes.NewReader(body))
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("If-Match", `"1"`)
			return request
		})
	}
}

// The committed document is the one that the routes give; no route is in doubt or
// around the table.
func TestSpecIsFresh(t *testing.T) {
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	table := handler(t, s).(*api.Server).Table()
	if err := table.WriteSpec("openapi.json", api.Title, api.Version, *update); err != nil {
		t.Error(err)
	}
	for _, route := range table.Routes() {
		if route.Action.Name == "" {
			t.Errorf("%s has no action", route.ID)
		}
	}
}
