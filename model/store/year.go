package store

import (
	"gorm.io/gorm"

	"biaochi/model"
)

// AnyCounted tells whether any version counts in the query's state, within its
// year and units.
func (tx *Tx) AnyCounted(q FactQuery) (bool, error) {
	column, known := stateColumns[q.State]
	if !known {
		return false, nil
	}
	var found []model.ID
	err := tx.yearRecords(q).
		Joins("JOIN record_versions f ON f.record_id = r.id AND "+column+" = ?", true).
		Limit(1).Pluck("f.id", &found).Error
	return len(found) > 0, tx.fail(err)
}

// yearRecords starts a query over the records r of the query's year and units u.
func (tx *Tx) yearRecords(q FactQuery) *gorm.DB {
	query := tx.db.Table("records r").Joins("JOIN budget_units u ON u.id = r.unit_id").
		Where("r.year = ?", q.Year).Scopes(q.Scope.on("u.path"))
	if !q.Below {
		return query.Where("u.path = ?", q.Root)
	}
	if q.Root == "" {
		return query
	}
	sql, args := prefixed("u.path", q.Root)
	return query.Where(sql, args...)
}

// HasUnitsBelow tells whether the scope holds a unit below the one at the path.
func (tx *Tx) HasUnitsBelow(scope Scope, path string) (bool, error) {
	var found []model.ID
	sql, args := prefixed("path", path)
	err := tx.db.Table("budget_units").Scopes(scope.on("path")).
		Where(sql, args...).Where("path <> ?", path).Limit(1).Pluck("id", &found).Error
	return len(found) > 0, tx.fail(err)
}

// NamedUnit is a unit under the name and kind it had in a year.
type NamedUnit struct {
	UnitID model.ID
	Path   string
	Code   string
	Name   string
	Kind   model.UnitKind
}

// UnitsOfYear lists the units that have records in the query's year, by path.
// Name and kind are those of the sheet that counts in the query's state, else of
// its newest version, else of the unit itself.
func (tx *Tx) UnitsOfYear(q FactQuery) ([]NamedUnit, error) {
	var units []NamedUnit
	err := tx.yearRecords(q).
		Select("u.id AS unit_id, u.path, u.code, COALESCE(MAX(s.unit_name), u.name) AS name, COALESCE(MAX(s.unit_kind), u.kind) AS kind").
		Joins("LEFT JOIN sheet_contents s ON r.kind = ? AND s.version_id = "+sheetVersion(q), model.SheetRecord).
		Group("u.id, u.path, u.code, u.name, u.kind").Order("u.path").Find(&units).Error
	return units, tx.fail(err)
}

// sheetVersion is the version of a record r that counts in the query's state,
// else the one in force, else the newest.
func sheetVersion(q FactQuery) string {
	newest := "CASE WHEN r.in_force_id <> 0 THEN r.in_force_id ELSE r.newest_id END"
	column, known := stateColumns[q.State]
	if !known {
		return newest
	}
	return "COALESCE((SELECT MAX(f.id) FROM record_versions f WHERE f.record_id = r.id AND " + column + "), " + newest + ")"
}

// CodeName is a code with a name that records or a catalogue give it.
type CodeName struct {
	Kind model.CatalogueKind
	Code string
	Name string
}

// sheetNames are the places in a sheet that name codes.
var sheetNames = []struct {
	kind              model.CatalogueKind
	table, code, name string
}{
	{model.FunctionalCatalogue, "sheet_functions", "code", "name"},
	{model.DepartmentEconomicCatalogue, "basic_lines", "department_economic_code", "department_economic_name"},
	{model.GovernmentEconomicCatalogue, "basic_lines", "government_economic_code", "government_economic_name"},
	{model.RevenueCatalogue, "revenue_codes", "code", "name"},
}

// SheetNames lists the names that the sheets of the query's units give to codes,
// of all codes where none is asked for, by unit path and place in the sheet. The
// sheets are those of UnitsOfYear.
func (tx *Tx) SheetNames(q FactQuery, codes []string) ([]CodeName, error) {
	var names []CodeName
	for _, place := range sheetNames {
		query := tx.yearRecords(q).Where("r.kind = ?", model.SheetRecord).
			Joins("JOIN " + place.table + " n ON n.version_id = " + sheetVersion(q)).
			Select("'" + string(place.kind) + "' AS kind, n." + place.code + " AS code, n." + place.name + " AS name").
			Where("n." + place.name + " <> ''").
			Order("u.path, n.position")
		if len(codes) > 0 {
			query = query.Where("n."+place.code+" IN ?", codes)
		}
		var some []CodeName
		if err := query.Find(&some).Error; err != nil {
			return nil, tx.fail(err)
		}
		names = append(names, some...)
	}
	return names, nil
}

// CatalogueNames lists the names of codes in a year's lists, and of all 类 of the
// functional classification; a list that the year doesn't have is the baseline.
func (tx *Tx) CatalogueNames(year int, codes []string) ([]CodeName, error) {
	var names []CodeName
	err := tx.db.Table("catalogue_entries c").Select("c.kind, c.code, c.name").
		Where("c.year = (SELECT MAX(y.year) FROM catalogue_entries y WHERE y.kind = c.kind AND y.year IN ?)", []int{year, model.BaselineYear}).
		Where("c.code IN ? OR (c.kind = ? AND LENGTH(c.code) = 3)", codes, model.FunctionalCatalogue).
		Find(&names).Error
	return names, tx.fail(err)
}

// ProjectNames gives the names of projects in the given versions; those of sheets
// are missing.
func (tx *Tx) ProjectNames(versionIDs []model.ID) (map[model.ID]string, error) {
	names := make(map[model.ID]string, len(versionIDs))
	for _, chunk := range chunks(versionIDs) {
		var rows []struct {
			VersionID model.ID
			Name      string
		}
		if err := tx.db.Table("project_contents").Where("version_id IN ?", chunk).Find(&rows).Error; err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			names[row.VersionID] = row.Name
		}
	}
	return names, nil
}

// ApprovalsByID gives approvals by identifier; unknown ones are missing.
func (tx *Tx) ApprovalsByID(ids []model.ID) (map[model.ID]*model.Approval, error) {
	found := make(map[model.ID]*model.Approval, len(ids))
	for _, chunk := range chunks(ids) {
		var approvals []model.Approval
		if err := tx.db.Where("id IN ?", chunk).Find(&approvals).Error; err != nil {
			return nil, tx.fail(err)
		}
		for i := range approvals {
			found[approvals[i].ID] = &approvals[i]
		}
	}
	return found, nil
}
