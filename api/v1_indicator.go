package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/indicator"
	"biaochi/service/workflow"
)

type treeReq struct {
	Key string `path:"key" binding:"max=64" label:"指标体系"`
}

type treeResp struct{ Body IndicatorTree }

// IndicatorTree is a set of first and second level indicators (指标体系).
type IndicatorTree struct {
	Key     string            `json:"key"`
	Name    string            `json:"name"`
	Source  string            `json:"source" description:"依据的文件"`
	Levels  []IndicatorLevel  `json:"levels"`
	Weights []IndicatorWeight `json:"weights"`
}

// IndicatorLevel is a first-level indicator (一级指标) with those below it.
type IndicatorLevel struct {
	Key      string                 `json:"key"`
	Name     string                 `json:"name"`
	Required bool                   `json:"required"`
	Absence  string                 `json:"absence" description:"可以不设的情形"`
	Children []SecondLevelIndicator `json:"children"`
}

// SecondLevelIndicator is a second-level indicator (二级指标).
type SecondLevelIndicator struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Local bool   `json:"local" description:"地方所加，国家文件中没有"`
}

// IndicatorWeight gives the points (权重) of the first levels for one kind of project.
type IndicatorWeight struct {
	Key       string         `json:"key"`
	Name      string         `json:"name"`
	Levels    map[string]int `json:"levels" description:"一级指标标识到分值"`
	Execution int            `json:"execution" description:"自评时预算执行率的分值"`
}

type meaningReq struct {
	Text string `query:"text" binding:"required,max=1000" label:"指标值"`
	Year int    `query:"year" binding:"required,min=2000,max=2100" label:"预算年度" description:"值中未写年份时按它理解"`
}

type meaningResp struct{ Body IndicatorValue }

// IndicatorValue is what an indicator value (指标值) means.
type IndicatorValue struct {
	Text      string `json:"text"`
	Kind      string `json:"kind" description:"quantity、ratio、money、date、change、grade（定性）、empty"`
	Operator  string `json:"operator" description:">=、<=、=、>、<、range；不比较的为空"`
	Value     string `json:"value" description:"数字文本；金额以元为单位，比率以百分之一为单位"`
	Upper     string `json:"upper" description:"区间的上限"`
	Unit      string `json:"unit"`
	Per       string `json:"per" description:"每什么，如 人·天"`
	Date      string `json:"date"`
	Direction string `json:"direction" description:"up、down"`
	Sentence  string `json:"sentence" description:"中文读法，如 不高于 450 元，每人每天"`
}

type templateReq struct {
	Region *string `query:"region" binding:"omitempty,max=64" label:"财政区划"`
	Year   int     `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type templateResp struct{ Body ReviewTemplate }

// ReviewTemplate is the 项目支出绩效目标审核表 to fill in.
type ReviewTemplate struct {
	Title  string       `json:"title"`
	Source string       `json:"source"`
	Heads  []ReviewHead `json:"heads"`
	Bands  []ReviewBand `json:"bands" description:"重点项目按总分定等级，从高到低"`
}

// ReviewHead is one head of the sheet with its items.
type ReviewHead struct {
	Name  string       `json:"name"`
	Items []ReviewItem `json:"items"`
}

// ReviewItem is what a reviewer is asked, and the points it can get.
type ReviewItem struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Points string `json:"points"`
	Asks   string `json:"asks"`
}

// ReviewBand gives a grade to totals from AtLeast on.
type ReviewBand struct {
	Grade   workflow.Grade `json:"grade"`
	AtLeast string         `json:"atLeast"`
}

func (s *Server) indicatorRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "getIndicatorTree", Method: http.MethodGet, Path: "/indicator-trees/{key}", Action: rbac.LibraryRead, Summary: "指标体系",
	}, s.getTree)
	rest.Handle(a, rest.Op{
		ID: "readIndicatorValue", Method: http.MethodGet, Path: "/indicator-values", Action: rbac.LibraryRead, Summary: "指标值的含义",
	}, s.readValue)
	rest.Handle(a, rest.Op{
		ID: "getReviewTemplate", Method: http.MethodGet, Path: "/review-template", Action: rbac.YearRead,
		Summary: "绩效目标审核表的内容和分值", Errors: []int{http.StatusNotFound},
	}, s.getTemplate)
}

func (s *Server) getTree(_ context.Context, q *treeReq) (*treeResp, error) {
	tree, ok := indicator.FindTree(q.Key)
	if !ok {
		return nil, model.Fail(model.NotFound, "tree.notFound", "没有名为 %s 的指标体系", q.Key)
	}
	out := IndicatorTree{Key: tree.Key, Name: tree.Name, Source: tree.Source}
	for _, l := range tree.Levels {
		level := IndicatorLevel{Key: l.Key, Name: l.Name, Required: l.Required, Absence: l.Absence}
		for _, below := range l.Children {
			level.Children = append(level.Children, SecondLevelIndicator{Key: below.Key, Name: below.Name, Local: below.Local})
		}
		out.Levels = append(out.Levels, level)
	}
	for _, w := range tree.Weights {
		out.Weights = append(out.Weights, IndicatorWeight{Key: w.Key, Name: w.Name, Levels: w.Levels, Execution: w.Execution})
	}
	return &treeResp{Body: out}, nil
}

func (s *Server) readValue(_ context.Context, q *meaningReq) (*meaningResp, error) {
	v := indicator.Parse(q.Text, q.Year)
	return &meaningResp{Body: IndicatorValue{
		Text: v.Text, Kind: string(v.Kind), Operator: string(v.Operator), Value: v.Value, Upper: v.Upper, Unit: v.Unit,
		Per: v.Per, Date: v.Date, Direction: string(v.Direction), Sentence: v.Words(),
	}}, nil
}

func (s *Server) getTemplate(ctx context.Context, q *templateReq) (*templateResp, error) {
	region, err := s.lookups.Region(ctx, callerOf(ctx).Assignments(), text(q.Region))
	if err != nil {
		return nil, err
	}
	template, err := workflow.ReviewTemplateFor(region.SetKey, q.Year)
	if err != nil {
		return nil, err
	}
	out := ReviewTemplate{Title: template.Title, Source: template.Source}
	for _, h := range template.Heads {
		head := ReviewHead{Name: h.Name}
		for _, item := range h.Items {
			head.Items = append(head.Items, ReviewItem{Key: item.Key, Name: item.Name, Points: item.Points.String(), Asks: item.Asks})
		}
		out.Heads = append(out.Heads, head)
	}
	for _, b := range template.Bands {
		out.Bands = append(out.Bands, ReviewBand{Grade: b.Grade, AtLeast: b.AtLeast.String()})
	}
	return &templateResp{Body: out}, nil
}
