package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

const needsTx = "it has no transactions"

var errStop = errors.New("stop")

// tx: all writes of a transaction, or none; it sees its own.
func (s suite) tx(t *testing.T) {
	s.need(t, s.caps.Transactions, needsTx)
	db, things := s.things(t, nil)
	ctx := everyone()
	kept := numbered(3)
	must(t, things.CreateMany(ctx, kept))
	change := func(ctx context.Context) error {
		if err := things.Create(ctx, &thing{Name: "new", Tags: []string{"new"}}); err != nil {
			return err
		}
		if _, err := things.Update(ctx, kept[0].ID, func(x *thing) error { x.Name = "changed"; return nil }); err != nil {
			return err
		}
		if err := things.Delete(ctx, kept[1].ID); err != nil {
			return err
		}
		names := map[string]bool{}
		err := things.Each(ctx, nil, func(x *thing) error { names[x.Name] = true; return nil })
		if err != nil {
			return err
		}
		page, err := things.Page(ctx, store.Query{Text: "changed"})
		if err != nil {
			return err
		}
		tagged, err := things.Count(ctx, filter.Has{Field: "tags", Values: []any{"new"}})
		if err != nil || len(names) != 3 || !names["new"] || !names["changed"] || page.Total != 1 || tagged != 1 {
			return fmt.Errorf("the transaction sees %v, finds %d, counts %d, %v", names, page.Total, tagged, err)
		}
		return nil
	}
	err := db.Tx(ctx, func(ctx context.Context) error {
		if err := change(ctx); err != nil {
			return err
		}
		return errStop
	})
	if !errors.Is(err, errStop) {
		t.Fatalf("the error of fn came back as %v", err)
	}
	for i, want := range kept {
		got, err := things.Get(ctx, want.ID)
		must(t, err)
		if got.Name != want.Name || got.Rev != 1 {
			t.Fatalf("after the rollback document %d is %+v", i, got)
		}
	}
	if page, err := things.Page(ctx, store.Query{Text: "changed"}); err != nil || page.Total != 0 {
		t.Fatalf("a search finds what was rolled back: %d, %v", page.Total, err)
	}
	must(t, db.Tx(ctx, change))
	wantCount(t, ctx, things, 3)
	if page, err := things.Page(ctx, store.Query{Text: "changed"}); err != nil || page.Total != 1 {
		t.Fatalf("a search does not find what was committed: %d, %v", page.Total, err)
	}
}

// isolation: nobody sees a transaction before it is kept.
func (s suite) isolation(t *testing.T) {
	s.need(t, s.caps.Transactions, needsTx)
	db, things := s.things(t, nil)
	ctx := everyone()
	a := &thing{Name: "before", Tags: []string{}}
	must(t, things.Create(ctx, a))
	must(t, db.Tx(ctx, func(inside context.Context) error {
		if err := things.Create(inside, &thing{Tags: []string{}}); err != nil {
			return err
		}
		if _, err := things.Update(inside, a.ID, func(x *thing) error { x.Name = "after"; return nil }); err != nil {
			return err
		}
		outside, err := things.Get(ctx, a.ID)
		if err != nil || outside.Name != "before" {
			return fmt.Errorf("outside sees %q, %v", outside.Name, err)
		}
		if n, err := things.Count(ctx, nil); err != nil || n != 1 {
			return fmt.Errorf("outside counts %d, %v", n, err)
		}
		return nil
	}))
	wantCount(t, ctx, things, 2)
}

// nested: an inner transaction is part of the outer one.
func (s suite) nested(t *testing.T) {
	s.need(t, s.caps.Transactions, needsTx)
	db, things := s.things(t, nil)
	ctx := everyone()
	create := func(ctx context.Context) error { return things.Create(ctx, &thing{Tags: []string{}}) }
	err := db.Tx(ctx, func(ctx context.Context) error {
		if err := db.Tx(ctx, create); err != nil {
			return err
		}
		return errStop
	})
	if !errors.Is(err, errStop) {
		t.Fatal(err)
	}
	wantCount(t, ctx, things, 0)
	must(t, db.Tx(ctx, func(ctx context.Context) error { return errors.Join(db.Tx(ctx, create), create(ctx)) }))
	wantCount(t, ctx, things, 2)

	err = db.Tx(ctx, func(ctx context.Context) error {
		_ = db.Tx(ctx, func(ctx context.Context) error { return errors.Join(create(ctx), errStop) })
		return nil
	})
	if !errors.Is(err, errStop) {
		t.Fatalf("half of a nested transaction was kept: %v", err)
	}
	must(t, db.Tx(ctx, func(ctx context.Context) error {
		if _, err := things.Update(ctx, "nobody", func(*thing) error { return nil }); !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("want not found, got %w", err)
		}
		return create(ctx) // what has written nothing does not spoil the rest
	}))
	wantCount(t, ctx, things, 3)
}

// migration: one that fails leaves no trace.
func (s suite) migration(t *testing.T) {
	s.need(t, s.caps.Transactions, needsTx)
	engine := s.open(t)
	open := func() (*store.DB, *store.Collection[thing]) {
		db := store.New(engine, store.Options{})
		return db, store.Declare(db, thingSpec())
	}
	ctx := everyone()
	step := func(version int, things *store.Collection[thing], fail error) store.Migration {
		return store.Migration{Version: version, Name: "add one", Run: func(ctx context.Context, _ *store.DB) error {
			return errors.Join(things.Create(ctx, &thing{Tags: []string{}}), fail)
		}}
	}
	db, things := open()
	if err := db.Start(ctx, []store.Migration{step(1, things, nil), step(2, things, errStop)}); !errors.Is(err, errStop) {
		t.Fatalf("a failed migration came back as %v", err)
	}
	db, things = open()
	t.Cleanup(func() { must(t, db.Close()) })
	must(t, db.Start(ctx, []store.Migration{step(1, things, errStop), step(2, things, nil)}))
	wantCount(t, ctx, things, 2)
	older, things := open()
	wantCode(t, older.Start(ctx, []store.Migration{step(1, things, nil)}), fault.Unavailable)
}

// concurrentUpdates: no update is lost.
func (s suite) concurrentUpdates(t *testing.T) {
	s.need(t, s.caps.Concurrent && s.caps.AtomicUpdates, "several writers at once lose each other's updates")
	_, things := s.things(t, nil)
	ctx := everyone()
	a := &thing{Count: ptr(int64(0)), Tags: []string{}}
	must(t, things.Create(ctx, a))
	inParallel(t, 4, func(int) error {
		for range 10 {
			_, err := things.Update(ctx, a.ID, func(x *thing) error { *x.Count++; return nil })
			for fault.Is(err, fault.Stale) { // so busy that the store gave up
				_, err = things.Update(ctx, a.ID, func(x *thing) error { *x.Count++; return nil })
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	got, err := things.Get(ctx, a.ID)
	must(t, err)
	if *got.Count != 40 || got.Rev != 41 {
		t.Fatalf("after 40 updates the count is %d, the revision %d", *got.Count, got.Rev)
	}
}

// concurrentTx: money moved between two documents is neither made nor lost, for whoever looks.
func (s suite) concurrentTx(t *testing.T) {
	s.need(t, s.caps.Concurrent && s.caps.Transactions, needsTx)
	db, things := s.things(t, nil)
	ctx := everyone()
	list := []*thing{{Count: ptr(int64(1000)), Tags: []string{}}, {Count: ptr(int64(1000)), Tags: []string{}}}
	must(t, things.CreateMany(ctx, list))
	sum := func(ctx context.Context) (total int64, err error) {
		err = things.Each(ctx, nil, func(x *thing) error { total += *x.Count; return nil })
		return total, err
	}
	inParallel(t, 4, func(worker int) error {
		for i := range 25 {
			if worker == 0 {
				if total, err := sum(ctx); err != nil || total != 2000 {
					return fmt.Errorf("a reader sees %d, %v", total, err)
				}
				continue
			}
			err := db.Tx(ctx, func(ctx context.Context) error {
				from, to := list[(worker+i)%2].ID, list[(worker+i+1)%2].ID
				if _, err := things.Update(ctx, from, func(x *thing) error { *x.Count -= 7; return nil }); err != nil {
					return err
				}
				_, err := things.Update(ctx, to, func(x *thing) error { *x.Count += 7; return nil })
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if total, err := sum(ctx); err != nil || total != 2000 {
		t.Fatalf("at the end there are %d, %v", total, err)
	}
}
