package store

import (
	"encoding/json"

	"biaochi/model"
)

// sheetRows is a content taken apart into the rows of its tables.
type sheetRows struct {
	head        []sheetRow
	functions   []functionRow
	revenues    []revenueRow
	codes       []revenueCodeRow
	basic       []basicRow
	procurement []procurementRow
	prior       []priorRow
	services    []serviceRow
}

// SaveSheetContent keeps the content of a version of a basic sheet in place of
// what the version had.
func (tx *Tx) SaveSheetContent(versionID model.ID, content *model.SheetContent) error {
	if err := tx.dropSheet(versionID); err != nil {
		return err
	}
	var r sheetRows
	if err := r.add(versionID, content); err != nil {
		return wrap(err)
	}
	return first(
		func() error { return insert(tx, r.head) },
		func() error { return insert(tx, r.functions) },
		func() error { return insert(tx, r.revenues) },
		func() error { return insert(tx, r.codes) },
		func() error { return insert(tx, r.basic) },
		func() error { return insert(tx, r.procurement) },
		func() error { return insert(tx, r.prior) },
		func() error { return insert(tx, r.services) },
	)
}

func (tx *Tx) dropSheet(versionID model.ID) error {
	dropped := tx.db.Where("version_id = ?", versionID).Delete(&sheetRow{})
	if dropped.Error != nil || dropped.RowsAffected == 0 {
		return tx.fail(dropped.Error)
	}
	for _, table := range []any{&functionRow{}, &revenueRow{}, &revenueCodeRow{}, &basicRow{},
		&procurementRow{}, &priorRow{}, &serviceRow{}} {
		if err := tx.db.Where("version_id = ?", versionID).Delete(table).Error; err != nil {
			return tx.fail(err)
		}
	}
	return nil
}

func (r *sheetRows) add(id model.ID, c *model.SheetContent) error {
	if err := r.addHead(id, c); err != nil {
		return err
	}
	for i, function := range c.Functions {
		r.functions = append(r.functions, functionRow{id, i, function})
	}
	for i, line := range c.Revenues {
		r.revenues = append(r.revenues, revenueRow{id, i, line.FundKind, line.Amount})
		for j, step := range line.Codes {
			r.codes = append(r.codes, revenueCodeRow{id, i, j, step})
		}
	}
	for i, line := range c.BasicLines {
		r.basic = append(r.basic, basicRow{id, i, line.FunctionCode, line.DepartmentEconomicCode,
			line.DepartmentEconomicName, line.GovernmentEconomicCode, line.GovernmentEconomicName,
			line.FundKind, line.Source, line.CostKind, line.Amount})
		r.procurement = append(r.procurement, procurementRows(id, basicList, i, line.Procurement)...)
	}
	if p := c.PriorYear; p != nil {
		r.prior = append(r.prior, priorRow{id, p.Year, p.Total, p.AgencyOperating, p.ByFundKind, p.ThreePublic})
	}
	for i, service := range c.PurchasedServices {
		r.services = append(r.services, serviceRow{id, i, service})
	}
	return nil
}

func (r *sheetRows) addHead(id model.ID, c *model.SheetContent) error {
	u := c.Unit
	head := sheetRow{VersionID: id, UnitCode: u.Code, UnitName: u.Name, UnitKind: u.Kind, UnitParentCode: u.ParentCode,
		UnitRegionCode: u.RegionCode, UnitShortName: u.ShortName, UnitRegionName: u.RegionName, UnitDuties: u.Duties,
		Explanations: c.Explanations, Assets: c.Assets}
	if len(u.Organization) > 0 {
		text, err := json.Marshal(u.Organization)
		if err != nil {
			return err
		}
		head.UnitOrganization = string(text)
	}
	if c.Approval != nil {
		head.HasApproval, head.ApprovalNumber, head.ApprovalDate = true, c.Approval.Number, c.Approval.Date
	}
	r.head = append(r.head, head)
	return nil
}

// SheetContent gives the content of a version of a basic sheet. Empty lists come
// back nil.
// Errors: NotFound "content.notFound" where the version has none.
func (tx *Tx) SheetContent(versionID model.ID) (*model.SheetContent, error) {
	found, err := tx.SheetContents([]model.ID{versionID})
	if err != nil {
		return nil, err
	}
	if found[versionID] == nil {
		return nil, model.Fail(model.NotFound, "content.notFound", "标识为 %s 的版本没有基本支出表内容", versionID)
	}
	return found[versionID], nil
}

// SheetContents gives the contents of versions of basic sheets by version; versions
// without content are missing. Empty lists come back nil.
func (tx *Tx) SheetContents(ids []model.ID) (map[model.ID]*model.SheetContent, error) {
	var r sheetRows
	err := first(
		func() error { return load(tx, &r.head, ids, "version_id") },
		func() error { return load(tx, &r.functions, ids, "version_id, position") },
		func() error { return load(tx, &r.revenues, ids, "version_id, position") },
		func() error { return load(tx, &r.codes, ids, "version_id, line, position") },
		func() error { return load(tx, &r.basic, ids, "version_id, position") },
		func() error { return load(tx, &r.procurement, ids, "version_id, line_list, line, position") },
		func() error { return load(tx, &r.prior, ids, "version_id") },
		func() error { return load(tx, &r.services, ids, "version_id, position") },
	)
	if err != nil {
		return nil, err
	}
	contents, err := r.contents()
	return contents, wrap(err)
}

// contents puts the rows together again; each list is in the order of positions.
func (r *sheetRows) contents() (map[model.ID]*model.SheetContent, error) {
	all := make(map[model.ID]*model.SheetContent, len(r.head))
	for i := range r.head {
		content, err := r.head[i].content()
		if err != nil {
			return nil, err
		}
		all[r.head[i].VersionID] = content
	}
	for _, row := range r.functions {
		c := all[row.VersionID]
		c.Functions = append(c.Functions, row.Function)
	}
	for _, row := range r.revenues {
		c := all[row.VersionID]
		c.Revenues = append(c.Revenues, model.RevenueLine{FundKind: row.FundKind, Amount: row.Amount})
	}
	for _, row := range r.codes {
		line := &all[row.VersionID].Revenues[row.Line]
		line.Codes = append(line.Codes, row.Step)
	}
	for _, row := range r.basic {
		c := all[row.VersionID]
		c.BasicLines = append(c.BasicLines, row.line())
	}
	for _, row := range r.procurement {
		line := &all[row.VersionID].BasicLines[row.Line]
		line.Procurement = append(line.Procurement, row.Procurement)
	}
	for _, row := range r.prior {
		all[row.VersionID].PriorYear = &model.PriorYear{Year: row.Year, Total: row.Total, AgencyOperating: row.AgencyOperating,
			ByFundKind: row.Funds, ThreePublic: row.ThreePublic}
	}
	for _, row := range r.services {
		c := all[row.VersionID]
		c.PurchasedServices = append(c.PurchasedServices, row.Service)
	}
	return all, nil
}

func (h *sheetRow) content() (*model.SheetContent, error) {
	c := &model.SheetContent{
		Unit: model.UnitHeader{Code: h.UnitCode, Name: h.UnitName, Kind: h.UnitKind, ParentCode: h.UnitParentCode,
			RegionCode: h.UnitRegionCode, ShortName: h.UnitShortName, RegionName: h.UnitRegionName, Duties: h.UnitDuties},
		Explanations: h.Explanations, Assets: h.Assets,
	}
	if h.HasApproval {
		c.Approval = &model.ApprovalRef{Number: h.ApprovalNumber, Date: h.ApprovalDate}
	}
	if h.UnitOrganization == "" {
		return c, nil
	}
	return c, json.Unmarshal([]byte(h.UnitOrganization), &c.Unit.Organization)
}

func (r *basicRow) line() model.BasicLine {
	return model.BasicLine{FunctionCode: r.FunctionCode, DepartmentEconomicCode: r.DepartmentEconomicCode,
		DepartmentEconomicName: r.DepartmentEconomicName, GovernmentEconomicCode: r.GovernmentEconomicCode,
		GovernmentEconomicName: r.GovernmentEconomicName, FundKind: r.FundKind, Source: r.Source,
		CostKind: r.CostKind, Amount: r.Amount}
}
