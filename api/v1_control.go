package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/execution"
)

type controlReq struct {
	ID   model.ID `path:"id" label:"单位"`
	Year int      `path:"year" binding:"min=2000,max=2100" label:"预算年度"`
}

type saveControlReq struct {
	controlReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    controlIn
}

type controlIn struct {
	Figures []controlFigure `json:"figures" binding:"max=5,dive" label:"控制数"`
}

type controlFigure struct {
	FundKind string       `json:"fundKind" binding:"required,oneof=generalPublicBudget governmentFund stateCapital fiscalSpecialAccount unitFunds" label:"资金性质"`
	Amount   *model.Money `json:"amount" binding:"required" label:"金额"`
}

type issueControlReq struct {
	controlReq
	IfMatch rest.IfMatch `header:"If-Match" binding:"required"`
	Body    reasonIn
}

type controlResp struct {
	ETag rest.ETag `header:"ETag"`
	Body controlOut
}

type controlOut struct {
	Unit     model.ID      `json:"unit"`
	Year     int           `json:"year"`
	Prepared []controlKind `json:"prepared" description:"编制中的，只给编制的人看"`
	IssuedOn model.Date    `json:"issuedOn"`
	Margins  []marginOut   `json:"margins" description:"已下达的控制数与申报数"`
	Over     bool          `json:"over"`
	Version  int           `json:"version"`
}

type controlKind struct {
	FundKind string      `json:"fundKind"`
	Amount   model.Money `json:"amount"`
}

type marginOut struct {
	FundKind string       `json:"fundKind"`
	Asked    model.Money  `json:"asked"`
	Control  *model.Money `json:"control" description:"空为不限"`
	Over     model.Money  `json:"over"`
}

type controlsReq struct {
	rest.PageQuery
	Year   int       `query:"year" binding:"required,min=2000,max=2100" label:"预算年度"`
	Region *string   `query:"region" binding:"omitempty,max=64" label:"财政区划"`
	Unit   *model.ID `query:"unit" label:"单位" description:"列出其下级；空为全区划的部门"`
}

type controlsResp struct {
	Body rest.Page[controlRowOut]
}

// controlRowOut is one unit's control figures beside what it asks for.
type controlRowOut struct {
	Unit        UnitRef       `json:"unit"`
	Prepared    []controlKind `json:"prepared" description:"编制中的，只给编制的人看"`
	Issued      []controlKind `json:"issued" description:"已下达的"`
	IssuedOn    model.Date    `json:"issuedOn"`
	Asked       []controlKind `json:"asked" description:"申报数，含下级，不含上年结转"`
	Over        []controlKind `json:"over" description:"超出控制数的部分"`
	Version     int           `json:"version"`
	AllowedActs []string      `json:"allowedActs" description:"save、issue"`
	Below       bool          `json:"below" description:"有可以列出的下级单位"`
}

func (s *Server) controlRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listControls", Method: http.MethodGet, Path: "/control", Action: rbac.ControlRead, Summary: "各单位的控制数和申报数", Errors: []int{http.StatusNotFound},
	}, s.listControls)
	const path = "/units/{id}/control/{year}"
	rest.Handle(a, rest.Op{
		ID: "showControl", Method: http.MethodGet, Path: path, Action: rbac.ControlRead, Summary: "一个单位的控制数", Errors: []int{http.StatusNotFound},
	}, s.showControl)
	rest.Handle(a, rest.Op{
		ID: "saveControl", Method: http.MethodPut, Path: path, Action: rbac.ControlSave, Errors: sheetErrors,
		Summary: "编制控制数；第一次保存用版本标记 \"0\"",
	}, s.saveControl)
	rest.Handle(a, rest.Op{
		ID: "issueControl", Method: http.MethodPost, Path: path + "/issued", Action: rbac.ControlIssue, Summary: "下达控制数", Errors: sheetErrors,
	}, s.issueControl)
}

func (s *Server) showControl(ctx context.Context, r *controlReq) (*controlResp, error) {
	return controlRespOf(s.execution.Control(ctx, personOf(ctx), r.ID, r.Year))
}

func (s *Server) saveControl(ctx context.Context, r *saveControlReq) (*controlResp, error) {
	figures := map[model.FundKind]model.Money{}
	for _, f := range r.Body.Figures {
		kind := model.FundKind(f.FundKind)
		if _, twice := figures[kind]; twice {
			return nil, model.Fail(model.Invalid, "control.figures", "%s的控制数填写了两次", model.Chinese(kind))
		}
		figures[kind] = *f.Amount
	}
	return controlRespOf(s.execution.SaveControl(ctx, personOf(ctx), r.ID, r.Year, r.IfMatch.Version(), figures))
}

func (s *Server) issueControl(ctx context.Context, r *issueControlReq) (*controlResp, error) {
	return controlRespOf(s.execution.IssueControl(ctx, personOf(ctx), r.ID, r.Year, r.IfMatch.Version(), r.Body.Reason))
}

func controlRespOf(v execution.ControlView, err error) (*controlResp, error) {
	if err != nil {
		return nil, err
	}
	out := controlOut{
		Unit: v.Unit.ID, Year: v.Sheet.Year, Prepared: controlKinds(v.Sheet.Figures), IssuedOn: v.Sheet.IssuedOn, Margins: []marginOut{}, Over: v.Over, Version: v.Sheet.Version,
	}
	for _, m := range v.Margins {
		out.Margins = append(out.Margins, marginOut{string(m.FundKind), m.Asked, m.Control, m.Over})
	}
	return &controlResp{ETag: rest.Tag(v.Sheet.Version), Body: out}, nil
}

func (s *Server) listControls(ctx context.Context, r *controlsReq) (*controlsResp, error) {
	page, err := s.execution.Controls(ctx, personOf(ctx), execution.ControlList{
		Region: valueOf(r.Region, ""), Year: r.Year, UnitID: valueOf(r.Unit, 0), Page: r.Page, Size: r.Size,
	})
	if err != nil {
		return nil, err
	}
	items := make([]controlRowOut, len(page.Rows))
	for i, row := range page.Rows {
		over := map[model.FundKind]model.Money{}
		for _, m := range row.Margins {
			if m.Over > 0 {
				over[m.FundKind] = m.Over
			}
		}
		items[i] = controlRowOut{
			Unit: unitRef(row.Unit), Prepared: controlKinds(row.Sheet.Figures), Issued: controlKinds(row.Sheet.Issued), IssuedOn: row.Sheet.IssuedOn,
			Asked: controlKinds(row.Asked), Over: controlKinds(over), Version: row.Sheet.Version, AllowedActs: row.Allowed, Below: row.Below,
		}
	}
	return &controlsResp{Body: rest.NewPage(r.PageQuery, items, page.Total)}, nil
}

// controlKinds lists amounts in the order of the tables.
func controlKinds(amounts map[model.FundKind]model.Money) []controlKind {
	list := []controlKind{}
	for _, kind := range model.FundKinds {
		if amount, ok := amounts[kind]; ok {
			list = append(list, controlKind{string(kind), amount})
		}
	}
	return list
}
