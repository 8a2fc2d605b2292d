package api

import (
	"context"
	"net/http"
	"strconv"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/tracking"
)

type assessmentsResp struct{ Body AssessmentList }

// AssessmentList is the evaluations of a project or a whole unit beside each other.
type AssessmentList struct {
	Record    model.ID     `json:"record"`
	Project   string       `json:"project" description:"项目代码；整体支出为空"`
	Name      string       `json:"name"`
	SelfState string       `json:"selfState" description:"自评表的状态：draft、submitted 或 confirmed"`
	SelfScore string       `json:"selfScore"`
	SelfGrade string       `json:"selfGrade"`
	Items     []Assessment `json:"items" description:"部门评价、财政评价；没有下达的只给评价的人看"`
}

type assessmentResp struct {
	ETag rest.ETag `header:"ETag"`
	Body Assessment
}

// Assessment is an evaluation by the department or the bureau.
type Assessment struct {
	Kind      model.AssessmentKind  `json:"kind"`
	State     model.AssessmentState `json:"state"`
	Score     string                `json:"score" description:"由各行得分和预算执行率得分合计，不能填写"`
	Grade     string                `json:"grade"`
	GradeName string                `json:"gradeName"`
	SelfScore string                `json:"selfScore" description:"所评自评的总分"`
	Execution string                `json:"executionScore" description:"预算执行率得分"`
	Lines     []AssessmentLine      `json:"lines"`
	Problems  string                `json:"problems" description:"存在问题"`
	Advice    string                `json:"advice" description:"改进建议"`
	IssuedOn  model.Date            `json:"issuedOn"`
	ChangedBy string                `json:"changedBy"`
	Version   int                   `json:"version" description:"0 为还没有人评价"`
	Actions   []string              `json:"actions" description:"本人现在可以办理的：save、issue"`
}

// AssessmentLine is an indicator with both scores.
type AssessmentLine struct {
	Level1Name string `json:"level1Name"`
	Level2Name string `json:"level2Name"`
	Name       string `json:"name"`
	Target     string `json:"target"`
	Actual     string `json:"actual"`
	Points     string `json:"points" description:"分值"`
	SelfScore  string `json:"selfScore" description:"自评得分"`
	Score      string `json:"score" description:"评价得分；评价人没有另评的即自评得分"`
	Reason     string `json:"reason"`
}

type saveAssessmentReq struct {
	ID      model.ID     `path:"id" label:"申报"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    assessmentIn
}

type assessmentIn struct {
	Rows     []assessedIn `json:"rows" binding:"max=500,dive" label:"评分" description:"只写与自评不同的行即可"`
	Problems *string      `json:"problems" binding:"omitempty,max=5000" label:"存在问题"`
	Advice   *string      `json:"advice" binding:"omitempty,max=5000" label:"改进建议"`
}

type assessedIn struct {
	Line   int     `json:"line" binding:"min=0,max=10000" label:"行" description:"自评表的第几行，从 0 起"`
	Score  string  `json:"score" binding:"required,points" label:"得分"`
	Reason *string `json:"reason" binding:"omitempty,max=2000" label:"理由" description:"得分与自评不同时必填"`
}

type issueAssessmentReq struct {
	ID      model.ID     `path:"id" label:"申报"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    reasonIn
}

// assessed is what the department and the bureau evaluate, with its routes.
type assessed struct {
	sheet    model.SheetKind
	path, id string
	one      string
}

func (of assessed) key(id model.ID) execution.SheetKey {
	return execution.SheetKey{RecordID: id, Kind: of.sheet}
}

func (s *Server) assessmentRoutes(a *rest.API) {
	s.assessmentsOf(a, assessed{model.EvaluationSheet, "/filings/{id}/assessments", "", "一个项目"})
	s.assessmentsOf(a, assessed{model.WholeSheet, "/targets/{id}/assessments", "Target", "一个部门或单位整体支出"})
}

func (s *Server) assessmentsOf(a *rest.API, what assessed) {
	rest.Handle(a, rest.Op{
		ID: "list" + what.id + "Assessments", Method: http.MethodGet, Path: what.path, Action: rbac.EvaluationRead,
		Summary: what.one + "的绩效自评、部门评价和财政评价", Errors: sheetErrors,
	}, func(ctx context.Context, r *evaluationReq) (*assessmentsResp, error) {
		return s.listAssessments(ctx, what.key(r.ID))
	})
	for _, of := range []struct {
		kind   model.AssessmentKind
		id     string
		action rbac.Action
	}{{model.DepartmentAssessment, "Department", rbac.EvaluationByDepartment}, {model.FinanceAssessment, "Finance", rbac.EvaluationByFinance}} {
		path, id := what.path+"/"+string(of.kind), what.id+of.id+"Assessment"
		rest.Handle(a, rest.Op{
			ID: "save" + id, Method: http.MethodPut, Path: path, Action: of.action, Errors: sheetErrors,
			Summary: "填写对" + what.one + "的" + of.kind.Word() + "；第一次保存用版本标记 \"0\"",
		}, func(ctx context.Context, r *saveAssessmentReq) (*assessmentResp, error) {
			return s.saveAssessment(ctx, what.key(r.ID), of.kind, r)
		})
		rest.Handle(a, rest.Op{
			ID: "issue" + id, Method: http.MethodPost, Path: path + "/issued", Action: of.action, Errors: sheetErrors,
			Summary: "下达对" + what.one + "的" + of.kind.Word(),
		}, func(ctx context.Context, r *issueAssessmentReq) (*assessmentResp, error) {
			return answerAssessment(s.execution.IssueAssessment(ctx, personOf(ctx), what.key(r.ID), of.kind, r.IfMatch.Version(), r.Body.Reason))
		})
	}
}

func (s *Server) listAssessments(ctx context.Context, key execution.SheetKey) (*assessmentsResp, error) {
	all, err := s.execution.Assessments(ctx, personOf(ctx), key)
	if err != nil {
		return nil, err
	}
	self := all.Self
	out := AssessmentList{
		Record: self.Sheet.RecordID, Project: self.Project, Name: self.Name, SelfState: string(self.Sheet.State),
		SelfScore: self.Evaluation.Total.String(), SelfGrade: self.Evaluation.GradeName,
	}
	for _, a := range all.List {
		out.Items = append(out.Items, assessmentOf(a))
	}
	return &assessmentsResp{Body: out}, nil
}

func (s *Server) saveAssessment(ctx context.Context, key execution.SheetKey, kind model.AssessmentKind, r *saveAssessmentReq) (*assessmentResp, error) {
	said := execution.Appraisal{Rows: []execution.Appraised{}, Problems: valueOf(r.Body.Problems, ""), Advice: valueOf(r.Body.Advice, "")}
	for i, row := range r.Body.Rows {
		score, err := tracking.ParsePoints(row.Score)
		if err != nil {
			return nil, &model.Error{Code: model.Invalid, Reason: "assessment.rows", Message: "评分有 1 处需要改正", Fields: []model.Problem{
				{Path: "$.rows[" + strconv.Itoa(i) + "].score", Message: tracking.ErrPoints.Error()},
			}}
		}
		said.Rows = append(said.Rows, execution.Appraised{Line: row.Line, Score: score, Reason: valueOf(row.Reason, "")})
	}
	return answerAssessment(s.execution.Assess(ctx, personOf(ctx), key, kind, r.IfMatch.Version(), said))
}

func answerAssessment(a execution.Assessing, err error) (*assessmentResp, error) {
	if err != nil {
		return nil, err
	}
	return &assessmentResp{ETag: rest.Tag(a.Assessment.Version), Body: assessmentOf(a)}, nil
}

func assessmentOf(a execution.Assessing) Assessment {
	out := Assessment{
		Kind: a.Assessment.Kind, State: a.Assessment.State, Score: tracking.Points(a.Assessment.Score).String(), Grade: a.Assessment.Grade, GradeName: a.GradeName,
		SelfScore: tracking.Points(a.Assessment.SelfScore).String(), Execution: a.Execution.Score.String(), Problems: a.Problems, Advice: a.Advice,
		IssuedOn: a.Assessment.IssuedOn, ChangedBy: a.Assessment.ChangedBy, Version: a.Assessment.Version, Actions: a.Allowed,
	}
	for _, line := range a.Lines {
		out.Lines = append(out.Lines, AssessmentLine{
			Level1Name: line.Level1Name, Level2Name: line.Level2Name, Name: line.Name, Target: line.Target, Actual: line.Actual,
			Points: line.Line.Score.Points.String(), SelfScore: line.Line.Score.Score.String(), Score: line.Score.String(), Reason: line.Reason,
		})
	}
	return out
}
