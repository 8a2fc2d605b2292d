package store

import (
	"slices"

	"biaochi/model"
)

// ListedProject is a project of the library as a year sees it. Its state follows from
// the rest as the workflow says (ProjectFacts); whoever asks fills it in.
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
	projectCarried = "EXISTS (SELECT 1 FROM budget_rows b WHERE b.version_id = a.in_force_id AND b.source = 'carryOver')" +
		" AND NOT EXISTS (SELECT 1 FROM budget_rows b WHERE b.version_id = a.in_force_id AND b.source <> 'carryOver' AND b.amount <> 0)"
	projectLastYear = "CASE WHEN ac.nature = 'oneOff' THEN a.year ELSE COALESCE(af.period_start + af.period_years - 1, 0) END"
	projectColumns  = "SELECT p.*, u.path AS unit_path, u.code AS unit_code, u.name AS unit_name, u.kind AS unit_kind, u.region_code," +
		" n.id AS record_id, n.newest_id AS version_id, n.year AS record_year, v.state AS filing_state, COALESCE(c.name, '') AS name," +
		" CASE WHEN n.year = @year AND v.state <> 'withdrawn' THEN" +
		" (SELECT COALESCE(SUM(b.amount), 0) FROM budget_rows b WHERE b.version_id = n.newest_id) ELSE 0 END AS asked," +
		" COALESCE(a.year, 0) AS approved_in," +
		" (SELECT COALESCE(MAX(r.year), 0) FROM records r WHERE r.unit_id = p.unit_id AND r.kind = 'filing' AND r.project_code = p.code" +
		" AND r.year < @year AND r.in_force_id <> 0) AS approved_before," +
		" CASE WHEN " + projectCarried + " THEN 1 ELSE 0 END AS carried_money_only, " + projectLastYear + " AS last_year," +
		" COALESCE(d.place, 0) AS department_place, COALESCE(f.place, 0) AS finance_place," +
		" COALESCE(e.conclusion, '') AS conclusion "
)

// ProjectsByID gives projects as a year sees them, in the order asked for; those that
// had no filing up to the year are missing.
func (tx *Tx) ProjectsByID(ids []model.ID, year int) ([]ListedProject, error) {
	list := make([]ListedProject, 0, len(ids))
	place := make(map[model.ID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	for _, some := range chunks(ids) {
		var rows []ListedProject
		err := tx.db.Raw(projectColumns+projectJoins+" WHERE p.id IN @ids", map[string]any{"year": year, "ids": some}).Find(&rows).Error
		if err != nil {
			return nil, tx.fail(err)
		}
		list = append(list, rows...)
	}
	slices.SortFunc(list, func(a, b ListedProject) int { return place[a.ID] - place[b.ID] })
	return list, nil
}
