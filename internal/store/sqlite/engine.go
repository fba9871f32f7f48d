// Package sqlite is the embedded engine: one file, no service. All of Piper's SQL is here.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"piper/internal/fault"
	"piper/internal/store/driver"
)

// Engine keeps collections in one SQLite file in WAL mode. Reads go to a pool of read-only connections
// and never wait for writes; writes share one connection (see writer). A commit is on the disk before
// its caller is answered.
type Engine struct {
	path    string
	writer  *writer
	readers *readers
	log     *checkpointer

	mu     sync.RWMutex
	tables map[*driver.Schema]*table
}

var _ driver.Engine = (*Engine)(nil)

// Open opens the store in the file at path, and makes it, readable by its owner only, where there is none.
func Open(path string) (*Engine, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(err, fault.Unavailable, "The folder of the store, %s, does not exist.", filepath.Dir(path))
	case err != nil:
		return nil, fault.Wrap(err, fault.Unavailable, "The store's file %s cannot be opened for writing.", path)
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	w, err := dial(path, writerRole)
	if err != nil {
		return nil, explain(err)
	}
	r, err := dialReaders(path, max(4, runtime.NumCPU()))
	if err != nil {
		_ = w.close()
		return nil, explain(err)
	}
	k, err := newCheckpointer(path, logPages)
	if err != nil {
		_, _ = r.close(), w.close()
		return nil, explain(err)
	}
	return &Engine{path: path, writer: &writer{conn: w, committed: k.committed}, readers: r, log: k, tables: map[*driver.Schema]*table{}}, nil
}

// Close waits for what is under way, writes the log back into the file and lets go of it. Closing again
// does nothing.
func (e *Engine) Close() error {
	err := e.writer.close(func(c *conn) error {
		othersErr := errors.Join(e.readers.close(), e.log.close())
		_, _ = c.exec("PRAGMA optimize") // only statistics
		// Another process may still be reading the log; whoever closes last writes it back.
		_, _ = c.number(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		return errors.Join(othersErr, c.close())
	})
	if errors.Is(err, errClosed) {
		return nil
	}
	return err
}

// Ping tells whether the file can be read.
func (e *Engine) Ping(ctx context.Context) error {
	return e.readers.use(ctx, func(c *conn) error {
		_, err := c.number(ctx, "SELECT count(*) FROM sqlite_schema")
		return explain(err)
	})
}

// table gives the schema made ready by Ensure.
func (e *Engine) table(s *driver.Schema) (*table, error) {
	e.mu.RLock()
	t := e.tables[s]
	e.mu.RUnlock()
	if t == nil {
		return nil, fmt.Errorf("sqlite: collection %s was not ensured", s.Name)
	}
	return t, nil
}

type txKey struct{ e *Engine }

// Tx runs fn in a transaction. It never runs fn twice: writers take turns, so there is no conflict.
func (e *Engine) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if e.txOf(ctx) != nil {
		return fn(ctx)
	}
	return e.writer.run(ctx, func(x *tx) error {
		return fn(context.WithValue(ctx, txKey{e}, x))
	})
}

func (e *Engine) txOf(ctx context.Context) *tx {
	x, _ := ctx.Value(txKey{e}).(*tx)
	return x
}

// write calls fn in the transaction of ctx (joined), or in one of its own.
func (e *Engine) write(ctx context.Context, fn func(x *tx, joined bool) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x := e.txOf(ctx)
	if x == nil {
		return e.writer.run(ctx, func(x *tx) error { return fn(x, false) })
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.over.Load() {
		return errOver
	}
	return fn(x, true)
}

// read calls fn with the connection of ctx's transaction, or with a reader. searched says that fn looks
// at a search index, so that held-back entries have to be written first.
func (e *Engine) read(ctx context.Context, searched bool, fn func(*conn) error) error {
	x := e.txOf(ctx)
	if x == nil {
		return e.readers.use(ctx, fn)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.over.Load() {
		return errOver
	}
	if searched && x.words().waiting() > 0 {
		if err := x.words().write(x.w.conn, x.mark.entries); err != nil {
			x.broken = explain(err)
			return x.broken
		}
	}
	return fn(x.w.conn)
}
