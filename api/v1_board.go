package api

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
	"biaochi/service/render"
	"biaochi/service/render/csvfile"
	"biaochi/service/render/xlsx"
)

type boardReq struct {
	rest.PageQuery
	boardOf
}

type boardOf struct {
	Year     int         `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Region   *string     `query:"region" binding:"omitempty,max=64" label:"财政区划"`
	On       *model.Date `query:"on" label:"截至日期"`
	Unit     *model.ID   `query:"unit" label:"单位"`
	Projects *bool       `query:"projects" label:"看本级项目"`
}

type boardResp struct{ Body boardOut }

type boardOut struct {
	Region string        `json:"region"`
	Year   int           `json:"year"`
	On     model.Date    `json:"on"`
	Window string        `json:"window" description:"最近的监控期间，空为尚未开始"`
	Gone   string        `json:"gone" description:"时间进度：截至该日，全年已过去的比例"`
	Level  string        `json:"level" description:"departments、units 或 projects"`
	Rows   []boardRowOut `json:"rows"`
	Sum    boardRowOut   `json:"sum" description:"本页各行合计"`
	Total  int           `json:"total"`
	Page   int           `json:"page"`
	Size   int           `json:"size"`
}

type boardRowOut struct {
	Unit        string            `json:"unit" description:"单位标识，合计行为空"`
	Record      string            `json:"record" description:"申报标识，仅项目行有"`
	Code        string            `json:"code"`
	Name        string            `json:"name"`
	Alone       bool              `json:"alone" description:"仅本级，不含下级"`
	Money       []boardMoneyOut   `json:"money"`
	All         boardMoneyOut     `json:"all"`
	Lights      model.LightCounts `json:"lights"`
	Filings     int               `json:"filings"`
	Submitted   int               `json:"submitted"`
	Late        int               `json:"late"`
	Corrections int               `json:"corrections"`
	Overdue     int               `json:"overdue"`
}

type boardMoneyOut struct {
	FundKind string `json:"fundKind" description:"空为各种资金合计"`
	Budget   string `json:"budget" description:"全年预算数，元"`
	Paid     string `json:"paid" description:"执行数，元，可为负"`
	Rate     string `json:"rate" description:"执行率，没有预算时为空"`
	Light    string `json:"light" description:"green、yellow、red、notDue、noData"`
}

// exportBoardReq asks for all rows of a board as a file.
type exportBoardReq struct {
	boardOf
	Format string `query:"format" binding:"required,oneof=csv xlsx" label:"格式"`
}

func (s *Server) boardRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "showBoard", Method: http.MethodGet, Path: "/board", Action: rbac.BoardRead, Summary: "绩效看板，截至某一天",
		Errors: []int{http.StatusNotFound},
	}, s.showBoard)
	rest.HandleRaw(a, rest.Raw{Gives: []string{csvType, xlsxType}, Op: rest.Op{
		ID: "exportBoard", Method: http.MethodGet, Path: "/board/export", Action: rbac.BoardRead, Summary: "绩效看板的全部行，导出为 CSV 或 XLSX",
		Errors: []int{http.StatusNotFound},
	}}, s.exportBoard)
}

func (r boardOf) query() execution.BoardQuery {
	return execution.BoardQuery{
		Region: valueOf(r.Region, ""), Year: r.Year, On: valueOf(r.On, ""), UnitID: valueOf(r.Unit, 0), ByProject: valueOf(r.Projects, false),
	}
}

// maxBoard is how many rows a board as a file may have.
const maxBoard = 20_000

func (s *Server) exportBoard(ctx context.Context, r *exportBoardReq, _ rest.Upload) (*struct{}, *rest.Download, error) {
	q := r.query()
	q.Size = maxBoard
	b, err := s.execution.Board(ctx, personOf(ctx), q)
	if err != nil {
		return nil, nil, err
	}
	if b.Count > maxBoard {
		return nil, nil, model.Fail(model.Invalid, "export.tooMany", "共 %d 行，一次最多导出 %d 行；请打开一个单位后导出", b.Count, maxBoard)
	}
	name := fmt.Sprintf("绩效看板-%d-%s.%s", b.Year, b.On, r.Format)
	if r.Format == "csv" {
		return nil, &rest.Download{MediaType: csvType, Name: name, Write: func(w io.Writer) error { return csvfile.WriteTable(w, b.Table()) }}, nil
	}
	return nil, &rest.Download{MediaType: xlsxType, Name: name, Write: func(w io.Writer) error {
		return xlsx.Write(w, xlsx.Book{Title: b.Table().Title, Tables: []render.Table{b.Table()}})
	}}, nil
}

func (s *Server) showBoard(ctx context.Context, r *boardReq) (*boardResp, error) {
	q := r.query()
	q.Page, q.Size = r.Page, r.Size
	b, err := s.execution.Board(ctx, personOf(ctx), q)
	if err != nil {
		return nil, err
	}
	out := boardOut{
		Region: b.Region, Year: b.Year, On: b.On, Window: b.Window, Gone: b.Gone, Level: b.Level, Rows: []boardRowOut{}, Sum: boardRowOf(b.Total),
		Total: b.Count, Page: b.Page, Size: b.Size,
	}
	for _, row := range b.Rows {
		out.Rows = append(out.Rows, boardRowOf(row))
	}
	return &boardResp{Body: out}, nil
}

func boardRowOf(r execution.BoardRow) boardRowOut {
	out := boardRowOut{
		Unit: idText(r.UnitID), Record: idText(r.RecordID), Code: r.Code, Name: r.Name, Alone: r.Alone, Money: []boardMoneyOut{}, All: boardMoneyOf(r.All),
		Lights: r.Lights, Filings: r.Filings, Submitted: r.Submitted, Late: r.Late, Corrections: r.Corrections, Overdue: r.Overdue,
	}
	for _, m := range r.Money {
		out.Money = append(out.Money, boardMoneyOf(m))
	}
	return out
}

func boardMoneyOf(m execution.BoardMoney) boardMoneyOut {
	return boardMoneyOut{
		FundKind: string(m.FundKind), Budget: model.Money(m.Budget).Yuan(), Paid: model.Money(m.Paid).Yuan(), Rate: m.Rate, Light: string(m.Light),
	}
}

// idText writes an identifier, "" for none.
func idText(id model.ID) string {
	if id == 0 {
		return ""
	}
	return id.String()
}

// valueOf gives what a pointer points at, else what holds without it.
func valueOf[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}
