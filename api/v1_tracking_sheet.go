package api

import (
	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/service/execution"
	"biaochi/service/tracking"
)

type sheetIn struct {
	Said       []saidIn `json:"said" binding:"max=500,dive" label:"指标"`
	GoalResult *string  `json:"goalResult" binding:"omitempty,max=5000" label:"年度目标实际完成情况"`
	// Forecasts of 全年预计执行数; what is absent wasn't given.
	Total  *model.Money `json:"forecastTotal" label:"全年预计执行数：总额"`
	Fiscal *model.Money `json:"forecastFiscal" label:"全年预计执行数：财政拨款"`
	Other  *model.Money `json:"forecastOther" label:"全年预计执行数：其他资金"`
}

type saidIn struct {
	Level1     string   `json:"level1" binding:"required,max=64" label:"一级指标"`
	Level2     string   `json:"level2" binding:"required,max=64" label:"二级指标"`
	Name       string   `json:"name" binding:"max=2000" label:"三级指标"`
	Actual     *string  `json:"actual" binding:"omitempty,max=2000" label:"执行情况"`
	Band       *string  `json:"band" binding:"omitempty,max=64" label:"达成档次"`
	Share      *int     `json:"share" binding:"omitempty,min=0,max=100" label:"得分比例"`
	Path       *pathIn  `json:"path" label:"指标进度"`
	Forecast   *string  `json:"forecast" binding:"omitempty,max=2000" label:"全年预计完成情况"`
	Likelihood *string  `json:"likelihood" binding:"omitempty,max=64" label:"完成目标可能性"`
	Causes     []string `json:"causes" binding:"max=5,dive,max=64" label:"偏差原因"`
	Cause      *string  `json:"cause" binding:"omitempty,max=2000" label:"原因说明"`
	Remark     *string  `json:"remark" binding:"omitempty,max=2000" label:"备注"`
}

type pathIn struct {
	Kind   string      `json:"kind" binding:"required,oneof=atOnce even seasonal byDate" label:"进度"`
	Date   *model.Date `json:"date" label:"日期"`
	Months []int       `json:"months" binding:"max=12,dive,min=0,max=100" label:"月末累计进度"`
}

func (in sheetIn) content() execution.Content {
	c := execution.Content{GoalResult: valueOf(in.GoalResult, ""), Forecasts: map[string]model.Money{}}
	for key, amount := range map[string]*model.Money{"total": in.Total, "fiscal": in.Fiscal, "other": in.Other} {
		if amount != nil {
			c.Forecasts[key] = *amount
		}
	}
	for _, s := range in.Said {
		c.Said = append(c.Said, s.said())
	}
	return c
}

func (s saidIn) said() execution.Said {
	said := execution.Said{
		Level1: s.Level1, Level2: s.Level2, Name: s.Name, Actual: valueOf(s.Actual, ""), Band: valueOf(s.Band, ""), Share: s.Share,
		Statement: tracking.Statement{
			Forecast: valueOf(s.Forecast, ""), Likelihood: tracking.Likelihood(valueOf(s.Likelihood, "")), Cause: valueOf(s.Cause, ""), Remark: valueOf(s.Remark, ""),
		},
	}
	for _, cause := range s.Causes {
		said.Causes = append(said.Causes, tracking.Cause(cause))
	}
	if s.Path != nil {
		said.Path = &tracking.Path{Kind: tracking.PathKind(s.Path.Kind), Date: valueOf(s.Path.Date, ""), Months: s.Path.Months}
	}
	return said
}

type sheetResp struct {
	ETag rest.ETag `header:"ETag"`
	Body sheetOut
}

type sheetOut struct {
	Record      model.ID          `json:"record"`
	TargetOf    model.ID          `json:"targetOf" description:"所依据的已批复版本"`
	Unit        model.ID          `json:"unit"`
	UnitName    string            `json:"unitName"`
	Project     string            `json:"project"`
	Name        string            `json:"name"`
	State       string            `json:"state" description:"draft、submitted 或 confirmed"`
	Version     int               `json:"version" description:"0 为还没有人填报"`
	Returns     int               `json:"returns"`
	Opens       model.Date        `json:"opens"`
	Due         model.Date        `json:"due"`
	AsOf        model.Date        `json:"asOf"`
	Goal        string            `json:"goal"`
	GoalResult  string            `json:"goalResult"`
	Money       []sheetMoneyOut   `json:"money"`
	Spending    string            `json:"spending" description:"资金预警"`
	Gone        string            `json:"gone" description:"时间进度"`
	SpendingWhy string            `json:"spendingWhy"`
	Lights      model.LightCounts `json:"lights"`
	Lines       []sheetLineOut    `json:"lines"`
	Score       string            `json:"score" description:"自评总分，监控表为空"`
	Grade       string            `json:"grade"`
	Execution   string            `json:"executionScore" description:"预算执行率得分"`
	ExecutionOf string            `json:"executionPoints" description:"预算执行率分值"`
	Bands       []bandOut         `json:"bands" description:"定性指标的达成档次"`
	Owed        []owedOut         `json:"owed"`
	AllowedActs []string          `json:"allowedActs" description:"save、submit、confirm、return、order"`
}

// bandOut is one of the bands in which words are judged.
type bandOut struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	From int    `json:"from" description:"得分比例的下限，含"`
	To   int    `json:"to" description:"上限；100 含，其余不含"`
}

// pathOut is how a target falls due.
type pathOut struct {
	Kind   string     `json:"kind" description:"atOnce、even、seasonal、byDate"`
	Date   model.Date `json:"date"`
	Months []int      `json:"months"`
	Said   bool       `json:"said" description:"填报人选定的；否则由指标值推出"`
}

// owedOut is what keeps a sheet from being handed in.
type owedOut struct {
	Place   string `json:"place" description:"如 $.lines[0].cause"`
	Message string `json:"message"`
}

type sheetMoneyOut struct {
	Key      string       `json:"key"`
	Name     string       `json:"name"`
	Initial  string       `json:"initial"`
	Adjusted string       `json:"adjusted"`
	Executed string       `json:"executed" description:"上年结转行为空：支付不区分"`
	Rate     string       `json:"rate"`
	Forecast *model.Money `json:"forecast"`
}

type sheetLineOut struct {
	Level1     string   `json:"level1"`
	Level1Name string   `json:"level1Name"`
	Level2     string   `json:"level2"`
	Level2Name string   `json:"level2Name"`
	Name       string   `json:"name"`
	Target     string   `json:"target"`
	Words      string   `json:"words"`
	Judged     bool     `json:"judged" description:"定性指标，须选达成档次"`
	Path       pathOut  `json:"path" description:"自评表为空"`
	Actual     string   `json:"actual"`
	Band       string   `json:"band"`
	Share      *int     `json:"share"`
	Forecast   string   `json:"forecast"`
	Likelihood string   `json:"likelihood"`
	Causes     []string `json:"causes"`
	Cause      string   `json:"cause"`
	Remark     string   `json:"remark"`
	Light      string   `json:"light" description:"自评表为空"`
	Due        string   `json:"due"`
	Done       string   `json:"done"`
	Points     string   `json:"points" description:"监控表为空"`
	Score      string   `json:"score"`
	Why        string   `json:"why"`
	TooLow     bool     `json:"tooLow"`
}

func sheetRespOf(v execution.View, err error) (*sheetResp, error) {
	if err != nil {
		return nil, err
	}
	out := sheetOut{
		Record: v.Sheet.RecordID, TargetOf: v.Sheet.VersionID, Unit: v.Unit.ID, UnitName: v.Unit.Name, Project: v.Project, Name: v.Name, State: string(v.Sheet.State),
		Version: v.Sheet.Version, Returns: v.Sheet.Returns, Opens: v.Deadline.Opens, Due: v.Deadline.Due, AsOf: v.AsOf, Goal: v.Goal, GoalResult: v.Content.GoalResult,
		Money: []sheetMoneyOut{}, Spending: string(v.Spending.Light), Gone: v.Spending.Due, SpendingWhy: v.Spending.Why, Bands: []bandOut{}, Lights: v.Sheet.Lights, Lines: []sheetLineOut{}, Owed: []owedOut{}, AllowedActs: v.Allowed,
	}
	if v.Evaluation != nil {
		out.Score, out.Grade, out.Execution = v.Evaluation.Total.String(), v.Evaluation.GradeName, v.Evaluation.Execution.Score.String()
		out.ExecutionOf = v.Evaluation.Execution.Points.String()
	}
	for _, b := range v.Bands {
		out.Bands = append(out.Bands, bandOut{b.Key, b.Name, b.From, b.To})
	}
	for _, m := range v.Money {
		out.Money = append(out.Money, sheetMoneyOf(m))
	}
	for _, line := range v.Lines {
		out.Lines = append(out.Lines, sheetLineOf(line))
	}
	for _, o := range v.Owed {
		out.Owed = append(out.Owed, owedOut{o.Path, o.Message})
	}
	return &sheetResp{ETag: rest.Tag(v.Sheet.Version), Body: out}, nil
}

func sheetMoneyOf(m execution.MoneyLine) sheetMoneyOut {
	out := sheetMoneyOut{Key: m.Key, Name: m.Name, Initial: m.Initial.Yuan(), Adjusted: m.Adjusted.Yuan(), Rate: m.Rate, Forecast: m.Forecast}
	if m.Executed != nil {
		out.Executed = m.Executed.Yuan()
	}
	return out
}

func sheetLineOf(l execution.Line) sheetLineOut {
	out := sheetLineOut{
		Level1: l.Level1, Level1Name: l.Level1Name, Level2: l.Level2, Level2Name: l.Level2Name, Name: l.Name, Target: l.Target, Words: l.Words,
		Actual: l.Actual, Band: l.Band, Share: l.Share, Forecast: l.Forecast, Likelihood: string(l.Likelihood), Causes: []string{},
		Cause: l.Cause, Remark: l.Remark, TooLow: l.TooLow, Judged: l.Judged,
		Path: pathOut{Kind: string(l.Falls.Kind), Date: l.Falls.Date, Months: append([]int{}, l.Falls.Months...), Said: l.Path != nil},
	}
	for _, cause := range l.Causes {
		out.Causes = append(out.Causes, string(cause))
	}
	if l.Status != nil {
		out.Light, out.Due, out.Done, out.Why = string(l.Status.Light), l.Status.Due, l.Status.Done, l.Status.Why
	}
	if l.Score != nil {
		out.Points, out.Score, out.Done, out.Why = l.Score.Points.String(), l.Score.Score.String(), l.Score.Done, l.Score.Why
	}
	return out
}
