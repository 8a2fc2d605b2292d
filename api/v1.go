package api

import (
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

// Title and version of the interface that programs see; it grows, and does not
// change.
const (
	Title   = "标尺 Biaochi"
	Version = "1.0.0"
)

// v1 fills the table of routes below /api.
func (s *Server) v1() *rest.API {
	a := rest.New(s.engine.Group("/api"), rules(), s.guard)
	a.Cookie, a.CSRF = sessionCookie, csrfHeader
	s.sessionRoutes(a)
	s.accountRoutes(a)
	s.roleRoutes(a)
	s.disclosureRoutes(a)
	s.libraryRoutes(a)
	s.officeRoutes(a)
	s.deputyRoutes(a)
	s.unitSaveRoutes(a)
	s.attachmentRoutes(a)
	s.peopleRoutes(a)
	s.noticeRoutes(a)
	s.workbookRoutes(a)
	s.importRoutes(a)
	s.searchRoutes(a)
	s.yearRoutes(a)
	s.stageRoutes(a)
	s.yearHistoryRoutes(a)
	s.recordRoutes(a)
	s.taskRoutes(a)
	s.auditRoutes(a)
	s.tableRoutes(a)
	s.fundFlowRoutes(a)
	s.approvalRoutes(a)
	s.unitRoutes(a)
	s.codeRoutes(a)
	s.indicatorRoutes(a)
	s.boardRoutes(a)
	s.paymentRoutes(a)
	s.paymentImportRoutes(a)
	s.paidProjectRoutes(a)
	s.sheetRoutes(a)
	s.sheetPrintRoutes(a)
	s.evaluationReleaseRoutes(a)
	s.carryRoutes(a)
	s.assessmentRoutes(a)
	s.wholeRoutes(a)
	s.correctionRoutes(a)
	s.controlRoutes(a)
	s.projectRoutes(a)
	s.preEvaluationRoutes(a)
	s.deadlineRoutes(a)
	s.overviewRoutes(a)
	a.ServeSpec(rest.Op{
		ID: "describe", Method: http.MethodGet, Path: "/openapi.json", Action: rbac.Public, Summary: "本接口的 OpenAPI 3.1 描述",
	}, Title, Version)
	return a
}

// Table is the table of routes below /api, for tests of rights and for the generated
// document.
func (s *Server) Table() *rest.API { return s.rest }

// doubts gives an error where a route of the interface is in doubt or went around
// the table.
func (s *Server) doubts() error {
	if err := s.rest.Err(); err != nil {
		return &model.Error{Code: model.Internal, Reason: "api.broken", Message: "接口定义有误", Err: err}
	}
	return s.rest.Unlisted(s.engine.Routes())
}
