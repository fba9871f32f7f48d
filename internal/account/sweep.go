package account

import (
	"context"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// sweepBatch is how many records one transaction of Sweep removes.
const sweepBatch = 500

// Sweep removes sessions and counts of attempts whose time is over and tells how many. Nothing depends
// on it but the room they take. It is safe to run twice.
func (r *Repo) Sweep(ctx context.Context) (int, error) {
	ctx = access.AsSystem(ctx, "sweep")
	now := r.db.Now()
	sessions, err := sweep(ctx, r.db, r.sessions, "expiresAt", now, func(s *Session) string { return s.ID })
	if err != nil {
		return sessions, err
	}
	attempts, err := sweep(ctx, r.db, r.attempts, "endsAt", now, func(a *attempt) string { return a.ID })
	return sessions + attempts, err
}

// sweep removes what has passed according to the field.
func sweep[T any](ctx context.Context, db *store.DB, c *store.Collection[T], field string, now store.Instant, id func(*T) string) (int, error) {
	removed := 0
	for {
		n, found := 0, 0
		err := db.Tx(ctx, func(ctx context.Context) error {
			n = 0
			list, err := c.Find(ctx, filter.Compare{Field: field, Op: filter.Lte, Value: string(now)}, []driver.Key{{Path: "id"}}, sweepBatch)
			if err != nil {
				return err
			}
			found = len(list)
			for _, t := range list {
				if err := c.Delete(ctx, id(t)); fault.Is(err, fault.NotFound) {
					continue
				} else if err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
		removed += n
		if found < sweepBatch {
			return removed, nil
		}
	}
}
