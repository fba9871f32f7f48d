package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

func keyed(key string, place *string) *thing {
	return &thing{Key: key, Place: place, Tags: []string{}}
}

// unique: a natural key is taken once; a document that lacks a part of it is outside.
func (s suite) unique(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	must(t, things.Create(ctx, keyed("a", ptr("x"))))
	err := things.Create(ctx, keyed("a", ptr("x")))
	wantCode(t, err, fault.Duplicate)
	var dup *driver.DuplicateError
	if !errors.As(err, &dup) || s.caps.NamesKeys && !slices.Equal(dup.Key, []string{"key", "place"}) {
		t.Fatalf("the error does not name the key: %v", err)
	}
	for _, other := range []*thing{
		keyed("a", ptr("y")), keyed("b", ptr("x")), keyed("A", ptr("x")), keyed("a ", ptr("x")), keyed("á", ptr("x")), keyed("a", ptr("")),
		keyed("a,x", ptr("x")), keyed("a", ptr("x,x")), keyed("a", nil), keyed("a", nil), keyed("", ptr("x")), keyed("", ptr("x")), keyed("", nil),
	} {
		must(t, things.Create(ctx, other))
	}
	wantCode(t, things.Create(ctx, keyed("a", ptr(""))), fault.Duplicate)
	wantCount(t, ctx, things, 14)

	first, err := things.First(ctx, filter.And{filter.Eq{Field: "key", Value: "a"}, filter.Eq{Field: "place", Value: "x"}})
	must(t, err)
	_, err = things.Update(ctx, first.ID, func(x *thing) error { x.Name = "same key again"; return nil })
	must(t, err)
	must(t, things.Delete(ctx, first.ID))
	must(t, things.Create(ctx, keyed("a", ptr("x"))))
}

// uniqueInTx: within one transaction a key goes from one document to another.
func (s suite) uniqueInTx(t *testing.T) {
	s.need(t, s.caps.Transactions && s.caps.DuplicateOnUpdate, needsTx)
	db, things := s.things(t, nil)
	ctx := everyone()
	a, b := keyed("a", ptr("x")), keyed("b", ptr("x"))
	must(t, things.CreateMany(ctx, []*thing{a, b}))
	rename := func(ctx context.Context, id, key string) error {
		_, err := things.Update(ctx, id, func(x *thing) error { x.Key = key; return nil })
		return err
	}
	must(t, db.Tx(ctx, func(ctx context.Context) error {
		return errors.Join(rename(ctx, a.ID, "c"), rename(ctx, b.ID, "a"), things.Create(ctx, keyed("b", ptr("x"))),
			things.Delete(ctx, a.ID), things.Create(ctx, keyed("c", ptr("x"))))
	}))
	for _, key := range []string{"a", "b", "c"} {
		wantCode(t, things.Create(ctx, keyed(key, ptr("x"))), fault.Duplicate)
	}
	wantCode(t, db.Tx(ctx, func(ctx context.Context) error {
		return errors.Join(things.Create(ctx, keyed("d", ptr("x"))), things.Create(ctx, keyed("d", ptr("x"))))
	}), fault.Duplicate)
	wantCount(t, ctx, things, 3)
}

// uniqueOnUpdate: a replaced document gives up its key and may not take another's.
func (s suite) uniqueOnUpdate(t *testing.T) {
	s.need(t, s.caps.DuplicateOnUpdate, "it does not look at unique keys when a document is replaced")
	_, things := s.things(t, nil)
	ctx := everyone()
	a, b := keyed("a", ptr("x")), keyed("b", ptr("x"))
	must(t, things.CreateMany(ctx, []*thing{a, b}))
	_, err := things.Update(ctx, b.ID, func(x *thing) error { x.Key = "a"; return nil })
	wantCode(t, err, fault.Duplicate)
	if got, err := things.Get(ctx, b.ID); err != nil || got.Key != "b" || got.Rev != 1 {
		t.Fatalf("the refused update left %+v %v", got, err)
	}
	_, err = things.Update(ctx, a.ID, func(x *thing) error { x.Place = nil; return nil })
	must(t, err)
	_, err = things.Update(ctx, b.ID, func(x *thing) error { x.Key = "a"; return nil })
	must(t, err)
}

func byKey(key, place string) filter.Expr {
	return filter.And{filter.Eq{Field: "key", Value: key}, filter.Eq{Field: "place", Value: place}}
}

// upsert: created once, then unchanged, then updated.
func (s suite) upsert(t *testing.T) {
	_, things := s.things(t, nil)
	ctx := everyone()
	for i, want := range []store.Outcome{store.Created, store.Unchanged, store.Updated, store.Unchanged} {
		x, outcome, err := things.Upsert(ctx, byKey("k", "p"), func(x *thing, isNew bool) error {
			if isNew != (i == 0) {
				t.Errorf("round %d: isNew is %v", i, isNew)
			}
			x.Key, x.Place, x.Tags = "k", ptr("p"), []string{fmt.Sprint(i / 2)}
			return nil
		})
		must(t, err)
		if outcome != want || x.Rev != int64(i/2+1) {
			t.Fatalf("round %d: %s revision %d, want %s", i, outcome, x.Rev, want)
		}
	}
	wantCount(t, ctx, things, 1)
}

// concurrentUpserts: of many at once exactly one creates.
func (s suite) concurrentUpserts(t *testing.T) {
	s.need(t, s.caps.Concurrent && s.caps.AtomicUpdates, "several writers at once lose each other's updates")
	_, things := s.things(t, nil)
	ctx := everyone()
	var mu sync.Mutex
	outcomes := map[store.Outcome]int{}
	inParallel(t, 8, func(worker int) error {
		for key := range 10 {
			_, outcome, err := things.Upsert(ctx, byKey(fmt.Sprint(key), "p"), func(x *thing, _ bool) error {
				x.Key, x.Place = fmt.Sprint(key), ptr("p")
				x.Tags = append(x.Tags, fmt.Sprint(worker))
				return nil
			})
			if err != nil {
				return err
			}
			mu.Lock()
			outcomes[outcome]++
			mu.Unlock()
		}
		return nil
	})
	if outcomes[store.Created] != 10 || outcomes[store.Updated] != 70 {
		t.Fatalf("outcomes %v, want 10 created and 70 updated", outcomes)
	}
	must(t, things.Each(ctx, nil, func(x *thing) error {
		if slices.Sort(x.Tags); len(slices.Compact(x.Tags)) != 8 {
			return fmt.Errorf("%s holds the updates of %v, want all 8 workers", x.Key, x.Tags)
		}
		return nil
	}))
}

// inParallel runs fn for each worker at once and fails the test on the first error.
func inParallel(t *testing.T, workers int, fn func(worker int) error) {
	t.Helper()
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() { errs[i] = fn(i) })
	}
	wg.Wait()
	must(t, errors.Join(errs...))
}
