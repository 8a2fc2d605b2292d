package execution

import (
	"cmp"
	"context"
	"slices"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/rbac"
	"biaochi/service/spreadsheet"
	"biaochi/service/tracking"
)

// PaymentReading is what was found in a file of payments, to be confirmed or
// corrected before it is imported.
type PaymentReading struct {
	Head    int // row of the column names, from 1
	Rows    int // below it, totals and blank ones left out
	Columns []PaymentFileColumn
	Missing []string // names of fields that it must have and hasn't
}

// PaymentFileColumn is a column of a file with the field that it seems to be, "" for
// none.
type PaymentFileColumn struct {
	Header  string
	Field   string
	Samples []string
}

// PaymentField is what a column can be.
type PaymentField struct {
	Key      string
	Name     string
	Required bool
}

// PaymentFields lists what the columns of a file of payments can be.
func PaymentFields() (list []PaymentField) {
	for _, f := range columns().Fields {
		list = append(list, PaymentField{f.Field, f.Name, f.Required})
	}
	return list
}

// maxSamples is how many values of a column are shown.
const maxSamples = 3

// ReadPayments finds the columns of a file by what was said before and by the usual
// names.
// Errors: those of spreadsheet.Read; Forbidden "right.missing".
func (s *Service) ReadPayments(ctx context.Context, p Person, region string, file PaymentFile) (r PaymentReading, err error) {
	if err := s.mayImport(p, region); err != nil {
		return r, err
	}
	sheet, err := file.table()
	if err != nil {
		return r, err
	}
	var kept map[string]string
	err = s.store.Read(ctx, func(tx *store.Tx) (err error) {
		kept, err = tx.PaymentColumns(region)
		return err
	})
	if err != nil || len(sheet.Rows) == 0 {
		return r, err
	}
	return readingOf(sheet.Rows, findLayout(sheet, nil, kept)), nil
}

func readingOf(rows [][]spreadsheet.Value, l layout) PaymentReading {
	r := PaymentReading{Head: l.header, Columns: []PaymentFileColumn{}, Missing: l.missing()}
	for j, header := range l.headers {
		column := PaymentFileColumn{Header: header}
		for field, at := range l.column {
			if at == j {
				column.Field = field
			}
		}
		r.Columns = append(r.Columns, column)
	}
	for _, row := range rows[l.header:] {
		if l.skips(row) {
			continue
		}
		r.Rows++
		for j := range r.Columns {
			if column := &r.Columns[j]; len(column.Samples) < maxSamples && j < len(row) && row[j].Raw != "" {
				column.Samples = append(column.Samples, row[j].Raw)
			}
		}
	}
	return r
}

// Batches lists the imports of a region's year, the newest first.
// Errors: Forbidden "right.missing".
func (s *Service) Batches(ctx context.Context, p Person, region string, year, limit, offset int) (list []model.PaymentBatch, total int64, err error) {
	if err := s.rights.CheckBelow(p.Assignments, rbac.PaymentsImport, model.RegionPath(region)); err != nil {
		return nil, 0, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		list, total, err = tx.PaymentBatches(region, year, limit, offset)
		return err
	})
	return list, total, err
}

// PaidProject is a project with its budget and what was paid of it.
type PaidProject struct {
	store.PaymentCount
	RecordID model.ID // of the filing, 0 where it has no approved one
	Unit     model.BudgetUnit
	Name     string
	Money    []PaidMoney // by fund kind, in the order of the tables
	All      PaidMoney
	version  model.ID
}

// PaidMoney is a project's budget of a fund kind and what was paid of it.
type PaidMoney struct {
	FundKind model.FundKind // "" for all together
	Initial  model.Money    // 年初预算数
	Adjusted model.Money    // 调整后预算数, with carry-over
	Paid     model.Money
	Rate     string // "" without a budget
	Over     bool   // more was paid than the budget
}

// ProjectPage is a page of projects; the sums are over all that was asked for.
type ProjectPage struct {
	Items    []PaidProject
	Total    int
	Adjusted model.Money
	Paid     model.Money
	Over     int // projects of which more was paid than the budget of a fund kind
	Flagged  int // payments that stood out
}

// PaidProjects lists the projects of a unit's year that have a budget or payments, by
// unit and code; one project where it is named.
// Errors: as those of Payments.
func (s *Service) PaidProjects(ctx context.Context, p Person, q PaymentList) (page ProjectPage, err error) {
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		unit, err := s.unitFor(tx, p, q.UnitID, rbac.PaymentsRead)
		if err != nil {
			return err
		}
		if q.Below {
			if err := s.rights.CheckBelow(p.Assignments, rbac.PaymentsRead, unit.Path); err != nil {
				return err
			}
		}
		all, err := s.paidProjects(tx, unit, q)
		if err != nil {
			return err
		}
		for _, one := range all {
			page.add(one)
		}
		offset := max(0, q.Page-1) * q.Size
		page.Items = all[min(offset, len(all)):min(offset+q.Size, len(all))]
		return nameProjects(tx, unit, q.Year, page.Items)
	})
	return page, err
}

func (page *ProjectPage) add(one PaidProject) {
	page.Total++
	page.Adjusted += one.All.Adjusted
	page.Paid += one.All.Paid
	page.Flagged += one.Flagged
	if one.All.Over {
		page.Over++
	}
}

// paidProjects gathers the projects with their sums by fund kind.
func (s *Service) paidProjects(tx *store.Tx, unit model.BudgetUnit, q PaymentList) ([]PaidProject, error) {
	type key struct{ path, code string }
	projects := map[key]*PaidProject{}
	of := func(path, code string) *PaidProject {
		if projects[key{path, code}] == nil {
			projects[key{path, code}] = &PaidProject{PaymentCount: store.PaymentCount{UnitPath: path, ProjectCode: code}}
		}
		return projects[key{path, code}]
	}
	on := cmp.Or(q.Until, "9999-12-31")
	board := store.BoardQuery{Year: q.Year, Branches: []store.Branch{{Path: unit.Path, Alone: !q.Below}}, On: on, Current: on >= s.today(), ByProject: true}
	for sum, err := range tx.BoardBudgets(board) {
		if err != nil {
			return nil, err
		}
		of(sum.UnitPath, sum.ProjectCode).money(sum.FundKind).Adjusted += sum.Amount
	}
	for sum, err := range tx.BoardPayments(board) {
		if err != nil {
			return nil, err
		}
		of(sum.UnitPath, sum.ProjectCode).money(sum.FundKind).Paid += sum.Amount
	}
	for filing, err := range tx.BoardFilings(board) {
		if err != nil {
			return nil, err
		}
		if one := projects[key{filing.UnitPath, filing.ProjectCode}]; one != nil {
			one.RecordID, one.version = filing.RecordID, filing.VersionID
		}
	}
	counts, err := tx.PaymentCounts(store.PaymentQuery{Year: q.Year, UnitPath: unit.Path, Below: q.Below, Until: q.Until})
	for _, n := range counts {
		of(n.UnitPath, n.ProjectCode).PaymentCount = n
	}
	var list []PaidProject
	for _, one := range projects {
		if q.Project == "" || one.ProjectCode == q.Project {
			list = append(list, one.summed())
		}
	}
	slices.SortFunc(list, func(a, b PaidProject) int {
		return cmp.Or(cmp.Compare(a.UnitPath, b.UnitPath), cmp.Compare(a.ProjectCode, b.ProjectCode))
	})
	return list, err
}

// money gives the project's money of a fund kind, adding it where there is none yet.
func (p *PaidProject) money(kind model.FundKind) *PaidMoney {
	i := slices.IndexFunc(p.Money, func(m PaidMoney) bool { return m.FundKind == kind })
	if i < 0 {
		i = len(p.Money)
		p.Money = append(p.Money, PaidMoney{FundKind: kind})
	}
	return &p.Money[i]
}

// summed adds the fund kinds up; more than the budget of one is more, whatever is left
// of another.
func (p *PaidProject) summed() PaidProject {
	slices.SortFunc(p.Money, func(a, b PaidMoney) int {
		return cmp.Compare(slices.Index(model.FundKinds, a.FundKind), slices.Index(model.FundKinds, b.FundKind))
	})
	p.All = PaidMoney{}
	for i := range p.Money {
		m := &p.Money[i]
		m.judge()
		p.All.Adjusted += m.Adjusted
		p.All.Paid += m.Paid
	}
	p.All.judge()
	p.All.Over = p.All.Over || slices.ContainsFunc(p.Money, func(m PaidMoney) bool { return m.Over })
	return *p
}

func (m *PaidMoney) judge() {
	m.Rate, m.Over = tracking.Rate(m.Paid, m.Adjusted), m.Paid > m.Adjusted
}

// nameProjects fills in names, units and the budgets at the beginning of the year.
func nameProjects(tx *store.Tx, under model.BudgetUnit, year int, list []PaidProject) error {
	units := map[string]model.BudgetUnit{}
	found, err := tx.Units(store.Everything(), store.UnitFilter{Under: under.Path})
	if err != nil {
		return err
	}
	for _, u := range found {
		units[u.Path] = u
	}
	var versions []model.ID
	for _, p := range list {
		versions = append(versions, p.version)
	}
	names, err := tx.ProjectNames(versions)
	if err != nil {
		return err
	}
	for i := range list {
		p := &list[i]
		p.Unit, p.Name = units[p.UnitPath], names[p.version]
		lines, err := tx.ProjectBudget(year, p.UnitPath, p.ProjectCode, model.StateInitial)
		if err != nil {
			return err
		}
		for _, line := range lines {
			p.All.Initial += line.Amount
			p.money(line.FundKind).Initial += line.Amount
		}
	}
	return nil
}
