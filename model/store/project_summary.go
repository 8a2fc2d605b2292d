package store

import (
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"biaochi/model"
)

// ProjectSummary is as much of a project as a year's list is narrowed, ordered and
// summed up by. The list of a region reads it of every project, so it comes by a few
// scans that are put together here: an engine that joins them looks up every row anew,
// which took MariaDB four seconds for sixty thousand projects.
type ProjectSummary struct {
	ID, UnitID model.ID
	Code       string
	Stage      model.ProjectState
	EndedFrom  int
	Filed      bool        // in the year, neither withdrawn nor blocked
	Asked      model.Money // by the year's filing, where it wasn't withdrawn
	ApprovedIn int         // the last year up to this one with a 批复, 0: none
	// CarriedMoneyOnly tells that this year's 批复 gave 上年结转 alone.
	CarriedMoneyOnly bool
	// LastYear is known of those alone whose 批复 is of an earlier year and that nobody
	// files for now, as the version approved last says; 0 is unknown.
	LastYear int
	// What is read where the query asks for it.
	Name                          string // as the newest filing up to the year says
	DepartmentPlace, FinancePlace int    // in the orders of the year, 0 for none
}

// ProjectQuery says which projects to sum up, and with what.
type ProjectQuery struct {
	Year int
	// Names and Places cost a scan each.
	Names, Places bool
}

// projectKey finds a project by what its filings know it by.
type projectKey struct {
	unitID model.ID
	code   string
}

// summing is the summaries of projects in the making.
type summing struct {
	tx *Tx
	ProjectQuery
	units []condition // that find rows by r.unit_id; those of other units are dropped
	found []summed
	at    map[projectKey]int // in found
}

type summed struct {
	ProjectSummary
	newestYear int      // of a filing up to the year, 0: none
	newest     model.ID // its version
	inForce    model.ID // the version approved last
}

// ProjectSummaries gives the projects of units that had a filing up to the year, in no
// order. The number of queries doesn't depend on the projects, but for lists of units
// and versions that are too long for one. The caller has asked for the right to see
// the units.
func (tx *Tx) ProjectSummaries(units []model.BudgetUnit, q ProjectQuery) ([]ProjectSummary, error) {
	ids := make([]model.ID, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	w := summing{tx: tx, ProjectQuery: q, units: spans("r.unit_id", ids)}
	for _, step := range []struct {
		asked bool
		read  func() error
	}{{true, func() error { return w.projects(ids) }}, {true, w.filings}, {true, w.money}, {true, w.states}, {true, w.lastYears},
		{q.Names, w.names}, {q.Places, w.places}} {
		if !step.asked {
			continue
		}
		if err := step.read(); err != nil {
			return nil, err
		}
	}
	list := make([]ProjectSummary, 0, len(w.found))
	for i := range w.found {
		if w.found[i].newestYear != 0 {
			list = append(list, w.found[i].ProjectSummary)
		}
	}
	return list, nil
}

// fewIDs is how many identifiers are looked up one by one.
var fewIDs = 4 * maxIDs

// spans are conditions that find rows by an identifier: of a few lists of them, of many
// the range in which they lie. Reading past what isn't asked for costs less than
// looking each of them up; the caller drops it.
func spans(column string, ids []model.ID) (list []condition) {
	if len(ids) > fewIDs {
		return []condition{{parts: []string{column + " BETWEEN ? AND ?"}, args: []any{slices.Min(ids), slices.Max(ids)}}}
	}
	for _, some := range chunks(ids) {
		list = append(list, condition{parts: []string{column + " IN ?"}, args: []any{some}})
	}
	return list
}

// each reads the rows of some spans, by a row that scan fills anew each time.
func (w *summing) each(query string, spans []condition, tail string, scan func(*sql.Rows) error, take func()) error {
	for _, c := range spans {
		rows := stream(w.tx, query+c.sql()+tail, c.args, func(rows *sql.Rows) (struct{}, error) { return struct{}{}, scan(rows) })
		for _, err := range rows {
			if err != nil {
				return err
			}
			take()
		}
	}
	return nil
}

// of gives a project of the units in question; nil for others.
func (w *summing) of(key projectKey) *summed {
	if i, ok := w.at[key]; ok {
		return &w.found[i]
	}
	return nil
}

func (w *summing) projects(units []model.ID) error {
	asked := make(map[model.ID]bool, len(units))
	for _, id := range units {
		asked[id] = true
	}
	var p ProjectSummary
	err := w.each("SELECT r.id, r.unit_id, r.code, r.stage, r.ended_from FROM projects r WHERE ", w.units, "",
		func(rows *sql.Rows) error { return rows.Scan(&p.ID, &p.UnitID, &p.Code, &p.Stage, &p.EndedFrom) },
		func() {
			if asked[p.UnitID] {
				w.found = append(w.found, summed{ProjectSummary: p})
			}
		})
	w.at = make(map[projectKey]int, len(w.found))
	for i, p := range w.found {
		w.at[projectKey{p.UnitID, p.Code}] = i
	}
	return err
}

func (w *summing) filings() error {
	var key projectKey
	var year int
	var newest, inForce model.ID
	return w.each("SELECT r.unit_id, r.project_code, r.year, r.newest_id, r.in_force_id FROM records r WHERE r.kind = 'filing' AND r.year <= "+strconv.Itoa(w.Year)+" AND ", w.units, "",
		func(rows *sql.Rows) error { return rows.Scan(&key.unitID, &key.code, &year, &newest, &inForce) },
		func() {
			p := w.of(key)
			if p == nil {
				return
			}
			if year > p.newestYear {
				p.newestYear, p.newest = year, newest
			}
			if inForce != 0 && year > p.ApprovedIn {
				p.ApprovedIn, p.inForce = year, inForce
			}
			p.Filed = p.newestYear == w.Year
		})
}

// by finds projects by an identifier, mostly of a version of theirs; those without are
// left out.
func (w *summing) by(identifier func(*summed) model.ID) map[model.ID]*summed {
	of := make(map[model.ID]*summed, len(w.found))
	for i := range w.found {
		if id := identifier(&w.found[i]); id != 0 {
			of[id] = &w.found[i]
		}
	}
	return of
}

// current is the newest version of the year's filing, 0 for none.
func (w *summing) current(p *summed) model.ID {
	if p.newestYear != w.Year {
		return 0
	}
	return p.newest
}

// given is the version that this year's 批复 took, 0 for none.
func (w *summing) given(p *summed) model.ID {
	if p.ApprovedIn != w.Year {
		return 0
	}
	return p.inForce
}

func (w *summing) money() error {
	current, given := w.by(w.current), w.by(w.given)
	ids := slices.AppendSeq(slices.Collect(maps.Keys(current)), maps.Keys(given))
	var version model.ID
	var amount model.Money
	var carried bool
	return w.each("SELECT b.version_id, SUM(b.amount), MAX(CASE WHEN b.source = 'carryOver' THEN 1 ELSE 0 END) >"+
		" MAX(CASE WHEN b.source <> 'carryOver' AND b.amount <> 0 THEN 1 ELSE 0 END) FROM budget_rows b WHERE ", spans("b.version_id", ids), " GROUP BY b.version_id",
		func(rows *sql.Rows) error { return rows.Scan(&version, &amount, &carried) },
		func() {
			if p := current[version]; p != nil {
				p.Asked = amount
			}
			if p := given[version]; p != nil {
				p.CarriedMoneyOnly = carried
			}
		})
}

// states comes after money: what was withdrawn asks for none.
func (w *summing) states() error {
	current := w.by(w.current)
	var version model.ID
	var state model.State
	return w.each("SELECT v.id, v.state FROM record_versions v WHERE v.state IN ('withdrawn', 'blocked') AND ", spans("v.id", slices.Collect(maps.Keys(current))), "",
		func(rows *sql.Rows) error { return rows.Scan(&version, &state) },
		func() {
			if p := current[version]; p != nil {
				p.Filed = false
				if state == model.Withdrawn {
					p.Asked = 0
				}
			}
		})
}

// lastYears looks up how long those run whose state depends on it.
func (w *summing) lastYears() error {
	earlier := w.by(func(p *summed) model.ID {
		if p.Filed || p.ApprovedIn == w.Year {
			return 0
		}
		return p.inForce
	})
	var version model.ID
	var last int
	return w.each("SELECT ac.version_id, "+projectLastYear+" FROM project_contents ac JOIN record_versions v ON v.id = ac.version_id"+
		" JOIN records a ON a.id = v.record_id LEFT JOIN forms af ON af.version_id = ac.version_id WHERE ", spans("ac.version_id", slices.Collect(maps.Keys(earlier))), "",
		func(rows *sql.Rows) error { return rows.Scan(&version, &last) },
		func() {
			if p := earlier[version]; p != nil {
				p.LastYear = last
			}
		})
}

func (w *summing) names() error {
	newest := w.by(func(p *summed) model.ID { return p.newest })
	var version model.ID
	var name string
	return w.each("SELECT c.version_id, c.name FROM project_contents c WHERE ", spans("c.version_id", slices.Collect(maps.Keys(newest))), "",
		func(rows *sql.Rows) error { return rows.Scan(&version, &name) },
		func() {
			if p := newest[version]; p != nil {
				p.Name = name
			}
		})
}

func (w *summing) places() error {
	of := w.by(func(p *summed) model.ID { return p.ID })
	var id model.ID
	var byFinance bool
	var place int
	return w.each("SELECT d.project_id, d.by_finance, d.place FROM project_ranks d WHERE d.year = "+strconv.Itoa(w.Year)+" AND ", spans("d.project_id", slices.Collect(maps.Keys(of))), "",
		func(rows *sql.Rows) error { return rows.Scan(&id, &byFinance, &place) },
		func() {
			switch p := of[id]; {
			case p == nil:
			case byFinance:
				p.FinancePlace = place
			default:
				p.DepartmentPlace = place
			}
		})
}
