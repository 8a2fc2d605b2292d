package store

import (
	"strings"
	"time"

	"gorm.io/gorm"

	"biaochi/model"
)

// FilingSort is an order of a list of records.
type FilingSort string

// The orders; the list's own is that of units and, in a unit, of projects.
const (
	ByPlace   FilingSort = ""
	ByProject FilingSort = "project" // code
	ByName    FilingSort = "name"
	ByState   FilingSort = "state"
	ByMoved   FilingSort = "moved" // when it came to where it stands
)

var sortColumns = map[FilingSort][]string{
	ByPlace:   {"unit_path", "position = 0", "position", "project_code"},
	ByProject: {"project_code", "unit_path"},
	ByName:    {"name", "unit_path"},
	ByState:   {"state", "unit_path", "position = 0", "position", "project_code"},
	ByMoved:   {"moved_at", "unit_path"},
}

// FilingFilter narrows FilingList; an empty field asks for nothing.
type FilingFilter struct {
	// Exactly are paths of units that are let through beside those of the scope,
	// without the units below them.
	Exactly []string
	Under   string // path of a unit: that one and all below
	UnitID  model.ID
	Year    int
	Kind    model.RecordKind
	State   model.State
	Text    string // part of the project's name or code, or of the unit's, in lower case
	Sort    FilingSort
	Falling bool
	// Limit 0: all.
	Limit, Offset int
}

// ListedFiling is a record in a list. Its state is that of its newest version.
type ListedFiling struct {
	model.Record
	UnitPath, UnitCode, UnitName string
	Name                         string // of the project; "" for a sheet
	State                        model.State
	Number                       int // of the newest version
	StepKey                      string
	TurnRole, TurnName           string
	TurnPath, TurnOffice         string
	Grade                        string
	MovedAt                      *time.Time // nil where nobody acted on it yet
	MovedBy                      string
}

// A position counts only where it is about what the record now is.
const filingJoins = "JOIN budget_units u ON u.id = r.unit_id" +
	" JOIN record_versions v ON v.id = r.newest_id" +
	" LEFT JOIN project_contents c ON c.version_id = v.id" +
	" LEFT JOIN record_positions p ON p.record_id = r.id AND p.version_id = v.id AND p.state = v.state"

const filingColumns = "r.*, u.path AS unit_path, u.code AS unit_code, u.name AS unit_name, COALESCE(c.name, '') AS name," +
	" v.state AS state, v.number AS number, COALESCE(p.step_key, '') AS step_key, COALESCE(p.turn_role, '') AS turn_role," +
	" COALESCE(p.turn_name, '') AS turn_name, COALESCE(p.turn_path, '') AS turn_path, COALESCE(p.turn_office, '') AS turn_office," +
	" COALESCE(p.grade, '') AS grade, p.moved_at AS moved_at, COALESCE(p.moved_by, '') AS moved_by"

// FilingList lists a page of the records in scope, and counts all that the filter
// lets through.
func (tx *Tx) FilingList(scope Scope, filter FilingFilter) (list []ListedFiling, total int64, err error) {
	query := tx.filingQuery(scope, filter).Session(&gorm.Session{})
	if err := query.Count(&total).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	query = query.Select(filingColumns)
	if filter.Limit > 0 {
		query = query.Limit(filter.Limit).Offset(filter.Offset)
	}
	err = query.Order(filingOrder(filter)).Find(&list).Error
	for i := range list {
		list[i].MovedAt = utc(list[i].MovedAt)
	}
	return list, total, tx.fail(err)
}

// filingOrder ends in the identifier, so that pages neither overlap nor leave gaps.
func filingOrder(filter FilingFilter) string {
	columns, known := sortColumns[filter.Sort]
	if !known {
		columns = sortColumns[ByPlace]
	}
	direction := ""
	if filter.Falling {
		direction = " DESC"
	}
	return strings.Join(columns, direction+", ") + direction + ", r.id"
}

func (tx *Tx) filingQuery(scope Scope, filter FilingFilter) *gorm.DB {
	query := tx.db.Table("records r").Joins(filingJoins).Scopes(scope.orExactly("u.path", filter.Exactly))
	if filter.Under != "" {
		sql, args := prefixed("u.path", filter.Under)
		query = query.Where(sql, args...)
	}
	if filter.Kind != "" {
		query = query.Where("r.kind = ?", filter.Kind)
	}
	if filter.State != "" {
		query = query.Where("v.state = ?", filter.State)
	}
	if filter.UnitID != 0 {
		query = query.Where("r.unit_id = ?", filter.UnitID)
	}
	if filter.Year != 0 {
		query = query.Where("r.year = ?", filter.Year)
	}
	if filter.Text != "" {
		part := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(filter.Text) + "%"
		const like = "LOWER(COALESCE(c.name, '')) LIKE ? ESCAPE '!' OR LOWER(r.project_code) LIKE ? ESCAPE '!'" +
			" OR LOWER(u.name) LIKE ? ESCAPE '!' OR LOWER(u.code) LIKE ? ESCAPE '!'"
		query = query.Where("("+like+")", part, part, part, part)
	}
	return query
}

// orExactly narrows a query to the scope and to single units beside it.
func (s Scope) orExactly(column string, paths []string) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		if s.all {
			return db
		}
		sql, args := anyOf(s.paths, func(root string) (string, []any) { return prefixed(column, root) })
		if len(paths) > 0 {
			sql, args = "("+sql+" OR "+column+" IN ?)", append(args, paths)
		}
		return db.Where(sql, args...)
	}
}
