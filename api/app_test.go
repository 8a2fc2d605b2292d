package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"
)

// appServer serves an application of two files.
func appServer(built bool) http.Handler {
	s := &Server{engine: gin.New()}
	s.engine.Use(requestID, securityHeaders)
	s.application(fstest.MapFS{
		"index.html":       {Data: []byte("<html>index</html>")},
		"assets/a-1.js":    {Data: []byte("plain()")},
		"assets/a-1.js.br": {Data: []byte("brotli")},
		"assets/a-1.js.gz": {Data: []byte("gzip")},
	}, built)
	return s.engine
}

func TestApplication(t *testing.T) {
	for _, c := range []struct {
		name, path, accept, body, cache, encoding string
		status                                    int
	}{
		{"start", "/app/", "", "<html>index</html>", "no-cache", "", 200},
		{"a view's address", "/app/450103000/103/2023/tasks", "br", "<html>index</html>", "no-cache", "", 200},
		{"an asset", "/app/assets/a-1.js", "", "plain()", "public, max-age=31536000, immutable", "", 200},
		{"brotli first", "/app/assets/a-1.js", "gzip, deflate, br;q=0.9", "brotli", "public, max-age=31536000, immutable", "br", 200},
		{"gzip next", "/app/assets/a-1.js", "gzip, br;q=0", "gzip", "public, max-age=31536000, immutable", "gzip", 200},
		{"an asset of another version", "/app/assets/b-2.js", "", "没有这个文件", "no-store", "", 404},
		{"no way out", "/app/../../go.mod", "", "<html>index</html>", "no-cache", "", 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, "/app/", nil)
			r.URL.Path = c.path
			r.Header.Set("Accept-Encoding", c.accept)
			appServer(true).ServeHTTP(got, r)
			if got.Code != c.status || !strings.Contains(got.Body.String(), c.body) {
				t.Errorf("got %d %.200s", got.Code, got.Body)
			}
			if h := got.Header(); h.Get("Cache-Control") != c.cache || h.Get("Content-Encoding") != c.encoding {
				t.Errorf("headers: %v", h)
			}
			if policy := got.Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") && c.status == 200 {
				t.Errorf("policy: %s", policy)
			}
		})
	}
}

func TestApplicationNotBuilt(t *testing.T) {
	got := httptest.NewRecorder()
	appServer(false).ServeHTTP(got, httptest.NewRequest(http.MethodGet, "/app/x", nil))
	if got.Code != http.StatusServiceUnavailable || !strings.Contains(got.Body.String(), "make build") {
		t.Errorf("got %d %.200s", got.Code, got.Body)
	}
}
