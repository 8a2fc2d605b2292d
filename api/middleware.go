package api

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"

	"biaochi/model"
)

const requestIDKey = "requestID"

// requestID names each request, so that a person can quote what stands in the log.
func requestID(c *gin.Context) {
	id := rand.Text()[:12]
	c.Set(requestIDKey, id)
	c.Header("X-Request-Id", id)
}

// securityHeaders keep pages to what they are: no script, no frames, nothing from
// elsewhere.
func securityHeaders(c *gin.Context) {
	c.Header("Content-Security-Policy", "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Referrer-Policy", "same-origin")
	c.Header("Cache-Control", "no-store")
}

// recovered turns a panic into an error page; its trace goes to the log.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		if cause := recover(); cause != nil {
			if cause == http.ErrAbortHandler { // a transfer that must be seen to break
				panic(cause)
			}
			slog.Error("panic", "request", c.GetString(requestIDKey), "cause", cause, "stack", string(debug.Stack()))
			s.fail(c, &model.Error{Code: model.Internal, Reason: "panic", Message: "程序出错了", Err: fmt.Errorf("%v", cause)})
		}
	}()
	c.Next()
}
