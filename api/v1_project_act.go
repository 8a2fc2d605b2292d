package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/project"
	"biaochi/service/workflow"
)

type projectActReq struct {
	ID      model.ID     `path:"id" label:"项目"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    projectActIn
}

type projectActIn struct {
	Year   int     `json:"year" binding:"required,min=2000,max=2100" label:"预算年度" description:"终止时为自哪个年度起"`
	Reason *string `json:"reason" binding:"omitempty,max=500" label:"理由"`
}

type rankProjectReq struct {
	ID      model.ID     `path:"id" label:"项目"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required" description:"排序的版本，见列表的 department 和 finance"`
	Body    rankIn
}

type rankIn struct {
	Year  int  `json:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Place *int `json:"place" binding:"required,min=0,max=1000000" label:"位次" description:"0 为不排序"`
}

type rankResp struct {
	ETag rest.ETag `header:"ETag"`
	Body RankedProject
}

// RankedProject is where a move put a project.
type RankedProject struct {
	Place   int `json:"place"`
	Version int `json:"version" description:"排序的版本"`
}

type preEvaluationReq struct {
	ID      model.ID     `path:"id" label:"项目"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required" description:"评估的版本，第一次为 \"0\""`
	Body    preEvaluationIn
}

type preEvaluationIn struct {
	Year        int              `json:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Conclusion  model.Conclusion `json:"conclusion" binding:"required" label:"结论"`
	Opinion     string           `json:"opinion" binding:"required,max=2000" label:"评估意见"`
	EvaluatedOn model.Date       `json:"evaluatedOn" binding:"required" label:"评估日期"`
	Evaluator   string           `json:"evaluator" binding:"required,max=200" label:"评估人"`
	Attachment  model.ID         `json:"attachment" binding:"required" label:"评估报告"`
}

// PreEvaluation is a pre-evaluation (事前绩效评估) as recorded.
type PreEvaluation struct {
	Conclusion  model.Conclusion `json:"conclusion"`
	Opinion     string           `json:"opinion"`
	EvaluatedOn model.Date       `json:"evaluatedOn"`
	Evaluator   string           `json:"evaluator"`
	Report      *Attachment      `json:"report" description:"评估报告；附件已移除的为空"`
	By          string           `json:"by" description:"登记人"`
	Version     int              `json:"version"`
}

// projectActs are the routes of the acts that move a project.
var projectActs = []struct {
	act    workflow.ProjectAct
	id     string
	path   string
	action rbac.Action
}{
	{workflow.ProposeProject, "proposeProject", "proposed", rbac.ProjectSave},
	{workflow.TakeBackProject, "takeBackProject", "taken-back", rbac.ProjectSave},
	{workflow.AdmitProject, "admitProject", "admitted", rbac.ProjectAdmit},
	{workflow.RefuseProject, "refuseProject", "refused", rbac.ProjectAdmit},
	{workflow.StoreProject, "storeProject", "stored", rbac.ProjectStore},
	{workflow.UnstoreProject, "unstoreProject", "unstored", rbac.ProjectStore},
	{workflow.EndProject, "endProject", "ended", rbac.ProjectClose},
	{workflow.ResumeProject, "resumeProject", "resumed", rbac.ProjectClose},
}

func (s *Server) projectActRoutes(a *rest.API) {
	for _, route := range projectActs {
		rest.Handle(a, rest.Op{
			ID: route.id, Method: http.MethodPost, Path: "/projects/{id}/" + route.path, Action: route.action,
			Summary: "项目库：" + route.act.ZH(), Errors: sheetErrors,
		}, func(ctx context.Context, r *projectActReq) (*projectResp, error) {
			return projectRespOf(s.projects.Do(ctx, personOf(ctx), project.Act{
				ProjectID: r.ID, Lock: r.IfMatch.Version(), Act: route.act, Year: r.Body.Year, Reason: text(r.Body.Reason),
			}))
		})
	}
	rest.Handle(a, rest.Op{
		ID: "rankProject", Method: http.MethodPost, Path: "/projects/{id}/ranked", Action: rbac.ProjectRank,
		Summary: "移动项目在部门排序中的位次", Errors: sheetErrors,
	}, func(ctx context.Context, r *rankProjectReq) (*rankResp, error) { return s.rankProject(ctx, r, false) })
	rest.Handle(a, rest.Op{
		ID: "orderProject", Method: http.MethodPost, Path: "/projects/{id}/ordered", Action: rbac.ProjectOrder,
		Summary: "移动项目在财政项目库排序中的位次", Errors: sheetErrors,
	}, func(ctx context.Context, r *rankProjectReq) (*rankResp, error) { return s.rankProject(ctx, r, true) })
	rest.Handle(a, rest.Op{
		ID: "savePreEvaluation", Method: http.MethodPut, Path: "/projects/{id}/pre-evaluation", Action: rbac.ProjectEvaluate,
		Summary: "登记事前绩效评估", Errors: sheetErrors,
	}, s.savePreEvaluation)
}

func (s *Server) rankProject(ctx context.Context, r *rankProjectReq, byFinance bool) (*rankResp, error) {
	moved, err := s.projects.Rank(ctx, personOf(ctx), project.Move{
		ProjectID: r.ID, Year: r.Body.Year, ByFinance: byFinance, Lock: r.IfMatch.Version(), Place: *r.Body.Place,
	})
	if err != nil {
		return nil, err
	}
	return &rankResp{ETag: rest.Tag(moved.Version), Body: RankedProject(moved)}, nil
}

func (s *Server) savePreEvaluation(ctx context.Context, r *preEvaluationReq) (*projectResp, error) {
	return projectRespOf(s.projects.Evaluate(ctx, personOf(ctx), project.Evaluation{
		ProjectID: r.ID, Year: r.Body.Year, Lock: r.IfMatch.Version(), Conclusion: r.Body.Conclusion, Opinion: r.Body.Opinion,
		EvaluatedOn: r.Body.EvaluatedOn, Evaluator: r.Body.Evaluator, AttachmentID: r.Body.Attachment,
	}))
}

func preEvaluationOf(v project.View) PreEvaluation {
	e := v.Evaluation
	out := PreEvaluation{
		Conclusion: e.Conclusion, Opinion: e.Opinion, EvaluatedOn: e.EvaluatedOn, Evaluator: e.Evaluator, By: e.ChangedBy, Version: e.Version,
	}
	if v.Report != nil {
		report := attachmentOf(*v.Report)
		out.Report = &report
	}
	return out
}

// projectEventOf tells of an event by the act, where it was one that moves a project.
func projectEventOf(e model.Event) ProjectEvent {
	var detail struct {
		Act     string `json:"act"`
		Refused string `json:"refused"`
	}
	_ = json.Unmarshal([]byte(e.Detail), &detail) // what isn't there is told by the action
	out := ProjectEvent{
		At: e.At, Actor: e.Actor, Title: titleOf(e.Action), FromState: projectStateOf(e.FromState), ToState: projectStateOf(e.ToState),
		Reason: e.Reason, Refused: refusalWord(detail.Refused), Lines: []AuditLine{},
	}
	if detail.Act != "" {
		out.Title = detail.Act
		return out
	}
	out.Lines = auditLines(e.Detail)
	return out
}

func projectStateOf(state model.State) *model.ProjectState {
	if s := model.ProjectState(state); slices.Contains(model.ProjectStates, s) {
		return &s
	}
	return nil
}
