package api_test

import (
	"html"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/disclosure"
	"biaochi/service/exchange"
	"biaochi/service/publication"
	"biaochi/service/workflow"
)

// publishDemo publishes the demo department's document over its units, twice: the
// second is a correction.
func publishDemo(t *testing.T, s *store.Store) {
	t.Helper()
	publish(t, s, "701", 2024, true, workflow.Assemble, workflow.Correct)
}

// publish climbs the ladder with a document once for each way to begin.
func publish(t *testing.T, s *store.Store, code string, year int, whole bool, begin ...workflow.LadderAction) {
	t.Helper()
	rights, err := rbac.New()
	if err != nil {
		t.Fatal(err)
	}
	desk := publication.NewDesk(publication.NewService(s, ""), rights, time.Now)
	var unit model.BudgetUnit
	if err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		unit, err = tx.FindUnit(store.Everything(), "", code)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	who := rbac.Person{Login: "gk", Assignments: []rbac.Assignment{{Role: rbac.Publisher, Place: rbac.Department, UnitPath: model.RegionPath(unit.RegionCode) + "701/"}}}
	subject := publication.Subject{UnitID: unit.ID, Year: year, Whole: whole}
	var actions []workflow.LadderAction
	for _, first := range begin {
		actions = append(actions, first, workflow.Check, workflow.Override, workflow.Secrecy, workflow.Sign, workflow.Publish)
	}
	for _, action := range actions {
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
	agreeWithSchemas(t, pages)
	if len(pages) < 200 { // every figure of thirteen tables opens
		t.Errorf("only %d pages", len(pages))
	}
	for path, words := range map[string][]string{
		"/public/":                                                   {"示例开发区社会事业局", "2024年部门预算", "已更正"},
		"/public/000000000/701/2024/department":                      {"更正公告", "说明有误", "内容校验码", "收支总计", "发布机构"},
		"/public/000000000/701/2024/department?version=1":            {"已被更正后的第2版取代"},
		"/public/000000000/701/2024/department/difference?version=2": {"文字、表格和数字都相同"},
		"/public/000000000/701/2024/department/projects":             {"花多少钱", "要做到什么", "做到什么程度"},
		"/public/000000000/701/2024/department/years":                {"2024年", "三公", "目前只公开了一个年度"},
		"/public/units":                                              {"2024年部门预算", "示例开发区社会事业局", "单位：万元"},
	} {
		for _, word := range words {
			if !strings.Contains(pages[path], word) {
				t.Errorf("%s: %q is missing", path, word)
			}
		}
	}
}

// agreeWithSchemas validates every release among the pages against the description
// that the site gives.
func agreeWithSchemas(t *testing.T, pages map[string]string) {
	t.Helper()
	const address = "/public/schema/disclosure.v1.schema.json"
	described, err := jsonschema.UnmarshalJSON(strings.NewReader(pages[address]))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("release", described); err != nil {
		t.Fatal(err)
	}
	schema, validated := compiler.MustCompile("release"), 0
	for path, body := range pages {
		if file, err := url.PathUnescape(path); err != nil || !strings.Contains(file, "/files/"+disclosure.ReleaseFile) {
			continue
		}
		release, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
		if err == nil {
			err = schema.Validate(release)
		}
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		validated++
		release.(map[string]any)["bundle"].(map[string]any)["surplus"] = true
		if schema.Validate(release) == nil {
			t.Error("the schema lets unknown keys through")
		}
	}
	if validated < 2 {
		t.Errorf("%d releases of two versions", validated)
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
		"/public/000000000/701/2024/department/difference?version=1", "/public/nowhere", "/public/schema/none.json", "/public/schema/schema.go",
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

// Units of a year and years of a unit stand side by side, in figures of the published
// versions.
func TestSideBySide(t *testing.T) {
	s := demoStore(t, department...)
	for _, code := range []string{"701001", "701002"} {
		publish(t, s, code, 2024, false, workflow.Assemble)
	}
	next := demoPackage(t, "unit-701001-2024.json")
	next.Year = 2025
	next.BasicLines[0].Amount += 1_000_000 // 1.00万元
	if _, err := exchange.NewService(s, time.Now).Import(t.Context(), next, exchange.ImportOptions{Approved: true, Reason: "测试", Actor: "t"}); err != nil {
		t.Fatal(err)
	}
	publish(t, s, "701001", 2025, false, workflow.Assemble)
	server := httptest.NewServer(handler(t, s))
	defer server.Close()
	for path, words := range map[string][]string{
		"/public/units":                                 {"2025年单位预算", `href="/public/units?scope=unit&amp;year=2024"`},
		"/public/units?year=2024&scope=unit":            {"2024年单位预算", "/public/000000000/701001/2024/unit", "/public/000000000/701002/2024/unit"},
		"/public/units?year=2024&scope=department":      {"没有可以对比的文档"},
		"/public/000000000/701001/2024/unit/years":      {"2025年", "2024年", `<td class="number">1.00</td><td class="number">0.`},
		"/public/000000000/701001/2025/unit/years":      {"最近一年增减"},
		"/public/units?year=2024&scope=unit&text=large": {`class="large"`, "text=large"},
	} {
		status, body, _ := get(t, server, path)
		for _, word := range words {
			if status != 200 || !strings.Contains(body, word) {
				t.Errorf("%s: status %d, %q is missing", path, status, word)
			}
		}
	}
}
