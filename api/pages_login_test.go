package api_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"biaochi/model/store/storetest"
)

func (p *person) page(client *http.Client, path string) (status int, location, body string) {
	p.Helper()
	request, err := http.NewRequestWithContext(p.Context(), http.MethodGet, p.server.URL+path, nil)
	p.must(err)
	response, err := client.Do(request)
	p.must(err)
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	p.must(err)
	return response.StatusCode, response.Header.Get("Location"), string(raw)
}

// Pages ask for a login and show what the interface would show: own and lower units,
// and nothing of others.
func TestPagesAskForALogin(t *testing.T) {
	c := newCounty(t, "sqlite:"+t.TempDir()+"/x.db")
	c.travel("A")
	nobody := &person{county: c}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if status, location, _ := nobody.page(client, "/"); status != 302 || location != "/app/" {
		t.Errorf("/ leads to %q (%d)", location, status)
	}
	for _, path := range []string{"/units", "/units/000000000/701001/2024?state=draft", "/units/000000000/701001/2024/findings",
		"/units/000000000/701001/2024/tables/income", "/units/000000000/701001/2024/tables/income/figure?row=total&column=total",
		"/units/000000000/701001/2024/files/02-预算收入总表.csv"} {
		status, location, body := nobody.page(client, path)
		if status != 302 || !strings.HasPrefix(location, "/app/login?next=%2Funits") || strings.Contains(body, "示例中心") {
			t.Errorf("%s without a session: %d %q", path, status, location)
		}
	}
	const own, foreign = "/units/000000000/701001/2024", "/units/000000000/702/2024"
	for login, want := range map[string][3]int{ // list, 701001, 702
		"jb": {200, 200, 404}, "bm": {200, 200, 404}, "bjb": {200, 404, 404}, "tjb": {200, 404, 200}, "ys": {200, 200, 200},
		"lx": {200, 404, 404}, "gb": {200, 200, 404}, "gl": {403, 403, 403}, "aq": {403, 403, 403}, "sj": {403, 403, 403},
	} {
		p := c.people[login]
		for i, path := range []string{"/units", own, foreign} {
			status, _, body := p.page(p.browser(), path)
			if status != want[i] {
				t.Errorf("%s %s: status %d, want %d", login, path, status, want[i])
			}
			if i == 0 && strings.Contains(body, "示例中心") != (want[1] == 200) {
				t.Errorf("%s: the list of units shows 示例中心: %v", login, want[1] != 200)
			}
		}
	}
	jb := c.people["jb"]
	if _, _, body := jb.page(jb.browser(), "/units"); !strings.Contains(body, "示例局") || strings.Contains(body, "示例站") {
		t.Errorf("the list of a unit lacks its department's name, or shows another unit:\n%s", body)
	}
	// A department's tables are for whoever sees all its units.
	for login, want := range map[string]int{"bm": 200, "bjb": 403} {
		p := c.people[login]
		if status, _, _ := p.page(p.browser(), "/units/000000000/701/2024?scope=department"); status != want {
			t.Errorf("%s: the department's tables: status %d, want %d", login, status, want)
		}
	}
}

// The tables follow the workflow: passed counts in the draft, approved in 年初, adjusted
// in 变动后, and nothing else counts.
func TestTablesFollowTheWorkflow(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		c := newCounty(t, url)
		jb := c.people["jb"]
		totals := func(when, draft, initial, adjusted string) {
			t.Helper()
			for state, want := range map[string]string{"draft": draft, "initial": initial, "adjusted": adjusted} {
				a := jb.want(200, "GET", "/units/"+c.units["701001"].ID.String()+"/years/2024/tables?state="+state, nil)
				table := a.body["tables"].([]any)[2].(map[string]any)
				if got := table["total"]; got != want {
					t.Errorf("%s: table %v in %s shows %v, want %s", when, table["key"], state, got, want)
				}
			}
		}
		const none, double = "0.00", "200000.00"
		r := jb.begin("/filings", "701001", soundFiling(c, "A"))
		amount := c.amount(r)
		totals("draft", none, none, none)
		effect := jb.want(200, "GET", r.path+"/effect", nil)
		if !strings.Contains(effect.raw, `"after":"`+amount+`"`) || effect.body["counted"] != nil {
			t.Errorf("the effect of a draft: %s", effect.raw)
		}
		r = jb.act(r, "submit", `{}`)
		totals("in review", none, none, none)
		returned := c.people["dw"].act(r, "return", `{"reason":"请补充"}`)
		totals("returned", none, none, none)
		r = c.passAll(jb.act(returned, "submit", `{}`))
		totals("passed", amount, none, none)
		if effect := jb.want(200, "GET", r.path+"/effect", nil); len(effect.body["tables"].([]any)) != 0 {
			t.Errorf("the effect of what counts already: %s", effect.raw)
		}
		c.people["ys"].want(201, "POST", "/approvals", map[string]any{
			"unitId": c.units["701"].ID, "year": 2024, "number": "财预〔2024〕1号", "date": "2024-02-01",
		})
		totals("approved", amount, amount, amount)
		r.tag = jb.want(200, "GET", r.path, nil).header.Get("ETag")
		r = jb.act(r, "adjust", `{}`)
		more := strings.NewReplacer(amount, double, `"20000.00"`, `"40000.00"`, `"80000.00"`, `"160000.00"`).Replace(soundFiling(c, "A"))
		saved := jb.want(200, "PUT", r.path, `{"content":`+more+`}`, "If-Match", r.tag)
		r.tag = saved.header.Get("ETag")
		totals("adjusting", amount, amount, amount)
		if effect := jb.want(200, "GET", r.path+"/effect", nil); !strings.Contains(effect.raw, `"before":"`+amount+`","after":"`+double+`"`) {
			t.Errorf("the effect of an adjustment: %s", effect.raw)
		}
		warning := saved.body["findings"].([]any)[0].(map[string]any)["key"].(string) // the cost is half of the money
		jb.want(422, "POST", r.path+"/submit", `{}`, "If-Match", r.tag)
		c.passAll(jb.act(r, "submit", `{"answers":[{"key":"`+warning+`","answer":"其余用于场地"}]}`))
		totals("the adjustment passed", double, amount, amount)
		c.people["ys"].want(201, "POST", "/approvals", map[string]any{
			"unitId": c.units["701"].ID, "year": 2024, "number": "财预〔2024〕9号", "date": "2024-06-01",
		})
		totals("adjusted", double, amount, double)
	})
}

func (c *county) amount(r ref) string {
	c.Helper()
	a := c.people["jb"].want(200, "GET", "/filings?unit="+c.units["701001"].ID.String(), nil)
	return a.body["items"].([]any)[0].(map[string]any)["amount"].(string)
}
