package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/indicator"
	"biaochi/service/tracking"
)

type lastYearResp struct{ Body LastYear }

// LastYear is a filing beside what its project came to in the years before.
type LastYear struct {
	Record     model.ID      `json:"record"`
	Year       int           `json:"year"`
	Code       string        `json:"code"`
	Name       string        `json:"name"`
	Years      []PastYear    `json:"years" description:"从旧到新，最多五年，最后是本申报"`
	Indicators []RatchetRow  `json:"indicators" description:"先是本申报的指标，后是今年取消的"`
	Counts     RatchetCounts `json:"counts"`
}

// PastYear is a project in one year.
type PastYear struct {
	Year       int             `json:"year"`
	Record     model.ID        `json:"record"`
	Approved   bool            `json:"approved"`
	Budget     SignedMoney     `json:"budget" description:"全年预算数（调整后，含结转）；没有批复的为申报数"`
	Change     *SignedMoney    `json:"change" description:"比上年增减；上年没有的为空"`
	Paid       SignedMoney     `json:"paid"`
	Rate       string          `json:"rate" description:"执行率，没有批复的为空"`
	Evaluation *PastEvaluation `json:"evaluation" description:"绩效自评；还没有提交的为空"`
}

// PastEvaluation is what a self-evaluation came to.
type PastEvaluation struct {
	Score     string `json:"score"`
	Grade     string `json:"grade"`
	GradeName string `json:"gradeName"`
	Confirmed bool   `json:"confirmed"`
}

// RatchetRow is an indicator over the years.
type RatchetRow struct {
	Level1     string         `json:"level1"`
	Level1Name string         `json:"level1Name"`
	Level2     string         `json:"level2"`
	Level2Name string         `json:"level2Name"`
	Name       string         `json:"name"`
	Move       tracking.Move  `json:"move" description:"今年比上年"`
	Standing   int            `json:"standing" description:"现在的指标值已连续多少年，含今年"`
	Beaten     bool           `json:"beaten" description:"上年大幅超额完成，今年没有提高"`
	Years      []RatchetValue `json:"years"`
}

// RatchetValue is an indicator in one year.
type RatchetValue struct {
	Year   int           `json:"year"`
	Value  string        `json:"value"`
	Actual string        `json:"actual" description:"自评的实际完成值"`
	Rate   string        `json:"rate" description:"完成率，不能计算的为空"`
	Move   tracking.Move `json:"move"`
}

// RatchetCounts counts indicators by what became of them.
type RatchetCounts struct {
	Raised    int `json:"raised"`
	Lowered   int `json:"lowered"`
	Unchanged int `json:"unchanged"`
	Reworded  int `json:"reworded"`
	Added     int `json:"added"`
	Dropped   int `json:"dropped"`
	Blank     int `json:"blank" description:"上年有、今年还没有填写指标值"`
}

var moveWords = map[tracking.Move]string{
	tracking.Raised: "提高", tracking.Lowered: "降低", tracking.Unchanged: "未变", tracking.Reworded: "改写", tracking.Added: "新增", tracking.Dropped: "取消", tracking.Blank: "未填",
}

func (s *Server) carryRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "showLastYear", Method: http.MethodGet, Path: "/filings/{id}/last-year", Action: rbac.FilingRead,
		Summary: "申报与往年对照：预算、执行率、自评结果，各指标值提高、降低或连续多年未变", Errors: []int{http.StatusNotFound},
	}, s.showLastYear)
	rest.Handle(a, rest.Op{
		ID: "showNextYear", Method: http.MethodGet, Path: "/filings/{id}/next-year", Action: rbac.FilingRead,
		Summary: "这个项目下一年度的申报：已有的，或能否由本申报接续", Errors: []int{http.StatusNotFound},
	}, s.showNextYear)
	rest.Handle(a, rest.Op{
		ID: "carryFilingForward", Method: http.MethodPost, Path: "/filings/{id}/next-year", Action: rbac.FilingSave, Status: http.StatusCreated,
		Summary: "由已批复的申报接续下一年度的申报草稿；金额、年度目标和年度指标值须重新填报", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.carryForward)
}

type nextYearResp struct{ Body NextYear }

// NextYear is how far a project's filing of the next year is.
type NextYear struct {
	Year    int       `json:"year"`
	Record  *model.ID `json:"record" description:"下一年度的申报，还没有的为空"`
	Allowed bool      `json:"allowed" description:"本人现在可以由本申报接续"`
	Why     string    `json:"why" description:"不能接续的原因"`
}

func (s *Server) showNextYear(ctx context.Context, r *evaluationReq) (*nextYearResp, error) {
	next, err := s.filings.NextYear(ctx, personOf(ctx), r.ID)
	if err != nil {
		return nil, err
	}
	out := NextYear{Year: next.Year, Allowed: next.Allowed, Why: next.Why}
	if next.RecordID != 0 {
		out.Record = &next.RecordID
	}
	return &nextYearResp{Body: out}, nil
}

type carryReq struct {
	keyed
	ID model.ID `path:"id" label:"申报"`
}

func (s *Server) carryForward(ctx context.Context, q *carryReq) (*createdRecordResp, error) {
	answer, err := s.filings.CarryForward(ctx, personOf(ctx), q.ID, keyOf(q.Key))
	if err != nil {
		return nil, err
	}
	return &createdRecordResp{
		Location: "/api/filings/" + answer.RecordID.String(), ETag: rest.Tag(answer.Lock), Body: answerOf(answer),
	}, nil
}

func (s *Server) showLastYear(ctx context.Context, r *evaluationReq) (*lastYearResp, error) {
	c, err := s.execution.LastYear(ctx, personOf(ctx), r.ID)
	if err != nil {
		return nil, err
	}
	n := c.Counts
	out := LastYear{
		Record: c.Record.ID, Year: c.Record.Year, Code: c.Record.ProjectCode, Name: c.Name, Years: pastYearsOf(c.Years),
		Counts: RatchetCounts{n[tracking.Raised], n[tracking.Lowered], n[tracking.Unchanged], n[tracking.Reworded], n[tracking.Added], n[tracking.Dropped], n[tracking.Blank]},
	}
	for _, row := range c.Rows {
		out.Indicators = append(out.Indicators, ratchetRowOf(row, c.Tree))
	}
	return &lastYearResp{Body: out}, nil
}

func pastYearsOf(years []execution.PastResult) (list []PastYear) {
	for i, y := range years {
		one := PastYear{Year: y.Year, Record: y.RecordID, Approved: y.Approved, Budget: signed(y.Budget), Paid: signed(y.Paid), Rate: y.Rate}
		if i > 0 && years[i-1].Year == y.Year-1 {
			change := signed(y.Budget - years[i-1].Budget)
			one.Change = &change
		}
		if y.Grade != "" {
			one.Evaluation = &PastEvaluation{y.Score.String(), y.Grade, y.GradeName, y.Evaluated == model.SheetConfirmed}
		}
		list = append(list, one)
	}
	return list
}

func ratchetRowOf(row tracking.RatchetRow, tree indicator.Tree) RatchetRow {
	out := RatchetRow{Level1: row.Level1, Level2: row.Level2, Name: row.Name, Move: row.Move, Standing: row.Standing, Beaten: row.Beaten}
	level1, _ := tree.Level1(row.Level1)
	out.Level1Name = level1.Name
	for _, child := range level1.Children {
		if child.Key == row.Level2 {
			out.Level2Name = child.Name
		}
	}
	for _, v := range row.Years {
		out.Years = append(out.Years, RatchetValue(v))
	}
	return out
}
