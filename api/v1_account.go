package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/account"
)

type accountOut struct {
	ID       model.ID `json:"id"`
	Login    string   `json:"login"`
	Name     string   `json:"name"`
	Phone    string   `json:"phone"`
	Email    string   `json:"email"`
	Demo     bool     `json:"demo"`
	Disabled bool     `json:"disabled"`
	Version  int      `json:"version"`
}

type heldOut struct {
	ID        model.ID `json:"id"`
	Role      string   `json:"role"`
	RoleName  string   `json:"roleName"`
	UnitCode  string   `json:"unitCode"`
	UnitName  string   `json:"unitName"`
	DeputyFor string   `json:"deputyFor"` // login of the reviewer in whose place; "" in one's own right
}

type listedOut struct {
	Account accountOut `json:"account"`
	Roles   []heldOut  `json:"roles"`
}

func listedOf(a account.Listed) listedOut {
	return listedOut{Account: accountOf(a.Account), Roles: heldOf(a.Held)}
}

func accountOf(a model.Account) accountOut {
	return accountOut{
		ID: a.ID, Login: a.Login, Name: a.Name, Phone: a.Phone, Email: a.Email,
		Demo: a.Demo, Disabled: a.Disabled, Version: a.Version,
	}
}

func heldOf(held []account.Held) []heldOut {
	out := make([]heldOut, len(held))
	for i, h := range held {
		out[i] = heldOut{
			ID: h.ID, Role: string(h.Role), RoleName: h.Role.ZH(), UnitCode: h.UnitCode, UnitName: h.UnitName, DeputyFor: h.DeputyFor,
		}
	}
	return out
}

type accountsReq struct {
	rest.PageQuery
	Text     *string `query:"text" binding:"omitempty,max=100" label:"关键词"`
	Disabled *bool   `query:"disabled" label:"已停用"`
}

type accountsResp struct{ Body rest.Page[listedOut] }

type profileIn struct {
	Name  string  `json:"name" binding:"required,max=100" label:"姓名"`
	Phone *string `json:"phone" binding:"omitempty,max=50" label:"联系电话"`
	Email *string `json:"email" binding:"omitempty,max=200" label:"邮箱"`
}

func (p profileIn) profile() account.Profile {
	out := account.Profile{Name: p.Name}
	if p.Phone != nil {
		out.Phone = *p.Phone
	}
	if p.Email != nil {
		out.Email = *p.Email
	}
	return out
}

type createAccountReq struct {
	Body createAccountIn
}

type createAccountIn struct {
	Login string `json:"login" binding:"required,max=100" label:"登录名"`
	profileIn
}

type createdResp struct {
	ETag rest.ETag `header:"ETag"`
	Body createdOut
}

type createdOut struct {
	Account         accountOut `json:"account"`
	OneTimePassword string     `json:"oneTimePassword"` // stands nowhere else; changed at first login
}

type accountIDReq struct {
	ID model.ID `path:"id" label:"账号"`
}

type updateAccountReq struct {
	accountIDReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    profileIn
}

type listedResp struct {
	ETag rest.ETag `header:"ETag"`
	Body listedOut
}

type accountResp struct {
	ETag rest.ETag `header:"ETag"`
	Body accountOut
}

type disableReq struct {
	accountIDReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    disableIn
}

type disableIn struct {
	Disabled bool   `json:"disabled" label:"停用"`
	Reason   string `json:"reason" binding:"required,max=500" label:"理由"`
}

type reasonReq struct {
	accountIDReq
	Body reasonIn
}

type reasonIn struct {
	Reason string `json:"reason" binding:"required,max=500" label:"理由"`
}

type resetResp struct {
	Body resetOut
}

type resetOut struct {
	OneTimePassword string `json:"oneTimePassword"`
}

type nothing struct{}

func (s *Server) accountRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listAccounts", Method: http.MethodGet, Path: "/accounts", Action: rbac.AccountRead, Summary: "账号列表",
	}, s.listAccounts)
	rest.Handle(a, rest.Op{
		ID: "getAccount", Method: http.MethodGet, Path: "/accounts/{id}", Action: rbac.AccountRead, Summary: "账号详情",
	}, s.getAccount)
	rest.Handle(a, rest.Op{
		ID: "createAccount", Method: http.MethodPost, Path: "/accounts", Action: rbac.AccountSave, Status: http.StatusCreated,
		Summary: "新建账号，返回一次性密码", Errors: []int{http.StatusConflict},
	}, s.createAccount)
	rest.Handle(a, rest.Op{
		ID: "updateAccount", Method: http.MethodPut, Path: "/accounts/{id}", Action: rbac.AccountSave,
		Summary: "修改账号信息", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.updateAccount)
	rest.Handle(a, rest.Op{
		ID: "disableAccount", Method: http.MethodPost, Path: "/accounts/{id}/disabled", Action: rbac.AccountDisable,
		Summary: "停用或恢复账号", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.disableAccount)
	rest.Handle(a, rest.Op{
		ID: "resetPassword", Method: http.MethodPost, Path: "/accounts/{id}/password-reset", Action: rbac.AccountReset,
		Summary: "重置密码，返回一次性密码", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.resetPassword)
}

func (s *Server) listAccounts(ctx context.Context, r *accountsReq) (*accountsResp, error) {
	q := account.AccountQuery{Disabled: r.Disabled, Limit: r.Size, Offset: r.Offset()}
	if r.Text != nil {
		q.Text = *r.Text
	}
	list, total, err := s.accounts.Accounts(ctx, callerOf(ctx).Identity, q)
	if err != nil {
		return nil, err
	}
	items := make([]listedOut, len(list))
	for i, a := range list {
		items[i] = listedOf(a)
	}
	return &accountsResp{Body: rest.NewPage(r.PageQuery, items, int(total))}, nil
}

func (s *Server) getAccount(ctx context.Context, r *accountIDReq) (*listedResp, error) {
	a, err := s.accounts.AccountByID(ctx, callerOf(ctx).Identity, r.ID)
	if err != nil {
		return nil, err
	}
	return &listedResp{ETag: rest.Tag(a.Version), Body: listedOf(a)}, nil
}

func (s *Server) createAccount(ctx context.Context, r *createAccountReq) (*createdResp, error) {
	made, password, err := s.accounts.CreateAccount(ctx, callerOf(ctx).Identity, r.Body.Login, r.Body.profile())
	if err != nil {
		return nil, err
	}
	return &createdResp{ETag: rest.Tag(made.Version), Body: createdOut{Account: accountOf(made), OneTimePassword: password}}, nil
}

func (s *Server) updateAccount(ctx context.Context, r *updateAccountReq) (*accountResp, error) {
	a, err := s.accounts.UpdateAccount(ctx, callerOf(ctx).Identity, r.ID, r.IfMatch.Version(), r.Body.profile())
	if err != nil {
		return nil, err
	}
	return &accountResp{ETag: rest.Tag(a.Version), Body: accountOf(a)}, nil
}

func (s *Server) disableAccount(ctx context.Context, r *disableReq) (*nothing, error) {
	return &nothing{}, s.accounts.SetDisabled(ctx, callerOf(ctx).Identity, r.ID, r.IfMatch.Version(), r.Body.Disabled, r.Body.Reason)
}

func (s *Server) resetPassword(ctx context.Context, r *reasonReq) (*resetResp, error) {
	password, err := s.accounts.ResetPassword(ctx, callerOf(ctx).Identity, r.ID, r.Body.Reason)
	out := &resetResp{}
	out.Body.OneTimePassword = password
	return out, err
}
