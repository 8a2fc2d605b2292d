// Package migration owns the shape of the database: numbered steps from an empty
// one to today's, the same on SQLite and on MySQL, and the rows every database
// starts with. It must not know how entities are read and written; steps are
// frozen once released and never use the live types of other packages as tables.
package migration

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3"

	"biaochi/model"
)

// The dialects that Migrate knows.
const (
	SQLite = "sqlite"
	MySQL  = "mysql" // MariaDB 10.11 and MySQL 8
)

var gooseDialects = map[string]goose.Dialect{SQLite: goose.DialectSQLite3, MySQL: goose.DialectMySQL}

// Migrate brings the database to the version of this program, creating it where
// it is empty. Any number of processes may call it at once: one works, the others
// wait. It needs one connection on SQLite and two on MySQL.
// Errors: Conflict "database.newer" for a database of a later program, which is
// left as it is; Internal for whatever the engine refuses.
func Migrate(ctx context.Context, db *sql.DB, dialect string) error {
	steps := steps(dialect)
	target := int64(len(steps))
	current := appliedVersion(ctx, db)
	if current == target {
		return nil
	}
	if err := refuseNewer(current, target); err != nil {
		return err
	}
	release, err := acquire(ctx, db, dialect)
	if err != nil {
		return failed(err)
	}
	return errors.Join(migrateLocked(ctx, db, dialect, steps), release())
}

func migrateLocked(ctx context.Context, db *sql.DB, dialect string, steps []*goose.Migration) error {
	if err := refuseNewer(appliedVersion(ctx, db), int64(len(steps))); err != nil {
		return err
	}
	provider, err := goose.NewProvider(gooseDialects[dialect], db, nil,
		goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return failed(err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return failed(err)
	}
	return nil
}

// appliedVersion asks goose's own table; 0 where there is none yet. A database
// that can't be asked at all fails at the next step with its own words.
func appliedVersion(ctx context.Context, db *sql.DB) int64 {
	var version sql.NullInt64
	row := db.QueryRowContext(ctx, "SELECT MAX(version_id) FROM "+goose.DefaultTablename)
	if err := row.Scan(&version); err != nil {
		return 0
	}
	return version.Int64
}

func refuseNewer(current, target int64) error {
	if current <= target {
		return nil
	}
	return model.Fail(model.Conflict, "database.newer",
		"数据库的结构版本是 %d，本程序只认识到 %d：数据库已由较新的程序升级，请换用不低于那一版的程序，数据未作改动", current, target)
}

func failed(err error) error {
	return &model.Error{Code: model.Internal, Reason: "database.migration",
		Message: "建立或升级数据库结构失败，请查看日志", Err: fmt.Errorf("migration: %w", err)}
}
