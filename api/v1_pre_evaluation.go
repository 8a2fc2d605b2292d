package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

type preEvalRuleResp struct {
	ETag rest.ETag `header:"ETag"`
	Body PreEvalRule
}

// PreEvalRule says which projects of a region's year owe a pre-evaluation (事前绩效评估).
type PreEvalRule struct {
	Level     model.PreEvaluationLevel `json:"level" description:"没有评估的，申报时"`
	Threshold model.Money              `json:"threshold" description:"资金达到多少元"`
	Measure   model.FundsMeasure       `json:"measure" description:"按哪项资金"`
	LookBack  int                      `json:"lookBack" description:"近几年没有批复过的算新增；0 为从未批复过的"`
	Source    string                   `json:"source" description:"依据"`
	Version   int                      `json:"version" description:"0 为地区没有设定，按制度默认"`
}

type savePreEvalRuleReq struct {
	yearReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    preEvalRuleIn
}

type preEvalRuleIn struct {
	Level     model.PreEvaluationLevel `json:"level" binding:"required" label:"要求"`
	Threshold *model.Money             `json:"threshold" binding:"required" label:"金额标准"`
	Measure   model.FundsMeasure       `json:"measure" binding:"required" label:"按哪项资金"`
	LookBack  int                      `json:"lookBack" binding:"min=0,max=10" label:"新增的年限"`
	Source    string                   `json:"source" binding:"max=500" label:"依据"`
	Reason    string                   `json:"reason" binding:"required,max=500" label:"理由"`
}

func (s *Server) preEvaluationRoutes(a *rest.API) {
	const path = "/years/{region}/{year}/pre-evaluation"
	rest.Handle(a, rest.Op{
		ID: "getPreEvaluationRule", Method: http.MethodGet, Path: path, Action: rbac.YearRead, Summary: "年度设置：哪些项目须有事前绩效评估",
	}, s.getPreEvaluationRule)
	rest.Handle(a, rest.Op{
		ID: "savePreEvaluationRule", Method: http.MethodPut, Path: path, Action: rbac.YearSave,
		Summary: "修改事前绩效评估的要求；地区没有设定的用版本标记 \"0\"", Errors: []int{http.StatusConflict},
	}, s.savePreEvaluationRule)
}

func (s *Server) getPreEvaluationRule(ctx context.Context, q *yearReq) (*preEvalRuleResp, error) {
	return answerPreEvalRule(s.settings.PreEvaluation(ctx, callerOf(ctx).Identity, q.Region, q.Year))
}

func (s *Server) savePreEvaluationRule(ctx context.Context, q *savePreEvalRuleReq) (*preEvalRuleResp, error) {
	return answerPreEvalRule(s.settings.SavePreEvaluation(ctx, callerOf(ctx).Identity, model.PreEvaluationRule{
		RegionCode: q.Region, Year: q.Year, Level: q.Body.Level, Threshold: *q.Body.Threshold, Measure: q.Body.Measure,
		LookBack: q.Body.LookBack, Source: q.Body.Source, Version: q.IfMatch.Version(),
	}, q.Body.Reason))
}

func answerPreEvalRule(rule model.PreEvaluationRule, err error) (*preEvalRuleResp, error) {
	if err != nil {
		return nil, err
	}
	return &preEvalRuleResp{ETag: rest.Tag(rule.Version), Body: preEvalRuleOf(rule)}, nil
}

func preEvalRuleOf(r model.PreEvaluationRule) PreEvalRule {
	return PreEvalRule{r.Level, r.Threshold, r.Measure, r.LookBack, r.Source, r.Version}
}
