package sqlite

import (
	"context"
	sqldriver "database/sql/driver"
	"time"
)

// Bounds of the log, in pages of 4 KiB. The checkpointer writes it back while others go on writing, so it
// seldom comes to the end of it, and only at its end does the log begin anew. So the writer itself writes
// back what is left once the log is long.
const (
	logPages      = 4_000
	logPagesAtEnd = 16_000
	logRest       = 20 * time.Millisecond // between two looks at the log
)

// checkpointer writes the log back into the file on a connection of its own. Within a commit, where SQLite
// does it unless told otherwise, it would be an eighth of the time that many writes take.
type checkpointer struct {
	conn *conn
	from int64         // pages that wait
	wake chan struct{} // something was committed
	quit chan struct{}
	done chan struct{}
}

func newCheckpointer(path string, from int64) (*checkpointer, error) {
	c, err := dial(path, writerRole)
	if err != nil {
		return nil, err
	}
	k := &checkpointer{conn: c, from: from, wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{})}
	go k.run()
	return k, nil
}

// committed tells that the log has grown. It never waits.
func (k *checkpointer) committed() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

func (k *checkpointer) run() {
	defer close(k.done)
	for {
		select {
		case <-k.quit:
			return
		case <-k.wake:
		}
		// A log that cannot be written back now stays whole; the next commit wakes us again.
		if waiting, err := logLeft(k.conn, "NOOP"); err == nil && waiting >= k.from {
			_, _ = logLeft(k.conn, "PASSIVE")
		}
		select {
		case <-k.quit:
			return
		case <-time.After(logRest):
		}
	}
}

// logLeft runs a checkpoint and gives how many pages are left in the log that the file does not have.
func logLeft(c *conn, mode string) (left int64, err error) {
	err = c.query(context.Background(), "PRAGMA wal_checkpoint("+mode+")", nil, func(v []sqldriver.Value) error {
		log, _ := v[1].(int64)
		written, _ := v[2].(int64)
		left = log - written
		return nil
	})
	return left, err
}

// close waits for a checkpoint that is under way.
func (k *checkpointer) close() error {
	close(k.quit)
	<-k.done
	return k.conn.close()
}
