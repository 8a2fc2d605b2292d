package store

import (
	"database/sql"
	"strings"

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
	c := &condition{}
	c.and("r.year = ?", q.Year)
	q.seen(c, "u.path")
	return tx.db.Table("records r").Joins("JOIN budget_units u ON u.id = r.unit_id").Where(c.sql(), c.args...)
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
	c := &condition{}
	q.seen(c, "u.path")
	c.and("EXISTS (SELECT 1 FROM records a WHERE a.unit_id = u.id AND a.year = ?)", q.Year)
	rows, err := tx.db.Raw("SELECT u.id, u.path, u.code, COALESCE(s.unit_name, u.name), COALESCE(s.unit_kind, u.kind) FROM budget_units u"+
		" LEFT JOIN records r ON r.unit_id = u.id AND r.year = ? AND r.kind = ? AND r.project_code = ''"+
		" LEFT JOIN sheet_contents s ON s.version_id = "+sheetVersion(q)+
		" WHERE "+c.sql()+" ORDER BY u.path", append([]any{q.Year, model.SheetRecord}, c.args...)...).Rows()
	if err != nil {
		return nil, tx.fail(err)
	}
	defer func() { _ = rows.Close() }()
	var units []NamedUnit
	for rows.Next() {
		var u NamedUnit
		if err := rows.Scan(&u.UnitID, &u.Path, &u.Code, &u.Name, &u.Kind); err != nil {
			return nil, tx.fail(err)
		}
		units = append(units, u)
	}
	return units, tx.fail(rows.Err())
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
	var parts []string
	var args []any
	for _, place := range sheetNames {
		sql, values := sheetNamesSQL(q, place.table, place.code, place.name, codes)
		parts = append(parts, "SELECT '"+string(place.kind)+"' AS kind, "+sql)
		args = append(args, values...)
	}
	var names []CodeName
	err := tx.db.Raw(strings.Join(parts, " UNION ALL ")+" ORDER BY path, position", args...).Scan(&names).Error
	return names, tx.fail(err)
}

func sheetNamesSQL(q FactQuery, table, code, name string, codes []string) (string, []any) {
	c := &condition{}
	c.and("r.year = ?", q.Year)
	c.and("r.kind = ?", model.SheetRecord)
	c.and("n." + name + " <> ''")
	q.seen(c, "u.path")
	if len(codes) > 0 {
		c.and("n."+code+" IN ?", codes)
	}
	return "n." + code + " AS code, n." + name + " AS name, u.path AS path, n.position AS position FROM budget_units u JOIN records r ON r.unit_id = u.id JOIN " +
		table + " n ON n.version_id = " + sheetVersion(q) + " WHERE " + c.sql(), c.args
}

// seen narrows to the query's units that are in its scope, by a column of paths.
func (q FactQuery) seen(c *condition, column string) {
	if !q.Scope.all {
		sql, args := q.Scope.condition(column)
		c.and(sql, args...)
	}
	switch {
	case !q.Below:
		c.and(column+" = ?", q.Root)
	case q.Root != "":
		sql, args := prefixed(column, q.Root)
		c.and(sql, args...)
	}
}

// CatalogueNames lists the names of codes in a year's lists, by list, and of all 类
// of the functional classification; a list that the year doesn't have is the
// baseline.
func (tx *Tx) CatalogueNames(year int, codes map[model.CatalogueKind][]string) ([]CodeName, error) {
	var names []CodeName
	for kind, wanted := range codes {
		own := tx.db.Table("catalogue_entries").Select("MAX(year)").
			Where("kind = ? AND year IN (?, ?)", kind, model.BaselineYear, year)
		query := tx.db.Table("catalogue_entries").Select("code, name").Where("kind = ? AND year = (?)", kind, own)
		if kind == model.FunctionalCatalogue {
			query = query.Where("code IN ? OR LENGTH(code) = 3", wanted)
		} else if query = query.Where("code IN ?", wanted); len(wanted) == 0 {
			continue
		}
		rows, err := query.Rows()
		if err != nil {
			return nil, tx.fail(err)
		}
		if names, err = readNames(rows, kind, names); err != nil {
			return nil, tx.fail(err)
		}
	}
	return names, nil
}

func readNames(rows *sql.Rows, kind model.CatalogueKind, names []CodeName) ([]CodeName, error) {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		name := CodeName{Kind: kind}
		if err := rows.Scan(&name.Code, &name.Name); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
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
