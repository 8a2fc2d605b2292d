package store

import (
	"gorm.io/gorm"

	"biaochi/model"
)

// ProjectSort is an order of the list of projects.
type ProjectSort string

// The orders; the list's own is that of units and codes. In the orders by rank those
// without a place come last.
const (
	ProjectsByPlace          ProjectSort = ""
	ProjectsByName           ProjectSort = "name"
	ProjectsByAsked          ProjectSort = "asked" // the most money first
	ProjectsByDepartmentRank ProjectSort = "departmentRank"
	ProjectsByFinanceRank    ProjectSort = "financeRank"
)

var projectOrders = map[ProjectSort]string{
	ProjectsByPlace: "x.unit_path, x.code", ProjectsByName: "x.name, x.unit_path, x.code", ProjectsByAsked: "x.asked DESC, x.unit_path, x.code",
	ProjectsByDepartmentRank: "x.department_place = 0, x.department_place, x.unit_path, x.code",
	ProjectsByFinanceRank:    "x.finance_place = 0, x.finance_place, x.department_place = 0, x.department_place, x.unit_path, x.code",
}

// ProjectFilter narrows ProjectList; an empty field asks for nothing.
type ProjectFilter struct {
	Year          int    // in which the projects are looked at
	Under         string // path of a unit: that one and all below
	ProjectID     model.ID
	State         model.ProjectState
	Standing      bool   // those alone that haven't ended
	Text          string // part of the project's name or code, or of the unit's, in lower case
	Sort          ProjectSort
	Limit, Offset int // Limit 0: all
}

// ListedProject is a project of the library as a year sees it. Its state follows from
// the rest as the workflow says (ProjectFacts).
type ListedProject struct {
	model.Project
	UnitPath, UnitCode, UnitName, RegionCode string
	UnitKind                                 model.UnitKind
	// RecordID is the newest filing up to the year, of RecordYear and in FilingState;
	// VersionID its newest version.
	RecordID, VersionID model.ID
	RecordYear          int
	FilingState         model.State
	Name                string
	Asked               model.Money // of that version, where the filing is of the year and wasn't withdrawn
	ApprovedIn          int         // the last year up to this one with a 批复, 0: none
	ApprovedBefore      int         // the last one before
	CarriedMoneyOnly    bool        // what was approved last is 上年结转 alone
	LastYear            int         // as the filing approved last says, 0: unknown
	State               model.ProjectState
	// Places in the orders of the year, 0 for none.
	DepartmentPlace, FinancePlace int
	Conclusion                    model.Conclusion // of the pre-evaluation, "" for none
}

// ProjectStateSum is the projects in one state.
type ProjectStateSum struct {
	State model.ProjectState
	Count int64
	Asked model.Money
}

const filingOfProject = "SELECT r.id FROM records r WHERE r.unit_id = p.unit_id AND r.kind = 'filing' AND r.project_code = p.code AND r.year <= @year"

const projectJoins = "FROM projects p JOIN budget_units u ON u.id = p.unit_id" +
	" JOIN records n ON n.id = (" + filingOfProject + " ORDER BY r.year DESC LIMIT 1)" +
	" JOIN record_versions v ON v.id = n.newest_id" +
	" LEFT JOIN project_contents c ON c.version_id = v.id" +
	" LEFT JOIN records a ON a.id = (" + filingOfProject + " AND r.in_force_id <> 0 ORDER BY r.year DESC LIMIT 1)" +
	" LEFT JOIN project_contents ac ON ac.version_id = a.in_force_id" +
	" LEFT JOIN forms af ON af.version_id = a.in_force_id" +
	" LEFT JOIN pre_evaluations e ON e.project_id = p.id" +
	" LEFT JOIN project_ranks d ON d.project_id = p.id AND d.year = @year AND NOT d.by_finance" +
	" LEFT JOIN project_ranks f ON f.project_id = p.id AND f.year = @year AND f.by_finance"

// What is true of a project in the year.
const (
	projectFiled   = "n.year = @year AND v.state NOT IN ('withdrawn', 'blocked')"
	projectCarried = "EXISTS (SELECT 1 FROM budget_rows b WHERE b.version_id = a.in_force_id AND b.source = 'carryOver')" +
		" AND NOT EXISTS (SELECT 1 FROM budget_rows b WHERE b.version_id = a.in_force_id AND b.source <> 'carryOver' AND b.amount <> 0)"
	projectLastYear = "CASE WHEN ac.nature = 'oneOff' THEN a.year ELSE COALESCE(af.period_start + af.period_years - 1, 0) END"
	projectState    = "CASE WHEN p.ended_from <> 0 AND p.ended_from <= @year THEN 'ended'" +
		" WHEN a.year = @year AND " + projectCarried + " THEN 'carriedOver'" +
		" WHEN a.year = @year THEN 'executing'" +
		" WHEN a.id IS NOT NULL AND (" + projectFiled + " OR " + projectLastYear + " = 0 OR " + projectLastYear + " >= @year) THEN 'carriedOver'" +
		" WHEN a.id IS NOT NULL THEN 'ended' ELSE p.stage END"
	projectColumns = "SELECT p.*, u.path AS unit_path, u.code AS unit_code, u.name AS unit_name, u.kind AS unit_kind, u.region_code," +
		" n.id AS record_id, n.newest_id AS version_id, n.year AS record_year, v.state AS filing_state, COALESCE(c.name, '') AS name," +
		" CASE WHEN n.year = @year AND v.state <> 'withdrawn' THEN" +
		" (SELECT COALESCE(SUM(b.amount), 0) FROM budget_rows b WHERE b.version_id = n.newest_id) ELSE 0 END AS asked," +
		" COALESCE(a.year, 0) AS approved_in," +
		" (SELECT COALESCE(MAX(r.year), 0) FROM records r WHERE r.unit_id = p.unit_id AND r.kind = 'filing' AND r.project_code = p.code" +
		" AND r.year < @year AND r.in_force_id <> 0) AS approved_before," +
		" CASE WHEN " + projectCarried + " THEN 1 ELSE 0 END AS carried_money_only, " + projectLastYear + " AS last_year, " +
		projectState + " AS state, COALESCE(d.place, 0) AS department_place, COALESCE(f.place, 0) AS finance_place," +
		" COALESCE(e.conclusion, '') AS conclusion "
)

// ProjectList gives a page of the projects in scope that had a filing up to the year,
// and sums up by state all that the filter lets through, whatever their state.
func (tx *Tx) ProjectList(scope Scope, f ProjectFilter) (list []ListedProject, sums []ProjectStateSum, err error) {
	err = tx.projectQuery(scope, f).Select("x.state, COUNT(*) AS count, SUM(x.asked) AS asked").Group("x.state").Find(&sums).Error
	if err != nil {
		return nil, nil, tx.fail(err)
	}
	query := tx.projectQuery(scope, f)
	if f.State != "" {
		query = query.Where("x.state = ?", f.State)
	}
	if f.Standing {
		query = query.Where("x.state <> ?", model.ProjectEnded)
	}
	if f.Limit > 0 {
		query = query.Limit(f.Limit).Offset(f.Offset)
	}
	order, known := projectOrders[f.Sort]
	if !known {
		order = projectOrders[ProjectsByPlace]
	}
	err = query.Select("x.*").Order(order).Find(&list).Error
	return list, sums, tx.fail(err)
}

func (tx *Tx) projectQuery(scope Scope, f ProjectFilter) *gorm.DB {
	rows := tx.db.Raw(projectColumns+projectJoins, map[string]any{"year": f.Year})
	query := tx.db.Table("(?) AS x", rows).Scopes(scope.on("x.unit_path"))
	if f.Under != "" {
		sql, args := prefixed("x.unit_path", f.Under)
		query = query.Where(sql, args...)
	}
	if f.ProjectID != 0 {
		query = query.Where("x.id = ?", f.ProjectID)
	}
	if f.Text != "" {
		part := containing(f.Text)
		const like = "LOWER(x.name) LIKE ? ESCAPE '!' OR LOWER(x.code) LIKE ? ESCAPE '!'" +
			" OR LOWER(x.unit_name) LIKE ? ESCAPE '!' OR LOWER(x.unit_code) LIKE ? ESCAPE '!'"
		query = query.Where("("+like+")", part, part, part, part)
	}
	return query
}
