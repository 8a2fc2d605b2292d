package api_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// hostile makes bodies that no route may take out of a good one.
func hostile(good string) map[string]string {
	long := strings.Repeat("长", 3_500_000) // above 10 MB
	inside := func(member string) string { return strings.Replace(good, "{", "{"+member+",", 1) }
	first := good[strings.IndexByte(good, '"')+1:]
	first = first[:strings.IndexByte(first, '"')]
	return map[string]string{
		"not JSON": good + "}", "cut off": good[:len(good)-1], "empty": "", "null": "null", "a list": "[" + good + "]", "a text": `"` + long[:90] + `"`,
		"10 MB": inside(`"reason":"` + long + `"`), "10 MB of blanks": strings.Repeat(" ", 11<<20) + good,
		"invalid UTF-8": inside("\"reason\":\"\xff\xfe\""), "an unknown key": inside(`"isAdmin":true`), "a script as key": inside(`"<script>":1`),
		"a key twice": inside(`"` + first + `":null`), "other case": strings.Replace(good, `"`+first+`"`, `"`+strings.ToUpper(first)+`"`, 1),
		"wrong type": strings.Replace(good, `"`+first+`":`, `"`+first+`":{"$gt":""},"x":`, 1), "NUL": inside(`"reason":"a\u0000b"`),
		"deep": strings.Repeat(`{"content":`, 20_000) + "1" + strings.Repeat("}", 20_000),
	}
}

// Whatever is sent, the answer is a problem that says what is wrong, never a 5xx, and
// nothing is stored.
func TestHostileRecordBodies(t *testing.T) {
	h := newHall(t)
	bodies := recordBodies("/filings", "Filing", "Filings", goodFiling)
	maps.Copy(bodies, recordBodies("/sheets", "Sheet", "Sheets", goodSheet))
	maps.Copy(bodies, recordBodies("/targets", "Target", "Targets", goodTarget))
	bodies["giveApproval"] = sample{"/approvals", goodApproval}
	people := []*person{h.people["jb"], h.people["jx"], h.people["ys"]}
	for _, route := range h.api.Table().Routes() {
		good, ok := bodies[route.ID]
		if !ok {
			continue
		}
		for name, body := range hostile(good.body) {
			for _, p := range people {
				a := p.send(route.Method, "/"+strings.TrimPrefix(good.path, "/"), body, "If-Match", `"1"`, "Content-Type", "application/json")
				problem := strings.HasPrefix(a.header.Get("Content-Type"), "application/problem+json") && a.body["detail"] != ""
				if a.status < 400 || a.status >= 500 || !problem {
					t.Errorf("%s, %s as %s: %d %.300s", route.ID, name, p.login, a.status, a.raw)
				}
				if strings.Contains(a.raw, "<script>") || strings.Contains(a.raw, "goroutine") || strings.Contains(a.raw, "json:") {
					t.Errorf("%s, %s: %.300s", route.ID, name, a.raw)
				}
			}
		}
	}
	h.nothingChanged()
}

// Texts that look like formulas or markup are texts: kept, shown as they are, and
// harmless where they go out. Where a text isn't meant they are refused.
func TestTextsStayTexts(t *testing.T) {
	h := newHall(t)
	jb := h.people["jb"]
	r := jb.begin("/filings", "701001", `{"code":"F","name":"=1+1","form":{"overview":"<script>alert(1)</script>"}}`)
	a := jb.want(200, "GET", r.path, nil)
	content := a.body["content"].(map[string]any)
	if content["name"] != "=1+1" || content["form"].(map[string]any)["overview"] != "<script>alert(1)</script>" || strings.Contains(a.raw, "<script>") {
		t.Errorf("got %s", a.raw)
	}
	export := jb.want(200, "GET", "/filings/export", nil)
	if !strings.Contains(export.raw, ",F,'=1+1,0.00,") || !strings.HasPrefix(export.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("got %s", export.raw)
	}
	for place, body := range map[string]string{
		"/content/budget/0/amount":   `{"content":{"code":"F","name":"x","budget":[{"amount":"=1+1"}]}}`,
		"/content/budget/0/fundKind": `{"content":{"code":"F","name":"x","budget":[{"fundKind":"<script>"}]}}`,
		"/content/form/filedAt":      `{"content":{"code":"F","name":"x","form":{"filedAt":"2023-02-30"}}}`,
		"/content/appendixNo":        `{"content":{"code":"F","name":"x","appendixNo":"1; DROP TABLE records"}}`,
	} {
		a := jb.want(422, "PUT", r.path, body, "If-Match", r.tag)
		if !strings.Contains(a.raw, `"pointer":"`+place+`"`) {
			t.Errorf("%s: %s", place, a.raw)
		}
	}
	for _, query := range []string{"?text=%27%20OR%201%3D1--", "?under=%25", "?text=%25"} {
		if a := jb.want(200, "GET", "/filings"+query, nil); a.body["total"].(float64) != 0 {
			t.Errorf("%s finds %v", query, a.body["total"])
		}
	}
	for _, query := range []string{"?sort=size", "?year=1e9", "?state=open", "?unit=x", "?page=0", "?size=100000", "?nonsense=1", "?text="} {
		jb.want(422, "GET", "/filings"+query, nil)
	}
}

// Who saves over what somebody else saved learns who, when, and field by field what.
func TestStaleVersionsShowWhatChanged(t *testing.T) {
	h := newHall(t)
	jb := h.people["jb"]
	r := h.records["/filings"]["701001"]
	jb.want(428, "PUT", r.path, `{"content":{"code":"P701001","name":"甲"}}`)
	jb.want(200, "PUT", r.path, `{"content":{"code":"P701001","name":"甲"}}`, "If-Match", r.tag)
	a := jb.want(409, "PUT", r.path, `{"content":{"code":"P701001","name":"乙"}}`, "If-Match", r.tag)
	changed := a.body["changed"].(map[string]any)
	difference := changed["differences"].([]any)[0].(map[string]any)
	if changed["by"] != "jb" || changed["lock"] != 2.0 || difference["after"] != "甲" || a.header.Get("ETag") != `"2"` {
		t.Errorf("got %s", a.raw)
	}
	fresh := jb.want(200, "GET", r.path, nil)
	if again := jb.send("GET", r.path, nil, "If-None-Match", fresh.header.Get("ETag")); again.status != 304 {
		t.Errorf("an unchanged record is sent again: %d", again.status)
	}
}

// 200 presses at once are one submission: one answer that took, one event.
func TestManyPressesAreOneSubmission(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		jb := c.people["jb"]
		for name, headers := range map[string][]string{"without a key": nil, "with a key": {"Idempotency-Key", "press-0001"}} {
			code := "A"
			if headers != nil {
				code = "B"
			}
			r := jb.begin("/filings", "701001", soundFiling(t, code))
			var wait sync.WaitGroup
			statuses := make([]int, 200)
			for i := range statuses {
				wait.Go(func() {
					statuses[i] = jb.send("POST", r.path+"/submit", `{}`, append([]string{"If-Match", r.tag}, headers...)...).status
				})
			}
			wait.Wait()
			accepted := 0
			for _, status := range statuses {
				if status == 200 {
					accepted++
				} else if status != 409 {
					t.Errorf("%s: status %d", name, status)
				}
			}
			if want := map[bool]int{true: 1, false: 200}[headers == nil]; accepted != want {
				t.Errorf("%s: %d were accepted, want %d", name, accepted, want)
			}
			if events := c.accepted(r, "filing.submit"); events != 1 {
				t.Errorf("%s: %d events", name, events)
			}
		}
	})
}

// accepted counts the events of an action on a record that were not refused.
func (c *county) accepted(r ref, action string) int {
	c.Helper()
	var history struct {
		Events []struct{ Action, Refused string }
	}
	c.must(json.Unmarshal([]byte(c.people["jb"].want(200, "GET", r.path+"/history", nil).raw), &history))
	return len(slices.DeleteFunc(history.Events, func(e struct{ Action, Refused string }) bool {
		return e.Action != action || e.Refused != ""
	}))
}
