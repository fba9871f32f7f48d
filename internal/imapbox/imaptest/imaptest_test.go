package imaptest_test

import (
	"strings"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/imapbox"
	"piper/internal/imapbox/imaptest"
)

func TestMemoryLife(t *testing.T) {
	s := imaptest.Memory(t, imaptest.User{Name: "anna", Password: "secret"}, imaptest.User{Name: "bob", Password: "word"})
	raw := []byte("Subject: S\r\n\r\nText")
	for i := range 3 {
		uid, err := s.Append("anna", "Projects/2026", time.Now(), raw)
		if err != nil || uid != uint32(i+1) {
			t.Fatalf("uid %d, %v", uid, err)
		}
	}
	if _, err := s.Append("carl", "INBOX", time.Now(), raw); err == nil {
		t.Error("a user that is not there has mail")
	}
	c, err := imapbox.Dial(t.Context(), s.Account("anna"))
	if err != nil {
		t.Fatal(err)
	}
	before, err := c.Open(t.Context(), "Projects/2026")
	if err != nil || before.Messages != 3 {
		t.Fatalf("%+v, %v", before, err)
	}
	s.KillConnections()
	if _, err := c.UIDs(t.Context(), 1); !fault.Is(err, fault.Unavailable) {
		t.Errorf("after the end of the connection: %v", err)
	}
	c.Close()
	if err := s.RenewFolder("anna", "Projects/2026"); err != nil {
		t.Fatal(err)
	}
	if c, err = imapbox.Dial(t.Context(), s.Account("anna")); err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	after, err := c.Open(t.Context(), "Projects/2026")
	if err != nil || after.Messages != 0 || after.UIDValidity == before.UIDValidity {
		t.Errorf("renewed: %+v, was %+v, %v", after, before, err)
	}
}

// Where Dovecot is missing a test is skipped with a sentence that names the package; under CI it fails.
func TestDovecotMissing(t *testing.T) {
	if _, err := imaptest.FindDovecot("/nowhere/dovecot"); err == nil || !strings.Contains(err.Error(), "dovecot-imapd") {
		t.Errorf("got %v", err)
	}
}
