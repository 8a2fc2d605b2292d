package store

import (
	"database/sql"
	"iter"

	"biaochi/model"
	"biaochi/model/migration"
)

// FactQuery says which facts are in question before a predicate is asked: one
// year, one table state, and the units that are both in scope and below a root.
type FactQuery struct {
	Scope Scope
	Year  int
	State model.TableState
	Root  string // a path; empty with Below: every unit
	Below bool   // the whole subtree, else exactly the unit at Root
}

var stateColumns = map[model.TableState]string{
	model.StateDraft: "f.in_draft", model.StateInitial: "f.in_initial", model.StateAdjusted: "f.in_adjusted",
}

// condition puts the query and a predicate together. A state that isn't one
// matches nothing.
func (q FactQuery) condition(where *model.Predicate) *condition {
	c := &condition{}
	state, known := stateColumns[q.State]
	c.never = !known
	c.and("f.year = ?", q.Year)
	q.units(c)
	if known {
		c.and(state+" = ?", true)
	}
	c.where(where)
	return c
}

// units narrows to root and scope, as one range of paths wherever that is enough.
func (q FactQuery) units(c *condition) {
	switch {
	case !q.Below:
		c.never = c.never || q.Root == "" || !q.Scope.Sees(q.Root)
		c.and("f.unit_path = ?", q.Root)
	case !q.Scope.Holds(q.Root):
		sql, args := q.Scope.inside(q.Root).condition("f.unit_path")
		c.and(sql, args...)
	case q.Root != "":
		sql, args := prefixed("f.unit_path", q.Root)
		c.and(sql, args...)
	}
}

// Access paths of the table of facts. Left to themselves both engines now and then
// read a year's facts for the sake of one department.
const (
	ordered = "ordered" // the table itself: by unit and project
	grouped = "grouped" // the index in the order of the dimensions
)

var factTables = map[string]map[string]string{
	migration.SQLite: {ordered: "facts f INDEXED BY sqlite_autoindex_facts_1", grouped: "facts f INDEXED BY facts_sums"},
	migration.MySQL:  {ordered: "facts f FORCE INDEX (PRIMARY)", grouped: "facts f FORCE INDEX (facts_sums)"},
}

// factSQL is "head FROM facts f join WHERE … tail" over the facts of q.
func (tx *Tx) factSQL(q FactQuery, where model.Predicate, path, head, join, tail string) (text string, args []any) {
	c := q.condition(&where)
	if !c.never {
		args = c.args
	}
	return head + " FROM " + factTables[tx.store.dialect][path] + join + " WHERE " + c.sql() + " " + tail, args
}

// stream runs a query at every range over it and reads one row at a time by scan.
// The rows are closed when the range ends, however it ends.
func stream[T any](tx *Tx, text string, args []any, scan func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := tx.db.Raw(text, args...).Rows()
		if err != nil {
			yield(none, tx.fail(err))
			return
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			item, err := scan(rows)
			if !yield(item, tx.fail(err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, tx.fail(err))
		}
	}
}
