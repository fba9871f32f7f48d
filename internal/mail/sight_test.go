package mail

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/mail/mime"
	"piper/internal/store"
)

// seen is what a reader sees of mail, by every way there is.
type seen struct {
	threads, messages, found, hits int
	subjects, snippets             []string
}

func (w *world) look(ctx context.Context, words string) seen {
	w.t.Helper()
	var s seen
	threads, err := w.repo.Threads(ctx, ThreadSearch{}, store.Query{})
	w.ok(err)
	s.threads = threads.Total
	messages, err := w.repo.Messages(ctx, MessageSearch{}, store.Query{})
	w.ok(err)
	s.messages = messages.Total
	for _, raw := range messages.Items {
		var m Message
		w.ok(json.Unmarshal(raw, &m))
		s.subjects, s.snippets = append(s.subjects, m.Subject), append(s.snippets, m.Snippet)
	}
	found, err := w.repo.Messages(ctx, MessageSearch{}, store.Query{Text: words})
	w.ok(err)
	s.found = found.Total
	hits, err := w.repo.SearchThreads(ctx, words, 10)
	w.ok(err)
	s.hits = len(hits)
	return s
}

func (w *world) onlyThread() *Thread {
	w.t.Helper()
	list, err := w.repo.threads.Find(w.ctx, nil, nil, 0)
	w.ok(err)
	if len(list) != 1 {
		w.t.Fatalf("%d threads", len(list))
	}
	return list[0]
}

// A second user learns nothing of a private thread, and of a shared one what its level says.
func TestSharingLevels(t *testing.T) {
	w := newWorld(t)
	w.dir["donor@example.org"] = []string{"s1"}
	w.deliver(w.mailbox("ann"), letter("1@x", "donor@example.org", "ann@home.example.org", "Zebra budget"))
	ann, bob := w.as("ann"), w.as("bob")
	board := access.With(t.Context(), access.Reader{AccountID: "eve", Role: access.Board})
	admin := access.With(t.Context(), access.Reader{AccountID: "root", Role: access.Administrator})
	id := w.onlyThread().ID
	m, err := w.repo.messages.First(w.ctx, nil)
	w.ok(err)

	for _, c := range []struct {
		level     Level
		listed    int
		subject   string
		byWords   int // in bodies
		byTitle   int // in threads
		mayOpen   bool
		mayRead   bool
		linkCount int
	}{
		{Private, 0, "", 0, 0, false, false, 0},
		{Metadata, 1, "", 0, 0, true, false, 1},
		{Subject, 1, "Zebra budget", 0, 1, true, false, 1},
		{Full, 1, "Zebra budget", 1, 1, true, true, 1},
		{Private, 0, "", 0, 0, false, false, 0},
	} {
		v, err := w.repo.Share(ann, id, w.onlyThread().Rev, c.level)
		w.ok(err)
		if v.Sharing != c.level || !v.Mine || v.Subject != "Zebra budget" {
			t.Errorf("%s: the owner sees %+v", c.level, v)
		}
		for name, ctx := range map[string]context.Context{"colleague": bob, "administrator": admin} {
			s := w.look(ctx, "zebra")
			if s.threads != c.listed || s.messages != c.listed || s.hits != c.byTitle {
				t.Errorf("%s, %s: %+v", c.level, name, s)
			}
			if text := w.look(ctx, "text"); text.found != c.byWords {
				t.Errorf("%s, %s: found by words of the text: %+v", c.level, name, text)
			}
			if c.listed == 1 && (s.subjects[0] != c.subject || (s.snippets[0] != "") != c.mayRead) {
				t.Errorf("%s, %s: reads %+v", c.level, name, s)
			}
			_, _, err := w.repo.Thread(ctx, id)
			_, errMessage := w.repo.Message(ctx, m.ID)
			if c.mayOpen != (err == nil) || c.mayOpen != (errMessage == nil) || !c.mayOpen && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: opening gives %v, %v", c.level, name, err, errMessage)
			}
			if _, _, err := w.repo.Body(ctx, m.ID, -1); c.mayRead != (err == nil) {
				t.Errorf("%s, %s: reading gives %v", c.level, name, err)
			}
			page, err := w.repo.Threads(ctx, ThreadSearch{StakeholderID: "s1"}, store.Query{})
			w.ok(err)
			if page.Total != c.linkCount {
				t.Errorf("%s, %s: %d threads of the stakeholder", c.level, name, page.Total)
			}
		}
		if s := w.look(ann, "zebra"); s.threads != 1 || s.found != 1 || s.hits != 1 || s.snippets[0] == "" {
			t.Errorf("%s, owner: %+v", c.level, s)
		}
		if _, err := w.repo.Threads(board, ThreadSearch{}, store.Query{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: the board gets %v", c.level, err)
		}
	}
	if _, err := w.repo.Share(bob, id, w.onlyThread().Rev, Full); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger shares: %v", err)
	}
}

// Of a conversation that two hold different parts of, each sees their own part only: count, subject,
// people, search and filters included.
func TestOneThreadInTwoMailboxes(t *testing.T) {
	w := newWorld(t)
	w.dir["donor@example.org"] = []string{"s1"}
	w.dir["minister@example.org"] = []string{"s2"}
	boxAnn, boxBob := w.mailbox("ann"), w.mailbox("bob")
	both := letter("1@x", "donor@example.org", "team@home.example.org", "Plain offer")
	secret := letter("22@x", "minister@example.org", "ann@home.example.org", "Hidden agenda", "1@x")
	w.deliver(boxAnn, both, secret)
	w.deliver(boxBob, both)
	ann, bob := w.as("ann"), w.as("bob")

	check := func(ctx context.Context, name string, count, messages int, people string) {
		t.Helper()
		page, err := w.repo.Threads(ctx, ThreadSearch{}, store.Query{})
		w.ok(err)
		if page.Total != 1 {
			t.Fatalf("%s sees %d threads", name, page.Total)
		}
		v := page.Items[0]
		text, err := json.Marshal(v)
		w.ok(err)
		if v.Count != count || v.Subject != "Plain offer" || strings.Contains(string(text), "minister") != strings.Contains(people, "minister") {
			t.Errorf("%s sees %s", name, text)
		}
		_, list, err := w.repo.Thread(ctx, v.ID)
		w.ok(err)
		if len(list) != messages {
			t.Errorf("%s sees %d messages", name, len(list))
		}
	}
	check(ann, "ann", 2, 2, "minister")
	check(bob, "bob", 1, 1, "")
	for _, s := range []ThreadSearch{{StakeholderID: "s2"}, {MailboxID: boxAnn.ID}} {
		page, err := w.repo.Threads(bob, s, store.Query{})
		w.ok(err)
		// Ann's mailbox holds the shared message too, and Bob may know that; nobody he may not know of.
		if want := map[bool]int{true: 0, false: 1}[s.StakeholderID != ""]; page.Total != want {
			t.Errorf("bob filters by %+v: %d", s, page.Total)
		}
	}
	for words, want := range map[string]int{"hidden": 0, "minister": 0, "plain": 1, "donor": 1} {
		if s := w.look(bob, words); s.hits != want {
			t.Errorf("bob finds %d threads by %q", s.hits, words)
		}
	}
	if s := w.look(ann, "hidden"); s.found != 1 {
		t.Errorf("ann finds %+v", s)
	}
	// Bob shares what he holds; that does not open what only Ann holds.
	_, err := w.repo.Share(bob, w.onlyThread().ID, w.onlyThread().Rev, Full)
	w.ok(err)
	check(w.as("carl"), "carl", 1, 1, "")
	check(bob, "bob", 1, 1, "")
	// Ann's sharing does.
	_, err = w.repo.Share(ann, w.onlyThread().ID, w.onlyThread().Rev, Metadata)
	w.ok(err)
	check(w.as("carl"), "carl", 2, 2, "minister")
	if s := w.look(w.as("carl"), "hidden"); s.hits != 0 || s.found != 0 || slices.Contains(s.subjects, "Hidden agenda") {
		t.Errorf("carl learns the subject: %+v", s)
	}
}

// Two shared threads that turn out to be one show no more than either owner has shown.
func TestJoiningThreadsShowsNoMore(t *testing.T) {
	w := newWorld(t)
	w.dir["a@example.org"] = []string{"s1"}
	box := w.mailbox("ann")
	w.deliver(box, letter("1@x", "a@example.org", "b@x", "Open"), letter("2@x", "a@example.org", "b@x", "Closed"))
	open, err := w.repo.messages.First(w.ctx, nil)
	w.ok(err)
	_, err = w.repo.Share(w.as("ann"), open.ThreadID, 1, Full)
	w.ok(err)
	bob := w.as("bob")
	if s := w.look(bob, "text"); s.messages != 1 || s.found != 1 {
		t.Fatalf("before: %+v", s)
	}
	w.deliver(box, letter("3@x", "a@example.org", "b@x", "Both", "1@x", "2@x"))
	if s := w.look(bob, "text"); s.messages != 0 || s.threads != 0 || s.found != 0 {
		t.Errorf("after the threads were joined bob sees %+v", s)
	}
	// A new message in a shared thread is shared.
	_, err = w.repo.Share(w.as("ann"), w.onlyThread().ID, w.onlyThread().Rev, Full)
	w.ok(err)
	w.deliver(box, letter("4@x", "a@example.org", "b@x", "More", "3@x"))
	if s := w.look(bob, "text"); s.messages != 4 || s.found != 4 {
		t.Errorf("of the shared thread bob sees %+v", s)
	}
}

// A copy that reads differently is kept as a wording of its own, and read by those who hold it only: a
// forged copy does not open the original.
func TestWordings(t *testing.T) {
	w := newWorld(t)
	w.dir["a@example.org"] = []string{"s1"}
	original := letter("1@x", "a@example.org", "ann@home.example.org", "Offer")
	forged := letter("1@x", "a@example.org", "bob@home.example.org", "Offer")
	forged.Text, forged.ContentHash = "Another text", "another"
	w.deliver(w.mailbox("ann"), original)
	boxBob := w.mailbox("bob")
	if s := w.deliver(boxBob, forged); s.Kept != 0 || s.Duplicates != 1 {
		t.Errorf("saved %+v", s)
	}
	m, err := w.repo.messages.First(w.ctx, nil)
	w.ok(err)
	for account, want := range map[string]string{"ann": "Text of 1@x", "bob": "Another text"} {
		b, others, err := w.repo.Body(w.as(account), m.ID, -1)
		w.ok(err)
		if b.Text != want || len(others) != 0 {
			t.Errorf("%s reads %q and %v more", account, b.Text, others)
		}
	}
	if s := w.look(w.as("bob"), "text"); slices.Contains(s.snippets, "Text of 1@x") {
		t.Errorf("bob reads the original: %+v", s)
	}
	// The same Message-ID from another sender is another message.
	w.dir["b@example.org"] = []string{"s2"}
	if s := w.deliver(boxBob, letter("1@x", "b@example.org", "bob@home.example.org", "Offer")); s.Kept != 1 {
		t.Errorf("saved %+v", s)
	}
}

// A sender's own copy names the hidden recipients; the others' copies must not.
func TestBccStaysWithTheSender(t *testing.T) {
	w := newWorld(t)
	w.dir["a@example.org"] = []string{"s1"}
	plain := letter("1@x", "ann@home.example.org", "a@example.org", "Offer")
	sent := letter("1@x", "ann@home.example.org", "a@example.org", "Offer")
	sent.Bcc = []mime.Address{{Address: "hidden@example.org"}}
	sent.ContentHash = plain.ContentHash
	w.deliver(w.mailbox("ann"), sent)
	w.deliver(w.mailbox("bob"), plain)
	m, err := w.repo.messages.First(w.ctx, nil)
	w.ok(err)
	b, _, err := w.repo.Body(w.as("bob"), m.ID, -1)
	w.ok(err)
	if len(b.Bcc) != 0 {
		t.Errorf("bob reads the Bcc: %v", b.Bcc)
	}
	raw, err := w.repo.Message(w.as("bob"), m.ID)
	w.ok(err)
	if strings.Contains(string(raw), "hidden@") {
		t.Errorf("bob's message names the Bcc: %s", raw)
	}
}
