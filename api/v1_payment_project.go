package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
)

type paidProjectsReq struct {
	rest.PageQuery
	Unit    model.ID    `query:"unit" binding:"required" label:"单位"`
	Year    int         `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Project *string     `query:"project" binding:"omitempty,max=64" label:"项目代码"`
	Below   *bool       `query:"below" label:"含下级单位"`
	Until   *model.Date `query:"until" label:"截至日期"`
}

type paidProjectsResp struct{ Body PaidProjects }

// PaidProjects is a page of projects with what was paid of them.
type PaidProjects struct {
	rest.Page[PaidProject]
	Sum PaidSum `json:"sum" description:"符合条件的全部项目，不只是本页"`
}

// PaidSum adds up all projects that were asked for.
type PaidSum struct {
	Adjusted SignedMoney `json:"adjusted"`
	Paid     SignedMoney `json:"paid"`
	Over     int         `json:"over" description:"超过预算的项目数"`
	Flagged  int         `json:"flagged" description:"导入时有提醒的支付笔数"`
}

// PaidProject is a project with its budget and what was paid of it.
type PaidProject struct {
	Unit     model.ID    `json:"unit"`
	UnitName string      `json:"unitName"`
	Record   string      `json:"record" description:"已批复的申报，没有的为空"`
	Code     string      `json:"code"`
	Name     string      `json:"name"`
	Money    []PaidMoney `json:"money" description:"按资金性质"`
	All      PaidMoney   `json:"all"`
	Payments int         `json:"payments" description:"支付笔数"`
	Flagged  int         `json:"flagged" description:"其中导入时有提醒的"`
	LastPaid model.Date  `json:"lastPaid"`
}

// PaidMoney is a budget of a fund kind and what was paid of it.
type PaidMoney struct {
	FundKind string      `json:"fundKind" description:"空为各种资金合计"`
	Initial  SignedMoney `json:"initial" description:"年初预算数"`
	Adjusted SignedMoney `json:"adjusted" description:"调整后预算数，含上年结转"`
	Paid     SignedMoney `json:"paid"`
	Rate     string      `json:"rate" description:"执行率，没有预算的为空"`
	Over     bool        `json:"over" description:"支付超过预算"`
}

func (s *Server) paidProjectRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listPaidProjects", Method: http.MethodGet, Path: "/payments/projects", Action: rbac.PaymentsRead,
		Summary: "各项目的预算和支付", Errors: []int{http.StatusNotFound},
	}, s.listPaidProjects)
}

func (s *Server) listPaidProjects(ctx context.Context, q *paidProjectsReq) (*paidProjectsResp, error) {
	page, err := s.execution.PaidProjects(ctx, personOf(ctx), execution.PaymentList{
		UnitID: q.Unit, Year: q.Year, Project: valueOf(q.Project, ""), Below: valueOf(q.Below, false), Until: valueOf(q.Until, ""), Page: q.Page, Size: q.Size,
	})
	if err != nil {
		return nil, err
	}
	items := make([]PaidProject, len(page.Items))
	for i, p := range page.Items {
		items[i] = PaidProject{
			Unit: p.Unit.ID, UnitName: p.Unit.Name, Record: idText(p.RecordID), Code: p.ProjectCode, Name: p.Name, All: paidMoneyOf(p.All),
			Payments: p.Count, Flagged: p.Flagged, LastPaid: p.LastPaid,
		}
		for _, m := range p.Money {
			items[i].Money = append(items[i].Money, paidMoneyOf(m))
		}
	}
	return &paidProjectsResp{Body: PaidProjects{
		Page: rest.NewPage(q.PageQuery, items, page.Total),
		Sum:  PaidSum{signed(page.Adjusted), signed(page.Paid), page.Over, page.Flagged},
	}}, nil
}

func paidMoneyOf(m execution.PaidMoney) PaidMoney {
	return PaidMoney{string(m.FundKind), signed(m.Initial), signed(m.Adjusted), signed(m.Paid), m.Rate, m.Over}
}
