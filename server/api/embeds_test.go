package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/board"
	"piper/internal/finance"
	"piper/internal/report"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// window is the web face with links to charts, which it shows to those who are not signed in.
type window struct {
	t     *testing.T
	api   *API
	face  http.Handler
	maker context.Context
	log   bytes.Buffer
}

func openWindow(t *testing.T) *window {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	db := store.New(memory.New(), store.Options{Now: now})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	accounts := account.NewRepo(db, account.Options{Params: &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}, Journal: journal})
	people, books := stakeholder.NewRepo(db), finance.NewRepo(db)
	links := board.NewRepo(db, func(text string) string { return fmt.Sprintf("%x", text) }, journal)
	system := access.AsSystem(t.Context(), "test")
	if err := db.Start(system, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	anna, err := accounts.Add(system, account.New{Email: "anna@example.org", Name: "Anna", Role: access.Fundraiser, Password: "correct horse"})
	if err != nil {
		t.Fatal(err)
	}
	reports := report.New(books, people, finance.Fiscal{}, now)
	reports.Plans = books
	w := &window{t: t, maker: access.With(t.Context(), anna.Reader())}
	w.api = New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(&w.log, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{}, Auth: accounts, Accounts: accounts,
		Audit: journal, Stakeholders: people, Finance: books, Reports: reports, Board: links})
	if w.face, err = w.api.Handler(); err != nil {
		t.Fatal(err)
	}
	return w
}

// link makes a link and gives where it leads.
func (w *window) link() string {
	w.t.Helper()
	e := &board.Embed{Name: "Site", Chart: "diversification"}
	if err := w.api.Board.AddEmbed(w.maker, e, 30, []string{e.Chart}); err != nil {
		w.t.Fatal(err)
	}
	return embedPath + w.api.Board.Address(e) + ".svg"
}

// from asks for a path from a network, and gives the status and the body.
func (w *window) from(ctx context.Context, ip, path string) (int, string) {
	r := httptest.NewRequest(http.MethodGet, path, nil).WithContext(ctx)
	r.RemoteAddr = ip + ":1234"
	rec := httptest.NewRecorder()
	w.face.ServeHTTP(rec, r)
	return rec.Code, rec.Body.String()
}

// However many ask with wrong addresses, and for whatever one link, the others see their chart.
func TestWrongAddressesStopNoChart(t *testing.T) {
	w := openWindow(t)
	one, other := w.link(), w.link()
	for i := range w.api.embedDraws.all + 1 {
		if code, _ := w.from(t.Context(), fmt.Sprintf("10.0.%d.%d", i/200, i%200), embedPath+"nothing.svg"); code != http.StatusNotFound {
			t.Fatalf("a wrong address: %d", code)
		}
	}
	for i := range w.api.embedAsks.each {
		if code, _ := w.from(t.Context(), "192.0.2.1", embedPath+"nothing.svg"); code != http.StatusNotFound {
			t.Fatalf("the %d. wrong address of one network: %d", i, code)
		}
	}
	if code, _ := w.from(t.Context(), "192.0.2.1", one); code != http.StatusTooManyRequests {
		t.Errorf("one network asks without end: %d", code)
	}
	if code, body := w.from(t.Context(), "192.0.2.2", one); code != http.StatusOK || !strings.Contains(body, "<svg") {
		t.Errorf("another sees %d %.200s", code, body)
	}
	w.api.embedDraws = pace{each: 2, all: 3}
	for i, c := range []struct {
		path string
		code int
	}{{one, 200}, {one, 200}, {one, 429}, {other, 200}, {other, 429}} {
		if code, _ := w.from(t.Context(), fmt.Sprintf("192.0.2.%d", 10+i), c.path); code != c.code {
			t.Errorf("drawing %d: %d, want %d", i, code, c.code)
		}
	}
}

// That somebody looked is a note on the side: where it cannot be written, the log says so and the chart is shown.
func TestAChartIsShownThoughItCannotBeNoted(t *testing.T) {
	w := openWindow(t)
	full := store.WithGuard(t.Context(), func(context.Context) error { return errors.New("the disk is full") })
	if code, body := w.from(full, "192.0.2.1", w.link()); code != http.StatusOK || !strings.Contains(body, "<svg") {
		t.Errorf("%d %.200s", code, body)
	}
	if !strings.Contains(w.log.String(), "the disk is full") {
		t.Errorf("the log does not say why: %s", w.log.String())
	}
}
