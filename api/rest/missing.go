package rest

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// Owns tells whether a request lies below this API's path, so that a server with
// other pages knows whose "not found" to give.
func (a *API) Owns(r *http.Request) bool {
	base := strings.TrimSuffix(a.group.BasePath(), "/")
	return r.URL.Path == base || strings.HasPrefix(r.URL.Path, base+"/")
}

// Missing answers a request that no route took: 405 with Allow where the path has
// other methods, else 404. A server gives it to the engine's NoRoute and NoMethod.
func (a *API) Missing(c *gin.Context) {
	var allowed []string
	for _, r := range a.routes {
		if _, ok := a.match(r, c.Request); ok {
			allowed = append(allowed, r.Method)
		}
	}
	if len(allowed) == 0 {
		Fail(c, noRoute())
		return
	}
	slices.Sort(allowed)
	list := strings.Join(slices.Compact(allowed), ", ")
	Fail(c, &Failure{
		Status: http.StatusMethodNotAllowed, Reason: "route.method",
		Detail: "这个地址不支持 " + shorten(c.Request.Method) + "，可以用：" + list,
		Header: map[string]string{"Allow": list},
	})
}

// match compares a request's path with a route's, and gives its parameters.
func (a *API) match(r *route, req *http.Request) (map[string]string, bool) {
	rest, ok := strings.CutPrefix(req.URL.Path, strings.TrimSuffix(a.group.BasePath(), "/"))
	if !ok || strings.Count(r.Path, "/") != strings.Count(rest, "/") {
		return nil, false
	}
	want, got := strings.Split(r.Path, "/"), strings.Split(rest, "/")
	params := map[string]string{}
	for i := range want {
		if name, isParam := strings.CutPrefix(want[i], "{"); isParam && got[i] != "" {
			params[strings.TrimSuffix(name, "}")] = got[i]
		} else if want[i] != got[i] {
			return nil, false
		}
	}
	return params, true
}

// Verdict reads a request as its route would, without guard and without handler,
// and gives the problem it would be answered with, nil where it is good. Tests
// compare it with the document.
func (a *API) Verdict(req *http.Request) *Problem {
	r, params := a.find(req)
	var err error = noRoute()
	if r != nil {
		err = r.in.bind(nil, req, func(name string) string { return params[name] }, newRequest(r))
	}
	if err == nil {
		return nil
	}
	p := problemOf(failureOf(err), req, "")
	return &p
}

// find gives the route that takes a request: of several, the one with the fewest
// parameters in its path, as gin does.
func (a *API) find(req *http.Request) (best *route, params map[string]string) {
	for _, r := range a.routes {
		if r.Method != req.Method {
			continue
		}
		found, ok := a.match(r, req)
		if ok && (best == nil || len(found) < len(params)) {
			best, params = r, found
		}
	}
	return best, params
}

func noRoute() *Failure {
	return &Failure{Status: http.StatusNotFound, Reason: "route.notFound", Detail: "没有这个接口，请核对地址"}
}
