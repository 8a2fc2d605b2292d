package rest_test

import (
	"context"
	"fmt"
	"net/http/httptest"

	"github.com/gin-gonic/gin"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
)

type renameReq struct {
	ID      model.ID     `path:"id" label:"编号"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    renameIn
}

type renameIn struct {
	Name string `json:"name" binding:"required,max=100" label:"项目名称"`
}

type renamedResp struct {
	ETag rest.ETag `header:"ETag"`
	Body renamed
}

type renamed struct {
	Name    string            `json:"name"`
	Actions []rest.ActionName `json:"actions"`
}

func rename(_ context.Context, req *renameReq) (*renamedResp, error) {
	const current = 7
	if req.IfMatch.Version() != current {
		return nil, rest.Stale(rest.Tag(current), nil)
	}
	return &renamedResp{
		ETag: rest.Tag(current+1, rbac.ProjectClose.Name),
		Body: renamed{Name: req.Body.Name, Actions: rest.ActionNames(rbac.ProjectClose)},
	}, nil
}

// A route is one call of Handle: types, action and handler.
func ExampleHandle() {
	engine := gin.New()
	guard := func(*gin.Context, rbac.Action) error { return nil }
	api := rest.New(engine.Group("/api"), rest.NewRules(), guard)
	rest.Handle(api, rest.Op{ID: "renameProject", Method: "PUT", Path: "/projects/{id}/name", Summary: "更改项目名称", Action: rbac.ProjectSave}, rename)
	engine.NoRoute(api.Missing)
	fmt.Println(api.Err())

	for _, tag := range []string{`"7"`, `"6"`} {
		w := httptest.NewRecorder()
		engine.ServeHTTP(w, request("PUT", "/api/projects/12/name", `{"name":"乡村道路"}`, "If-Match", tag))
		fmt.Println(w.Code, w.Body)
	}
	// Output:
	// <nil>
	// 200 {"name":"乡村道路","actions":["project.close"]}
	// 412 {"type":"/problems/version-conflict","title":"版本已过期","status":412,"detail":"这条记录已被他人修改，请重新读取，核对差异后再提交","instance":"/api/projects/12/name","reason":"version.conflict","requestId":""}
}
