// Package runner executes jobs: on a timetable in UTC, one at a time per job over all processes that
// share a store, with a time limit, a Run record that people can read, and a clean end on shutdown.
package runner

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/run"
	"piper/internal/store"
)

// Job is one row of the timetable.
type Job struct {
	Name      string        // as in `piper job NAME`
	Title     string        // what a person reads
	When      string        // the schedule in plain English
	Schedule  string        // the same for cron, in UTC
	Timeout   time.Duration // a run that takes longer is ended and failed
	TwiceSafe string        // why running it twice does no harm
	Quiet     bool          // housekeeping that runs all the time: only failures leave a Run
	Work      func(ctx context.Context, p *Progress) error

	// Due says whether there is something to do when the time comes; nil: always. A person who starts the
	// job is not asked.
	Due func(ctx context.Context) (bool, error)
}

// Runner runs jobs.
type Runner struct {
	db     *store.DB
	runs   *run.Repo
	leases *LeaseBook
	log    *slog.Logger
	holder string // this process, in leases
	jobs   map[string]Job
	names  []string // in the order of the timetable
	cron   *cron.Cron

	mu      sync.Mutex
	stopped bool
	active  map[string]context.CancelCauseFunc // by run id
	ended   map[string]run.Run                 // this process's last run, by job
	wg      sync.WaitGroup
}

// New makes a runner; each has a name of its own in the leases.
func New(db *store.DB, runs *run.Repo, leases *LeaseBook, log *slog.Logger) *Runner {
	return &Runner{db: db, runs: runs, leases: leases, log: log, holder: store.NewID(), cron: cron.New(cron.WithLocation(time.UTC)),
		jobs: map[string]Job{}, active: map[string]context.CancelCauseFunc{}, ended: map[string]run.Run{}}
}

// Schedule sets the timetable, before Start. It panics on a schedule that cron cannot read.
func (r *Runner) Schedule(jobs []Job) {
	for _, j := range jobs {
		r.jobs[j.Name] = j
		r.names = append(r.names, j.Name)
		if _, err := r.cron.AddFunc(j.Schedule, func() { r.fire(j.Name) }); err != nil {
			panic(fmt.Sprintf("runner: schedule of %s: %v", j.Name, err))
		}
	}
}

// catchUpDelay lets a start settle before it makes up for what the downtime missed.
const catchUpDelay = 3 * time.Second

// Start runs the timetable until Stop, first making up once for every job that was due while Piper was
// down.
func (r *Runner) Start(ctx context.Context) {
	r.cron.Start()
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		select {
		case <-ctx.Done():
			return
		case <-time.After(catchUpDelay):
		}
		for _, name := range r.names {
			if due, err := r.missed(ctx, r.jobs[name]); err != nil {
				r.log.Error("looking for missed runs", "job", name, "error", err)
			} else if due {
				r.fire(name)
			}
		}
	}()
}

// missed reports whether the timetable had a run between the job's last one and now. A job that never
// ran is due; a quiet one comes round by itself.
func (r *Runner) missed(ctx context.Context, j Job) (bool, error) {
	if j.Quiet {
		return false, nil
	}
	schedule, err := cron.ParseStandard(j.Schedule)
	if err != nil {
		return false, err
	}
	last, err := r.runs.Last(access.AsSystem(ctx, "timetable"), j.Name)
	if fault.Is(err, fault.NotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return schedule.Next(last.StartedAt.Time().UTC()).Before(r.db.Clock()), nil
}

// fire starts a job because its time has come. That another process runs it already is as it should be.
func (r *Runner) fire(name string) {
	if due := r.jobs[name].Due; due != nil {
		if any, err := due(access.AsSystem(context.Background(), "timetable")); err != nil || !any {
			if err != nil {
				r.log.Error("asking whether a job is due", "job", name, "error", err)
			}
			return
		}
	}
	if _, err := r.RunNow(context.Background(), name, "timetable"); err != nil && !fault.Is(err, fault.Busy) {
		r.log.Error("starting a job", "job", name, "error", err)
	}
}

// Stop ends the timetable and every run of this process, and waits until their records are written or
// ctx ends.
func (r *Runner) Stop(ctx context.Context) error {
	r.cron.Stop()
	r.mu.Lock()
	r.stopped = true
	for _, cancel := range r.active {
		cancel(errStopped)
	}
	r.mu.Unlock()
	done := make(chan struct{})
	go func() { r.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fault.Wrap(ctx.Err(), fault.Internal, "A job did not end in time.")
	}
}

// Timetable lists every job with its next run and its last.
func (r *Runner) Timetable(ctx context.Context) ([]run.Row, error) {
	rows := make([]run.Row, 0, len(r.names))
	for _, name := range r.names {
		j := r.jobs[name]
		row := run.Row{Name: j.Name, Title: j.Title, When: j.When, TwiceSafe: j.TwiceSafe, Quiet: j.Quiet}
		if schedule, err := cron.ParseStandard(j.Schedule); err == nil {
			row.Next = store.At(schedule.Next(r.db.Clock().UTC()))
		}
		last, err := r.runs.Last(ctx, name)
		switch {
		case err == nil:
			row.Last = last
		case !fault.Is(err, fault.NotFound):
			return nil, err
		}
		if j.Quiet {
			r.mu.Lock()
			if run, ok := r.ended[name]; ok {
				row.Last = &run
			}
			r.mu.Unlock()
		}
		rows = append(rows, row)
	}
	return rows, nil
}
