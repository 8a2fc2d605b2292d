package api

import (
	"context"
	"net/http"
	"strings"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
)

type paymentsReq struct {
	rest.PageQuery
	Unit    model.ID    `query:"unit" binding:"required" label:"单位"`
	Year    int         `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Project *string     `query:"project" binding:"omitempty,max=64" label:"项目代码"`
	Below   *bool       `query:"below" label:"含下级单位"`
	From    *model.Date `query:"from" label:"起始日期"`
	Until   *model.Date `query:"until" label:"截至日期"`
	Flag    *string     `query:"flag" binding:"omitempty,oneof=overBudget negative late" label:"提醒"`
}

type paymentsResp struct{ Body paymentsOut }

type paymentsOut struct {
	Items  []paymentOut `json:"items"`
	Total  int          `json:"total"`
	Amount string       `json:"amount" description:"符合条件的全部支付合计，元"`
	Page   int          `json:"page"`
	Size   int          `json:"size"`
}

type paymentOut struct {
	ID        model.ID   `json:"id"`
	Unit      model.ID   `json:"unit"`
	Project   string     `json:"project"`
	FundKind  string     `json:"fundKind"`
	PaidOn    model.Date `json:"paidOn"`
	Amount    string     `json:"amount" description:"元，退回为负"`
	Reference string     `json:"reference"`
	Flags     []string   `json:"flags" description:"overBudget、negative、late"`
	Note      string     `json:"note"`
	ByHand    bool       `json:"byHand"`
	CreatedBy string     `json:"createdBy"`
}

type enterPaymentReq struct{ Body paymentIn }

type paymentIn struct {
	Unit      model.ID     `json:"unit" binding:"required" label:"单位"`
	Year      int          `json:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Project   string       `json:"project" binding:"required,max=64" label:"项目代码"`
	FundKind  string       `json:"fundKind" binding:"required,oneof=generalPublicBudget governmentFund stateCapital fiscalSpecialAccount unitFunds" label:"资金性质"`
	PaidOn    model.Date   `json:"paidOn" binding:"required" label:"支付日期"`
	Amount    *model.Money `json:"amount" binding:"required" label:"金额"`
	Returned  bool         `json:"returned" label:"退回"`
	Reference string       `json:"reference" binding:"required,max=128" label:"支付凭证号"`
	Note      *string      `json:"note" binding:"omitempty,max=500" label:"说明"`
}

type enteredResp struct{ Body enteredOut }

type enteredOut struct {
	Payment paymentOut `json:"payment"`
	Notes   []string   `json:"notes" description:"值得注意之处，如超过预算"`
}

func (s *Server) paymentRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listPayments", Method: http.MethodGet, Path: "/payments", Action: rbac.PaymentsRead, Summary: "一个单位的支付",
		Errors: []int{http.StatusNotFound},
	}, s.listPayments)
	rest.Handle(a, rest.Op{
		ID: "enterPayment", Method: http.MethodPost, Path: "/payments", Action: rbac.PaymentsSave, Status: http.StatusCreated,
		Summary: "登记一笔支付或退回", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.enterPayment)
}

func (s *Server) listPayments(ctx context.Context, r *paymentsReq) (*paymentsResp, error) {
	page, err := s.execution.Payments(ctx, personOf(ctx), execution.PaymentList{
		UnitID: r.Unit, Year: r.Year, Project: valueOf(r.Project, ""), Below: valueOf(r.Below, false), From: valueOf(r.From, ""), Until: valueOf(r.Until, ""), Flag: valueOf(r.Flag, ""), Page: r.Page, Size: r.Size,
	})
	if err != nil {
		return nil, err
	}
	out := paymentsOut{Items: []paymentOut{}, Total: page.Total, Amount: page.Amount.Yuan(), Page: page.Page, Size: page.Size}
	for _, p := range page.Items {
		out.Items = append(out.Items, paymentOf(p))
	}
	return &paymentsResp{Body: out}, nil
}

func (s *Server) enterPayment(ctx context.Context, r *enterPaymentReq) (*enteredResp, error) {
	in := execution.PaymentEntry{
		UnitID: r.Body.Unit, Year: r.Body.Year, Project: r.Body.Project, FundKind: model.FundKind(r.Body.FundKind), PaidOn: r.Body.PaidOn,
		Amount: *r.Body.Amount, Reference: r.Body.Reference, Note: strings.TrimSpace(valueOf(r.Body.Note, "")),
	}
	if r.Body.Returned {
		in.Amount = -in.Amount
	}
	kept, notes, err := s.execution.EnterPayment(ctx, personOf(ctx), in)
	if err != nil {
		return nil, err
	}
	out := &enteredResp{Body: enteredOut{Payment: paymentOf(kept), Notes: []string{}}}
	for _, n := range notes {
		out.Body.Notes = append(out.Body.Notes, n.Message)
	}
	return out, nil
}

func paymentOf(p model.Payment) paymentOut {
	return paymentOut{
		ID: p.ID, Unit: p.UnitID, Project: p.ProjectCode, FundKind: string(p.FundKind), PaidOn: p.PaidOn, Amount: p.Amount.Yuan(), Reference: p.Reference,
		Flags: append([]string{}, p.Flags...), Note: p.Note, ByHand: p.BatchID == 0, CreatedBy: p.CreatedBy,
	}
}
