package account

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/memory"
	"piper/internal/store/sqlite"
)

// quick is a password hash that costs next to nothing.
var quick = &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

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

type house struct {
	*Repo
	journal *audit.Journal
	clock   *clock
	engine  driver.Engine
}

// open is a process over a store that may have been used before.
func open(t testing.TB, engine driver.Engine, c *clock, opts Options) *house {
	t.Helper()
	db := store.New(engine, store.Options{Now: c.now})
	j := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	opts.Params, opts.Journal = quick, j
	h := &house{Repo: NewRepo(db, opts), journal: j, clock: c, engine: engine}
	must(t, db.Start(t.Context(), nil))
	return h
}

func newHouse(t testing.TB) *house {
	t.Helper()
	return open(t, memory.New(), &clock{t: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}, Options{})
}

// onEachEngine runs a test on a store in memory and on one in a file.
func onEachEngine(t *testing.T, test func(t *testing.T, h *house)) {
	t.Run("memory", func(t *testing.T) { test(t, newHouse(t)) })
	t.Run("sqlite", func(t *testing.T) {
		engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
		must(t, err)
		t.Cleanup(func() { must(t, engine.Close()) })
		test(t, open(t, engine, &clock{t: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}, Options{}))
	})
}

const password = "correct horse"

var office = From{IP: "192.0.2.10", UserAgent: "Firefox"}

func (h *house) account(t testing.TB, email string, role access.Role) *Account {
	t.Helper()
	a, err := h.Add(admin(t), New{Email: email, Name: "Name of " + email, Role: role, Password: password})
	must(t, err)
	return a
}

func (h *house) signIn(t testing.TB, email string) *SignedIn {
	t.Helper()
	in, err := h.SignIn(t.Context(), email, password, office)
	must(t, err)
	return in
}

// admin is a context in which an administrator works, as is a command on the server itself.
func admin(t testing.TB) context.Context { return access.AsSystem(t.Context(), "command line") }

// as is a context in which a works.
func as(t testing.TB, a *Account) context.Context { return access.With(t.Context(), a.Reader()) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// good reports whether a secret still lets somebody in.
func (h *house) good(t testing.TB, secret string) bool {
	t.Helper()
	_, err := h.Authenticate(t.Context(), secret)
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		t.Fatal(err)
	}
	return err == nil
}

// events gives the words of the journal's entries, oldest first.
func (h *house) events(t testing.TB) []string {
	t.Helper()
	page, err := h.journal.List(admin(t), audit.Query{Limit: 500})
	must(t, err)
	var list []string
	for i := len(page.Items) - 1; i >= 0; i-- {
		list = append(list, page.Items[i].What)
	}
	return list
}
