package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync"
	"testing"

	mysqldriver "github.com/go-sql-driver/mysql"

	"biaochi/model"
	"biaochi/model/store/storetest"
)

func TestWhatIsTriedAgain(t *testing.T) {
	for _, c := range []struct {
		err   error
		again bool
	}{
		{&mysqldriver.MySQLError{Number: 1213}, true}, {&mysqldriver.MySQLError{Number: 1205}, true},
		{&mysqldriver.MySQLError{Number: 1047}, true}, {&mysqldriver.MySQLError{Number: 1020}, true},
		{driver.ErrBadConn, true}, {mysqldriver.ErrInvalidConn, true}, {wrap(driver.ErrBadConn), true},
		{&mysqldriver.MySQLError{Number: 1062}, false}, {errors.New("x"), false}, {context.Canceled, false},
		{model.Fail(model.Conflict, "unit.changed", "x"), false},
	} {
		runs := 0
		err := retry(context.Background(), func() error {
			if runs++; runs < 3 {
				return c.err
			}
			return nil
		})
		if c.again != (err == nil) || c.again != (runs == 3) {
			t.Errorf("%v: %d runs, %v", c.err, runs, err)
		}
	}
}

func TestTryingAgainEnds(t *testing.T) {
	runs := 0
	err := retry(context.Background(), func() error { runs++; return wrap(driver.ErrBadConn) })
	if runs != attempts || model.CodeOf(err) != model.Conflict || !errors.Is(err, driver.ErrBadConn) {
		t.Errorf("%d runs, %v", runs, err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	runs = 0
	if err := retry(cancelled, func() error { runs++; return driver.ErrBadConn }); runs != 1 || err == nil {
		t.Errorf("%d runs after the caller left, %v", runs, err)
	}
}

// TestADeadlockIsRunAgain lets two transactions change two units in opposite
// order; fn swallows the engine's error, and yet nothing of that attempt stays.
func TestADeadlockIsRunAgain(t *testing.T) {
	s, err := Open(t.Context(), storetest.MySQLURL(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	err = s.InTx(t.Context(), func(tx *Tx) error {
		return errors.Join(tx.AddUnit(&model.BudgetUnit{ID: 1, Code: "1", Path: "1/"}), tx.AddUnit(&model.BudgetUnit{ID: 2, Code: "2", Path: "2/"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	var both, done sync.WaitGroup
	both.Add(2)
	for _, order := range [][]int{{1, 2}, {2, 1}} {
		done.Go(func() {
			met := false
			err := s.InTx(t.Context(), func(tx *Tx) error {
				for _, id := range order {
					_ = tx.fail(tx.db.Exec("UPDATE budget_units SET version = version + 1 WHERE id = ?", id).Error)
					if !met {
						met = true
						both.Done()
						both.Wait() // each holds one row now and wants the other's
					}
				}
				_ = tx.AppendEvent(&model.Event{Action: "unit.save"})
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	var events int64
	if err := s.read.Model(&model.Event{}).Count(&events).Error; err != nil || events != 2 {
		t.Errorf("%d events of two transactions, %v", events, err)
	}
	var versions []int
	if err := s.read.Raw("SELECT version FROM budget_units").Scan(&versions).Error; err != nil || len(versions) != 2 || versions[0] != 3 || versions[1] != 3 {
		t.Errorf("got %v %v, want both updates once", versions, err)
	}
}
