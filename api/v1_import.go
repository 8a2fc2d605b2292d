package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/intake"
	"biaochi/service/workflow"
)

type intakeReq struct {
	Unit  model.ID `query:"unit" binding:"required" label:"单位"`
	Year  int      `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Sheet *string  `query:"sheet" binding:"omitempty,max=100" label:"工作表" description:"默认是第一个有标题行的，没有时是第一个有内容的"`
}

type readTableReq struct {
	intakeReq
	Head *int `query:"head" binding:"omitempty,min=1,max=20000" label:"标题行" description:"默认自动查找"`
}

type planReq struct {
	intakeReq
	keyed
	Head       int               `query:"head" binding:"required,min=1,max=20000" label:"标题行"`
	AmountUnit intake.AmountUnit `query:"amountUnit" binding:"required" label:"金额单位"`
	Column     []string          `query:"column" binding:"required,min=1,max=60,dive,columnField" label:"列" description:"列号:内容，如 3:name"`
}

type readingResp struct{ Body ImportReading }

// ImportReading is what was found in somebody's table, to be confirmed or corrected.
type ImportReading struct {
	Sheets     []string          `json:"sheets"`
	Sheet      string            `json:"sheet"`
	Head       int               `json:"head" description:"标题在第几行"`
	AmountUnit intake.AmountUnit `json:"amountUnit"`
	Rows       int               `json:"rows" description:"标题以下的行数"`
	Columns    []ImportColumn    `json:"columns"`
	Fields     []TableField      `json:"fields" description:"列可以是什么"`
}

// ImportColumn is a column with what it is proposed to stand for.
type ImportColumn struct {
	Column  int      `json:"column" description:"从 1 起"`
	Header  string   `json:"header"`
	Field   string   `json:"field" description:"建议对应的内容，空为不导入"`
	Samples []string `json:"samples"`
}

// TableField is what a column can stand for.
type TableField struct {
	Key      string `json:"key"`
	Label    string `json:"label"`
	Required bool   `json:"required"`
}

type tablePreviewResp struct{ Body TablePreview }

// TablePreview is what each row of a table would become.
type TablePreview struct {
	New         int          `json:"new"`
	Changed     int          `json:"changed"`
	Unchanged   int          `json:"unchanged"`
	Refused     int          `json:"refused" description:"有一行不能导入，就全部不能"`
	Rows        []ImportRow  `json:"rows"`
	Differences []Difference `json:"differences" description:"基本支出表整体的变化，表中没有的行会删除"`
}

// ImportRow is a row with what it would become.
type ImportRow struct {
	Row         int            `json:"row"`
	Code        string         `json:"code"`
	Name        string         `json:"name"`
	Becomes     intake.Becomes `json:"becomes"`
	Differences []Difference   `json:"differences"`
	Faults      []CellFault    `json:"faults"`
}

type importedResp struct{ Body Imported }

// Imported is what an import did, in rows.
type Imported struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

var tableTypes = []string{xlsxType, "text/csv"}

func (s *Server) importRoutes(a *rest.API) {
	for _, k := range []struct {
		kind     model.RecordKind
		path, id string
		zh       string
	}{{model.FilingRecord, "/filings", "Filings", "项目"}, {model.SheetRecord, "/sheets", "Lines", "基本支出"}} {
		save, _ := rbac.ActionByName(workflow.Save.Named(k.kind))
		op := func(id, below, summary string) rest.Raw {
			return rest.Raw{Accepts: tableTypes, Op: rest.Op{
				ID: id + k.id, Method: http.MethodPost, Path: k.path + "/import" + below, Action: save, Summary: summary,
				MaxBody: maxWorkbook, Errors: []int{http.StatusNotFound, http.StatusConflict},
			}}
		}
		rest.HandleRaw(a, op("readTableOf", "/read", "读"+k.zh+"表（XLSX、CSV），建议各列对应的内容"),
			func(ctx context.Context, q *readTableReq, f rest.Upload) (*readingResp, *rest.Download, error) {
				return s.readTable(ctx, k.kind, q, f)
			})
		rest.HandleRaw(a, op("previewImportOf", "/preview", k.zh+"表的每一行会成为什么，不保存"),
			func(ctx context.Context, q *planReq, f rest.Upload) (*tablePreviewResp, *rest.Download, error) {
				return s.previewImport(ctx, k.kind, q, f)
			})
		rest.HandleRaw(a, op("import", "", "把"+k.zh+"表导入为草稿，全部或全不"),
			func(ctx context.Context, q *planReq, f rest.Upload) (*importedResp, *rest.Download, error) {
				return s.importTable(ctx, k.kind, q, f)
			})
	}
}

func (q intakeReq) target(kind model.RecordKind) intake.Target {
	return intake.Target{Kind: kind, UnitID: q.Unit, Year: q.Year}
}

func (q planReq) plan(kind model.RecordKind) intake.Plan {
	p := intake.Plan{Target: q.target(kind), Sheet: text(q.Sheet), Head: q.Head, Unit: q.AmountUnit, Columns: map[int]string{}}
	for _, c := range q.Column {
		column, field, _ := strings.Cut(c, ":")
		n, _ := strconv.Atoi(column) // the rule has checked it
		p.Columns[n] = field
	}
	return p
}

func (s *Server) readTable(ctx context.Context, kind model.RecordKind, q *readTableReq, f rest.Upload) (*readingResp, *rest.Download, error) {
	file, err := io.ReadAll(f)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.intake.Read(ctx, personOf(ctx), q.target(kind), file, text(q.Sheet), value(q.Head))
	if err != nil {
		return nil, nil, err
	}
	out := ImportReading{Sheets: r.Sheets, Sheet: r.Sheet, Head: r.Head, AmountUnit: r.Unit, Rows: r.Rows}
	for _, c := range r.Columns {
		out.Columns = append(out.Columns, ImportColumn(c))
	}
	for _, field := range intake.Fields(kind) {
		out.Fields = append(out.Fields, TableField{field.Key, field.Label, field.Required})
	}
	return &readingResp{Body: out}, nil, nil
}

func (s *Server) previewImport(ctx context.Context, kind model.RecordKind, q *planReq, f rest.Upload) (*tablePreviewResp, *rest.Download, error) {
	file, err := io.ReadAll(f)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.intake.Preview(ctx, personOf(ctx), q.plan(kind), file)
	if err != nil {
		return nil, nil, err
	}
	out := TablePreview{
		New: p.Count(intake.New), Changed: p.Count(intake.Changed), Unchanged: p.Count(intake.Unchanged), Refused: p.Count(intake.Refused),
		Differences: differencesOf(p.Differences),
	}
	for _, r := range p.Rows {
		out.Rows = append(out.Rows, ImportRow{r.Number, r.Code, r.Name, r.Becomes, differencesOf(r.Differences), cellFaults(r.Faults)})
	}
	return &tablePreviewResp{Body: out}, nil, nil
}

func (s *Server) importTable(ctx context.Context, kind model.RecordKind, q *planReq, f rest.Upload) (*importedResp, *rest.Download, error) {
	file, err := io.ReadAll(f)
	if err != nil {
		return nil, nil, err
	}
	done, err := s.intake.Commit(ctx, personOf(ctx), q.plan(kind), file, keyOf(q.Key))
	return &importedResp{Body: Imported(done)}, nil, err
}
