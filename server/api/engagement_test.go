package api

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/engagement"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// TestEngagementOverHTTP writes interactions and tasks as the browser does: what is typed comes back, a
// double click makes one, stale writes are refused, bad input names its field, and what is private is the
// author's alone.
func TestEngagementOverHTTP(t *testing.T) {
	now := time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC) // in Brussels it is the 29th already
	db := store.New(memory.New(), store.Options{Now: func() time.Time { return now }})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts, people := account.NewRepo(db, account.Options{Params: quick, Journal: journal}), stakeholder.NewRepo(db)
	d := &frontDoor{t: t, accounts: accounts, journal: journal, ctx: access.AsSystem(t.Context(), "test")}
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{}, Auth: accounts,
		Accounts: accounts, Audit: journal, Stakeholders: people, Engagement: engagement.NewRepo(db, accounts, people, engagement.Options{Journal: journal})})
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.handler, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	d.account("anna@example.org", access.Advocate)
	d.account("ben@example.org", access.Fundraiser)
	d.account("karl@example.org", access.Board)
	as := func(email string) with { return with{cookie: d.signIn(email), origin: "http://piper.example"} }
	anna, ben, karl := as("anna@example.org"), as("ben@example.org"), as("karl@example.org")
	at := func(w with, rev any) with { w.ifMatch = fmt.Sprintf(`"%v"`, rev); return w }
	made, _ := d.ask("POST", "/api/v1/stakeholders", `{"kind":"organisation","name":"Fundación Ñandú"}`, anna, 200)
	whom := made["id"].(string)

	meeting := `{"kind":"meeting","title":"Budget","date":"2026-03-29","time":"10:00","minutes":"They agreed.","stakeholderIds":["` + whom + `"],"key":"k1",
		"tasks":[{"title":"Send the figures","due":"2026-03-29"}]}`
	first, _ := d.ask("POST", "/api/v1/interactions", meeting, anna, 200)
	again, _ := d.ask("POST", "/api/v1/interactions", meeting, anna, 200)
	if first["id"] != again["id"] || first["date"] != "2026-03-29" || first["title"] != "Budget" || first["minutes"] != "They agreed." {
		t.Errorf("sent twice: %v and %v", first, again)
	}
	tasks, _ := d.ask("GET", "/api/v1/tasks?ownerId=me", "", anna, 200)
	items := tasks["items"].([]any)
	if len(items) != 1 || items[0].(map[string]any)["due"] != "2026-03-29" {
		t.Fatalf("the tasks that follow: %v", tasks)
	}
	task := items[0].(map[string]any)
	path := "/api/v1/tasks/" + task["id"].(string)
	d.ask("PUT", path+"/state", `{"state":"done"}`, ben, 428)
	done, _ := d.ask("PUT", path+"/state", `{"state":"done"}`, at(ben, task["rev"]), 200)
	d.ask("PUT", path+"/state", `{"state":"open"}`, at(anna, task["rev"]), 412)
	if done["state"] != "done" || done["doneAt"] == nil {
		t.Errorf("done: %v", done)
	}
	own, _ := d.ask("POST", "/api/v1/tasks", `{"title":"Ring them","due":"2026-03-29","stakeholderIds":["`+whom+`"]}`, ben, 200)
	if own["ownerId"] == "" || own["title"] != "Ring them" {
		t.Errorf("a task: %v", own)
	}
	changed, _ := d.ask("PUT", "/api/v1/interactions/"+first["id"].(string),
		`{"kind":"meeting","title":"Budget 2027","date":"2026-03-29","stakeholderIds":["`+whom+`"]}`, at(ben, first["rev"]), 200)
	if changed["title"] != "Budget 2027" {
		t.Errorf("changed: %v", changed)
	}
	// Without a day it is today's in Brussels.
	note, _ := d.ask("POST", "/api/v1/interactions", `{"kind":"note","minutes":"Between us","private":true,"stakeholderIds":["`+whom+`"]}`, anna, 200)
	if note["date"] != "2026-03-29" {
		t.Errorf("a note of tonight stands on %v", note["date"])
	}
	for who, w := range map[string]with{"a colleague": ben, "the board": karl} {
		d.ask("GET", "/api/v1/interactions/"+note["id"].(string), "", w, 404)
		list, _ := d.ask("GET", "/api/v1/interactions?stakeholderId="+whom, "", w, 200)
		if list["total"] != 1.0 {
			t.Errorf("%s sees %v interactions", who, list["total"])
		}
	}
	d.ask("POST", "/api/v1/interactions", meeting, karl, 403)
	for body, field := range map[string]string{
		`{"kind":"lunch","stakeholderIds":["` + whom + `"]}`:                             "kind",
		`{"kind":"note","minutes":"x"}`:                                                  "stakeholderIds",
		`{"kind":"note","minutes":"x","stakeholderIds":["nobody"]}`:                      "stakeholderIds",
		`{"kind":"note","minutes":"x","date":"29.3.","stakeholderIds":["` + whom + `"]}`: "date",
		`{"kind":"note","mintues":"x","stakeholderIds":["` + whom + `"]}`:                "mintues",
	} {
		out, _ := d.ask("POST", "/api/v1/interactions", body, anna, 422)
		if text := fmt.Sprint(out["errors"]); !strings.Contains(text, field) {
			t.Errorf("%s is refused without a word on %s: %v", body, field, out)
		}
	}
}
