package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/directory"
)

type unitsReq struct {
	rest.PageQuery
	Action *rest.ActionName `query:"action" label:"操作" description:"只列出可以办理这项操作的单位；默认是可以查看的"`
	Under  *string          `query:"under" binding:"omitempty,max=255" label:"上级单位路径" description:"该单位及以下"`
	Text   *string          `query:"text" binding:"omitempty,max=100" label:"关键词" description:"名称或代码"`
}

type unitsResp struct{ Body rest.Page[Unit] }

// Unit is a budget unit (预算单位) in its tree: its path begins with its parent's.
type Unit struct {
	UnitRef
	Region     string `json:"region" description:"财政区划代码"`
	ParentCode string `json:"parentCode" description:"上级单位代码；主管部门为空"`
	Stub       bool   `json:"stub" description:"只作为别的单位的上级为人所知"`
	Version    int    `json:"version"`
}

func unitOf(u model.BudgetUnit) Unit {
	return Unit{UnitRef: unitRef(u), Region: u.RegionCode, ParentCode: u.ParentCode, Stub: u.Stub, Version: u.Version}
}

type unitReq struct {
	ID model.ID `path:"id" label:"单位"`
}

type unitResp struct {
	ETag rest.ETag `header:"ETag"`
	Body Unit
}

type yearsReq struct {
	Region *string `query:"region" binding:"omitempty,max=64" label:"财政区划"`
}

type yearsResp struct{ Body YearList }

// YearList is budget years by region and year.
type YearList struct {
	Years []Year `json:"years"`
}

// Year is a budget year (预算年度) of a region.
type Year struct {
	Region  string `json:"region"`
	Year    int    `json:"year"`
	TreeKey string `json:"treeKey" description:"本年度使用的指标体系"`
}

func (s *Server) unitRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listUnits", Method: http.MethodGet, Path: "/units", Action: rbac.UnitRead, Summary: "预算单位列表，按单位树排列",
	}, s.listUnits)
	rest.Handle(a, rest.Op{
		ID: "getUnit", Method: http.MethodGet, Path: "/units/{id}", Action: rbac.UnitRead, Summary: "查看预算单位",
	}, s.getUnit)
	rest.Handle(a, rest.Op{
		ID: "listYears", Method: http.MethodGet, Path: "/years", Action: rbac.YearRead, Summary: "预算年度列表",
	}, s.listYears)
}

func (s *Server) listUnits(ctx context.Context, q *unitsReq) (*unitsResp, error) {
	action := rbac.UnitRead
	if q.Action != nil {
		action, _ = rbac.ActionByName(string(*q.Action))
	}
	units, total, err := s.lookups.Units(ctx, callerOf(ctx).Assignments(), directory.UnitQuery{
		Action: action, Under: text(q.Under), Text: text(q.Text), Limit: q.Size, Offset: q.Offset(),
	})
	if err != nil {
		return nil, err
	}
	items := make([]Unit, len(units))
	for i, u := range units {
		items[i] = unitOf(u)
	}
	return &unitsResp{Body: rest.NewPage(q.PageQuery, items, int(total))}, nil
}

func (s *Server) getUnit(ctx context.Context, q *unitReq) (*unitResp, error) {
	u, err := s.lookups.Unit(ctx, callerOf(ctx).Assignments(), rbac.UnitRead, q.ID)
	if err != nil {
		return nil, err
	}
	return &unitResp{ETag: rest.Tag(u.Version), Body: unitOf(u)}, nil
}

func (s *Server) listYears(ctx context.Context, q *yearsReq) (*yearsResp, error) {
	years, err := s.lookups.Years(ctx, callerOf(ctx).Assignments(), text(q.Region))
	out := &yearsResp{}
	for _, y := range years {
		out.Body.Years = append(out.Body.Years, Year{Region: y.RegionCode, Year: y.Year, TreeKey: y.TreeKey})
	}
	return out, err
}
