package main

import (
	"database/sql"
	"fmt"
	"strings"
)

// bulk inserts rows of one table, many in a statement.
type bulk struct {
	tx    *sql.Tx
	table string
	width int
	rows  int
	args  []any
	total int
}

const rowsInStatement = 500

func (b *bulk) add(values ...any) error {
	b.width = len(values)
	b.args = append(b.args, values...)
	b.total++
	if b.rows++; b.rows == rowsInStatement {
		return b.flush()
	}
	return nil
}

func (b *bulk) flush() error {
	if b.rows == 0 {
		return nil
	}
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", b.width), ",") + ")"
	query := "INSERT INTO " + b.table + " VALUES " + strings.TrimSuffix(strings.Repeat(row+",", b.rows), ",")
	_, err := b.tx.Exec(query, b.args...)
	b.args, b.rows = b.args[:0], 0
	return err
}

// generator writes straight into the tables: only what assembly reads.
type generator struct {
	units, records, versions, sheets, functions, projects, facts *bulk
	id                                                           int64
}

func (g *generator) next() int64 { g.id++; return g.id }

func (g *generator) all() []*bulk {
	return []*bulk{g.units, g.records, g.versions, g.sheets, g.functions, g.projects, g.facts}
}

// generate fills an empty database with a department of units; the first unit is
// the department itself. It gives the number of facts.
func generate(path string, units, projects int) (int, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		return 0, err
	}
	table := func(name string) *bulk { return &bulk{tx: tx, table: name} }
	g := &generator{
		units: table("budget_units"), records: table("records"), versions: table("record_versions"),
		sheets:    table("sheet_contents (version_id, unit_code, unit_name, unit_kind, unit_parent_code, unit_region_code, unit_short_name, unit_region_name, unit_duties, unit_organization, total_change, general_public_budget_change, three_public_change, agency_operating, vehicles_note, buildings, other, has_approval, approval_number, approval_date)"),
		functions: table("sheet_functions"), projects: table("project_contents (version_id, code, name, function_code, category, nature, has_form)"),
		facts: table("facts"),
	}
	for i := range units {
		if err := g.unit(i, projects); err != nil {
			return 0, err
		}
	}
	for _, b := range g.all() {
		if err := b.flush(); err != nil {
			return 0, fmt.Errorf("%s: %w", b.table, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return 0, err
	}
	_, err = db.Exec("ANALYZE")
	return g.facts.total, err
}

var functionCodes = []string{"2080101", "2080102", "2080105", "2080502", "2080505", "2080705", "2101102", "2101199", "2120805", "2210201", "2210202", "2050204", "2130104", "21999"}

var economicCodes = [][2]string{
	{"30101", "50101"}, {"30102", "50101"}, {"30103", "50101"}, {"30108", "50102"}, {"30110", "50102"}, {"30113", "50103"},
	{"30201", "50201"}, {"30202", "50201"}, {"30205", "50201"}, {"30206", "50201"}, {"30211", "50201"}, {"30215", "50202"},
	{"30216", "50203"}, {"30217", "50206"}, {"30226", "50205"}, {"30228", "50201"}, {"30229", "50201"}, {"30231", "50208"},
	{"30302", "50905"}, {"30309", "50901"},
}

func (g *generator) unit(i, projects int) error {
	code, path, parent := "900", root, ""
	if i > 0 {
		code, parent = fmt.Sprintf("900%05d", i), "900"
		path = root + code + "/"
	}
	unit, name := g.next(), fmt.Sprintf("示例第%d单位", i)
	if err := g.units.add(unit, "000000000", code, name, "administrative", parent, path, false, 1); err != nil {
		return err
	}
	version, err := g.version(unit, "sheet", "", 0)
	if err != nil {
		return err
	}
	if err := g.sheets.add(version, code, name, "administrative", parent, "", "", "", "", "[]", "", "", "", "", "", "", "", false, "", ""); err != nil {
		return err
	}
	for position, f := range functionCodes {
		if err := g.functions.add(version, position, f, "科目"+f); err != nil {
			return err
		}
	}
	if err := g.basicFacts(path, version); err != nil {
		return err
	}
	for p := range projects {
		if err := g.project(unit, path, p); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) version(unit int64, kind, project string, position int) (int64, error) {
	record, version := g.next(), g.next()
	if err := g.records.add(record, kind, unit, 2026, project, position, version, version, 1); err != nil {
		return 0, err
	}
	return version, g.versions.add(version, record, 1, "approved", true, true, true, "hash", 0, false, "2026-01-01 00:00:00", "bench")
}

func (g *generator) basicFacts(path string, version int64) error {
	seq := 0
	for i, pair := range economicCodes {
		for _, measure := range []int{1, 2} {
			seq++
			cost := 1
			if pair[0] > "302" && pair[0] < "303" {
				cost = 2
			}
			function := functionCodes[i%len(functionCodes)]
			if err := g.fact(path, "", version, seq, measure, 1, 1, 1, cost, function, pair[0], pair[1], int64(i+1)*123_457); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *generator) project(unit int64, path string, p int) error {
	code := fmt.Sprintf("P%03d", p)
	version, err := g.version(unit, "filing", code, p+1)
	if err != nil {
		return err
	}
	function := functionCodes[p%len(functionCodes)]
	if err := g.projects.add(version, code, "示例项目"+code, function, "", "recurring", true); err != nil {
		return err
	}
	fund := p%5 + 1
	source := 1
	if p%10 == 9 {
		source = 2
	}
	if err := g.fact(path, code, version, 1, 1, 2, fund, source, 0, function, "", "", int64(p+1)*7_654_321); err != nil {
		return err
	}
	return g.fact(path, code, version, 2, 2, 2, fund, 1, 0, function, economicCodes[p%len(economicCodes)][0], "", int64(p+1)*1_234_567)
}

// fact adds a fact; the small numbers stand for the enumerations as the store
// keeps them.
func (g *generator) fact(path, project string, version int64, seq, measure, expenditure, fund, source, cost int, function, department, government string, amount int64) error {
	return g.facts.add(2026, path, project, version, seq, seq-1, measure, 1, expenditure, fund, source, cost, 0,
		function, department, government, "", amount, true, true, true)
}
