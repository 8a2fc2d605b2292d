package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/project"
)

type projectListReq struct {
	rest.PageQuery
	Year   int                 `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Region string              `query:"region" binding:"required,max=64" label:"财政区划"`
	Unit   *model.ID           `query:"unit" label:"单位" description:"连同其下级；空为全区划"`
	State  *model.ProjectState `query:"state" label:"状态"`
	// Standing leaves out what has ended.
	Standing *bool   `query:"standing" label:"不含终止的"`
	Text     *string `query:"text" binding:"omitempty,min=1,max=100" label:"查找"`
	Sort     *string `query:"sort" binding:"omitempty,oneof=name asked departmentRank financeRank" label:"排列" description:"空为按单位和代码"`
}

type projectListResp struct{ Body ProjectPage }

// ProjectPage is a part of the project library (项目库), as a year sees it.
type ProjectPage struct {
	Items      []LibraryProject `json:"items"`
	Total      int              `json:"total" description:"符合条件的总数，不只是本页"`
	Page       int              `json:"page"`
	Size       int              `json:"size"`
	States     []ProjectTally   `json:"states" description:"符合其他条件的项目，按状态"`
	Asked      SignedMoney      `json:"asked" description:"符合条件的项目本年申报数合计"`
	Department *ProjectRanking  `json:"department" description:"所选单位的部门排序；没有选单位的为空"`
	Finance    ProjectRanking   `json:"finance" description:"财政项目库的排序"`
}

// ProjectTally is the projects in one state.
type ProjectTally struct {
	State model.ProjectState `json:"state"`
	Count int                `json:"count"`
	Asked SignedMoney        `json:"asked"`
}

// ProjectRanking is an order of projects by priority.
type ProjectRanking struct {
	Version int  `json:"version" description:"移动时写在 If-Match"`
	Ranked  int  `json:"ranked" description:"已排位次的项目数"`
	Mine    bool `json:"mine" description:"本人可以调整"`
}

// LibraryProject is a project of the library.
type LibraryProject struct {
	ID              model.ID           `json:"id"`
	Unit            UnitRef            `json:"unit"`
	Code            string             `json:"code"`
	Name            string             `json:"name"`
	State           model.ProjectState `json:"state"`
	EndedFrom       int                `json:"endedFrom" description:"自哪个年度起终止，0 为未终止"`
	EndReason       string             `json:"endReason"`
	LastYear        int                `json:"lastYear" description:"已批复申报的项目期到哪一年，0 为没有写明"`
	Filing          model.ID           `json:"filing" description:"本年度或此前最近一年的申报"`
	FilingYear      int                `json:"filingYear"`
	FilingState     model.State        `json:"filingState"`
	Asked           SignedMoney        `json:"asked" description:"本年申报数"`
	ApprovedIn      int                `json:"approvedIn" description:"最近批复的年度，0 为没有"`
	DepartmentPlace int                `json:"departmentPlace" description:"部门排序的位次，0 为未排"`
	FinancePlace    int                `json:"financePlace" description:"财政项目库的位次，0 为未排"`
	Owes            bool               `json:"owes" description:"按规定须有事前绩效评估"`
	Conclusion      *model.Conclusion  `json:"conclusion" description:"事前绩效评估结论，空为没有评估"`
	Actions         []string           `json:"actions" description:"本人现在可以办理的：propose、takeBack、admit、refuse、store、unstore、end、resume、evaluate、rank、order"`
	Version         int                `json:"version"`
}

type projectReq struct {
	ID   model.ID `path:"id" label:"项目"`
	Year int      `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type projectResp struct {
	ETag rest.ETag `header:"ETag"`
	Body ProjectDetail
}

// ProjectDetail is a project with all that the library knows of it.
type ProjectDetail struct {
	LibraryProject
	Lacking     []ProjectFault  `json:"lacking" description:"绩效目标还缺什么，入库前须改正"`
	Evaluation  *PreEvaluation  `json:"evaluation" description:"事前绩效评估，空为没有"`
	Rule        PreEvalRule     `json:"rule"`
	Filings     []ProjectFiling `json:"filings" description:"历年的申报"`
	EndsFrom    int             `json:"endsFrom" description:"最早可以自哪个年度起终止"`
	Attachments []Attachment    `json:"attachments" description:"可选作评估报告的申报附件"`
}

// ProjectFault is what a target lacks, and where.
type ProjectFault struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// ProjectFiling is a filing of the project in one year.
type ProjectFiling struct {
	ID    model.ID    `json:"id"`
	Year  int         `json:"year"`
	State model.State `json:"state"`
}

type projectHistoryReq struct {
	ID model.ID `path:"id" label:"项目"`
}

type projectHistoryResp struct{ Body ProjectHistory }

// ProjectHistory is what was done about a project or tried, oldest first.
type ProjectHistory struct {
	Events []ProjectEvent `json:"events"`
}

// ProjectEvent is an entry of a project's history.
type ProjectEvent struct {
	At        time.Time           `json:"at"`
	Actor     string              `json:"actor"`
	Title     string              `json:"title"`
	FromState *model.ProjectState `json:"fromState"`
	ToState   *model.ProjectState `json:"toState"`
	Reason    string              `json:"reason"`
	Refused   string              `json:"refused" description:"被拒绝的原因；已办理的为空"`
	Lines     []AuditLine         `json:"lines"`
}

func (s *Server) projectRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listProjects", Method: http.MethodGet, Path: "/projects", Action: rbac.ProjectRead, Summary: "项目库", Errors: []int{http.StatusNotFound},
	}, s.listProjects)
	rest.Handle(a, rest.Op{
		ID: "getProject", Method: http.MethodGet, Path: "/projects/{id}", Action: rbac.ProjectRead, Summary: "项目库的一个项目",
	}, s.getProject)
	rest.Handle(a, rest.Op{
		ID: "historyOfProject", Method: http.MethodGet, Path: "/projects/{id}/history", Action: rbac.ProjectRead, Summary: "项目在项目库的办理记录",
	}, s.historyOfProject)
	s.projectActRoutes(a)
	s.projectTaskRoutes(a)
}

func (s *Server) listProjects(ctx context.Context, r *projectListReq) (*projectListResp, error) {
	page, err := s.projects.List(ctx, personOf(ctx), project.Query{
		Region: r.Region, UnitID: valueOf(r.Unit, 0), Year: r.Year, State: valueOf(r.State, ""), Standing: valueOf(r.Standing, false), Text: valueOf(r.Text, ""),
		Sort: project.Sort(valueOf(r.Sort, "")), Page: r.Page, Size: r.Size,
	})
	if err != nil {
		return nil, err
	}
	out := ProjectPage{
		Items: []LibraryProject{}, Total: int(page.Total), Page: page.Page, Size: page.Size, States: []ProjectTally{}, Finance: rankingOf(page.Finance), Asked: signed(page.Asked),
	}
	for _, sum := range page.Sums {
		out.States = append(out.States, ProjectTally{sum.State, int(sum.Count), signed(sum.Asked)})
	}
	if page.Department != nil {
		ranking := rankingOf(*page.Department)
		out.Department = &ranking
	}
	for _, item := range page.Items {
		out.Items = append(out.Items, libraryProjectOf(item))
	}
	return &projectListResp{Body: out}, nil
}

func rankingOf(o project.Order) ProjectRanking { return ProjectRanking(o) }

func libraryProjectOf(p project.Item) LibraryProject {
	out := LibraryProject{
		ID: p.ID, Unit: UnitRef{ID: p.UnitID, Code: p.UnitCode, Name: p.UnitName, Kind: p.UnitKind, Path: p.UnitPath}, Code: p.Code, Name: p.Name, State: p.State,
		EndedFrom: p.EndedFrom, EndReason: p.EndReason, LastYear: p.LastYear, Filing: p.RecordID, FilingYear: p.RecordYear, FilingState: p.FilingState,
		Asked: signed(p.Asked), ApprovedIn: p.ApprovedIn, DepartmentPlace: p.DepartmentPlace, FinancePlace: p.FinancePlace, Owes: p.Owes,
		Actions: p.Allowed, Version: p.Version,
	}
	if p.Conclusion != "" {
		out.Conclusion = &p.Conclusion
	}
	return out
}

func (s *Server) getProject(ctx context.Context, r *projectReq) (*projectResp, error) {
	return projectRespOf(s.projects.Show(ctx, personOf(ctx), r.ID, r.Year))
}

func projectRespOf(v project.View, err error) (*projectResp, error) {
	if err != nil {
		return nil, err
	}
	out := ProjectDetail{
		LibraryProject: libraryProjectOf(v.Item), Lacking: []ProjectFault{}, Rule: preEvalRuleOf(v.Rule), EndsFrom: v.EndsFrom, Filings: []ProjectFiling{}, Attachments: []Attachment{},
	}
	for _, fault := range v.Lacking {
		out.Lacking = append(out.Lacking, ProjectFault(fault))
	}
	for _, f := range v.Filings {
		out.Filings = append(out.Filings, ProjectFiling{f.ID, f.Year, f.State})
	}
	for _, a := range v.Attachments {
		out.Attachments = append(out.Attachments, attachmentOf(a))
	}
	if v.Evaluation.Version != 0 {
		evaluation := preEvaluationOf(v)
		out.Evaluation = &evaluation
	}
	return &projectResp{ETag: rest.Tag(v.Version), Body: out}, nil
}

func (s *Server) historyOfProject(ctx context.Context, r *projectHistoryReq) (*projectHistoryResp, error) {
	events, err := s.projects.History(ctx, personOf(ctx), r.ID)
	out := ProjectHistory{Events: []ProjectEvent{}}
	for _, e := range events {
		out.Events = append(out.Events, projectEventOf(e))
	}
	return &projectHistoryResp{Body: out}, err
}
