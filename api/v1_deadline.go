package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

type sheetTasksReq struct {
	ID   model.ID `path:"id" label:"单位"`
	Year int      `path:"year" binding:"min=2000,max=2100" label:"预算年度"`
}

type sheetTasksResp struct{ Body sheetTasksOut }

type sheetTasksOut struct {
	Items []sheetTaskOut `json:"items"`
}

type sheetTaskOut struct {
	Record  model.ID   `json:"record"`
	Project string     `json:"project"`
	Kind    string     `json:"kind" description:"monitoring、evaluation 或 whole（整体支出自评）"`
	Window  string     `json:"window"`
	Due     model.Date `json:"due"`
	Days    int        `json:"days" description:"距截止日的天数，逾期为负"`
	Late    bool       `json:"late"`
	Returns int        `json:"returns"`
}

func (s *Server) deadlineRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listSheetTasks", Method: http.MethodGet, Path: "/units/{id}/sheet-tasks/{year}", Action: rbac.MonitoringRead,
		Summary: "一个单位今天还要报的监控表和自评表，最急的在前", Errors: []int{http.StatusNotFound},
	}, s.listSheetTasks)
}

func (s *Server) listSheetTasks(ctx context.Context, r *sheetTasksReq) (*sheetTasksResp, error) {
	tasks, err := s.execution.SheetTasks(ctx, personOf(ctx), r.ID, r.Year)
	if err != nil {
		return nil, err
	}
	out := &sheetTasksResp{Body: sheetTasksOut{Items: []sheetTaskOut{}}}
	for _, t := range tasks {
		out.Body.Items = append(out.Body.Items, sheetTaskOut{
			Record: t.Key.RecordID, Project: t.Project, Kind: string(t.Key.Kind), Window: t.Key.Window, Due: t.Due, Days: t.Days, Late: t.Late, Returns: t.Returns,
		})
	}
	return out, nil
}
