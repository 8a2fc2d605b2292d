package api

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/publication"
	"biaochi/service/workflow"
)

// Disclosures (预算公开): how far each is, and the steps of its ladder.

// subjectQuery names whose disclosure of which year.
type subjectQuery struct {
	Unit  model.ID `query:"unit" binding:"required" label:"单位"`
	Year  int      `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Whole bool     `query:"whole" label:"部门公开（含所属单位）"`
}

func (q subjectQuery) subject() publication.Subject {
	return publication.Subject{UnitID: q.Unit, Year: q.Year, Whole: q.Whole}
}

type disclosureReq struct{ subjectQuery }

type disclosureResp struct {
	ETag rest.ETag `header:"ETag"`
	Body disclosureOut
}

type disclosureOut struct {
	UnitID       model.ID         `json:"unitId"`
	UnitName     string           `json:"unitName"`
	Year         int              `json:"year"`
	Whole        bool             `json:"whole"`
	DueDate      model.Date       `json:"dueDate"`      // last day by the clock of the 批复; "" where none runs
	ApprovalDate model.Date       `json:"approvalDate"` // "" where no 批复 starts a clock
	Allowed      []string         `json:"allowed"`
	WhyNot       string           `json:"whyNot"`   // why nothing is allowed: a stage or a right; "" where something is
	Versions     []publicationOut `json:"versions"` // by number; the last is the one under way or out
}

type publicationOut struct {
	ID          model.ID   `json:"id"`
	Number      int        `json:"number"`
	Stage       string     `json:"stage"`
	StageName   string     `json:"stageName"`
	Reason      string     `json:"reason"` // of a correction
	ContentHash string     `json:"contentHash"`
	AssembledAt time.Time  `json:"assembledAt"`
	AssembledBy string     `json:"assembledBy"`
	CheckedAt   *time.Time `json:"checkedAt"`
	CheckedBy   string     `json:"checkedBy"`
	Errors      int        `json:"errors"`
	Warnings    int        `json:"warnings"`
	Override    string     `json:"override"`
	OverrideBy  string     `json:"overrideBy"`
	SecrecyDate model.Date `json:"secrecyDate"`
	SecrecyName string     `json:"secrecyName"`
	SignDate    model.Date `json:"signDate"`
	SignName    string     `json:"signName"`
	PublishedAt *time.Time `json:"publishedAt"`
	PublishedBy string     `json:"publishedBy"`
	Address     string     `json:"address"`    // of the public page, "" until it is out
	Difference  string     `json:"difference"` // of the page that shows it beside the version before, "" where there is none
}

type disclosureFindingsResp struct{ Body disclosureFindings }

type disclosureFindings struct {
	Places []findingPlace `json:"places"` // in the order of the document
}

// findingPlace is a place of the document with what the checks say about it.
type findingPlace struct {
	Name     string    `json:"name"`
	Address  string    `json:"address"` // of the place in the document
	Findings []Finding `json:"findings"`
}

type stepReq struct {
	subjectQuery
	// IfMatch is the tag of the state that the person saw; it is there before the
	// first version, too.
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    stepIn
}

type stepIn struct {
	Date   model.Date `json:"date,omitempty" label:"日期"`
	Name   string     `json:"name,omitempty" binding:"max=100" label:"姓名"`
	Reason string     `json:"reason,omitempty" binding:"max=2000" label:"理由"`
}

// ladderRoutes are the steps with their routes.
var ladderRoutes = []struct {
	step    workflow.LadderAction
	action  rbac.Action
	summary string
}{
	{workflow.Assemble, rbac.DisclosureAssemble, "生成公开文档"},
	{workflow.Check, rbac.DisclosureCheck, "校验公开文档"},
	{workflow.Override, rbac.DisclosureOverride, "说明理由后放行校验错误"},
	{workflow.Secrecy, rbac.DisclosureSecrecy, "登记保密审查"},
	{workflow.Sign, rbac.DisclosureSign, "登记负责人签批"},
	{workflow.Publish, rbac.DisclosurePublish, "公开"},
	{workflow.Correct, rbac.DisclosureCorrect, "更正已公开的文档，形成新版本"},
}

func (s *Server) disclosureRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "showDisclosure", Method: http.MethodGet, Path: "/disclosure", Action: rbac.DisclosureRead,
		Summary: "公开办理到哪一步", Errors: []int{http.StatusNotFound},
	}, s.showDisclosure)
	rest.Handle(a, rest.Op{
		ID: "listDisclosureFindings", Method: http.MethodGet, Path: "/disclosure/findings", Action: rbac.DisclosureRead,
		Summary: "最新一版的校验结果，按文中位置", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.listDisclosureFindings)
	for _, r := range ladderRoutes {
		rest.Handle(a, rest.Op{
			ID: string(r.step) + "Disclosure", Method: http.MethodPost, Path: "/disclosure/" + string(r.step), Action: r.action,
			Summary: r.summary, Errors: []int{http.StatusNotFound, http.StatusConflict},
		}, func(ctx context.Context, req *stepReq) (*disclosureResp, error) {
			return s.stepDisclosure(ctx, req, r.step)
		})
	}
}

func (s *Server) showDisclosure(ctx context.Context, r *disclosureReq) (*disclosureResp, error) {
	standing, err := s.desk.Standing(ctx, personOf(ctx), r.subject())
	return disclosureOf(standing, r.subjectQuery), err
}

func (s *Server) listDisclosureFindings(ctx context.Context, r *disclosureReq) (*disclosureFindingsResp, error) {
	found, err := s.desk.Findings(ctx, personOf(ctx), r.subject())
	if err != nil {
		return nil, err
	}
	p := place{region: found.Unit.RegionCode, unit: found.Unit.Code, year: r.Year, state: model.StateInitial, department: r.Whole}
	out := &disclosureFindingsResp{Body: disclosureFindings{Places: []findingPlace{}}}
	for _, at := range found.Places {
		one := findingPlace{Name: at.Name, Address: p.file(found.File)}
		if at.Anchor != "" {
			one.Address += "#" + url.PathEscape(at.Anchor)
		}
		for _, f := range at.Findings {
			one.Findings = append(one.Findings, findingOf(f))
		}
		out.Body.Places = append(out.Body.Places, one)
	}
	return out, nil
}

func (s *Server) stepDisclosure(ctx context.Context, r *stepReq, action workflow.LadderAction) (*disclosureResp, error) {
	standing, err := s.desk.Take(ctx, personOf(ctx), r.subject(), publication.Step{
		Action: action, Lock: r.IfMatch.Version(), Date: r.Body.Date, Name: r.Body.Name, Reason: r.Body.Reason,
	})
	return disclosureOf(standing, r.subjectQuery), err
}

func disclosureOf(st publication.Standing, q subjectQuery) *disclosureResp {
	out := disclosureOut{UnitID: q.Unit, UnitName: st.Unit.Name, Year: q.Year, Whole: q.Whole, DueDate: st.DueDate, WhyNot: st.WhyNot}
	if st.Approval != nil {
		out.ApprovalDate = st.Approval.Date
	}
	variant := make([]string, len(st.Allowed))
	for i, a := range st.Allowed {
		variant[i] = string(a)
	}
	out.Allowed = variant
	lock := 0
	for _, p := range st.Versions {
		out.Versions, lock = append(out.Versions, publicationOf(st, p)), p.Version
	}
	return &disclosureResp{ETag: rest.Tag(lock, variant...), Body: out}
}

func publicationOf(st publication.Standing, p model.Publication) publicationOut {
	out := publicationOut{
		ID: p.ID, Number: p.Number, Stage: string(p.Stage), StageName: p.Stage.Word(), Reason: p.Reason, ContentHash: p.ContentHash,
		AssembledAt: p.AssembledAt, AssembledBy: p.AssembledBy,
		CheckedAt: p.CheckedAt, CheckedBy: p.CheckedBy, Errors: p.Errors, Warnings: p.Warnings,
		Override: p.Override, OverrideBy: p.OverrideBy, SecrecyDate: p.SecrecyDate, SecrecyName: p.SecrecyName,
		SignDate: p.SignDate, SignName: p.SignName, PublishedAt: p.PublishedAt, PublishedBy: p.PublishedBy,
	}
	if p.Stage == model.StagePublished {
		at := stand{PublicQuery: publication.PublicQuery{
			Region: st.Unit.RegionCode, Unit: st.Unit.Code, Year: p.Year, Whole: p.Whole, Number: p.Number,
		}}
		out.Address = at.address(nil)
		if p.Number > 1 {
			out.Difference = at.address(nil, "difference")
		}
	}
	return out
}
