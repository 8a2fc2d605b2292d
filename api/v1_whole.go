package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

type wholeResp struct{ Body WholeEvaluation }

// WholeEvaluation is a unit's whole-unit target, evaluated from its projects.
type WholeEvaluation struct {
	Unit           model.ID       `json:"unit"`
	UnitName       string         `json:"unitName"`
	Record         model.ID       `json:"record" description:"整体支出绩效目标"`
	Budget         SignedMoney    `json:"budget" description:"所属项目的全年预算数"`
	Paid           SignedMoney    `json:"paid"`
	Rate           string         `json:"rate"`
	ExecutionScore string         `json:"executionScore"`
	Rows           []WholeEvalRow `json:"rows"`
	Unassigned     string         `json:"unassigned" description:"没有指标可得的分值"`
	Total          string         `json:"total"`
	GradeName      string         `json:"gradeName"`
	Complete       bool           `json:"complete" description:"每个有指标值的指标都能评分"`
	Projects       int            `json:"projects" description:"已批复的项目数"`
	Evaluated      int            `json:"evaluated" description:"其中已提交自评的"`
}

// WholeEvalRow is an indicator with what it is made of.
type WholeEvalRow struct {
	Level1Name string      `json:"level1Name"`
	Level2Name string      `json:"level2Name"`
	Name       string      `json:"name"`
	Target     string      `json:"target"`
	Actual     string      `json:"actual" description:"由各项目汇总；不能汇总的为空，原因见 why"`
	Points     string      `json:"points"`
	Score      string      `json:"score"`
	Done       string      `json:"done" description:"完成率"`
	Why        string      `json:"why"`
	Parts      []WholePart `json:"parts" description:"同名指标的各项目"`
}

// WholePart is a project's share in an indicator.
type WholePart struct {
	Record  model.ID    `json:"record"`
	Unit    string      `json:"unit"`
	Project string      `json:"project"`
	Target  string      `json:"target"`
	Actual  string      `json:"actual"`
	Money   SignedMoney `json:"money" description:"比率按此加权"`
}

func (s *Server) wholeRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "showWholeEvaluation", Method: http.MethodGet, Path: "/units/{id}/whole-evaluation/{year}", Action: rbac.EvaluationRead,
		Summary: "整体支出绩效自评：由所属项目的自评先汇总、后评分", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.showWholeEvaluation)
}

func (s *Server) showWholeEvaluation(ctx context.Context, r *sheetTasksReq) (*wholeResp, error) {
	w, err := s.execution.WholeEvaluation(ctx, personOf(ctx), r.ID, r.Year)
	if err != nil {
		return nil, err
	}
	out := WholeEvaluation{
		Unit: w.Unit.ID, UnitName: w.Unit.Name, Record: w.Record.ID, Budget: signed(w.Execution.Budget), Paid: signed(w.Execution.Executed),
		Rate: w.Execution.Rate, ExecutionScore: w.Execution.Score.String(), Unassigned: w.Unassigned.String(), Total: w.Total.String(),
		GradeName: w.GradeName, Complete: w.Complete, Projects: w.Projects, Evaluated: w.Evaluated,
	}
	for _, row := range w.Rows {
		one := WholeEvalRow{
			Level1Name: row.Level1Name, Level2Name: row.Level2Name, Name: row.Name, Target: row.Target, Actual: row.Actual,
			Points: row.Score.Points.String(), Score: row.Score.Score.String(), Done: row.Score.Done, Why: row.Score.Why,
		}
		for _, p := range row.Parts {
			one.Parts = append(one.Parts, WholePart{p.RecordID, p.Unit, p.Project, p.Target, p.Actual, signed(p.Money)})
		}
		out.Rows = append(out.Rows, one)
	}
	return &wholeResp{Body: out}, nil
}
