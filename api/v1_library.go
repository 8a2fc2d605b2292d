package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/library"
)

type libraryOut struct {
	ID          model.ID          `json:"id"`
	Region      string            `json:"region"`
	Tree        string            `json:"tree" description:"指标体系"`
	Level1      string            `json:"level1"`
	Level2      string            `json:"level2"`
	Name        string            `json:"name"`
	Unit        string            `json:"unit" description:"计量单位"`
	Operator    string            `json:"operator" description:"计算符号，定性指标为空"`
	Usual       []string          `json:"usual" description:"财政部门维护的常用指标值"`
	Values      []libraryValueOut `json:"values" description:"已批复申报中的指标值，常见的在前"`
	Explanation string            `json:"explanation"`
	Basis       string            `json:"basis" description:"指标值设定依据"`
	Source      string            `json:"source" description:"数据来源"`
	Evidence    string            `json:"evidence" description:"佐证资料"`
	Method      string            `json:"method" description:"完成值取值方式"`
	Scoring     string            `json:"scoring" description:"评分标准"`
	Functions   []string          `json:"functions" description:"适用的功能分类"`
	Industries  []string          `json:"industries" description:"适用行业"`
	Common      bool              `json:"common" description:"共性指标"`
	Disabled    bool              `json:"disabled" description:"停用"`
	Origin      string            `json:"origin" description:"approved 已批复申报，entered 财政部门录入"`
	Uses        int               `json:"uses" description:"使用该指标的已批复申报数"`
	MergedInto  *model.ID         `json:"mergedInto" description:"并入的指标"`
	UpdatedAt   time.Time         `json:"updatedAt"`
	UpdatedBy   string            `json:"updatedBy"`
	Version     int               `json:"version"`
	Actions     []rest.ActionName `json:"actions" description:"本人可以进行的操作"`
}

type libraryValueOut struct {
	Value string `json:"value"`
	Uses  int    `json:"uses"`
}

type libraryResp struct {
	ETag rest.ETag `header:"ETag"`
	Body libraryOut
}

type libraryListReq struct {
	rest.PageQuery
	Region   *string `query:"region" binding:"omitempty,max=64" label:"财政区划" description:"只在一个区划有权限时可以不填"`
	Level1   *string `query:"level1" binding:"omitempty,max=64" label:"一级指标"`
	Level2   *string `query:"level2" binding:"omitempty,max=64" label:"二级指标"`
	Function *string `query:"function" binding:"omitempty,max=7" label:"功能分类" description:"3、5 或 7 位；最接近的在前，共性指标在后"`
	Text     *string `query:"text" binding:"omitempty,max=100" label:"关键词"`
	Common   *bool   `query:"common" label:"共性指标"`
	Disabled *bool   `query:"disabled" label:"已停用"`
}

type libraryListResp struct{ Body rest.Page[libraryOut] }

type libraryIDReq struct {
	ID model.ID `path:"id" label:"指标"`
}

type libraryIn struct {
	Level1      string   `json:"level1" binding:"required,max=64" label:"一级指标"`
	Level2      string   `json:"level2" binding:"required,max=64" label:"二级指标"`
	Name        string   `json:"name" binding:"required,max=60" label:"指标名称"`
	Unit        *string  `json:"unit" binding:"omitempty,max=20" label:"计量单位"`
	Operator    *string  `json:"operator" binding:"omitempty,oneof=>= <= = > < range" label:"计算符号" description:"定性指标不填"`
	Usual       []string `json:"usual" binding:"max=50,dive,required,max=60" label:"常用指标值"`
	Explanation *string  `json:"explanation" binding:"omitempty,max=1000" label:"指标解释"`
	Basis       *string  `json:"basis" binding:"omitempty,max=1000" label:"设定依据"`
	Source      *string  `json:"source" binding:"omitempty,max=1000" label:"数据来源"`
	Evidence    *string  `json:"evidence" binding:"omitempty,max=1000" label:"佐证资料"`
	Method      *string  `json:"method" binding:"omitempty,max=100" label:"取值方式"`
	Scoring     *string  `json:"scoring" binding:"omitempty,max=1000" label:"评分标准"`
	Functions   []string `json:"functions" binding:"max=50,dive,required,max=7" label:"功能分类"`
	Industries  []string `json:"industries" binding:"max=50,dive,required,max=60" label:"适用行业"`
	Common      *bool    `json:"common" label:"共性指标"`
}

type createLibraryReq struct {
	Region *string `query:"region" binding:"omitempty,max=64" label:"财政区划"`
	Body   libraryIn
}

type updateLibraryReq struct {
	libraryIDReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    libraryIn
}

type disableLibraryReq struct {
	libraryIDReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    disableIn
}

type mergeLibraryReq struct {
	libraryIDReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    mergeIn
}

type mergeIn struct {
	Into   model.ID `json:"into" binding:"required" label:"并入的指标"`
	Reason string   `json:"reason" binding:"required,max=500" label:"理由"`
}

type libraryFileReq struct {
	Region *string `query:"region" binding:"omitempty,max=64" label:"财政区划"`
}

type libraryImportResp struct{ Body libraryImportOut }

type libraryImportOut struct {
	Created   int `json:"created"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

type libraryPlanResp struct{ Body LibraryPlan }

// LibraryPlan is what a file would come to.
type LibraryPlan struct {
	Created   int              `json:"created"`
	Changed   int              `json:"changed"`
	Unchanged int              `json:"unchanged"`
	Rows      []LibraryPlanRow `json:"rows"`
}

// LibraryPlanRow is a row of a file with what it would become.
type LibraryPlanRow struct {
	Row        int             `json:"row" description:"在文件中的行号，从 1 起"`
	Level1Name string          `json:"level1Name"`
	Level2Name string          `json:"level2Name"`
	Name       string          `json:"name"`
	Fate       library.Fate    `json:"fate"`
	Changes    []LibraryChange `json:"changes" description:"新增的列出全部内容"`
}

// LibraryChange is a field of an indicator with what it was and would be.
type LibraryChange struct {
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

var fateWords = map[library.Fate]string{library.New: "新增", library.Changed: "修改", library.Unchanged: "没有变化"}

func (s *Server) libraryRoutes(a *rest.API) {
	const path, one = "/library/indicators", "/library/indicators/{id}"
	gone := []int{http.StatusNotFound, http.StatusConflict}
	rest.Handle(a, rest.Op{
		ID: "searchLibrary", Method: http.MethodGet, Path: path, Action: rbac.LibraryRead, Summary: "查找指标库中的指标",
	}, s.searchLibrary)
	rest.Handle(a, rest.Op{
		ID: "getLibraryIndicator", Method: http.MethodGet, Path: one, Action: rbac.LibraryRead, Summary: "指标库中的一个指标",
	}, s.getLibraryIndicator)
	rest.Handle(a, rest.Op{
		ID: "createLibraryIndicator", Method: http.MethodPost, Path: path, Action: rbac.LibrarySave, Status: http.StatusCreated,
		Summary: "录入指标", Errors: gone,
	}, s.createLibraryIndicator)
	rest.Handle(a, rest.Op{
		ID: "updateLibraryIndicator", Method: http.MethodPut, Path: one, Action: rbac.LibrarySave, Summary: "修改指标", Errors: gone,
	}, s.updateLibraryIndicator)
	rest.Handle(a, rest.Op{
		ID: "disableLibraryIndicator", Method: http.MethodPost, Path: one + "/disabled", Action: rbac.LibrarySave,
		Summary: "停用或恢复指标", Errors: gone,
	}, s.disableLibraryIndicator)
	rest.Handle(a, rest.Op{
		ID: "mergeLibraryIndicator", Method: http.MethodPost, Path: one + "/merged", Action: rbac.LibrarySave,
		Summary: "把指标并入另一个，返回后者", Errors: gone,
	}, s.mergeLibraryIndicator)
	rest.HandleRaw(a, rest.Raw{Op: rest.Op{
		ID: "exportLibrary", Method: http.MethodGet, Path: "/library/export", Action: rbac.LibrarySave, Summary: "导出指标库",
	}, Gives: []string{csvType}}, s.exportLibrary)
	rest.HandleRaw(a, rest.Raw{Op: rest.Op{
		ID: "previewLibraryImport", Method: http.MethodPost, Path: "/library/import/preview", Action: rbac.LibrarySave,
		Summary: "看文件的每一行会成为什么，不作改动", Errors: gone, MaxBody: library.MaxFile,
	}, Accepts: tableTypes}, s.previewLibraryImport)
	rest.HandleRaw(a, rest.Raw{Op: rest.Op{
		ID: "importLibrary", Method: http.MethodPost, Path: "/library/import", Action: rbac.LibrarySave, Summary: "导入指标库，全部成功或不作改动",
		Errors: gone, MaxBody: library.MaxFile,
	}, Accepts: tableTypes}, s.importLibrary)
}

// given is what a pointer points at, the zero value where it is nil.
func given[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func (in libraryIn) fields() library.Fields {
	return library.Fields{
		Level1: in.Level1, Level2: in.Level2, Name: in.Name, Unit: given(in.Unit), Operator: given(in.Operator), Usual: in.Usual,
		Explanation: given(in.Explanation), Basis: given(in.Basis), Source: given(in.Source), Evidence: given(in.Evidence),
		Method: given(in.Method), Scoring: given(in.Scoring), Functions: in.Functions, Industries: in.Industries, Common: given(in.Common),
	}
}

func (s *Server) libraryOf(ctx context.Context, e library.Entry) libraryOut {
	out := libraryOut{
		ID: e.ID, Region: e.RegionCode, Tree: e.TreeKey, Level1: e.Level1, Level2: e.Level2, Name: e.Name, Unit: e.Unit, Operator: e.Operator,
		Usual: e.Usual, Values: make([]libraryValueOut, len(e.Values)), Explanation: e.Explanation, Basis: e.Basis, Source: e.Source,
		Evidence: e.Evidence, Method: e.Method, Scoring: e.Scoring, Functions: e.Functions, Industries: e.Industries,
		Common: e.Common, Disabled: e.Disabled, Origin: string(e.Origin), Uses: e.Uses, UpdatedAt: e.UpdatedAt, UpdatedBy: e.UpdatedBy,
		Version: e.Version, Actions: rest.ActionNames(s.library.Allowed(personOf(ctx), e)...),
	}
	for i, v := range e.Values {
		out.Values[i] = libraryValueOut{v.Value, v.Uses}
	}
	if e.MergedInto != 0 {
		out.MergedInto = &e.MergedInto
	}
	return out
}

// libraryAnswer tags an entry by all that it shows, since uses and values change
// without its version.
func (s *Server) libraryAnswer(ctx context.Context, e library.Entry, err error) (*libraryResp, error) {
	if err != nil {
		return nil, err
	}
	out := s.libraryOf(ctx, e)
	shown, err := json.Marshal(out)
	return &libraryResp{ETag: rest.Tag(e.Version, string(shown)), Body: out}, err
}

func (s *Server) searchLibrary(ctx context.Context, r *libraryListReq) (*libraryListResp, error) {
	list, total, err := s.library.Search(ctx, personOf(ctx), library.Query{
		Region: given(r.Region), Level1: given(r.Level1), Level2: given(r.Level2), Function: given(r.Function), Text: given(r.Text),
		Common: r.Common, Disabled: given(r.Disabled), Limit: r.Size, Offset: r.Offset(),
	})
	if err != nil {
		return nil, err
	}
	items := make([]libraryOut, len(list))
	for i, e := range list {
		items[i] = s.libraryOf(ctx, e)
	}
	return &libraryListResp{Body: rest.NewPage(r.PageQuery, items, int(total))}, nil
}

func (s *Server) getLibraryIndicator(ctx context.Context, r *libraryIDReq) (*libraryResp, error) {
	e, err := s.library.Get(ctx, personOf(ctx), r.ID)
	return s.libraryAnswer(ctx, e, err)
}

func (s *Server) createLibraryIndicator(ctx context.Context, r *createLibraryReq) (*libraryResp, error) {
	e, err := s.library.Create(ctx, personOf(ctx), given(r.Region), r.Body.fields())
	return s.libraryAnswer(ctx, e, err)
}

func (s *Server) updateLibraryIndicator(ctx context.Context, r *updateLibraryReq) (*libraryResp, error) {
	e, err := s.library.Edit(ctx, personOf(ctx), r.ID, r.IfMatch.Version(), r.Body.fields())
	return s.libraryAnswer(ctx, e, err)
}

func (s *Server) disableLibraryIndicator(ctx context.Context, r *disableLibraryReq) (*libraryResp, error) {
	e, err := s.library.SetDisabled(ctx, personOf(ctx), r.ID, r.IfMatch.Version(), r.Body.Disabled, r.Body.Reason)
	return s.libraryAnswer(ctx, e, err)
}

func (s *Server) mergeLibraryIndicator(ctx context.Context, r *mergeLibraryReq) (*libraryResp, error) {
	e, err := s.library.Merge(ctx, personOf(ctx), r.ID, r.IfMatch.Version(), r.Body.Into, r.Body.Reason)
	return s.libraryAnswer(ctx, e, err)
}

func (s *Server) exportLibrary(ctx context.Context, r *libraryFileReq, _ rest.Upload) (*nothing, *rest.Download, error) {
	var file bytes.Buffer
	if err := s.library.Export(ctx, personOf(ctx), given(r.Region), &file); err != nil {
		return nil, nil, err
	}
	return nil, &rest.Download{
		MediaType: csvType, Name: "指标库.csv", Size: int64(file.Len()),
		Write: func(w io.Writer) error { _, err := file.WriteTo(w); return err },
	}, nil
}

func (s *Server) importLibrary(ctx context.Context, r *libraryFileReq, file rest.Upload) (*libraryImportResp, *rest.Download, error) {
	done, err := s.library.Import(ctx, personOf(ctx), given(r.Region), file)
	return &libraryImportResp{Body: libraryImportOut(done)}, nil, err
}

func (s *Server) previewLibraryImport(ctx context.Context, r *libraryFileReq, file rest.Upload) (*libraryPlanResp, *rest.Download, error) {
	plan, err := s.library.Preview(ctx, personOf(ctx), given(r.Region), file)
	if err != nil {
		return nil, nil, err
	}
	out := LibraryPlan{Created: plan.Created, Changed: plan.Changed, Unchanged: plan.Unchanged}
	for _, row := range plan.Rows {
		one := LibraryPlanRow{Row: row.Line, Level1Name: row.Level1, Level2Name: row.Level2, Name: row.Name, Fate: row.Fate}
		for _, c := range row.Changes {
			one.Changes = append(one.Changes, LibraryChange{c.Field, c.Before, c.After})
		}
		out.Rows = append(out.Rows, one)
	}
	return &libraryPlanResp{Body: out}, nil, nil
}
