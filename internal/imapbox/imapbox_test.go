package imapbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"piper/internal/fault"
	"piper/internal/imapbox"
	"piper/internal/imapbox/imaptest"
)

func message(n, size int) []byte {
	head := fmt.Sprintf("From: a%d@example.org\r\nSubject: message %d\r\nMessage-ID: <%d@example.org>\r\n\r\n", n, n, n)
	return append([]byte(head), bytes.Repeat([]byte("Some words of text, about sixty characters in this very line.\r\n"), size/64)...)
}

func open(t *testing.T, a imapbox.Account, folder string) *imapbox.Client {
	t.Helper()
	c, err := imapbox.Dial(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := c.Open(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	return c
}

func fetchAll(t *testing.T, c *imapbox.Client, maxSize int64) []imapbox.Raw {
	t.Helper()
	uids, err := c.UIDs(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []imapbox.Raw
	if err := c.Fetch(t.Context(), uids, maxSize, func(r imapbox.Raw) error { got = append(got, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return got
}

// Both servers answer the same: folders, state, UIDs, bodies, headers of what is too large.
func TestServers(t *testing.T) {
	when := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	messages := [][]byte{message(1, 500), message(2, 200_000), message(3, 10_000), message(4, 0)}
	t.Run("memory", func(t *testing.T) {
		s := imaptest.Memory(t, imaptest.User{Name: "anna", Password: "secret"})
		for _, m := range messages {
			if _, err := s.Append("anna", "Tøm & Co", when, m); err != nil {
				t.Fatal(err)
			}
		}
		checkServer(t, s.Account("anna"), "Tøm & Co", messages)
	})
	t.Run("dovecot", func(t *testing.T) {
		d := imaptest.Dovecot(t)
		if err := d.Deliver("Projects/2026", messages...); err != nil {
			t.Fatal(err)
		}
		checkServer(t, d.Account(), "Projects/2026", messages)
		for mode, port := range map[string]int{"on": d.TLSPort, "starttls": d.Port} {
			a := d.Account()
			a.TLS, a.Port = mode, port
			checkServer(t, a, "Projects/2026", messages)
		}
		// A server that was asked to SELECT moves messages out of "new" and one that was not told to PEEK
		// marks them as seen; both would show to the mailbox's owner.
		untouched, err := os.ReadDir(filepath.Join(d.Maildir, ".Projects.2026", "new"))
		if err != nil || len(untouched) != len(messages) {
			t.Errorf("%d of %d messages are still new, %v", len(untouched), len(messages), err)
		}
	})
}

func checkServer(t *testing.T, a imapbox.Account, folder string, want [][]byte) {
	t.Helper()
	ctx := t.Context()
	c, err := imapbox.Dial(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	folders, err := c.Folders(ctx)
	if err != nil || !slices.Contains(folders, folder) || !slices.Contains(folders, "INBOX") {
		t.Fatalf("folders %q, %v", folders, err)
	}
	if _, err := c.Open(ctx, "Nowhere"); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a folder that is not there: %v", err)
	}
	f, err := c.Open(ctx, folder)
	if err != nil || f.UIDValidity == 0 || f.Messages != uint32(len(want)) || f.UIDNext != uint32(len(want))+1 {
		t.Fatalf("folder %+v, %v", f, err)
	}
	if none, err := c.UIDs(ctx, f.UIDNext); err != nil || len(none) != 0 {
		t.Fatalf("messages after the last: %v, %v", none, err)
	}
	got := fetchAll(t, c, 100_000)
	if len(got) != len(want) {
		t.Fatalf("%d messages, want %d", len(got), len(want))
	}
	for i, r := range got {
		large := len(want[i]) > 100_000
		body := want[i]
		if large {
			body = body[:bytes.Index(body, []byte("\r\n\r\n"))+4]
		}
		if r.UID != uint32(i+1) || r.HeadersOnly != large || !bytes.Equal(r.Body, body) || r.Size != int64(len(want[i])) || r.InternalDate.IsZero() {
			t.Errorf("message %d: uid %d, headers only %v, %d bytes of %d, date %v", i+1, r.UID, r.HeadersOnly, len(r.Body), r.Size, r.InternalDate)
		}
	}
	one, err := c.FetchOne(ctx, 2)
	if err != nil || !bytes.Equal(one.Body, want[1]) {
		t.Errorf("one message: %d bytes, %v", len(one.Body), err)
	}
	if _, err := c.FetchOne(ctx, 99); !fault.Is(err, fault.NotFound) {
		t.Errorf("a message that is not there: %v", err)
	}
}

func TestSignIn(t *testing.T) {
	s := imaptest.Memory(t, imaptest.User{Name: "anna", Password: "pässwört", Token: "ya29.token"})
	for name, change := range map[string]func(*imapbox.Account){
		"password":      func(*imapbox.Account) {},
		"starttls":      func(a *imapbox.Account) { a.TLS = "starttls" },
		"tls":           func(a *imapbox.Account) { a.TLS, a.Port = "on", s.TLSPort },
		"token":         func(a *imapbox.Account) { a.Password = ""; a.XOAUTH2Token = token("ya29.token") },
		"token and tls": func(a *imapbox.Account) { a.TLS, a.Port, a.XOAUTH2Token = "on", s.TLSPort, token("ya29.token") },
	} {
		a := s.Account("anna")
		change(&a)
		c, err := imapbox.Dial(t.Context(), a)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c.Close()
	}
	for want, change := range map[string]func(*imapbox.Account){
		"did not accept the sign-in of anna": func(a *imapbox.Account) { a.Password = "wrong" },
		"did not accept the sign-in of ann.": func(a *imapbox.Account) { a.XOAUTH2Token = token("old"); a.User = "ann" },
		"No access token": func(a *imapbox.Account) {
			a.XOAUTH2Token = func(context.Context) (string, error) { return "", errors.New("expired") }
		},
		"does not accept connections":  func(a *imapbox.Account) { a.Port = 1 },
		"no mail server with the name": func(a *imapbox.Account) { a.Host = "mail.invalid" },
		"not signed by an authority":   func(a *imapbox.Account) { a.TLS, a.Port, a.CAPEM = "on", s.TLSPort, nil },
		"does not speak TLS":           func(a *imapbox.Account) { a.TLS = "on" },
		"private address":              func(a *imapbox.Account) { a.AllowPrivate = false },
		"never leads there":            func(a *imapbox.Account) { a.Dial = refuse },
	} {
		a := s.Account("anna")
		change(&a)
		_, err := imapbox.Dial(t.Context(), a)
		if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// refuse is a dialer that keeps to a rule of its own.
func refuse(context.Context, string, string) (net.Conn, error) {
	return nil, &net.OpError{Op: "dial", Err: fault.New(fault.Forbidden, "This house never leads there.")}
}

func token(t string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return t, nil }
}

// A connection that breaks in the middle is an unavailable server; whole messages before it stay delivered
// and none is cut.
func TestBrokenConnection(t *testing.T) {
	s := imaptest.Memory(t, imaptest.User{Name: "anna", Password: "secret"})
	const n = 40
	for i := range n {
		if _, err := s.Append("anna", "INBOX", time.Time{}, message(i, 20_000)); err != nil {
			t.Fatal(err)
		}
	}
	proxy := imaptest.NewProxy(t, s.Host, s.Port)
	for _, after := range []int64{1, 100, 700, 30_000, 123_456, 400_000} {
		proxy.BreakAfter(after)
		a := s.Account("anna")
		a.Host, a.Port = proxy.Host, proxy.Port
		delivered := 0
		err := func() error {
			c, err := imapbox.Dial(t.Context(), a)
			if err != nil {
				return err
			}
			defer c.Close()
			if _, err := c.Open(t.Context(), "INBOX"); err != nil {
				return err
			}
			uids, err := c.UIDs(t.Context(), 1)
			if err != nil {
				return err
			}
			return c.Fetch(t.Context(), uids, 1<<20, func(r imapbox.Raw) error {
				if int64(len(r.Body)) != r.Size || r.HeadersOnly {
					t.Errorf("after %d bytes: message %d has %d bytes of %d", after, r.UID, len(r.Body), r.Size)
				}
				delivered++
				return nil
			})
		}()
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("after %d bytes: %v", after, err)
		}
		if want := int(after / 20_000); delivered > want || delivered < want-2 {
			t.Errorf("after %d bytes: %d messages delivered, want about %d", after, delivered, want)
		}
	}
}

func TestContextEndsFetch(t *testing.T) {
	s := imaptest.Memory(t, imaptest.User{Name: "anna", Password: "secret"})
	for i := range 20 {
		s.Append("anna", "INBOX", time.Time{}, message(i, 50_000))
	}
	c := open(t, s.Account("anna"), "INBOX")
	uids, _ := c.UIDs(t.Context(), 1)
	ctx, cancel := context.WithCancel(t.Context())
	got := 0
	err := c.Fetch(ctx, uids, 0, func(imapbox.Raw) error {
		got++
		if got == 3 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if _, err := c.UIDs(t.Context(), 1); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("after the end: %v", err)
	}
}

// An error of the receiver comes back as it is, and the connection goes on working.
func TestReceiverFails(t *testing.T) {
	s := imaptest.Memory(t, imaptest.User{Name: "anna", Password: "secret"})
	for i := range 600 {
		s.Append("anna", "INBOX", time.Time{}, message(i, 100))
	}
	c := open(t, s.Account("anna"), "INBOX")
	uids, _ := c.UIDs(t.Context(), 1)
	stop := errors.New("enough")
	if err := c.Fetch(t.Context(), uids, 0, func(imapbox.Raw) error { return stop }); err != stop {
		t.Fatalf("got %v", err)
	}
	if got := fetchAll(t, c, 0); len(got) != 600 {
		t.Fatalf("%d messages after the failure", len(got))
	}
}

// A server that falls silent does not hold the caller longer than the account allows; a slow receiver does
// not count as silence.
func TestSilence(t *testing.T) {
	s := imaptest.Memory(t, imaptest.User{Name: "anna", Password: "secret"})
	for i := range 3 {
		s.Append("anna", "INBOX", time.Time{}, message(i, 100_000))
	}
	a := s.Account("anna")
	a.Timeout = 300 * time.Millisecond
	c := open(t, a, "INBOX")
	uids, _ := c.UIDs(t.Context(), 1)
	got := 0
	err := c.Fetch(t.Context(), uids, 0, func(imapbox.Raw) error { got++; time.Sleep(500 * time.Millisecond); return nil })
	if err != nil || got != 3 {
		t.Fatalf("slow receiver: %d, %v", got, err)
	}
	time.Sleep(500 * time.Millisecond) // nor does a pause between commands
	if _, err := c.UIDs(t.Context(), 1); err != nil {
		t.Fatalf("after a pause: %v", err)
	}
}
