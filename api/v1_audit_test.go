package api_test

import (
	"strings"
	"testing"
)

// The log tells in words what an act changed and why an attempt was refused, of one
// record where it is asked for one; a year tells its own changes.
func TestTheLogSpeaksChinese(t *testing.T) {
	c := newCounty(t, "sqlite:"+t.TempDir()+"/x.db")
	jb, sj := c.people["jb"], c.people["sj"]
	r := jb.begin("/filings", "701001", `{"code":"A","name":"培训"}`)
	other := jb.begin("/filings", "701001", `{"code":"B","name":"别的"}`)
	jb.want(200, "PUT", r.path, map[string]any{"content": map[string]any{"code": "A", "name": "业务培训"}}, "If-Match", r.tag)
	id := strings.TrimPrefix(r.path, "/filings/")
	of := sj.want(200, "GET", "/audit-events?record="+id, nil)
	if of.body["total"] != 2.0 || strings.Contains(of.raw, strings.TrimPrefix(other.path, "/filings/")) {
		t.Fatalf("the log of one record: %s", of.raw)
	}
	saved := of.body["items"].([]any)[0].(map[string]any)
	line := saved["lines"].([]any)[0].(map[string]any)
	if saved["title"] != "填报绩效目标" || line["before"] != "培训" || line["after"] != "业务培训" {
		t.Errorf("what was saved: %v", saved)
	}

	c.people["dw"].want(409, "POST", r.path+"/pass", map[string]any{}, "If-Match", `"2"`)
	refused := sj.want(200, "GET", "/audit-events?refused=true&record="+id, nil)
	if refused.body["total"] != 1.0 || strings.Contains(refused.raw, `"why":""`) {
		t.Errorf("a refused attempt: %s", refused.raw)
	}

	year := c.people["ys"].want(200, "GET", "/years/000000000/2024", nil)
	c.people["ys"].want(200, "PUT", "/years/000000000/2024", map[string]any{
		"treeKey": year.body["treeKey"], "deadlines": []any{map[string]any{"step": "", "at": "2023-12-05T18:00:00+08:00"}}, "reason": "部署",
	}, "If-Match", year.header.Get("ETag"))
	history := jb.want(200, "GET", "/years/000000000/2024/history", nil)
	if !strings.Contains(history.raw, "2023-12-05 18:00") || !strings.Contains(history.raw, "部署") {
		t.Errorf("the history of a year: %s", history.raw)
	}
	if a := jb.want(200, "GET", "/years/000000000/2023/history", nil); len(a.body["events"].([]any)) != 0 {
		t.Errorf("the history of another year: %s", a.raw)
	}
}
