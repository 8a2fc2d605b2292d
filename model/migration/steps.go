package migration

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	mysqldriver "github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"
)

//go:embed sql/*.sql
var files embed.FS

// steps lists the migrations in order; the place in the list is the version. A
// step that was released is never changed, a correction is a new one at the end.
func steps(dialect string) []*goose.Migration {
	list := []func(context.Context, *sql.Tx) error{
		script(dialect, "00001_tables.sql"),
		script(dialect, "00002_projects.sql"),
		script(dialect, "00003_sheets.sql"),
		script(dialect, "00004_facts.sql"),
		seedRegion,
		seedBaseline,
		script(dialect, "00005_accounts.sql"),
		script(dialect, "00006_filing.sql"),
		script(dialect, "00007_targets.sql"),
		script(dialect, "00008_library.sql"),
		script(dialect, "00009_attachments.sql"),
		script(dialect, "00010_notices.sql"),
		script(dialect, "00011_year_settings.sql"),
		script(dialect, "00012_publications.sql"),
		script(dialect, "00013_payments.sql"),
		script(dialect, "00014_tracking.sql"),
		script(dialect, "00015_control.sql"),
		script(dialect, "00016_year_stages.sql"),
		script(dialect, "00017_assessments.sql"),
		script(dialect, "00018_projects.sql"),
		script(dialect, "00019_pre_evaluations.sql"),
		script(dialect, "00022_evaluation_releases.sql"),
		script(dialect, "00024_evidence.sql"),
	}
	migrations := make([]*goose.Migration, len(list))
	for i, run := range list {
		migrations[i] = goose.NewGoMigration(int64(i+1), &goose.GoFunc{RunTx: run}, nil)
	}
	return migrations
}

// script runs the statements of a file. MySQL commits at every CREATE and ALTER, so
// that each statement must bear being run again after a crash: tables by IF NOT
// EXISTS, which MySQL has not for indexes and columns.
func script(dialect, name string) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		text, err := fs.ReadFile(files, "sql/"+name)
		if err != nil {
			return err
		}
		for _, statement := range statements(string(text), dialect) {
			if _, err := tx.ExecContext(ctx, statement); err != nil && !isThere(err) {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	}
}

// isThere tells whether MySQL refused an index or a column that was made before.
func isThere(err error) bool {
	const duplicateFieldName, duplicateKeyName = 1060, 1061
	var onMySQL *mysqldriver.MySQLError
	return errors.As(err, &onMySQL) && (onMySQL.Number == duplicateFieldName || onMySQL.Number == duplicateKeyName)
}

// statements cuts a file, written in the SQL of SQLite, into statements of the
// dialect. A statement ends where a line ends in a semicolon.
func statements(text, dialect string) []string {
	translate := sqliteStatement
	if dialect == MySQL {
		translate = mysqlStatement
	}
	var out []string
	for _, statement := range strings.SplitAfter(text, ";\n") {
		if statement = strings.TrimSpace(statement); statement != "" {
			out = append(out, translate(strings.TrimSuffix(statement, ";")))
		}
	}
	return out
}
