package api_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"biaochi/api"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/exchange"
)

// demoPackage reads one of the demo packages.
func demoPackage(t *testing.T, name string) *exchange.Package {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "scripts", "demo", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	p, err := exchange.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// demoStore holds the demo packages as approved.
func demoStore(t *testing.T, packages ...string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/x.db", store.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	service := exchange.NewService(s, time.Now)
	for _, name := range packages {
		p := demoPackage(t, name)
		if _, err := service.Import(t.Context(), p, exchange.ImportOptions{Approved: true, Reason: "测试", Actor: "t"}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// site serves the demo packages to somebody of the bureau.
func site(t *testing.T, packages ...string) *httptest.Server {
	t.Helper()
	s := demoStore(t, packages...)
	accounts, enforcer := accountsOf(t, s)
	handler, err := api.New(s, accounts, enforcer)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c := &county{T: t, server: server, api: handler, store: s, accounts: accounts, enforcer: enforcer}
	*server.Client() = *c.employ("cz", rbac.Reviewer, account.At{RegionCode: model.DefaultRegionCode}).browser()
	return server
}

func get(t *testing.T, server *httptest.Server, path string) (status int, body string, header http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(raw), response.Header
}

var department = []string{"dept-701-2024.json", "unit-701001-2024.json", "unit-701002-2024.json", "hr-2023.json"}

func TestPages(t *testing.T) {
	server := site(t, department...)
	for path, words := range map[string][]string{
		"/units":                    {"示例开发区社会事业局", "示例开发区第一中学", "2024年", "年初预算"},
		"/units/000000000/701/2024": {"2024年预算收支总表", "检查结果", "没有错误和警告", "本部门"},
		"/units/000000000/602/2023": {"错误", "K13"},
		"/units/000000000/701/2024/tables/income?scope=department":                                   {"预算公开表2", "5782.40", "单位：万元"},
		"/units/000000000/602/2023/tables/projectsCarryOver":                                         {"注：本表无数据"},
		"/units/000000000/602/2023/findings?outcome=error":                                           {"602008", "K13"},
		"/units/000000000/602/2023/tables/income/figure?row=2080102&column=total":                    {"38525180.00", "党建", "第"},
		"/units/000000000/701/2024/tables/basicByEconomicCode/figure?row=30101%2F50101&column=total": {"基本支出", "示开财"},
	} {
		status, body, header := get(t, server, path)
		if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: status %d", path, status)
		}
		for _, word := range words {
			if !strings.Contains(strings.ReplaceAll(body, ",", ""), word) {
				t.Errorf("%s does not say %q", path, word)
			}
		}
		if strings.Contains(body, "<script") || header.Get("Content-Security-Policy") == "" || header.Get("X-Request-Id") == "" {
			t.Errorf("%s: a script, or headers missing", path)
		}
	}
}

var links = regexp.MustCompile(`href="(/[^"#]*)`)

// Every address on every page leads somewhere.
func TestNoDeadLinks(t *testing.T) {
	server := site(t, department...)
	seen := map[string]bool{}
	queue := []string{"/units"}
	for len(queue) > 0 && len(seen) < 700 {
		path := queue[0]
		queue = queue[1:]
		status, body, header := get(t, server, path)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", path, status)
		}
		if !strings.HasPrefix(header.Get("Content-Type"), "text/html") || strings.Contains(path, "/files/") {
			continue
		}
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			next := strings.ReplaceAll(m[1], "&amp;", "&")
			if !seen[next] && next != "/" { // which leads to the application
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	if len(seen) < 200 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}

func TestWhatIsNotThereSaysSo(t *testing.T) {
	server := site(t, "hr-2023.json")
	for path, want := range map[string]int{
		"/nonsense": 404, "/units/000000000/999/2023": 404, "/units/999999999/602/2023": 404,
		"/units/000000000/602/abc": 404, "/units/000000000/602/2023?state=final": 422,
		"/units/000000000/602/2023/tables/nonsense": 404, "/units/000000000/602/2023/files/../../etc/passwd": 404,
		"/units/000000000/602/2023/files/x.csv":                                        404,
		"/units/000000000/602/2023/tables/income/figure?row=%3Cscript%3E&column=total": 404,
	} {
		status, body, _ := get(t, server, path)
		if status != want || strings.Contains(body, "<script") || !strings.Contains(body, "请求编号") {
			t.Errorf("%s: status %d, want %d\n%s", path, status, want, body)
		}
	}
}

// A year without records shows tables without figures, not an error.
func TestEmptyPlaces(t *testing.T) {
	server := site(t)
	if status, body, _ := get(t, server, "/units"); status != 200 || !strings.Contains(body, "biaochi import") {
		t.Errorf("the empty installation: %d\n%s", status, body)
	}
	server = site(t, "hr-2023.json")
	if status, body, _ := get(t, server, "/units/000000000/602/2030"); status != 200 || !strings.Contains(body, "本表无数据") {
		t.Errorf("a year without records: %d", status)
	}
}

func TestDownloads(t *testing.T) {
	server := site(t, "hr-2023.json")
	for name, kind := range map[string]string{
		"02-预算收入总表.csv": "text/csv", "02-预算收入总表.json": "application/json",
		"602-2023-预算公开表.xlsx": "application/vnd", "602-2023-预算公开表.html": "text/html",
		"602-2023-预算公开.html": "text/html", "602-2023-预算公开.xlsx": "application/vnd",
		"602-2023-预算公开.pdf": "application/pdf", "602-2023-预算公开.docx": "application/vnd",
	} {
		status, body, header := get(t, server, "/units/000000000/602/2023/files/"+name)
		if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), kind) || body == "" {
			t.Errorf("%s: status %d, %s", name, status, header.Get("Content-Type"))
		}
	}
}
