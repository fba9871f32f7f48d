package runner

import (
	"context"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
)

// lease is the right to run a job, held by one process at a time.
type lease struct {
	store.Meta
	Fence  int64         `json:"fence"`
	Holder string        `json:"holder"` // "" = free
	Until  store.Instant `json:"until,omitempty"`
}

// LeaseBook keeps the leases of all jobs.
type LeaseBook = store.Collection[lease]

// Leases declares the collection of leases.
func Leases(db *store.DB) *LeaseBook {
	return store.Declare(db, store.Spec[lease]{Name: "leases"})
}

// leaseTTL is how long a process may be silent before another takes its job over.
const leaseTTL = 30 * time.Second

// acquire takes the job's lease and gives its fencing number, or Busy while another holds it.
func (r *Runner) acquire(ctx context.Context, job string) (fence int64, err error) {
	err = r.db.Tx(ctx, func(ctx context.Context) error {
		now := r.db.Clock()
		held, err := r.leases.Get(ctx, job)
		if fault.Is(err, fault.NotFound) {
			l := &lease{Fence: 1, Holder: r.holder, Until: store.At(now.Add(leaseTTL))}
			l.ID, fence = job, 1
			return r.leases.Create(ctx, l)
		}
		if err != nil {
			return err
		}
		if held.Holder != "" && held.Until.Time().After(now) {
			return fault.New(fault.Busy, "The job %s is already running.", job)
		}
		_, err = r.leases.Update(ctx, job, func(l *lease) error {
			l.Fence++
			l.Holder, l.Until = r.holder, store.At(now.Add(leaseTTL))
			fence = l.Fence
			return nil
		})
		return err
	})
	if fault.Is(err, fault.Duplicate) || fault.Is(err, fault.Stale) {
		err = fault.New(fault.Busy, "The job %s is already running.", job) // two took it at once; the other was first
	}
	return fence, err
}

// hold gives the check that a transaction of the run makes before it commits: the lease still carries
// its number. The check writes, so that it collides with a process that takes the lease over at the
// same moment, and thereby also keeps the lease alive.
func (r *Runner) hold(job string, fence int64) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := r.leases.Update(ctx, job, func(l *lease) error {
			if l.Fence != fence || l.Holder != r.holder {
				return fault.New(fault.Busy, "Another process has taken over the job %s; this run ends.", job)
			}
			l.Until = store.At(r.db.Clock().Add(leaseTTL))
			return nil
		})
		return err
	}
}

// release gives the lease back, if it is still ours.
func (r *Runner) release(ctx context.Context, job string, fence int64) error {
	_, err := r.leases.Update(ctx, job, func(l *lease) error {
		if l.Fence == fence && l.Holder == r.holder {
			l.Holder, l.Until = "", ""
		}
		return nil
	})
	return err
}
