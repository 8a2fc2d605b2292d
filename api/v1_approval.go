package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/filing"
)

type approveReq struct {
	keyed
	Body approvalIn
}

type approvalIn struct {
	UnitID model.ID   `json:"unitId" binding:"required" label:"单位"`
	Year   int        `json:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Number string     `json:"number" binding:"required,max=500" label:"批复文号"`
	Date   model.Date `json:"date" binding:"required" label:"批复日期"`
	Reason *string    `json:"reason" binding:"omitempty,max=2000" label:"说明"`
}

type approvedResp struct{ Body Approved }

// Approved is what a 批复 came to.
type Approved struct {
	ID             model.ID `json:"id"`
	Records        int      `json:"records" description:"转为已批复的申报和基本支出表份数"`
	FreezesInitial bool     `json:"freezesInitial" description:"本年度首次批复，年初预算由此固定"`
}

type approvalsReq struct {
	rest.PageQuery
	Unit *model.ID `query:"unit" label:"单位"`
	Year *int      `query:"year" binding:"omitempty,min=2000,max=2100" label:"预算年度"`
}

type approvalsResp struct{ Body rest.Page[Approval] }

// Approval is a 批复.
type Approval struct {
	ID        model.ID   `json:"id"`
	Unit      UnitRef    `json:"unit"`
	Year      int        `json:"year"`
	Number    string     `json:"number"`
	Date      model.Date `json:"date"`
	Reason    string     `json:"reason"`
	Bureau    bool       `json:"bureau" description:"财政部门批复部门；为假时是部门批复所属单位"`
	Records   int        `json:"records"`
	CreatedAt time.Time  `json:"createdAt"`
	CreatedBy string     `json:"createdBy"`
	DeputyFor string     `json:"deputyFor"`
}

type waitingReq struct {
	Unit model.ID `query:"unit" binding:"required" label:"单位"`
	Year int      `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type waitingResp struct{ Body WaitingApproval }

// WaitingApproval is what a 批复 to a unit would find.
type WaitingApproval struct {
	Unit    UnitRef         `json:"unit"`
	Given   int             `json:"given" description:"本年度已有的批复数"`
	Allowed bool            `json:"allowed" description:"您现在可以批复"`
	Why     string          `json:"why" description:"不能批复的原因"`
	Amount  model.Money     `json:"amount"`
	Records []WaitingRecord `json:"records" description:"将转为已批复的申报和基本支出表"`
}

// WaitingRecord is a record that a 批复 would take, with the places that department
// and bureau gave its project.
type WaitingRecord struct {
	RecordItem
	DepartmentPlace int `json:"departmentPlace" description:"部门排序的位次，0 为未排"`
	FinancePlace    int `json:"financePlace" description:"财政项目库的位次，0 为未排"`
}

type pendingReq struct {
	Year int `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type pendingResp struct{ Body PendingApprovals }

// PendingApprovals are the departments that wait for a 批复 of the bureau.
type PendingApprovals struct {
	Departments []PendingDepartment `json:"departments"`
}

// PendingDepartment is a department with how much of it has passed.
type PendingDepartment struct {
	Unit    UnitRef     `json:"unit"`
	Records int         `json:"records"`
	Amount  model.Money `json:"amount"`
}

func (s *Server) approvalRoutes(a *rest.API) {
	conflict := []int{http.StatusNotFound, http.StatusConflict}
	rest.Handle(a, rest.Op{
		ID: "listApprovals", Method: http.MethodGet, Path: "/approvals", Action: rbac.ApprovalRead, Summary: "批复列表",
	}, s.listApprovals)
	rest.Handle(a, rest.Op{
		ID: "giveApproval", Method: http.MethodPost, Path: "/approvals", Action: rbac.ApprovalGive, Status: http.StatusCreated,
		Summary: "财政部门批复一个部门（含所属单位）的预算", Errors: conflict,
	}, s.approve)
	rest.Handle(a, rest.Op{
		ID: "giveUnitApproval", Method: http.MethodPost, Path: "/approvals/units", Action: rbac.ApprovalGiveUnit, Status: http.StatusCreated,
		Summary: "主管部门批复一个所属单位的预算", Errors: conflict,
	}, s.approve)
	rest.Handle(a, rest.Op{
		ID: "waitingApproval", Method: http.MethodGet, Path: "/approvals/waiting", Action: rbac.ApprovalRead,
		Summary: "对一个单位的批复将包括什么，现在能否批复", Errors: []int{http.StatusNotFound},
	}, s.waitingApproval)
	rest.Handle(a, rest.Op{
		ID: "pendingApprovals", Method: http.MethodGet, Path: "/approvals/pending", Action: rbac.ApprovalGive, Summary: "等待财政部门批复的部门",
	}, s.pendingApprovals)
}

func (s *Server) approve(ctx context.Context, q *approveReq) (*approvedResp, error) {
	given, err := s.filings.Approve(ctx, personOf(ctx), filing.Paper{
		UnitID: q.Body.UnitID, Year: q.Body.Year, Number: q.Body.Number, Date: q.Body.Date, Reason: text(q.Body.Reason), Key: keyOf(q.Key),
	})
	if err != nil {
		return nil, changedSince(err)
	}
	return &approvedResp{Body: Approved{ID: given.ApprovalID, Records: given.Records, FreezesInitial: given.FreezesInitial}}, nil
}

func (s *Server) listApprovals(ctx context.Context, q *approvalsReq) (*approvalsResp, error) {
	list, err := s.filings.Approvals(ctx, personOf(ctx), value(q.Unit), value(q.Year))
	if err != nil {
		return nil, err
	}
	var items []Approval
	for _, a := range list[min(q.Offset(), len(list)):min(q.Offset()+q.Size, len(list))] {
		items = append(items, Approval{
			ID: a.ID, Unit: unitRef(a.Unit), Year: a.Year, Number: a.Number, Date: a.Date, Reason: a.Reason, Bureau: a.Bureau,
			Records: a.Records, CreatedAt: a.CreatedAt, CreatedBy: a.CreatedBy, DeputyFor: a.DeputyFor,
		})
	}
	return &approvalsResp{Body: rest.NewPage(q.PageQuery, items, len(list))}, nil
}

func (s *Server) waitingApproval(ctx context.Context, q *waitingReq) (*waitingResp, error) {
	waiting, err := s.filings.Waiting(ctx, personOf(ctx), q.Unit, q.Year)
	if err != nil {
		return nil, err
	}
	out := WaitingApproval{Unit: unitRef(waiting.Unit), Given: waiting.Given, Allowed: waiting.Why == nil, Amount: waiting.Sum}
	if waiting.Why != nil {
		out.Why = rest.ProblemOf(waiting.Why).Detail
	}
	for _, item := range waiting.Items {
		places := waiting.Places[store.ProjectKey{UnitID: item.UnitID, Code: item.ProjectCode}]
		out.Records = append(out.Records, WaitingRecord{itemOf(item), places.Department, places.Finance})
	}
	return &waitingResp{Body: out}, nil
}

func (s *Server) pendingApprovals(ctx context.Context, q *pendingReq) (*pendingResp, error) {
	list, err := s.filings.Pending(ctx, personOf(ctx), q.Year)
	out := &pendingResp{}
	for _, p := range list {
		out.Body.Departments = append(out.Body.Departments, PendingDepartment{Unit: unitRef(p.Unit), Records: p.Records, Amount: p.Sum})
	}
	return out, err
}
