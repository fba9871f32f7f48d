package api

import (
	"context"
	"fmt"
	"io"
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
	"piper/internal/calls"
	"piper/internal/diligence"
	"piper/internal/engagement"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// TestPipelineOverHTTP writes an opportunity as a fundraiser and reads it by every way as an advocate, who
// finds no amount in any of them, and as the board, who finds it in all.
func TestPipelineOverHTTP(t *testing.T) {
	now := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return now }})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts, people := account.NewRepo(db, account.Options{Params: quick, Journal: journal}), stakeholder.NewRepo(db)
	d := &frontDoor{t: t, accounts: accounts, journal: journal, ctx: access.AsSystem(t.Context(), "test")}
	portal, books := calls.NewRepo(db), finance.NewRepo(db)
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{}, Auth: accounts,
		Accounts: accounts, Audit: journal, Stakeholders: people, Calls: portal,
		Engagement: engagement.NewRepo(db, accounts, people, engagement.Options{Journal: journal}),
		Agreements: funding.NewAgreements(db, people, accounts, books, nil),
		Diligence:  diligence.NewRepo(db, unscreened{}),
		Pipeline:   funding.NewPipeline(db, funding.Neighbours{Donors: people, Staff: accounts, Rates: books, Calls: portal})})
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.handler, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	d.account("ben@example.org", access.Fundraiser)
	d.account("anna@example.org", access.Advocate)
	d.account("karl@example.org", access.Board)
	as := func(email string) with { return with{cookie: d.signIn(email), origin: "http://piper.example"} }
	ben, anna, karl := as("ben@example.org"), as("anna@example.org"), as("karl@example.org")
	donor, _ := d.ask("POST", "/api/v1/stakeholders", `{"kind":"organisation","name":"Fundación Ñandú"}`, ben, 200)
	made, _ := d.ask("POST", "/api/v1/opportunities", `{"title":"=Core","donorId":"`+donor["id"].(string)+`","stage":"submitted","from":"2027-01-01","to":"2027-12-31",
		"ask":{"minor":987654300,"currency":"EUR"},"coFinancing":{"points":2000,"amount":{"minor":98765,"currency":"EUR"}},"key":"k"}`, ben, 200)
	id := made["id"].(string)
	one := "/api/v1/opportunities/" + id

	d.ask("PUT", one+"/stage", `{"stage":"awarded"}`, ben, http.StatusPreconditionRequired)
	d.ask("PUT", one+"/stage", `{"stage":"awarded"}`, with{cookie: anna.cookie, origin: anna.origin, ifMatch: `"1"`}, 403)
	d.ask("PUT", one, `{"title":"Core","probability":80}`, with{cookie: ben.cookie, origin: ben.origin, ifMatch: `"1"`}, 422)
	refused, _ := d.ask("PUT", one+"/stage", `{"stage":"declined"}`, with{cookie: ben.cookie, origin: ben.origin, ifMatch: `"1"`}, 422)
	if text := fmt.Sprint(refused); !strings.Contains(text, "lost") || !strings.Contains(text, "Say why nothing came of it") {
		t.Errorf("declined without a reason: %v", refused)
	}
	effort := fmt.Sprintf(`{"effort":[{"date":"2026-03-01","quarters":6,"accountId":%q}]}`, made["ownerId"])
	d.ask("PUT", one+"/effort", effort, with{cookie: ben.cookie, origin: ben.origin, ifMatch: `"1"`}, 200)
	d.ask("PUT", one+"/stage", `{"stage":"awarded"}`, with{cookie: ben.cookie, origin: ben.origin, ifMatch: `"2"`}, 200)
	d.ask("PUT", one+"/stage", `{"stage":"awarded"}`, with{cookie: ben.cookie, origin: ben.origin, ifMatch: `"2"`}, 412)

	read := func(w with, path string) (int, string) {
		req := httptest.NewRequest("GET", "http://piper.example/api/v1"+path, nil)
		req.AddCookie(&http.Cookie{Name: SessionCookie, Value: w.cookie})
		rec := httptest.NewRecorder()
		d.handler.ServeHTTP(rec, req)
		return rec.Code, rec.Body.String()
	}
	for _, path := range []string{"/opportunities", "/opportunities/" + id, "/opportunities?q=core", "/pipeline/board", "/pipeline/board?q=core",
		"/pipeline/returns", "/opportunities.csv"} {
		for _, w := range []with{anna, karl} {
			code, text := read(w, path)
			shown := strings.Contains(text, "987654300") || strings.Contains(text, "9876543.00")
			other := strings.Contains(text, `"minor"`) || strings.Contains(text, "98765")
			if code != 200 || shown != (w == karl) || other && w == anna {
				t.Errorf("%s: %d, amounts shown %v: %s", path, code, shown, text)
			}
		}
	}
	for _, path := range []string{"/opportunities?sort=ask", "/opportunities.csv?columns=title,ask", "/opportunities.xlsx?columns=worth", "/opportunities.csv?sort=-ask",
		`/opportunities?where=%5B%22ask%22%2C%22atLeast%22%2C1%5D`, `/pipeline/board?where=%5B%22ask%22%2C%22atLeast%22%2C1%5D`} {
		if code, text := read(anna, path); code != 422 {
			t.Errorf("an advocate: %s: %d %s", path, code, text)
		}
		if code, text := read(karl, path); code != 200 {
			t.Errorf("the board: %s: %d %s", path, code, text)
		}
	}
	if _, text := read(anna, "/opportunities.csv"); !strings.Contains(text, "'=Core") || !strings.Contains(text, ",1.50,") {
		t.Errorf("formulas are neutralised, effort is in days: %s", text)
	}
}

// unscreened is for tests in which nobody is held against the sanctions list.
type unscreened struct{ diligence.Donors }

func (unscreened) Subjects(context.Context, []string) ([]diligence.Subject, error) { return nil, nil }
