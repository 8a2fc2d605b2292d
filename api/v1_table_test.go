package api_test

import (
	"testing"
)

// What the findings count is what they list: each way of showing by itself, each
// rule by its worst; and every file that a table offers is there.
func TestFindingsCountWhatTheyList(t *testing.T) {
	c := newCounty(t, "sqlite:"+t.TempDir()+"/x.db")
	jb := c.people["jb"]
	c.passAll(jb.act(jb.begin("/filings", "701001", soundFiling(c, "A")), "submit", `{}`))
	year := "/units/" + c.units["701001"].ID.String() + "/years/2024"

	all := jb.want(200, "GET", year+"/findings?size=200", nil)
	sum := 0.0
	for shown, field := range map[string]string{
		"error": "errors", "warning": "warnings", "info": "infos", "insufficientData": "insufficient", "pass": "passes", "notApplicable": "notApplicable",
	} {
		listed := jb.want(200, "GET", year+"/findings?shown="+shown, nil)
		if listed.body["total"] != all.body[field] {
			t.Errorf("%s: %v are listed, %v counted", shown, listed.body["total"], all.body[field])
		}
		sum += all.body[field].(float64)
	}
	if sum != all.body["total"] {
		t.Errorf("the counts make %v, there are %v findings", sum, all.body["total"])
	}
	worst := map[any]any{}
	for _, item := range all.body["items"].([]any) { // the worst first
		f := item.(map[string]any)
		if worst[f["rule"]] == nil {
			worst[f["rule"]] = f["shown"]
		}
	}
	for _, item := range all.body["rules"].([]any) {
		if rule := item.(map[string]any); rule["shown"] != worst[rule["rule"]] {
			t.Errorf("rule %v shows %v, its worst finding %v", rule["rule"], rule["shown"], worst[rule["rule"]])
		}
	}

	files := jb.want(200, "GET", year+"/tables/projects", nil).body["downloads"].([]any)
	if len(files) < 2 {
		t.Fatalf("a table offers %d files", len(files))
	}
	for _, file := range files[:2] {
		address := file.(map[string]any)["address"].(string)
		if status, _, _ := jb.page(jb.browser(), address); status != 200 {
			t.Errorf("%s: status %d", address, status)
		}
	}
}
