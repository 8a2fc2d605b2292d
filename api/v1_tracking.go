package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
)

type monitoringReq struct {
	ID     model.ID `path:"id" label:"申报"`
	Window string   `path:"window" binding:"max=20" label:"监控期间"`
}

func (r monitoringReq) key() execution.SheetKey {
	return execution.SheetKey{RecordID: r.ID, Kind: model.MonitoringSheet, Window: r.Window}
}

type evaluationReq struct {
	ID model.ID `path:"id" label:"申报"`
}

type saveMonitoringReq struct {
	monitoringReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    sheetIn
}

type saveEvaluationReq struct {
	evaluationReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    sheetIn
}

type actOnMonitoringReq struct {
	monitoringReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    sheetActIn
}

type actOnEvaluationReq struct {
	evaluationReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    sheetActIn
}

type sheetActIn struct {
	Reason *string `json:"reason" binding:"omitempty,max=500" label:"理由"`
	// TooLow are places of lines, from 0.
	TooLow []int `json:"tooLow" binding:"max=200,dive,min=0,max=10000" label:"指标值偏低的行"`
}

// sheetVerbs are the acts on sheets with the last part of their paths.
var sheetVerbs = []struct{ verb, path, zh string }{
	{"submit", "submitted", "提交"}, {"confirm", "confirmed", "确认"}, {"return", "returned", "退回"},
}

// sheetAction is the named action of a verb on a kind of sheet.
func sheetAction(kind model.SheetKind, verb string) rbac.Action {
	action, _ := rbac.ActionByName(string(kind) + "." + verb)
	return action
}

var sheetErrors = []int{http.StatusNotFound, http.StatusConflict}

func (s *Server) sheetRoutes(a *rest.API) {
	const monitoring = "/filings/{id}/monitoring/{window}"
	rest.Handle(a, rest.Op{
		ID: "showMonitoring", Method: http.MethodGet, Path: monitoring, Action: rbac.MonitoringRead, Summary: "一个项目的监控表", Errors: sheetErrors,
	}, func(ctx context.Context, r *monitoringReq) (*sheetResp, error) { return s.showSheet(ctx, r.key()) })
	rest.Handle(a, rest.Op{
		ID: "saveMonitoring", Method: http.MethodPut, Path: monitoring, Action: rbac.MonitoringSave, Errors: sheetErrors,
		Summary: "填报监控表；第一次保存用版本标记 \"0\"",
	}, func(ctx context.Context, r *saveMonitoringReq) (*sheetResp, error) {
		return s.saveSheet(ctx, r.key(), r.IfMatch, r.Body)
	})
	rest.Handle(a, rest.Op{
		ID: "historyOfMonitoring", Method: http.MethodGet, Path: monitoring + "/history", Action: rbac.MonitoringRead, Summary: "监控表的办理历史", Errors: sheetErrors,
	}, func(ctx context.Context, r *monitoringReq) (*historyResp, error) { return s.sheetHistory(ctx, r.key()) })
	for _, v := range sheetVerbs {
		rest.Handle(a, rest.Op{
			ID: v.verb + "Monitoring", Method: http.MethodPost, Path: monitoring + "/" + v.path,
			Action: sheetAction(model.MonitoringSheet, v.verb), Summary: v.zh + "监控表", Errors: sheetErrors,
		}, func(ctx context.Context, r *actOnMonitoringReq) (*sheetResp, error) {
			return s.actOnSheet(ctx, r.key(), v.verb, r.IfMatch, r.Body)
		})
	}
	s.evaluationRoutes(a, evaluated{model.EvaluationSheet, "/filings/{id}/evaluation", "Evaluation", "自评表", "一个项目的自评表"})
	s.evaluationRoutes(a, evaluated{model.WholeSheet, "/targets/{id}/evaluation", "TargetEvaluation", "整体支出自评表", "一个部门或单位的整体支出自评表"})
}

// evaluated is a kind of self-evaluation with its routes.
type evaluated struct {
	kind      model.SheetKind
	path, id  string
	word, one string
}

func (s *Server) evaluationRoutes(a *rest.API, of evaluated) {
	key := func(r evaluationReq) execution.SheetKey { return execution.SheetKey{RecordID: r.ID, Kind: of.kind} }
	rest.Handle(a, rest.Op{
		ID: "show" + of.id, Method: http.MethodGet, Path: of.path, Action: rbac.EvaluationRead, Summary: of.one, Errors: sheetErrors,
	}, func(ctx context.Context, r *evaluationReq) (*sheetResp, error) { return s.showSheet(ctx, key(*r)) })
	rest.Handle(a, rest.Op{
		ID: "save" + of.id, Method: http.MethodPut, Path: of.path, Action: rbac.EvaluationSave, Errors: sheetErrors,
		Summary: "填报" + of.word + "；第一次保存用版本标记 \"0\"",
	}, func(ctx context.Context, r *saveEvaluationReq) (*sheetResp, error) {
		return s.saveSheet(ctx, key(r.evaluationReq), r.IfMatch, r.Body)
	})
	rest.Handle(a, rest.Op{
		ID: "historyOf" + of.id, Method: http.MethodGet, Path: of.path + "/history", Action: rbac.EvaluationRead, Summary: of.word + "的办理历史", Errors: sheetErrors,
	}, func(ctx context.Context, r *evaluationReq) (*historyResp, error) { return s.sheetHistory(ctx, key(*r)) })
	for _, v := range sheetVerbs {
		rest.Handle(a, rest.Op{
			ID: v.verb + of.id, Method: http.MethodPost, Path: of.path + "/" + v.path,
			Action: sheetAction(model.EvaluationSheet, v.verb), Summary: v.zh + of.word, Errors: sheetErrors,
		}, func(ctx context.Context, r *actOnEvaluationReq) (*sheetResp, error) {
			return s.actOnSheet(ctx, key(r.evaluationReq), v.verb, r.IfMatch, r.Body)
		})
	}
}

func (s *Server) showSheet(ctx context.Context, key execution.SheetKey) (*sheetResp, error) {
	view, err := s.execution.Sheet(ctx, personOf(ctx), key)
	return sheetRespOf(view, err)
}

func (s *Server) saveSheet(ctx context.Context, key execution.SheetKey, match rest.IfMatch, in sheetIn) (*sheetResp, error) {
	view, err := s.execution.SaveSheet(ctx, personOf(ctx), key, match.Version(), in.content())
	return sheetRespOf(view, err)
}

func (s *Server) actOnSheet(ctx context.Context, key execution.SheetKey, verb string, match rest.IfMatch, in sheetActIn) (*sheetResp, error) {
	view, err := s.execution.ActOnSheet(ctx, personOf(ctx), execution.SheetOrder{
		Key: key, Verb: verb, Lock: match.Version(), Reason: valueOf(in.Reason, ""), TooLow: in.TooLow,
	})
	return sheetRespOf(view, err)
}

// sheetHistory gives the acts on a sheet as those on a record; a sheet's states aren't
// a record's.
func (s *Server) sheetHistory(ctx context.Context, key execution.SheetKey) (*historyResp, error) {
	events, err := s.execution.SheetHistory(ctx, personOf(ctx), key)
	if err != nil {
		return nil, err
	}
	out := &historyResp{Body: RecordHistory{Versions: []VersionInfo{}, Events: []HistoryEvent{}, Remarks: []Remark{}, Reviews: []KeptReview{}}}
	for _, e := range events {
		out.Body.Events = append(out.Body.Events, HistoryEvent{
			At: e.At, Actor: e.Actor, Action: e.Action, Title: sheetTitle(e.Action) + quoted(e.File), Reason: e.Reason, Refused: e.Refused, Why: refusalWord(e.Refused), Differences: []Difference{},
		})
	}
	return out, nil
}

// sheetTitle names an act on a sheet; of an evaluation by others it is the issuing alone.
func sheetTitle(action string) string {
	switch action {
	case rbac.EvaluationByDepartment.Name:
		return "下达" + model.DepartmentAssessment.Word()
	case rbac.EvaluationByFinance.Name:
		return "下达" + model.FinanceAssessment.Word()
	}
	return titleOf(action)
}
