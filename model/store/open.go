package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	_ "modernc.org/sqlite" // the driver named "sqlite"

	"biaochi/model"
	"biaochi/model/migration"
)

// Open opens the database of a URL, "sqlite:PATH" or "mysql:DSN", creates the
// file with its folder where it is missing, and migrates.
// Errors: Invalid "store.url" or "store.synchronous" naming the setting; Conflict
// "database.newer"; Internal "store.open" where the database can't be reached.
func Open(ctx context.Context, url string, opts Options) (*Store, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	s := &Store{now: opts.Now, ids: model.NewIDs(opts.Now)}
	var err error
	kind, rest, _ := strings.Cut(url, ":")
	switch {
	case kind == "sqlite" && rest != "" && rest != ":memory:":
		err = s.openSQLite(ctx, rest, opts)
	case kind == "mysql" && rest != "":
		err = s.openMySQL(ctx, rest, opts)
	default:
		err = model.Fail(model.Invalid, "store.url", "设置项 database 应写成 sqlite:文件路径 或 mysql:DSN，现在两者都不是")
	}
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) openSQLite(ctx context.Context, path string, opts Options) error {
	if opts.Synchronous == "" {
		opts.Synchronous = "FULL"
	}
	if opts.Synchronous != "FULL" && opts.Synchronous != "NORMAL" {
		return model.Fail(model.Invalid, "store.synchronous", "设置项 sqlite-synchronous 应为 FULL 或 NORMAL")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return cannotOpen(err)
	}
	s.dialect = migration.SQLite
	var err error
	if s.write, err = s.connectSQLite(ctx, sqliteDSN(path, opts.Synchronous, "_txlock=immediate"), 1); err != nil {
		return err
	}
	if err := migrate(ctx, s.write, s.dialect); err != nil {
		return err
	}
	readers := opts.Connections
	if readers <= 0 {
		readers = max(4, runtime.NumCPU())
	}
	s.read, err = s.connectSQLite(ctx, sqliteDSN(path, opts.Synchronous, "_pragma=query_only(1)"), readers)
	return err
}

// sqliteDSN turns a path into a URI with our settings. The WAL is cut back after
// a checkpoint, or it would stay at its largest; times are written in one zone
// and one form, or they would not compare.
func sqliteDSN(path, synchronous, extra string) string {
	file := (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	return "file:" + file + "?" + strings.Join([]string{
		"_pragma=busy_timeout(10000)", "_pragma=journal_mode(WAL)", "_pragma=synchronous(" + synchronous + ")",
		"_pragma=foreign_keys(1)", "_pragma=journal_size_limit(67108864)", "_pragma=temp_store(MEMORY)",
		"_pragma=cache_size(-16384)", "_time_format=sqlite", "_timezone=UTC", extra}, "&")
}

func (s *Store) connectSQLite(ctx context.Context, dsn string, connections int) (*gorm.DB, error) {
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, cannotOpen(err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	dialector := sqliteDialector{&sqlite.Dialector{DriverName: "sqlite", DSN: dsn, Conn: pool}}
	return s.connect(ctx, pool, dialector)
}

func (s *Store) openMySQL(ctx context.Context, dsn string, opts Options) error {
	config, err := mysqlConfig(dsn)
	if err != nil {
		return err
	}
	connector, err := mysqldriver.NewConnector(config)
	if err != nil {
		return cannotOpen(err)
	}
	connections := opts.Connections
	if connections <= 0 {
		connections = 32
	}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxLifetime(30 * time.Minute)
	s.dialect = migration.MySQL
	if s.write, err = s.connect(ctx, pool, mysql.New(mysql.Config{Conn: pool, DSNConfig: config})); err != nil {
		return err
	}
	s.read = s.write
	return migrate(ctx, s.write, s.dialect)
}

// mysqlConfig adds our settings to a DSN. Strict mode refuses what does not fit
// instead of cutting it off; found rows let an update that changes nothing still
// tell that the row is there.
func mysqlConfig(dsn string) (*mysqldriver.Config, error) {
	config, err := mysqldriver.ParseDSN(dsn)
	if err != nil || config.DBName == "" {
		return nil, model.Fail(model.Invalid, "store.url",
			"设置项 database 的 mysql: 之后应是 用户:密码@tcp(主机:端口)/库名，现在读不懂或缺库名")
	}
	config.ParseTime, config.Loc = true, time.UTC
	config.InterpolateParams, config.RejectReadOnly, config.ClientFoundRows = true, true, true
	config.Collation = "utf8mb4_bin"
	if config.Params == nil {
		config.Params = map[string]string{}
	}
	config.Params["time_zone"] = "'+00:00'"
	config.Params["sql_mode"] = "'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'"
	for _, timeout := range []struct {
		field *time.Duration
		value time.Duration
	}{{&config.Timeout, 5 * time.Second}, {&config.ReadTimeout, 2 * time.Minute}, {&config.WriteTimeout, time.Minute}} {
		if *timeout.field == 0 {
			*timeout.field = timeout.value
		}
	}
	return config, nil
}

func (s *Store) connect(ctx context.Context, pool *sql.DB, dialector gorm.Dialector) (*gorm.DB, error) {
	// Several processes that turn a new file to WAL at once don't wait for each
	// other as they do for every other lock.
	if err := retry(ctx, func() error { return pool.PingContext(ctx) }); err != nil {
		_ = pool.Close()
		return nil, cannotOpen(err)
	}
	db, err := gorm.Open(dialector, &gorm.Config{
		// No PrepareStmt: GORM drops what it prepared with the transaction, so that
		// within transactions it costs a third more and gains nothing.
		SkipDefaultTransaction: true, TranslateError: true,
		Logger:  logger.Discard, // errors are returned, never only logged
		NowFunc: func() time.Time { return milliseconds(s.now()) },
	})
	if err == nil {
		err = refuseWrites(db)
	}
	if err != nil {
		_ = pool.Close()
		return nil, cannotOpen(err)
	}
	return db, nil
}

func migrate(ctx context.Context, db *gorm.DB, dialect string) error {
	pool, err := db.DB()
	if err != nil {
		return wrap(err)
	}
	return migration.Migrate(ctx, pool, dialect)
}

func cannotOpen(err error) error {
	return &model.Error{Code: model.Internal, Reason: "store.open",
		Message: "打不开数据库，请检查设置项 database 所指的文件或服务器", Err: fmt.Errorf("open database: %w", err)}
}
