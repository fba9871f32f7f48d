package mail

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"piper/internal/access"
	"piper/internal/mail/mime"
	"piper/internal/secret"
	"piper/internal/store"
	"piper/internal/store/memory"
)

// world is a store with mail in it, for tests of rules.
type world struct {
	t    testing.TB
	ctx  context.Context // Piper itself
	repo *Repo
	dir  directory
}

// directory is a Directory that knows these addresses.
type directory map[string][]string

func (d directory) Lookup(_ context.Context, addresses []string) (map[string][]string, error) {
	found := map[string][]string{}
	for _, a := range addresses {
		if ids, ok := d[a]; ok {
			found[a] = ids
		}
	}
	return found, nil
}

func newWorld(t testing.TB) *world {
	t.Helper()
	db := store.New(memory.New(), store.Options{})
	box, err := secret.New(bytes.Repeat([]byte{7}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, ctx: access.AsSystem(t.Context(), "test"), repo: NewRepo(db, box), dir: directory{}}
	if err := db.Start(w.ctx, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// as gives the context of an advocate.
func (w *world) as(account string) context.Context {
	return access.With(w.t.Context(), access.Reader{AccountID: account, Name: account, Role: access.Advocate})
}

func (w *world) mailbox(owner string) *Mailbox {
	w.t.Helper()
	m, err := w.repo.CreateMailbox(w.ctx, MailboxInput{OwnerID: owner, Host: "imap.example.org", User: owner + "@home.example.org",
		Password: "x", Folders: []string{"INBOX"}, Enabled: true})
	w.ok(err)
	return m
}

// deliver saves messages as the next of a mailbox's INBOX.
func (w *world) deliver(box *Mailbox, list ...*mime.Message) Saved {
	w.t.Helper()
	folder, err := w.repo.BeginFolder(w.ctx, box.ID, "INBOX", 1)
	w.ok(err)
	in, err := w.repo.Intake(w.ctx, box, w.dir)
	w.ok(err)
	b := Batch{Folder: folder, Through: folder.LastUID}
	for _, m := range list {
		b.Through++
		p, err := in.Prepare(Incoming{UID: b.Through, Received: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Size: 100, Message: m})
		w.ok(err)
		b.Items = append(b.Items, p)
	}
	saved, err := in.Save(w.ctx, b)
	w.ok(err)
	return saved
}

// letter makes a message from somebody to somebody; refs are what it refers to.
func letter(id, from, to, subject string, refs ...string) *mime.Message {
	return &mime.Message{MessageID: id, References: refs, Subject: subject, Date: time.Date(2026, 1, 1, 0, 0, len(id), 0, time.UTC),
		From: []mime.Address{{Address: from}}, To: []mime.Address{{Address: to}}, Text: "Text of " + id, ContentHash: "hash of " + id + from}
}

// groups gives the Message-IDs of every thread, as a set of sets.
func (w *world) groups() []string {
	w.t.Helper()
	byThread := map[string][]string{}
	all, err := w.repo.messages.Find(w.ctx, nil, nil, 0)
	w.ok(err)
	for _, m := range all {
		byThread[m.ThreadID] = append(byThread[m.ThreadID], m.MessageID)
	}
	threads, err := w.repo.threads.Find(w.ctx, nil, nil, 0)
	w.ok(err)
	var out []string
	for _, t := range threads {
		ids := byThread[t.ID]
		slices.Sort(ids)
		if len(ids) == 0 || t.count() != len(ids) {
			w.t.Errorf("thread %s counts %d messages, has %v", t.ID, t.count(), ids)
		}
		delete(byThread, t.ID)
		v := t.viewFor(access.From(w.ctx), nil)
		out = append(out, fmt.Sprint(ids, v.Subject, v.FirstAt, v.LastAt, v.Count, v.Participants, v.StakeholderIDs))
	}
	if len(byThread) > 0 {
		w.t.Errorf("messages in threads that do not exist: %v", slices.Collect(maps.Keys(byThread)))
	}
	slices.Sort(out)
	return out
}
