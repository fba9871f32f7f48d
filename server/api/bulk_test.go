package api

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/alexedwards/argon2id"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/audit"
	"piper/internal/batch"
	"piper/internal/engagement"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// TestBulk sends many writes in one call: each item has its own verdict, all or nothing means that, the same
// key writes once and another request under it is refused, and nobody may more than by single writes.
func TestBulk(t *testing.T) {
	db := store.New(memory.New(), store.Options{})
	journal := audit.New(db, []byte("0123456789abcdef0123456789abcdef"), "")
	quick := &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	accounts, people := account.NewRepo(db, account.Options{Params: quick, Journal: journal}), stakeholder.NewRepo(db)
	d := &frontDoor{t: t, accounts: accounts, journal: journal, ctx: access.AsSystem(t.Context(), "test")}
	a := New(Deps{DB: db, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: fstest.MapFS{}, Metrics: deafMetrics{}, Auth: accounts,
		Accounts: accounts, Audit: journal, Stakeholders: people, Batches: batch.NewRepo(db),
		Engagement: engagement.NewRepo(db, accounts, people, engagement.Options{Journal: journal})})
	if err := db.Start(d.ctx, nil); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.handler, err = a.Handler(); err != nil {
		t.Fatal(err)
	}
	d.account("anna@example.org", access.Advocate)
	d.account("karl@example.org", access.Board)
	anna := with{cookie: d.signIn("anna@example.org"), origin: "http://piper.example"}
	karl := with{cookie: d.signIn("karl@example.org"), origin: "http://piper.example"}
	const path = "/api/v1/stakeholders/bulk"
	counts := func(out map[string]any) string {
		return fmt.Sprintf("%v %v %v %v", out["created"], out["updated"], out["unchanged"], out["failed"])
	}
	item := func(out map[string]any, n int) map[string]any { return out["items"].([]any)[n].(map[string]any) }
	total := func(list string) any {
		out, _ := d.ask("GET", "/api/v1/"+list, "", anna, 200)
		return out["total"]
	}

	mixed := `{"items":[
		{"op":"create","record":{"kind":"organisation","name":"Oak"}},
		{"op":"upsert","externalId":{"scheme":"other","value":"crm-7"},"record":{"kind":"organisation","name":"Elm","tags":["tree"],"country":"BE"}},
		{"op":"update","id":"nobody","rev":1,"record":{"kind":"organisation","name":"Ash"}},
		{"op":"update","id":"nobody","record":{"kind":"organisation","name":"Ash"}},
		{"op":"create","record":{"kind":"seat","name":"Head of Unit"}}]}`
	keyed := func(w with, key string) with { w.key = key; return w }
	first, _ := d.ask("POST", path, mixed, keyed(anna, "k1"), 200)
	if counts(first) != "2 0 0 3" || item(first, 2)["code"] != "not_found" || item(first, 3)["code"] != "revision_required" || !strings.Contains(fmt.Sprint(item(first, 4)), "parentId") {
		t.Fatalf("%v", first)
	}
	again, _ := d.ask("POST", path, mixed, keyed(anna, "k1"), 200)
	if item(again, 0)["id"] != item(first, 0)["id"] || total("stakeholders") != 2.0 {
		t.Errorf("sent twice under one key: %v, %v stakeholders", again, total("stakeholders"))
	}
	d.ask("POST", path, strings.Replace(mixed, "Oak", "Yew", 1), keyed(anna, "k1"), 422)

	// An upsert finds the record by its number, leaves what it does not name, and says when nothing changed.
	upsert := `{"items":[{"op":"upsert","externalId":{"scheme":"other","value":"crm-7"},"record":{"kind":"organisation","name":"Elm Trust"}}]}`
	once, _ := d.ask("POST", path, upsert, anna, 200)
	twice, _ := d.ask("POST", path, upsert, anna, 200)
	elm, _ := d.ask("GET", "/api/v1/stakeholders/"+item(once, 0)["id"].(string), "", anna, 200)
	if counts(once) != "0 1 0 0" || counts(twice) != "0 0 1 0" || elm["name"] != "Elm Trust" || elm["country"] != "BE" || fmt.Sprint(elm["tags"]) != "[tree]" {
		t.Errorf("%v, %v, %v", counts(once), counts(twice), elm)
	}

	// All or nothing.
	whole := `{"allOrNothing":true,"items":[{"op":"create","record":{"kind":"organisation","name":"Beech"}},{"op":"create","record":{"kind":"seat","name":"x"}}]}`
	refused, _ := d.ask("POST", path, whole, keyed(anna, "k2"), 422)
	if !strings.Contains(fmt.Sprint(refused["errors"]), "items[1].parentId") || total("stakeholders") != 2.0 {
		t.Errorf("%v, %v stakeholders", refused, total("stakeholders"))
	}
	whole = strings.Replace(whole, `"kind":"seat"`, `"kind":"organisation"`, 1)
	d.ask("POST", path, whole, keyed(anna, "k3"), 200)
	d.ask("POST", path, whole, keyed(anna, "k3"), 200)
	if total("stakeholders") != 4.0 {
		t.Errorf("%v stakeholders", total("stakeholders"))
	}
	d.ask("POST", path, mixed, karl, 403)
	d.ask("POST", path, `{"items":[]}`, anna, 422)
	d.ask("POST", path, `{"items":[`+strings.TrimSuffix(strings.Repeat(`{"op":"create","record":{"kind":"organisation","name":"x"}},`, 501), ",")+`]}`, anna, 422)

	// Interactions and tasks have the same shape, and are known by the sender's key.
	whom := item(first, 0)["id"].(string)
	task := func(title string) string {
		return `{"items":[{"op":"upsert","record":{"key":"t1","title":"` + title + `","stakeholderIds":["` + whom + `"]}},{"op":"upsert","record":{"title":"no key"}}]}`
	}
	made, _ := d.ask("POST", "/api/v1/tasks/bulk", task("Ring"), anna, 200)
	changed, _ := d.ask("POST", "/api/v1/tasks/bulk", task("Ring again"), anna, 200)
	if counts(made) != "1 0 0 1" || counts(changed) != "0 1 0 1" || item(made, 0)["id"] != item(changed, 0)["id"] || total("tasks") != 1.0 {
		t.Errorf("%v, %v", made, changed)
	}
	noted, _ := d.ask("POST", "/api/v1/interactions/bulk", `{"items":[{"op":"create","record":{"kind":"note","minutes":"x","stakeholderIds":["`+whom+`"]}},
		{"op":"create","record":{"kind":"note","minutes":"x","stakeholderIds":["nobody"]}}]}`, anna, 200)
	if counts(noted) != "1 0 0 1" || total("interactions") != 1.0 {
		t.Errorf("%v", noted)
	}
}
