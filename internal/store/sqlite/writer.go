package sqlite

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"piper/internal/fault"
)

// Bounds of a group: how many transactions share one commit and how long the first may wait for it.
// Most groups are as large as the number of callers that came while the last one was being written out.
const (
	groupSize = 128
	groupAge  = 20 * time.Millisecond
	queueWait = time.Minute // a caller that cannot get at the writer for so long is told that it is busy
)

// writer owns the one connection that writes. Callers come one after the other, each in its own
// goroutine; one that finds others waiting behind it leaves its work in the open SQLite transaction, lets
// the next one in and waits until the last of the group commits for all. So a disk flush is shared by
// everyone who would otherwise have queued for it. Nobody is answered before the commit; if it fails, it
// fails for all of them.
type writer struct {
	conn      *conn  // owned by whoever is inside
	committed func() // called after every commit

	mu     sync.Mutex
	inside bool
	closed bool
	queue  []chan struct{} // closed to let its owner in

	group *group // owned by whoever is inside
}

// group is one SQLite transaction and its members.
type group struct {
	begun   time.Time
	members int
	done    chan struct{}
	err     error // set before done is closed
	words   wordsQueue
}

// tx is one caller's part of a group. It is what a context carries.
type tx struct {
	mu     sync.Mutex // serialises goroutines that share the context
	w      *writer
	mark   wordsMark // where its search entries begin
	over   atomic.Bool
	broken error // a write was left half done; the transaction may not be committed
}

var errOver = errors.New("sqlite: the transaction of this context is over")

// enter waits for the writer.
func (w *writer) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return errClosed
	}
	if !w.inside {
		w.inside = true
		w.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	w.queue = append(w.queue, turn)
	w.mu.Unlock()

	timeout := time.NewTimer(queueWait)
	defer timeout.Stop()
	var err error
	select {
	case <-turn:
		if w.isClosed() {
			w.leave()
			return errClosed
		}
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timeout.C:
		err = fault.New(fault.Busy, "The store is busy with a long write. Try again in a moment.")
	}
	w.mu.Lock()
	i := slices.Index(w.queue, turn)
	if i >= 0 {
		w.queue = slices.Delete(w.queue, i, i+1)
	}
	w.mu.Unlock()
	if i < 0 { // let in at the same moment: the group may be waiting for us to end it
		w.leave()
	}
	return err
}

// run makes fn one member of a group. err is fn's own or, where that is nil, the group's.
func (w *writer) run(ctx context.Context, fn func(*tx) error) error {
	if err := w.enter(ctx); err != nil {
		return err
	}
	g, err := w.open()
	if err != nil {
		w.leave()
		return explain(err)
	}
	err = w.member(g, fn)
	<-g.done // also for a failed member, whose failure may rest on what the others wrote
	if err == nil {
		err = g.err
	}
	return err
}

// open gives the open group, or begins one.
func (w *writer) open() (*group, error) {
	if w.group != nil {
		return w.group, nil
	}
	if _, err := w.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return nil, err
	}
	w.group = &group{begun: time.Now(), done: make(chan struct{})}
	return w.group, nil
}

// member runs fn, undoes it if it fails or panics, and leaves.
func (w *writer) member(g *group, fn func(*tx) error) (err error) {
	mark := g.words.mark()
	t := &tx{w: w, mark: mark}
	alone := g.members == 0 // then undoing is rolling back everything
	finished := false
	defer func() {
		t.over.Store(true)
		if !finished || err != nil {
			w.undo(g, alone, mark, err)
		} else {
			g.members++
		}
		w.leave()
	}()
	if !alone {
		if _, err = w.conn.exec("SAVEPOINT member"); err != nil {
			return explain(err)
		}
	}
	err = fn(t)
	if err == nil {
		err = t.broken
	}
	if err == nil && !alone {
		_, err = w.conn.exec("RELEASE member")
	}
	finished = true
	return err
}

// undo takes back what a member wrote. SQLite itself may have rolled the whole transaction back, for
// instance on a full disk; then the group has failed for everyone in it, and cause says why.
func (w *writer) undo(g *group, alone bool, mark wordsMark, cause error) {
	g.words.reset(mark)
	if alone {
		w.end(g, nil, "ROLLBACK")
		return
	}
	_, err := w.conn.exec("ROLLBACK TO member")
	if err == nil {
		_, err = w.conn.exec("RELEASE member")
	}
	switch {
	case err == nil:
	case fault.Is(cause, fault.Unavailable):
		w.end(g, cause, "ROLLBACK")
	default:
		w.end(g, explain(err), "ROLLBACK")
	}
}

// leave commits the group unless somebody waits who can still join it, and lets the next one in.
func (w *writer) leave() {
	if g := w.group; g != nil && !w.joinable(g) {
		w.commit(g)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		w.inside = false
		return
	}
	next := w.queue[0]
	w.queue = slices.Delete(w.queue, 0, 1)
	close(next)
}

func (w *writer) joinable(g *group) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.queue) > 0 && !w.closed && g.members < groupSize && time.Since(g.begun) < groupAge
}

func (w *writer) commit(g *group) {
	err := g.words.write(w.conn, 0)
	if err == nil {
		_, err = w.conn.exec("COMMIT")
	}
	if err != nil {
		w.end(g, explain(err), "ROLLBACK")
		return
	}
	w.end(g, nil, "")
	w.committed()
}

// end closes a group and answers its members. A rollback may find that SQLite has done it already.
func (w *writer) end(g *group, err error, rollback string) {
	if rollback != "" {
		g.words.forget()
		_, _ = w.conn.exec(rollback)
	}
	g.err = err
	w.group = nil
	close(g.done)
}

func (w *writer) isClosed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.closed
}

// alone waits for the writer, commits what is open and calls fn outside any transaction, with everybody
// else kept out.
func (w *writer) alone(ctx context.Context, fn func(*conn) error) error {
	if err := w.enter(ctx); err != nil {
		return err
	}
	defer w.leave()
	if w.group != nil {
		w.commit(w.group)
	}
	return fn(w.conn)
}

// close waits for the member inside, commits its group, calls last with the connection and turns away
// everyone who comes later.
func (w *writer) close(last func(*conn) error) error {
	if err := w.enter(context.Background()); err != nil {
		return err
	}
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	if w.group != nil {
		w.commit(w.group)
	}
	err := last(w.conn)
	w.leave()
	return err
}
