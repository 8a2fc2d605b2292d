package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
)

// The session's cookie and the header that every deed in a session must carry.
const (
	sessionCookie = "biaochi_session"
	csrfHeader    = "X-CSRF-Token"
)

// caller is who makes a request, and from where.
type caller struct {
	account.Identity
	token, address, userAgent string
}

type callerKey struct{}

// callerOf gives the caller that the guard found.
func callerOf(ctx context.Context) caller {
	who, _ := ctx.Value(callerKey{}).(caller)
	return who
}

// personOf is the caller as use cases know who acts.
func personOf(ctx context.Context) rbac.Person {
	who := callerOf(ctx)
	return rbac.Person{Login: who.Actor(), Assignments: who.Assignments()}
}

// guard lets a request through to its route: whoever it is for a public one, whoever
// is logged in for one's own account, else whoever has the action anywhere. Rights on
// one unit or record stay with the use case.
func (s *Server) guard(c *gin.Context, action rbac.Action) error {
	who := caller{address: c.ClientIP(), userAgent: c.Request.UserAgent()}
	who.token, _ = c.Cookie(sessionCookie)
	if action != rbac.Public {
		if err := s.identify(c, &who, action); err != nil {
			return err
		}
	} else if err := sameSite(c.Request); err != nil {
		return err
	}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), callerKey{}, who))
	return nil
}

func (s *Server) identify(c *gin.Context, who *caller, action rbac.Action) (err error) {
	if who.Identity, err = s.accounts.Authenticate(c.Request.Context(), who.token); err != nil {
		return err
	}
	if changes(c.Request.Method) {
		if err := account.CheckCSRF(who.token, c.GetHeader(csrfHeader)); err != nil {
			return err
		}
	}
	if action == rbac.Self {
		return nil
	}
	if err := who.Ready(); err != nil {
		return err
	}
	return s.mayAnywhere(c.Request.Context(), who.Identity, action)
}

// mayAnywhere refuses whoever may do an action nowhere. Roles are the administrator's
// to give too, while there is no security administrator to give them.
func (s *Server) mayAnywhere(ctx context.Context, who account.Identity, action rbac.Action) error {
	if action == rbac.RoleAssign {
		return s.accounts.MayAssign(ctx, who)
	}
	return s.enforcer.CheckAnywhere(who.Assignments(), action)
}

// page lets a request for a page through to whoever may do the action somewhere; who
// isn't logged in is sent to do so first. What a page shows is narrowed to the units
// where they may.
func (s *Server) page(action rbac.Action) gin.HandlerFunc {
	return func(c *gin.Context) {
		err := s.guard(c, action)
		switch {
		case model.CodeOf(err) == model.Unauthenticated:
			c.Redirect(http.StatusFound, applicationPath+"login?next="+url.QueryEscape(c.Request.URL.RequestURI()))
			c.Abort()
		case err != nil:
			s.fail(c, err)
		default:
			c.Set(actionKey, action)
		}
	}
}

const actionKey = "action"

// scopeOf gives the units at which the reader of a page may do what it asks for.
func (s *Server) scopeOf(c *gin.Context) store.Scope {
	action, _ := c.MustGet(actionKey).(rbac.Action)
	return s.lookups.Scope(callerOf(c.Request.Context()).Assignments(), action)
}

func changes(method string) bool {
	return method != http.MethodGet && method != http.MethodHead
}

// sameSite refuses a deed without a session, which is a login, that another site's
// page sends in a person's name. Programs that are no browser send no such header.
func sameSite(r *http.Request) error {
	site := r.Header.Get("Sec-Fetch-Site")
	if changes(r.Method) && site != "" && site != "same-origin" && site != "none" {
		return model.Fail(model.Forbidden, "login.crossSite", "登录请求来自其他网站，请从本系统的登录页重新登录")
	}
	return nil
}

// cookie is the header that keeps a session's token; "" ends it. The server decides
// how long a session lasts, so the cookie has no age of its own.
func (s *Server) cookie(token string) string {
	c := http.Cookie{Name: sessionCookie, Value: token, Path: "/", HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteStrictMode}
	if token == "" {
		c.MaxAge = -1
	}
	return c.String()
}
