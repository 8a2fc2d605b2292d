package migration

import (
	"context"
	"database/sql"
	"strings"

	"biaochi/model"
	"biaochi/model/catalogue"
)

// seedRegion gives an empty database the one region that packages without a
// region code belong to.
func seedRegion(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO regions (code, name, set_key) VALUES (?, ?, ?)",
		model.DefaultRegionCode, model.DefaultRegionName, model.DefaultSetKey)
	return err
}

// seedBaseline replaces the baseline lists by those of the program. A change of
// the lists comes with a new step that calls it again.
func seedBaseline(ctx context.Context, tx *sql.Tx) error {
	entries, mappings, err := catalogue.Baseline()
	if err != nil {
		return err
	}
	for _, table := range []string{"catalogue_entries", "economic_mappings"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE year = ?", model.BaselineYear); err != nil {
			return err
		}
	}
	rows := make([][]any, len(entries))
	for i, e := range entries {
		rows[i] = []any{string(e.Kind), e.Year, e.Code, e.Name, e.FundType, e.Confidence, e.Note}
	}
	if err := insert(ctx, tx, "catalogue_entries (kind, year, code, name, fund_type, confidence, note)", rows); err != nil {
		return err
	}
	rows = make([][]any, len(mappings))
	for i, m := range mappings {
		rows[i] = []any{m.Year, string(m.UnitKind), m.DepartmentCode, m.GovernmentCode, m.Confidence}
	}
	return insert(ctx, tx, "economic_mappings (year, unit_kind, department_code, government_code, confidence)", rows)
}

// insert writes rows of equal length, many by statement.
func insert(ctx context.Context, tx *sql.Tx, into string, rows [][]any) error {
	const batch = 500
	for len(rows) > 0 {
		n := min(batch, len(rows))
		var args []any
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		tuple := "(" + strings.Repeat("?, ", len(rows[0])-1) + "?)"
		values := strings.Repeat(tuple+", ", n-1) + tuple
		if _, err := tx.ExecContext(ctx, "INSERT INTO "+into+" VALUES "+values, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
