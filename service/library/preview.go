package library

import (
	"context"
	"io"

	"biaochi/model/store"
	"biaochi/rbac"
)

// Fate is what a row of a file would become.
type Fate string

// The fates.
const (
	New       Fate = "new"       // 新增
	Changed   Fate = "changed"   // 修改
	Unchanged Fate = "unchanged" // 没有变化
)

// Fates lists the fates.
var Fates = []Fate{New, Changed, Unchanged}

// Planned is what a file would come to, row by row.
type Planned struct {
	Imported
	Rows []PlannedRow
}

// PlannedRow is a row of a file with what it would become.
type PlannedRow struct {
	Line           int // in the file, from 1
	Level1, Level2 string
	Name           string
	Fate           Fate
	// Changes are what it would change, of a new entry all that it says beside level and
	// name; Field is the column's heading.
	Changes []Change
}

// Preview tells what Import would make of a file, and keeps nothing.
// Errors: those of Import.
func (s *Service) Preview(ctx context.Context, p rbac.Person, region string, r io.Reader) (plan Planned, err error) {
	if region, err = s.regionFor(p, rbac.LibrarySave, region); err != nil {
		return plan, err
	}
	rows, err := readFile(r)
	if err != nil {
		return plan, err
	}
	err = s.store.Read(ctx, func(tx *store.Tx) error {
		known, err := met(tx, region, rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			plan.add(row, known[row.key()])
		}
		return nil
	})
	return plan, err
}

func (p *Planned) add(row *fileRow, known *Entry) {
	fate, changes := row.fate(known)
	p.count(fate)
	planned := PlannedRow{Line: row.line, Name: row.fields.Name, Fate: fate}
	planned.Level1, planned.Level2 = levelNames(row.fields.Level1, row.fields.Level2)
	for _, c := range changes {
		if c.Field == "operator" {
			c.Before, c.After = signOf(c.Before), signOf(c.After)
		}
		if c.Field = headingOf(c.Field); c.Field != "" && (fate != New || c.Field != headingOf("name")) {
			planned.Changes = append(planned.Changes, c)
		}
	}
	p.Rows = append(p.Rows, planned)
}

func (d *Imported) count(fate Fate) {
	switch fate {
	case New:
		d.Created++
	case Changed:
		d.Changed++
	case Unchanged:
		d.Unchanged++
	}
}

// fate tells what becomes of a row that has its fields, beside the entry that it is
// about, nil where there is none.
func (r *fileRow) fate(known *Entry) (Fate, []Change) {
	before, disabled := Fields{}, false
	if known != nil {
		before, disabled = fieldsOf(known.LibraryIndicator, known.Functions), known.Disabled
	}
	changes := before.changes(&r.fields)
	if disabled != r.disabled {
		changes = append(changes, Change{"disabled", yesOrBlank(disabled), yesOrBlank(r.disabled)})
	}
	switch {
	case known == nil:
		return New, changes
	case changes == nil:
		return Unchanged, nil
	}
	return Changed, changes
}

// headingOf is the heading of a field's column; "" for the level, which tells rows
// apart and never changes.
func headingOf(key string) string {
	for _, c := range columns {
		if c.key == key {
			return c.heading
		}
	}
	return ""
}
