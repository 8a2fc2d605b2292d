package store

import (
	"database/sql"
	"iter"
	"slices"

	"biaochi/model"
)

// groupColumns are the dimensions that SumFacts keeps, in the order of the index
// facts_sums: those a table can ask for beside unit, project and year.
const groupColumns = "f.function_code, f.department_economic_code, f.item_code, f.government_economic_code, " +
	"f.fund_kind, f.measure, f.source, f.expenditure, f.cost_kind, f.procurement_kind, f.unit_kind"

// SumFacts adds up facts by every dimension except unit, project and origin; the
// order of the sums is not defined. Sums carry the year, no counts and no origin.
func (tx *Tx) SumFacts(q FactQuery, where model.Predicate) ([]model.Fact, error) {
	path, err := tx.sumPath(q)
	if err != nil {
		return nil, err
	}
	text, args := tx.factSQL(q, where, path, "SELECT "+groupColumns+", SUM(f.amount)", "", "GROUP BY "+groupColumns)
	var sums []model.Fact
	for sum, err := range stream(tx, text, args, func(rows *sql.Rows) (model.Fact, error) {
		r := factRow{Year: q.Year}
		err := rows.Scan(&r.FunctionCode, &r.DepartmentEconomicCode, &r.ItemCode, &r.GovernmentEconomicCode,
			&r.FundKind, &r.Measure, &r.Source, &r.Expenditure, &r.CostKind, &r.ProcurementKind, &r.UnitKind, &r.Amount)
		return r.fact(), err
	}) {
		if err != nil {
			return nil, err
		}
		if len(sums) == cap(sums) { // append alone copies long lists four times over
			sums = slices.Grow(sums, max(64, len(sums)))
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

// Sorting the facts of some units costs about ten times what reading a fact in
// the order of the sums does; below fewUnits nobody notices either.
const (
	sortingCost = 10
	fewUnits    = 100
)

// sumPath decides whether to sort the facts of the query's units or to read those
// of all units in the order of the sums, by how many of all units these are.
func (tx *Tx) sumPath(q FactQuery) (string, error) {
	if !q.Below {
		return ordered, nil
	}
	var these, all int64
	units := tx.db.Model(&model.BudgetUnit{}).Scopes(q.Scope.on("path"))
	if q.Root != "" {
		units = units.Scopes(Scope{paths: []string{q.Root}}.on("path"))
	}
	if err := units.Count(&these).Error; err != nil || these < fewUnits {
		return ordered, tx.fail(err)
	}
	err := tx.db.Model(&model.BudgetUnit{}).Count(&all).Error
	if these*sortingCost < all {
		return ordered, tx.fail(err)
	}
	return grouped, tx.fail(err)
}

// VersionFacts gives the facts of a version by number, whatever they count in.
func (tx *Tx) VersionFacts(versionID model.ID) ([]model.Fact, error) {
	var rows []factRow
	err := tx.db.Where("version_id = ?", versionID).Order("seq").Find(&rows).Error
	facts := make([]model.Fact, len(rows))
	for i := range rows {
		facts[i] = rows[i].fact()
	}
	return facts, tx.fail(err)
}

// Facts gives the facts themselves with their origin, ordered by unit path,
// project code, version and number.
func (tx *Tx) Facts(q FactQuery, where model.Predicate) iter.Seq2[model.Fact, error] {
	text, args := tx.factSQL(q, where, ordered, "SELECT f.*", "", "ORDER BY f.unit_path, f.project_code, f.version_id, f.seq")
	return stream(tx, text, args, func(rows *sql.Rows) (model.Fact, error) {
		var r factRow
		err := rows.Scan(&r.Year, &r.UnitPath, &r.ProjectCode, &r.VersionID, &r.Seq, &r.Line, &r.Measure, &r.UnitKind,
			&r.Expenditure, &r.FundKind, &r.Source, &r.CostKind, &r.ProcurementKind, &r.FunctionCode,
			&r.DepartmentEconomicCode, &r.GovernmentEconomicCode, &r.ItemCode, &r.Amount,
			&r.Counts.InDraft, &r.Counts.InInitial, &r.Counts.InAdjusted)
		return r.fact(), err
	})
}
