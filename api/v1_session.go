package api

import (
	"context"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/account"
)

type loginReq struct {
	Body loginIn
}

type loginIn struct {
	Login    string `json:"login" binding:"required,max=100" label:"登录名"`
	Password string `json:"password" binding:"required,max=200" label:"密码"`
}

type passwordReq struct {
	Body passwordIn
}

type passwordIn struct {
	OldPassword string `json:"oldPassword" binding:"required,max=200" label:"原密码"`
	NewPassword string `json:"newPassword" binding:"required,max=200" label:"新密码"`
}

// signedInResp carries the session's token in the cookie alone.
type signedInResp struct {
	Cookie string `header:"Set-Cookie"`
	Body   signedIn
}

type signedIn struct {
	CSRFToken  string    `json:"csrfToken"`
	ExpiresAt  time.Time `json:"expiresAt"`
	MustChange string    `json:"mustChange"` // why the password must be changed first; "" where it need not
}

type signedOutResp struct {
	Cookie string `header:"Set-Cookie"`
}

type sessionResp struct{ Body sessionOut }

type sessionOut struct {
	Account    accountOut        `json:"account"`
	CSRFToken  string            `json:"csrfToken"`
	ExpiresAt  time.Time         `json:"expiresAt"`
	MustChange string            `json:"mustChange"`
	Roles      []heldOut         `json:"roles"`
	Actions    []rest.ActionName `json:"actions"` // those that the person may take somewhere
}

type whyReq struct {
	Action string    `query:"action" binding:"required,max=100" label:"操作"`
	Unit   *model.ID `query:"unit" label:"单位"`
	Region *string   `query:"region" binding:"omitempty,max=64" label:"财政区划"`
	Person *model.ID `query:"account" label:"账号"`
}

type whyResp struct{ Body whyOut }

type whyOut struct {
	Allowed bool   `json:"allowed"`
	Why     string `json:"why"`
}

func (s *Server) sessionRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "logIn", Method: http.MethodPost, Path: "/session", Action: rbac.Public, Status: http.StatusCreated,
		Summary: "登录", Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict},
	}, s.logIn)
	rest.Handle(a, rest.Op{
		ID: "whoAmI", Method: http.MethodGet, Path: "/session", Action: rbac.Self, Summary: "当前登录的人、角色和可用操作",
	}, s.whoAmI)
	rest.Handle(a, rest.Op{
		ID: "logOut", Method: http.MethodDelete, Path: "/session", Action: rbac.Self, Summary: "退出登录",
	}, s.logOut)
	rest.Handle(a, rest.Op{
		ID: "changePassword", Method: http.MethodPost, Path: "/session/password", Action: rbac.Self,
		Summary: "修改自己的密码", Errors: []int{http.StatusConflict},
	}, s.changePassword)
	rest.Handle(a, rest.Op{
		ID: "whyMay", Method: http.MethodGet, Path: "/session/why", Action: rbac.Self,
		Summary: "为什么可以或不可以做某项操作", Errors: []int{http.StatusNotFound},
	}, s.whyMay)
}

func (s *Server) logIn(ctx context.Context, r *loginReq) (*signedInResp, error) {
	who := callerOf(ctx)
	signed, err := s.accounts.Login(ctx, account.Credentials{
		Login: r.Body.Login, Password: r.Body.Password,
		Address: who.address, UserAgent: who.userAgent, Previous: who.token,
	})
	return s.answerSignedIn(signed, err)
}

func (s *Server) changePassword(ctx context.Context, r *passwordReq) (*signedInResp, error) {
	who := callerOf(ctx)
	signed, err := s.accounts.ChangePassword(ctx, account.PasswordChange{
		Token: who.token, Old: r.Body.OldPassword, New: r.Body.NewPassword,
		Address: who.address, UserAgent: who.userAgent,
	})
	return s.answerSignedIn(signed, err)
}

func (s *Server) answerSignedIn(signed *account.SignedIn, err error) (*signedInResp, error) {
	if err != nil {
		return nil, err
	}
	return &signedInResp{
		Cookie: s.cookie(signed.Token),
		Body:   signedIn{CSRFToken: signed.CSRF, ExpiresAt: signed.ExpiresAt, MustChange: signed.MustChange},
	}, nil
}

func (s *Server) whoAmI(ctx context.Context, _ *struct{}) (*sessionResp, error) {
	who := callerOf(ctx)
	out := sessionOut{
		Account: accountOf(who.Account), CSRFToken: account.CSRF(who.token), ExpiresAt: who.Session.ExpiresAt,
		MustChange: who.MustChange, Roles: heldOf(who.Held),
	}
	for _, action := range rbac.Actions {
		if s.enforcer.Anywhere(who.Assignments(), action).Allowed || s.mayAnywhere(ctx, who.Identity, action) == nil {
			out.Actions = append(out.Actions, rest.ActionName(action.Name))
		}
	}
	return &sessionResp{Body: out}, nil
}

func (s *Server) logOut(ctx context.Context, _ *struct{}) (*signedOutResp, error) {
	return &signedOutResp{Cookie: s.cookie("")}, s.accounts.Logout(ctx, callerOf(ctx).token)
}

func (s *Server) whyMay(ctx context.Context, r *whyReq) (*whyResp, error) {
	who := callerOf(ctx)
	person := who.Account.ID
	if r.Person != nil {
		person = *r.Person
	}
	decision, err := s.accounts.Why(ctx, who.Identity, person, r.Action, placeAt(r.Unit, r.Region))
	if err != nil {
		return nil, err
	}
	return &whyResp{Body: whyOut{Allowed: decision.Allowed, Why: decision.Why}}, nil
}

// placeAt is the unit, else the region's root, else the installation.
func placeAt(unit *model.ID, region *string) (at account.At) {
	if unit != nil {
		at.UnitID = *unit
	}
	if region != nil {
		at.RegionCode = *region
	}
	return at
}
