package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/check"
	"biaochi/service/publication"
	"biaochi/web"
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
	Filings  *bool           `query:"filings" label:"绩效目标" description:"连同绩效目标申报表的规则"`
	Document *bool           `query:"document" label:"公开文本" description:"连同公开文本的规则"`
	Outcome  *check.Outcome  `query:"outcome" label:"结果"`
	Shown    *FindingOutcome `query:"shown" label:"显示结果"`
	Rule     *string         `query:"rule" binding:"omitempty,max=20" label:"规则"`
}

// FindingOutcome is how a finding shows: what fails by its weight, a 尾差 as something
// to know, everything else by its outcome.
type FindingOutcome web.Outcome

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
	Tables    []TableItem     `json:"tables"`
	Downloads []TableDownload `json:"downloads" description:"全部公开表和公开文本的文件"`
}

// TableDownload is a file of the tables, by its address on this server.
type TableDownload struct {
	Text    string `json:"text"`
	Detail  string `json:"detail"`
	Address string `json:"address"`
}

// TableItem is a table in the list, with whether it ties with the others.
type TableItem struct {
	Key      string      `json:"key"`
	Number   int         `json:"number"`
	Label    string      `json:"label"`
	Name     string      `json:"name" description:"短名，如 收支总表"`
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
	Key        string          `json:"key"`
	Number     int             `json:"number"`
	Label      string          `json:"label"`
	Title      string          `json:"title"`
	AboveLeft  string          `json:"aboveLeft"`
	AboveRight string          `json:"aboveRight"`
	Landscape  bool            `json:"landscape"`
	Empty      bool            `json:"empty"`
	Note       string          `json:"note"`
	Head       []TableHeadRow  `json:"head"`
	NumberRow  []string        `json:"numberRow" description:"表头下的栏次；没有时为空"`
	Columns    []TableColumn   `json:"columns"`
	Rows       []TableRow      `json:"rows"`
	Findings   []BookFinding   `json:"findings" description:"关于本表的错误、提醒和尾差"`
	Downloads  []TableDownload `json:"downloads"`
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
	UnitCode string           `json:"unitCode"`
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
	rest.Page[BookFinding]
	Errors        int           `json:"errors"`
	Warnings      int           `json:"warnings"`
	Infos         int           `json:"infos" description:"尾差等提示"`
	Insufficient  int           `json:"insufficient" description:"数据不足，无法核对"`
	Passes        int           `json:"passes"`
	NotApplicable int           `json:"notApplicable"`
	Rules         []RuleOutcome `json:"rules" description:"核对过的规则，每条一项"`
}

// RuleOutcome is a rule with how it came out over all places that it looked at.
type RuleOutcome struct {
	Rule     string         `json:"rule"`
	Title    string         `json:"title"`
	Shown    FindingOutcome `json:"shown" description:"各处中最重的一种"`
	Errors   int            `json:"errors"`
	Warnings int            `json:"warnings"`
	Tails    int            `json:"tails" description:"尾差处数；尾差不是错误"`
}

// BookFinding is a finding with how it shows.
type BookFinding struct {
	Finding
	Shown FindingOutcome `json:"shown"`
}

func (s *Server) tableRoutes(a *rest.API) {
	const year = "/units/{id}/years/{year}"
	rest.Handle(a, rest.Op{
		ID: "listTables", Method: http.MethodGet, Path: year + "/tables", Action: rbac.TablesRead, Summary: "单位年度的预算公开表及勾稽情况",
	}, s.listTables)
	rest.Handle(a, rest.Op{
		ID: "getTable", Method: http.MethodGet, Path: year + "/tables/{key}", Action: rbac.TablesRead, Summary: "一张预算公开表的版面",
	}, s.getTable)
	rest.Handle(a, rest.Op{
		ID: "openFigure", Method: http.MethodGet, Path: year + "/tables/{key}/figure", Action: rbac.TablesRead, Summary: "表中一个数字的来源",
	}, s.openFigure)
	rest.Handle(a, rest.Op{
		ID: "listFindings", Method: http.MethodGet, Path: year + "/findings", Action: rbac.FindingsRead, Summary: "单位年度的校验结果",
	}, s.listFindings)
}

// bookQuery names the tables of the request, as far as the caller may see them for the
// action.
func (s *Server) bookQuery(ctx context.Context, q bookReq, action rbac.Action) (publication.Query, error) {
	who := callerOf(ctx)
	unit, err := s.lookups.Unit(ctx, who.Assignments(), action, q.ID)
	if err != nil {
		return publication.Query{}, err
	}
	return publication.Query{
		Scope: s.lookups.Scope(who.Assignments(), action), Region: unit.RegionCode, Unit: unit.Code, Year: q.Year,
		State: value(q.State), Department: value(q.Department),
	}, nil
}

// view opens the tables of a unit's year for somebody who may read them.
func (s *Server) view(ctx context.Context, q bookReq, fn func(*publication.Book) error) error {
	query, err := s.bookQuery(ctx, q, rbac.TablesRead)
	if err != nil {
		return err
	}
	return s.books.View(ctx, query, fn)
}

func (s *Server) listTables(ctx context.Context, q *bookReq) (*tablesResp, error) {
	out := &tablesResp{}
	err := s.view(ctx, *q, func(b *publication.Book) (err error) {
		out.Body, err = tableList(b)
		return err
	})
	return out, err
}

func (s *Server) getTable(ctx context.Context, q *tableReq) (*tableResp, error) {
	out := &tableResp{}
	err := s.view(ctx, q.bookReq, func(b *publication.Book) (err error) {
		out.Body, err = tableLayout(b, q.Key)
		return err
	})
	return out, err
}

func (s *Server) openFigure(ctx context.Context, q *figureReq) (*figureResp, error) {
	out := &figureResp{}
	err := s.view(ctx, q.bookReq, func(b *publication.Book) (err error) {
		out.Body, err = lineageOf(b, q.Key, q.Row, q.Column)
		return err
	})
	return out, err
}

func (s *Server) listFindings(ctx context.Context, q *bookFindingsReq) (*bookFindingsResp, error) {
	query, err := s.bookQuery(ctx, q.bookReq, rbac.FindingsRead)
	if err != nil {
		return nil, err
	}
	query.Filings, query.Document = value(q.Filings), value(q.Document)
	out := &bookFindingsResp{}
	err = s.books.View(ctx, query, func(b *publication.Book) error {
		report, err := b.Check()
		if err != nil {
			return err
		}
		out.Body = findingsPage(report, q)
		out.Body.BookHead, err = bookHead(b)
		return err
	})
	return out, err
}
