package audit

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

func TestSealCoversEverythingOnceAndInBatches(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		titles := make([]string, batch+20)
		for i := range titles {
			titles[i] = fmt.Sprint(i)
		}
		h.create(t, titles...)
		if n := h.seal(t); n != len(titles) {
			t.Fatalf("sealed %d, want %d", n, len(titles))
		}
		if n := h.seal(t); n != 0 {
			t.Errorf("sealed %d again", n)
		}
		r := h.verify(t)
		if !r.Intact || r.Seals != 2 || r.Entries != int64(len(titles)) || r.Waiting != 0 {
			t.Errorf("got %+v", r)
		}
	})
}

func TestSealLeavesTheNewestToSettle(t *testing.T) {
	h := newHouse(t)
	h.create(t, "one")
	h.clock.add(settle)
	h.create(t, "two")
	if n, err := h.Seal(t.Context()); n != 1 || err != nil {
		t.Errorf("sealed %d, %v", n, err)
	}
	h.clock.add(settle)
	if n, err := h.Seal(t.Context()); n != 1 || err != nil {
		t.Errorf("sealed %d, %v", n, err)
	}
}

// An entry that is committed late may have a smaller id than entries that are sealed already.
func TestStragglersAreSealed(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		var late []*Entry
		for _, name := range []string{"a", "b", "c"} {
			e, err := h.begin(anna(t), "late "+name)
			must(t, err)
			h.commit(e)
			late = append(late, e)
			h.create(t, "before "+name, "after "+name)
			h.seal(t)
		}
		for i, e := range []*Entry{late[2], late[0], late[1]} {
			must(t, h.entries.Create(anna(t), e))
			if n := h.seal(t); n != 1 {
				t.Fatalf("sealed %d, want straggler %d", n, i)
			}
		}
		if n := h.seal(t); n != 0 {
			t.Errorf("sealed %d again", n)
		}
		if r := h.verify(t); !r.Intact || r.Entries != 9 || r.Waiting != 0 {
			t.Errorf("got %+v", r)
		}
	})
}

// The job looks for stragglers only now and then.
func TestSealSearchesForStragglersInTime(t *testing.T) {
	h := newHouse(t)
	late, err := h.begin(anna(t), "late")
	must(t, err)
	h.commit(late)
	h.create(t, "early")
	h.seal(t)
	must(t, h.entries.Create(anna(t), late))
	if n, err := h.Seal(t.Context()); n != 0 || err != nil {
		t.Errorf("sealed %d, %v", n, err)
	}
	if r := h.verify(t); !r.Intact || r.Waiting != 1 {
		t.Errorf("got %+v", r)
	}
	h.clock.add(searchEvery)
	if n, err := h.Seal(t.Context()); n != 1 || err != nil {
		t.Errorf("sealed %d, %v", n, err)
	}
	if r := h.verify(t); !r.Intact || r.Waiting != 0 {
		t.Errorf("got %+v", r)
	}
}

func TestSealersAtOnceMakeOneChain(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := range 50 {
					if err := h.papers.Create(anna(t), &paper{Title: fmt.Sprint(w, i)}); err != nil {
						t.Error(err)
					}
					if i%10 == 0 {
						if _, err := h.SealAll(t.Context()); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wg.Wait()
		h.seal(t)
		if r := h.verify(t); !r.Intact || r.Entries != 200 {
			t.Errorf("got %+v", r)
		}
	})
}

func TestSealHonoursTheGuardOfItsLease(t *testing.T) {
	onEachEngine(t, func(t *testing.T, h *house) {
		h.create(t, "one")
		gone := fault.New(fault.Busy, "The lease is gone.")
		ctx := store.WithGuard(t.Context(), func(context.Context) error { return gone })
		if _, err := h.SealAll(ctx); !fault.Is(err, fault.Busy) {
			t.Fatalf("got %v", err)
		}
		if r := h.verify(t); r.Seals != 0 || r.Waiting != 1 {
			t.Errorf("a sealer without its lease wrote: %+v", r)
		}
	})
}

func TestChainGoesOnAfterARestart(t *testing.T) {
	h := newHouse(t)
	h.create(t, "one")
	h.seal(t)
	again := open(t, h.engine, h.dir, h.clock)
	again.create(t, "two")
	again.seal(t)
	if r := again.verify(t); !r.Intact || r.Seals != 2 {
		t.Errorf("got %+v", r)
	}
}

// Between the commit of a seal and the head file a process may die.
func TestOldHeadFileIsFineAndBroughtUpToDate(t *testing.T) {
	h := newHouse(t)
	h.create(t, "one")
	h.seal(t)
	old, err := os.ReadFile(h.head)
	must(t, err)
	h.create(t, "two")
	h.seal(t)
	must(t, os.WriteFile(h.head, old, 0o600))
	if r := h.verify(t); !r.Intact {
		t.Errorf("got %+v", r)
	}
	h.seal(t)
	if now, err := readHead(h.head, h.key); err != nil || now.Seq != 2 {
		t.Errorf("head %+v, %v", now, err)
	}
}

func TestSealRefusesToBuildOnABrokenChain(t *testing.T) {
	for name, break_ := range map[string]func(t *testing.T, h *house){
		"cut off": func(t *testing.T, h *house) { h.removeSeal(t, 2) },
		"no head": func(t *testing.T, h *house) { must(t, os.Remove(h.head)) },
		"another key": func(_ *testing.T, h *house) {
			h.key = []byte(strings.Repeat("k", keyLength))
		},
		"made again": func(t *testing.T, h *house) { h.forgeChain(t) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.create(t, "one")
			h.seal(t)
			h.create(t, "two")
			h.seal(t)
			h.create(t, "three")
			break_(t, h)
			if n, err := h.SealAll(t.Context()); err == nil {
				t.Errorf("sealed %d entries", n)
			}
		})
	}
}

func TestAcceptLeavesAnEntryAndMendsTheHead(t *testing.T) {
	h := newHouse(t)
	h.create(t, "one")
	h.seal(t)
	h.create(t, "two")
	h.seal(t)
	h.remove(t, h.all(t)[1]) // what restoring yesterday's backup does
	h.removeSeal(t, 2)
	if r := h.verify(t); r.Intact {
		t.Fatal("the missing end was not found")
	}
	must(t, h.Accept(anna(t), "Restored the backup of 1 March."))
	if r := h.verify(t); !r.Intact || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "Anna Berg") {
		t.Errorf("got %+v", r)
	}
	list := h.all(t)
	last := list[len(list)-1]
	if last.What != Accepted || !strings.Contains(last.Changes[1].New, "seal 2") {
		t.Errorf("got %+v", last)
	}
}

func TestJoin(t *testing.T) {
	h := newHouse(t)
	must(t, os.Remove(h.head))
	must(t, h.Join(t.Context())) // the first machine
	h.create(t, "one")
	h.seal(t)
	other := open(t, h.engine, h.dir, h.clock)
	other.head = filepath.Join(t.TempDir(), "audit.head")
	must(t, other.Join(t.Context()))
	must(t, other.Join(t.Context()))
	for _, x := range []*house{h, other} {
		if r := x.verify(t); !r.Intact || r.Entries != 2 || len(r.Notes) != 1 {
			t.Errorf("got %+v", r)
		}
	}
	other.key = []byte(strings.Repeat("k", keyLength))
	must(t, os.Remove(other.head))
	if err := other.Join(t.Context()); err == nil {
		t.Error("joined with another key")
	}
	if n := len(h.all(t)); n != 2 {
		t.Errorf("a refused acceptance left an entry: %d", n)
	}
}

func TestKeyIsMadeOnceAndPrivate(t *testing.T) {
	dir := t.TempDir()
	path, head := filepath.Join(dir, "audit.key"), filepath.Join(dir, "audit.head")
	var wg sync.WaitGroup
	keys := make([]string, 8)
	for i := range keys {
		wg.Go(func() {
			key, err := OpenKey(path, head)
			if err != nil {
				t.Error(err)
			}
			keys[i] = string(key)
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] || len(k) != keyLength {
			t.Fatal("two processes made two keys")
		}
	}
	if _, err := readHead(head, []byte(keys[0])); err != nil {
		t.Error(err)
	}
	for _, p := range []string{path, head} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", p, info.Mode(), err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.*.*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	must(t, os.WriteFile(path, []byte("short"), 0o600))
	if _, err := OpenKey(path, head); err == nil {
		t.Error("took a broken key")
	}
}

func (h *house) removeSeal(t testing.TB, seq int64) {
	t.Helper()
	must(t, h.seals.Delete(access.AsSystem(t.Context(), "test"), sealID(seq)))
}

func (h *house) sealNumber(t testing.TB, seq int64) *Seal {
	t.Helper()
	s, err := h.seals.Get(access.AsSystem(t.Context(), "test"), sealID(seq))
	must(t, err)
	return s
}

// forgeChain makes every mark again with a guessed key, as somebody who has only the store could.
func (h *house) forgeChain(t testing.TB) {
	t.Helper()
	ctx := access.AsSystem(t.Context(), "test")
	forger := &Journal{key: []byte(strings.Repeat("g", keyLength))}
	macs := map[string]string{}
	for _, e := range h.all(t) {
		e.Mac = forger.entryMac(e)
		macs[e.ID] = e.Mac
		must(t, h.entries.ReplaceMany(ctx, []*Entry{e}))
	}
	seals, err := h.seals.Find(ctx, nil, nil, 0)
	must(t, err)
	prev := ""
	for _, s := range seals {
		for i := range s.Items {
			s.Items[i].Mac = macs[s.Items[i].Entry]
		}
		s.Prev = prev
		s.Mac = forger.sealMac(s)
		prev = s.Mac
		must(t, h.seals.ReplaceMany(ctx, []*Seal{s}))
	}
}

func BenchmarkWrite(b *testing.B) {
	h := newHouse(b)
	ctx := anna(b)
	for b.Loop() {
		must(b, h.papers.Create(ctx, &paper{Title: "A paper of usual length", Tags: []string{"a", "b"}, Text: strings.Repeat("text ", 40)}))
	}
	start := time.Now()
	n := h.seal(b)
	b.ReportMetric(float64(time.Since(start).Microseconds())/float64(max(n, 1)), "µs/sealed")
}
