package api_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"biaochi/api/rest"
	"biaochi/api/rest/resttest"
)

// What the server answers is what the document promises, whose types the application
// for browsers is built on: on both engines, with records in every state.
func TestAnswersConform(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		book := resttest.Read(t, c.api.Table(), rest.NewRules().Exceptions())
		jb, ys := c.people["jb"], c.people["ys"]
		full := jb.begin("/filings", "701001", goodFiling)
		sheet := jb.begin("/sheets", "701001", goodSheet)
		passed := c.travel("A")
		waits := c.people["jb"].act(jb.begin("/filings", "701001", soundFiling(t, "B")), "submit", `{}`)
		returned := c.people["dw"].act(waits, "return", `{"remarks":[{"path":"$.form.annualGoal","text":"写具体些"}]}`)
		negotiated := c.negotiate("C")
		unit, dept := c.units["701001"].ID.String(), c.units["701"].ID.String()
		year := "/units/" + unit + "/years/2024"
		check := func(p *person, op, method, path, body string, headers ...string) answer {
			t.Helper()
			var sent any
			if body != "" {
				sent = body
			}
			a := p.send(method, path, sent, headers...)
			recorder := httptest.NewRecorder()
			recorder.Header().Set("Content-Type", a.header.Get("Content-Type"))
			recorder.WriteHeader(a.status)
			_, _ = recorder.WriteString(a.raw)
			if err := book.Conforms(op, recorder); err != nil || a.status >= 400 {
				t.Errorf("%s %s as %s: %d %v\n%.1200s", op, path, p.login, a.status, err, a.raw)
			}
			return a
		}
		for _, r := range []ref{full, passed, returned, negotiated} {
			check(jb, "getFiling", "GET", r.path, "")
			check(jb, "historyOfFiling", "GET", r.path+"/history", "")
			check(jb, "versionOfFiling", "GET", r.path+"/versions/1", "")
			check(jb, "compareFiling", "GET", r.path+"/differences?from=1&to=1", "")
			check(jb, "effectOfFiling", "GET", r.path+"/effect", "")
		}
		check(jb, "getSheet", "GET", sheet.path, "")
		check(jb, "saveSheet", "PUT", sheet.path, `{"content":{"unit":{"name":"新名"}}}`, "If-Match", sheet.tag)
		check(jb, "effectOfSheet", "GET", sheet.path+"/effect", "")
		for _, query := range []string{"", "?year=2024&sort=-moved", "?state=inReview&sort=name", "?text=" + "%E5%9F%B9%E8%AE%AD&sort=project", "?under=000000000/701/&sort=state"} {
			if a := check(jb, "listFilings", "GET", "/filings"+query, ""); a.body["total"].(float64) < 1 {
				t.Errorf("%s finds nothing", query)
			}
		}
		check(jb, "listTasks", "GET", "/tasks", "")
		check(c.people["dw"], "listTasks", "GET", "/tasks", "")
		check(ys, "pendingApprovals", "GET", "/approvals/pending?year=2024", "")
		waiting := check(ys, "waitingApproval", "GET", "/approvals/waiting?year=2024&unit="+dept, "")
		if waiting.body["allowed"] != true || len(waiting.body["records"].([]any)) != 1 || waiting.body["amount"] != "100000.00" {
			t.Errorf("what waits for the 批复: %s", waiting.raw)
		}
		if a := jb.want(200, "GET", "/approvals/waiting?year=2024&unit="+unit, nil); a.body["allowed"] != false || a.body["why"] == "" {
			t.Errorf("what waits for the 批复 of the department: %s", a.raw)
		}
		check(ys, "giveApproval", "POST", "/approvals", `{"unitId":"`+dept+`","year":2024,"number":"1号","date":"2024-02-01"}`)
		check(jb, "getFiling", "GET", passed.path, "")
		check(jb, "listApprovals", "GET", "/approvals?unit="+dept, "")
		for _, state := range []string{"", "?state=draft", "?state=initial"} {
			check(jb, "listTables", "GET", year+"/tables"+state, "")
			check(jb, "listFindings", "GET", year+"/findings"+state, "")
		}
		check(c.people["bm"], "listTables", "GET", "/units/"+dept+"/years/2024/tables?department=true", "")
		for _, key := range []string{"incomeAndExpenditure", "income", "projects", "threePublic"} {
			check(jb, "getTable", "GET", year+"/tables/"+key, "")
		}
		figure := check(jb, "openFigure", "GET", year+"/tables/incomeAndExpenditure/figure?row=grand&column=total", "")
		if figure.body["amount"] != "100000.00" || figure.body["facts"].([]any)[0].(map[string]any)["approval"] != "1号" {
			t.Errorf("what a figure is made of: %s", figure.raw)
		}
		check(jb, "listUnits", "GET", "/units?action=filing.save", "")
		check(jb, "getUnit", "GET", "/units/"+unit, "")
		check(jb, "listYears", "GET", "/years", "")
		check(jb, "getMapping", "GET", "/mapping?year=2024&unit="+unit, "")
		check(jb, "listCodes", "GET", "/catalogues/departmentEconomic?year=2024&under=302&text=%E5%8A%9E", "")
		check(jb, "getIndicatorTree", "GET", "/indicator-trees/2021", "")
		check(jb, "getReviewTemplate", "GET", "/review-template?year=2024", "")
		meaning := check(jb, "readIndicatorValue", "GET", "/indicator-values?year=2024&text=%E2%89%A4450%E5%85%83%2F%E4%BA%BA%C2%B7%E5%A4%A9", "")
		if meaning.body["sentence"] != "不高于 450 元，每人每天" {
			t.Errorf("got %s", meaning.raw)
		}
		audit := check(c.people["sj"], "listAuditEvents", "GET", "/audit-events?action=filing.&refused=false&actor=jb&from=2020-01-01T00:00:00Z", "")
		if audit.body["total"].(float64) < 5 || strings.Contains(audit.raw, `"action":"account`) {
			t.Errorf("got %s", audit.raw)
		}
	})
}

// negotiate brings a filing to where an agreed edit waits for the preparer.
func (c *county) negotiate(code string) ref {
	c.Helper()
	r := c.people["jb"].act(c.people["jb"].begin("/filings", "701001", soundFiling(c, code)), "submit", `{}`)
	for _, who := range []string{"dw", "bm", "yw"} {
		r = c.people[who].act(r, "pass", `{}`)
	}
	edit := strings.Replace(soundFiling(c, code), "基层干部业务培训", "基层干部业务轮训", 1)
	return c.people["jx"].act(r, "editAgreed", `{"grade":"good","reason":"名称不准确","content":`+edit+`}`)
}

// What is written comes back as it was, every field of it.
func TestContentsComeBack(t *testing.T) {
	c := newCounty(t, "sqlite:"+t.TempDir()+"/x.db")
	for kind, content := range map[string]string{"/filings": goodFiling, "/sheets": goodSheet, "/targets": goodTarget} {
		r := c.people["jb"].begin(kind, "701001", content)
		got := c.people["jb"].want(200, "GET", r.path, nil).body["content"]
		var want map[string]any
		c.must(json.Unmarshal([]byte(content), &want))
		missing(t, kind, want, got)
		tag := c.people["jb"].want(200, "GET", r.path, nil).header.Get("ETag")
		raw, _ := json.Marshal(map[string]any{"content": got})
		if a := c.people["jb"].want(200, "PUT", r.path, string(raw), "If-Match", tag); a.body["changed"] != false {
			t.Errorf("%s: saving what was read changed it", kind)
		}
	}
}

// missing tells what of want isn't in got; amounts may be written in another way, and
// blanks may be left out.
func missing(t *testing.T, place string, want, got any) {
	t.Helper()
	switch want := want.(type) {
	case nil:
	case map[string]any:
		object, _ := got.(map[string]any)
		for name, value := range want {
			missing(t, place+"/"+name, value, object[name])
		}
	case []any:
		list, _ := got.([]any)
		if len(list) != len(want) {
			t.Errorf("%s has %d items, want %d", place, len(list), len(want))
			return
		}
		for i := range want {
			missing(t, place, want[i], list[i])
		}
	default:
		if strings.HasSuffix(place, "mount") || strings.Contains(place, "unds/") || strings.Contains(place, "ublic/") {
			if got == nil {
				t.Errorf("%s is missing", place)
			}
		} else if want != got {
			t.Errorf("%s is %v, want %v", place, got, want)
		}
	}
}
