package store

import (
	"database/sql"
	"iter"
	"strings"

	"gorm.io/gorm"

	"biaochi/model"
	"biaochi/model/migration"
)

// Branch is a unit with all below it, or the unit alone.
type Branch struct {
	Path  string
	Alone bool
}

// BoardQuery says what a board is about: a year, some branches, a day.
type BoardQuery struct {
	Year     int
	Branches []Branch
	On       model.Date
	// Current tells that the day isn't past: budgets are those that count now.
	Current bool
	// ByProject keeps projects apart, else sums are by unit.
	ByProject bool
}

// ApprovedTarget is a record with an approved version in force.
type ApprovedTarget struct {
	UnitPath    string
	ProjectCode string // "" of a whole unit's
	RecordID    model.ID
	VersionID   model.ID
}

// within narrows a query to one range of paths around the branches. Rows of a page
// lie next to each other, so there is little in it that isn't theirs, and the caller
// drops that; an OR of ranges would make SQLite read the whole year.
func (q BoardQuery) within(c *condition, column string) {
	switch {
	case len(q.Branches) == 0:
		c.never = true
		return
	case len(q.Branches) == 1 && q.Branches[0].Alone:
		c.and(column+" = ?", q.Branches[0].Path)
		return
	}
	low, high := q.Branches[0].Path, ""
	for _, b := range q.Branches {
		low, high = min(low, b.Path), max(high, b.Path)
	}
	c.and(column+" >= ? AND "+column+" < ?", low, after(high))
}

// BoardBudgets adds up the projects' adjusted budgets with carry-over as of the day,
// by unit or project and fund kind. On a day that is past these are the budgets of the
// versions that were the last to be approved by then.
func (tx *Tx) BoardBudgets(q BoardQuery) iter.Seq2[ProjectAmount, error] {
	c := &condition{}
	c.and("f.year = ?", q.Year)
	q.within(c, "f.unit_path")
	c.and("f.project_code > ''")
	c.where(&model.Predicate{Measure: model.MeasureBudget, Expenditure: model.ProjectExpenditure})
	join := ""
	if q.Current {
		c.and("f.in_adjusted = ?", true)
	} else {
		join = " JOIN record_versions v ON v.id = f.version_id JOIN approvals a ON a.id = v.approval_id"
		c.and("a.date <= ?", q.On)
		c.and("NOT EXISTS (SELECT 1 FROM record_versions w JOIN approvals b ON b.id = w.approval_id"+
			" WHERE w.record_id = v.record_id AND w.number > v.number AND b.date <= ?)", q.On)
	}
	return tx.boardAmounts(q, "f", factTables[tx.store.dialect][ordered]+join, c)
}

// paymentTables keep both engines on the index of the sums.
var paymentTables = map[string]string{
	migration.SQLite: "payments p INDEXED BY payments_sums",
	migration.MySQL:  "payments p FORCE INDEX (payments_sums)",
}

// BoardPayments adds up what was paid up to the day, by unit or project and fund kind.
func (tx *Tx) BoardPayments(q BoardQuery) iter.Seq2[ProjectAmount, error] {
	c := &condition{}
	c.and("p.year = ?", q.Year)
	q.within(c, "p.unit_path")
	c.and("p.paid_on <= ?", q.On)
	return tx.boardAmounts(q, "p", paymentTables[tx.store.dialect], c)
}

func (tx *Tx) boardAmounts(q BoardQuery, alias, from string, c *condition) iter.Seq2[ProjectAmount, error] {
	project := "''"
	group := alias + ".unit_path, " + alias + ".fund_kind"
	if q.ByProject {
		project = alias + ".project_code"
		group = alias + ".unit_path, " + project + ", " + alias + ".fund_kind"
	}
	return stream(tx, "SELECT "+alias+".unit_path, "+project+", "+alias+".fund_kind, SUM("+alias+".amount) FROM "+from+
		" WHERE "+c.sql()+" GROUP BY "+group, c.args, scanProjectAmount)
}

// BoardCount is how sheets and corrections stand in a unit, or for a project.
type BoardCount struct {
	UnitPath    string
	ProjectCode string
	RecordID    model.ID // of a project, 0 for a unit
	VersionID   model.ID // of a project: the one in force
	Filings     int      // with an approved target
	Submitted   int      // sheets handed in
	Lights      model.LightCounts
	Open        int // corrections that aren't closed
	Overdue     int // of them, those whose date is past
}

// BoardFilings counts the filings that have an approved target; on a day that is past,
// those that had one by then.
func (tx *Tx) BoardFilings(q BoardQuery) iter.Seq2[BoardCount, error] {
	c := &condition{}
	q.within(c, "u.path")
	c.and("r.year = ?", q.Year)
	c.and("r.kind = ?", model.FilingRecord)
	c.and("r.in_force_id <> 0")
	if q.On != "" && !q.Current {
		c.and("EXISTS (SELECT 1 FROM record_versions v JOIN approvals a ON a.id = v.approval_id WHERE v.record_id = r.id AND a.date <= ?)", q.On)
	}
	head, tail := "u.path, '', 0, 0, COUNT(*)", " GROUP BY u.path"
	if q.ByProject {
		head, tail = "u.path, r.project_code, r.id, r.in_force_id, 1", ""
	}
	return stream(tx, "SELECT "+head+" FROM budget_units u JOIN records r ON r.unit_id = u.id WHERE "+c.sql()+tail, c.args,
		func(rows *sql.Rows) (n BoardCount, err error) {
			return n, rows.Scan(&n.UnitPath, &n.ProjectCode, &n.RecordID, &n.VersionID, &n.Filings)
		})
}

// ApprovedTargets lists the filings or whole-unit targets of a branch's year that have
// an approved version, by unit path and project code.
func (tx *Tx) ApprovedTargets(branch Branch, year int, kind model.RecordKind) iter.Seq2[ApprovedTarget, error] {
	c := &condition{}
	BoardQuery{Branches: []Branch{branch}}.within(c, "u.path")
	c.and("r.year = ?", year)
	c.and("r.kind = ?", kind)
	c.and("r.in_force_id <> 0")
	return stream(tx, "SELECT u.path, r.project_code, r.id, r.in_force_id FROM budget_units u JOIN records r ON r.unit_id = u.id WHERE "+c.sql()+
		" ORDER BY u.path, r.project_code", c.args, func(rows *sql.Rows) (t ApprovedTarget, err error) {
		return t, rows.Scan(&t.UnitPath, &t.ProjectCode, &t.RecordID, &t.VersionID)
	})
}

// BoardSheets counts the monitoring sheets of a window that were handed in by the
// day, and their indicators by light.
func (tx *Tx) BoardSheets(q BoardQuery, window string) iter.Seq2[BoardCount, error] {
	c := &condition{}
	c.and("s.year = ?", q.Year)
	q.within(c, "s.unit_path")
	c.and("s.kind = ?", model.MonitoringSheet)
	c.and("s.window_key = ?", window)
	c.and("s.submitted_on > ''")
	c.and("s.submitted_on <= ?", q.On)
	head, tail := q.counted("s", "tracking_sheets s", "COUNT(*), SUM(s.red), SUM(s.yellow), SUM(s.green), SUM(s.not_due), SUM(s.no_data)")
	return stream(tx, head+c.sql()+tail, c.args, func(rows *sql.Rows) (n BoardCount, err error) {
		l := &n.Lights
		return n, rows.Scan(&n.UnitPath, &n.ProjectCode, &n.Submitted, &l.Red, &l.Yellow, &l.Green, &l.NotDue, &l.NoData)
	})
}

// BoardCorrections counts the orders that were given and not closed by the day.
func (tx *Tx) BoardCorrections(q BoardQuery) iter.Seq2[BoardCount, error] {
	c := &condition{args: []any{q.On}}
	c.and("s.year = ?", q.Year)
	q.within(c, "s.unit_path")
	c.and("s.ordered_on <= ?", q.On)
	c.and("(s.closed_on = '' OR s.closed_on > ?)", q.On)
	head, tail := q.counted("s", "corrections s", "COUNT(*), SUM(CASE WHEN s.due < ? THEN 1 ELSE 0 END)")
	return stream(tx, head+c.sql()+tail, c.args, func(rows *sql.Rows) (n BoardCount, err error) {
		return n, rows.Scan(&n.UnitPath, &n.ProjectCode, &n.Open, &n.Overdue)
	})
}

// counted is the text before and after the conditions of a count over a table that
// has unit_path and record_id.
func (q BoardQuery) counted(alias, from, what string) (head, tail string) {
	if q.ByProject {
		return "SELECT " + alias + ".unit_path, r.project_code, " + what + " FROM " + from + " JOIN records r ON r.id = " + alias + ".record_id WHERE ",
			" GROUP BY " + alias + ".unit_path, r.project_code"
	}
	return "SELECT " + alias + ".unit_path, '', " + what + " FROM " + from + " WHERE ", " GROUP BY " + alias + ".unit_path"
}

// UnitsBelow lists a page of the units right below the one at a path, of a region's
// departments below the region's path, in the order of paths, with how many there
// are. Offices of the bureau have no budget and are left out.
func (tx *Tx) UnitsBelow(path string, limit, offset int) (units []model.BudgetUnit, count int64, err error) {
	_, code, _ := strings.Cut(strings.TrimSuffix(path, "/"), "/")
	code = code[strings.LastIndex(code, "/")+1:]
	query := tx.db.Model(&model.BudgetUnit{}).Where("path > ? AND path < ? AND parent_code = ?", path, after(path), code).
		Where("NOT EXISTS (SELECT 1 FROM unit_offices o WHERE o.unit_id = budget_units.id)").Session(&gorm.Session{})
	if err := query.Count(&count).Error; err != nil {
		return nil, 0, tx.fail(err)
	}
	err = query.Order("path").Limit(limit).Offset(offset).Find(&units).Error
	return units, count, tx.fail(err)
}
