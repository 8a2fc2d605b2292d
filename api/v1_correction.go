package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
)

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
	Reply    string  `json:"reply" binding:"required,max=2000" label:"整改情况"`
	Evidence *string `json:"evidence" binding:"omitempty,max=2000" label:"佐证材料" description:"材料名称和存放之处；已上传文件的可以不写"`
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
	ID          model.ID     `json:"id"`
	Record      model.ID     `json:"record"`
	UnitCode    string       `json:"unitCode"`
	UnitName    string       `json:"unitName"`
	Project     string       `json:"project" description:"项目代码"`
	Name        string       `json:"name" description:"项目名称"`
	What        string       `json:"what"`
	Responsible string       `json:"responsible"`
	Due         model.Date   `json:"due"`
	State       string       `json:"state" description:"ordered、replied 或 closed"`
	Reply       string       `json:"reply"`
	Evidence    string       `json:"evidence" description:"佐证材料的文字说明"`
	Files       []Attachment `json:"files" description:"佐证材料的文件，已移除的除外"`
	Opinion     string       `json:"opinion"`
	Returns     int          `json:"returns"`
	OrderedOn   model.Date   `json:"orderedOn"`
	OrderedBy   string       `json:"orderedBy"`
	ClosedOn    model.Date   `json:"closedOn"`
	Overdue     bool         `json:"overdue" description:"未办结且已过期限"`
	Version     int          `json:"version"`
	AllowedActs []string     `json:"allowedActs" description:"reply、recheck"`
}

type correctionListReq struct {
	rest.PageQuery
	Year  int       `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Unit  *model.ID `query:"unit" label:"单位" description:"空为可以查看的全部单位"`
	Below *bool     `query:"below" label:"含下级单位"`
	Open  *bool     `query:"open" label:"只看未办结的"`
}

type correctionPageResp struct {
	Body rest.Page[correctionOut]
}

func (s *Server) correctionRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listAllCorrections", Method: http.MethodGet, Path: "/corrections", Action: rbac.MonitoringRead,
		Summary: "整改通知：未办结的按期限在前，逾期的最先", Errors: []int{http.StatusNotFound},
	}, s.listAllCorrections)
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
		Summary: "答复整改：佐证材料用文字或先上传的文件", Errors: sheetErrors,
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

func (s *Server) listAllCorrections(ctx context.Context, r *correctionListReq) (*correctionPageResp, error) {
	page, err := s.execution.ListCorrections(ctx, personOf(ctx), execution.CorrectionList{
		Year: r.Year, UnitID: valueOf(r.Unit, 0), Below: valueOf(r.Below, false), Open: valueOf(r.Open, false), Page: r.Page, Size: r.Size,
	})
	if err != nil {
		return nil, err
	}
	items := make([]correctionOut, len(page.Items))
	for i, c := range page.Items {
		items[i] = correctionOutOf(c)
	}
	return &correctionPageResp{Body: rest.NewPage(r.PageQuery, items, page.Total)}, nil
}

func (s *Server) orderCorrection(ctx context.Context, r *orderCorrectionReq) (*correctionResp, error) {
	return correctionRespOf(s.execution.OrderCorrection(ctx, personOf(ctx), execution.CorrectionOrder{
		RecordID: r.ID, What: r.Body.What, Responsible: r.Body.Responsible, Due: r.Body.Due,
	}))
}

func (s *Server) replyCorrection(ctx context.Context, r *replyCorrectionReq) (*correctionResp, error) {
	return correctionRespOf(s.execution.ReplyCorrection(ctx, personOf(ctx), r.ID, r.IfMatch.Version(), r.Body.Reply, text(r.Body.Evidence)))
}

func (s *Server) recheckCorrection(ctx context.Context, r *recheckCorrectionReq) (*correctionResp, error) {
	return correctionRespOf(s.execution.RecheckCorrection(ctx, personOf(ctx), r.ID, r.IfMatch.Version(), r.Body.Done, valueOf(r.Body.Opinion, "")))
}

func correctionRespOf(c execution.CorrectionView, err error) (*correctionResp, error) {
	if err != nil {
		return nil, err
	}
	return &correctionResp{ETag: rest.Tag(c.Version), Body: correctionOutOf(c)}, nil
}

func correctionOutOf(c execution.CorrectionView) correctionOut {
	files := []Attachment{}
	for _, a := range c.Files {
		files = append(files, attachmentOf(a))
	}
	return correctionOut{
		Files: files,
		ID:    c.ID, Record: c.RecordID, UnitCode: c.UnitCode, UnitName: c.UnitName, Project: c.ProjectCode, Name: c.ProjectName, What: c.What, Responsible: c.Responsible, Due: c.Due, State: string(c.State), Reply: c.Reply, Evidence: c.Evidence,
		Opinion: c.Opinion, Returns: c.Returns, OrderedOn: c.OrderedOn, OrderedBy: c.OrderedBy, ClosedOn: c.ClosedOn, Overdue: c.Overdue, Version: c.Version, AllowedActs: c.Allowed,
	}
}
