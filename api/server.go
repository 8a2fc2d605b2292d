// Package api owns HTTP: routes, what comes in and what goes out, and the one
// place where errors become statuses. It binds, calls one use case and shows the
// answer; it decides nothing.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"biaochi/api/rest"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/account"
	"biaochi/service/execution"
	"biaochi/service/publication"
	"biaochi/web"
)

// Server answers requests over one store.
type Server struct {
	books     *publication.Service
	accounts  *account.Service
	execution *execution.Service
	enforcer  *rbac.Enforcer
	engine    *gin.Engine
	rest      *rest.API
}

// New makes a server. Errors: Internal where a route is in doubt.
func New(s *store.Store, accounts *account.Service, enforcer *rbac.Enforcer) (*Server, error) {
	gin.SetMode(gin.ReleaseMode)
	srv := &Server{
		books: publication.NewService(s, web.Stylesheet()), accounts: accounts, enforcer: enforcer, engine: gin.New(),
		execution: execution.NewService(s, enforcer, time.Now),
	}
	srv.engine.UseRawPath = true // codes in paths may hold escaped characters
	srv.engine.Use(requestID, securityHeaders, srv.recovered)
	srv.engine.NoRoute(srv.notFound)
	srv.engine.NoMethod(srv.notFound)
	srv.routes()
	srv.rest = srv.v1()
	return srv, srv.doubts()
}

// ServeHTTP makes the server a handler, for tests and for programs that embed it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.engine.ServeHTTP(w, r) }

// Serve listens until the context ends, then lets running requests finish. ready
// is told the address once connections are accepted.
func (s *Server) Serve(ctx context.Context, address string, ready func(address string)) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           s.engine,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(grace)
	}()
	ready(listener.Addr().String())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

func (s *Server) routes() {
	s.engine.GET("/", s.home)
	unit := s.engine.Group("/units/:region/:unit/:year")
	unit.GET("", s.unit)
	unit.GET("/tables/:table", s.table)
	unit.GET("/tables/:table/figure", s.figure)
	unit.GET("/findings", s.findings)
	unit.GET("/files/:name", s.file)
	s.engine.GET("/healthz", s.healthy)
	s.engine.StaticFS(web.StaticPath, http.FS(web.Static()))
}

func (s *Server) healthy(c *gin.Context) { c.String(http.StatusOK, "ok\n") }
