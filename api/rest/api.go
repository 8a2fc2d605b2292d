package rest

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"biaochi/rbac"
)

// Guard answers whether the caller may do the action at all: nil, or the error to
// answer with. It runs before anything of the request is read, so that nobody
// without the right learns how requests are checked. What it finds out about the
// caller it puts into the request's context. Rights on one record stay with the
// use case.
type Guard func(*gin.Context, rbac.Action) error

// Op is a route: what it is called, where it is, and who may use it.
type Op struct {
	ID      string // operationId: "saveFiling"
	Method  string
	Path    string // below the group, parameters in braces: "/filings/{id}"
	Summary string // Chinese
	Action  rbac.Action
	Status  int   // of success; 0 is 200, or 204 without a body
	Errors  []int // beyond those that every route of its kind can give
	MaxBody int64 // bytes; 0 is 1 MiB
}

// DefaultMaxBody is the limit of a body where a route says nothing.
const DefaultMaxBody = 1 << 20

// API is a table of routes below one path.
type API struct {
	group  *gin.RouterGroup
	rules  *Rules
	guard  Guard
	routes []*route
	faults []error

	// Cookie and CSRF name the session's cookie and the header that must come with
	// every deed, for the document alone; a Guard checks them.
	Cookie, CSRF string
}

// route is an Op with what was found out about its types.
type route struct {
	Op
	in      *binder
	out     *reply
	request reflect.Type
	accepts []string // media types of a body that the handler reads itself
	gives   []string // media types of an answer that it writes itself
}

// New makes an empty table below the group.
func New(group *gin.RouterGroup, rules *Rules, guard Guard) *API {
	return &API{group: group, rules: rules, guard: guard, Cookie: "session", CSRF: "X-CSRF-Token"}
}

// Err gives every doubt about the routes added so far. A route in doubt is not
// served. Servers ask once at start; Spec asks too.
func (a *API) Err() error { return errors.Join(a.faults...) }

// Route is a row of the table, for tests of rights.
type Route struct {
	ID, Method, Path string
	Action           rbac.Action
}

// Routes lists the table in the order of adding.
func (a *API) Routes() []Route {
	rows := make([]Route, len(a.routes))
	for i, r := range a.routes {
		rows[i] = Route{r.ID, r.Method, r.Path, r.Action}
	}
	return rows
}

// Unlisted gives an error for every route of the engine below this API's path that
// is not in the table: somebody went around Handle.
func (a *API) Unlisted(routes gin.RoutesInfo) error {
	var found []error
	for _, r := range routes {
		rest, below := strings.CutPrefix(r.Path, strings.TrimSuffix(a.group.BasePath(), "/")+"/")
		listed := slices.ContainsFunc(a.routes, func(ours *route) bool {
			return ours.Method == r.Method && ginPath(ours.Path) == "/"+rest
		})
		if below && !listed {
			found = append(found, fmt.Errorf("%s %s is not in the table of routes", r.Method, r.Path))
		}
	}
	return errors.Join(found...)
}

var (
	braces    = regexp.MustCompile(`\{([a-zA-Z]+)\}`)
	goodPath  = regexp.MustCompile(`^(/([a-zA-Z0-9._-]+|\{[a-zA-Z]+\}))+$`)
	goodID    = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)
	knownVerb = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
)

func ginPath(path string) string { return braces.ReplaceAllString(path, ":$1") }

// add puts a route into the table and serves it, unless something is in doubt.
func (a *API) add(r *route, doubts []error, serve func(*gin.Context) error) {
	where := r.ID + " " + r.Method + " " + r.Path
	doubts = append(doubts, a.askOp(r)...)
	for _, err := range doubts {
		a.faults = append(a.faults, fmt.Errorf("%s: %w", where, err))
	}
	if len(doubts) > 0 {
		return
	}
	if r.MaxBody == 0 {
		r.MaxBody = DefaultMaxBody
	}
	r.in.limit = r.MaxBody
	a.routes = append(a.routes, r)
	a.group.Handle(r.Method, ginPath(r.Path), func(c *gin.Context) { a.serve(c, r, serve) })
}

// serve is what every request goes through: guard, then the route's own work.
func (a *API) serve(c *gin.Context, r *route, work func(*gin.Context) error) {
	defer recovered(c)
	err := a.guard(c, r.Action)
	if err == nil {
		err = work(c)
	}
	if err == nil {
		return
	}
	if status := failureOf(err).Status; !slices.Contains(r.errors(), status) {
		slog.Warn("status is not declared", "operation", r.ID, "status", status)
	}
	Fail(c, err)
}

// recovered turns a panic into a problem; its trace goes to the log.
func recovered(c *gin.Context) {
	switch cause := recover(); cause {
	case nil:
	case http.ErrAbortHandler:
		panic(cause)
	default:
		slog.Error("panic", "path", c.Request.URL.Path, "cause", cause, "stack", string(debug.Stack()))
		Fail(c, fmt.Errorf("panic: %v", cause))
	}
}

// askOp asks of the Op what would make the table or the document false.
func (a *API) askOp(r *route) (doubts []error) {
	refuse := func(bad bool, format string, args ...any) {
		if bad {
			doubts = append(doubts, fmt.Errorf(format, args...))
		}
	}
	_, declared := rbac.ActionByName(r.Action.Name)
	refuse(!declared && r.Action != rbac.Public && r.Action != rbac.Self, "action %q is not declared", r.Action.Name)
	refuse(!goodID.MatchString(r.ID), "the operation id is missing or not camelCase")
	refuse(!hasHan(r.Summary), "the summary is missing or not Chinese")
	refuse(!goodPath.MatchString(r.Path), "the path is none")
	refuse(!slices.Contains(knownVerb, r.Method), "the method is none of %v", knownVerb)
	refuse(r.Method == http.MethodGet && (r.in.body != nil || r.accepts != nil), "a GET has no body")
	refuse(r.success() == http.StatusNoContent && (r.out.body != nil || r.gives != nil), "status 204 has no body")
	for _, other := range a.routes {
		refuse(other.ID == r.ID, "operation id is there twice")
		same := braces.ReplaceAllString(other.Path, "{}") == braces.ReplaceAllString(r.Path, "{}")
		refuse(same && other.Method == r.Method, "method and path are there twice")
	}
	return append(doubts, askPath(r)...)
}

// askPath compares the parameters in the path with those of the request type.
func askPath(r *route) (doubts []error) {
	inPath := map[string]bool{}
	for _, found := range braces.FindAllStringSubmatch(r.Path, -1) {
		inPath[found[1]] = true
	}
	for _, p := range r.in.params {
		if p.in == "path" && !inPath[p.name] {
			doubts = append(doubts, fmt.Errorf("path parameter %q is not in the path", p.name))
		}
		delete(inPath, p.name)
	}
	for name := range sortedKeys(inPath) {
		doubts = append(doubts, fmt.Errorf("path parameter %q is not in the request type", name))
	}
	return doubts
}

func (r *route) success() int {
	switch {
	case r.Status != 0:
		return r.Status
	case r.out.body == nil && r.gives == nil:
		return http.StatusNoContent
	}
	return http.StatusOK
}

// errors are all statuses of failure that the route can give, sorted.
func (r *route) errors() []int {
	list := append([]int{400, 401, 403, 422, 500}, r.Errors...)
	if strings.Contains(r.Path, "{") {
		list = append(list, 404)
	}
	if r.in.body != nil || r.accepts != nil {
		list = append(list, 413, 415)
	} else if r.Method != http.MethodGet {
		list = append(list, 413) // an unexpected body is read before it is refused
	}
	for _, p := range r.in.params {
		if p.shape.typ == reflect.TypeFor[IfMatch]() {
			list = append(list, 412, 428)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
