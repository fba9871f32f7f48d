package store

import (
	"context"
	"errors"
	"runtime"

	"golang.org/x/sync/errgroup"

	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// attempts is how often a write that met another is tried again outside a Tx.
const attempts = 8

// batch is how many documents go to the engine at once.
const batch = 500

// createBatch is the same for new documents, of which an engine can index many at once.
const createBatch = 5000

// own runs fn in a Tx where the write must be one with its journal entry or its guard, or where whole
// says that it is several writes; else it runs it as it is.
func (c *core) own(ctx context.Context, whole bool, fn func(ctx context.Context) error) error {
	needed := whole || c.audited && len(c.db.journals) > 0 || guardOf(ctx) != nil
	if needed {
		return c.db.Tx(ctx, fn)
	}
	return fn(ctx)
}

// keep puts *m back to what it was if the write is undone.
func (c *core) keep(ctx context.Context, m *Meta) (undo func()) {
	was := *m
	undo = func() { *m = was }
	if t := c.db.txOf(ctx); t != nil {
		t.undo = append(t.undo, undo)
	}
	return undo
}

// done notes what the engine made of a write, for the running Tx.
func (c *core) done(ctx context.Context, err error, id string, changes ...Change) error {
	t := c.db.txOf(ctx)
	if t == nil {
		return c.fault(err, id)
	}
	if err != nil {
		err = c.fault(err, id)
		// Some engines give up the whole transaction here, so none may go on.
		if fault.Is(err, fault.Duplicate) && t.doomed == nil {
			t.doomed = err
		}
		return err
	}
	for _, ch := range changes {
		if err := t.written(c.audited, ch); err != nil {
			t.doomed = err
			return err
		}
	}
	return nil
}

// Create stores a new document and sets its Meta; an id that is set already is kept. fault.Duplicate
// where the id or a unique key is taken.
func (c *Collection[T]) Create(ctx context.Context, t *T) error {
	return c.CreateMany(ctx, []*T{t})
}

// CreateMany stores new documents, all or none.
func (c *Collection[T]) CreateMany(ctx context.Context, list []*T) error {
	if _, err := c.visible(ctx); err != nil {
		return err
	}
	now := c.db.Now()
	return c.own(ctx, len(list) > createBatch, func(ctx context.Context) error {
		for from := 0; from < len(list); from += createBatch {
			if err := c.create(ctx, now, list[from:min(from+createBatch, len(list))]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *Collection[T]) create(ctx context.Context, now Instant, list []*T) (err error) {
	changes := make([]Change, len(list))
	undo := make([]func(), 0, len(list))
	defer func() {
		if err != nil {
			for _, u := range undo {
				u()
			}
		}
	}()
	for _, t := range list {
		m := metaOf(t)
		undo = append(undo, c.keep(ctx, m))
		if m.ID == "" {
			m.ID = NewID()
		}
		if err := checkID(m.ID); err != nil {
			return err
		}
		m.Rev, m.CreatedAt, m.UpdatedAt = 1, now, now
	}
	docs, err := c.docs(list)
	if err != nil {
		return err
	}
	for i, d := range docs {
		changes[i] = Change{Collection: c.schema.Name, ID: d.ID, Rev: 1, New: d.JSON}
	}
	return c.done(ctx, c.db.engine.Insert(ctx, c.schema, docs), metaOf(list[0]).ID, changes...)
}

// docs makes the documents of a list, long ones on all processors: encoding and the words of a mail take
// longer than the engine does to store them.
func (c *Collection[T]) docs(list []*T) ([]driver.Doc, error) {
	docs := make([]driver.Doc, len(list))
	encode := func(from, to int) (err error) {
		for i := from; i < to; i++ {
			if docs[i], err = c.doc(list[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if len(list) < 32 {
		return docs, encode(0, len(list))
	}
	var group errgroup.Group
	share := (len(list) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	for from := 0; from < len(list); from += share {
		group.Go(func() error { return encode(from, min(from+share, len(list))) })
	}
	return docs, group.Wait()
}

// Update reads the document, lets fn change it and stores it as the next revision; nothing is written
// where fn changes nothing. fn may run again, on a fresh copy, when another write came between. What fn
// returns is returned.
func (c *Collection[T]) Update(ctx context.Context, id string, fn func(*T) error) (*T, error) {
	return c.update(ctx, id, 0, fn)
}

// UpdateAt is Update of exactly that revision; fault.Stale where it is not the current one.
func (c *Collection[T]) UpdateAt(ctx context.Context, id string, rev int64, fn func(*T) error) (*T, error) {
	if rev <= 0 {
		return nil, c.revisionRequired()
	}
	return c.update(ctx, id, rev, fn)
}

func (c *Collection[T]) update(ctx context.Context, id string, rev int64, fn func(*T) error) (t *T, err error) {
	for range attempts {
		err = c.own(ctx, false, func(ctx context.Context) error {
			old, err := c.GetRaw(ctx, id)
			if err != nil {
				return err
			}
			t, _, err = c.change(ctx, old, rev, fn)
			return err
		})
		if rev > 0 || !c.again(ctx, err) {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// again reports whether a write failed only because another came between, outside a Tx, so that
// trying again may do.
func (c *core) again(ctx context.Context, err error) bool {
	return errors.Is(err, driver.ErrStale) && c.db.txOf(ctx) == nil && ctx.Err() == nil
}

// change lets fn change a copy of the stored document and replaces it where that makes a difference.
func (c *Collection[T]) change(ctx context.Context, old []byte, rev int64, fn func(*T) error) (t *T, changed bool, err error) {
	if t, err = c.decode(old); err != nil {
		return nil, false, err
	}
	m := metaOf(t)
	was := *m
	if rev > 0 && was.Rev != rev {
		return nil, false, c.fault(driver.ErrStale, was.ID)
	}
	if err := fn(t); err != nil {
		return nil, false, err
	}
	*m = was
	same, err := c.same(t, old)
	if err != nil || same {
		return t, false, err
	}
	m.Rev, m.UpdatedAt = was.Rev+1, c.db.Now()
	return t, true, c.replace(ctx, t, was.Rev, old)
}

// same reports whether t encodes to what is stored, or to what a copy of that encodes to: bytes that an
// earlier version of the program wrote differently are not a change.
func (c *Collection[T]) same(t *T, old []byte) (bool, error) {
	b, err := c.encode(t)
	if err != nil || string(b) == string(old) {
		return err == nil, err
	}
	was, err := c.decode(old)
	if err != nil {
		return false, err
	}
	again, err := c.encode(was)
	return err == nil && string(b) == string(again), err
}

func (c *Collection[T]) replace(ctx context.Context, t *T, rev int64, old []byte) error {
	d, err := c.doc(t)
	if err != nil {
		return err
	}
	err = c.db.engine.Replace(ctx, c.schema, d, rev)
	return c.done(ctx, err, d.ID, Change{Collection: c.schema.Name, ID: d.ID, Rev: d.Rev, Old: old, New: d.JSON})
}

// ReplaceMany stores documents that were read before, each in the place of the revision it carries, all
// or none. fault.Stale where one has changed meanwhile.
func (c *Collection[T]) ReplaceMany(ctx context.Context, list []*T) error {
	now := c.db.Now()
	return c.own(ctx, len(list) > 1, func(ctx context.Context) error {
		for from := 0; from < len(list); from += batch {
			if err := c.replaceBatch(ctx, now, list[from:min(from+batch, len(list))]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *Collection[T]) replaceBatch(ctx context.Context, now Instant, list []*T) error {
	old, err := c.stored(ctx, list)
	if err != nil {
		return err
	}
	for _, t := range list {
		m := metaOf(t)
		if old != nil && old[m.ID] == nil {
			return c.fault(driver.ErrNotFound, m.ID)
		}
		undo := c.keep(ctx, m)
		rev := m.Rev
		m.Rev, m.UpdatedAt = rev+1, now
		if err := c.replace(ctx, t, rev, old[m.ID]); err != nil {
			undo()
			return err
		}
	}
	return nil
}

// stored gives what is stored of the documents in list, by id: those that the reader may see. It is nil
// where nobody needs it: the reader may see all and no journal is kept.
func (c *Collection[T]) stored(ctx context.Context, list []*T) (map[string][]byte, error) {
	visible, err := c.visible(ctx)
	if err != nil || visible == nil && !(c.audited && len(c.db.journals) > 0) {
		return nil, err
	}
	in := make([]any, len(list))
	for i, t := range list {
		in[i] = metaOf(t).ID
	}
	found, err := c.find(ctx, filter.In{Field: "id", Values: in}, nil, 0)
	if err != nil {
		return nil, err
	}
	old := make(map[string][]byte, len(found))
	for _, b := range found {
		m, err := readMeta(b)
		if err != nil {
			return nil, c.fault(err, "")
		}
		old[m.ID] = b
	}
	return old, nil
}

// Delete removes the document for good. fault.NotFound where there is none that the reader may see.
func (c *Collection[T]) Delete(ctx context.Context, id string) (err error) {
	for range attempts {
		err = c.own(ctx, false, func(ctx context.Context) error {
			old, err := c.GetRaw(ctx, id)
			if err != nil {
				return err
			}
			m, err := readMeta(old)
			if err != nil {
				return c.fault(err, id)
			}
			return c.drop(ctx, id, m.Rev, old)
		})
		if !c.again(ctx, err) {
			break
		}
	}
	return err
}

// DeleteAt removes exactly that revision for good, unless may, which can be nil, says no of it in the same Tx. fault.Stale
// where it is not the current one.
func (c *Collection[T]) DeleteAt(ctx context.Context, id string, rev int64, may func(ctx context.Context, t *T) error) error {
	if rev <= 0 {
		return c.revisionRequired()
	}
	return c.own(ctx, true, func(ctx context.Context) error {
		old, err := c.GetRaw(ctx, id)
		if err != nil {
			return err
		}
		t, err := c.decode(old)
		if err != nil {
			return err
		}
		if metaOf(t).Rev != rev {
			return c.fault(driver.ErrStale, id)
		}
		if may != nil {
			if err := may(ctx, t); err != nil {
				return err
			}
		}
		return c.drop(ctx, id, rev, old)
	})
}

func (c *core) drop(ctx context.Context, id string, rev int64, old []byte) error {
	err := c.db.engine.Delete(ctx, c.schema, id, rev)
	return c.done(ctx, err, id, Change{Collection: c.schema.Name, ID: id, Rev: rev, Old: old})
}

func (c *core) revisionRequired() error {
	return fault.New(fault.RevisionRequired, "Say which revision of the %s you change.", c.noun)
}

var metaFields = driver.NewExtractor([]driver.Field{{Path: "id"}, {Path: "rev", Kind: driver.Int}})

// readMeta gives id and rev of stored bytes.
func readMeta(doc []byte) (Meta, error) {
	values, err := metaFields.Extract(doc)
	if err != nil {
		return Meta{}, err
	}
	if len(values[0]) == 0 || len(values[1]) == 0 {
		return Meta{}, errors.New("store: a stored document lacks id or rev")
	}
	return Meta{ID: values[0][0].(string), Rev: values[1][0].(int64)}, nil
}
