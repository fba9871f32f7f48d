package store

import (
	"context"

	"piper/internal/fault"
	"piper/internal/store/filter"
)

// Outcome says what an Upsert came to.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
)

// Upsert finds the document by a natural key and lets fn change it, or, where there is none, lets fn
// fill a new one (isNew). where names a declared unique key, so that of two at once one creates and the
// other updates; fn may run again for that. Nothing is written where fn changes nothing.
func (c *Collection[T]) Upsert(ctx context.Context, where filter.Expr, fn func(t *T, isNew bool) error) (t *T, outcome Outcome, err error) {
	for range attempts {
		err = c.own(ctx, false, func(ctx context.Context) error {
			t, outcome, err = c.upsert(ctx, where, fn)
			return err
		})
		raced := c.again(ctx, err) || outcome == Created && fault.Is(err, fault.Duplicate) && c.db.txOf(ctx) == nil
		if !raced {
			break
		}
	}
	if err != nil {
		return nil, "", err
	}
	return t, outcome, nil
}

func (c *Collection[T]) upsert(ctx context.Context, where filter.Expr, fn func(t *T, isNew bool) error) (*T, Outcome, error) {
	found, err := c.find(ctx, where, nil, 1)
	if err != nil {
		return nil, "", err
	}
	if len(found) == 0 {
		t := new(T)
		if err := fn(t, true); err != nil {
			return nil, "", err
		}
		return t, Created, c.Create(ctx, t)
	}
	t, changed, err := c.change(ctx, found[0], 0, func(t *T) error { return fn(t, false) })
	if !changed {
		return t, Unchanged, err
	}
	return t, Updated, err
}
