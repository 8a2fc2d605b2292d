package store

import (
	"maps"
	"slices"
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
	// Kinds are the kinds that are let through, each narrowed to a scope of its own;
	// nil lets every kind through.
	Kinds map[model.RecordKind]Scope
	// Turns are those whose move is next, any of them; nil asks for nothing.
	Turns   []TurnFilter
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

// TurnFilter asks for the records whose next move is that of a seat.
type TurnFilter struct {
	Role   string
	Units  Scope   // that the records are in
	Path   string  // of the unit whose people act; "" for an office
	Office *string // the duty of the office; nil: it does them all
}

// ListedFiling is a record in a list. Its state is that of its newest version.
type ListedFiling struct {
	model.Record
	UnitPath, UnitCode, UnitName string
	UnitKind                     model.UnitKind
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

const filingColumns = "r.*, u.path AS unit_path, u.code AS unit_code, u.name AS unit_name, u.kind AS unit_kind, COALESCE(c.name, '') AS name," +
	" v.state AS state, v.number AS number, COALESCE(p.step_key, '') AS step_key, COALESCE(p.turn_role, '') AS turn_role," +
	" COALESCE(p.turn_name, '') AS turn_name, COALESCE(p.turn_path, '') AS turn_path, COALESCE(p.turn_office, '') AS turn_office," +
	" COALESCE(p.grade, '') AS grade, p.moved_at AS moved_at, COALESCE(p.moved_by, '') AS moved_by"

// FilingList lists a page of the records in scope, and counts all that the filter
// lets through.
func (tx *Tx) FilingList(scope Scope, filter FilingFilter) (list []ListedFiling, total int64, err error) {
	query := tx.filingQuery(scope, filter).Session(&gorm.Session{})
	whole := filter.Limit <= 0
	if !whole {
		if err := query.Count(&total).Error; err != nil {
			return nil, 0, tx.fail(err)
		}
		query = query.Limit(filter.Limit).Offset(filter.Offset)
	}
	err = query.Select(filingColumns).Order(filingOrder(filter)).Find(&list).Error
	if whole {
		total = int64(len(list))
	}
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
	query := tx.db.Table("records r").Joins(filingJoins).Scopes(scope.on("u.path"))
	if filter.Kinds != nil {
		sql, args := anyOf(slices.Sorted(maps.Keys(filter.Kinds)), func(kind model.RecordKind) (string, []any) {
			sql, args := filter.Kinds[kind].condition("u.path")
			return "(r.kind = ? AND " + sql + ")", append([]any{kind}, args...)
		})
		query = query.Where(sql, args...)
	}
	if filter.Turns != nil {
		sql, args := anyOf(filter.Turns, TurnFilter.condition)
		query = query.Where(sql, args...)
	}
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
		part := containing(filter.Text)
		const like = "LOWER(COALESCE(c.name, '')) LIKE ? ESCAPE '!' OR LOWER(r.project_code) LIKE ? ESCAPE '!'" +
			" OR LOWER(u.name) LIKE ? ESCAPE '!' OR LOWER(u.code) LIKE ? ESCAPE '!'"
		query = query.Where("("+like+")", part, part, part, part)
	}
	return query
}

// condition is true of records whose turn it is. A draft that came in by a package
// has no position yet: its preparer's move is next.
func (t TurnFilter) condition() (string, []any) {
	sql, args := t.Units.condition("u.path")
	sql, args = "COALESCE(p.turn_role, CASE v.state WHEN 'draft' THEN 'preparer' ELSE '' END) = ? AND "+sql, append([]any{t.Role}, args...)
	if t.Path != "" {
		sql, args = sql+" AND COALESCE(p.turn_path, u.path) = ?", append(args, t.Path)
	} else {
		sql += " AND p.turn_path = ''"
	}
	if t.Office != nil {
		sql, args = sql+" AND p.turn_office IN ('', ?)", append(args, *t.Office)
	}
	return "(" + sql + ")", args
}
