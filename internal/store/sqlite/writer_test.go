package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

var notes = &driver.Schema{
	Name:     "notes",
	Fields:   []driver.Field{{Path: "by"}, {Path: "tags", Multi: true}},
	Unique:   [][]string{{"by"}},
	Searched: true,
}

func note(id string) driver.Doc {
	return doc(notes, id, map[string]any{"by": "by " + id, "tags": []string{"all", id}}, "all", id)
}

func withNotes(t *testing.T) *Engine {
	t.Helper()
	e := open(t)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	ensure(t, e, notes)
	return e
}

func ensure(t *testing.T, e *Engine, schemas ...*driver.Schema) {
	t.Helper()
	if err := e.Ensure(t.Context(), schemas); err != nil {
		t.Fatal(err)
	}
}

func insert(t *testing.T, ctx context.Context, e *Engine, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if err := e.Insert(ctx, notes, []driver.Doc{note(id)}); err != nil {
			t.Fatal(err)
		}
	}
}

// wantNotes looks for exactly n notes in the table, the side table and the search index.
func wantNotes(t *testing.T, e *Engine, n int) {
	t.Helper()
	for name, q := range map[string]driver.Query{
		"table": {}, "side table": {Where: filter.Has{Field: "tags", Values: []any{"all"}}}, "search": {Text: &driver.Text{Prefixes: []string{"all"}}},
	} {
		got, err := e.Count(t.Context(), notes, q, 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		if got != n {
			t.Errorf("%s: %d notes, want %d", name, got, n)
		}
	}
}

// TestGroup runs many small transactions at once, of which some fail, panic, give up or are cancelled.
// What was acknowledged is there and nothing else.
func TestGroup(t *testing.T) {
	e := withNotes(t)
	var kept atomic.Int64
	var wg sync.WaitGroup
	for g := range 16 {
		wg.Go(func() {
			for i := range 60 {
				id := fmt.Sprintf("g%dx%d", g, i)
				func() {
					defer func() { _ = recover() }()
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					err := e.Tx(ctx, func(ctx context.Context) error {
						if err := e.Insert(ctx, notes, []driver.Doc{note(id), note(id + "b")}); err != nil {
							return err
						}
						switch (g + i) % 6 {
						case 0:
							return errors.New("no")
						case 1:
							panic("no")
						case 2: // looks at what it wrote, so that its search entries are written before the end
							if n, err := e.Count(ctx, notes, driver.Query{Text: &driver.Text{Prefixes: []string{id}}}, 10); err != nil || n < 2 {
								t.Errorf("a transaction sees %d of its notes: %v", n, err)
							}
							if i%12 < 6 {
								return errors.New("no")
							}
						case 3:
							if err := e.Insert(ctx, notes, []driver.Doc{note("new" + id), note(id)}); err == nil {
								t.Error("a taken id was given again")
							}
						case 4:
							cancel()
							return ctx.Err()
						}
						return nil
					})
					if err == nil {
						kept.Add(2)
					}
				}()
			}
		})
	}
	wg.Wait()
	wantNotes(t, e, int(kept.Load()))
	if kept.Load() == 0 {
		t.Error("nothing was kept")
	}
}

func TestTxSeesItsOwnWritesOnly(t *testing.T) {
	e := withNotes(t)
	insert(t, t.Context(), e, "a")
	err := e.Tx(t.Context(), func(ctx context.Context) error {
		insert(t, ctx, e, "b")
		wantOutside, _ := e.Count(t.Context(), notes, driver.Query{}, 10)
		inside, err := e.Count(ctx, notes, driver.Query{Text: &driver.Text{Prefixes: []string{"all"}}}, 10)
		if wantOutside != 1 || inside != 2 || err != nil {
			t.Errorf("%d outside, %d inside, %v", wantOutside, inside, err)
		}
		return e.Tx(ctx, func(inner context.Context) error { // joins
			insert(t, inner, e, "c")
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	wantNotes(t, e, 3)
}

func TestContextOutlivesItsTx(t *testing.T) {
	e := withNotes(t)
	var leaked context.Context
	_ = e.Tx(t.Context(), func(ctx context.Context) error { leaked = ctx; return nil })
	if err := e.Insert(leaked, notes, []driver.Doc{note("a")}); !errors.Is(err, errOver) {
		t.Errorf("insert: %v", err)
	}
	if _, err := e.Find(leaked, notes, driver.Query{Limit: 1}); !errors.Is(err, errOver) {
		t.Errorf("find: %v", err)
	}
}

func TestWaitingIsCancelled(t *testing.T) {
	e := withNotes(t)
	in, out := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = e.Tx(t.Context(), func(context.Context) error { close(in); <-out; return nil })
	})
	<-in
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := e.Insert(ctx, notes, []driver.Doc{note("a")}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting gave %v", err)
	}
	close(out)
	wg.Wait()
	insert(t, t.Context(), e, "b")
	wantNotes(t, e, 1)
}

// TestFullDisk lets the file grow no further, so that a group cannot be kept: everyone in it is told.
func TestFullDisk(t *testing.T) {
	e := withNotes(t)
	insert(t, t.Context(), e, "first")
	pages, err := e.writer.conn.number(t.Context(), "PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.writer.conn.number(t.Context(), fmt.Sprint("PRAGMA max_page_count=", pages+1)); err != nil {
		t.Fatal(err)
	}
	var kept, full atomic.Int64
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 20 {
				d := note(fmt.Sprintf("g%dx%d", g, i))
				d.JSON = append(d.JSON[:len(d.JSON)-1], fmt.Sprintf(`,"long":%q}`, strings.Repeat("x", 3000))...)
				switch err := e.Insert(t.Context(), notes, []driver.Doc{d}); {
				case err == nil:
					kept.Add(1)
				case fault.Is(err, fault.Unavailable):
					full.Add(1)
				default:
					t.Errorf("a full disk gave %v", err)
				}
			}
		})
	}
	wg.Wait()
	if full.Load() == 0 {
		t.Error("the disk was never full")
	}
	wantNotes(t, e, 1+int(kept.Load()))
	if _, err := e.writer.conn.number(t.Context(), "PRAGMA max_page_count=1000000"); err != nil {
		t.Fatal(err)
	}
	insert(t, t.Context(), e, "last")
	wantNotes(t, e, 2+int(kept.Load()))
}

// TestOtherProcess writes to one file through two engines.
func TestOtherProcess(t *testing.T) {
	e := withNotes(t)
	other, err := Open(e.path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	ensure(t, other, notes)
	insert(t, t.Context(), other, "a")
	insert(t, t.Context(), e, "b")
	wantNotes(t, e, 2)
	wantNotes(t, other, 2)
	if _, err := other.writer.conn.number(t.Context(), "PRAGMA busy_timeout=20"); err != nil {
		t.Fatal(err)
	}
	err = e.Tx(t.Context(), func(ctx context.Context) error {
		insert(t, ctx, e, "c")
		return other.Insert(t.Context(), notes, []driver.Doc{note("d")})
	})
	if !fault.Is(err, fault.Busy) {
		t.Errorf("the second writer got %v", err)
	}
	wantNotes(t, other, 2)
	insert(t, t.Context(), other, "d")
	wantNotes(t, e, 3)
}

func TestClosed(t *testing.T) {
	e := open(t)
	ensure(t, e, notes)
	in := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := e.Tx(t.Context(), func(ctx context.Context) error {
			close(in)
			time.Sleep(20 * time.Millisecond)
			return e.Insert(ctx, notes, []driver.Doc{note("a")})
		}); err != nil {
			t.Errorf("the transaction under way: %v", err)
		}
	})
	<-in
	for range 2 {
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wg.Wait()
	if err := e.Insert(t.Context(), notes, []driver.Doc{note("b")}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a write after closing gave %v", err)
	}
	if _, err := e.Find(t.Context(), notes, driver.Query{Limit: 1}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a read after closing gave %v", err)
	}
	if _, err := os.Stat(e.path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log was left behind: %v", err)
	}
	again, err := Open(e.path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	ensure(t, again, notes)
	wantNotes(t, again, 1)
}

func TestSettings(t *testing.T) {
	e := withNotes(t)
	for pragma, want := range map[string]int64{"synchronous": 2, "query_only": 0, "busy_timeout": 10000} {
		if n, err := e.writer.conn.number(t.Context(), "PRAGMA "+pragma); err != nil || n != want {
			t.Errorf("%s of the writer is %d (%v), want %d", pragma, n, err, want)
		}
	}
	err := e.readers.use(t.Context(), func(c *conn) error {
		_, err := c.exec("DELETE FROM notes")
		return err
	})
	if err == nil {
		t.Error("a reader could write")
	}
	info, err := os.Stat(e.path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestCountsAreFresh counts after every write of this engine and of another on the same file.
func TestCountsAreFresh(t *testing.T) {
	e := withNotes(t)
	other, err := Open(e.path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	ensure(t, other, notes)
	for i := range 40 {
		insert(t, t.Context(), []*Engine{e, other}[i%2], fmt.Sprint("n", i))
		for range 6 { // all readers take turns
			wantNotes(t, e, i+1)
		}
		q := driver.Query{Where: filter.Eq{Field: "by", Value: fmt.Sprint("by n", i+1)}}
		if n, err := e.Count(t.Context(), notes, q, 10); n != 0 || err != nil {
			t.Errorf("%d of a note to come, %v", n, err)
		}
		q.Where = filter.Eq{Field: "by", Value: fmt.Sprint("by n", i)}
		if n, err := e.Count(t.Context(), notes, q, 10); n != 1 || err != nil {
			t.Errorf("%d of a note that has come, %v", n, err)
		}
	}
}

// TestKilled kills a process in the middle of its writes: what it had acknowledged is there.
func TestKilled(t *testing.T) {
	if path := os.Getenv("PIPER_KILLED"); path != "" {
		writeUntilKilled(path)
	}
	path := filepath.Join(t.TempDir(), "piper.db")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), "PIPER_KILLED="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for lines := bufio.NewScanner(out); len(acknowledged) < 300 && lines.Scan(); {
		acknowledged = append(acknowledged, lines.Text())
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if len(acknowledged) < 300 {
		t.Fatalf("the process stopped by itself after %v", acknowledged)
	}
	e, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	ensure(t, e, notes)
	for _, id := range acknowledged {
		if _, err := e.Get(t.Context(), notes, id, filter.Has{Field: "tags", Values: []any{id}}); err != nil {
			t.Fatalf("%s was acknowledged: %v", id, err)
		}
		if n, err := e.Count(t.Context(), notes, driver.Query{Text: &driver.Text{Prefixes: []string{id}}}, 1); n != 1 {
			t.Fatalf("%s is not found: %v", id, err)
		}
	}
}

func writeUntilKilled(path string) {
	e, err := Open(path)
	if err == nil {
		err = e.Ensure(context.Background(), []*driver.Schema{notes})
	}
	var print sync.Mutex
	for g := range 8 {
		go func() {
			for i := 0; err == nil; i++ {
				id := fmt.Sprintf("g%dx%d", g, i)
				if e.Insert(context.Background(), notes, []driver.Doc{note(id)}) == nil {
					print.Lock()
					fmt.Println(id)
					print.Unlock()
				}
			}
		}()
	}
	time.Sleep(time.Minute)
	os.Exit(1)
}
