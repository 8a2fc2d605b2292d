package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/directory"
)

type codesReq struct {
	rest.PageQuery
	Kind  model.CatalogueKind `path:"kind" label:"科目目录"`
	Year  int                 `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Text  *string             `query:"text" binding:"omitempty,max=100" label:"关键词" description:"名称中的字，或代码的开头"`
	Under *string             `query:"under" binding:"omitempty,max=64" label:"上级科目代码" description:"该科目及以下"`
}

type codesResp struct{ Body rest.Page[Code] }

// Code is an entry of a code list (收支分类科目).
type Code struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	Leaf       bool   `json:"leaf" description:"末级科目"`
	FundType   string `json:"fundType" description:"所属资金；不分的为空"`
	Confidence string `json:"confidence" description:"名称的可靠程度：seen_in_source、known、check"`
	Note       string `json:"note"`
}

type mappingReq struct {
	Unit model.ID `query:"unit" binding:"required" label:"单位"`
	Year int      `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type mappingResp struct{ Body Mapping }

// Mapping says for a unit which government code each department code falls under.
type Mapping struct {
	Codes []MappedCode `json:"codes"`
}

// MappedCode is one line of a Mapping.
type MappedCode struct {
	Department string `json:"department" description:"部门预算支出经济分类编码"`
	Government string `json:"government" description:"政府预算支出经济分类编码"`
	Confidence string `json:"confidence"`
}

func (s *Server) codeRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listCodes", Method: http.MethodGet, Path: "/catalogues/{kind}", Action: rbac.CatalogueRead, Summary: "某年度的科目目录",
	}, s.listCodes)
	rest.Handle(a, rest.Op{
		ID: "getMapping", Method: http.MethodGet, Path: "/mapping", Action: rbac.CatalogueRead,
		Summary: "单位的部门预算与政府预算支出经济分类对应关系", Errors: []int{http.StatusNotFound},
	}, s.getMapping)
}

func (s *Server) listCodes(ctx context.Context, q *codesReq) (*codesResp, error) {
	codes, err := s.lookups.Codes(ctx, directory.CodeQuery{Kind: q.Kind, Year: q.Year, Text: text(q.Text), Under: text(q.Under)})
	if err != nil {
		return nil, err
	}
	var items []Code
	for _, c := range codes[min(q.Offset(), len(codes)):min(q.Offset()+q.Size, len(codes))] {
		items = append(items, Code{Code: c.Code, Name: c.Name, Leaf: c.Leaf, FundType: c.FundType, Confidence: c.Confidence, Note: c.Note})
	}
	return &codesResp{Body: rest.NewPage(q.PageQuery, items, len(codes))}, nil
}

func (s *Server) getMapping(ctx context.Context, q *mappingReq) (*mappingResp, error) {
	mappings, err := s.lookups.Mapping(ctx, callerOf(ctx).Assignments(), q.Unit, q.Year)
	out := &mappingResp{}
	for _, m := range mappings {
		out.Body.Codes = append(out.Body.Codes, MappedCode{Department: m.DepartmentCode, Government: m.GovernmentCode, Confidence: m.Confidence})
	}
	return out, err
}
