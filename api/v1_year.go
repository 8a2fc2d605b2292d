package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/indicator"
	"biaochi/service/setting"
)

type yearReq struct {
	Region string `path:"region" binding:"max=64" label:"财政区划"`
	Year   int    `path:"year" binding:"min=2000,max=2100" label:"预算年度"`
}

type yearResp struct {
	ETag rest.ETag `header:"ETag"`
	Body YearSettings
}

// YearSettings is what a region set for a budget year (年度设置).
type YearSettings struct {
	Region    string         `json:"region"`
	Year      int            `json:"year"`
	TreeKey   string         `json:"treeKey" description:"指标体系"`
	Deadlines []StepDeadline `json:"deadlines"`
	Steps     []NamedStep    `json:"steps" description:"审核流程的环节；草稿的期限 step 写空"`
	Trees     []NamedTree    `json:"trees" description:"可选的指标体系"`
	Opened    bool           `json:"opened" description:"年度已开启：草稿的期限是一上、二上的截止日期，不在这里设定"`
	Version   int            `json:"version"`
}

// StepDeadline is until when records should leave a step.
type StepDeadline struct {
	Step string    `json:"step"`
	At   time.Time `json:"at"`
}

// NamedStep is a step of the chain by key and name.
type NamedStep struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// NamedTree is an indicator tree by key, name and the document that it is from.
type NamedTree struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Source string `json:"source"`
}

type saveYearReq struct {
	yearReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    saveYearIn
}

type saveYearIn struct {
	TreeKey   string       `json:"treeKey" binding:"required,max=64" label:"指标体系"`
	Deadlines []deadlineIn `json:"deadlines" binding:"max=50,dive" label:"期限"`
	Reason    string       `json:"reason" binding:"required,max=500" label:"理由"`
}

type deadlineIn struct {
	Step string    `json:"step" binding:"max=64" label:"环节"`
	At   time.Time `json:"at" binding:"required" label:"期限"`
}

func (s *Server) yearRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "getYear", Method: http.MethodGet, Path: "/years/{region}/{year}", Action: rbac.YearRead, Summary: "年度设置：指标体系和各环节期限",
	}, s.getYear)
	rest.Handle(a, rest.Op{
		ID: "saveYear", Method: http.MethodPut, Path: "/years/{region}/{year}", Action: rbac.YearSave,
		Summary: "修改年度设置", Errors: []int{http.StatusConflict},
	}, s.saveYear)
}

func (s *Server) getYear(ctx context.Context, q *yearReq) (*yearResp, error) {
	return answerYear(s.settings.Year(ctx, callerOf(ctx).Identity, q.Region, q.Year))
}

func (s *Server) saveYear(ctx context.Context, q *saveYearReq) (*yearResp, error) {
	change := setting.YearChange{TreeKey: q.Body.TreeKey}
	for _, d := range q.Body.Deadlines {
		change.Deadlines = append(change.Deadlines, model.StepDeadline(d))
	}
	return answerYear(s.settings.SaveYear(ctx, callerOf(ctx).Identity, q.Region, q.Year, q.IfMatch.Version(), change, q.Body.Reason))
}

func answerYear(y setting.Year, err error) (*yearResp, error) {
	if err != nil {
		return nil, err
	}
	out := YearSettings{Region: y.RegionCode, Year: y.Year, TreeKey: y.TreeKey, Opened: y.Opened, Version: y.Version}
	for _, d := range y.Deadlines {
		out.Deadlines = append(out.Deadlines, StepDeadline(d))
	}
	for _, step := range y.Steps {
		out.Steps = append(out.Steps, NamedStep{step.Key, step.Name})
	}
	for _, tree := range indicator.Trees() {
		out.Trees = append(out.Trees, NamedTree{tree.Key, tree.Name, tree.Source})
	}
	return &yearResp{ETag: rest.Tag(y.Version), Body: out}, nil
}
