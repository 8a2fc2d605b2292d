package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/rbac"
	"biaochi/service/indicator"
	"biaochi/service/workflow"
)

// FilingTemplate is what a filing's year and region say of its form and its 审核表.
type FilingTemplate struct {
	Tree   IndicatorTree   `json:"tree"`
	Review *ReviewTemplate `json:"review" description:"项目支出绩效目标审核表；地区没有时为空"`
}

// IndicatorTree is the 指标体系 of a year.
type IndicatorTree struct {
	Key    string       `json:"key"`
	Name   string       `json:"name"`
	Levels []TreeLevel1 `json:"levels" description:"一级指标，按表中顺序"`
}

// TreeLevel1 is a first-level indicator.
type TreeLevel1 struct {
	Key      string       `json:"key"`
	Name     string       `json:"name"`
	Required bool         `json:"required"`
	Children []TreeLevel2 `json:"children" description:"二级指标"`
}

// TreeLevel2 is a second-level indicator.
type TreeLevel2 struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// ReviewTemplate is the 审核表 as it is filled in.
type ReviewTemplate struct {
	Title string       `json:"title"`
	Heads []ReviewHead `json:"heads"`
}

// ReviewHead is one head of the sheet.
type ReviewHead struct {
	Name  string       `json:"name"`
	Items []ReviewItem `json:"items"`
}

// ReviewItem is one question of the sheet.
type ReviewItem struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Asks   string `json:"asks"`
	Points string `json:"points" description:"重点项目的分值"`
}

type templateResp struct{ Body FilingTemplate }

func (s *Server) templateRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "templateOfFiling", Method: http.MethodGet, Path: "/filings/{id}/template", Action: rbac.FilingRead,
		Summary: "这份申报所用的指标体系和审核表",
	}, s.filingTemplate)
}

func (s *Server) filingTemplate(ctx context.Context, q *recordReq) (*templateResp, error) {
	t, err := s.filings.Template(ctx, personOf(ctx), q.ID)
	if err != nil {
		return nil, err
	}
	return &templateResp{Body: FilingTemplate{Tree: treeOf(t.Tree), Review: reviewTemplateOf(t.Review)}}, nil
}

func treeOf(t indicator.Tree) IndicatorTree {
	out := IndicatorTree{Key: t.Key, Name: t.Name, Levels: make([]TreeLevel1, len(t.Levels))}
	for i, level := range t.Levels {
		first := TreeLevel1{Key: level.Key, Name: level.Name, Required: level.Required}
		for _, second := range level.Children {
			first.Children = append(first.Children, TreeLevel2{Key: second.Key, Name: second.Name})
		}
		out.Levels[i] = first
	}
	return out
}

func reviewTemplateOf(t *workflow.ReviewTemplate) *ReviewTemplate {
	if t == nil {
		return nil
	}
	out := &ReviewTemplate{Title: t.Title, Heads: make([]ReviewHead, len(t.Heads))}
	for i, head := range t.Heads {
		out.Heads[i].Name = head.Name
		for _, item := range head.Items {
			out.Heads[i].Items = append(out.Heads[i].Items, ReviewItem{Key: item.Key, Name: item.Name, Asks: item.Asks, Points: item.Points.String()})
		}
	}
	return out
}
