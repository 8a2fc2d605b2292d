package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/project"
)

type projectTasksReq struct {
	rest.PageQuery
	Year int `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type projectTasksResp struct{ Body rest.Page[ProjectTask] }

// ProjectTask is something in the project library that waits for the reader.
type ProjectTask struct {
	Kind    project.TaskKind `json:"kind"`
	Region  string           `json:"region"`
	Unit    *TaskUnit        `json:"unit" description:"项目的单位；部门排序的主管部门；财政排序为空"`
	Project *TaskProject     `json:"project" description:"排序为空：一份排序是一件事"`
	Count   int              `json:"count" description:"排序中还没有位次的项目数"`
	Reason  string           `json:"reason" description:"退回的理由；不是退回的为空"`
	By      string           `json:"by" description:"退回人；不是退回的为空"`
}

// TaskUnit is the unit that a task is about.
type TaskUnit struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// TaskProject is the project that a task is about.
type TaskProject struct {
	ID         model.ID           `json:"id"`
	Code       string             `json:"code"`
	Name       string             `json:"name"`
	State      model.ProjectState `json:"state"`
	Conclusion *model.Conclusion  `json:"conclusion" description:"事前绩效评估结论，空为没有评估"`
}

var projectTaskWords = map[project.TaskKind]string{
	project.ReturnedTask: "被退回", project.EvaluateTask: "登记事前绩效评估", project.AdmitTask: "审核纳入部门项目库",
	project.StoreTask: "审核纳入财政项目库", project.RankTask: "部门排序", project.OrderTask: "财政排序",
}

func projectTaskWord(k project.TaskKind) string { return projectTaskWords[k] }

func (s *Server) projectTaskRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listProjectTasks", Method: http.MethodGet, Path: "/project-tasks", Action: rbac.Self, Summary: "项目库中等待本人办理的事项：被退回的、事前绩效评估、审核入库和排序",
	}, s.listProjectTasks)
}

func (s *Server) listProjectTasks(ctx context.Context, r *projectTasksReq) (*projectTasksResp, error) {
	if err := callerOf(ctx).Ready(); err != nil {
		return nil, err
	}
	page, err := s.projects.Tasks(ctx, personOf(ctx), r.Year, r.Size, r.Offset())
	if err != nil {
		return nil, err
	}
	items := make([]ProjectTask, len(page.Items))
	for i, t := range page.Items {
		items[i] = ProjectTask{Kind: t.Kind, Region: t.Region, Count: t.Count, Reason: t.Reason, By: t.By}
		if t.Unit.ID != 0 {
			items[i].Unit = &TaskUnit{t.Unit.Code, t.Unit.Name}
		}
		if p := t.Project; p.ID != 0 {
			items[i].Project = &TaskProject{p.ID, p.Code, p.Name, p.State, present(p.Conclusion)}
		}
	}
	return &projectTasksResp{Body: rest.NewPage(r.PageQuery, items, page.Total)}, nil
}
