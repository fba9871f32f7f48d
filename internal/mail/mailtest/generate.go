package mailtest

import (
	"encoding/base64"
	"fmt"
	"iter"
	"math/rand/v2"
	"mime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Generated says what generated mail is like: the correspondence of a small office. Of 100 messages 25 are
// plain text, 60 have plain text and HTML, 5 are HTML only and 10 carry an attachment besides; two thirds
// answer an earlier one and quote it. The middle one is some 8 KB long. Every sender is in Senders.
//
// The same seed gives the same messages.
type Generated struct {
	Seed    uint64
	Senders int // different senders; 0: 500
}

// Sender gives the address of one sender, by number.
func (g Generated) Sender(i int) string {
	return fmt.Sprintf("%s.%s%d@%s", strings.ToLower(givenNames[i%len(givenNames)]), strings.ToLower(asciiNames[i/7%len(asciiNames)]), i, hosts[i/3%len(hosts)])
}

// Messages yields n messages with CRLF line ends, oldest first.
func (g Generated) Messages(n int) iter.Seq2[int, []byte] {
	if g.Senders == 0 {
		g.Senders = 500
	}
	return func(yield func(int, []byte) bool) {
		w := writer{g: g, rng: rand.New(rand.NewPCG(g.Seed, 42)), words: vocabulary(g.Seed)}
		for i := range n {
			if !yield(i, w.message(i)) {
				return
			}
		}
	}
}

var (
	givenNames = []string{"Anna", "Bruno", "Chiara", "Dmitri", "Elif", "Fatima", "Goran", "Hanna", "Ivan", "Jana", "Katja", "Luca", "Maria", "Nikos", "Olga", "Piotr"}
	asciiNames = []string{"Novak", "Muller", "Rossi", "Kowalska", "Jensen", "Garcia", "Popescu", "Horvath", "Dubois", "Andersson", "Yilmaz", "Petrov"}
	surnames   = []string{"Nováková", "Müller", "Rossi", "Kowalska", "Jensen", "García", "Popescu", "Horváth", "Dubois", "Andersson", "Yılmaz", "Петров"}
	hosts      = []string{"secretariat.example.org", "commission.example.eu", "foundation.example.net", "member.example.org", "ministry.example.gov"}
)

// writer writes the messages one after another, because later ones answer earlier ones.
type writer struct {
	g     Generated
	rng   *rand.Rand
	words []string
	past  []sent // what may be answered
	text  strings.Builder
}

type sent struct {
	id, subject, quote string
	references         []string
}

// vocabulary makes 4,000 words; the first ones are drawn far more often than the last, as in any language.
func vocabulary(seed uint64) []string {
	rng := rand.New(rand.NewPCG(seed, 7))
	syllables := []string{"ka", "ri", "mo", "ten", "sul", "per", "an", "do", "vi", "gra", "lö", "né", "ster", "pu", "ci", "ža", "be", "hol", "ta", "ren"}
	list := make([]string, 4000)
	for i := range list {
		for range 1 + rng.IntN(4) {
			list[i] += syllables[rng.IntN(len(syllables))]
		}
	}
	return list
}

func (w *writer) word() string {
	f := w.rng.Float64()
	return w.words[int(f*f*f*float64(len(w.words)))]
}

func (w *writer) sentence(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = w.word()
	}
	first, size := utf8.DecodeRuneInString(words[0])
	words[0] = string(unicode.ToUpper(first)) + words[0][size:]
	return strings.Join(words, " ") + "."
}

// paragraphs makes text of about so many bytes.
func (w *writer) paragraphs(size int) []string {
	var list []string
	for size > 0 {
		var p strings.Builder
		for range 2 + w.rng.IntN(5) {
			p.WriteString(w.sentence(6 + w.rng.IntN(16)))
			p.WriteByte(' ')
		}
		size -= p.Len()
		list = append(list, strings.TrimSpace(p.String()))
	}
	return list
}

func (w *writer) message(i int) []byte {
	sender := w.rng.IntN(w.g.Senders)
	m := sent{id: fmt.Sprintf("%d.%d@mail.example.org", i, w.g.Seed)}
	paragraphs := w.paragraphs(400 + w.rng.IntN(3200))
	if len(w.past) > 0 && w.rng.IntN(3) > 0 {
		earlier := w.past[max(0, len(w.past)-1-w.rng.IntN(200))]
		m.subject = earlier.subject
		if !strings.HasPrefix(m.subject, "Re: ") {
			m.subject = "Re: " + m.subject
		}
		m.references = append(earlier.references[max(0, len(earlier.references)-8):], earlier.id)
		m.quote = earlier.quote
	} else {
		m.subject = strings.TrimSuffix(w.sentence(3+w.rng.IntN(5)), ".")
	}
	w.text.Reset()
	line := func(format string, args ...any) { fmt.Fprintf(&w.text, format+"\r\n", args...) }
	date := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(i) * 11 * time.Minute)
	line("Return-Path: <%s>", w.g.Sender(sender))
	for hop := range 2 + w.rng.IntN(3) {
		line("Received: from relay%d.example.net (relay%d.example.net [192.0.2.%d])\r\n\tby mx.example.org (Postfix) with ESMTPS id %X\r\n\tfor <office@example.org>; %s", hop, hop, hop+1, w.rng.Uint32(), date.Format(time.RFC1123Z))
	}
	line("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=mail;\r\n\tbh=%s;\r\n\tb=%s", w.random(32), w.random(190))
	line("From: %s <%s>", mime.BEncoding.Encode("utf-8", givenNames[sender%len(givenNames)]+" "+surnames[sender/7%len(surnames)]), w.g.Sender(sender))
	line("To: Office <office@example.org>, \"%s, %s\" <%s>", asciiNames[i%len(asciiNames)], givenNames[i%len(givenNames)], w.g.Sender(w.rng.IntN(w.g.Senders)))
	if w.rng.IntN(3) == 0 {
		line("Cc: %s", w.g.Sender(w.rng.IntN(w.g.Senders)))
	}
	line("Subject: %s", strings.ReplaceAll(mime.QEncoding.Encode("utf-8", m.subject), "?= =?", "?=\r\n =?"))
	line("Date: %s", date.Format(time.RFC1123Z))
	line("Message-ID: <%s>", m.id)
	if n := len(m.references); n > 0 {
		line("In-Reply-To: <%s>", m.references[n-1])
		line("References: <%s>", strings.Join(m.references, ">\r\n <"))
	}
	line("MIME-Version: 1.0")
	plain := strings.Join(paragraphs, "\r\n\r\n") + "\r\n\r\n-- \r\n" + givenNames[sender%len(givenNames)] + "\r\n"
	if m.quote != "" {
		plain += "\r\nOn Mon, 1 Jan 2024 at 09:00, Office <office@example.org> wrote:\r\n" + m.quote
	}
	switch kind := w.rng.IntN(100); {
	case kind < 25:
		w.part("text/plain; charset=utf-8", "8bit", plain)
	case kind < 30:
		w.part("text/html; charset=utf-8", "quoted-printable", quoted(rich(paragraphs, m.quote)))
	default:
		outer := fmt.Sprintf("=_outer_%d", i)
		attached := kind >= 90
		if attached {
			line("Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s", outer, outer)
		}
		inner := fmt.Sprintf("=_inner_%d", i)
		line("Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n--%s", inner, inner)
		w.part("text/plain; charset=utf-8", "quoted-printable", quoted(plain))
		line("\r\n--%s", inner)
		w.part("text/html; charset=utf-8", "quoted-printable", quoted(rich(paragraphs, m.quote)))
		line("\r\n--%s--", inner)
		if attached {
			line("\r\n--%s\r\nContent-Disposition: attachment; filename=\"report-%d.pdf\"", outer, i)
			w.part("application/pdf", "base64", w.random(2000+w.rng.IntN(30000)))
			line("\r\n--%s--", outer)
		}
	}
	m.quote = "> " + strings.Join(paragraphs[:min(3, len(paragraphs))], "\r\n>\r\n> ") + "\r\n"
	if w.past = append(w.past, m); len(w.past) > 400 {
		w.past = w.past[200:]
	}
	return []byte(w.text.String())
}

func (w *writer) part(contentType, encoding, body string) {
	fmt.Fprintf(&w.text, "Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s", contentType, encoding, body)
}

// random gives base64 of n random bytes in lines.
func (w *writer) random(n int) string {
	raw := make([]byte, n)
	for i := range raw {
		raw[i] = byte(w.rng.Uint32())
	}
	text := base64.StdEncoding.EncodeToString(raw)
	var out strings.Builder
	for len(text) > 72 {
		out.WriteString(text[:72] + "\r\n\t")
		text = text[72:]
	}
	return out.String() + text
}

// rich lays text out as HTML the way mail programs do.
func rich(paragraphs []string, quote string) string {
	var out strings.Builder
	out.WriteString(`<html><head><meta charset="utf-8"><style>p { margin: 0 }</style></head><body><div dir="ltr" style="font-family: Calibri, sans-serif">`)
	for _, p := range paragraphs {
		out.WriteString(`<p class="MsoNormal" style="margin:0cm">` + p + "<br></p>\r\n")
	}
	out.WriteString(`<p>See <a href="https://example.org/page?id=1&amp;x=2">our page</a>. <img src="https://example.org/pixel.gif" width="1" height="1"></p>`)
	if quote != "" {
		out.WriteString(`<div class="gmail_quote"><blockquote style="border-left:1px solid #ccc">` + strings.ReplaceAll(quote, "\r\n", "<br>\r\n") + `</blockquote></div>`)
	}
	out.WriteString("</div></body></html>\r\n")
	return out.String()
}

// quoted encodes text as quoted-printable.
func quoted(s string) string {
	var out strings.Builder
	width := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\r' || c == '\n':
			out.WriteByte(c)
			width = 0
			continue
		case c == '=' || c >= 0x80:
			fmt.Fprintf(&out, "=%02X", c)
			width += 3
		default:
			out.WriteByte(c)
			width++
		}
		if width > 72 && i+1 < len(s) {
			out.WriteString("=\r\n")
			width = 0
		}
	}
	return out.String()
}
