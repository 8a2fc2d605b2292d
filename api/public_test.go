package api_test

import (
	"html"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/publication"
	"biaochi/service/workflow"
)

// publishDemo publishes the demo department's document over its units, twice: the
// second is a correction.
func publishDemo(t *testing.T, s *store.Store) {
	t.Helper()
	rights, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	desk := publication.NewDesk(publication.NewService(s, ""), rights, time.Now)
	var unit model.BudgetUnit
	if err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		unit, err = tx.FindUnit(store.Everything(), "", "701")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	who := rbac.Person{Login: "gk", Assignments: []rbac.Assignment{{Role: rbac.Publisher, Place: rbac.Department, UnitPath: unit.Path}}}
	subject := publication.Subject{UnitID: unit.ID, Year: 2024, Whole: true}
	ladder := []workflow.LadderAction{workflow.Check, workflow.Override, workflow.Secrecy, workflow.Sign, workflow.Publish}
	for _, action := range append(append([]workflow.LadderAction{workflow.Assemble}, ladder...), append([]workflow.LadderAction{workflow.Correct}, ladder...)...) {
		now, err := desk.Standing(t.Context(), who, subject)
		if err != nil {
			t.Fatal(err)
		}
		lock := 0
		if now.Newest != nil {
			lock = now.Newest.Version
		}
		_, err = desk.Take(t.Context(), who, subject, publication.Step{Action: action, Lock: lock, Date: "2024-02-20", Name: "负责人", Reason: "说明有误"})
		if err != nil && !(action == workflow.Override && now.Newest.Errors == 0) {
			t.Fatalf("%s: %v", action, err)
		}
	}
}

var hrefs = regexp.MustCompile(`href="(/public/[^"#]*)`)

// Whoever starts at the public catalogue reaches every page without meeting an error,
// a script, or anything that isn't public.
func TestCitizensReachEverything(t *testing.T) {
	s := demoStore(t, department...)
	publishDemo(t, s)
	server := httptest.NewServer(handler(t, s))
	defer server.Close()
	pages := map[string]string{}
	for queue := []string{"/public/"}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if _, seen := pages[path]; seen {
			continue
		}
		status, body, _ := get(t, server, path)
		pages[path] = body
		if status != 200 || strings.Contains(body, "<script") {
			t.Errorf("%s: status %d", path, status)
		}
		for _, link := range hrefs.FindAllStringSubmatch(body, -1) {
			queue = append(queue, html.UnescapeString(link[1]))
		}
	}
	if len(pages) < 200 { // every figure of thirteen tables opens
		t.Errorf("only %d pages", len(pages))
	}
	for path, words := range map[string][]string{
		"/public/":                                                   {"示例开发区社会事业局", "2024年部门预算", "已更正"},
		"/public/000000000/701/2024/department":                      {"更正公告", "说明有误", "内容校验码", "收支总计", "发布机构"},
		"/public/000000000/701/2024/department?version=1":            {"已被更正后的第2版取代"},
		"/public/000000000/701/2024/department/difference?version=2": {"文字、表格和数字都相同"},
		"/public/000000000/701/2024/department/projects":             {"花多少钱", "要做到什么"},
	} {
		for _, word := range words {
			if !strings.Contains(pages[path], word) {
				t.Errorf("%s: %q is missing", path, word)
			}
		}
	}
}

// What wasn't published isn't there, whatever the address.
func TestOnlyWhatWasPublished(t *testing.T) {
	s := demoStore(t, department...)
	publishDemo(t, s)
	server := httptest.NewServer(handler(t, s))
	defer server.Close()
	for _, path := range []string{
		"/public/000000000/701/2024/unit", "/public/000000000/701001/2024/unit", "/public/000000000/701/2023/department",
		"/public/000000000/701/2024/department?version=9", "/public/000000000/701/2024/other", "/public/1/701/2024/department",
		"/public/000000000/701/0/department", "/public/000000000/701/x/department", "/public/000000000/701/2024/department/tables/none",
		"/public/000000000/701/2024/department/figure", "/public/000000000/701/2024/department/files/none.pdf",
		"/public/000000000/701/2024/department/difference?version=1", "/public/nowhere",
	} {
		status, body, _ := get(t, server, path)
		if status != 404 {
			t.Errorf("%s: status %d", path, status)
		}
		if !strings.Contains(body, `<a href="/public/">回到公开目录</a>`) || strings.Contains(body, `href="/"`) || strings.Contains(body, "首页") {
			t.Errorf("%s leads out of the public site:\n%s", path, body)
		}
	}
}
