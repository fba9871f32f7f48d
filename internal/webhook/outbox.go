package webhook

import (
	"context"
	"errors"
	"fmt"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// outboxBatch is how many deliveries one transaction changes.
const outboxBatch = 500

// Search says which deliveries of a webhook a list shows. Empty fields do not narrow it.
type Search struct {
	HookID string
	State  State
}

func (s Search) where() filter.And {
	w := filter.And{filter.Eq{Field: "hookId", Value: s.HookID}}
	if s.State != "" {
		w = append(w, filter.Eq{Field: "state", Value: string(s.State)})
	}
	return w
}

// Deliveries gives a page of the log, the newest first.
func (r *Repo) Deliveries(ctx context.Context, s Search, q store.Query) (store.Page[Delivery], error) {
	q.Where, q.Sort = s.where(), []driver.Key{{Path: "id", Desc: true}}
	return r.deliveries.Page(ctx, q)
}

// EachDelivery calls fn for every delivery of a search, in order of id.
func (r *Repo) EachDelivery(ctx context.Context, s Search, fn func(*Delivery) error) error {
	return r.deliveries.Each(ctx, s.where(), fn)
}

// Tally counts what is waiting for a webhook and what it failed to take.
type Tally struct {
	Waiting int `json:"waiting"`
	Failed  int `json:"failed"`
}

// Tally counts the deliveries of one webhook.
func (r *Repo) Tally(ctx context.Context, hookID string) (t Tally, err error) {
	for state, n := range map[State]*int{Waiting: &t.Waiting, Failed: &t.Failed} {
		if *n, err = r.deliveries.Count(ctx, Search{HookID: hookID, State: state}.where()); err != nil {
			return t, err
		}
	}
	return t, nil
}

// SendTest puts a delivery of no record into the outbox of a webhook. It is sent even while the webhook is
// paused, so that one can try the address first.
func (r *Repo) SendTest(ctx context.Context, hookID string) (*Delivery, error) {
	if _, err := r.hooks.Get(ctx, hookID); err != nil {
		return nil, err
	}
	by, now := access.From(ctx), r.db.Now()
	d := &Delivery{HookID: hookID, EventID: store.NewID(), Event: Test, At: now, By: by.AccountID, ByName: by.Name,
		State: Waiting, DueAt: now, Tries: []Try{}}
	return d, r.deliveries.Create(ctx, d)
}

// Replay sends one delivery again, whatever became of it; it keeps its event id.
func (r *Repo) Replay(ctx context.Context, hookID, id string) (*Delivery, error) {
	return r.deliveries.Update(ctx, id, func(d *Delivery) error {
		if d.HookID != hookID {
			return fault.New(fault.NotFound, "There is no such delivery.")
		}
		r.anew(d)
		return nil
	})
}

// ReplayFailed sends again all that a webhook failed to take, and says how many that is.
func (r *Repo) ReplayFailed(ctx context.Context, hookID string) (int, error) {
	if _, err := r.hooks.Get(ctx, hookID); err != nil {
		return 0, err
	}
	return r.again(ctx, Search{HookID: hookID, State: Failed}.where())
}

func (r *Repo) anew(d *Delivery) { d.State, d.DueAt, d.Attempts = Waiting, r.db.Now(), 0 }

// again makes all that match due now, batch by batch; what was done is no longer matched, so it may be run
// again after a failure.
func (r *Repo) again(ctx context.Context, where filter.Expr) (done int, err error) {
	for {
		n := 0
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			list, err := r.deliveries.Find(ctx, where, nil, outboxBatch)
			if n = len(list); err != nil || n == 0 {
				return err
			}
			for _, d := range list {
				r.anew(d)
			}
			return r.deliveries.ReplaceMany(ctx, list)
		})
		if done += n; err != nil || n < outboxBatch {
			return done, err
		}
	}
}

// Sweep removes deliveries that are older than 30 days, whatever became of them, and says how many.
func (r *Repo) Sweep(ctx context.Context) (int, error) {
	old := store.At(r.db.Clock().Add(-keepFor))
	return r.remove(ctx, filter.Compare{Field: "createdAt", Op: filter.Lt, Value: string(old)})
}

func (r *Repo) remove(ctx context.Context, where filter.Expr) (done int, err error) {
	for {
		n := 0
		err := r.db.Tx(ctx, func(ctx context.Context) error {
			list, err := r.deliveries.Find(ctx, where, nil, outboxBatch)
			n = len(list)
			for i := 0; err == nil && i < n; i++ {
				err = r.deliveries.Delete(ctx, list[i].ID)
			}
			return err
		})
		if done += n; err != nil || n < outboxBatch {
			return done, err
		}
	}
}

// AnyDue reports whether something is to be sent now.
func (r *Repo) AnyDue(ctx context.Context) (bool, error) {
	hooks, err := r.Hooks(ctx)
	for _, h := range hooks {
		if err != nil {
			return false, err
		}
		var due []*Delivery
		if due, err = r.Due(ctx, h, "", 1); len(due) > 0 {
			return true, err
		}
	}
	return false, err
}

// Due gives deliveries of a webhook whose time has come, at most limit, in the order in which things
// happened, those behind the id after. Of one that is paused only tests are due.
func (r *Repo) Due(ctx context.Context, h *Hook, after string, limit int) ([]*Delivery, error) {
	w := append(Search{HookID: h.ID, State: Waiting}.where(),
		filter.Compare{Field: "dueAt", Op: filter.Lte, Value: string(r.db.Now())},
		filter.Compare{Field: "id", Op: filter.Gt, Value: after})
	if h.Paused() {
		w = append(w, filter.Eq{Field: "event", Value: Test})
	}
	return r.deliveries.Find(ctx, w, nil, limit)
}

// Begin claims a delivery for one attempt: of two processes one goes on, and if that one is killed, another
// may begin two minutes later. ok is false where there is nothing to do: it is not due any more, its webhook
// is paused or gone, or an earlier event of the same record is still on its way.
func (r *Repo) Begin(ctx context.Context, id string) (d *Delivery, h *Hook, ok bool, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		ok = false
		d, err = r.deliveries.Update(ctx, id, func(d *Delivery) error {
			if d.State != Waiting || d.DueAt > r.db.Now() {
				return errNotNow
			}
			if h, err = r.hooks.Get(ctx, d.HookID); err != nil {
				return err
			}
			if h.Paused() && d.Event != Test {
				return errNotNow
			}
			if err := r.isFirst(ctx, d); err != nil {
				return err
			}
			d.Attempts++
			d.DueAt = store.At(r.db.Clock().Add(claimFor))
			return nil
		})
		ok = err == nil
		return err
	})
	if errors.Is(err, errNotNow) || fault.Is(err, fault.NotFound) {
		return nil, nil, false, nil
	}
	return d, h, ok, err
}

var errNotNow = errors.New("not now")

// isFirst refuses a delivery before which another of the same record is waiting.
func (r *Repo) isFirst(ctx context.Context, d *Delivery) error {
	if d.RecordID == "" {
		return nil
	}
	_, err := r.deliveries.First(ctx, append(Search{HookID: d.HookID, State: Waiting}.where(),
		filter.Eq{Field: "recordId", Value: d.RecordID}, filter.Compare{Field: "id", Op: filter.Lt, Value: d.ID}))
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil:
		return err
	}
	return errNotNow
}

// End notes how the attempt at d, as Begin gave it, went. One that failed is tried again later; after the last
// the delivery is given up and its webhook paused, since what cannot be reached should not be knocked at for
// ever. An attempt that another has overtaken changes nothing.
func (r *Repo) End(ctx context.Context, d *Delivery, try Try) error {
	chance := r.opts.Chance()
	return r.db.Tx(ctx, func(ctx context.Context) error {
		_, err := r.deliveries.UpdateAt(ctx, d.ID, d.Rev, func(d *Delivery) error {
			if d.Tries = append(d.Tries, try); len(d.Tries) > maxTries {
				d.Tries = d.Tries[len(d.Tries)-maxTries:]
			}
			switch {
			case try.OK():
				d.State = Delivered
			case d.Attempts >= MaxAttempts || d.Event == Test:
				d.State = Failed
			default:
				d.DueAt = store.At(r.db.Clock().Add(delay(d.Attempts, chance)))
			}
			return nil
		})
		if fault.Is(err, fault.Stale) || fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil || try.OK() || d.Attempts < MaxAttempts || d.Event == Test {
			return err
		}
		_, err = r.hooks.Update(ctx, d.HookID, func(h *Hook) error {
			if !h.Paused() {
				h.PausedAt = r.db.Now()
				h.PausedWhy = fmt.Sprintf("Paused after %d attempts at one delivery. The last one: %s", d.Attempts, try.Fault)
			}
			return nil
		})
		return err
	})
}

// Record gives the record of a delivery as its webhook may read it now; nil where none goes with it: the
// webhook wants none, it is gone, or the webhook may not read it any more.
func (r *Repo) Record(ctx context.Context, h *Hook, d *Delivery) (any, error) {
	noun, ok := r.byName[d.Noun]
	if !h.WithRecord || !ok || d.Event == Removed || d.Event == Merged {
		return nil, nil
	}
	ctx = access.With(ctx, h.Reader())
	if access.Require(ctx, noun.Needs) != nil {
		return nil, nil
	}
	record, err := noun.Read(ctx, d.RecordID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return record, err
}
