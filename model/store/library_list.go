package store

import (
	"strings"

	"gorm.io/gorm"

	"biaochi/model"
)

// LibraryFilter narrows and ranks SearchLibrary; an empty field asks for nothing.
type LibraryFilter struct {
	Region string
	Level1 string
	Level2 string
	// Function is a functional code: entries that fit its 类 at least are let through,
	// the nearest first, those that fit every function last.
	Function string
	Words    []string // each must be found, in lower case
	NameKey  string   // entries with this name, or one like it, come first
	Common   *bool
	Disabled bool // the disabled ones alone; else those that are offered
	All      bool // offered and disabled ones
	Limit    int  // 0: all
	Offset   int
}

// SearchLibrary lists a page of entries by nearness of function, likeness of name,
// uses, and name, and counts all that the filter lets through. Merged entries are
// never among them.
func (tx *Tx) SearchLibrary(filter LibraryFilter) (entries []model.LibraryIndicator, total int64, err error) {
	query := tx.libraryQuery(filter).Session(&gorm.Session{})
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	columns, args := []string{"i.*"}, []any{}
	order := []string{}
	if filter.Function != "" {
		columns, order = append(columns, "COALESCE(n.fit, 0) AS nearness"), append(order, "nearness DESC")
	}
	if filter.NameKey != "" {
		columns = append(columns, "CASE WHEN i.name_key = ? THEN 3 WHEN i.name_key LIKE ? ESCAPE '!' THEN 2 WHEN i.name_key LIKE ? ESCAPE '!' THEN 1 ELSE 0 END AS likeness")
		like := escaped(filter.NameKey)
		args, order = append(args, filter.NameKey, like+"%", "%"+like+"%"), append(order, "likeness DESC")
	}
	query = query.Select(strings.Join(columns, ", "), args...).Order(strings.Join(append(order, "i.uses DESC", "i.name", "i.id"), ", "))
	if filter.Limit > 0 {
		query = query.Limit(filter.Limit).Offset(filter.Offset)
	}
	err = query.Find(&entries).Error
	for i := range entries {
		libraryInUTC(&entries[i])
	}
	return entries, total, tx.fail(err)
}

// nearest joins how well the codes of an entry fit the one that is asked for, as n.fit:
// 3 for the same 项 or what lies below the code, 2 for the same 款, 1 for the same 类.
func nearest(code string) (sql string, args []any) {
	const class, group = 3, 5
	sql = "LEFT JOIN (SELECT indicator_id, MAX(CASE WHEN function_code LIKE ? THEN 3 WHEN function_code LIKE ? THEN 2 ELSE 1 END) AS fit" +
		" FROM library_functions WHERE function_code LIKE ? GROUP BY indicator_id) n ON n.indicator_id = i.id"
	return sql, []any{code + "%", code[:min(group, len(code))] + "%", code[:min(class, len(code))] + "%"}
}

func (tx *Tx) libraryQuery(filter LibraryFilter) *gorm.DB {
	query := tx.db.Table("library_indicators i").Where("i.region_code = ? AND i.merged_into = 0", filter.Region)
	if filter.Function != "" {
		sql, args := nearest(filter.Function)
		query = query.Joins(sql, args...).Where("(n.fit IS NOT NULL OR i.common = ?)", true)
	}
	if !filter.All {
		query = query.Where("i.disabled = ?", filter.Disabled)
	}
	for column, value := range map[string]string{"i.level1": filter.Level1, "i.level2": filter.Level2} {
		if value != "" {
			query = query.Where(column+" = ?", value)
		}
	}
	if filter.Common != nil {
		query = query.Where("i.common = ?", *filter.Common)
	}
	for _, word := range filter.Words {
		part := containing(word)
		query = query.Where("(LOWER(i.name) LIKE ? ESCAPE '!' OR LOWER(i.explanation) LIKE ? ESCAPE '!' OR LOWER(i.industries) LIKE ? ESCAPE '!')", part, part, part)
	}
	return query
}

// LibraryFunctions gives the functional codes of entries, in order.
func (tx *Tx) LibraryFunctions(ids []model.ID) (map[model.ID][]string, error) {
	codes := map[model.ID][]string{}
	for _, chunk := range chunks(ids) {
		var rows []model.LibraryFunction
		if err := tx.db.Where("indicator_id IN ?", chunk).Order("indicator_id, function_code").Find(&rows).Error; err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			codes[row.IndicatorID] = append(codes[row.IndicatorID], row.FunctionCode)
		}
	}
	return codes, nil
}

// LibraryValue is a value that approved filings gave an indicator, and how many did.
type LibraryValue struct {
	IndicatorID model.ID `json:"-"`
	Value       string
	Uses        int
}

// LibraryValues gives the values of entries that filings gave, the commonest first.
func (tx *Tx) LibraryValues(ids []model.ID) (map[model.ID][]LibraryValue, error) {
	values := map[model.ID][]LibraryValue{}
	for _, chunk := range chunks(ids) {
		var rows []LibraryValue
		err := tx.db.Model(&model.LibraryUse{}).Select("indicator_id, value, COUNT(*) AS uses").
			Where("indicator_id IN ? AND value <> ''", chunk).Group("indicator_id, value").
			Order("indicator_id, uses DESC, value").Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		for _, row := range rows {
			values[row.IndicatorID] = append(values[row.IndicatorID], row)
		}
	}
	return values, nil
}
