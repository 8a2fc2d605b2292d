package store

import (
	"maps"
	"slices"

	"biaochi/model"
)

// SaveProjectContent keeps the content of a version of a filing in place of what
// the version had.
func (tx *Tx) SaveProjectContent(versionID model.ID, content *model.ProjectContent) error {
	return tx.SaveProjectContents(map[model.ID]*model.ProjectContent{versionID: content})
}

// SaveProjectContents keeps the contents of many versions in few statements.
func (tx *Tx) SaveProjectContents(contents map[model.ID]*model.ProjectContent) error {
	ids := slices.Sorted(maps.Keys(contents))
	if err := tx.dropProjects(ids); err != nil {
		return err
	}
	var rows projectRows
	for _, id := range ids {
		rows.add(id, contents[id])
	}
	return rows.insert(tx)
}

// dropProjects removes the contents of versions. Fresh versions have none, which
// one statement tells.
func (tx *Tx) dropProjects(versionIDs []model.ID) error {
	for _, ids := range chunks(versionIDs) {
		dropped := tx.db.Where("version_id IN ?", ids).Delete(&projectRow{})
		if dropped.Error != nil {
			return tx.fail(dropped.Error)
		}
		if dropped.RowsAffected == 0 {
			continue
		}
		for _, table := range []any{&formRow{}, &formFundRow{}, &budgetRow{}, &economicRow{},
			&indicatorRow{}, &targetRow{}, &procurementRow{}} {
			if err := tx.db.Where("version_id IN ?", ids).Delete(table).Error; err != nil {
				return tx.fail(err)
			}
		}
	}
	return nil
}

// projectRows are contents taken apart into the rows of their tables.
type projectRows struct {
	heads       []projectRow
	forms       []formRow
	funds       []formFundRow
	budget      []budgetRow
	economic    []economicRow
	indicators  []indicatorRow
	targets     []targetRow
	procurement []procurementRow
}

func (r *projectRows) add(id model.ID, c *model.ProjectContent) {
	r.heads = append(r.heads, projectRow{VersionID: id, Code: c.Code, Name: c.Name, FunctionCode: c.FunctionCode,
		Category: c.Category, Nature: c.Nature, AppendixNo: c.AppendixNo, HasForm: c.Form != nil})
	for i, row := range c.Budget {
		r.budget = append(r.budget, budgetRow{id, i, row})
	}
	for i, line := range c.EconomicLines {
		r.economic = append(r.economic, economicRow{id, i, line.DepartmentEconomicCode, line.DepartmentEconomicName,
			line.FundKind, line.Amount})
		r.procurement = append(r.procurement, procurementRows(id, economicList, i, line.Procurement)...)
	}
	if c.Form != nil {
		r.addForm(id, c.Form)
	}
}

func procurementRows(id model.ID, list string, line int, parts []model.ProcurementLine) []procurementRow {
	rows := make([]procurementRow, len(parts))
	for i, part := range parts {
		rows[i] = procurementRow{id, list, line, i, part}
	}
	return rows
}

func (r *projectRows) addForm(id model.ID, f *model.Form) {
	r.forms = append(r.forms, formRow{VersionID: id, Name: f.Name, PeriodYears: f.PeriodYears, PeriodStart: f.PeriodStart,
		Overview: f.Overview, Basis: f.Basis, Necessity: f.Necessity, Safeguards: f.Safeguards, Plan: f.Plan,
		LongTermGoal: f.LongTermGoal, AnnualGoal: f.AnnualGoal, Responsible: f.Responsible, Handler: f.Handler,
		Phone: f.Phone, FiledAt: f.FiledAt})
	r.funds = append(r.funds, fundRows(id, longTerm, f.LongTermFunds)...)
	r.funds = append(r.funds, fundRows(id, annual, f.AnnualFunds)...)
	indicators, targets := indicatorRows(id, f.Indicators)
	r.indicators, r.targets = append(r.indicators, indicators...), append(r.targets, targets...)
}

func (r *projectRows) insert(tx *Tx) error {
	return first(
		func() error { return insert(tx, r.heads) },
		func() error { return insert(tx, r.forms) },
		func() error { return insert(tx, r.funds) },
		func() error { return insert(tx, r.budget) },
		func() error { return insert(tx, r.economic) },
		func() error { return insert(tx, r.indicators) },
		func() error { return insert(tx, r.targets) },
		func() error { return insert(tx, r.procurement) },
	)
}

// first runs steps up to the first that fails.
func first(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// ProjectContents gives the contents of versions of filings by version; versions
// without content are missing. Empty lists come back nil.
func (tx *Tx) ProjectContents(versionIDs []model.ID) (map[model.ID]*model.ProjectContent, error) {
	var rows projectRows
	err := first(
		func() error { return load(tx, &rows.heads, versionIDs, "version_id") },
		func() error { return load(tx, &rows.forms, versionIDs, "version_id") },
		func() error { return load(tx, &rows.funds, versionIDs, "version_id") },
		func() error { return load(tx, &rows.budget, versionIDs, "version_id, position") },
		func() error { return load(tx, &rows.economic, versionIDs, "version_id, position") },
		func() error { return load(tx, &rows.indicators, versionIDs, "version_id, position") },
		func() error { return load(tx, &rows.targets, versionIDs, "version_id, position") },
		func() error { return load(tx, &rows.procurement, versionIDs, "version_id, line_list, line, position") },
	)
	if err != nil {
		return nil, err
	}
	return rows.contents(), nil
}

// contents puts the rows together again; each list is in the order of positions.
func (r *projectRows) contents() map[model.ID]*model.ProjectContent {
	all := make(map[model.ID]*model.ProjectContent, len(r.heads))
	for _, h := range r.heads {
		all[h.VersionID] = &model.ProjectContent{Code: h.Code, Name: h.Name, FunctionCode: h.FunctionCode,
			Category: h.Category, Nature: h.Nature, AppendixNo: h.AppendixNo}
	}
	for _, row := range r.budget {
		c := all[row.VersionID]
		c.Budget = append(c.Budget, row.Row)
	}
	for _, row := range r.economic {
		c := all[row.VersionID]
		c.EconomicLines = append(c.EconomicLines, model.EconomicLine{DepartmentEconomicCode: row.DepartmentEconomicCode,
			DepartmentEconomicName: row.DepartmentEconomicName, FundKind: row.FundKind, Amount: row.Amount})
	}
	for _, row := range r.procurement {
		line := &all[row.VersionID].EconomicLines[row.Line]
		line.Procurement = append(line.Procurement, row.Procurement)
	}
	r.putForms(all)
	return all
}

func (r *projectRows) putForms(all map[model.ID]*model.ProjectContent) {
	for _, f := range r.forms {
		all[f.VersionID].Form = &model.Form{Name: f.Name, PeriodYears: f.PeriodYears, PeriodStart: f.PeriodStart,
			Overview: f.Overview, Basis: f.Basis, Necessity: f.Necessity, Safeguards: f.Safeguards, Plan: f.Plan,
			LongTermGoal: f.LongTermGoal, AnnualGoal: f.AnnualGoal, Responsible: f.Responsible, Handler: f.Handler,
			Phone: f.Phone, FiledAt: f.FiledAt}
	}
	for _, row := range r.funds {
		funds := &all[row.VersionID].Form.AnnualFunds
		if row.Horizon == longTerm {
			funds = &all[row.VersionID].Form.LongTermFunds
		}
		row.put(funds)
	}
	for _, row := range r.indicators {
		form := all[row.VersionID].Form
		form.Indicators = append(form.Indicators, model.Indicator{Level1: row.Level1, Level2: row.Level2})
	}
	for i := range r.targets {
		row := &r.targets[i]
		row.put(&all[row.VersionID].Form.Indicators[row.Position])
	}
}
