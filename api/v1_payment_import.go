package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
)

type readPaymentsReq struct {
	Region string `query:"region" binding:"required,max=64" label:"财政区划"`
}

type paymentReadingResp struct{ Body PaymentReading }

// PaymentReading is what was found in a file of payments.
type PaymentReading struct {
	Head    int                 `json:"head" description:"标题在第几行"`
	Rows    int                 `json:"rows" description:"标题以下的支付笔数"`
	Columns []PaymentFileColumn `json:"columns"`
	Missing []string            `json:"missing" description:"还没有对应列的必填内容"`
	Fields  []TableField        `json:"fields" description:"列可以是什么"`
}

// PaymentFileColumn is a column with what it is proposed to stand for.
type PaymentFileColumn struct {
	Header  string   `json:"header"`
	Field   string   `json:"field" description:"建议对应的内容，空为不导入；上次导入时说明过的列会记住"`
	Samples []string `json:"samples"`
}

type importPaymentsReq struct {
	Region string   `query:"region" binding:"required,max=64" label:"财政区划"`
	Year   int      `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Name   *string  `query:"name" binding:"omitempty,max=255" label:"文件名"`
	Column []string `query:"column" binding:"max=20,dive,paymentColumn" label:"列" description:"内容:列名，如 reference:单据号；认得出的列不必写，导入后记住"`
}

type paymentsImportedResp struct{ Body PaymentsImported }

// PaymentsImported is what an import of payments came to, or would come to.
type PaymentsImported struct {
	Batch      string         `json:"batch" description:"导入批次，没有新增时为空"`
	Preview    bool           `json:"preview"`
	Rows       int            `json:"rows" description:"文件中的支付笔数"`
	Added      int            `json:"added"`
	Duplicates int            `json:"duplicates" description:"支付凭证号相同、内容也相同的，只计一次"`
	Amount     SignedMoney    `json:"amount" description:"新增的合计，元"`
	Columns    []PaymentMatch `json:"columns"`
	Notes      []PaymentRow   `json:"notes" description:"值得注意、但可以导入的"`
	Faults     []PaymentRow   `json:"faults" description:"预览时发现的错误，有一处就不能导入；最多列出 200 处"`
	FaultCount int            `json:"faultCount"`
}

// PaymentMatch tells which column a field was read from.
type PaymentMatch struct {
	Field  string `json:"field"`
	Header string `json:"header"`
}

// PaymentRow is what there is to say of a row of the file.
type PaymentRow struct {
	Row     int    `json:"row" description:"文件中的行号"`
	About   string `json:"about" description:"列，或 overBudget、negative、late"`
	Message string `json:"message"`
}

type paymentBatchesReq struct {
	rest.PageQuery
	Region string `query:"region" binding:"required,max=64" label:"财政区划"`
	Year   int    `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
}

type paymentBatchesResp struct{ Body rest.Page[PaymentBatch] }

// PaymentBatch is one import.
type PaymentBatch struct {
	ID         model.ID    `json:"id"`
	FileName   string      `json:"fileName"`
	Added      int         `json:"added"`
	Duplicates int         `json:"duplicates"`
	Amount     SignedMoney `json:"amount"`
	At         time.Time   `json:"at"`
	By         string      `json:"by"`
}

func (s *Server) paymentImportRoutes(a *rest.API) {
	op := func(id, below, summary string) rest.Raw {
		return rest.Raw{Accepts: tableTypes, Op: rest.Op{
			ID: id, Method: http.MethodPost, Path: "/payments/import" + below, Action: rbac.PaymentsImport, Summary: summary,
			MaxBody: maxWorkbook, Errors: []int{http.StatusNotFound, http.StatusConflict},
		}}
	}
	rest.HandleRaw(a, op("readPaymentFile", "/read", "读支付数据（XLSX、CSV），建议各列对应的内容"), s.readPayments)
	rest.HandleRaw(a, op("previewPayments", "/preview", "支付数据导入后会怎样，逐行列出错误，不保存"),
		func(ctx context.Context, q *importPaymentsReq, f rest.Upload) (*paymentsImportedResp, *rest.Download, error) {
			return s.importPayments(ctx, q, f, true)
		})
	rest.HandleRaw(a, op("importPayments", "", "导入支付数据，全部或全不；重复的只计一次"),
		func(ctx context.Context, q *importPaymentsReq, f rest.Upload) (*paymentsImportedResp, *rest.Download, error) {
			return s.importPayments(ctx, q, f, false)
		})
	rest.Handle(a, rest.Op{
		ID: "listPaymentBatches", Method: http.MethodGet, Path: "/payments/batches", Action: rbac.PaymentsImport, Summary: "支付数据的导入批次，新的在前",
	}, s.listPaymentBatches)
}

func paymentFile(f rest.Upload, name *string) (execution.PaymentFile, error) {
	data, err := io.ReadAll(f)
	base := path.Base(strings.ReplaceAll(valueOf(name, "上传的文件"), `\`, "/"))
	return execution.PaymentFile{Name: base, Data: data}, err
}

func (s *Server) readPayments(ctx context.Context, q *readPaymentsReq, f rest.Upload) (*paymentReadingResp, *rest.Download, error) {
	file, err := paymentFile(f, nil)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.execution.ReadPayments(ctx, personOf(ctx), q.Region, file)
	if err != nil {
		return nil, nil, err
	}
	out := PaymentReading{Head: r.Head, Rows: r.Rows, Missing: r.Missing}
	for _, c := range r.Columns {
		out.Columns = append(out.Columns, PaymentFileColumn(c))
	}
	for _, field := range execution.PaymentFields() {
		out.Fields = append(out.Fields, TableField{Key: field.Key, Label: field.Name, Required: field.Required})
	}
	return &paymentReadingResp{Body: out}, nil, nil
}

func (s *Server) importPayments(ctx context.Context, q *importPaymentsReq, f rest.Upload, preview bool) (*paymentsImportedResp, *rest.Download, error) {
	file, err := paymentFile(f, q.Name)
	if err != nil {
		return nil, nil, err
	}
	in := execution.PaymentImport{Region: q.Region, Year: q.Year, File: file, Columns: map[string]string{}, Preview: preview}
	for _, c := range q.Column {
		field, header, _ := strings.Cut(c, ":")
		if err := execution.MapColumn(in.Columns, field, header); err != nil {
			return nil, nil, err
		}
	}
	done, err := s.execution.ImportPayments(ctx, personOf(ctx), in)
	if err != nil {
		return nil, nil, err
	}
	out := PaymentsImported{
		Preview: done.Preview, Rows: done.Rows, Added: done.Added, Duplicates: done.Duplicates, Amount: signed(model.Money(done.Amount)),
		Notes: paymentRows(done.Notes), Faults: paymentRows(done.Faults), FaultCount: done.FaultCount,
	}
	if !preview && done.BatchID != 0 {
		out.Batch = done.BatchID.String()
	}
	for _, field := range execution.PaymentFields() {
		if header, ok := done.Columns[field.Key]; ok {
			out.Columns = append(out.Columns, PaymentMatch{field.Key, header})
		}
	}
	return &paymentsImportedResp{Body: out}, nil, nil
}

func paymentRows(problems []model.Problem) (rows []PaymentRow) {
	for _, p := range problems {
		row := PaymentRow{Message: p.Message}
		if _, err := fmt.Sscanf(p.Path, "$.rows[%d].%s", &row.Row, &row.About); err == nil {
			rows = append(rows, row)
		}
	}
	return rows
}

func (s *Server) listPaymentBatches(ctx context.Context, q *paymentBatchesReq) (*paymentBatchesResp, error) {
	list, total, err := s.execution.Batches(ctx, personOf(ctx), q.Region, q.Year, q.Size, q.Offset())
	if err != nil {
		return nil, err
	}
	items := make([]PaymentBatch, len(list))
	for i, b := range list {
		items[i] = PaymentBatch{
			ID: b.ID, FileName: b.FileName, Added: b.Added, Duplicates: b.Duplicates, Amount: signed(b.Amount), At: b.CreatedAt, By: b.CreatedBy,
		}
	}
	return &paymentBatchesResp{Body: rest.NewPage(q.PageQuery, items, int(total))}, nil
}
