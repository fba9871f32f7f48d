package postbox_test

import (
	"bytes"
	"context"
	"io"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"piper/internal/postbox"
	"piper/internal/postbox/smtptest"
)

func box(t *testing.T, s *smtptest.Server, change func(*postbox.Options)) *postbox.Box {
	t.Helper()
	o := postbox.Options{Host: "127.0.0.1", Port: s.Port, TLS: postbox.Plain, From: "Piper <piper@example.org>", Timeout: 5 * time.Second}
	if change != nil {
		change(&o)
	}
	b, err := postbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var letter = postbox.Mail{ID: "digest-1", To: "ana@example.org", Name: "Inês Carvalho", Subject: "Šest úkolů", Text: "Anneliese Röder, 2026-03-29\n.\nФундація «Маяк»\n"}

func TestMailArrivesWhole(t *testing.T) {
	s := smtptest.Start(t)
	s.Ask("piper", "open sesame")
	b := box(t, s, func(o *postbox.Options) { o.User, o.Password = "piper", "open sesame" })
	if err := b.Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	got := s.Mails()
	if len(got) != 1 || got[0].To[0] != "ana@example.org" || got[0].From != "piper@example.org" {
		t.Fatalf("%+v", got)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(got[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	if have := strings.ReplaceAll(string(text), "\r\n", "\n"); strings.TrimSpace(have) != strings.TrimSpace(letter.Text) {
		t.Errorf("%q", have)
	}
	if id := m.Header.Get("Message-ID"); id != "<digest-1@example.org>" {
		t.Error(id)
	}
}

// TestFates: what a server does decides whether the mail may be sent again.
func TestFates(t *testing.T) {
	for name, test := range map[string]struct {
		fault smtptest.Fault
		want  postbox.Fate
	}{
		"no room today":              {smtptest.Fault{Rcpt: 452}, postbox.NotSent},
		"no such person":             {smtptest.Fault{Rcpt: 550}, postbox.Refused},
		"sender not allowed":         {smtptest.Fault{From: 553}, postbox.NotSent},
		"content refused":            {smtptest.Fault{Data: 554}, postbox.Refused},
		"content refused for now":    {smtptest.Fault{Data: 451}, postbox.NotSent},
		"drops amid the content":     {smtptest.Fault{DropAtData: true}, postbox.Unknown}, // the sender had written all of it
		"drops behind the content":   {smtptest.Fault{DropAfterData: true}, postbox.Unknown},
		"drops when it is connected": {smtptest.Fault{DropAtOnce: true}, postbox.NotSent},
	} {
		t.Run(name, func(t *testing.T) {
			s := smtptest.Start(t)
			s.Set(test.fault)
			err := box(t, s, nil).Send(t.Context(), letter)
			if err == nil || postbox.FateOf(err) != test.want {
				t.Fatalf("fate %d, want %d: %v", postbox.FateOf(err), test.want, err)
			}
			s.Set(smtptest.Fault{})
			if err := box(t, s, nil).Send(t.Context(), letter); err != nil {
				t.Fatalf("the next one: %v", err)
			}
		})
	}
}

// TestTakenThenGone: a server that takes the mail and then falls silent has taken it.
func TestTakenThenGone(t *testing.T) {
	s := smtptest.Start(t)
	s.Set(smtptest.Fault{DropAfterTaking: true})
	if err := box(t, s, nil).Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	if n := len(s.Mails()); n != 1 {
		t.Fatalf("%d mails", n)
	}
}

func TestNobodyAnswers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	b, err := postbox.New(postbox.Options{Host: "127.0.0.1", Port: port, TLS: postbox.Plain, From: "piper@example.org", Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Send(context.Background(), letter); err == nil || postbox.FateOf(err) != postbox.NotSent {
		t.Fatal(err)
	}
}

// TestNoPasswordInTheClear: without TLS a server that wants STARTTLS gets neither the password nor the mail.
func TestNoPasswordInTheClear(t *testing.T) {
	s := smtptest.Start(t)
	s.Ask("piper", "open sesame")
	b := box(t, s, func(o *postbox.Options) { o.TLS, o.User, o.Password = postbox.StartTLS, "piper", "open sesame" })
	if err := b.Send(t.Context(), letter); err == nil || postbox.FateOf(err) != postbox.NotSent || s.Asked.Load() {
		t.Fatalf("%v, password sent %v", err, s.Asked.Load())
	}
}

func TestOptions(t *testing.T) {
	good := postbox.Options{Host: "mail.example.org", Port: 587, TLS: postbox.StartTLS, From: "piper@example.org"}
	for name, change := range map[string]func(*postbox.Options){
		"no way":    func(o *postbox.Options) { o.TLS = "maybe" },
		"no sender": func(o *postbox.Options) { o.From = "nobody" },
		"no host":   func(o *postbox.Options) { o.Host = "" },
	} {
		o := good
		change(&o)
		if _, err := postbox.New(o); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
