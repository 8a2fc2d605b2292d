package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/budget"
	"biaochi/service/publication"
)

type fundFlowResp struct{ Body FundFlow }

// FundFlow is where the money of a unit's year comes from and what it is for (资金流向).
type FundFlow struct {
	BookHead
	Sources   []FlowSource   `json:"sources" description:"本年各种资金，最后是上年结转；没有金额的不列"`
	Functions []FlowFunction `json:"functions" description:"功能分类的类，按编码"`
	Total     SignedMoney    `json:"total"`
}

// FlowSource is a kind of money.
type FlowSource struct {
	Key    string      `json:"key" description:"资金性质，或 carryOver（上年结转）"`
	Name   string      `json:"name"`
	Amount SignedMoney `json:"amount"`
}

// FlowFunction is a class of functions.
type FlowFunction struct {
	Code    string        `json:"code"`
	Name    string        `json:"name" description:"记录和科目目录都没有的为空"`
	Amount  SignedMoney   `json:"amount"`
	Amounts []SignedMoney `json:"amounts" description:"取自各种资金的金额，次序同 sources"`
}

func (s *Server) fundFlowRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "showFundFlow", Method: http.MethodGet, Path: "/units/{id}/years/{year}/fund-flow", Action: rbac.TablesRead,
		Summary: "资金流向：支出预算由各种资金到功能分类的类",
	}, s.showFundFlow)
}

func (s *Server) showFundFlow(ctx context.Context, q *bookReq) (*fundFlowResp, error) {
	out := &fundFlowResp{}
	err := s.view(ctx, *q, func(b *publication.Book) (err error) {
		out.Body = fundFlowOf(budget.FlowOf(b.Sums, b.Names))
		out.Body.BookHead, err = bookHead(b)
		return err
	})
	return out, err
}

func fundFlowOf(flow budget.Flow) FundFlow {
	out := FundFlow{Total: signed(flow.Total)}
	for _, s := range flow.Sources {
		one := FlowSource{Key: string(s.Kind), Name: model.Chinese(s.Kind), Amount: signed(s.Amount)}
		switch {
		case s.Source == model.CarryOver:
			one.Key, one.Name = string(s.Source), model.Chinese(s.Source)
		case s.Kind == "":
			one.Name = "没有注明资金性质"
		}
		out.Sources = append(out.Sources, one)
	}
	for _, f := range flow.Functions {
		one := FlowFunction{Code: f.Code, Name: f.Name, Amount: signed(f.Amount)}
		for _, amount := range f.Amounts {
			one.Amounts = append(one.Amounts, signed(amount))
		}
		out.Functions = append(out.Functions, one)
	}
	return out
}
