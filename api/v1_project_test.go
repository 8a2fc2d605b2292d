package api_test

import (
	"slices"
	"strings"
	"testing"
)

// A project goes through the library over the interface: a stale tag is a conflict, a
// target that isn't proper says what it lacks and where, the list sums up.
func TestProjectLibrary(t *testing.T) {
	eachHall(t, func(t *testing.T, h *hall) {
		jb, bm, ys := h.people["jb"], h.people["bm"], h.people["ys"]
		path := h.records["/projects"]["701001"].path
		a := bm.want(422, "POST", path+"/admitted", `{"year":2024}`, "If-Match", `"2"`)
		if a.body["reason"] != "project.target" || !strings.Contains(a.raw, "还没有填写绩效目标申报表") {
			t.Errorf("got %s", a.raw)
		}
		r := jb.begin("/filings", "701001", soundFiling(t, "S1"))
		list := jb.want(200, "GET", "/projects?year=2024&region=000000000&text=S1", nil)
		item := list.body["items"].([]any)[0].(map[string]any)
		if item["state"] != "candidate" || list.body["asked"] != item["asked"] || item["filing"] != strings.TrimPrefix(r.path, "/filings/") {
			t.Fatalf("got %s", list.raw)
		}
		path = "/projects/" + item["id"].(string)
		jb.want(428, "POST", path+"/proposed", `{"year":2024}`)
		a = jb.want(200, "POST", path+"/proposed", `{"year":2024}`, "If-Match", `"1"`)
		jb.want(409, "POST", path+"/taken-back", `{"year":2024}`, "If-Match", `"1"`)
		if a.body["state"] != "proposed" || a.header.Get("ETag") != `"2"` {
			t.Errorf("got %s", a.raw)
		}
		task := `"kind":"admit","region":"` + home + `","unit":{"code":"701001","name":"示例中心"},"project":{"id":"` + item["id"].(string) + `"`
		if a = bm.want(200, "GET", "/project-tasks?year=2024", nil); a.body["total"] != 3.0 || !strings.Contains(a.raw, task) {
			t.Errorf("the department's tasks: %s", a.raw)
		}
		bm.want(200, "POST", path+"/admitted", `{"year":2024}`, "If-Match", `"2"`)
		if a = bm.want(200, "GET", "/project-tasks?year=2024", nil); strings.Contains(a.raw, task) || !strings.Contains(a.raw, `"kind":"rank"`) {
			t.Errorf("the department's tasks: %s", a.raw)
		}
		bm.want(422, "GET", "/project-tasks", nil)
		a = bm.want(200, "POST", path+"/ranked", `{"year":2024,"place":1}`, "If-Match", `"0"`)
		if a.body["place"] != 1.0 || a.header.Get("ETag") != `"1"` {
			t.Errorf("got %s", a.raw)
		}
		bm.want(409, "POST", path+"/ranked", `{"year":2024,"place":0}`, "If-Match", `"0"`)
		rule := `{"level":"block","threshold":"1.00","measure":"annual","lookBack":0,"source":"县财预1号","reason":"部署"}`
		ys.want(200, "PUT", "/years/000000000/2024/pre-evaluation", rule, "If-Match", `"0"`)
		ys.want(409, "PUT", "/years/000000000/2024/pre-evaluation", rule, "If-Match", `"0"`)
		ys.want(422, "PUT", "/years/000000000/2024/pre-evaluation", strings.Replace(rule, "县财预1号", " ", 1), "If-Match", `"1"`)
		a = ys.want(409, "POST", path+"/stored", `{"year":2024}`, "If-Match", `"3"`)
		if a.body["reason"] != "project.preEvaluation" {
			t.Errorf("got %s", a.raw)
		}
		history := jb.want(200, "GET", path+"/history", nil)
		for _, said := range []string{"申请入库", "纳入部门项目库", "新位次", "没有应有的事前绩效评估，或结论为不予支持"} {
			if !strings.Contains(history.raw, said) {
				t.Errorf("the history doesn't tell %q: %s", said, history.raw)
			}
		}
		if set := ys.want(200, "GET", "/years/000000000/2024/history", nil); !strings.Contains(set.raw, `"label":"金额标准（元）","before":"0.00","after":"1.00"`) {
			t.Errorf("the year's history: %s", set.raw)
		}
		for _, query := range []string{"", "?year=2024", "?year=2024&region=000000000&state=open", "?year=2024&region=000000000&sort=code"} {
			jb.want(422, "GET", "/projects"+query, nil)
		}
	})
}

// Each move in the library is told to whoever it waits for now, or to the unit; nobody
// hears of what they did, nor of another department.
func TestNoticesOfTheLibrary(t *testing.T) {
	eachHall(t, func(t *testing.T, h *hall) {
		jb, bm, yw := h.people["jb"], h.people["bm"], h.people["yw"]
		told := func(p *person, want ...string) {
			t.Helper()
			a := p.want(200, "GET", "/notices?unread=true", nil)
			var got []string
			for _, item := range a.body["items"].([]any) {
				if n := item.(map[string]any); n["kind"] == "project" {
					got = append(got, strings.TrimPrefix(n["text"].(string), "示例中心 2024 年项目“基层干部业务培训”"))
				}
			}
			p.want(204, "POST", "/notices/read", map[string]any{"ids": []string{}})
			if !slices.Equal(got, want) {
				t.Errorf("%s was told %q, want %q", p.login, got, want)
			}
		}
		jb.begin("/filings", "701001", soundFiling(t, "S1"))
		item := jb.want(200, "GET", "/projects?year=2024&region=000000000&text=S1", nil).body["items"].([]any)[0].(map[string]any)
		path, tag := "/projects/"+item["id"].(string), `"1"`
		act := func(p *person, way string) {
			t.Helper()
			tag = p.want(200, "POST", path+way, `{"year":2024,"reason":"理由"}`, "If-Match", tag).header.Get("ETag")
		}
		for _, who := range []*person{jb, bm, yw} {
			told(who)
		}
		act(jb, "/proposed")
		told(bm, "申请入库，等待您审核纳入部门项目库。")
		act(bm, "/refused")
		told(jb, "被退回，请修改后重新申请入库。事由：理由")
		act(jb, "/proposed")
		act(bm, "/admitted")
		told(jb, "已纳入部门项目库。")
		told(yw, "等待您审核纳入财政项目库。")
		act(yw, "/stored")
		told(jb, "已纳入财政项目库。")
		act(yw, "/unstored")
		told(bm, "被退回部门项目库，请处理。事由：理由", "申请入库，等待您审核纳入部门项目库。")
		told(jb, "已被退回部门项目库。事由：理由")
		for _, who := range []string{"tbm", "tjb", "lx", "dw", "yw"} {
			told(h.people[who])
		}
	})
}
