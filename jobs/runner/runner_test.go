package runner_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/run"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/jobs/runner"
)

type thing struct {
	store.Meta
	Text string `json:"text"`
}

// house is a store with two runners on it, as two processes would have.
type house struct {
	db     *store.DB
	runs   *run.Repo
	things *store.Collection[thing]
	one    *runner.Runner
	two    *runner.Runner
	clock  atomic.Int64 // seconds ahead of the true time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{}
	h.db = store.New(memory.New(), store.Options{Now: func() time.Time {
		return time.Now().Add(time.Duration(h.clock.Load()) * time.Second)
	}})
	h.things = store.Declare(h.db, store.Spec[thing]{Name: "things", Fields: []driver.Field{{Path: "text"}}})
	h.runs = run.NewRepo(h.db)
	leases := runner.Leases(h.db)
	h.one = runner.New(h.db, h.runs, leases, slog.New(slog.DiscardHandler))
	h.two = runner.New(h.db, h.runs, leases, slog.New(slog.DiscardHandler))
	if err := h.db.Start(system(), nil); err != nil {
		t.Fatal(err)
	}
	return h
}

func system() context.Context { return access.AsSystem(context.Background(), "test") }

func job(name string, work func(context.Context, *runner.Progress) error) runner.Job {
	return runner.Job{Name: name, Title: name, Schedule: "0 5 * * *", Timeout: time.Minute, Work: work}
}

func (h *house) execute(t *testing.T, work func(context.Context, *runner.Progress) error) *run.Run {
	t.Helper()
	h.one.Schedule([]runner.Job{job("work", work)})
	rec, err := h.one.Execute(context.Background(), "work", "a test")
	if err != nil {
		t.Fatal(err)
	}
	saved, err := h.runs.Get(system(), rec.ID)
	if err != nil {
		t.Fatal(err)
	}
	if saved.Outcome != rec.Outcome || saved.EndedAt == "" {
		t.Fatalf("saved run %+v, returned %+v", saved, rec)
	}
	return saved
}

func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		name string
		work func(context.Context, *runner.Progress) error
		want run.Outcome
	}{
		{"created something", func(_ context.Context, p *runner.Progress) error { p.Count("created", 3); return nil }, run.Done},
		{"only looked", func(_ context.Context, p *runner.Progress) error { p.Count("unchanged", 3); return nil }, run.Unchanged},
		{"a part", func(_ context.Context, p *runner.Progress) error {
			p.Count("created", 1)
			p.Partial("One of two.")
			return nil
		}, run.Partial},
		{"no source", func(context.Context, *runner.Progress) error {
			return runner.Unavailable(errors.New("refused"), "The source does not answer.")
		}, run.Unavailable},
		{"an error", func(context.Context, *runner.Progress) error { return errors.New("boom") }, run.Failed},
		{"a panic", func(context.Context, *runner.Progress) error { panic("boom") }, run.Failed},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := newHouse(t).execute(t, c.work)
			if rec.Outcome != c.want {
				t.Fatalf("outcome %s (%s), want %s", rec.Outcome, rec.Message, c.want)
			}
			if rec.Message == "" || rec.Message == "boom" {
				t.Fatalf("the message %q is no sentence for a person", rec.Message)
			}
		})
	}
}

func TestCountsAndRejectsAreKept(t *testing.T) {
	rec := newHouse(t).execute(t, func(_ context.Context, p *runner.Progress) error {
		p.Total(5)
		p.Done(4)
		p.Count("created", 4)
		p.Reject("row 5", "no date")
		p.Say("Four of five.")
		return nil
	})
	if rec.Counts["created"] != 4 || rec.Counts["rejected"] != 1 || rec.Total != 5 || rec.Finished != 4 ||
		len(rec.Rejects) != 1 || rec.Rejects[0] != (run.Reject{Ref: "row 5", Reason: "no date"}) || rec.Message != "Four of five." {
		t.Fatalf("%+v", rec)
	}
}

func TestNoOverlapBetweenProcesses(t *testing.T) {
	h := newHouse(t)
	started, finish := make(chan bool), make(chan bool)
	slow := job("work", func(context.Context, *runner.Progress) error { started <- true; <-finish; return nil })
	h.one.Schedule([]runner.Job{slow})
	go func() { _, _ = h.one.Execute(context.Background(), "work", "first") }()
	<-started
	if _, err := h.one.RunNow(context.Background(), "work", "second"); !fault.Is(err, fault.Busy) {
		t.Fatalf("a second run of a running job: %v", err)
	}
	finish <- true
	if err := h.one.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// A process that slept through its lease must not write any more once another has taken the job over.
func TestFencing(t *testing.T) {
	h := newHouse(t)
	rec := h.execute(t, func(ctx context.Context, _ *runner.Progress) error {
		if err := h.db.Tx(ctx, func(ctx context.Context) error { return h.things.Create(ctx, &thing{Text: "in time"}) }); err != nil {
			t.Errorf("a write under the lease: %v", err)
		}
		h.clock.Add(3600) // the lease runs out while we sleep
		other := h.two
		other.Schedule([]runner.Job{job("work", func(context.Context, *runner.Progress) error { return nil })})
		if rec, err := other.Execute(context.Background(), "work", "the other"); err != nil || rec.Outcome != run.Unchanged {
			t.Errorf("taking over: %+v, %v", rec, err)
		}
		err := h.db.Tx(ctx, func(ctx context.Context) error { return h.things.Create(ctx, &thing{Text: "too late"}) })
		if !fault.Is(err, fault.Busy) {
			t.Errorf("a write after the lease was lost: %v", err)
		}
		return err
	})
	if rec.Outcome == run.Done || rec.Outcome == run.Unchanged {
		t.Fatalf("outcome %s", rec.Outcome)
	}
	if n, err := h.things.Count(system(), nil); n != 1 || err != nil {
		t.Fatalf("%d things, %v; want only the one written in time", n, err)
	}
}

func TestStopAndShutdown(t *testing.T) {
	for name, end := range map[string]func(h *house, id string) error{
		"asked by a person": func(h *house, id string) error { _, err := h.one.StopRun(system(), id); return err },
		"shutdown": func(h *house, _ string) error {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			return h.one.Stop(ctx)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.one.Schedule([]runner.Job{job("work", func(ctx context.Context, _ *runner.Progress) error { <-ctx.Done(); return ctx.Err() })})
			rec, err := h.one.RunNow(context.Background(), "work", "a test")
			if err != nil || rec.Outcome != run.Running {
				t.Fatalf("%+v, %v", rec, err)
			}
			if err := end(h, rec.ID); err != nil {
				t.Fatal(err)
			}
			deadline := time.Now().Add(10 * time.Second)
			for {
				saved, err := h.runs.Get(system(), rec.ID)
				if err != nil {
					t.Fatal(err)
				}
				if saved.Outcome == run.Stopped {
					break
				}
				if time.Now().After(deadline) {
					t.Fatalf("still %s", saved.Outcome)
				}
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
}

func TestTimeoutFailsTheRun(t *testing.T) {
	h := newHouse(t)
	j := job("work", func(ctx context.Context, _ *runner.Progress) error { <-ctx.Done(); return ctx.Err() })
	j.Timeout = 20 * time.Millisecond
	h.one.Schedule([]runner.Job{j})
	rec, err := h.one.Execute(context.Background(), "work", "a test")
	if err != nil || rec.Outcome != run.Failed {
		t.Fatalf("%+v, %v", rec, err)
	}
}

// A run whose process was killed says so as soon as the job runs again.
func TestKilledRunIsToldOf(t *testing.T) {
	h := newHouse(t)
	dead := &run.Run{Job: "work", Outcome: run.Running, Counts: map[string]int64{}, Rejects: []run.Reject{}, StartedAt: h.db.Now()}
	if err := h.runs.Create(system(), dead); err != nil {
		t.Fatal(err)
	}
	h.execute(t, func(context.Context, *runner.Progress) error { return nil })
	saved, err := h.runs.Get(system(), dead.ID)
	if err != nil || saved.Outcome != run.Failed || saved.EndedAt == "" {
		t.Fatalf("%+v, %v", saved, err)
	}
}

func TestUnknownJob(t *testing.T) {
	h := newHouse(t)
	if _, err := h.one.Execute(context.Background(), "nonsense", "a test"); !fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
}

func TestMissedRunIsMadeUpFor(t *testing.T) {
	h := newHouse(t)
	ran := make(chan bool, 4)
	h.one.Schedule([]runner.Job{job("work", func(context.Context, *runner.Progress) error { ran <- true; return nil })})
	if _, err := h.one.Execute(context.Background(), "work", "yesterday"); err != nil {
		t.Fatal(err)
	}
	<-ran
	h.clock.Add(2 * 24 * 3600) // Piper was down for two days
	h.one.Start(context.Background())
	select {
	case <-ran:
	case <-time.After(10 * time.Second):
		t.Fatal("the missed run was not made up for")
	}
	if err := h.one.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(ran) != 0 {
		t.Fatal("two days down were made up for more than once")
	}
}
