package webhooks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/secret"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/sqlite"
	"piper/internal/webhook"
	"piper/jobs/runner"
	"piper/jobs/webhooks"
)

// paper is a record that webhooks are told of.
type paper struct {
	store.Meta
	Title string `json:"title"`
}

// receiver is an address that behaves as a test wants it to, and remembers what it was sent.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	got    []message
	answer func(w http.ResponseWriter, r *http.Request, n int)
}

type message struct {
	EventID, Event, Noun, ID string
	Record                   *paper
	header                   http.Header
	body                     []byte
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{answer: func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(http.StatusNoContent) }}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		m := message{header: req.Header, body: body}
		_ = json.Unmarshal(body, &m)
		r.mu.Lock()
		r.got = append(r.got, m)
		n, answer := len(r.got), r.answer
		r.mu.Unlock()
		answer(w, req, n)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) answers(answer func(w http.ResponseWriter, r *http.Request, n int)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

func (r *receiver) heard() []message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]message{}, r.got...)
}

type house struct {
	*webhook.Repo
	t      *testing.T
	papers *store.Collection[paper]
	mu     sync.Mutex
	now    time.Time
	ines   context.Context
	work   func(context.Context, *runner.Progress) error
}

// newHouse is a store with one kind of record, and the job. Connections go only to where the receiver is.
func newHouse(t *testing.T, allowed string) *house {
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
	db := store.New(engine, store.Options{Now: h.clock})
	t.Cleanup(func() { _ = db.Close() })
	h.papers = store.Declare(db, store.Spec[paper]{Name: "papers", Audited: true, Fields: []driver.Field{{Path: "title"}}})
	h.Repo = webhook.NewRepo(db, box, webhook.Options{Plain: true, Nouns: []webhook.Noun{{
		Name: "paper", Collection: "papers", Needs: access.StakeholdersRead,
		Read: func(ctx context.Context, id string) (any, error) { return h.papers.Get(ctx, id) },
	}}})
	h.ok(db.Start(access.AsSystem(t.Context(), "test"), nil))
	h.ines = access.With(t.Context(), access.Reader{AccountID: "ines", Name: "Inês", Role: access.Administrator})
	dial := &net.Dialer{ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		if !strings.HasSuffix(allowed, address) {
			return fault.New(fault.Forbidden, "%s is a private address.", address)
		}
		return nil
	}}
	h.work = webhooks.New(webhooks.Deps{Hooks: h.Repo, HTTP: &http.Client{Transport: &http.Transport{DialContext: dial.DialContext}},
		Patience: 500 * time.Millisecond, UserAgent: "Piper/test", Now: h.clock})
	return h
}

func (h *house) clock() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.now }

func (h *house) pass(d time.Duration) { h.mu.Lock(); defer h.mu.Unlock(); h.now = h.now.Add(d) }

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) hook(url string) (*webhook.Hook, string) {
	h.t.Helper()
	one := &webhook.Hook{Name: "x", URL: url, Role: access.Advocate, WithRecord: true, Events: h.Events()}
	secret, err := h.Create(h.ines, one)
	h.ok(err)
	return one, secret
}

func (h *house) paper(title string) *paper {
	h.t.Helper()
	p := &paper{Title: title}
	h.ok(h.papers.Create(h.ines, p))
	return p
}

func (h *house) run() {
	h.t.Helper()
	h.ok(h.work(access.AsSystem(h.t.Context(), "job webhooks"), runner.NewProgress()))
}

// last gives the newest delivery of a webhook.
func (h *house) last(id string) *webhook.Delivery {
	h.t.Helper()
	page, err := h.Deliveries(h.ines, webhook.Search{HookID: id}, store.Query{Limit: 1})
	h.ok(err)
	return page.Items[0]
}

// TestDelivery: what arrives is signed, names the event and brings the record; once it was taken it is not
// sent again, and of two processes at once only one sends it.
func TestDelivery(t *testing.T) {
	r := newReceiver(t)
	h := newHouse(t, r.URL)
	hook, secret := h.hook(r.URL)
	p := h.paper("first")
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			if err := h.work(access.AsSystem(t.Context(), "job webhooks"), runner.NewProgress()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	h.run()
	got := r.heard()
	if len(got) != 1 {
		t.Fatalf("%d deliveries arrived", len(got))
	}
	m := got[0]
	if m.Event != "created" || m.Noun != "paper" || m.ID != p.ID || m.Record == nil || m.Record.Title != "first" {
		t.Errorf("%s", m.body)
	}
	seconds, err := strconv.ParseInt(m.header.Get(webhook.TimeHeader), 10, 64)
	h.ok(err)
	want, err := webhook.Sign(secret, m.header.Get(webhook.IDHeader), time.Unix(seconds, 0), m.body)
	h.ok(err)
	if m.header.Get(webhook.SignatureHeader) != want || m.header.Get(webhook.IDHeader) != m.EventID {
		t.Errorf("signed %q, not %q", m.header.Get(webhook.SignatureHeader), want)
	}
	if d := h.last(hook.ID); d.State != webhook.Delivered || len(d.Tries) != 1 || d.Tries[0].Status != http.StatusNoContent {
		t.Errorf("%+v", d)
	}
}

// TestMisbehaviour: whatever the address does, the log says so in a sentence, keeps a bounded part of the
// answer and the delivery is tried again; redirects and other hosts are never followed.
func TestMisbehaviour(t *testing.T) {
	other := newReceiver(t)
	for name, c := range map[string]struct {
		answer func(w http.ResponseWriter, r *http.Request, n int)
		fault  string
		status int
	}{
		"500": {func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = w.Write([]byte("<script>\x00" + strings.Repeat("x", 1<<20)))
		}, "answered 500", 500},
		"redirect": {func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		}, "Redirects are not followed", 307},
		"closes": {func(w http.ResponseWriter, _ *http.Request, _ int) { panic(http.ErrAbortHandler) }, "closed the connection", 0},
		"slow":   {func(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() }, "did not answer within 500ms", 0},
		"slow in the middle": {func(w http.ResponseWriter, r *http.Request, _ int) {
			w.WriteHeader(http.StatusOK)
			_, _ = w.Write([]byte("so far so good"))
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, "did not answer within 500ms", 200},
	} {
		t.Run(name, func(t *testing.T) {
			r := newReceiver(t)
			r.answers(c.answer)
			h := newHouse(t, r.URL)
			hook, _ := h.hook(r.URL)
			h.paper("x")
			h.run()
			d := h.last(hook.ID)
			if d.State != webhook.Waiting || len(d.Tries) != 1 || d.DueAt.Time().Before(h.clock()) {
				t.Fatalf("%+v", d)
			}
			if try := d.Tries[0]; !strings.Contains(try.Fault, c.fault) || try.Status != c.status || len([]rune(try.Answer)) > 500 {
				t.Errorf("%+v", try)
			}
			r.answers(func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(http.StatusOK) })
			h.pass(time.Minute)
			h.run()
			if d := h.last(hook.ID); d.State != webhook.Delivered || len(d.Tries) != 2 {
				t.Errorf("%+v", d)
			}
			if got := r.heard(); len(got) != 2 || got[0].EventID != got[1].EventID || !bytes.Equal(got[0].body, got[1].body) {
				t.Errorf("%d arrived", len(got))
			}
		})
	}
	if n := len(other.heard()); n != 0 {
		t.Errorf("%d deliveries went where a redirect pointed", n)
	}
}

// TestPrivateAddress: an address that the way out refuses is never reached, and the log has its sentence.
func TestPrivateAddress(t *testing.T) {
	r := newReceiver(t)
	h := newHouse(t, "http://192.0.2.1:1")
	hook, _ := h.hook(r.URL)
	h.paper("x")
	h.run()
	if d := h.last(hook.ID); len(d.Tries) != 1 || !strings.Contains(d.Tries[0].Fault, "is a private address") {
		t.Errorf("%+v", d)
	}
	if n := len(r.heard()); n != 0 {
		t.Errorf("%d deliveries arrived", n)
	}
}

// TestDeadAddressGetsARest: a run gives up on an address after three failures, and goes on serving others.
func TestDeadAddressGetsARest(t *testing.T) {
	r := newReceiver(t)
	r.answers(func(w http.ResponseWriter, req *http.Request, _ int) {
		if req.URL.Path == "/dead" {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	h := newHouse(t, r.URL)
	dead, _ := h.hook(r.URL + "/dead")
	well, _ := h.hook(r.URL)
	for range 10 {
		h.paper("x")
	}
	h.run()
	if tally, err := h.Tally(h.ines, well.ID); err != nil || tally.Waiting != 0 {
		t.Errorf("%+v, %v", tally, err)
	}
	if n := len(r.heard()); n != 13 {
		t.Errorf("%d requests were made, not 10 and 3", n)
	}
	if tally, err := h.Tally(h.ines, dead.ID); err != nil || tally.Waiting != 10 {
		t.Errorf("%+v, %v", tally, err)
	}
}
