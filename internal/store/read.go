package store

import (
	"context"
	"fmt"
	"math"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Get gives the document of that id. fault.NotFound where there is none, or none that the reader may see.
func (c *Collection[T]) Get(ctx context.Context, id string) (*T, error) {
	b, err := c.GetRaw(ctx, id)
	if err != nil {
		return nil, err
	}
	return c.decode(b)
}

// GetRaw is Get without decoding: the stored JSON.
func (c *Collection[T]) GetRaw(ctx context.Context, id string) ([]byte, error) {
	visible, err := c.visible(ctx)
	if err != nil {
		return nil, err
	}
	if checkID(id) != nil {
		return nil, c.fault(driver.ErrNotFound, cleanText(id))
	}
	b, err := c.db.engine.Get(ctx, c.schema, id, visible)
	return b, c.fault(err, id)
}

// Find gives the documents that match, sorted, at most limit; limit 0 is all of them. Without a sort
// they come in order of id.
func (c *Collection[T]) Find(ctx context.Context, where filter.Expr, sort []driver.Key, limit int) ([]*T, error) {
	docs, err := c.find(ctx, where, sort, limit)
	if err != nil {
		return nil, err
	}
	return c.decodeAll(docs)
}

func (c *core) find(ctx context.Context, where filter.Expr, sort []driver.Key, limit int) ([][]byte, error) {
	where, err := c.prepare(ctx, where)
	if err != nil {
		return nil, err
	}
	if sort, err = c.wholeSort(sort); err != nil {
		return nil, c.wrong(err)
	}
	if limit <= 0 {
		limit = math.MaxInt32
	}
	docs, err := c.db.engine.Find(ctx, c.schema, driver.Query{Where: where, Sort: sort, Limit: limit})
	return docs, engineFault(err)
}

// First gives the first document that matches, in order of sort and id; fault.NotFound where none does.
func (c *Collection[T]) First(ctx context.Context, where filter.Expr, sort ...driver.Key) (*T, error) {
	docs, err := c.find(ctx, where, sort, 1)
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, c.fault(driver.ErrNotFound, "")
	}
	return c.decode(docs[0])
}

// Each calls fn for every document that matches, in order of id, reading as it goes. It ends at the
// first error of fn. fn must not write to the store.
func (c *Collection[T]) Each(ctx context.Context, where filter.Expr, fn func(*T) error) error {
	where, err := c.prepare(ctx, where)
	if err != nil {
		return err
	}
	var stop error
	err = c.db.engine.Each(ctx, c.schema, where, func(b []byte) error {
		var t *T
		if t, stop = c.decode(b); stop == nil {
			stop = fn(t)
		}
		return stop
	})
	if stop != nil {
		return stop
	}
	return engineFault(err)
}

// Scan calls fn with the values of fields of every document that matches, in no order: string, int64 or bool as they are
// declared, nil where there is none. It reads and decodes no document, and is for figures over very many. fields are
// declared scalars or "id". values is fn's until it returns; fn must not use the store.
func (c *Collection[T]) Scan(ctx context.Context, where filter.Expr, fields []string, fn func(values []any) error) error {
	for _, name := range fields {
		if f, ok := c.schema.Field(name); !ok || f.Multi {
			return c.wrong(fmt.Errorf("field %q is not a declared scalar", name))
		}
	}
	where, err := c.prepare(ctx, where)
	if err != nil {
		return err
	}
	var stop error
	err = c.db.engine.Scan(ctx, c.schema, where, fields, func(values []any) error {
		stop = fn(values)
		return stop
	})
	if stop != nil {
		return stop
	}
	return engineFault(err)
}

// Count counts the documents that match, exactly.
func (c *Collection[T]) Count(ctx context.Context, where filter.Expr) (int, error) {
	where, err := c.prepare(ctx, where)
	if err != nil {
		return 0, err
	}
	n, err := c.db.engine.Count(ctx, c.schema, driver.Query{Where: where, Limit: math.MaxInt32}, math.MaxInt32)
	return n, engineFault(err)
}
