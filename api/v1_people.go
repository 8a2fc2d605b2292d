package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/rbac"
)

type peopleReq struct {
	Login []string `query:"login" binding:"required,min=1,max=100,dive,max=100" label:"登录名"`
}

type peopleResp struct{ Body NameList }

// NameList has the names of people (姓名) by their logins; who has no account is missing.
type NameList struct {
	Items []Named `json:"items"`
}

// Named is a person as others call them.
type Named struct {
	Login string `json:"login"`
	Name  string `json:"name"`
}

func (s *Server) peopleRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listPeople", Method: http.MethodGet, Path: "/people", Action: rbac.Self, Summary: "登录名对应的姓名",
	}, s.listPeople)
}

func (s *Server) listPeople(ctx context.Context, r *peopleReq) (*peopleResp, error) {
	names, err := s.accounts.Names(ctx, r.Login)
	out := NameList{Items: []Named{}}
	for _, login := range r.Login {
		if name, ok := names[login]; ok {
			out.Items = append(out.Items, Named{login, name})
		}
	}
	return &peopleResp{Body: out}, err
}
