// Package storetest gives tests an empty database on every engine that the product
// runs on. It is for tests alone.
package storetest

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"
)

// mysqlVariable holds the DSN of a server where databases can be made.
const mysqlVariable = "BIAOCHI_TEST_MYSQL"

// EachEngine runs a test on every engine, each time with an empty database's URL.
func EachEngine(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, "sqlite:"+filepath.Join(t.TempDir(), "a b#1.db")) })
	t.Run("mysql", func(t *testing.T) { test(t, MySQLURL(t)) })
}

// Clock gives a time that moves on by a second with every look, whoever looks.
func Clock(start time.Time) func() time.Time {
	var looks atomic.Int64
	return func() time.Time { return start.Add(time.Duration(looks.Add(1)) * time.Second) }
}

// MySQLURL gives a new database that goes with the test.
func MySQLURL(t testing.TB) string {
	t.Helper()
	dsn := os.Getenv(mysqlVariable)
	if dsn == "" {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not set: use scripts/testdb.sh", mysqlVariable)
		}
		t.Skipf("%s is not set: use scripts/testdb.sh", mysqlVariable)
	}
	config, err := mysqldriver.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.DBName = ""
	server, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("biaochi_test_%x", rand.Uint64())
	if _, err := server.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := server.Exec("DROP DATABASE " + name); err != nil {
			t.Error(err)
		}
		_ = server.Close()
	})
	config.DBName = name
	return "mysql:" + config.FormatDSN()
}
