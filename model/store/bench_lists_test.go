package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
)

// BenchmarkLists times pages of what people look through, over a whole region on each
// engine. BIAOCHI_TEST_UNITS=1200 makes sixty thousand filings of one year.
func BenchmarkLists(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "bench.db")
		benchLists(b, "sqlite:"+path, "sqlite", "file:"+path)
	})
	b.Run("mysql", func(b *testing.B) {
		url := storetest.MySQLURL(b)
		benchLists(b, url, "mysql", url[len("mysql:"):])
	})
}

func benchLists(b *testing.B, url, driver, dsn string) {
	s, err := store.Open(b.Context(), url, store.Options{Synchronous: "NORMAL"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	plain, err := sql.Open(driver, dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = plain.Close() }()
	start := time.Now()
	if err := fillLists(plain, benchUnits(b)); err != nil {
		b.Fatal(err)
	}
	b.Logf("filled in %v", time.Since(start))
	listings(b, s)
}

// listings are the pages that are timed.
func listings(b *testing.B, s *store.Store) {
	const year, page = 2024, 50
	projects := func(q store.ProjectQuery) func(tx *store.Tx) (int, error) {
		return func(tx *store.Tx) (int, error) {
			q.Year = year
			units, err := tx.Units(store.Everything(), store.UnitFilter{Under: region})
			if err != nil {
				return 0, err
			}
			found, err := tx.ProjectSummaries(units, q)
			if err != nil {
				return 0, err
			}
			ids := make([]model.ID, page)
			for i := range ids {
				ids[i] = found[i].ID
			}
			list, err := tx.ProjectsByID(ids, year)
			return len(list), err
		}
	}
	filings := func(f store.FilingFilter) func(tx *store.Tx) (int, error) {
		return func(tx *store.Tx) (int, error) {
			f.Year, f.Under, f.Limit = year, region, page
			list, _, err := tx.FilingList(store.Everything(), f)
			return len(list), err
		}
	}
	corrections := store.CorrectionFilter{Year: year, UnitPath: region, Below: true, Limit: page}
	for _, c := range []struct {
		name string
		list func(tx *store.Tx) (int, error)
	}{
		{"projects", projects(store.ProjectQuery{})},
		{"projects-named", projects(store.ProjectQuery{Names: true})},
		{"projects-ranked", projects(store.ProjectQuery{Places: true})},
		{"filings", filings(store.FilingFilter{})},
		{"filings-state", filings(store.FilingFilter{State: model.Draft})},
		{"filings-text", filings(store.FilingFilter{Text: "p01"})},
		{"filings-name", filings(store.FilingFilter{Sort: store.ByName})},
		{"filings-moved", filings(store.FilingFilter{Sort: store.ByMoved, Falling: true})},
		{"corrections", func(tx *store.Tx) (int, error) {
			list, _, err := tx.CorrectionList(store.Everything(), corrections)
			return len(list), err
		}},
		{"payments", func(tx *store.Tx) (int, error) {
			list, _, _, err := tx.Payments(store.PaymentQuery{Year: year, UnitPath: region, Below: true}, page, 0)
			return len(list), err
		}},
		{"events", func(tx *store.Tx) (int, error) {
			list, _, err := tx.EventPage(store.EventQuery{Limit: page})
			return len(list), err
		}},
		{"events-narrowed", func(tx *store.Tx) (int, error) {
			refused := false
			list, _, err := tx.EventPage(store.EventQuery{Year: year, Action: "filing.", Refused: &refused, Limit: page})
			return len(list), err
		}},
		{"units", func(tx *store.Tx) (int, error) {
			list, _, err := tx.UnitPage(store.Everything(), store.UnitFilter{Region: model.DefaultRegionCode, Limit: page})
			return len(list), err
		}},
		{"board", func(tx *store.Tx) (int, error) {
			rows := 0
			for _, err := range tx.BoardFilings(store.BoardQuery{Year: year, Branches: []store.Branch{{Path: region}}}) {
				if err != nil {
					return 0, err
				}
				rows++
			}
			return rows, nil
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			runStream(b, s, func(tx *store.Tx) int {
				rows, err := c.list(tx)
				if err != nil {
					b.Fatal(err)
				}
				return rows
			})
		})
	}
}

// rows collects rows of one table and writes many in a statement.
type rows struct {
	tx    *sql.Tx
	into  string // table and columns
	args  []any
	width int
}

func (r *rows) add(values ...any) error {
	r.width = len(values)
	if r.args = append(r.args, values...); len(r.args) < 300*r.width {
		return nil
	}
	return r.flush()
}

func (r *rows) flush() error {
	if len(r.args) == 0 {
		return nil
	}
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", r.width), ",") + "),"
	_, err := r.tx.Exec("INSERT INTO "+r.into+" VALUES "+strings.TrimSuffix(strings.Repeat(row, len(r.args)/r.width), ","), r.args...)
	r.args = r.args[:0]
	return err
}

// region fills the tables that lists read, straight: what the store would write one
// by one takes minutes.
type regionFill struct {
	units, records, versions, positions, contents, forms, budgets, projects, payments, corrections, events *rows
	id, filed                                                                                              int64 // the last one, and that of the last filing
}

// fillLists gives a region's units fifty projects each, filed in 2024; every third was
// approved in 2023 too, every fifth is approved in 2024. Twenty units make a department.
func fillLists(db *sql.DB, units int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	into := func(columns string) *rows { return &rows{tx: tx, into: columns} }
	f := &regionFill{
		units:    into("budget_units (id, region_code, code, name, kind, parent_code, path, stub, version)"),
		records:  into("records (id, kind, unit_id, year, project_code, position, newest_id, in_force_id, version)"),
		versions: into("record_versions (id, record_id, number, state, in_draft, in_initial, in_adjusted, hash, approval_id, after_initial, created_at, created_by)"),
		positions: into("record_positions (record_id, version_id, state, steps, step, step_key, turn_role, turn_name, turn_path, turn_office, prepared_by, acted_by, blocked_at," +
			" sealed, under_state, edit_content, edited_by, grade, moved_at, moved_by)"),
		contents: into("project_contents (version_id, code, name, function_code, category, nature, appendix_no, has_form)"),
		forms: into("forms (version_id, name, period_years, period_start, overview, basis, necessity, safeguards, plan, long_term_goal, annual_goal, responsible, handler," +
			" phone, filed_at)"),
		budgets:  into("budget_rows (version_id, position, fund_kind, source, amount)"),
		projects: into("projects (id, unit_id, code, stage, proposed_by, ended_from, end_reason, version)"),
		payments: into("payments (id, region_code, unit_id, unit_path, year, project_code, fund_kind, paid_on, amount, reference, flags, batch_id, note, created_at, created_by)"),
		corrections: into("corrections (id, record_id, unit_id, unit_path, year, what, responsible, due, state, reply, evidence, opinion, returns, ordered_on, ordered_by," +
			" closed_on, version)"),
		events: into("events (id, at, actor, action, unit_id, year, record_id, version_id, from_state, to_state, reason, detail)"),
	}
	for i := range units {
		if err := f.unit(i); err != nil {
			return err
		}
	}
	for _, r := range []*rows{f.units, f.records, f.versions, f.positions, f.contents, f.forms, f.budgets, f.projects, f.payments, f.corrections, f.events} {
		if err := r.flush(); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.Exec("ANALYZE TABLE budget_units, records, record_versions, project_contents, forms, budget_rows, projects, payments, corrections, events")
	if err != nil { // SQLite
		_, err = db.Exec("ANALYZE")
	}
	return err
}

func (f *regionFill) next() int64 { f.id++; return f.id }

const filledAt = "2024-01-10 01:02:03"

func (f *regionFill) unit(i int) error {
	id, department := f.next(), 701+i/20
	path, parent, code := fmt.Sprintf("%s%d/", region, department), "", fmt.Sprint(department)
	if i%20 > 0 {
		parent, code = code, fmt.Sprintf("%d%03d", department, i%20)
		path += code + "/"
	}
	if err := f.units.add(id, model.DefaultRegionCode, code, "单位"+code, model.PublicInstitution, parent, path, false, 1); err != nil {
		return err
	}
	for p := range 50 {
		if err := f.project(id, path, i*50+p); err != nil {
			return err
		}
	}
	return nil
}

func (f *regionFill) project(unit int64, path string, n int) error {
	code := fmt.Sprintf("P%02d", n%50)
	if err := f.projects.add(f.next(), unit, code, model.ProjectStates[n%4], "jb", 0, "", 1); err != nil {
		return err
	}
	if n%3 == 0 {
		if err := f.filing(unit, 2023, code, n, model.Approved); err != nil {
			return err
		}
	}
	if err := f.filing(unit, 2024, code, n, []model.State{model.Approved, model.Draft, model.InReview, model.Passed, model.Withdrawn}[n%5]); err != nil {
		return err
	}
	if n%10 == 0 {
		if err := f.corrections.add(f.next(), f.filed, unit, path, 2024, "整改", "负责人", fmt.Sprintf("2024-%02d-01", 1+n%12), model.CorrectionOrdered, "", "", "", 0,
			"2024-01-05", "ys", "", 1); err != nil {
			return err
		}
	}
	for i := range 2 {
		id := f.next()
		if err := f.payments.add(id, model.DefaultRegionCode, unit, path, 2024, code, 1, fmt.Sprintf("2024-%02d-%02d", 2+i, 1+n%28), 100*n, fmt.Sprint("Z", id), "", 0, "", filledAt, "ys"); err != nil {
			return err
		}
	}
	return nil
}

func (f *regionFill) filing(unit int64, year int, code string, n int, state model.State) error {
	record, version, inForce := f.next(), f.next(), int64(0)
	f.filed = record
	if state == model.Approved {
		inForce = version
	}
	text := strings.Repeat("为规范资金管理提高使用效益而设", 8)
	for _, err := range []error{
		f.records.add(record, model.FilingRecord, unit, year, code, n%50, version, inForce, 1),
		f.versions.add(version, record, 1, state, true, true, true, "hash", 0, false, filledAt, "jb"),
		f.positions.add(record, version, state, "[]", 0, "", "reviewer", "审核", "", "business", `["jb"]`, "[]", "", false, "", "", "", "",
			fmt.Sprintf("2024-01-%02d 01:02:03", 1+n%28), "jb"),
		f.contents.add(version, code, fmt.Sprintf("项目%s第%d号经费", code, n), "2080101", model.Targeted, []model.Nature{model.OneOff, model.Recurring}[n%2], nil, true),
		f.forms.add(version, "", 1+n%5, 2022, text, text, text, text, text, text, text, "甲", "乙", "", ""),
		f.budgets.add(version, 0, model.GeneralPublicBudget, model.CurrentYear, 1000*(n%997)),
	} {
		if err != nil {
			return err
		}
	}
	if n%3 == 1 {
		if err := f.budgets.add(version, 1, model.GovernmentFund, model.CarryOver, 100*(n%97)); err != nil {
			return err
		}
	}
	for i := range 5 {
		err := f.events.add(f.next(), filledAt, "jb", []string{"filing.save", "filing.submit", "filing.pass", "tables.export", "sheet.save"}[i], unit, year, record, version,
			"draft", state, "", `{"step":"业务股"}`)
		if err != nil {
			return err
		}
	}
	return nil
}
