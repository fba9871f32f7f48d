package mail

import (
	"slices"
	"testing"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store"
)

// A contact is what went between an owner and a stakeholder, and tells who of the two wrote.
func TestContacts(t *testing.T) {
	w := newWorld(t)
	w.dir["donor@example.org"] = []string{"s1"}
	w.dir["other@example.org"] = []string{"s2"}
	box := w.mailbox("ann")
	own := box.User
	w.deliver(box, letter("1@x", "donor@example.org", own, "In"))
	w.deliver(box, letter("2@x", "ann@work.example.org", "donor@example.org", "Out"))
	w.deliver(box, letter("3@x", "stranger@example.org", "other@example.org", "Merely received"))

	read := func(since store.Instant) (list []Contact) {
		w.ok(w.repo.EachContact(w.ctx, w.dir, map[string]string{"ann": "ann@work.example.org"}, since, func(c Contact) { list = append(list, c) }))
		slices.SortFunc(list, func(a, b Contact) int {
			if a.Sent == b.Sent {
				return 0
			}
			if a.Sent {
				return 1
			}
			return -1
		})
		return list
	}
	list := read("")
	if len(list) != 2 || list[0].Sent || !list[1].Sent {
		t.Fatalf("%+v", list)
	}
	for _, c := range list {
		if c.AccountID != "ann" || c.StakeholderID != "s1" || c.People != 2 || !c.Private || c.At == "" {
			t.Errorf("%+v", c)
		}
	}
	if late := read("2999-01-01T00:00:00Z"); len(late) != 0 {
		t.Errorf("of the future: %+v", late)
	}
	m, err := w.repo.messages.First(w.ctx, nil)
	w.ok(err)
	th, err := w.repo.threads.Get(w.ctx, m.ThreadID)
	w.ok(err)
	_, err = w.repo.Share(w.as("ann"), th.ID, th.Rev, Metadata)
	w.ok(err)
	private := 0
	for _, c := range read("") {
		if c.Private {
			private++
		}
	}
	if private != 1 {
		t.Errorf("%d contacts are private after one thread was shared", private)
	}

	// Whoever closes an account learns how many conversations are private, and nobody else does.
	admin := access.With(t.Context(), access.Reader{AccountID: "root", Role: access.Administrator})
	if n, err := w.repo.PrivateThreads(admin, "ann"); n != 2 || err != nil {
		t.Errorf("%d private threads, %v", n, err)
	}
	if _, err := w.repo.PrivateThreads(w.as("bob"), "ann"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an advocate is told: %v", err)
	}
}
