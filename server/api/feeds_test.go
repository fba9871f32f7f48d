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
	"piper/internal/audit"
	"piper/internal/calls"
	"piper/internal/engagement"
	"piper/internal/feed"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// deadlineRecord is a call with a deadline whose hour is known, and a day without one.
func deadlineRecord() calls.Record {
	return calls.Record{Hash: "h", Rows: []string{"{}"}, Call: calls.Call{Reference: "AMIF-1", Kind: calls.Topic, Identifier: "AMIF-1", Title: "Shelter, and counselling", Deadlines: []calls.Deadline{
		{Date: "2027-03-28", Time: "17:00", At: "2027-03-28T15:00:00Z", Label: "First stage"},
		{Date: "2027-10-31", At: calls.CutOff("2027-10-31")},
	}}}
}

func TestFeed(t *testing.T) {
	now := time.Date(2027, 1, 10, 9, 0, 0, 0, time.UTC)
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return now }})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts := account.NewRepo(db, account.Options{Params: quick, Journal: journal})
	repo, feeds, people := calls.NewRepo(db), feed.NewRepo(db, journal), stakeholder.NewRepo(db)
	tasks := engagement.NewRepo(db, accounts, people, engagement.Options{Journal: journal})
	d := &frontDoor{t: t, accounts: accounts, journal: journal, ctx: access.AsSystem(t.Context(), "test")}
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{},
		Auth: accounts, Accounts: accounts, Audit: journal, Calls: repo, Feeds: feeds, Stakeholders: people, Engagement: tasks})
	var err error
	if d.handler, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	anna := d.account("anna@example.org", access.Advocate)
	root := d.account("root@example.org", access.Administrator)
	if _, err := repo.Save(d.ctx, "source", []calls.Record{deadlineRecord()}); err != nil {
		t.Fatal(err)
	}

	_, cookie := d.ask("POST", "/api/v1/session", `{"email":"anna@example.org","password":"`+doorPassword+`"}`, with{}, 200)
	in := with{cookie: cookie.Value, origin: "http://piper.example"}
	made, _ := d.ask("POST", "/api/v1/feeds", `{"name":"Deadlines","kind":"deadlines"}`, in, 200)
	path := made["path"].(string)
	secret := strings.TrimSuffix(strings.TrimPrefix(path, "/feeds/"), ".ics")
	d.ask("POST", "/api/v1/feeds", `{"name":"Mine","kind":"moons"}`, in, 422)

	get := func(path, ifNoneMatch string) *httptest.ResponseRecorder {
		req := httptest.NewRequest(http.MethodGet, "http://piper.example"+path, nil)
		req.Header.Set("If-None-Match", ifNoneMatch)
		rec := httptest.NewRecorder()
		d.handler.ServeHTTP(rec, req)
		return rec
	}
	first := get(path, "")
	text := first.Body.String()
	for _, want := range []string{
		"SUMMARY:Shelter\\, and counselling", "DTEND;TZID=Europe/Brussels:20270328T170000", "DTSTART;VALUE=DATE:20271031", "DTEND;VALUE=DATE:20271101",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if first.Code != 200 || !strings.HasPrefix(first.Header().Get("Content-Type"), "text/calendar") {
		t.Errorf("%d %v", first.Code, first.Header())
	}
	if again := get(path, first.Header().Get("ETag")); again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("unchanged: %d", again.Code)
	}
	if wrong := get("/feeds/"+secret[1:]+"A.ics", ""); wrong.Code != 404 {
		t.Errorf("a wrong secret: %d", wrong.Code)
	}

	// One's own open tasks, on the day that was typed: the clocks go forward that night.
	hers := access.With(t.Context(), anna.Reader())
	whom := &stakeholder.Stakeholder{Kind: stakeholder.Organisation, Name: "Fundación Ñandú"}
	if err := people.Create(hers, whom); err != nil {
		t.Fatal(err)
	}
	for _, task := range []engagement.Task{
		{Title: "Send the report", Due: "2027-03-28"}, {Title: "Some day"}, {Title: "Not hers", Due: "2027-03-28", OwnerID: root.ID},
		{Title: "Over and done", Due: "2027-03-28", State: engagement.Done},
	} {
		task.StakeholderIDs = []string{whom.ID}
		if _, err := tasks.AddTask(hers, &task, ""); err != nil {
			t.Fatal(err)
		}
	}
	made, _ = d.ask("POST", "/api/v1/feeds", `{"name":"Mine","kind":"tasks"}`, in, 200)
	text = get(made["path"].(string), "").Body.String()
	for _, want := range []string{"SUMMARY:Send the report", "DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270329", "DESCRIPTION:Fundación Ñandú"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Count(text, "BEGIN:VEVENT") != 1 {
		t.Errorf("more than the one task:\n%s", text)
	}
	if err := feeds.Revoke(hers, made["id"].(string)); err != nil {
		t.Fatal(err)
	}

	// Only the hash is kept, and the journal has neither.
	mine, err := feeds.Mine(access.With(t.Context(), access.Reader{AccountID: anna.ID, Role: access.Advocate}))
	if err != nil || len(mine) != 1 || strings.Contains(mine[0].Hash, secret) {
		t.Fatalf("%+v, %v", mine, err)
	}
	page, err := journal.List(d.ctx, audit.Query{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Items {
		for _, change := range e.Changes {
			if strings.Contains(string(change.New), mine[0].Hash) || strings.Contains(string(change.New), secret) {
				t.Errorf("the journal tells %s", change.New)
			}
		}
	}

	// Somebody else cannot revoke it; closing the account ends it; so does revoking.
	bob := access.With(t.Context(), access.Reader{AccountID: "bob", Role: access.Administrator})
	if feeds.Revoke(bob, mine[0].ID) == nil {
		t.Error("somebody else revoked it")
	}
	closed, err := accounts.Change(d.ctx, anna.ID, anna.Rev, account.Edit{Name: "Anna", Role: access.Advocate, Closed: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := get(path, ""); got.Code != 404 {
		t.Errorf("of a closed account: %d", got.Code)
	}
	if _, err := accounts.Change(d.ctx, anna.ID, closed.Rev, account.Edit{Name: "Anna", Role: access.Advocate}); err != nil {
		t.Fatal(err)
	}
	if got := get(path, ""); got.Code != 200 {
		t.Errorf("opened again: %d", got.Code)
	}
	_, cookie = d.ask("POST", "/api/v1/session", `{"email":"anna@example.org","password":"`+doorPassword+`"}`, with{}, 200)
	d.ask("DELETE", "/api/v1/feeds/"+mine[0].ID, "", with{cookie: cookie.Value, origin: "http://piper.example"}, 204)
	if got := get(path, ""); got.Code != 404 {
		t.Errorf("revoked: %d", got.Code)
	}
}
