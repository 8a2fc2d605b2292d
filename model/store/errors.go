package store

import (
	"database/sql/driver"
	"errors"
	"slices"

	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	sqlitedriver "modernc.org/sqlite"

	"biaochi/model"
)

// sqliteDialector is GORM's with the one thing it lacks: it can't read the error
// codes of the driver we use.
type sqliteDialector struct{ *sqlite.Dialector }

// Extended result codes of SQLite.
var sqliteErrors = map[int]error{
	1555: gorm.ErrDuplicatedKey, // primary key
	2067: gorm.ErrDuplicatedKey, // unique
	787:  gorm.ErrForeignKeyViolated,
	275:  gorm.ErrCheckConstraintViolated,
}

// Translate gives GORM's own error for those it has a word for.
func (d sqliteDialector) Translate(err error) error {
	var raw *sqlitedriver.Error
	if errors.As(err, &raw) {
		if known, ok := sqliteErrors[raw.Code()]; ok {
			return known
		}
	}
	return err
}

const (
	mysqlTooLong    = 1406
	mysqlOutOfRange = 1264
	sqliteBusy      = 5
)

// mysqlRetry are deadlock, lock wait timeout, a cluster node that isn't ready, and a
// row that changed since the snapshot (MariaDB from 11.6 on): run it all again.
var mysqlRetry = []uint16{1213, 1205, 1047, 1020}

// wrap turns whatever an engine says into an Error; nil stays nil.
func wrap(err error) error {
	var known *model.Error
	var raw *mysqldriver.MySQLError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return &model.Error{Code: model.Conflict, Reason: "store.duplicate",
			Message: "同样的记录已经存在，请刷新后再试", Err: err}
	case errors.Is(err, gorm.ErrCheckConstraintViolated),
		errors.As(err, &raw) && (raw.Number == mysqlTooLong || raw.Number == mysqlOutOfRange):
		return &model.Error{Code: model.Invalid, Reason: "store.tooLong",
			Message: "有内容超出允许的长度（代码 64 字，名称 500 字），请缩短后再试", Err: err}
	}
	return &model.Error{Code: model.Internal, Reason: "store.failed",
		Message: "数据库操作失败，请稍后再试；仍不行请联系管理员查看日志", Err: err}
}

// retryable tells whether running the whole transaction again may help.
func retryable(err error) bool {
	var onMySQL *mysqldriver.MySQLError
	var onSQLite *sqlitedriver.Error
	switch {
	case errors.As(err, &onMySQL):
		return slices.Contains(mysqlRetry, onMySQL.Number)
	case errors.As(err, &onSQLite):
		return onSQLite.Code()&0xff == sqliteBusy
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysqldriver.ErrInvalidConn)
}

// fail is wrap for the methods of a transaction: it remembers what the engine may
// have answered by rolling back, so that nothing is committed after it.
func (tx *Tx) fail(err error) error {
	if err == nil {
		return nil
	}
	if retryable(err) {
		tx.broken = wrap(err)
	}
	return wrap(err)
}
