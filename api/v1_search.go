package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

type searchReq struct {
	Text string `query:"text" binding:"required,max=100" label:"关键词" description:"名称或代码的一部分"`
}

type searchResp struct{ Body SearchResult }

// SearchResult is the units and projects that the reader may see and that match.
type SearchResult struct {
	Units      []UnitRef      `json:"units"`
	Projects   []FoundProject `json:"projects"`
	AllUnits   int            `json:"allUnits" description:"符合的单位总数"`
	AllFilings int            `json:"allFilings" description:"符合的申报总数"`
}

// FoundProject is a project with its filings, the latest year first.
type FoundProject struct {
	Unit    UnitRef       `json:"unit"`
	Code    string        `json:"code"`
	Name    string        `json:"name"`
	Filings []FoundFiling `json:"filings"`
}

// FoundFiling is a filing of a project's year.
type FoundFiling struct {
	ID    model.ID    `json:"id"`
	Year  int         `json:"year"`
	State model.State `json:"state"`
}

func (s *Server) searchRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "search", Method: http.MethodGet, Path: "/search", Action: rbac.Self, Summary: "按名称或代码查找单位、项目和申报",
	}, s.find)
}

func (s *Server) find(ctx context.Context, q *searchReq) (*searchResp, error) {
	found, err := s.search.Find(ctx, personOf(ctx), q.Text)
	if err != nil {
		return nil, err
	}
	out := SearchResult{AllUnits: int(found.AllUnits), AllFilings: int(found.AllFilings)}
	for _, u := range found.Units {
		out.Units = append(out.Units, unitRef(u))
	}
	for _, p := range found.Projects {
		project := FoundProject{Unit: unitRef(p.Unit), Code: p.Code, Name: p.Name}
		for _, f := range p.Filings {
			project.Filings = append(project.Filings, FoundFiling{f.ID, f.Year, f.State})
		}
		out.Projects = append(out.Projects, project)
	}
	return &searchResp{Body: out}, nil
}
