package api

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/web"
)

// appPolicy lets the application run its own scripts and ask its own server, and
// nothing else: no inline script, no other site.
const appPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// assetPrefix is where the build puts files whose names carry the hash of their
// content, so that they never change.
const assetPrefix = "assets/"

// application serves the browser application below web.AppPath; where it was not
// built, a page that says so.
func (s *Server) application(files fs.FS, built bool) {
	serve := func(c *gin.Context) { c.Data(http.StatusServiceUnavailable, "text/html; charset=utf-8", web.Unbuilt()) }
	if built {
		serve = func(c *gin.Context) { s.appFile(c, files) }
	}
	s.engine.GET(web.AppPath+"*path", serve)
	s.engine.HEAD(web.AppPath+"*path", serve)
}

// appFile sends a file of the application. An address that is no file is a view of
// the application, which finds its way by itself from index.html; a missing asset
// stays missing, or an old page would take a page for a script.
func (s *Server) appFile(c *gin.Context, files fs.FS) {
	name := strings.TrimPrefix(path.Clean(c.Param("path")), "/")
	info, err := fs.Stat(files, name)
	switch {
	case err == nil && !info.IsDir():
	case strings.HasPrefix(name, assetPrefix):
		s.fail(c, model.Fail(model.NotFound, "page.notFound", "没有这个文件；系统可能刚刚升级，请刷新页面"))
		return
	default:
		name = "index.html"
	}
	c.Header("Content-Security-Policy", appPolicy)
	c.Header("Cache-Control", "no-cache")
	if strings.HasPrefix(name, assetPrefix) {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	}
	s.sendEncoded(c, files, name)
}

// sendEncoded sends the smallest form of a file that the browser takes and the
// build has made.
func (s *Server) sendEncoded(c *gin.Context, files fs.FS, name string) {
	content, encoding, err := encoded(files, name, c.GetHeader("Accept-Encoding"))
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Header("Vary", "Accept-Encoding")
	if encoding != "" {
		c.Header("Content-Encoding", encoding)
	}
	c.Data(http.StatusOK, mime.TypeByExtension(path.Ext(name)), content)
}

func encoded(files fs.FS, name, accepted string) (content []byte, encoding string, err error) {
	for _, form := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !takes(accepted, form.encoding) {
			continue
		}
		if content, err = fs.ReadFile(files, name+form.suffix); err == nil {
			return content, form.encoding, nil
		}
	}
	content, err = fs.ReadFile(files, name)
	return content, "", err
}

// takes reads Accept-Encoding as browsers send it: names, some with a quality, of
// which 0 means no.
func takes(accepted, encoding string) bool {
	for part := range strings.SplitSeq(accepted, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == encoding {
			q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(quality), "q="), 64)
			return quality == "" || err == nil && q > 0
		}
	}
	return false
}
