package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/tracking"
)

type overviewReq struct {
	ID   model.ID `path:"id" label:"单位"`
	Year int      `path:"year" binding:"min=2000,max=2100" label:"预算年度"`
}

type overviewResp struct{ Body overviewOut }

type overviewOut struct {
	Unit   UnitRef          `json:"unit"`
	Year   int              `json:"year"`
	On     model.Date       `json:"on"`
	Gone   string           `json:"gone" description:"时间进度"`
	Window string           `json:"window" description:"最近的监控期间，空为尚未开始"`
	Stages []stageOut       `json:"stages"`
	Rows   []overviewRowOut `json:"rows"`
	Sum    boardRowOut      `json:"sum"`
	Whole  *sheetStandOut   `json:"whole" description:"整体支出自评表；没有已批复的整体支出绩效目标时为空"`
}

// stageOut is a sheet that every project of the year owes, with its days.
type stageOut struct {
	Kind   string     `json:"kind" description:"monitoring 或 evaluation"`
	Window string     `json:"window"`
	Opens  model.Date `json:"opens"`
	Due    model.Date `json:"due"`
}

type overviewRowOut struct {
	boardRowOut
	Sheets []sheetStandOut `json:"sheets" description:"次序同 stages"`
}

type sheetStandOut struct {
	State       string            `json:"state" description:"空为还没有人填报；draft、submitted 或 confirmed"`
	Opened      bool              `json:"opened"`
	Late        bool              `json:"late"`
	Returns     int               `json:"returns"`
	SubmittedOn model.Date        `json:"submittedOn"`
	Lights      model.LightCounts `json:"lights"`
	Score       string            `json:"score"`
	Grade       string            `json:"grade"`
}

type dutiesReq struct {
	rest.PageQuery
	Year int `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type dutiesResp struct{ Body dutyPage }

// dutyPage is a page of what waits after approval.
type dutyPage struct {
	rest.Page[dutyOut]
	Late int `json:"late" description:"其中逾期的"`
}

type dutyOut struct {
	Kind     execution.DutyKind `json:"kind"`
	Record   model.ID           `json:"record"`
	Sheet    string             `json:"sheet" description:"monitoring、evaluation 或 whole（整体支出自评）；整改为空"`
	Window   string             `json:"window"`
	Unit     dutyUnitOut        `json:"unit"`
	Project  string             `json:"project" description:"项目代码；整体支出为空"`
	Name     string             `json:"name"`
	Due      model.Date         `json:"due"`
	Late     bool               `json:"late"`
	Returned bool               `json:"returned"`
	What     string             `json:"what" description:"整改内容"`
}

type dutyUnitOut struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

func (s *Server) overviewRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "showOverview", Method: http.MethodGet, Path: "/units/{id}/tracking/{year}", Action: rbac.MonitoringRead,
		Summary: "一个单位的项目今天的执行、监控、自评和整改", Errors: []int{http.StatusNotFound},
	}, s.showOverview)
	rest.Handle(a, rest.Op{
		ID: "listDuties", Method: http.MethodGet, Path: "/duties", Action: rbac.Self, Summary: "批复以后等待本人办理的事项：填报、确认、答复和复核整改",
	}, s.listDuties)
}

func (s *Server) showOverview(ctx context.Context, r *overviewReq) (*overviewResp, error) {
	o, err := s.execution.Overview(ctx, personOf(ctx), r.ID, r.Year)
	if err != nil {
		return nil, err
	}
	out := overviewOut{
		Unit: unitRef(o.Unit), Year: o.Year, On: o.On, Gone: o.Gone, Window: o.Window, Stages: []stageOut{}, Rows: []overviewRowOut{}, Sum: boardRowOf(o.Total),
	}
	for _, d := range o.Stages {
		out.Stages = append(out.Stages, stageOf(d))
	}
	for i, row := range o.Rows {
		line := overviewRowOut{boardRowOut: boardRowOf(row), Sheets: []sheetStandOut{}}
		for _, stand := range o.Stands[i] {
			line.Sheets = append(line.Sheets, sheetStandOf(stand))
		}
		out.Rows = append(out.Rows, line)
	}
	if o.Whole != nil {
		out.Whole = new(sheetStandOf(*o.Whole))
	}
	return &overviewResp{Body: out}, nil
}

func stageOf(d tracking.Deadline) stageOut {
	kind, window := model.EvaluationSheet, ""
	if d.Stage != tracking.SelfEvaluation {
		kind, window = model.MonitoringSheet, d.Stage.Window()
	}
	return stageOut{Kind: string(kind), Window: window, Opens: d.Opens, Due: d.Due}
}

func sheetStandOf(stand execution.SheetStand) sheetStandOut {
	out := sheetStandOut{
		State: string(stand.State), Opened: stand.Opened, Late: stand.Late, Returns: stand.Returns, SubmittedOn: stand.SubmittedOn, Lights: stand.Lights,
		Grade: stand.GradeName,
	}
	if stand.GradeName != "" {
		out.Score = tracking.Points(stand.Score).String()
	}
	return out
}

func (s *Server) listDuties(ctx context.Context, r *dutiesReq) (*dutiesResp, error) {
	if err := callerOf(ctx).Ready(); err != nil {
		return nil, err
	}
	page, err := s.execution.Duties(ctx, personOf(ctx), r.Year, r.Size, r.Offset())
	if err != nil {
		return nil, err
	}
	items := make([]dutyOut, len(page.Items))
	for i, d := range page.Items {
		items[i] = dutyOut{
			Kind: d.Kind, Record: d.Key.RecordID, Sheet: string(d.Key.Kind), Window: d.Key.Window, Unit: dutyUnitOut{d.UnitCode, d.UnitName},
			Project: d.Project, Name: d.Name, Due: d.Due, Late: d.Late, Returned: d.Returned, What: d.What,
		}
	}
	return &dutiesResp{Body: dutyPage{Page: rest.NewPage(r.PageQuery, items, page.Total), Late: page.Late}}, nil
}

var dutyWords = map[execution.DutyKind]string{
	execution.FillDuty: "填报", execution.ConfirmDuty: "确认", execution.ReplyDuty: "答复整改", execution.RecheckDuty: "复核整改",
}

func dutyWord(k execution.DutyKind) string { return dutyWords[k] }
