package webhook_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/audit"
	"piper/internal/fault"
	"piper/internal/secret"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
	"piper/internal/webhook"
)

// paper is a record that can be private and can lie in the trash, as notes and tasks.
type paper struct {
	store.Meta
	Title     string        `json:"title"`
	Seen      []string      `json:"seen"`
	TrashedAt store.Instant `json:"trashedAt,omitempty"`
}

// joining is the record of a merge, as far as a webhook looks.
type joining struct {
	store.Meta
	SurvivorID string `json:"survivorId"`
	LoserID    string `json:"loserId"`
}

type house struct {
	*webhook.Repo
	t       *testing.T
	db      *store.DB
	papers  *store.Collection[paper]
	merges  *store.Collection[joining]
	journal *audit.Journal
	now     time.Time
	ines    context.Context
}

func newHouse(t *testing.T) *house {
	t.Helper()
	engine, err := sqlite.Open(filepath.Join(t.TempDir(), "piper.db"))
	if err != nil {
		t.Fatal(err)
	}
	box, err := secret.New(make([]byte, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	h.db = store.New(engine, store.Options{Now: func() time.Time { return h.now }})
	t.Cleanup(func() { _ = h.db.Close() })
	h.journal = audit.New(h.db, []byte("0123456789abcdef0123456789abcdef"), "")
	h.papers = store.Declare(h.db, store.Spec[paper]{Name: "papers", Audited: true, Sight: "seen", Fields: []driver.Field{{Path: "seen", Multi: true}}})
	h.merges = store.Declare(h.db, store.Spec[joining]{Name: "merges", Audited: true})
	h.Repo = webhook.NewRepo(h.db, box, webhook.Options{Chance: func() float64 { return 0 }, Nouns: []webhook.Noun{{
		Name: "paper", Collection: "papers", Needs: access.FinanceRead, Merges: true,
		Read: func(ctx context.Context, id string) (any, error) { return h.papers.Get(ctx, id) },
	}}})
	h.ok(h.db.Start(access.AsSystem(t.Context(), "test"), nil))
	h.ines = access.With(t.Context(), access.Reader{AccountID: "ines", Name: "Inês", Role: access.Administrator})
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// hook adds a webhook that is told of everything.
func (h *house) hook() *webhook.Hook {
	h.t.Helper()
	one := &webhook.Hook{Name: "Warehouse", URL: "https://example.org/in", Role: access.Board, WithRecord: true, Events: h.Events()}
	_, err := h.Create(h.ines, one)
	h.ok(err)
	return one
}

func (h *house) paper(seen ...string) *paper {
	h.t.Helper()
	p := &paper{Title: "words that nobody else may read", Seen: seen}
	h.ok(h.papers.Create(h.ines, p))
	return p
}

func (h *house) change(p *paper, fn func(*paper)) {
	h.t.Helper()
	_, err := h.papers.Update(access.Everything(h.ines), p.ID, func(p *paper) error { fn(p); return nil })
	h.ok(err)
}

// told lists what was put into the outbox of a webhook, the oldest first.
func (h *house) told(id string) (list []string) {
	h.t.Helper()
	h.ok(h.EachDelivery(h.ines, webhook.Search{HookID: id}, func(d *webhook.Delivery) error {
		list = append(list, d.Noun+"."+d.Event)
		return nil
	}))
	return list
}

func (h *house) is(what string, got, want []string) {
	h.t.Helper()
	if !slices.Equal(got, want) {
		h.t.Errorf("%s: %q, not %q", what, got, want)
	}
}

// TestWhatIsTold: each write is told as what it is to somebody who may see what the team sees, and what is
// private is not told at all.
func TestWhatIsTold(t *testing.T) {
	h := newHouse(t)
	h.paper(access.TeamToken) // before there is a webhook
	hook := h.hook()
	private := h.paper(access.OwnerToken("ines"))
	h.change(private, func(p *paper) { p.Title = "still private" })
	h.is("private", h.told(hook.ID), nil)
	h.change(private, func(p *paper) { p.Seen = []string{access.TeamToken} })
	h.is("shared", h.told(hook.ID), []string{"paper.created"})
	h.change(private, func(p *paper) { p.Title = "seen by all" })
	h.change(private, func(p *paper) { p.TrashedAt = "2026-03-01T00:00:00Z" })
	h.change(private, func(p *paper) { p.Title = "in the trash" })
	h.change(private, func(p *paper) { p.TrashedAt = "" })
	h.change(private, func(p *paper) { p.Seen = []string{access.OwnerToken("ines")} })
	h.is("all", h.told(hook.ID), []string{"paper.created", "paper.changed", "paper.removed", "paper.restored", "paper.removed"})
	h.ok(h.papers.Delete(h.ines, private.ID))
	if n := len(h.told(hook.ID)); n != 5 {
		t.Errorf("the end of a private record was told: %d deliveries", n)
	}
}

// TestOutboxIsOneWithTheChange: a transaction that fails tells nothing, and the journal holds an entry for
// each change and no secret.
func TestOutboxIsOneWithTheChange(t *testing.T) {
	h := newHouse(t)
	hook := h.hook()
	refused := fault.New(fault.Invalid, "No.")
	err := h.db.Tx(h.ines, func(ctx context.Context) error {
		if err := h.papers.Create(ctx, &paper{Seen: []string{access.TeamToken}}); err != nil {
			return err
		}
		return refused
	})
	if !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
	h.is("after a transaction that failed", h.told(hook.ID), nil)
	loser, survivor := h.paper(access.TeamToken), h.paper(access.TeamToken)
	h.ok(h.db.Tx(h.ines, func(ctx context.Context) error {
		if err := h.papers.Delete(ctx, loser.ID); err != nil {
			return err
		}
		return h.merges.Create(ctx, &joining{SurvivorID: survivor.ID, LoserID: loser.ID})
	}))
	h.is("a merge", h.told(hook.ID), []string{"paper.created", "paper.created", "paper.merged"})
	page, err := h.Deliveries(h.ines, webhook.Search{HookID: hook.ID}, store.Query{Limit: 1})
	h.ok(err)
	if d := page.Items[0]; d.RecordID != loser.ID || d.Into != survivor.ID || d.ByName != "Inês" {
		t.Errorf("%+v", d)
	}
	key, err := h.Secret(h.ines, hook.ID)
	h.ok(err)
	for _, d := range h.db.Declared() {
		h.ok(d.Raw.Each(access.AsSystem(t.Context(), "test"), func(doc []byte) error {
			if strings.Contains(string(doc), strings.TrimPrefix(key, "whsec_")) {
				t.Errorf("%s holds the secret in the open", d.Name)
			}
			return nil
		}))
	}
}

// TestRecordIsReadAsTheRole: the record goes with a delivery as its webhook may read it when it is sent.
func TestRecordIsReadAsTheRole(t *testing.T) {
	h := newHouse(t)
	hook := h.hook()
	p := h.paper(access.TeamToken)
	d := h.begin(hook)
	record := func() string {
		t.Helper()
		r, err := h.Record(h.ines, hook, d)
		h.ok(err)
		body, err := d.Body(r)
		h.ok(err)
		var m struct{ Record *paper }
		h.ok(json.Unmarshal(body, &m))
		if m.Record == nil {
			return ""
		}
		return m.Record.Title
	}
	if record() != p.Title {
		t.Error("the record does not go with its delivery")
	}
	h.change(p, func(p *paper) { p.Seen = []string{access.OwnerToken("ines")} })
	if got := record(); got != "" {
		t.Errorf("a record that became private is sent: %q", got)
	}
	advocate := &webhook.Hook{Name: "x", URL: "https://example.org", Role: access.Advocate, Events: []string{"paper.created"}}
	if _, err := h.Create(h.ines, advocate); !fault.Is(err, fault.Invalid) {
		t.Errorf("a role that may not read the noun may be told of it: %v", err)
	}
	plain := &webhook.Hook{Name: "x", URL: "http://example.org", Role: access.Board, Events: []string{"paper.created"}}
	if _, err := h.Create(h.ines, plain); !fault.Is(err, fault.Invalid) {
		t.Errorf("records may travel in the open: %v", err)
	}
}

// begin claims the one delivery that is due.
func (h *house) begin(hook *webhook.Hook) *webhook.Delivery {
	h.t.Helper()
	due, err := h.Due(h.ines, hook, "", 10)
	h.ok(err)
	for _, one := range due {
		d, _, ok, err := h.Begin(h.ines, one.ID)
		h.ok(err)
		if ok {
			return d
		}
	}
	h.t.Fatal("nothing could be begun")
	return nil
}

// TestOrderAndClaims: an event of a record waits for the one before it, two processes do not send one
// delivery, and one whose process was killed is sent again.
func TestOrderAndClaims(t *testing.T) {
	h := newHouse(t)
	hook := h.hook()
	a := h.paper(access.TeamToken)
	h.change(a, func(p *paper) { p.Title = "again" })
	h.paper(access.TeamToken)
	first, second := h.begin(hook), h.begin(hook)
	if first.Event != webhook.Created || second.RecordID == a.ID {
		t.Fatalf("%s of %s was begun beside %s", second.Event, second.RecordID, first.Event)
	}
	if due, err := h.Due(h.ines, hook, "", 10); err != nil || len(due) != 1 {
		t.Fatalf("%d are due, %v", len(due), err)
	}
	h.now = h.now.Add(3 * time.Minute) // the process of the first was killed
	again := h.begin(hook)
	if again.ID != first.ID || again.Attempts != 2 || again.EventID != first.EventID {
		t.Fatalf("%+v", again)
	}
	h.ok(h.End(h.ines, first, webhook.Try{At: h.db.Now(), Fault: "It woke up late."})) // changes nothing
	h.ok(h.End(h.ines, again, webhook.Try{At: h.db.Now(), Status: 204}))
	h.ok(h.End(h.ines, second, webhook.Try{At: h.db.Now(), Status: 204}))
	if next := h.begin(hook); next.Event != webhook.Changed || next.RecordID != a.ID {
		t.Fatalf("%+v", next)
	}
}

// TestGivingUp: the times between attempts double up to six hours, after the last one the webhook is paused
// with a sentence, and what was given up can be replayed.
func TestGivingUp(t *testing.T) {
	h := newHouse(t)
	hook := h.hook()
	h.paper(access.TeamToken)
	began := h.now
	var waits []time.Duration
	for range webhook.MaxAttempts {
		d := h.begin(hook)
		h.ok(h.End(h.ines, d, webhook.Try{At: h.db.Now(), Status: 500, Fault: "The address answered 500."}))
		page, err := h.Deliveries(h.ines, webhook.Search{HookID: hook.ID}, store.Query{})
		h.ok(err)
		if next := page.Items[0].DueAt.Time(); next.After(h.now) && page.Items[0].State == webhook.Waiting {
			waits = append(waits, next.Sub(h.now))
			h.now = next
		}
	}
	if len(waits) != webhook.MaxAttempts-1 || waits[0] != 15*time.Second || waits[1] != 30*time.Second || waits[len(waits)-1] != 3*time.Hour {
		t.Errorf("with chance 0 the waits are %v", waits)
	}
	if lasted := h.now.Sub(began); lasted < 12*time.Hour || lasted > 40*time.Hour {
		t.Errorf("it lasted %v", lasted)
	}
	paused, err := h.Hook(h.ines, hook.ID)
	h.ok(err)
	if !paused.Paused() || !strings.Contains(paused.PausedWhy, "answered 500") {
		t.Fatalf("%+v", paused)
	}
	if tally, err := h.Tally(h.ines, hook.ID); err != nil || tally != (webhook.Tally{Failed: 1}) {
		t.Errorf("%+v, %v", tally, err)
	}
	h.paper(access.TeamToken) // waits
	if any, err := h.AnyDue(h.ines); err != nil || any {
		t.Errorf("something is due while the webhook is paused: %v", err)
	}
	test, err := h.SendTest(h.ines, hook.ID)
	h.ok(err)
	if d := h.begin(paused); d.ID != test.ID {
		t.Errorf("%+v", d)
	}
	n, err := h.ReplayFailed(h.ines, hook.ID)
	h.ok(err)
	if resumed, err := h.Resume(h.ines, hook.ID, paused.Rev); err != nil || n != 1 || resumed.Paused() {
		t.Fatalf("%d, %v", n, err)
	}
	if tally, err := h.Tally(h.ines, hook.ID); err != nil || tally.Waiting != 3 {
		t.Errorf("%+v, %v", tally, err)
	}
}

// TestSweepAndRemoval: deliveries are gone after 30 days, and with their webhook.
func TestSweepAndRemoval(t *testing.T) {
	h := newHouse(t)
	hook := h.hook()
	h.paper(access.TeamToken)
	h.now = h.now.Add(29 * 24 * time.Hour)
	h.paper(access.TeamToken)
	h.now = h.now.Add(2 * 24 * time.Hour)
	if n, err := h.Sweep(h.ines); err != nil || n != 1 {
		t.Errorf("%d were swept, %v", n, err)
	}
	if err := h.Delete(h.ines, hook.ID, hook.Rev+7); !fault.Is(err, fault.Stale) {
		t.Errorf("a stale removal: %v", err)
	}
	h.ok(h.Delete(h.ines, hook.ID, hook.Rev))
	h.is("after the removal", h.told(hook.ID), nil)
	if _, err := h.Secret(h.ines, hook.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("the secret is still there: %v", err)
	}
}

// TestSign holds the signature against one made by another program (openssl dgst -sha256 -hmac).
func TestSign(t *testing.T) {
	got, err := webhook.Sign("whsec_c2VjcmV0", "msg_1", time.Unix(1700000000, 0), []byte(`{"a":1}`))
	if err != nil || got != "v1,Q5nZ7DiOGwijBBqvBVAK6c0zDr2JLkXI7TaV4f+Q2vY=" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestText(t *testing.T) {
	if got := webhook.Text([]byte("a\x00\x1b[31m\xffé\n" + strings.Repeat("x", 600))); !strings.HasPrefix(got, "a\ufffd\ufffd[31m\ufffdé\nx") || len([]rune(got)) != 500 {
		t.Errorf("%q", got)
	}
}
