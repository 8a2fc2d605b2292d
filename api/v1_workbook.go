package api

import (
	"context"
	"io"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/render/xlsx"
	"biaochi/service/workbook"
	"biaochi/service/workflow"
)

const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	// maxWorkbook bounds a workbook that comes in, in bytes.
	maxWorkbook = 10 << 20
)

type workbookReq struct {
	recordReq
	keyed
}

type previewResp struct{ Body WorkbookPreview }

// WorkbookPreview is what a workbook that came back would change, or what is wrong in it.
type WorkbookPreview struct {
	Lock        int          `json:"lock" description:"文件所对应的修改版本号"`
	Differences []Difference `json:"differences"`
	Faults      []CellFault  `json:"faults" description:"有任何一处就不能保存"`
}

// CellFault says what is wrong with a cell, and what to do.
type CellFault struct {
	Cell    string `json:"cell" description:"工作表和单元格，如 申报表!C7"`
	Message string `json:"message"`
}

func cellFaults(problems []model.Problem) []CellFault {
	out := make([]CellFault, len(problems))
	for i, p := range problems {
		out[i] = CellFault{p.Path, p.Message}
	}
	return out
}

func (s *Server) workbookRoutes(a *rest.API) {
	for _, k := range []struct {
		kind     model.RecordKind
		path, id string
	}{{model.FilingRecord, "/filings", "Filing"}, {model.SheetRecord, "/sheets", "Sheet"}} {
		read, _ := rbac.ActionByName(string(k.kind) + ".read")
		save, _ := rbac.ActionByName(workflow.Save.Named(k.kind))
		word := recordKindWord(k.kind)
		rest.HandleRaw(a, rest.Raw{Gives: []string{xlsxType}, Op: rest.Op{
			ID: "workbookOf" + k.id, Method: http.MethodGet, Path: k.path + "/{id}/workbook", Action: read, Summary: "下载可填写的" + word + "（Excel）",
		}}, func(ctx context.Context, q *recordReq, _ rest.Upload) (*nothing, *rest.Download, error) {
			return s.writeWorkbook(ctx, k.kind, q.ID)
		})
		rest.HandleRaw(a, rest.Raw{Accepts: []string{xlsxType}, Op: rest.Op{
			ID: "previewWorkbookOf" + k.id, Method: http.MethodPost, Path: k.path + "/{id}/workbook/preview", Action: save, MaxBody: maxWorkbook,
			Summary: "填好的" + word + "（Excel）会改变什么，不保存", Errors: []int{http.StatusConflict},
		}}, func(ctx context.Context, q *recordReq, file rest.Upload) (*previewResp, *rest.Download, error) {
			return s.previewWorkbook(ctx, k.kind, q.ID, file)
		})
		rest.HandleRaw(a, rest.Raw{Accepts: []string{xlsxType}, Op: rest.Op{
			ID: "applyWorkbookOf" + k.id, Method: http.MethodPost, Path: k.path + "/{id}/workbook", Action: save, MaxBody: maxWorkbook,
			Summary: "按填好的" + word + "（Excel）保存草稿", Errors: []int{http.StatusConflict},
		}}, func(ctx context.Context, q *workbookReq, file rest.Upload) (*answerResp, *rest.Download, error) {
			return s.applyWorkbook(ctx, k.kind, q, file)
		})
	}
}

func (s *Server) writeWorkbook(ctx context.Context, kind model.RecordKind, id model.ID) (*nothing, *rest.Download, error) {
	file, err := s.workbooks.Write(ctx, personOf(ctx), kind, id)
	if err != nil {
		return nil, nil, err
	}
	return nil, &rest.Download{MediaType: xlsxType, Name: file.Name, Write: func(w io.Writer) error { return xlsx.WriteFill(w, file.Book) }}, nil
}

func (s *Server) previewWorkbook(ctx context.Context, kind model.RecordKind, id model.ID, file rest.Upload) (*previewResp, *rest.Download, error) {
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, nil, err
	}
	var p workbook.Preview
	if p, err = s.workbooks.Preview(ctx, personOf(ctx), kind, id, content); err != nil {
		return nil, nil, err
	}
	return &previewResp{Body: WorkbookPreview{p.Lock, differencesOf(p.Differences), cellFaults(p.Faults)}}, nil, nil
}

func (s *Server) applyWorkbook(ctx context.Context, kind model.RecordKind, q *workbookReq, file rest.Upload) (*answerResp, *rest.Download, error) {
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, nil, err
	}
	answer, err := s.workbooks.Apply(ctx, personOf(ctx), kind, q.ID, content, keyOf(q.Key))
	resp, err := answered(answer, changedSince(err))
	return resp, nil, err
}
