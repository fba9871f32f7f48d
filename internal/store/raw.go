package store

import (
	"context"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Raw is a collection without its type, for code that walks what every collection declares: merge,
// erasure, export. It reads and writes stored JSON under the same sight, journal, index and guard as the
// collection itself.
type Raw interface {
	// Find gives the documents that match, in order of id; limit 0 is all of them.
	Find(ctx context.Context, where filter.Expr, limit int) ([][]byte, error)
	// Count counts the documents that match.
	Count(ctx context.Context, where filter.Expr) (int, error)
	// Each calls fn for every document in order of id. fn must not write to the store.
	Each(ctx context.Context, fn func(doc []byte) error) error
	// Replace puts doc in the place of the revision it carries, as the next one and in its tidy form, and
	// gives what is stored then. fault.Stale where that revision is not the current one.
	Replace(ctx context.Context, doc []byte) ([]byte, error)
	// Rewrite lets fn write every document in another form, in a migration: fn gives it as it shall be, or nil where it
	// stays. Nobody has changed these records, so it is not journaled, and revisions and times stay as they are.
	Rewrite(ctx context.Context, fn func(doc []byte) ([]byte, error)) error
	// Remove removes the document for good.
	Remove(ctx context.Context, id string) error
	// Restore puts a document that was removed back under its id, with the time of its making, as the
	// revision after the one it carries. fault.Duplicate where its id or a unique key is taken meanwhile.
	Restore(ctx context.Context, doc []byte) error
}

// raw is the Raw of a collection.
type raw[T any] struct{ c *Collection[T] }

func (r raw[T]) Find(ctx context.Context, where filter.Expr, limit int) ([][]byte, error) {
	return r.c.find(ctx, where, nil, limit)
}

func (r raw[T]) Count(ctx context.Context, where filter.Expr) (int, error) {
	return r.c.Count(ctx, where)
}

func (r raw[T]) Each(ctx context.Context, fn func(doc []byte) error) error {
	visible, err := r.c.visible(ctx)
	if err != nil {
		return err
	}
	var stop error
	err = r.c.db.engine.Each(ctx, r.c.schema, visible, func(doc []byte) error {
		stop = fn(doc)
		return stop
	})
	if stop != nil {
		return stop
	}
	return engineFault(err)
}

func (r raw[T]) Replace(ctx context.Context, doc []byte) (stored []byte, err error) {
	m, err := readMeta(doc)
	if err != nil {
		return nil, r.c.fault(err, "")
	}
	t, err := r.c.UpdateAt(ctx, m.ID, m.Rev, func(t *T) error {
		fresh, err := r.c.decode(doc)
		if err != nil {
			return err
		}
		*t = *fresh
		return r.tidy(t)
	})
	if err != nil {
		return nil, err
	}
	return r.c.encode(t)
}

func (r raw[T]) Rewrite(ctx context.Context, fn func(doc []byte) ([]byte, error)) error {
	for after := ""; ; {
		docs, err := r.c.find(ctx, filter.Compare{Field: "id", Op: filter.Gt, Value: after}, nil, batch)
		if err != nil || len(docs) == 0 {
			return err
		}
		for _, old := range docs {
			m, err := readMeta(old)
			if err != nil {
				return r.c.fault(err, "")
			}
			after = m.ID
			if err := r.rewrite(ctx, old, m.Rev, fn); err != nil {
				return err
			}
		}
	}
}

func (r raw[T]) rewrite(ctx context.Context, old []byte, rev int64, fn func(doc []byte) ([]byte, error)) error {
	fresh, err := fn(old)
	if err != nil || fresh == nil {
		return err
	}
	t, err := r.c.decode(fresh)
	if err != nil {
		return err
	}
	d, err := r.c.doc(t)
	if err != nil {
		return err
	}
	return r.c.fault(r.c.db.engine.Replace(ctx, r.c.schema, d, rev), d.ID)
}

func (r raw[T]) Remove(ctx context.Context, id string) error { return r.c.Delete(ctx, id) }

func (r raw[T]) Restore(ctx context.Context, doc []byte) error {
	t, err := r.c.decode(doc)
	if err != nil {
		return err
	}
	if err := r.tidy(t); err != nil {
		return err
	}
	m := metaOf(t)
	if err := checkID(m.ID); err != nil {
		return err
	}
	m.Rev, m.UpdatedAt = m.Rev+1, r.c.db.Now()
	d, err := r.c.doc(t)
	if err != nil {
		return err
	}
	return r.c.own(ctx, false, func(ctx context.Context) error {
		err := r.c.db.engine.Insert(ctx, r.c.schema, []driver.Doc{d})
		return r.c.done(ctx, err, d.ID, Change{Collection: r.c.schema.Name, ID: d.ID, Rev: d.Rev, New: d.JSON})
	})
}

// aside gives fn over encoded documents.
func (c *Collection[T]) aside(fn func(*T)) func([]byte) ([]byte, error) {
	if fn == nil {
		return nil
	}
	return func(doc []byte) ([]byte, error) {
		t, err := c.decode(doc)
		if err != nil {
			return nil, err
		}
		fn(t)
		return c.encode(t)
	}
}

func (r raw[T]) tidy(t *T) error {
	if r.c.tidy == nil {
		return nil
	}
	return r.c.tidy(t)
}
