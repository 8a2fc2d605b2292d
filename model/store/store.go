// Package store owns the one way to the database: it alone (with migration)
// speaks GORM, it alone knows which engine runs below. Every read of what
// belongs to a unit takes a Scope. It must not know rules, rights or formats: it
// keeps and finds what it is given.
package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"

	"biaochi/model"
)

// Options are the settings of a Store; the zero value is a sensible one.
type Options struct {
	// Now is the clock, time.Now where nil. Times are kept in UTC milliseconds.
	Now func() time.Time
	// Synchronous is NORMAL or FULL, for SQLite alone; FULL where empty.
	Synchronous string
	// Connections bounds the readers of SQLite and the connections to MySQL; 0
	// means a number that suits the engine.
	Connections int
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	write   *gorm.DB
	read    *gorm.DB // the same as write on MySQL
	dialect string
	now     func() time.Time
	ids     *model.IDs
}

// Tx is a running transaction. It is not safe for concurrent use, ends with the
// function it was given to, and while a sequence of one of its methods is being
// ranged over, no other method may be called.
type Tx struct {
	db       *gorm.DB
	store    *Store
	readOnly bool
	// undo takes back what a failed attempt changed in the caller's entities.
	undo []func()
	// broken is set where the engine may have given up the transaction.
	broken error
}

// Close gives back all connections; running transactions fail.
func (s *Store) Close() error {
	err := closePool(s.write)
	if s.read != s.write {
		err = errors.Join(closePool(s.read), err)
	}
	return err
}

func closePool(db *gorm.DB) error {
	if db == nil {
		return nil
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}

// NextID gives a new identifier for an entity.
func (s *Store) NextID() model.ID { return s.ids.Next() }

// InTx runs fn in one write transaction: all of it or, where fn fails or panics,
// nothing. Where the engine asks for it (deadlock, lock timeout, lost connection)
// the whole fn runs again, so it must do nothing but use its Tx and set its own
// variables. InTx does not nest.
// Errors: what fn gave; Conflict "store.busy" where trying again did not help;
// Internal for whatever else the engine says. After a connection was lost during
// commit nobody knows whether it took place; unique keys and version checks turn
// the second attempt into a Conflict then.
func (s *Store) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	return retry(ctx, func() error { return s.attempt(ctx, s.write, nil, fn) })
}

// Read runs fn on one consistent snapshot; writes through it fail.
// Errors: as InTx.
func (s *Store) Read(ctx context.Context, fn func(tx *Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if s.read == s.write {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return retry(ctx, func() error { return s.attempt(ctx, s.read, opts, fn) })
}

func (s *Store) attempt(ctx context.Context, db *gorm.DB, opts *sql.TxOptions, fn func(tx *Tx) error) error {
	begun := db.WithContext(ctx).Begin(opts)
	if begun.Error != nil {
		return wrap(begun.Error)
	}
	tx := &Tx{store: s, readOnly: opts != nil && opts.ReadOnly}
	tx.db = begun.Set(txKey, tx).Session(&gorm.Session{})
	committed := false
	defer func() {
		if !committed {
			begun.Rollback()
			tx.rollBack()
		}
	}()
	err := fn(tx)
	if tx.broken != nil {
		err = tx.broken
	}
	if err != nil {
		return err
	}
	if err := begun.Commit().Error; err != nil {
		return wrap(err)
	}
	committed = true
	return nil
}

// txKey is where a handle of GORM keeps its transaction.
const txKey = "store:tx"

var errReadOnly = errors.New("a write within a Read")

// refuseWrites stops writes where they can't be right: in a Read, where MySQL says
// by rejectReadOnly that the connection is bad; and after an error by which MySQL
// gave up the transaction, where they would be committed one by one.
func refuseWrites(db *gorm.DB) error {
	refuse := func(db *gorm.DB) {
		value, _ := db.Get(txKey)
		tx, ok := value.(*Tx)
		switch {
		case ok && tx.broken != nil:
			_ = db.AddError(tx.broken)
		case ok && tx.readOnly:
			_ = db.AddError(errReadOnly)
		}
	}
	on := db.Callback()
	return errors.Join(
		on.Create().Before("gorm:create").Register(txKey, refuse),
		on.Update().Before("gorm:update").Register(txKey, refuse),
		on.Delete().Before("gorm:delete").Register(txKey, refuse),
		on.Raw().Before("gorm:raw").Register(txKey, refuse))
}

func (tx *Tx) rollBack() {
	for i := len(tx.undo) - 1; i >= 0; i-- {
		tx.undo[i]()
	}
}

// now is the clock in the precision that both engines keep.
func (tx *Tx) now() time.Time { return milliseconds(tx.store.now()) }

func milliseconds(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// nextID fills in an identifier that the caller left out.
func (tx *Tx) nextID(id *model.ID) {
	if *id == 0 {
		*id = tx.store.NextID()
	}
}
