package api

import (
	"context"
	"net/http"
	"strconv"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

type grantReq struct {
	accountIDReq
	Body grantIn
}

type grantIn struct {
	Role   string    `json:"role" binding:"required,max=50" label:"角色"`
	Unit   *model.ID `json:"unit" label:"单位"`
	Region *string   `json:"region" binding:"omitempty,max=64" label:"财政区划"`
	Reason string    `json:"reason" binding:"required,max=500" label:"理由"`
}

type grantedResp struct {
	Location string `header:"Location"`
	Body     grantedOut
}

type grantedOut struct {
	ID model.ID `json:"id"`
}

type revokeReq struct {
	ID   model.ID `path:"id" label:"角色分配"`
	Body revokeIn
}

type revokeIn struct {
	Reason string `json:"reason" binding:"required,max=500" label:"理由"`
}

type rolesReq struct {
	Account *model.ID `query:"account" label:"账号"`
	Unit    *model.ID `query:"unit" label:"单位"`
}

type rolesResp struct{ Body RoleHolders }

// RoleHolders is accounts with the roles that were asked for.
type RoleHolders struct {
	Items []listedOut `json:"items"`
}

func (s *Server) roleRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listRoles", Method: http.MethodGet, Path: "/roles", Action: rbac.RoleRead, Summary: "谁有什么角色：按单位、按账号或全部",
	}, s.listRoles)
	rest.Handle(a, rest.Op{
		ID: "grantRole", Method: http.MethodPost, Path: "/accounts/{id}/roles", Action: rbac.RoleAssign, Status: http.StatusCreated,
		Summary: "授予角色", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.grantRole)
	rest.Handle(a, rest.Op{
		ID: "revokeRole", Method: http.MethodPost, Path: "/roles/{id}/revoked", Action: rbac.RoleAssign,
		Summary: "收回角色", Errors: []int{http.StatusNotFound, http.StatusConflict},
	}, s.revokeRole)
}

func (s *Server) listRoles(ctx context.Context, r *rolesReq) (*rolesResp, error) {
	list, err := s.accounts.Roles(ctx, callerOf(ctx).Identity, value(r.Account), value(r.Unit))
	items := make([]listedOut, len(list))
	for i, a := range list {
		items[i] = listedOf(a)
	}
	return &rolesResp{Body: RoleHolders{Items: items}}, err
}

func (s *Server) grantRole(ctx context.Context, r *grantReq) (*grantedResp, error) {
	id, err := s.accounts.Grant(ctx, callerOf(ctx).Identity, r.ID, rbac.Role(r.Body.Role), placeAt(r.Body.Unit, r.Body.Region), r.Body.Reason)
	out := &grantedResp{Location: "/api/roles/" + strconv.FormatInt(int64(id), 10)}
	out.Body.ID = id
	return out, err
}

func (s *Server) revokeRole(ctx context.Context, r *revokeReq) (*nothing, error) {
	return &nothing{}, s.accounts.Revoke(ctx, callerOf(ctx).Identity, r.ID, r.Body.Reason)
}
