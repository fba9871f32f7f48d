package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/run"
	"piper/internal/store"
)

// errStopped is the cause of a run that a person or a shutdown ended.
var errStopped = errors.New("stopped")

// heartbeat is how often a running job's record shows its progress, its lease is renewed and a wish to
// stop is seen.
const heartbeat = time.Second

// Unavailable is what a job returns where the source did not answer as it should: nothing was changed,
// and there is nothing to mend on our side.
func Unavailable(err error, format string, args ...any) error {
	return fault.Wrap(err, fault.Unavailable, format, args...)
}

// RunNow starts a job in the background and gives its Run as it begins. Busy where it runs already,
// NotFound for a name that is not on the timetable.
func (r *Runner) RunNow(ctx context.Context, name, by string) (*run.Run, error) {
	rec, work, err := r.begin(context.WithoutCancel(ctx), name, by)
	if err != nil {
		return nil, err
	}
	started := *rec
	go work()
	return &started, nil
}

// Execute runs a job and gives its finished Run. It ends early, as stopped, when ctx ends.
func (r *Runner) Execute(ctx context.Context, name, by string) (*run.Run, error) {
	rec, work, err := r.begin(ctx, name, by)
	if err != nil {
		return nil, err
	}
	work()
	return rec, nil
}

// begin takes the lease and opens the record. The caller must call work, which ends both.
func (r *Runner) begin(ctx context.Context, name, by string) (rec *run.Run, work func(), err error) {
	j, ok := r.jobs[name]
	if !ok {
		return nil, nil, fault.New(fault.NotFound, "There is no job called %q; there are %v.", name, r.names)
	}
	r.mu.Lock()
	if r.stopped {
		r.mu.Unlock()
		return nil, nil, fault.New(fault.Busy, "Piper is shutting down.")
	}
	r.wg.Add(1)
	r.mu.Unlock()
	defer func() {
		if err != nil {
			r.wg.Done()
		}
	}()

	ctx = access.AsSystem(ctx, "job "+name)
	bookkeeping := context.WithoutCancel(ctx)
	fence, err := r.acquire(bookkeeping, name)
	if err != nil {
		return nil, nil, err
	}
	rec = &run.Run{Job: name, Outcome: run.Running, Message: "Running.", By: by, Fence: fence,
		Counts: map[string]int64{}, Rejects: []run.Reject{}, StartedAt: r.db.Now()}
	rec.ID = store.NewID()
	if !j.Quiet {
		if err = r.runs.Open(bookkeeping, rec); err != nil {
			return nil, nil, errors.Join(err, r.release(bookkeeping, name, fence))
		}
	}
	return rec, func() { defer r.wg.Done(); r.execute(ctx, j, rec) }, nil
}

// execute does the work of a run under its lease and writes down how it ended.
func (r *Runner) execute(ctx context.Context, j Job, rec *run.Run) {
	bookkeeping := context.WithoutCancel(ctx)
	ctx, cancel := context.WithCancelCause(ctx)
	r.mu.Lock()
	r.active[rec.ID] = cancel
	if r.stopped {
		cancel(errStopped)
	}
	r.mu.Unlock()

	guard := r.hold(j.Name, rec.Fence)
	working, done := context.WithTimeoutCause(store.WithGuard(ctx, guard), j.Timeout, errTimeout)
	p := NewProgress()
	beatEnded := make(chan struct{})
	go func() { defer close(beatEnded); r.beat(working, bookkeeping, cancel, j, rec.ID, guard, p) }()

	err := r.work(working, j, p)
	cause := context.Cause(working)
	done()
	<-beatEnded
	cancel(nil)
	r.mu.Lock()
	delete(r.active, rec.ID)
	r.mu.Unlock()

	p.into(rec)
	rec.EndedAt = r.db.Now()
	rec.Outcome, rec.Message = verdict(err, cause, j, p, rec.Message)
	if rec.Outcome == run.Failed {
		r.log.Error("job failed", "job", j.Name, "run", rec.ID, "error", err)
	} else if !j.Quiet {
		r.log.Info("job ended", "job", j.Name, "run", rec.ID, "outcome", rec.Outcome, "message", rec.Message)
	}
	if err := r.finish(bookkeeping, j, rec); err != nil {
		r.log.Error("writing a run's record", "job", j.Name, "run", rec.ID, "error", err)
	}
	if err := r.release(bookkeeping, j.Name, rec.Fence); err != nil {
		r.log.Error("giving back a lease", "job", j.Name, "error", err)
	}
	r.mu.Lock()
	r.ended[j.Name] = *rec
	r.mu.Unlock()
}

// errTimeout is the cause of a run that took longer than its job allows.
var errTimeout = errors.New("timeout")

// work calls the job, and turns a panic into an error with its stack for the log.
func (r *Runner) work(ctx context.Context, j Job, p *Progress) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fault.Wrap(fmt.Errorf("panic: %v\n%s", v, debug.Stack()), fault.Internal, "The job broke off by a fault in Piper. The log has the details.")
		}
	}()
	return j.Work(ctx, p)
}

// verdict is how a run ended, and the sentence that says so.
func verdict(err, cause error, j Job, p *Progress, message string) (run.Outcome, string) {
	saying := func(sentence string) string {
		if message != "" && message != "Running." {
			return sentence + " " + message
		}
		return sentence
	}
	var f *fault.Error
	switch {
	case err == nil && p.partial:
		return run.Partial, message
	case err == nil:
		if message == "Running." {
			message = "Done."
		}
		if !p.changedSomething() {
			return run.Unchanged, message
		}
		return run.Done, message
	case errors.Is(cause, errStopped) || errors.Is(cause, context.Canceled):
		return run.Stopped, saying("Stopped before it was finished; the next run goes on from there.")
	case errors.Is(cause, errTimeout):
		return run.Failed, saying(fmt.Sprintf("Ended because it took longer than %s.", j.Timeout))
	case fault.Is(err, fault.Unavailable) && errors.As(err, &f):
		return run.Unavailable, f.Message
	case errors.As(err, &f) && f.Code != fault.Internal:
		return run.Failed, f.Message
	case errors.As(err, &f) && f.Message != "":
		return run.Failed, f.Message
	default:
		return run.Failed, saying("The job failed. The log has the details.")
	}
}

// beat shows progress, keeps the lease and looks for a wish to stop, until the work ends.
func (r *Runner) beat(working, bookkeeping context.Context, cancel context.CancelCauseFunc, j Job, id string, guard func(context.Context) error, p *Progress) {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-working.Done():
			return
		case <-tick.C:
		}
		if err := guard(bookkeeping); fault.Is(err, fault.Busy) {
			cancel(err)
			return
		}
		if j.Quiet {
			continue
		}
		current, err := r.runs.Update(bookkeeping, id, func(rec *run.Run) error { p.into(rec); return nil })
		if err == nil && current.Stop {
			cancel(errStopped)
			return
		}
	}
}

// finish writes how a run ended. A quiet job leaves a record of failures only.
func (r *Runner) finish(ctx context.Context, j Job, rec *run.Run) error {
	if j.Quiet {
		if rec.Outcome != run.Failed {
			return nil
		}
		return r.runs.Create(ctx, rec)
	}
	saved, err := r.runs.Update(ctx, rec.ID, func(d *run.Run) error {
		meta, stop := d.Meta, d.Stop
		*d = *rec
		d.Meta, d.Stop = meta, stop
		return nil
	})
	if err == nil {
		*rec = *saved
	}
	return err
}

// StopRun asks a run to end, in whichever process it runs. NotFound for an unknown run; a run that has
// ended already is left as it is.
func (r *Runner) StopRun(ctx context.Context, id string) (*run.Run, error) {
	ctx = access.AsSystem(ctx, access.From(ctx).Name)
	rec, err := r.runs.Update(ctx, id, func(rec *run.Run) error {
		if rec.Outcome == run.Running {
			rec.Stop = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if cancel, ours := r.active[id]; ours {
		cancel(errStopped)
	}
	return rec, nil
}
