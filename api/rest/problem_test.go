package rest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

var publicAction = rbac.Public

func nothing[Req any](context.Context, *Req) (*struct{}, error) { return nil, nil }

// The one mapping of codes, and what a reader learns of each.
func TestErrorsBecomeProblems(t *testing.T) {
	s := newSample(t)
	for path, c := range map[string]struct {
		method, reason, kind, detail string
		status                       int
	}{
		"/api/filings/404":        {"GET", "filing.notFound", "/problems/filing-not-found", "没有编号为 404 的申报", 404},
		"/api/filings/409/submit": {"POST", "filing.notDraft", "/problems/filing-not-draft", "只有草稿可以提交", 409},
		"/api/filings/422/submit": {"POST", "filing.incomplete", "/problems/filing-incomplete", "申报不完整", 422},
		"/api/filings/500":        {"GET", "internal", "/problems/internal", "程序出错了", 500},
		"/api/filings/501":        {"GET", "internal", "/problems/internal", "程序出错了", 500},
		"/api/filings/502":        {"GET", "internal", "/problems/internal", "程序出错了", 500},
	} {
		w := s.ask(c.method, path, "")
		p := problemIn(t, w)
		if w.Code != c.status || p.Reason != c.reason || p.Type != c.kind || !strings.HasPrefix(p.Detail, c.detail) || p.Instance != path {
			t.Errorf("%s: %+v", path, p)
		}
		if strings.Contains(w.Body.String(), "secret") || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
	p := problemIn(t, s.ask("POST", "/api/filings/422/submit", ""))
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/rows/2/indicators/0/name" {
		t.Errorf("got %+v", p.Errors)
	}
}

func TestOnlyWhatLiesBelowIsOwned(t *testing.T) {
	s := newSample(t)
	for path, own := range map[string]bool{"/api": true, "/api/": true, "/api/x": true, "/apis": false, "/": false} {
		if got := s.Owns(request("GET", path, "")); got != own {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// Without the right, nobody learns how a request is checked.
func TestGuardComesFirst(t *testing.T) {
	for code, status := range map[model.Code]int{model.Unauthenticated: 401, model.Forbidden: 403} {
		s := newSample(t)
		s.refuses = model.Fail(code, "no", "不可以")
		for _, r := range []*http.Request{
			request("PUT", "/api/filings/x", "{", "Content-Type", "text/plain"),
			request("PUT", "/api/filings/5", goodBody, "If-Match", `"0"`),
			request("GET", "/api/filings?nonsense=1", ""),
			request("POST", "/api/attachments", strings.Repeat("x", 5000)),
			request("GET", "/api/attachments/1", ""),
			request("GET", "/api/openapi.json", ""),
		} {
			w := httptest.NewRecorder()
			s.engine.ServeHTTP(w, r)
			if p := problemIn(t, w); w.Code != status || p.Errors != nil || p.Detail != "不可以" {
				t.Errorf("%s %s: %d %+v", r.Method, r.URL, w.Code, p)
			}
		}
		if len(s.shelf.stored) != 0 {
			t.Error("stored")
		}
	}
}

func TestVersionsAreKept(t *testing.T) {
	s := newSample(t)
	first := s.put(goodBody)
	if first.Code != 200 || first.Header().Get("ETag") != `"1"` {
		t.Fatalf("%d %v %s", first.Code, first.Header(), first.Body)
	}
	stale := s.put(goodBody)
	if p := problemIn(t, stale); stale.Code != 412 || stale.Header().Get("ETag") != `"1"` || p.Type != "/problems/version-conflict" {
		t.Errorf("stale: %d %v %+v", stale.Code, stale.Header(), p)
	}
	absent := s.ask("PUT", "/api/filings/5", goodBody)
	if p := problemIn(t, absent); absent.Code != 428 || p.Reason != "version.required" {
		t.Errorf("absent: %d %+v", absent.Code, p)
	}
	read := s.ask("GET", "/api/filings/5", "")
	tag := read.Header().Get("ETag")
	if again := s.ask("PUT", "/api/filings/5", goodBody, "If-Match", tag, "Idempotency-Key", "0123-4567-89"); again.Code != 200 {
		t.Errorf("the tag of a read does not save: %s", again.Body)
	}
	if len(s.shelf.stored) != 2 {
		t.Errorf("%d stored", len(s.shelf.stored))
	}
}

func TestUnchangedRecordsAreNotSentAgain(t *testing.T) {
	s := newSample(t)
	w := s.ask("GET", "/api/filings/5", "")
	tag := w.Header().Get("ETag")
	if w.Code != 200 || !strings.HasPrefix(tag, `"0.`) || w.Header().Get("Cache-Control") != "private, no-cache" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	for header, status := range map[string]int{tag: 304, "W/" + tag: 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, "": 200} {
		w := s.ask("GET", "/api/filings/5", "", "If-None-Match", header)
		if w.Code != status || status == 304 && (w.Body.Len() > 0 || w.Header().Get("ETag") != tag) {
			t.Errorf("%q: %d %q", header, w.Code, w.Body)
		}
	}
	if rest.Tag(1, "a") == rest.Tag(1, "b") || rest.Tag(1, "ab", "c") == rest.Tag(1, "a", "bc") {
		t.Error("variants are not told apart")
	}
}

func TestPagesAndOrders(t *testing.T) {
	s := newSample(t)
	w := s.ask("GET", "/api/filings?page=3&size=10&sort=name&kind=unitFunds&kind=governmentFund&text=%E8%B7%AF&key=true&region=330102000", "")
	want := `"name":"name false [unitFunds governmentFund] \"路\" true 20 查看绩效目标"`
	if w.Code != 200 || !strings.Contains(w.Body.String(), want) || !strings.HasSuffix(w.Body.String(), `"total":41,"page":3,"size":10}`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := s.ask("GET", "/api/filings", ""); !strings.Contains(w.Body.String(), `"year true [] \"\" false 0 `) || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("defaults: %s", w.Body)
	}
}

// Lists are never null in an answer, and what a handler returned stays as it was.
func TestListsAreNeverNull(t *testing.T) {
	s := newSample(t)
	w := s.ask("GET", "/api/filings/5", "")
	want := `"rows":[{"level1":"产出","names":[]}],"words":{},"actions":["filing.submit"]}`
	if !strings.HasSuffix(w.Body.String(), want) || !strings.Contains(w.Body.String(), `"contact":null`) {
		t.Errorf("got %s", w.Body)
	}
}

func TestUploads(t *testing.T) {
	s := newSample(t)
	for what, c := range map[string]struct {
		body, kind string
		status     int
	}{
		"good":         {"%PDF", "application/pdf", 201},
		"other type":   {"%PDF", "text/html", 415},
		"no type":      {"%PDF", "", 415},
		"at the limit": {strings.Repeat("x", 1000), "application/pdf", 201},
		"too large":    {strings.Repeat("x", 1001), "application/pdf", 413},
	} {
		if w := s.ask("POST", "/api/attachments", c.body, "Content-Type", c.kind); w.Code != c.status {
			t.Errorf("%s: %d %s", what, w.Code, w.Body)
		}
	}
	r := request("POST", "/api/attachments", strings.Repeat("x", 5000), "Content-Type", "application/pdf")
	r.ContentLength = -1 // as with chunks: only reading tells
	w := httptest.NewRecorder()
	s.engine.ServeHTTP(w, r)
	if problemIn(t, w); w.Code != 413 {
		t.Errorf("chunks: %d %s", w.Code, w.Body)
	}
}

func TestDownloads(t *testing.T) {
	s := newSample(t)
	w := s.ask("GET", "/api/attachments/1", "")
	if w.Code != 200 || w.Body.String() != "%PDF" || w.Header().Get("Content-Type") != "application/pdf" ||
		w.Header().Get("Content-Disposition") != "attachment; filename*=UTF-8''%E7%BB%A9%E6%95%88%20%E7%9B%AE%E6%A0%87.pdf" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := s.ask("GET", "/api/attachments/1", "", "If-None-Match", `"3"`); w.Code != 304 {
		t.Errorf("unchanged: %d", w.Code)
	}
	for _, path := range []string{"/api/attachments/7", "/api/attachments/9"} { // fails at once, undeclared type
		w := s.ask("GET", path, "")
		if p := problemIn(t, w); w.Code != 500 || p.Reason != "internal" || w.Header().Get("Content-Disposition") != "" || w.Header().Get("Content-Length") == "4" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	server := httptest.NewServer(s.engine)
	defer server.Close()
	response, err := http.Get(server.URL + "/api/attachments/8")
	if err == nil {
		defer response.Body.Close()
		_, err = response.Body.Read(make([]byte, 100))
		for err == nil {
			_, err = response.Body.Read(make([]byte, 100))
		}
	}
	if err == nil || err.Error() == "EOF" {
		t.Errorf("a download that broke off looks whole: %v", err)
	}
}

// One route, many callers: exactly one of those who save over the same version wins.
func TestManyCallersAtOnce(t *testing.T) {
	s := newSample(t)
	var wins, loses sync.Map
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			w := s.put(goodBody)
			if w.Code == 200 {
				wins.Store(i, true)
			} else if w.Code == 412 {
				loses.Store(i, true)
			}
			s.ask("GET", "/api/filings/5", "")
			s.ask("GET", "/api/filings?x=1", "")
			s.ask("GET", "/api/openapi.json", "")
		})
	}
	all.Wait()
	if count(&wins) != 1 || count(&loses) != 31 {
		t.Errorf("%d won, %d lost", count(&wins), count(&loses))
	}
}

func count(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}

func TestFailureSpeaksForTheLog(t *testing.T) {
	cause := errors.New("cause")
	err := fmt.Errorf("around: %w", rest.Stale(`"2"`, cause))
	if !errors.Is(err, cause) || !strings.Contains(err.Error(), "version.conflict: cause") {
		t.Errorf("got %v", err)
	}
	if bare := rest.Stale(`"2"`, nil); strings.Contains(bare.Error(), "nil") {
		t.Errorf("got %v", bare)
	}
}

func TestMain(m *testing.M) {
	slog.SetLogLoggerLevel(slog.LevelError + 1)
	m.Run()
}
