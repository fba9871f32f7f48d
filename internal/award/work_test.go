package award

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/work"
)

// watched is an engine that calls before ahead of every transaction, outside it.
type watched struct {
	driver.Engine
	before func()
}

func (w *watched) Tx(ctx context.Context, fn func(context.Context) error) error {
	if before := w.before; before != nil {
		w.before = nil // what it does is not watched
		before()
		w.before = before
	}
	return w.Engine.Tx(ctx, fn)
}

// dying is a context under which the process is killed at the write with number at.
func (h *house) dying(at int) (ctx context.Context, writes *int) {
	writes = new(int)
	return store.WithGuard(h.ctx, func(context.Context) error {
		if *writes++; *writes >= at {
			return fault.New(fault.Unavailable, "killed")
		}
		return nil
	}), writes
}

// TestKilledOnTheWay: whatever write fails, and all after it, nothing of the import is seen; it says that it is under way,
// the next run brings it to its end, and the sweep leaves nothing of the attempt behind.
func TestKilledOnTheWay(t *testing.T) {
	for fail := 1; ; fail++ {
		h := newHouse(t, people{})
		h.take(file("0", grant{"a", "X", 10, 2020}, grant{"b", "Y", 20, 2020}))
		imp, err := h.im.Upload(h.ctx, "n", file("1", grant{"a", "X", 11, 2020}, grant{"b", "Y", 20, 2020}, grant{"c", "Z", 30, 2020}, grant{"d", "Z", 0, 2020}))
		if err != nil {
			t.Fatal(err)
		}
		dying, writes := h.dying(fail)
		err = h.im.Work(dying, quiet{})
		if died := err != nil; died {
			if now, err := h.repo.ImportOf(h.ctx, imp.ID); err != nil || now.State != Checking {
				t.Fatalf("write %d: killed while it was read it is %+v, %v", fail, now, err)
			}
		}
		if now := h.work(h.ctx, imp.ID); now.State != Checked || now.Created != 1 || now.Changed != 1 || now.Rejected != 1 {
			t.Fatalf("write %d: %+v", fail, now)
		}
		if page, err := h.repo.Rejects(h.ctx, imp.ID, store.Query{}); err != nil || page.Total != 1 {
			t.Fatalf("write %d: %d rejects, %v", fail, page.Total, err)
		}
		if _, err := h.im.Apply(h.ctx, imp.ID); err != nil {
			t.Fatal(err)
		}
		if *writes >= fail {
			*writes = 0 // it died while it was read; the applying dies at the same place
		}
		err = h.im.Work(dying, quiet{})
		if err != nil {
			h.wantSeen("a X 10", "b Y 20")
			if now, err := h.repo.ImportOf(h.ctx, imp.ID); err != nil || now.State != Applying {
				t.Fatalf("write %d: killed while it was imported it is %+v, %v", fail, now, err)
			}
		}
		if now := h.work(h.ctx, imp.ID); now.State != Live || now.Phase != "" || now.Tries != 0 {
			t.Fatalf("write %d: %+v", fail, now)
		}
		h.wantSeen("a X 11", "b Y 20", "c Z 30")
		h.later(2 * time.Hour)
		if _, err := h.repo.Sweep(h.ctx); err != nil {
			t.Fatal(err)
		}
		h.wantSeen("a X 11", "b Y 20", "c Z 30")
		if n, err := h.repo.awards.Count(h.ctx, nil); err != nil || n != 4 { // with the old version of a
			t.Errorf("write %d: %d awards are stored after the sweep, %v", fail, n, err)
		}
		if err == nil {
			if fail < 8 {
				t.Fatalf("only %d writes", fail)
			}
			return
		}
	}
}

// TestStopped: somebody stops an import before each of its writes; nothing of it is seen or left, and it can be begun again.
func TestStopped(t *testing.T) {
	stopped := map[State]int{}
	for at := 1; ; at++ {
		h := newHouse(t, people{})
		h.take(file("0", grant{"a", "X", 10, 2020}))
		imp, err := h.im.Upload(h.ctx, "n", file("1", grant{"a", "X", 11, 2020}, grant{"b", "Y", 20, 2020}))
		if err != nil {
			t.Fatal(err)
		}
		writes, asked := 0, false
		h.engine.before = func() {
			if writes++; writes == at {
				_, err := h.im.StopWork(h.ctx, imp.ID)
				if asked = err == nil; !asked && !fault.Is(err, fault.Invalid) { // invalid: all of it is visible already
					t.Errorf("write %d: %v", at, err)
				}
			}
		}
		now := h.work(h.ctx, imp.ID)
		if !asked {
			if _, err := h.im.Apply(h.ctx, imp.ID); err != nil {
				t.Fatal(err)
			}
			now = h.work(h.ctx, imp.ID)
		}
		h.engine.before = nil
		if !asked {
			h.wantSeen("a X 11", "b Y 20")
			if stopped[Stopped] < 1 || stopped[Checked] < 4 {
				t.Fatalf("%d writes, stopped %v", writes, stopped)
			}
			return
		}
		stopped[now.State]++
		if now.State != Stopped && now.State != Checked || now.Message != work.Stopped || now.Stop || now.Phase != "" {
			t.Errorf("write %d: %+v", at, now)
		}
		h.wantSeen("a X 10")
		if _, err := h.repo.Sweep(h.ctx); err != nil {
			t.Fatal(err)
		}
		if n, err := h.repo.awards.Count(h.ctx, nil); err != nil || n != 1 {
			t.Errorf("write %d: %d awards are stored, %v", at, n, err)
		}
		if now.State == Stopped {
			if _, err := h.im.Check(h.ctx, imp.ID); err != nil {
				t.Fatal(err)
			}
			h.work(h.ctx, imp.ID)
		}
		if _, err := h.im.Apply(h.ctx, imp.ID); err != nil {
			t.Fatal(err)
		}
		h.work(h.ctx, imp.ID)
		h.wantSeen("a X 11", "b Y 20")
	}
}

// TestStoppedBeforeItsTurn: what has not begun ends at once, without the job.
func TestStoppedBeforeItsTurn(t *testing.T) {
	h := newHouse(t, people{})
	imp, err := h.im.Upload(h.ctx, "n", file("1", grant{"a", "X", 10, 2020}))
	if err != nil {
		t.Fatal(err)
	}
	now, err := h.im.StopWork(h.ctx, imp.ID)
	if err != nil || now.State != Stopped {
		t.Fatalf("%+v, %v", now, err)
	}
	if _, err := h.im.StopWork(h.ctx, imp.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("stopped twice: %v", err)
	}
	if _, err := h.im.Apply(h.ctx, imp.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("applied unread: %v", err)
	}
	// The same file once more is the same import, read again.
	again, err := h.im.Upload(h.ctx, "other name", file("1", grant{"a", "X", 10, 2020}))
	if err != nil || again.ID != imp.ID || again.State != Checking {
		t.Fatalf("%+v, %v", again, err)
	}
	if now := h.work(h.ctx, imp.ID); now.State != Checked {
		t.Errorf("%+v", now)
	}
}

// TestGivenUp: an import whose process dies every time is not begun for ever.
func TestGivenUp(t *testing.T) {
	h := newHouse(t, people{})
	imp, err := h.im.Upload(h.ctx, "n", file("1", grant{"a", "X", 10, 2020}))
	if err != nil {
		t.Fatal(err)
	}
	for range maxTries {
		dying, _ := h.dying(2)
		if err := h.im.Work(dying, quiet{}); err == nil {
			t.Fatal("it did not die")
		}
	}
	now := h.work(h.ctx, imp.ID)
	if now.State != Stopped || now.Message == "" {
		t.Fatalf("%+v", now)
	}
	if _, err := h.im.Check(h.ctx, imp.ID); err != nil {
		t.Fatal(err)
	}
	if now := h.work(h.ctx, imp.ID); now.State != Checked {
		t.Errorf("begun again by a person it is %+v", now)
	}
}

// TestMovedMeanwhile: what another import brought, or its reversal took, between comparing and the end is compared anew.
func TestMovedMeanwhile(t *testing.T) {
	for at := 1; at <= 6; at++ {
		h := newHouse(t, people{})
		old := h.take(file("0", grant{"a", "X", 10, 2020}))
		imp := h.check(file("1", grant{"a", "X", 10, 2020}, grant{"b", "Y", 20, 2020}))
		if _, err := h.im.Apply(h.ctx, imp.ID); err != nil {
			t.Fatal(err)
		}
		writes := 0
		h.engine.before = func() {
			if writes++; writes == at {
				if _, err := h.repo.Revert(h.ctx, old.ID); err != nil {
					t.Error(err)
				}
			}
		}
		if now := h.work(h.ctx, imp.ID); now.State != Live {
			t.Fatalf("write %d: %+v", at, now)
		}
		if writes < at {
			t.Errorf("only %d writes", writes)
		}
		h.wantSeen("a X 10", "b Y 20")
	}
}

// TestTwoAtOnce: many files at once come in one after the other, and the last of them counts; of the same file only one
// comes in.
func TestTwoAtOnce(t *testing.T) {
	h := newHouse(t, people{})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, err := h.im.Upload(h.ctx, "n", file(fmt.Sprint(i/2), grant{"a", "X", 10, 2020}, grant{fmt.Sprint("b", i/2), "Y", 5, 2020})); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	h.work(h.ctx, h.all()[0].ID)
	for _, imp := range h.all() {
		if _, err := h.im.Apply(h.ctx, imp.ID); err != nil {
			t.Error(err)
		}
	}
	h.work(h.ctx, h.all()[0].ID)
	live := 0
	for _, imp := range h.all() {
		switch {
		case imp.State == Live:
			live++
		case imp.State != Checked || imp.Message == "":
			t.Errorf("%+v", imp)
		}
	}
	if live != 4 {
		t.Errorf("%d are live", live)
	}
	h.wantSeen("a X 10", "b0 Y 5", "b1 Y 5", "b2 Y 5", "b3 Y 5")
}

func (h *house) all() []*AwardImport {
	h.t.Helper()
	page, err := h.repo.Imports(h.ctx, store.Query{Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	return page.Items
}

// TestUnreadable: a file that cannot be read says why, and is no longer there when it is discarded or left lying.
func TestUnreadable(t *testing.T) {
	h := newHouse(t, people{})
	broken := h.check([]byte(`{"grants": 5}`))
	if broken.State != Stopped || broken.Message != "This is no 360Giving file: “grants” is not a list." {
		t.Fatalf("%+v", broken)
	}
	if err := h.im.Discard(h.ctx, broken.ID, broken.Rev-1); !fault.Is(err, fault.Stale) {
		t.Errorf("discarded an older revision: %v", err)
	}
	if err := h.im.Discard(h.ctx, broken.ID, broken.Rev); err != nil {
		t.Fatal(err)
	}
	if list := h.all(); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if _, err := h.im.Upload(h.ctx, "n", []byte(" \n")); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty file: %v", err)
	}
	lying := h.check(file("1", grant{"a", "X", 10, 2020}, grant{"z", "X", 0, 2020}))
	if plan, err := h.repo.Plan(h.ctx, lying.ID); err != nil || len(plan.Preview) != 1 || len(plan.Who) != 1 || plan.Who[0].Awards != 1 {
		t.Errorf("%+v, %v", plan, err)
	}
	h.later(idleAfter + time.Hour)
	if _, err := h.repo.Sweep(h.ctx); err != nil {
		t.Fatal(err)
	}
	for what, count := range map[string]func() (int, error){
		"imports": func() (int, error) { return h.repo.imports.Count(h.ctx, nil) },
		"plans":   func() (int, error) { return h.repo.plans.Count(h.ctx, nil) },
		"rejects": func() (int, error) { return h.repo.rejects.Count(h.ctx, filter.Eq{Field: "importId", Value: lying.ID}) },
		"files":   func() (int, error) { kept, err := h.repo.files.Kept(h.ctx); return len(kept), err },
	} {
		if n, err := count(); err != nil || n != 0 {
			t.Errorf("%d %s are left, %v", n, what, err)
		}
	}
}

// TestForgottenFile: an erasure takes the waiting files; whoever sends one again begins anew.
func TestForgottenFile(t *testing.T) {
	h := newHouse(t, people{})
	data := file("1", grant{"a", "X", 10, 2020})
	imp := h.check(data)
	if n, err := h.repo.Forget(h.ctx, true); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	if n, err := h.repo.Forget(h.ctx, false); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := h.im.Apply(h.ctx, imp.ID); err != nil {
		t.Fatal(err)
	}
	if now := h.work(h.ctx, imp.ID); now.State != Checked || now.Message != "The file of this import is no longer kept. Upload it again." {
		t.Errorf("%+v", now)
	}
	if again := h.check(data); again.ID == imp.ID || again.State != Checked {
		t.Errorf("%+v", again)
	}
}

// TestSweepOfWhatWasGivenUp: rows that an import wrote before it was given up go with its record, and no other's.
func TestSweepOfWhatWasGivenUp(t *testing.T) {
	h := newHouse(t, people{})
	for seq, state := range map[int64]State{7: Abandoned, 8: Live} {
		imp := &AwardImport{Name: "file", State: state, Seq: seq}
		if err := h.repo.imports.Create(h.ctx, imp); err != nil {
			t.Fatal(err)
		}
		if err := h.repo.awards.Create(h.ctx, &Award{Key: string(state), ImportID: imp.ID, Seqs: []int64{seq}}); err != nil {
			t.Fatal(err)
		}
	}
	if removed, err := h.repo.Sweep(h.ctx); err != nil || removed != 1 {
		t.Errorf("removed %d, %v", removed, err)
	}
	left, err := h.repo.awards.Find(h.ctx, nil, nil, 0)
	if err != nil || len(left) != 1 || left[0].Key != string(Live) {
		t.Errorf("%v %v", left, err)
	}
}
