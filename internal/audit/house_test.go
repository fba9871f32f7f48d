package audit

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

type paper struct {
	store.Meta
	Title  string         `json:"title"`
	Tags   []string       `json:"tags,omitempty"`
	Text   string         `json:"text,omitempty"`
	Secret string         `json:"secret,omitempty"`
	Pin    string         `json:"pin,omitempty"`
	Seen   int64          `json:"seen,omitempty"`
	Login  map[string]any `json:"login,omitempty"`
}

type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// house is a journal over a collection, with what a process is started again with.
type house struct {
	*Journal
	papers *store.Collection[paper]
	clock  *clock
	engine driver.Engine
	dir    string
}

func open(t testing.TB, engine driver.Engine, dir string, c *clock) *house {
	t.Helper()
	head := filepath.Join(dir, "audit.head")
	key, err := OpenKey(filepath.Join(dir, "audit.key"), head)
	if err != nil {
		t.Fatal(err)
	}
	db := store.New(engine, store.Options{Now: c.now})
	h := &house{Journal: New(db, key, head), clock: c, engine: engine, dir: dir}
	h.papers = store.Declare[paper](db, store.Spec[paper]{Name: "papers", Audited: true})
	h.Rules("papers", Rules{Secret: []string{"pin"}, Quiet: []string{"seen"}})
	if err := db.Start(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return h
}

func newHouse(t testing.TB) *house {
	t.Helper()
	c := &clock{t: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	return open(t, memory.New(), t.TempDir(), c)
}

// onEachEngine runs a test on a journal in memory and on one in a file.
func onEachEngine(t *testing.T, test func(t *testing.T, h *house)) {
	t.Run("memory", func(t *testing.T) { test(t, newHouse(t)) })
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		engine, err := sqlite.Open(filepath.Join(dir, "piper.db"))
		must(t, err)
		t.Cleanup(func() { must(t, engine.Close()) })
		test(t, open(t, engine, dir, &clock{t: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}))
	})
}

// anna is a context in which Anna works.
func anna(t testing.TB) context.Context {
	return access.With(t.Context(), access.Reader{AccountID: "a1", Name: "Anna Berg", Role: access.Advocate})
}

func (h *house) create(t testing.TB, titles ...string) []*paper {
	t.Helper()
	list := make([]*paper, len(titles))
	for i, title := range titles {
		list[i] = &paper{Title: title}
		must(t, h.papers.Create(anna(t), list[i]))
	}
	return list
}

func (h *house) seal(t testing.TB) int {
	t.Helper()
	n, err := h.SealAll(t.Context())
	must(t, err)
	return n
}

func (h *house) verify(t testing.TB) Report {
	t.Helper()
	r, err := h.Verify(t.Context())
	must(t, err)
	return r
}

// all gives every entry in order of id.
func (h *house) all(t testing.TB) []*Entry {
	t.Helper()
	list, err := h.entries.Find(access.AsSystem(t.Context(), "test"), nil, nil, 0)
	must(t, err)
	return list
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
