package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/publication"
)

// Publishing a unit's confirmed self-evaluations (公开绩效自评结果).

type evaluationReleasesReq struct {
	ID   model.ID `path:"id" label:"单位"`
	Year int      `path:"year" binding:"min=2000,max=2100" label:"预算年度"`
}

type publishEvaluationsReq struct {
	evaluationReleasesReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    publishEvaluationsIn
}

type publishEvaluationsIn struct {
	Reason *string `json:"reason" binding:"omitempty,max=2000" label:"理由" description:"再次公开时必填，随新版本公开"`
}

type evaluationReleasesResp struct {
	ETag rest.ETag `header:"ETag"`
	Body EvaluationReleases
}

// EvaluationReleases is how far the publishing of a unit's self-evaluations is.
type EvaluationReleases struct {
	Unit      UnitRef             `json:"unit"`
	Year      int                 `json:"year"`
	Confirmed int                 `json:"confirmed" description:"现在公开会包括的项目自评数"`
	Open      int                 `json:"open" description:"已批复但自评尚未确认的项目数"`
	Allowed   bool                `json:"allowed" description:"您现在可以公开"`
	Whole     *EvaluatedProject   `json:"whole" description:"整体支出自评；没有已批复的整体支出绩效目标时为空"`
	Projects  []EvaluatedProject  `json:"projects" description:"已批复的项目和它们的自评，公开只包括已确认的"`
	Releases  []EvaluationRelease `json:"releases" description:"按公开的先后"`
}

// EvaluatedProject is an approved project, or a whole unit, and how far its self-evaluation is.
type EvaluatedProject struct {
	Record      model.ID   `json:"record"`
	Code        string     `json:"code" description:"整体支出为空"`
	Name        string     `json:"name"`
	State       string     `json:"state" description:"draft、submitted 或 confirmed；还没有人填报的为空"`
	Score       string     `json:"score" description:"没有确认的为空"`
	Grade       string     `json:"grade"`
	ConfirmedOn model.Date `json:"confirmedOn"`
}

// EvaluationRelease is one publishing of self-evaluations.
type EvaluationRelease struct {
	Number      int       `json:"number"`
	Reason      string    `json:"reason"`
	Projects    int       `json:"projects"`
	ContentHash string    `json:"contentHash"`
	PublishedAt time.Time `json:"publishedAt"`
	PublishedBy string    `json:"publishedBy"`
	Files       []Link    `json:"files" description:"公开网站上的文件"`
}

// Link leads to something on this site.
type Link struct {
	Text    string `json:"text"`
	Address string `json:"address"`
}

func (s *Server) evaluationReleaseRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listEvaluationReleases", Method: http.MethodGet, Path: "/units/{id}/evaluations/{year}/releases", Action: rbac.EvaluationRead,
		Summary: "一个单位绩效自评结果的公开情况", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, r *evaluationReleasesReq) (*evaluationReleasesResp, error) {
		standing, err := s.evaluations.Standing(ctx, personOf(ctx), r.ID, r.Year)
		return evaluationReleasesOf(standing, r.Year, err)
	})
	rest.Handle(a, rest.Op{
		ID: "publishEvaluations", Method: http.MethodPost, Path: "/units/{id}/evaluations/{year}/published", Action: rbac.EvaluationPublish,
		Summary: "公开一个单位已确认的绩效自评结果；第一次用版本标记 \"0\"", Errors: sheetErrors,
	}, func(ctx context.Context, r *publishEvaluationsReq) (*evaluationReleasesResp, error) {
		standing, err := s.evaluations.Publish(ctx, personOf(ctx), publication.EvaluationOrder{
			UnitID: r.ID, Year: r.Year, Number: r.IfMatch.Version(), Reason: valueOf(r.Body.Reason, ""),
		})
		return evaluationReleasesOf(standing, r.Year, err)
	})
}

func evaluationReleasesOf(s publication.EvaluationStanding, year int, err error) (*evaluationReleasesResp, error) {
	if err != nil {
		return nil, err
	}
	out := &evaluationReleasesResp{ETag: rest.Tag(len(s.Releases)), Body: EvaluationReleases{
		Unit: unitRef(s.Unit), Year: year, Confirmed: s.Confirmed, Open: s.Open, Allowed: s.Allowed,
		Projects: []EvaluatedProject{}, Releases: []EvaluationRelease{},
	}}
	if s.Whole != nil {
		out.Body.Whole = new(evaluatedProject(*s.Whole))
	}
	for _, p := range s.Projects {
		out.Body.Projects = append(out.Body.Projects, evaluatedProject(p))
	}
	for i, r := range s.Releases {
		one := EvaluationRelease{
			Number: r.Number, Reason: r.Reason, Projects: r.Projects, ContentHash: r.ContentHash, PublishedAt: r.PublishedAt, PublishedBy: r.PublishedBy, Files: []Link{},
		}
		at := stand{PublicQuery: publication.PublicQuery{Region: s.Unit.RegionCode, Unit: s.Unit.Code, Year: year, Number: r.Number}}
		for _, f := range at.evaluationFiles(s.Files[i]) {
			one.Files = append(one.Files, Link{f.Text, f.Href})
		}
		out.Body.Releases = append(out.Body.Releases, one)
	}
	return out, nil
}

func evaluatedProject(p publication.EvaluationStand) EvaluatedProject {
	return EvaluatedProject{p.RecordID, p.Code, p.Name, string(p.State), p.Score, p.Grade, p.ConfirmedOn}
}
