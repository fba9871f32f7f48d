// Package store keeps documents. A noun declares a Collection of its type once; the collection encodes,
// checks, indexes, searches, journals and guards every document the same way on each engine.
package store

import (
	"context"
	"io"
	"time"

	"piper/internal/store/driver"
)

// Options are what tests change.
type Options struct {
	Now func() time.Time // the clock; nil: time.Now
}

// DB is the collections of a program over one engine. Declare every collection, then Start, then use.
type DB struct {
	engine   driver.Engine
	now      func() time.Time
	declared []Declared
	schemas  []*driver.Schema
	journals []func(ctx context.Context, changes []Change) error
	versions *Collection[schemaVersion]
	version  int
	started  bool
}

// New gives a DB over the engine, which it closes when it is closed.
func New(engine driver.Engine, opts Options) *DB {
	db := &DB{engine: engine, now: opts.Now}
	if db.now == nil {
		db.now = time.Now
	}
	db.versions = Declare(db, Spec[schemaVersion]{Name: "schema"})
	return db
}

// Declared is what a collection has declared, for code that walks all of them.
type Declared struct {
	Name    string
	Refs    []Ref
	Audited bool
	Sight   string // "": open to every reader
	Schema  *driver.Schema
	Raw     Raw
	Aside   func(doc []byte) ([]byte, error) // what stays of a document in its place (Spec.Aside); nil: nothing
	needs   map[string]bool
}

// Needs reports whether a declared reference is a single id that is always there: its field, or that of the
// list element which holds it, may not be left out (no omitempty), so that what loses it has to go.
func (d Declared) Needs(field string) bool { return d.needs[field] }

// Declared lists every collection of the program, in order of declaration.
func (db *DB) Declared() []Declared { return db.declared }

// Clock gives the time of the DB's clock.
func (db *DB) Clock() time.Time { return db.now() }

// Now gives the time of the DB's clock as an Instant.
func (db *DB) Now() Instant { return At(db.now()) }

// Ping tells whether the engine answers.
func (db *DB) Ping(ctx context.Context) error { return engineFault(db.engine.Ping(ctx)) }

// Backup writes a consistent copy of everything while others go on writing.
func (db *DB) Backup(ctx context.Context, w io.Writer) error {
	return engineFault(db.engine.Backup(ctx, w))
}

// Scrub makes sure that nothing of what was removed or replaced is left on the engine's disk. It takes as
// long as copying the store, and is called after an erasure, outside a Tx.
func (db *DB) Scrub(ctx context.Context) error { return engineFault(db.engine.Scrub(ctx)) }

// Close lets go of the engine.
func (db *DB) Close() error { return db.engine.Close() }
