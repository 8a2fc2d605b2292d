package migration

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"time"

	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// lockWait bounds the wait for another process that is migrating.
const lockWait = 5 * time.Minute

// acquire keeps other processes from migrating until release is called.
func acquire(ctx context.Context, db *sql.DB, dialect string) (release func() error, err error) {
	if dialect == MySQL {
		return lockTable(ctx, db)
	}
	return lockFile(ctx, db)
}

// lockTable uses a row in a table: GET_LOCK and LOCK TABLES do nothing useful in
// a cluster. Goose's own interval of five seconds would make every start wait.
func lockTable(ctx context.Context, db *sql.DB) (func() error, error) {
	const interval = 100 * time.Millisecond
	locker, err := lock.NewMySQLTableLocker(
		lock.WithTableLockTimeout(interval, uint64(lockWait/interval)),
		lock.WithTableUnlockTimeout(interval, 100))
	if err != nil {
		return nil, err
	}
	if err := locker.Lock(ctx, db); err != nil {
		return nil, err
	}
	return func() error { return locker.Unlock(context.WithoutCancel(ctx), db) }, nil
}

// lockFile holds a write transaction on an empty database beside the real one.
// The file locks of SQLite work on every system and end with the process.
func lockFile(ctx context.Context, db *sql.DB) (func() error, error) {
	path, err := databaseFile(ctx, db)
	if err != nil || path == "" {
		return func() error { return nil }, err
	}
	dsn := "file:" + (&url.URL{Path: path + ".lock"}).EscapedPath() + "?_txlock=exclusive&_pragma=busy_timeout(300000)"
	guard, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	tx, err := guard.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(err, guard.Close())
	}
	return func() error { return errors.Join(tx.Rollback(), guard.Close()) }, nil
}

// databaseFile gives the path of the main database, "" for one in memory.
func databaseFile(ctx context.Context, db *sql.DB) (path string, err error) {
	err = db.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path)
	return path, err
}
