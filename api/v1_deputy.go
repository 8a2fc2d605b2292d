package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

// PersonRef is a person as others name them.
type PersonRef struct {
	ID    model.ID `json:"id"`
	Login string   `json:"login"`
	Name  string   `json:"name"`
}

// Deputation says who acts in whose place (代理审核), and for how long.
type Deputation struct {
	ID        model.ID  `json:"id"`
	Principal PersonRef `json:"principal"` // the reviewer who is away
	Deputy    PersonRef `json:"deputy"`
	From      time.Time `json:"from"`
	Until     time.Time `json:"until" description:"不含这一时刻"`
	Reason    string    `json:"reason"`
}

type deputiesResp struct{ Body DeputationList }

// DeputationList is deputations by beginning.
type DeputationList struct {
	Items []Deputation `json:"items"`
}

type candidatesReq struct {
	Text *string `query:"text" binding:"omitempty,max=100" label:"关键词"`
}

type candidatesResp struct{ Body PersonList }

// PersonList is people to choose from.
type PersonList struct {
	Items []PersonRef `json:"items"`
}

type nameDeputyReq struct{ Body nameDeputyIn }

type nameDeputyIn struct {
	Deputy model.ID  `json:"deputy" binding:"required" label:"代理人"`
	From   time.Time `json:"from" binding:"required" label:"开始时间"`
	Until  time.Time `json:"until" binding:"required" label:"结束时间"`
	Reason string    `json:"reason" binding:"required,max=500" label:"理由"`
}

type endDeputyReq struct {
	ID   model.ID `path:"id" label:"代理"`
	Body reasonIn
}

func (s *Server) deputyRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listDeputies", Method: http.MethodGet, Path: "/deputies", Action: rbac.Self, Summary: "与本人有关的代理；安全管理员可看全部",
	}, s.listDeputies)
	rest.Handle(a, rest.Op{
		ID: "listDeputyCandidates", Method: http.MethodGet, Path: "/deputies/candidates", Action: rbac.DeputyName, Summary: "可以请来代理的人",
	}, s.listDeputyCandidates)
	rest.Handle(a, rest.Op{
		ID: "nameDeputy", Method: http.MethodPost, Path: "/deputies", Action: rbac.DeputyName, Status: http.StatusCreated,
		Summary: "请人代理审核一段时间", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.nameDeputy)
	rest.Handle(a, rest.Op{
		ID: "endDeputy", Method: http.MethodPost, Path: "/deputies/{id}/ended", Action: rbac.Self,
		Summary: "提前结束代理：由被代理人或安全管理员办理", Errors: []int{http.StatusConflict},
	}, s.endDeputy)
}

func (s *Server) listDeputies(ctx context.Context, _ *struct{}) (*deputiesResp, error) {
	list, err := s.accounts.Deputies(ctx, callerOf(ctx).Identity)
	items := make([]Deputation, len(list))
	for i, d := range list {
		items[i] = Deputation{
			ID: d.ID, Principal: PersonRef{d.AccountID, d.Principal, d.PrincipalName}, Deputy: PersonRef{d.DeputyID, d.DeputyLogin, d.DeputyName},
			From: d.From, Until: d.Until, Reason: d.Reason,
		}
	}
	return &deputiesResp{Body: DeputationList{Items: items}}, err
}

func (s *Server) listDeputyCandidates(ctx context.Context, r *candidatesReq) (*candidatesResp, error) {
	list, err := s.accounts.Candidates(ctx, callerOf(ctx).Identity, text(r.Text))
	items := make([]PersonRef, len(list))
	for i, c := range list {
		items[i] = PersonRef{c.ID, c.Login, c.Name}
	}
	return &candidatesResp{Body: PersonList{Items: items}}, err
}

func (s *Server) nameDeputy(ctx context.Context, r *nameDeputyReq) (*grantedResp, error) {
	b := r.Body
	id, err := s.accounts.NameDeputy(ctx, callerOf(ctx).Identity, b.Deputy, b.From, b.Until, b.Reason)
	return &grantedResp{Location: "/api/deputies/" + id.String(), Body: grantedOut{ID: id}}, err
}

func (s *Server) endDeputy(ctx context.Context, r *endDeputyReq) (*nothing, error) {
	return &nothing{}, s.accounts.EndDeputy(ctx, callerOf(ctx).Identity, r.ID, r.Body.Reason)
}
