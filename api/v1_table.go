package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/check"
	"biaochi/service/publication"
)

type bookReq struct {
	ID         model.ID          `path:"id" label:"单位"`
	Year       int               `path:"year" binding:"min=2000,max=2100" label:"预算年度"`
	State      *model.TableState `query:"state" label:"口径" description:"默认年初；尚无批复时为预算草案"`
	Department *bool             `query:"department" label:"本部门" description:"连同全部所属单位"`
}

type tableReq struct {
	bookReq
	Key string `path:"key" binding:"max=64" label:"表"`
}

type figureReq struct {
	tableReq
	Row    string `query:"row" binding:"required,max=200" label:"行"`
	Column string `query:"column" binding:"required,max=64" label:"列"`
}

type bookFindingsReq struct {
	bookReq
	rest.PageQuery
	Filings *bool          `query:"filings" label:"绩效目标" description:"连同绩效目标申报表的规则"`
	Outcome *check.Outcome `query:"outcome" label:"结果"`
	Rule    *string        `query:"rule" binding:"omitempty,max=20" label:"规则"`
}

type tablesResp struct{ Body TableList }

// BookHead says whose tables these are and which records they count.
type BookHead struct {
	Unit       UnitRef          `json:"unit"`
	Name       string           `json:"name" description:"单位在该年度的名称"`
	Year       int              `json:"year"`
	State      model.TableState `json:"state"`
	Fallback   bool             `json:"fallback" description:"尚无已批复的记录，按预算草案显示"`
	Department bool             `json:"department"`
	HasUnits   bool             `json:"hasUnits" description:"有所属单位，可看本部门"`
	Set        string           `json:"set" description:"公开表套"`
}

// TableList is the tables of a unit's year.
type TableList struct {
	BookHead
	Tables []TableItem `json:"tables"`
}

// TableItem is a table in the list, with whether it ties with the others.
type TableItem struct {
	Key      string      `json:"key"`
	Number   int         `json:"number"`
	Label    string      `json:"label"`
	Title    string      `json:"title"`
	Empty    bool        `json:"empty"`
	Total    SignedMoney `json:"total" description:"精确合计（元）"`
	Errors   int         `json:"errors" description:"勾稽错误数"`
	Warnings int         `json:"warnings" description:"勾稽提醒数"`
	Tail     bool        `json:"tail" description:"有尾差"`
}

type tableResp struct{ Body TableLayout }

// TableLayout is a table as it is printed.
type TableLayout struct {
	BookHead
	Key        string         `json:"key"`
	Number     int            `json:"number"`
	Label      string         `json:"label"`
	Title      string         `json:"title"`
	AboveLeft  string         `json:"aboveLeft"`
	AboveRight string         `json:"aboveRight"`
	Landscape  bool           `json:"landscape"`
	Empty      bool           `json:"empty"`
	Note       string         `json:"note"`
	Head       []TableHeadRow `json:"head"`
	NumberRow  []string       `json:"numberRow" description:"表头下的栏次；没有时为空"`
	Columns    []TableColumn  `json:"columns"`
	Rows       []TableRow     `json:"rows"`
	Findings   []Finding      `json:"findings" description:"关于本表的错误和提醒"`
}

// TableHeadRow is a line of the printed head.
type TableHeadRow struct {
	Cells []TableHeadCell `json:"cells"`
}

// TableHeadCell is a cell of the head with its spans.
type TableHeadCell struct {
	Text    string `json:"text"`
	Colspan int    `json:"colspan"`
	Rowspan int    `json:"rowspan"`
}

// TableColumn is a column of a table.
type TableColumn struct {
	Key     string `json:"key"`
	Heading string `json:"heading"`
	Kind    string `json:"kind" description:"code、name、figure"`
	Side    int    `json:"side" description:"0 左半（或唯一一半），1 右半"`
}

// TableRow is a printed line.
type TableRow struct {
	Kind  string      `json:"kind" description:"total 合计行、group 分组行、item 明细行"`
	Level int         `json:"level"`
	Cells []TableCell `json:"cells"`
}

// TableCell is a text, or a figure as it is printed (万元) with its exact amount.
type TableCell struct {
	Text   string       `json:"text"`
	Row    string       `json:"row" description:"打开数字来源时送回的行标识；不能打开的为空"`
	Amount *SignedMoney `json:"amount" description:"精确金额（元）；不是数字的为空"`
}

type figureResp struct{ Body Lineage }

// Lineage is what a figure is made of.
type Lineage struct {
	BookHead
	Table  string       `json:"table" description:"表名"`
	Row    string       `json:"row"`
	Column string       `json:"column"`
	Text   string       `json:"text" description:"表中所印（万元）"`
	Amount SignedMoney  `json:"amount" description:"精确金额（元）"`
	Words  []string     `json:"words" description:"计入条件"`
	Count  int          `json:"count" description:"明细笔数"`
	Facts  []FigureFact `json:"facts" description:"最多 1000 笔"`
}

// FigureFact is one amount that a figure counts, with where it comes from.
type FigureFact struct {
	Unit     string           `json:"unit"`
	Kind     string           `json:"kind"`
	Code     string           `json:"code"`
	Name     string           `json:"name"`
	Function string           `json:"function"`
	Economic string           `json:"economic"`
	FundKind string           `json:"fundKind"`
	Source   string           `json:"source"`
	Amount   model.Money      `json:"amount"`
	RecordID model.ID         `json:"recordId"`
	Record   model.RecordKind `json:"record"`
	Number   int              `json:"number" description:"版本号"`
	State    model.State      `json:"state"`
	Approval string           `json:"approval" description:"批复文号；未批复的为空"`
	Date     model.Date       `json:"date" description:"批复日期"`
}

type bookFindingsResp struct{ Body BookFindings }

// BookFindings is a page of what the checks say of a unit's year.
type BookFindings struct {
	BookHead
	rest.Page[Finding]
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

func (s *Server) tableRoutes(a *rest.API) {
	const year = "/units/{id}/years/{year}"
	forbidden := []int{http.StatusForbidden}
	rest.Handle(a, rest.Op{
		ID: "listTables", Method: http.MethodGet, Path: year + "/tables", Action: rbac.TablesRead, Summary: "单位年度的预算公开表及勾稽情况", Errors: forbidden,
	}, s.listTables)
	rest.Handle(a, rest.Op{
		ID: "getTable", Method: http.MethodGet, Path: year + "/tables/{key}", Action: rbac.TablesRead, Summary: "一张预算公开表的版面", Errors: forbidden,
	}, s.getTable)
	rest.Handle(a, rest.Op{
		ID: "openFigure", Method: http.MethodGet, Path: year + "/tables/{key}/figure", Action: rbac.TablesRead, Summary: "表中一个数字的来源", Errors: forbidden,
	}, s.openFigure)
	rest.Handle(a, rest.Op{
		ID: "listFindings", Method: http.MethodGet, Path: year + "/findings", Action: rbac.FindingsRead, Summary: "单位年度的校验结果", Errors: forbidden,
	}, s.listFindings)
}

// view opens the tables of a unit's year for somebody who may do the action there.
func (s *Server) view(ctx context.Context, q bookReq, action rbac.Action, filings bool, fn func(*publication.Book) error) error {
	who := callerOf(ctx)
	unit, err := s.lookups.Unit(ctx, who.Assignments(), action, q.ID)
	if err != nil {
		return err
	}
	return s.books.View(ctx, publication.Query{
		Scope: s.lookups.Scope(who.Assignments(), action), Region: unit.RegionCode, Unit: unit.Code, Year: q.Year,
		State: value(q.State), Department: value(q.Department), Filings: filings,
	}, fn)
}

func (s *Server) listTables(ctx context.Context, q *bookReq) (*tablesResp, error) {
	out := &tablesResp{}
	err := s.view(ctx, *q, rbac.TablesRead, false, func(b *publication.Book) (err error) {
		out.Body, err = tableList(b)
		return err
	})
	return out, err
}

func (s *Server) getTable(ctx context.Context, q *tableReq) (*tableResp, error) {
	out := &tableResp{}
	err := s.view(ctx, q.bookReq, rbac.TablesRead, false, func(b *publication.Book) (err error) {
		out.Body, err = tableLayout(b, q.Key)
		return err
	})
	return out, err
}

func (s *Server) openFigure(ctx context.Context, q *figureReq) (*figureResp, error) {
	out := &figureResp{}
	err := s.view(ctx, q.bookReq, rbac.TablesRead, false, func(b *publication.Book) (err error) {
		out.Body, err = lineageOf(b, q.Key, q.Row, q.Column)
		return err
	})
	return out, err
}

func (s *Server) listFindings(ctx context.Context, q *bookFindingsReq) (*bookFindingsResp, error) {
	out := &bookFindingsResp{}
	err := s.view(ctx, q.bookReq, rbac.FindingsRead, value(q.Filings), func(b *publication.Book) error {
		report, err := b.Check()
		if err != nil {
			return err
		}
		if out.Body.BookHead, err = bookHead(b); err != nil {
			return err
		}
		var items []Finding
		for _, f := range report.Findings {
			if (q.Outcome == nil || f.Outcome == *q.Outcome) && (q.Rule == nil || f.Rule == *q.Rule) {
				items = append(items, findingOf(f))
			}
		}
		out.Body.Errors, out.Body.Warnings = report.Errors(), report.Warnings()
		out.Body.Page = rest.NewPage(q.PageQuery, items[min(q.Offset(), len(items)):min(q.Offset()+q.Size, len(items))], len(items))
		return nil
	})
	return out, err
}
