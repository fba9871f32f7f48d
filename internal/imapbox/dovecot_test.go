package imapbox_test

import (
	"slices"
	"testing"

	"piper/internal/fault"
	"piper/internal/imapbox"
	"piper/internal/imapbox/imaptest"
)

// What a real server does to us in the course of time: it restarts, its processes die in the middle, it
// loses its indexes and names all messages anew.
func TestDovecotLife(t *testing.T) {
	d := imaptest.Dovecot(t)
	const n = 250 // more than the buffers between two processes hold
	var messages [][]byte
	for i := range n {
		messages = append(messages, message(i, 100_000))
	}
	if err := d.Deliver("INBOX", messages...); err != nil {
		t.Fatal(err)
	}
	c := open(t, d.Account(), "INBOX")
	uids, err := c.UIDs(t.Context(), 1)
	if err != nil || len(uids) != n {
		t.Fatalf("%d messages, %v", len(uids), err)
	}

	delivered := 0
	err = c.Fetch(t.Context(), uids, 1<<20, func(r imapbox.Raw) error {
		if delivered++; delivered == 5 {
			d.KillConnections()
		}
		if int64(len(r.Body)) != r.Size {
			t.Errorf("message %d has %d bytes of %d", r.UID, len(r.Body), r.Size)
		}
		return nil
	})
	if !fault.Is(err, fault.Unavailable) || delivered < 5 || delivered == n {
		t.Errorf("processes died: %d messages, %v", delivered, err)
	}

	c = open(t, d.Account(), "INBOX")
	before, err := c.Open(t.Context(), "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	d.Restart()
	if _, err := c.UIDs(t.Context(), 1); !fault.Is(err, fault.Unavailable) {
		t.Errorf("after the restart: %v", err)
	}
	if err := d.ChangeUIDValidity("INBOX"); err != nil {
		t.Fatal(err)
	}
	c = open(t, d.Account(), "INBOX")
	after, err := c.Open(t.Context(), "INBOX")
	if err != nil || after.UIDValidity == before.UIDValidity || after.Messages != before.Messages {
		t.Errorf("UIDVALIDITY was %d and is %d, %d messages, %v", before.UIDValidity, after.UIDValidity, after.Messages, err)
	}
	if err := d.Deliver("INBOX", message(n, 10)); err != nil {
		t.Fatal(err)
	}
	if after, err = c.Open(t.Context(), "INBOX"); err != nil || after.Messages != n+1 {
		t.Errorf("after a delivery: %+v, %v", after, err)
	}
	fresh, err := c.UIDs(t.Context(), after.UIDNext-1)
	if err != nil || !slices.Equal(fresh, []uint32{after.UIDNext - 1}) {
		t.Errorf("new messages: %v, %v", fresh, err)
	}
}
