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

// A region of the national set files, reviews, approves and publishes by data alone:
// the tree of 2021, the review sheet, the chain, and nine tables within 20 days.
func TestNationalRegionFromFilingToPublication(t *testing.T) {
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
	})
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
