package store

import (
	"fmt"
	"testing"

	"piper/internal/store/driver"
)

// message is about what a mail is in the store: eight declared fields and a body of 5 KB.
type message struct {
	Meta
	MessageID string   `json:"messageId"`
	Thread    string   `json:"threadId"`
	Subject   string   `json:"subject"`
	Date      Instant  `json:"date"`
	Size      int64    `json:"size"`
	Seen      bool     `json:"seen"`
	People    []string `json:"people"`
	Sight     []string `json:"sight"`
	Text      string   `json:"text"`
}

func messages() *Collection[message] {
	return Declare(New(nil, Options{}), Spec[message]{
		Name: "messages",
		Fields: []driver.Field{{Path: "messageId"}, {Path: "threadId"}, {Path: "subject"}, {Path: "date"}, {Path: "size", Kind: driver.Int},
			{Path: "seen", Kind: driver.Bool}, {Path: "people", Multi: true}, {Path: "sight", Multi: true}},
		Sight: "sight",
		Words: func(m *message) Words { return Words{Names: []string{m.Subject}, Texts: []string{m.Text}} },
	})
}

// body is text of n bytes as a mail has it, one letter in thirty not ASCII.
func body(n int) string {
	words := []string{"the", "meeting", "of", "Thursday's", "Comité", "will", "discuss", "funding,", "Łódź", "and", "in", "Straßburg", "(2026)", "trafficking"}
	var b []byte
	for i := 0; len(b) < n; i++ {
		b = append(b, words[(i*i+i/3)%len(words)]...)
		if i%5 == 0 {
			b = fmt.Appendf(b, "%d", i%400)
		}
		b = append(b, ' ')
	}
	return string(b[:n])
}

func aMessage(text int) *message {
	return &message{Meta: Meta{ID: NewID(), Rev: 1, CreatedAt: "2026-11-21T22:57:00Z", UpdatedAt: "2026-11-21T22:57:00Z"}, MessageID: "abc@example.org",
		Thread: NewID(), Subject: "Re: Invitation à la réunion", Date: "2026-11-21T22:57:00Z", Size: 5123, Seen: true,
		People: []string{NewID(), NewID()}, Sight: []string{"acc:" + NewID(), "team"}, Text: body(text)}
}

// TestReady: words made ahead give the tokens that are made with the document, once more also.
func TestReady(t *testing.T) {
	c := messages()
	words := c.words
	m := aMessage(5000)
	want, err := c.doc(m)
	if err != nil {
		t.Fatal(err)
	}
	ready := words(m).Ready()
	c.words = func(*message) Words { return Words{ready: ready.ready} }
	for range 2 {
		got, err := c.doc(m)
		if err != nil || got.Tokens != want.Tokens {
			t.Fatalf("got %q, want %q, %v", got.Tokens, want.Tokens, err)
		}
	}
}

func BenchmarkDoc(b *testing.B) {
	c := messages()
	m := aMessage(5000)
	small := aMessage(100)
	b.Run("mail of 5 KB: encode, values, tokens", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := c.doc(m); err != nil {
				b.Fatal(err)
			}
		}
	})
	encoded, err := c.encode(m)
	if err != nil {
		b.Fatal(err)
	}
	short, err := c.encode(small)
	if err != nil {
		b.Fatal(err)
	}
	for _, part := range []struct {
		name string
		run  func() error
	}{
		{"encode mail", func() error { _, err := c.encode(m); return err }},
		{"encode small", func() error { _, err := c.encode(small); return err }},
		{"values of mail", func() error { _, err := c.extract.Extract(encoded); return err }},
		{"values of small", func() error { _, err := c.extract.Extract(short); return err }},
		{"tokens of mail", func() error { docTokens([]string{m.Subject}, []string{m.Text}); return nil }},
		{"fold of mail", func() error { Fold(m.Text); return nil }},
	} {
		b.Run(part.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := part.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
