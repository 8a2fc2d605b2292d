package api

import (
	"context"
	"io"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/render/formats"
	"biaochi/web"
)

// Monitoring sheets (监控表) and self-evaluations (自评表) as printed documents.

type printQuery struct {
	Format *string `query:"format" binding:"omitempty,oneof=docx html pdf xlsx" label:"格式" description:"默认 pdf"`
}

type printMonitoringReq struct {
	monitoringReq
	printQuery
}

type printEvaluationReq struct {
	evaluationReq
	printQuery
}

type printUnitEvaluationsReq struct {
	ID   model.ID `path:"id" label:"单位"`
	Year int      `path:"year" binding:"min=2000,max=2100" label:"预算年度"`
	printQuery
}

type printUnitMonitoringReq struct {
	printUnitEvaluationsReq
	Window string `path:"window" binding:"max=20" label:"监控期间"`
}

func (s *Server) sheetPrintRoutes(a *rest.API) {
	var gives []string
	for _, f := range formats.All() {
		gives = append(gives, f.MediaType)
	}
	op := func(id, path string, action rbac.Action, summary string) rest.Raw {
		return rest.Raw{Gives: gives, Op: rest.Op{ID: id, Method: http.MethodGet, Path: path, Action: action, Summary: summary, Errors: sheetErrors}}
	}
	for _, of := range []struct {
		kind              model.SheetKind
		id, path, summary string
	}{
		{model.EvaluationSheet, "printEvaluation", "/filings/{id}/evaluation/document", "打印一个项目的自评表"},
		{model.WholeSheet, "printTargetEvaluation", "/targets/{id}/evaluation/document", "打印整体支出自评表"},
	} {
		rest.HandleRaw(a, op(of.id, of.path, rbac.EvaluationRead, of.summary),
			func(ctx context.Context, r *printEvaluationReq, _ rest.Upload) (*nothing, *rest.Download, error) {
				return r.printed(s.execution.PrintSheet(ctx, personOf(ctx), execution.SheetKey{RecordID: r.ID, Kind: of.kind}))
			})
	}
	rest.HandleRaw(a, op("printMonitoring", "/filings/{id}/monitoring/{window}/document", rbac.MonitoringRead, "打印一个项目的监控表"),
		func(ctx context.Context, r *printMonitoringReq, _ rest.Upload) (*nothing, *rest.Download, error) {
			return r.printed(s.execution.PrintSheet(ctx, personOf(ctx), r.key()))
		})
	rest.HandleRaw(a, op("printUnitEvaluations", "/units/{id}/evaluations/{year}/document", rbac.EvaluationRead, "打印一个单位全部项目的自评表"),
		func(ctx context.Context, r *printUnitEvaluationsReq, _ rest.Upload) (*nothing, *rest.Download, error) {
			return r.printed(s.execution.PrintSheets(ctx, personOf(ctx), execution.UnitSheets{UnitID: r.ID, Year: r.Year, Kind: model.EvaluationSheet}))
		})
	rest.HandleRaw(a, op("printUnitMonitoring", "/units/{id}/monitoring/{year}/{window}/document", rbac.MonitoringRead, "打印一个单位全部项目的监控表"),
		func(ctx context.Context, r *printUnitMonitoringReq, _ rest.Upload) (*nothing, *rest.Download, error) {
			return r.printed(s.execution.PrintSheets(ctx, personOf(ctx), execution.UnitSheets{UnitID: r.ID, Year: r.Year, Kind: model.MonitoringSheet, Window: r.Window}))
		})
}

// printed writes a document in the format that was asked for.
func (q printQuery) printed(p execution.Printed, err error) (*nothing, *rest.Download, error) {
	if err != nil {
		return nil, nil, err
	}
	format, _ := formats.Of(valueOf(q.Format, "pdf")) // the rule has checked it
	return nil, &rest.Download{
		MediaType: format.MediaType, Name: p.Name + "." + format.Name,
		Write: func(w io.Writer) error { return format.Write(w, formats.NewManuscript(p.Document, web.Stylesheet())) },
	}, nil
}
