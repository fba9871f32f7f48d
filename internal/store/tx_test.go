package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/store/memory"
)

// twice is an engine whose transactions all meet a conflict and run again.
type twice struct{ *memory.Engine }

var errConflict = errors.New("conflict")

func (e twice) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	err := e.Engine.Tx(ctx, func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return err
		}
		return errConflict
	})
	if !errors.Is(err, errConflict) {
		return err
	}
	return e.Engine.Tx(ctx, fn)
}

// TestTxRunsAgain: nothing of the first attempt is left, in the journal or in the caller's hands.
func TestTxRunsAgain(t *testing.T) {
	db := store.New(twice{memory.New()}, store.Options{})
	spec := personSpec()
	spec.Audited = true
	people := store.Declare(db, spec)
	var told [][]store.Change
	db.Journal(func(_ context.Context, changes []store.Change) error {
		told = append(told, changes)
		return nil
	})
	if err := db.Start(all(), nil); err != nil {
		t.Fatal(err)
	}
	p, kept := &person{Name: "a"}, &person{Name: "kept"}
	if err := people.Create(all(), kept); err != nil || kept.Rev != 1 {
		t.Fatal(err, kept.Rev)
	}
	told = nil
	runs := 0
	err := db.Tx(all(), func(ctx context.Context) error {
		runs++
		if p.Rev != 0 || p.ID != "" || kept.Rev != 1 {
			return fmt.Errorf("run %d begins with revisions %d and %d", runs, p.Rev, kept.Rev)
		}
		kept.Name = "changed"
		return errors.Join(people.Create(ctx, p), people.ReplaceMany(ctx, []*person{kept}))
	})
	if err != nil || runs != 2 || len(told) != 2 || len(told[1]) != 2 || kept.Rev != 2 {
		t.Fatalf("%d runs, journal told %d times, revision %d, %v", runs, len(told), kept.Rev, err)
	}
	if told[1][0].Old != nil || !strings.Contains(string(told[1][1].Old), `"kept"`) || !strings.Contains(string(told[1][1].New), `"changed"`) {
		t.Fatalf("changes %+v", told[1])
	}
}

// TestDuplicateSpoilsTx: what some engines cannot go on after, none goes on after.
func TestDuplicateSpoilsTx(t *testing.T) {
	db, people := openPeople(t, nil)
	err := db.Tx(all(), func(ctx context.Context) error {
		for range 2 {
			_ = people.Create(ctx, &person{Email: "same@example.org"})
		}
		return nil
	})
	wantCode(t, err, fault.Duplicate)
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Field != "email" {
		t.Fatalf("the fault does not name the field: %v", err)
	}
	if n, err := people.Count(all(), nil); n != 0 || err != nil {
		t.Fatalf("%d were kept, %v", n, err)
	}
}

// TestHalfABatchSpoilsTx: all or none holds inside a transaction, too.
func TestHalfABatchSpoilsTx(t *testing.T) {
	db, people := openPeople(t, nil)
	a, b := &person{Name: "a"}, &person{Name: "b"}
	if err := people.CreateMany(all(), []*person{a, b}); err != nil {
		t.Fatal(err)
	}
	stale := *b
	stale.Rev = 7
	a.Name = "changed"
	err := db.Tx(all(), func(ctx context.Context) error {
		_ = people.ReplaceMany(ctx, []*person{a, &stale})
		return nil
	})
	wantCode(t, err, fault.Stale)
	if got, err := people.Get(all(), a.ID); err != nil || got.Name != "a" || a.Rev != 1 || stale.Rev != 7 {
		t.Fatalf("%+v was kept, revisions %d and %d, %v", got, a.Rev, stale.Rev, err)
	}
}

// TestErrorsOfOthers: what fn returns comes back as it is, and the end of the context is no fault.
func TestErrorsOfOthers(t *testing.T) {
	db, _ := openPeople(t, nil)
	mine := errors.New("mine")
	if err := db.Tx(all(), func(context.Context) error { return mine }); err != mine {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(all())
	cancel()
	if err := db.Tx(ctx, func(context.Context) error { return nil }); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// TestJournalOfItself: a journal in an audited collection would never end.
func TestJournalOfItself(t *testing.T) {
	db := store.New(memory.New(), store.Options{})
	spec := personSpec()
	spec.Audited = true
	people := store.Declare(db, spec)
	db.Journal(func(ctx context.Context, _ []store.Change) error { return people.Create(ctx, &person{}) })
	if err := db.Start(all(), nil); err != nil {
		t.Fatal(err)
	}
	wantCode(t, people.Create(all(), &person{}), fault.Internal)
}

func TestGuardsOfBothContexts(t *testing.T) {
	_, people := openPeople(t, nil)
	var asked []string
	ask := func(name string) func(context.Context) error {
		return func(context.Context) error { asked = append(asked, name); return nil }
	}
	ctx := store.WithGuard(store.WithGuard(all(), ask("outer")), ask("inner"))
	if err := people.Create(ctx, &person{}); err != nil || fmt.Sprint(asked) != "[outer inner]" {
		t.Fatal(asked, err)
	}
}

// busy is an engine that says stale some times before it replaces.
type busy struct {
	*memory.Engine
	times *int
}

func (e busy) Replace(ctx context.Context, s *driver.Schema, doc driver.Doc, rev int64) error {
	if *e.times > 0 {
		*e.times--
		return driver.ErrStale
	}
	return e.Engine.Replace(ctx, s, doc, rev)
}

func TestUpdateTriesAgain(t *testing.T) {
	times := 0
	db := store.New(busy{memory.New(), &times}, store.Options{})
	people := store.Declare(db, personSpec())
	if err := db.Start(all(), nil); err != nil {
		t.Fatal(err)
	}
	p := &person{Name: "a", Email: "e"}
	if err := people.Create(all(), p); err != nil {
		t.Fatal(err)
	}
	times = 3
	runs := 0
	rename := func(p *person) error { runs++; p.Name += "b"; return nil }
	got, err := people.Update(all(), p.ID, rename)
	if err != nil || runs != 4 || got.Name != "ab" {
		t.Fatalf("%d runs, %q, %v", runs, got.Name, err)
	}
	times = 2
	if got, _, err = people.Upsert(all(), filter.Eq{Field: "email", Value: "e"}, func(p *person, _ bool) error { return rename(p) }); err != nil || got.Name != "abb" {
		t.Fatalf("%q, %v", got.Name, err)
	}
	times = 1
	_, err = people.UpdateAt(all(), p.ID, 3, rename)
	wantCode(t, err, fault.Stale)
	times = 1 << 30
	_, err = people.Update(all(), p.ID, rename)
	wantCode(t, err, fault.Stale)
	times, runs = 1, 0
	err = db.Tx(all(), func(ctx context.Context) error { _, err := people.Update(ctx, p.ID, rename); return err })
	if wantCode(t, err, fault.Stale); runs != 1 {
		t.Fatalf("inside a transaction fn ran %d times", runs)
	}
}

func TestMigrations(t *testing.T) {
	engine := memory.New()
	var ran []int
	step := func(version int) store.Migration {
		return store.Migration{Version: version, Name: "step", Run: func(context.Context, *store.DB) error { ran = append(ran, version); return nil }}
	}
	for _, upTo := range []int{0, 1, 3, 3} {
		db := store.New(engine, store.Options{})
		var list []store.Migration
		for v := 1; v <= upTo; v++ {
			list = append(list, step(v))
		}
		if err := db.Start(context.Background(), list); err != nil || db.SchemaVersion() != upTo {
			t.Fatalf("version %d after %d migrations, %v", db.SchemaVersion(), upTo, err)
		}
	}
	if fmt.Sprint(ran) != "[1 2 3]" {
		t.Fatalf("ran %v", ran)
	}
	err := store.New(engine, store.Options{}).Start(all(), []store.Migration{step(1)})
	wantCode(t, err, fault.Unavailable)
	if !strings.Contains(err.Error(), "newer Piper") {
		t.Errorf("the refusal does not say why: %v", err)
	}
	wantCode(t, store.New(memory.New(), store.Options{}).Start(all(), []store.Migration{step(2)}), fault.Internal)
	if beside := store.New(engine, store.Options{}); beside.Join(all()) != nil || beside.SchemaVersion() != 3 || len(ran) != 3 {
		t.Errorf("beside Piper the data is at version %d, and %v ran", beside.SchemaVersion(), ran)
	}
}

func TestInstants(t *testing.T) {
	clock := time.Date(2026, 11, 21, 23, 57, 0, 999, time.FixedZone("CET", 3600))
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return clock }})
	if db.Now() != "2026-11-21T22:57:00Z" || !db.Now().Time().Equal(clock.Truncate(time.Second)) || !db.Clock().Equal(clock) {
		t.Errorf("now is %s", db.Now())
	}
	if store.At(time.Time{}) != "" || !store.Instant("").Time().IsZero() || !store.Instant("").IsZero() {
		t.Error("no time is not the empty Instant")
	}
	for s, ok := range map[string]bool{"2026-02-28": true, "2026-02-30": false, "2026-2-3": false, "": false, "2026-02-28T00:00:00Z": false} {
		if d, err := store.ParseDate(s); (err == nil) != ok || ok && d.Time().Format(time.DateOnly) != s {
			t.Errorf("%q: %v %v", s, d, err)
		}
	}
}

func TestIDsAreInOrder(t *testing.T) {
	last := ""
	for range 20_000 {
		id := store.NewID()
		if id <= last || len(id) != 26 || id != strings.ToLower(id) {
			t.Fatalf("%q came after %q", id, last)
		}
		last = id
	}
}

// rival is an engine in which somebody else is quicker: what is registered runs before the next call.
type rival struct {
	*memory.Engine
	beforeInsert, beforeTx *func()
}

func quicker(fn *func()) {
	if run := *fn; run != nil {
		*fn = nil
		run()
	}
}

func (e rival) Insert(ctx context.Context, s *driver.Schema, docs []driver.Doc) error {
	quicker(e.beforeInsert)
	return e.Engine.Insert(ctx, s, docs)
}

func (e rival) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	quicker(e.beforeTx)
	return e.Engine.Tx(ctx, fn)
}

func TestUpsertMeetsRival(t *testing.T) {
	var before func()
	db := store.New(rival{memory.New(), &before, new(func())}, store.Options{})
	people := store.Declare(db, personSpec())
	if err := db.Start(all(), nil); err != nil {
		t.Fatal(err)
	}
	before = func() {
		if err := people.Create(all(), &person{Email: "e", Name: "rival"}); err != nil {
			t.Error(err)
		}
	}
	var isNews []bool
	got, outcome, err := people.Upsert(all(), filter.Eq{Field: "email", Value: "e"}, func(p *person, isNew bool) error {
		isNews = append(isNews, isNew)
		p.Email, p.Closed = "e", true
		return nil
	})
	if err != nil || outcome != store.Updated || got.Name != "rival" || !got.Closed || fmt.Sprint(isNews) != "[true false]" {
		t.Fatalf("%+v %s %v %v", got, outcome, isNews, err)
	}
}

// TestMigrationMeetsRival: of two processes that start at once, one migrates.
func TestMigrationMeetsRival(t *testing.T) {
	engine := memory.New()
	ran := 0
	list := []store.Migration{{Version: 1, Name: "count", Run: func(context.Context, *store.DB) error { ran++; return nil }}}
	before := func() {
		if err := store.New(engine, store.Options{}).Start(all(), list); err != nil {
			t.Error(err)
		}
	}
	db := store.New(rival{engine, new(func()), &before}, store.Options{})
	if err := db.Start(all(), list); err != nil || ran != 1 || db.SchemaVersion() != 1 {
		t.Fatalf("the migration ran %d times, version %d, %v", ran, db.SchemaVersion(), err)
	}
}
