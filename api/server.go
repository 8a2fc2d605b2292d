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
	"biaochi/service/attachment"
	"biaochi/service/audit"
	"biaochi/service/directory"
	"biaochi/service/execution"
	"biaochi/service/filing"
	"biaochi/service/intake"
	"biaochi/service/library"
	"biaochi/service/notice"
	"biaochi/service/project"
	"biaochi/service/publication"
	"biaochi/service/search"
	"biaochi/service/setting"
	"biaochi/service/workbook"
	"biaochi/web"
)

// Server answers requests over one store.
type Server struct {
	books       *publication.Service
	desk        *publication.Desk
	evaluations *publication.Evaluations
	accounts    *account.Service
	library     *library.Service
	execution   *execution.Service
	filings     *filing.Service
	lookups     *directory.Service
	audits      *audit.Service
	settings    *setting.Service
	attachments *attachment.Service
	notices     *notice.Service
	workbooks   *workbook.Service
	intake      *intake.Service
	search      *search.Service
	projects    *project.Service
	enforcer    *rbac.Enforcer
	engine      *gin.Engine
	rest        *rest.API
	secure      bool // cookies go over TLS alone
}

// New makes a server. Errors: Internal where a route is in doubt.
func New(s *store.Store, accounts *account.Service, enforcer *rbac.Enforcer, options ...Option) (*Server, error) {
	set := optionsOf(options)
	gin.SetMode(gin.ReleaseMode)
	notices := notice.NewService(s, accounts, set.notices)
	if set.filing.Tell == nil {
		set.filing.Tell = notices.Filed
	}
	tracked := execution.NewService(s, enforcer, set.now)
	if set.filing.Deadline == nil {
		set.filing.Deadline = setting.Deadlines{SecondRound: tracked.SecondRound}.Of
	}
	if set.filing.SecondRound == nil {
		set.filing.SecondRound = tracked.SecondRound
	}
	if set.filing.OverControl == nil {
		set.filing.OverControl = tracked.OverControl
	}
	srv := &Server{
		books: publication.NewService(s, web.Stylesheet()), accounts: accounts, enforcer: enforcer, engine: gin.New(), secure: set.secure,
		filings: filing.NewService(s, enforcer, set.now, set.filing), lookups: directory.NewService(s, enforcer), library: library.NewService(s, enforcer),
		audits: audit.NewService(s), settings: setting.NewService(s, enforcer, set.now), attachments: attachment.NewService(s, enforcer, tracked, set.attachments), notices: notices, execution: tracked,
	}
	srv.desk = publication.NewDesk(srv.books, enforcer, set.now)
	srv.evaluations = publication.NewEvaluations(srv.desk, tracked)
	srv.workbooks, srv.intake = workbook.NewService(s, srv.filings, enforcer), intake.NewService(s, srv.filings, enforcer)
	srv.search = search.NewService(srv.filings, srv.lookups)
	srv.projects = project.NewService(s, enforcer, srv.filings, set.now, notices.Moved)
	srv.engine.UseRawPath = true // codes in paths may hold escaped characters
	srv.engine.Use(requestID, securityHeaders, srv.recovered)
	srv.engine.NoRoute(srv.notFound)
	srv.engine.NoMethod(srv.notFound)
	srv.routes()
	srv.rest = srv.v1()
	return srv, srv.doubts()
}

// applicationPath is where the application for browsers stands.
const applicationPath = "/app/"

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
	s.publicRoutes()
	s.engine.GET("/", func(c *gin.Context) { c.Redirect(http.StatusFound, applicationPath) })
	pages := s.engine.Group("/units")
	pages.GET("", s.page(rbac.TablesRead), s.home)
	unit := pages.Group("/:region/:unit/:year")
	unit.GET("", s.page(rbac.TablesRead), s.unit)
	unit.GET("/tables/:table", s.page(rbac.TablesRead), s.table)
	unit.GET("/tables/:table/figure", s.page(rbac.TablesRead), s.figure)
	unit.GET("/findings", s.page(rbac.FindingsRead), s.findings)
	unit.GET("/files/:name", s.page(rbac.TablesExport), s.file)
	s.engine.GET("/healthz", s.healthy)
	s.engine.StaticFS(web.StaticPath, http.FS(web.Static()))
	s.application(web.App())
}

func (s *Server) healthy(c *gin.Context) { c.String(http.StatusOK, "ok\n") }
