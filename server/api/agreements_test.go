package api

import (
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
	"piper/internal/diligence"
	"piper/internal/feed"
	"piper/internal/finance"
	"piper/internal/funding"
	"piper/internal/ics"
	"piper/internal/report"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// TestAgreementsWithoutAmounts asks every way out of the API for one agreement over 7,654,321.00 euros, with an
// instalment of 1,234,567.00: who reads amounts finds them, an advocate in none of them.
func TestAgreementsWithoutAmounts(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
	db := store.New(memory.New(), store.Options{Now: now})
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts, people, books := account.NewRepo(db, account.Options{Params: quick}), stakeholder.NewRepo(db), finance.NewRepo(db)
	agreements := funding.NewAgreements(db, people, accounts, books, nil)
	agreements.Opportunities = funding.NewPipeline(db, funding.Neighbours{Donors: people, Staff: accounts, Rates: books})
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Auth: byRole{}, Metrics: noMetrics{}, Accounts: accounts,
		Stakeholders: people, Finance: books, Agreements: agreements, Diligence: diligence.NewRepo(db, unscreened{}), Reports: report.New(books, people, finance.Fiscal{}, now)})
	if err := db.Start(access.AsSystem(t.Context(), "test"), nil); err != nil {
		t.Fatal(err)
	}
	handler, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.With(t.Context(), access.Reader{AccountID: "a1", Role: access.Fundraiser})
	donor := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Oak"}
	if err := people.Create(ctx, donor); err != nil {
		t.Fatal(err)
	}
	send := func(method, path, role, body, rev string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+role)
		r.Header.Set("Content-Type", "application/json")
		if rev != "" {
			r.Header.Set("If-Match", rev)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	made := send(http.MethodPost, "/agreements", "fundraiser", `{"title":"Core","donorId":"`+donor.ID+`","signedOn":"2026-01-01","from":"2026-01-01","to":"2027-12-31",
		"amount":{"minor":765432100,"currency":"EUR"}}`, "")
	if made.Code != http.StatusOK {
		t.Fatalf("%d %s", made.Code, made.Body)
	}
	list, err := agreements.Of(ctx, donor.ID)
	if err != nil || len(list) != 1 {
		t.Fatal(err, list)
	}
	path := "/agreements/" + list[0].ID
	part := `{"kind":"interim","due":"2026-12-01","amount":{"minor":123456700,"currency":"EUR"}}`
	for rev, status := range map[string]int{"": http.StatusPreconditionRequired, `"7"`: http.StatusPreconditionFailed} {
		if w := send(http.MethodPost, path+"/instalments", "fundraiser", part, rev); w.Code != status {
			t.Errorf("at revision %q: %d", rev, w.Code)
		}
	}
	if w := send(http.MethodPost, path+"/instalments", "fundraiser", part, `"1"`); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := send(http.MethodPost, path+"/instalments", "fundraiser", `{"kind":"interim","due":"2026-12-01","amount":{"minor":1,"currency":"CHF"}}`, `"2"`); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `"field":"amount"`) {
		t.Errorf("another currency: %d %s", w.Code, w.Body)
	}
	for _, way := range []string{"/agreements", "/agreements?q=core", path, path + "?on=2026-06-01", "/agreements.csv", "/agreements.csv?q=core", "/obligations", "/obligations.csv"} {
		for role, sees := range map[string]bool{"fundraiser": true, "board": true, "advocate": false} {
			w := send(http.MethodGet, way, role, "", "")
			text := strings.ReplaceAll(w.Body.String(), ".", "")
			shows := strings.Contains(text, "765432100") || strings.Contains(text, "123456700")
			if w.Code != http.StatusOK || shows != sees || !strings.Contains(text, "Core") {
				t.Errorf("%s as %s: %d, amounts shown: %v\n%s", way, role, w.Code, shows, text)
			}
		}
	}
	award := `{"title":"Awarded","donorId":"` + donor.ID + `","opportunityId":"o1"}`
	if w := send(http.MethodPost, "/agreements", "fundraiser", award, ""); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `"field":"opportunityId"`) {
		t.Errorf("an award of nothing: %d %s", w.Code, w.Body)
	}
	if w := send(http.MethodGet, "/agreements?sort=amount", "advocate", "", ""); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an advocate sorts by amount: %d", w.Code)
	}
	for _, role := range []access.Role{access.Fundraiser, access.Advocate} { // a calendar is shown to others
		events, err := a.obligationEvents(access.With(t.Context(), access.Reader{AccountID: "a1", Role: role}), &feed.Feed{})
		if err != nil || len(events) != 2 {
			t.Fatal(err, events)
		}
		body, err := ics.Write("Obligations", events)
		if err != nil || strings.Contains(string(body), "1234567") || !strings.Contains(string(body), "Payment due: Core") {
			t.Errorf("%v\n%s", err, body)
		}
	}
}
