package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
)

// soundNationalFiling is soundFiling in the tree of 2021, where cost is a first level
// of its own.
func soundNationalFiling(t *testing.T, code string) string {
	t.Helper()
	var content map[string]any
	if err := json.Unmarshal([]byte(soundFiling(t, code)), &content); err != nil {
		t.Fatal(err)
	}
	for _, row := range content["form"].(map[string]any)["indicators"].([]any) {
		if indicator := row.(map[string]any); indicator["level2"] == "cost" {
			indicator["level1"], indicator["level2"] = "cost", "economicCost"
		}
	}
	raw, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// A region of the national set goes from its first filing to what citizens read of its
// self-evaluations by data alone: the tree of 2021, the review sheet, the chain, nine
// tables within 20 days, scores.
func TestNationalRegionFromFilingToResults(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		c.must(c.store.InTx(t.Context(), func(tx *store.Tx) error {
			region, err := tx.Region(home)
			if err != nil {
				return err
			}
			region.SetKey = "national"
			return tx.SaveRegion(&region)
		}))
		jb, ys := c.people["jb"], c.people["ys"]
		r := jb.begin("/filings", "701001", soundNationalFiling(t, "A"))
		if a := jb.want(200, "GET", r.path, nil); len(a.body["findings"].([]any)) > 0 {
			t.Errorf("the checks hold something against it: %v", a.body["findings"])
		}
		if a := jb.want(200, "GET", "/review-template?region="+home+"&year=2024", nil); !strings.Contains(a.raw, "完整性审核") {
			t.Errorf("review sheet %s", a.raw)
		}
		c.passAll(jb.act(r, "submit", `{}`))
		c.passAll(jb.act(jb.begin("/sheets", "701001", goodSheet), "submit", `{}`))
		ys.want(201, "POST", "/approvals", map[string]any{"unitId": c.units["701"].ID, "year": 2024, "number": "1号", "date": "2024-02-01"})
		c.people["bm"].want(201, "POST", "/approvals/units", map[string]any{"unitId": c.units["701001"].ID, "year": 2024, "number": "2号", "date": "2024-02-05"})

		shown := c.publish("701001")
		if shown.body["dueDate"] != "2024-02-25" {
			t.Errorf("due %v, want 20 days after the department's 批复", shown.body["dueDate"])
		}
		page := httptest.NewRecorder()
		c.api.ServeHTTP(page, httptest.NewRequest(http.MethodGet, "/public/"+home+"/701001/2024/unit", nil))
		for _, want := range []string{"2024年国有资本经营预算支出表", "一般公共预算“三公”经费支出表"} {
			if page.Code != 200 || !strings.Contains(page.Body.String(), want) {
				t.Errorf("the public page is %d without %s", page.Code, want)
			}
		}
		c.evaluateInPublic(r)
	})
}

// evaluateInPublic takes a filing's self-evaluation to the public site.
func (c *county) evaluateInPublic(r ref) {
	c.Helper()
	jb, gb, unit := c.people["jb"], c.people["gb"], c.units["701001"].ID.String()
	evaluation := r.path + "/evaluation"
	answers := map[string]map[string]any{
		"举办培训期数": {"actual": "12期"}, "培训覆盖率": {"actual": "96%"}, "完成时间": {"actual": "2024年11月20日"}, "项目总成本": {"actual": "9.5万元"},
		"参训干部满意度": {"actual": "93%"}, "参训干部业务能力": {"band": "met", "share": 95}, "轮训机制": {"band": "met", "share": 95},
	}
	var said []map[string]any
	for _, row := range jb.want(200, "GET", evaluation, nil).body["lines"].([]any) {
		line := row.(map[string]any)
		answer := answers[line["name"].(string)]
		answer["level1"], answer["level2"], answer["name"] = line["level1"], line["level2"], line["name"]
		said = append(said, answer)
	}
	saved := jb.want(200, "PUT", evaluation, map[string]any{"said": said, "goalResult": "如期完成"}, "If-Match", `"0"`)
	submitted := jb.want(200, "POST", evaluation+"/submitted", `{}`, "If-Match", saved.header.Get("ETag"))
	c.people["dw"].want(200, "POST", evaluation+"/confirmed", `{}`, "If-Match", submitted.header.Get("ETag"))
	if pdf := gb.want(200, "GET", evaluation+"/document", nil); !strings.HasPrefix(pdf.raw, "%PDF") {
		c.Errorf("the printed form begins with %.20q", pdf.raw)
	}
	releases := gb.want(200, "GET", "/units/"+unit+"/evaluations/2024/releases", nil)
	if releases.body["confirmed"] != 1.0 || releases.body["allowed"] != true || releases.header.Get("ETag") != `"0"` {
		c.Errorf("before it goes out: %s", releases.raw)
	}
	gb.want(200, "POST", "/units/"+unit+"/evaluations/2024/published", `{}`, "If-Match", `"0"`)
	score := jb.want(200, "GET", evaluation, nil).body["score"].(string)
	root := "/public/" + home + "/701001/2024/unit"
	for path, want := range map[string]string{root: "绩效自评结果", root + "/projects": score, root + "/evaluation/%E7%BB%A9%E6%95%88%E8%87%AA%E8%AF%84%E8%A1%A8.html": "如期完成"} {
		page := httptest.NewRecorder()
		c.api.ServeHTTP(page, httptest.NewRequest(http.MethodGet, path, nil))
		if page.Code != 200 || !strings.Contains(page.Body.String(), want) {
			c.Errorf("%s is %d without %s", path, page.Code, want)
		}
	}
}

// publish takes the document of a unit up the whole ladder and gives where it stands.
func (c *county) publish(unit string) answer {
	c.Helper()
	gb, subject := c.people["gb"], "?unit="+c.units[unit].ID.String()+"&year=2024"
	tag := gb.want(200, "GET", "/disclosure"+subject, nil).header.Get("ETag")
	for _, step := range []string{"assemble", "check", "override", "secrecy", "sign", "publish"} {
		a := gb.send("POST", "/disclosure/"+step+subject, map[string]any{"date": model.Date("2024-02-20"), "name": "负责人", "reason": "没有差错"}, "If-Match", tag)
		if step == "override" && a.status == 409 { // nothing to override
			continue
		}
		if a.status != 200 {
			c.Fatalf("%s: %d %s", step, a.status, a.raw)
		}
		tag = a.header.Get("ETag")
	}
	return gb.want(200, "GET", "/disclosure"+subject, nil)
}
