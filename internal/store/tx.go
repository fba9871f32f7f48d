package store

import (
	"context"
	"errors"

	"piper/internal/fault"
)

// Change is one write to an audited collection. Old is nil where the document was created, New where it
// was removed.
type Change struct {
	Collection string
	ID         string
	Rev        int64 // the revision that the write made; of a removal, the revision removed
	Old, New   []byte
}

// Journal registers fn, which is called at the end of every outermost Tx in which audited collections
// were written, inside it, with all those writes in order. What fn returns undoes the Tx. fn writes to
// collections that are not audited. Register before Start.
func (db *DB) Journal(fn func(ctx context.Context, changes []Change) error) {
	if db.started {
		panic("store: Journal after Start")
	}
	db.journals = append(db.journals, fn)
}

type guardKey struct{}

// WithGuard gives a context under which every outermost Tx, and every write outside one, calls guard as
// the last thing before it commits. What guard returns undoes the Tx. Guards of an outer context are
// called first.
func WithGuard(ctx context.Context, guard func(ctx context.Context) error) context.Context {
	outer := guardOf(ctx)
	return context.WithValue(ctx, guardKey{}, func(ctx context.Context) error {
		if outer != nil {
			if err := outer(ctx); err != nil {
				return err
			}
		}
		return guard(ctx)
	})
}

func guardOf(ctx context.Context) func(context.Context) error {
	guard, _ := ctx.Value(guardKey{}).(func(context.Context) error)
	return guard
}

type txKey struct{ db *DB }

// tx is one attempt at a transaction.
type tx struct {
	changes    []Change
	writes     int      // how many documents were written so far
	doomed     error    // why it may not commit, whatever fn returns
	undo       []func() // put back the Meta of documents in the caller's hands
	journaling bool
}

func (db *DB) txOf(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{db}).(*tx)
	return t
}

func (t *tx) abandon() {
	for i := len(t.undo) - 1; i >= 0; i-- {
		t.undo[i]()
	}
	t.undo = nil
}

// Tx makes the writes of fn one: all of them are kept, or none. A nested Tx joins the outer one. fn may
// run again after a passing conflict, so it must not act outside the store, and must not touch the
// network or files. Where a nested Tx has written and then fails, or a unique key was taken, the
// outermost Tx fails too, even if fn swallows the error: what was written by then cannot be taken back
// alone.
func (db *DB) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if t := db.txOf(ctx); t != nil {
		before := t.writes
		err := fn(ctx)
		if err != nil && t.writes > before && t.doomed == nil {
			t.doomed = err
		}
		return err
	}
	guard := guardOf(ctx)
	var t *tx
	var refused error // by fn, the journal or the guard, not by the engine
	err := db.engine.Tx(ctx, func(ctx context.Context) error {
		if t != nil {
			t.abandon()
		}
		t = &tx{}
		refused = db.attempt(context.WithValue(ctx, txKey{db}, t), t, fn, guard)
		return refused
	})
	if err != nil && t != nil {
		t.abandon()
	}
	if refused != nil && errors.Is(err, refused) {
		return err
	}
	return engineFault(err)
}

// attempt does what belongs into one attempt at a transaction.
func (db *DB) attempt(ctx context.Context, t *tx, fn, guard func(ctx context.Context) error) error {
	if err := fn(ctx); err != nil {
		return err
	}
	if t.doomed != nil {
		return t.doomed
	}
	if err := db.journal(ctx, t); err != nil {
		return err
	}
	if guard != nil {
		if err := guard(ctx); err != nil {
			return err
		}
	}
	return t.doomed
}

func (db *DB) journal(ctx context.Context, t *tx) error {
	if len(t.changes) == 0 {
		return nil
	}
	t.journaling = true
	for _, fn := range db.journals {
		if err := fn(ctx, t.changes); err != nil {
			return err
		}
	}
	return nil
}

var errJournalAudited = fault.New(fault.Internal, "The journal cannot be kept in an audited collection.")

// written notes a write of the running transaction, if there is one.
func (t *tx) written(audited bool, ch Change) error {
	t.writes++
	if !audited {
		return nil
	}
	if t.journaling {
		return errJournalAudited
	}
	t.changes = append(t.changes, ch)
	return nil
}
