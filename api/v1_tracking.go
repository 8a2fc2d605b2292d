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

func (r evaluationReq) key() execution.SheetKey {
	return execution.SheetKey{RecordID: r.ID, Kind: model.EvaluationSheet}
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
	const monitoring, evaluation = "/filings/{id}/monitoring/{window}", "/filings/{id}/evaluation"
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
		ID: "showEvaluation", Method: http.MethodGet, Path: evaluation, Action: rbac.EvaluationRead, Summary: "一个项目的自评表", Errors: sheetErrors,
	}, func(ctx context.Context, r *evaluationReq) (*sheetResp, error) { return s.showSheet(ctx, r.key()) })
	rest.Handle(a, rest.Op{
		ID: "saveEvaluation", Method: http.MethodPut, Path: evaluation, Action: rbac.EvaluationSave, Errors: sheetErrors,
		Summary: "填报自评表；第一次保存用版本标记 \"0\"",
	}, func(ctx context.Context, r *saveEvaluationReq) (*sheetResp, error) {
		return s.saveSheet(ctx, r.key(), r.IfMatch, r.Body)
	})
	for _, v := range sheetVerbs {
		rest.Handle(a, rest.Op{
			ID: v.verb + "Monitoring", Method: http.MethodPost, Path: monitoring + "/" + v.path,
			Action: sheetAction(model.MonitoringSheet, v.verb), Summary: v.zh + "监控表", Errors: sheetErrors,
		}, func(ctx context.Context, r *actOnMonitoringReq) (*sheetResp, error) {
			return s.actOnSheet(ctx, r.key(), v.verb, r.IfMatch, r.Body)
		})
		rest.Handle(a, rest.Op{
			ID: v.verb + "Evaluation", Method: http.MethodPost, Path: evaluation + "/" + v.path,
			Action: sheetAction(model.EvaluationSheet, v.verb), Summary: v.zh + "自评表", Errors: sheetErrors,
		}, func(ctx context.Context, r *actOnEvaluationReq) (*sheetResp, error) {
			return s.actOnSheet(ctx, r.key(), v.verb, r.IfMatch, r.Body)
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

type orderCorrectionReq struct {
	ID   model.ID `path:"id" label:"申报"`
	Body correctionIn
}

type correctionIn struct {
	What        string     `json:"what" binding:"required,max=2000" label:"整改内容"`
	Responsible string     `json:"responsible" binding:"required,max=200" label:"责任人"`
	Due         model.Date `json:"due" binding:"required" label:"整改期限"`
}

type replyCorrectionReq struct {
	ID      model.ID     `path:"id" label:"整改通知"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    replyIn
}

type replyIn struct {
	Reply    string `json:"reply" binding:"required,max=2000" label:"整改情况"`
	Evidence string `json:"evidence" binding:"required,max=2000" label:"佐证材料"`
}

type recheckCorrectionReq struct {
	ID      model.ID     `path:"id" label:"整改通知"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    recheckIn
}

type recheckIn struct {
	Done    bool    `json:"done" label:"办结"`
	Opinion *string `json:"opinion" binding:"omitempty,max=2000" label:"复核意见"`
}

type correctionResp struct {
	ETag rest.ETag `header:"ETag"`
	Body correctionOut
}

type correctionsResp struct{ Body correctionsOut }

type correctionsOut struct {
	Items []correctionOut `json:"items"`
}

type correctionOut struct {
	ID          model.ID   `json:"id"`
	Record      model.ID   `json:"record"`
	What        string     `json:"what"`
	Responsible string     `json:"responsible"`
	Due         model.Date `json:"due"`
	State       string     `json:"state" description:"ordered、replied 或 closed"`
	Reply       string     `json:"reply"`
	Evidence    string     `json:"evidence"`
	Opinion     string     `json:"opinion"`
	Returns     int        `json:"returns"`
	OrderedOn   model.Date `json:"orderedOn"`
	OrderedBy   string     `json:"orderedBy"`
	ClosedOn    model.Date `json:"closedOn"`
	Version     int        `json:"version"`
}

func (s *Server) correctionRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listCorrections", Method: http.MethodGet, Path: "/filings/{id}/corrections", Action: rbac.MonitoringRead,
		Summary: "一个项目的整改通知", Errors: []int{http.StatusNotFound},
	}, s.listCorrections)
	rest.Handle(a, rest.Op{
		ID: "orderCorrection", Method: http.MethodPost, Path: "/filings/{id}/corrections", Action: rbac.MonitoringOrder, Status: http.StatusCreated,
		Summary: "下达整改通知", Errors: []int{http.StatusNotFound},
	}, s.orderCorrection)
	rest.Handle(a, rest.Op{
		ID: "replyCorrection", Method: http.MethodPost, Path: "/corrections/{id}/replied", Action: rbac.MonitoringReply,
		Summary: "答复整改", Errors: sheetErrors,
	}, s.replyCorrection)
	rest.Handle(a, rest.Op{
		ID: "recheckCorrection", Method: http.MethodPost, Path: "/corrections/{id}/rechecked", Action: rbac.MonitoringClose,
		Summary: "复核整改：办结或退回", Errors: sheetErrors,
	}, s.recheckCorrection)
}

func (s *Server) listCorrections(ctx context.Context, r *evaluationReq) (*correctionsResp, error) {
	list, err := s.execution.Corrections(ctx, personOf(ctx), r.ID)
	if err != nil {
		return nil, err
	}
	out := &correctionsResp{Body: correctionsOut{Items: []correctionOut{}}}
	for _, c := range list {
		out.Body.Items = append(out.Body.Items, correctionOutOf(c))
	}
	return out, nil
}

func (s *Server) orderCorrection(ctx context.Context, r *orderCorrectionReq) (*correctionResp, error) {
	return correctionRespOf(s.execution.OrderCorrection(ctx, personOf(ctx), execution.CorrectionOrder{
		RecordID: r.ID, What: r.Body.What, Responsible: r.Body.Responsible, Due: r.Body.Due,
	}))
}

func (s *Server) replyCorrection(ctx context.Context, r *replyCorrectionReq) (*correctionResp, error) {
	return correctionRespOf(s.execution.ReplyCorrection(ctx, personOf(ctx), r.ID, r.IfMatch.Version(), r.Body.Reply, r.Body.Evidence))
}

func (s *Server) recheckCorrection(ctx context.Context, r *recheckCorrectionReq) (*correctionResp, error) {
	return correctionRespOf(s.execution.RecheckCorrection(ctx, personOf(ctx), r.ID, r.IfMatch.Version(), r.Body.Done, valueOf(r.Body.Opinion, "")))
}

func correctionRespOf(c model.Correction, err error) (*correctionResp, error) {
	if err != nil {
		return nil, err
	}
	return &correctionResp{ETag: rest.Tag(c.Version), Body: correctionOutOf(c)}, nil
}

func correctionOutOf(c model.Correction) correctionOut {
	return correctionOut{
		ID: c.ID, Record: c.RecordID, What: c.What, Responsible: c.Responsible, Due: c.Due, State: string(c.State), Reply: c.Reply, Evidence: c.Evidence,
		Opinion: c.Opinion, Returns: c.Returns, OrderedOn: c.OrderedOn, OrderedBy: c.OrderedBy, ClosedOn: c.ClosedOn, Version: c.Version,
	}
}
