package api_test

import (
	"strings"
	"testing"

	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/workflow"
)

// The leading office sets tree and deadlines, everybody of the region reads them, and
// a task says by when it is due.
func TestYearSettings(t *testing.T) {
	w := newTown(t)
	leader, clerk, admin := w.desk("lead", rbac.Reviewer, "region"), w.desk("clerk", rbac.Preparer, "701001"), w.desk("adm", rbac.Admin, "")
	path := "/years/" + model.DefaultRegionCode + "/2024"
	body := map[string]any{"treeKey": "2015", "reason": "部署", "deadlines": []any{
		map[string]any{"step": "", "at": "2023-11-30T18:00:00+08:00"}, map[string]any{"step": "unitHead", "at": "2023-12-05T18:00:00+08:00"},
	}}
	clerk.expect(clerk.do("PUT", path, body, "If-Match", `"0"`), 403)
	admin.expect(admin.do("GET", path, nil), 403)
	leader.expect(leader.do("PUT", path, body), 428)
	leader.expect(leader.do("PUT", path, body, "If-Match", `"0"`), 200)
	leader.expect(leader.do("PUT", path, body, "If-Match", `"0"`), 409)
	got := clerk.expect(clerk.do("GET", path, nil), 200)
	if got.header.Get("ETag") != `"1"` || !strings.Contains(got.raw, `"step":"unitHead"`) || !strings.Contains(got.raw, "业务股") {
		t.Errorf("year %s", got.raw)
	}
	w.act("clerk", rbac.Preparer, w.fileSheet("701001"), workflow.Submit)
	head := w.desk("head", rbac.Reviewer, "701001")
	if tasks := head.do("GET", "/tasks", nil); !strings.Contains(tasks.raw, "2023-12-05T10:00:00Z") {
		t.Errorf("tasks %s", tasks.raw)
	}
	body["treeKey"] = "2021"
	if refused := leader.expect(leader.do("PUT", path, body, "If-Match", `"1"`), 409); refused.body["reason"] != "year.hasRecords" {
		t.Errorf("refused %s", refused.raw)
	}
	for name, change := range map[string]map[string]any{
		"tree":  {"treeKey": "1999"},
		"step":  {"deadlines": []any{map[string]any{"step": "nobody", "at": "2023-12-05T18:00:00+08:00"}}},
		"year":  {"deadlines": []any{map[string]any{"step": "", "at": "2099-12-05T18:00:00+08:00"}}},
		"twice": {"deadlines": []any{map[string]any{"step": "", "at": "2023-12-05T18:00:00+08:00"}, map[string]any{"step": "", "at": "2023-12-06T18:00:00+08:00"}}},
	} {
		wrong := map[string]any{"treeKey": "2015", "deadlines": []any{}, "reason": "试"}
		for key, value := range change {
			wrong[key] = value
		}
		if a := leader.do("PUT", path, wrong, "If-Match", `"1"`); a.status != 422 {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	leader.expect(leader.do("GET", "/years/999999999/2024", nil), 403)
}
