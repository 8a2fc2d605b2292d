package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/setting"
)

type unitIn struct {
	Name       string          `json:"name" binding:"required,max=500" label:"单位名称"`
	Kind       *model.UnitKind `json:"kind" label:"单位性质" description:"股室没有预算，留空"`
	ParentCode *string         `json:"parentCode" binding:"omitempty,max=64" label:"上级单位代码" description:"留空即为主管部门"`
}

func (in unitIn) change() setting.UnitChange {
	c := setting.UnitChange{Name: in.Name}
	if in.Kind != nil {
		c.Kind = *in.Kind
	}
	if in.ParentCode != nil {
		c.ParentCode = *in.ParentCode
	}
	return c
}

type createUnitReq struct{ Body createUnitIn }

type createUnitIn struct {
	Region string `json:"region" binding:"required,max=64" label:"财政区划"`
	Code   string `json:"code" binding:"required,max=64" label:"单位代码"`
	unitIn
}

type updateUnitReq struct {
	ID      model.ID     `path:"id" label:"单位"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    updateUnitIn
}

type updateUnitIn struct {
	unitIn
	Reason string `json:"reason" binding:"required,max=500" label:"理由"`
}

func (s *Server) unitSaveRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "createUnit", Method: http.MethodPost, Path: "/units", Action: rbac.UnitSave, Status: http.StatusCreated,
		Summary: "新建预算单位", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.createUnit)
	rest.Handle(a, rest.Op{
		ID: "updateUnit", Method: http.MethodPut, Path: "/units/{id}", Action: rbac.UnitSave,
		Summary: "修改单位名称、性质或上级单位", Errors: []int{http.StatusConflict},
	}, s.updateUnit)
}

func (s *Server) createUnit(ctx context.Context, r *createUnitReq) (*unitResp, error) {
	return answerUnit(s.settings.CreateUnit(ctx, callerOf(ctx).Identity, r.Body.Region, r.Body.Code, r.Body.change()))
}

func (s *Server) updateUnit(ctx context.Context, r *updateUnitReq) (*unitResp, error) {
	return answerUnit(s.settings.UpdateUnit(ctx, callerOf(ctx).Identity, r.ID, r.IfMatch.Version(), r.Body.change(), r.Body.Reason))
}

func answerUnit(u model.BudgetUnit, err error) (*unitResp, error) {
	if err != nil {
		return nil, err
	}
	return &unitResp{ETag: rest.Tag(u.Version), Body: unitOf(u)}, nil
}
