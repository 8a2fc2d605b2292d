package api

import (
	"context"
	"net/http"

	"biaochi/api/rest"
	"biaochi/model"
	"biaochi/rbac"
	"biaochi/service/account"
)

// Office is an office (股室) of the bureau with what it looks after.
type Office struct {
	ID          model.ID  `json:"id"` // of the unit
	Code        string    `json:"code"`
	Name        string    `json:"name"`
	Duty        string    `json:"duty"` // as steps of a chain name it; "" does them all
	Leads       bool      `json:"leads"`
	OwnRecords  bool      `json:"ownRecords"`
	Departments []UnitRef `json:"departments"`
	Version     int       `json:"version"`
}

type officesResp struct{ Body OfficeList }

// OfficeList is all offices by path.
type OfficeList struct {
	Items []Office `json:"items"`
}

type officeReq struct {
	Unit    model.ID     `path:"unit" label:"单位"`
	IfMatch rest.IfMatch `header:"If-Match" binding:"required" description:"尚未设为股室的单位写 \"0\""`
}

type assignOfficeReq struct {
	officeReq
	Body officeIn
}

type officeIn struct {
	Duty        *string    `json:"duty" binding:"omitempty,max=64" label:"股室职责" description:"审核环节所用的职责，如 business（业务股）、performance（绩效股）；留空为不分工"`
	Leads       bool       `json:"leads" label:"牵头"`
	OwnRecords  bool       `json:"ownRecords" label:"兼管本部门"`
	Departments []model.ID `json:"departments" binding:"max=500" label:"分管部门"`
	Reason      string     `json:"reason" binding:"required,max=500" label:"理由"`
}

type removeOfficeReq struct {
	officeReq
	Body reasonIn
}

func (s *Server) officeRoutes(a *rest.API) {
	rest.Handle(a, rest.Op{
		ID: "listOffices", Method: http.MethodGet, Path: "/offices", Action: rbac.RoleRead, Summary: "股室及其分管部门",
	}, s.listOffices)
	rest.Handle(a, rest.Op{
		ID: "assignOffice", Method: http.MethodPut, Path: "/offices/{unit}", Action: rbac.OfficeAssign,
		Summary: "把单位设为股室，或修改其分管部门", Errors: []int{http.StatusConflict},
	}, s.assignOffice)
	rest.Handle(a, rest.Op{
		ID: "removeOffice", Method: http.MethodPost, Path: "/offices/{unit}/removed", Action: rbac.OfficeAssign,
		Summary: "撤销股室", Errors: []int{http.StatusConflict},
	}, s.removeOffice)
}

func (s *Server) listOffices(ctx context.Context, _ *struct{}) (*officesResp, error) {
	offices, err := s.accounts.Offices(ctx, callerOf(ctx).Identity)
	items := make([]Office, len(offices))
	for i, o := range offices {
		items[i] = officeOf(o)
	}
	return &officesResp{Body: OfficeList{Items: items}}, err
}

func officeOf(o account.Office) Office {
	out := Office{
		ID: o.UnitID, Code: o.UnitCode, Name: o.UnitName, Duty: o.Duty, Leads: o.Leads, OwnRecords: o.OwnRecords, Version: o.Version,
	}
	for _, d := range o.Departments {
		out.Departments = append(out.Departments, unitRef(d))
	}
	return out
}

func (s *Server) assignOffice(ctx context.Context, r *assignOfficeReq) (*nothing, error) {
	change := account.OfficeChange{
		UnitID: r.Unit, Version: r.IfMatch.Version(), Leads: r.Body.Leads, OwnRecords: r.Body.OwnRecords, DepartmentIDs: r.Body.Departments,
	}
	if r.Body.Duty != nil {
		change.Duty = *r.Body.Duty
	}
	return &nothing{}, s.accounts.AssignOffice(ctx, callerOf(ctx).Identity, change, r.Body.Reason)
}

func (s *Server) removeOffice(ctx context.Context, r *removeOfficeReq) (*nothing, error) {
	return &nothing{}, s.accounts.RemoveOffice(ctx, callerOf(ctx).Identity, r.Unit, r.IfMatch.Version(), r.Body.Reason)
}
