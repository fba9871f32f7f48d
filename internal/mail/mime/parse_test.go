package mime

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piper/internal/fault"
)

// mail makes a message of lines.
func mail(lines ...string) []byte { return []byte(strings.Join(lines, "\r\n")) }

func parse(t *testing.T, raw []byte) *Message {
	t.Helper()
	m, err := Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParseWhole(t *testing.T) {
	pdf := []byte("%PDF-1.4 not really")
	sum := sha256.Sum256(pdf)
	raw := mail(
		"Received: from a by b; Mon, 2 Mar 2026 10:00:05 +0100",
		"From: =?UTF-8?B?xbt1cmVr?= <Zurek@Example.ORG>",
		"Sender: office@example.org",
		"Reply-To: desk@example.org",
		"To: \"Nowak, Anna\" <anna@example.org>, team: bob@example.org, (none) carl@example.org;",
		"Cc: dora@example.org (Dora D.)",
		"Subject: =?utf-8?Q?Za=C5=BC=C3=B3?==?utf-8?Q?=C5=82=C4=87?= the",
		"\tplan",
		"Date: Mon, 2 Mar 2026 10:00:00 +0100",
		"Message-ID: <m3@example.org>",
		"In-Reply-To: Your message of Sunday <m2@example.org>",
		"References: <m1@example.org>",
		" <m2@example.org>,<m1@example.org>",
		"MIME-Version: 1.0",
		"Content-Type: multipart/mixed; boundary=outer",
		"",
		"This text is for programs of 1992.",
		"--outer",
		"Content-Type: multipart/alternative; boundary=\"in ner\"",
		"",
		"--in ner",
		"Content-Type: text/plain; charset=iso-8859-2",
		"Content-Transfer-Encoding: quoted-printable",
		"",
		"Dzie=F1 dobry,=20",
		"a long=",
		" line.",
		"--in ner",
		"Content-Type: text/html; charset=utf-8",
		"Content-Transfer-Encoding: base64",
		"",
		base64.StdEncoding.EncodeToString([]byte(`<p onclick="x()">Dzień <img src="https://t.example/p.gif" alt="dot"><img src="cid:logo"></p><script>x</script>`)),
		"--in ner--",
		"--outer",
		"Content-Type: application/pdf; name=\"wrong.pdf\"",
		"Content-Disposition: attachment; filename*0*=utf-8''Za%C5%BC; filename*1=\"alenie.pdf\"",
		"Content-Transfer-Encoding: base64",
		"",
		base64.StdEncoding.EncodeToString(pdf),
		"--outer--",
		"epilogue")
	want := &Message{
		MessageID: "m3@example.org", InReplyTo: []string{"m2@example.org"}, References: []string{"m1@example.org", "m2@example.org"},
		Subject: "Zażółć the plan", Date: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		From: []Address{{"Żurek", "zurek@example.org"}}, Sender: []Address{{"", "office@example.org"}}, ReplyTo: []Address{{"", "desk@example.org"}},
		To:   []Address{{"Nowak, Anna", "anna@example.org"}, {"", "bob@example.org"}, {"none", "carl@example.org"}},
		Cc:   []Address{{"Dora D.", "dora@example.org"}},
		Text: "Dzień dobry, \na long line.",
		HTML: `<p>Dzień <img alt="dot"><img src="cid:logo"></p>`,
		Attachments: []Attachment{{
			Index: 0, Name: "Zażalenie.pdf", Type: "application/pdf", Size: int64(len(pdf)), Hash: hex.EncodeToString(sum[:]),
		}},
		Size: int64(len(raw)),
	}
	got := parse(t, raw)
	want.ContentHash = got.ContentHash
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	a, content, err := OpenAttachment(raw, 0)
	if err != nil || string(content) != string(pdf) || a.Name != "Zażalenie.pdf" {
		t.Errorf("attachment %+v %q %v", a, content, err)
	}
	for _, index := range []int{-1, 1} {
		if _, _, err := OpenAttachment(raw, index); !fault.Is(err, fault.NotFound) {
			t.Errorf("attachment %d: %v", index, err)
		}
	}
	h, err := ParseHeaders(raw[:strings.Index(string(raw), "\r\n\r\n")])
	if err != nil || h.Subject != want.Subject || !h.HeadersOnly || h.Text != "" || len(h.To) != 3 {
		t.Errorf("headers only: %+v, %v", h, err)
	}
}

// Each broken mail with what must come of it; problem is a part of a sentence that must be among Problems.
func TestRepairs(t *testing.T) {
	for _, c := range []struct {
		name, raw            string
		subject, from, text  string
		problem, attachments string
	}{
		{name: "mbox line first", raw: "From a@b Mon Sep  2 12:00:00 2002\nSubject: S\nFrom: a@example.org\n\nText\n", subject: "S", from: "a@example.org", text: "Text", problem: "separator"},
		{name: "quoted mbox line", raw: ">From a@b Mon Sep  2 12:00:00 2002\nSubject: S\n\nText", subject: "S", text: "Text", problem: "separator"},
		{name: "line without colon", raw: "Subject: S\nthis is no header\nFrom: a@example.org\n\nText", subject: "S", from: "a@example.org", text: "Text", problem: "not a header"},
		{name: "no blank line", raw: "Subject: S\nHello there,\nit began too early.", subject: "S", text: "Hello there,\nit began too early.", problem: "blank line"},
		{name: "blank lines first", raw: "\r\n\r\nSubject: S\r\n\r\nText", subject: "S", text: "Text", problem: "Blank lines"},
		{name: "byte order mark", raw: "\xef\xbb\xbfSubject: S\n\nText", subject: "S", text: "Text"},
		{name: "old line ends", raw: "Subject: S\rFrom: a@example.org\r\rText", subject: "S", from: "a@example.org", text: "Text", problem: "old way"},
		{name: "space before colon", raw: "Subject : S\n\nText", subject: "S", text: "Text"},
		{name: "headers only", raw: "Subject: S", subject: "S"},
		{name: "multipart without boundary", raw: "Subject: S\nContent-Type: multipart/mixed\n\nText", subject: "S", text: "Text", problem: "told apart"},
		{name: "boundary to be guessed", raw: "Subject: S\nContent-Type: multipart/mixed; boundary=x\n\n--y\nContent-Type: text/plain\n\nText\n--y--\n", subject: "S", text: "Text", problem: "guessed"},
		{name: "last boundary missing", raw: "Subject: S\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nText", subject: "S", text: "Text", problem: "ends before"},
		{name: "boundaries that begin alike", raw: "Subject: S\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=xy\n\n--xy\n\nOne\n--xy--\n--x\n\nTwo\n--x--", subject: "S", text: "One\n\nTwo"},
		{name: "unknown charset", raw: "Subject: S\nContent-Type: text/plain; charset=x-unknown\n\nna\xefve", subject: "S", text: "naïve", problem: "character set"},
		{name: "quoted charset", raw: "Subject: S\nContent-Type: text/plain; charset=\"'iso-8859-2'\"\n\n\xb1", subject: "S", text: "ą"},
		{name: "charset utf8", raw: "Subject: S\nContent-Type: text/plain; charset=utf8\n\n\xc4\x85", subject: "S", text: "ą"},
		{name: "charset cp1250", raw: "Subject: S\nContent-Type: text/plain; charset=cp1250\n\n\xb9", subject: "S", text: "ą"},
		{name: "charset by mistake us-ascii", raw: "Subject: S\nContent-Type: text/plain; charset=us-ascii\n\n\x93quoted\x94", subject: "S", text: "“quoted”"},
		{name: "utf-7", raw: "Subject: S\nContent-Type: text/plain; charset=utf-7\n\nZa+AXwA8wFCAQc- 1 +- 1", subject: "S", text: "Zażółć 1 + 1"},
		{name: "iso-2022-jp undeclared", raw: "Subject: S\n\n\x1b$BF|K\\\x1b(B", subject: "S", text: "日本"},
		{name: "utf-8 with a damaged place", raw: "Subject: S\n\nZa\xc5\xbc\xc3\xb3\xc5\x82\xff", subject: "S", text: "Zażół\ufffd"},
		{name: "NUL", raw: "Subject: S\x00T\n\na\x00b", subject: "ST", text: "ab"},
		{name: "raw 8-bit subject, charset of the body", raw: "Subject: \xb1\nContent-Type: text/plain; charset=iso-8859-2\n\nx", subject: "ą", text: "x"},
		{name: "word split in a character", raw: "Subject: =?utf-8?B?xA==?= =?utf-8?B?hQ==?=\n\nx", subject: "ą", text: "x"},
		{name: "word with spaces", raw: "Subject: =?utf-8?Q?two words?= end\n\nx", subject: "two words end", text: "x"},
		{name: "word of an unknown charset", raw: "Subject: =?default?Q?caf=E9?=\n\nx", subject: "café", text: "x"},
		{name: "no word at all", raw: "Subject: =?x=?\n\nx", subject: "=?x=?", text: "x"},
		{name: "bad base64", raw: "Subject: S\nContent-Transfer-Encoding: base64\n\nSGVs!!bG8g\nV29ybGQ", subject: "S", text: "Hello World", problem: "damaged"},
		{name: "not base64", raw: "Subject: S\nContent-Transfer-Encoding: base64\n\nThese are plain words, as one sees at once.", subject: "S", text: "These are plain words, as one sees at once.", problem: "not encoded as it says"},
		{name: "unknown encoding", raw: "Subject: S\nContent-Transfer-Encoding: x-rot13\n\nUryyb", subject: "S", text: "Uryyb", problem: "encoding is unknown"},
		{name: "bad quoted-printable", raw: "Subject: S\nContent-Transfer-Encoding: quoted-printable\n\n1 = 1, =zz, soft =  \nend=", subject: "S", text: "1 = 1, =zz, soft end"},
		{name: "uuencode", raw: "Subject: S\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n%2&5L;&\\\n`\nend", subject: "S", text: "Hello"},
		{name: "content type that is none", raw: "Subject: S\nContent-Type: text/plain>; x\n\nText", subject: "S", text: "Text", problem: "not valid"},
		{name: "content type text", raw: "Subject: S\nContent-Type: text\n\nText", subject: "S", text: "Text"},
		{name: "parameter without semicolon", raw: "Subject: S\nContent-Type: text/plain charset=iso-8859-2\n\n\xb1", subject: "S", text: "ą"},
		{name: "HTML only", raw: "Subject: S\nContent-Type: text/html\n\n<p>One<p>Two", subject: "S", text: "One\n\nTwo"},
		{name: "HTML that says it is plain", raw: "Subject: S\n\n<!DOCTYPE html><p>One", subject: "S", text: "One", problem: "is HTML"},
		{name: "flowed", raw: "Subject: S\nContent-Type: text/plain; format=flowed\n\nOne \nline.\n> quoted \n> too.\n From stuffed\n-- \nA", subject: "S", text: "One line.\n> quoted too.\nFrom stuffed\n-- \nA"},
		{name: "flowed, DelSp", raw: "Subject: S\nContent-Type: text/plain; format=flowed; delsp=yes\n\nun \nbroken", subject: "S", text: "unbroken"},
		{name: "enriched", raw: "Subject: S\nContent-Type: text/enriched\n\n<bold>One</bold> <color><param>red</param>two</color> << three", subject: "S", text: "One two < three"},
		{name: "footer beside alternative", raw: "Subject: S\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nPlain\n--b\nContent-Type: text/html\n\n<p>Rich\n--b--\n--a\n\nFooter\n--a--", subject: "S", text: "Plain\n\nFooter"},
		{name: "forwarded mail only", raw: "Subject: S\nContent-Type: message/rfc822\n\nSubject: Inner/one\nFrom: b@example.org\n\nInner text", subject: "S", text: "Inner text", attachments: "Inner_one.eml message/rfc822"},
		{name: "8-bit file name", raw: "Subject: S\nContent-Type: application/pdf; name=\"b\xe9.pdf\"\n\nx", subject: "S", attachments: "bé.pdf application/pdf"},
		{name: "encoded file name", raw: "Subject: S\nContent-Type: application/pdf; name=\"=?utf-8?Q?b=C3=A9.pdf?=\"\n\nx", subject: "S", attachments: "bé.pdf application/pdf"},
		{name: "path as file name", raw: "Subject: S\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"C:\\dir\\..\\..\\a:b.pdf\"\n\nx", subject: "S", attachments: "a_b.pdf application/pdf"},
		{name: "no file name", raw: "Subject: S\nContent-Type: application/ms-tnef\n\nx", subject: "S", attachments: "attachment-1.dat application/ms-tnef"},
		{name: "text that is a file", raw: "Subject: S\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nText\n--a\nContent-Type: text/plain; name=notes.txt\n\nNotes\n--a--", subject: "S", text: "Text", attachments: "notes.txt text/plain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := parse(t, []byte(c.raw))
			from := ""
			if len(m.From) > 0 {
				from = m.From[0].Address
			}
			var files []string
			for _, a := range m.Attachments {
				files = append(files, a.Name+" "+a.Type)
			}
			got := [4]string{m.Subject, from, m.Text, strings.Join(files, ", ")}
			if want := [4]string{c.subject, c.from, c.text, c.attachments}; got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			if all := strings.Join(m.Problems, " "); !strings.Contains(all, c.problem) || (c.problem == "") != (all == "") {
				t.Errorf("problems %q, want %q", all, c.problem)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	for raw, why := range map[string]string{
		"": "is empty", " \r\n\x00\n": "is empty", "Just some text.\nAnd more.\n": "no headers",
		"X-Thing: 1\nColour: red\n\nbody": "none of the headers", "\x89PNG\r\n\x1a\n\x00\x00": "no headers",
	} {
		for name, parse := range map[string]func([]byte) (*Message, error){"Parse": Parse, "ParseHeaders": ParseHeaders} {
			if _, err := parse([]byte(raw)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), why) {
				t.Errorf("%s(%q): %v, want %q", name, raw, err, why)
			}
		}
	}
}

func TestAutoSubmitted(t *testing.T) {
	for head, want := range map[string]bool{
		"Auto-Submitted: auto-replied": true, "Auto-Submitted: no": false, "Precedence: bulk": false, "Precedence: auto_reply": true,
		"X-Autoreply: yes": true, "Return-Path: <>": true, "Return-Path: <a@example.org>": false, "X-Mailer: x": false,
		"Content-Type: multipart/report; boundary=a; report-type=delivery-status\n\n--a\n\nx\n--a--": true,
	} {
		if m := parse(t, []byte("Subject: S\n"+head+"\n\nText")); m.AutoSubmitted != want {
			t.Errorf("%q: %v", head, m.AutoSubmitted)
		}
	}
}

// The same mail from two mailboxes has one hash; another mail has another.
func TestContentHash(t *testing.T) {
	base := "From: A <a@example.org>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: S\n\nOne line.\nFrom here on.\n"
	hash := func(raw string) string { return parse(t, []byte(raw)).ContentHash }
	same := []string{
		strings.ReplaceAll(base, "\n", "\r\n"),
		"Received: from x by y\nX-Spam: no\n" + base,
		strings.Replace(base, "10:00:00 +0100", "09:00:00 GMT", 1),
		strings.Replace(base, "\nFrom here", "\n>From here", 1),
		strings.Replace(base, "A <a@example.org>", "a@EXAMPLE.org", 1),
		base + "\n\n",
	}
	for i, raw := range same {
		if hash(raw) != hash(base) {
			t.Errorf("copy %d has another hash", i)
		}
	}
	for _, change := range [][2]string{{"10:00:00", "10:00:01"}, {"a@example.org", "b@example.org"}, {"Subject: S", "Subject: T"}, {"One", "Two"}} {
		if hash(strings.Replace(base, change[0], change[1], 1)) == hash(base) {
			t.Errorf("%v makes no difference", change)
		}
	}
}

// A bomb of any kind costs little and leaves bounded results.
func TestBombs(t *testing.T) {
	nested := "Subject: S\n"
	for i := range 5000 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	same := "Subject: S\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: multipart/mixed; boundary=b\n\n", 50_000)
	for name, raw := range map[string]string{
		"nesting":             nested,
		"nesting, same":       same,
		"parts":               "Subject: S\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 200_000),
		"attachments":         "Subject: S\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: a/b\n\nx\n", 100_000),
		"mails in mails":      "Subject: S\n" + strings.Repeat("Content-Type: message/rfc822\n\nSubject: x\n", 50_000),
		"headers":             strings.Repeat("To: a@example.org\n", 500_000) + "\nx",
		"long header":         "Subject: " + strings.Repeat("=?utf-8?Q?x?= ", 500_000) + "\n\nx",
		"open words":          "Subject: " + strings.Repeat("=?a?q?", 500_000) + "\n\nx",
		"folded header":       "To: " + strings.Repeat("a@example.org,\n ", 300_000) + "\n\nx",
		"brackets":            strings.Repeat("To: "+strings.Repeat("<", 60_000)+"\n", 20) + "\nx",
		"parentheses":         strings.Repeat("To: "+strings.Repeat("(", 60_000)+"\n", 20) + "\nx",
		"quotes":              strings.Repeat("To: "+strings.Repeat("\"a\\", 20_000)+"\n", 20) + "\nx",
		"routes":              strings.Repeat("To: <"+strings.Repeat("@a,", 20_000)+"\n", 20) + "\nx",
		"references":          strings.Repeat("References: "+strings.Repeat("<a@b>", 12_000)+"\n", 50) + "\nx",
		"different refs":      "References: " + refs(12_000) + "\n\nx",
		"parameters":          "Subject: S\nContent-Type: text/plain; " + strings.Repeat("a*0=b;", 10_000) + "\n\nx",
		"junk lines":          "Subject: S\n" + strings.Repeat("no header here\n", 300_000),
		"junk between fields": strings.Repeat("no header here\nX-A: b\n", 200_000) + "Subject: S\n\nx",
		"HTML depth":          "Subject: S\nContent-Type: text/html\n\n" + strings.Repeat("<div><blockquote>", 300_000) + "x",
		"HTML attributes":     "Subject: S\nContent-Type: text/html\n\n<a " + strings.Repeat("href=x ", 500_000) + ">x",
		"HTML entities":       "Subject: S\nContent-Type: text/html\n\n" + strings.Repeat("&NotEqualTilde;", 300_000),
		"HTML breaks":         "Subject: S\nContent-Type: text/html\n\n" + strings.Repeat("<blockquote>", 30) + strings.Repeat("<br>x", 400_000),
		"text":                "Subject: S\n\n" + strings.Repeat("> On x wrote:\n", 500_000),
		"one byte charset":    "Subject: S\nContent-Type: text/plain; charset=koi8-r\n\n" + strings.Repeat("\xd0", 5_000_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := processorTime()
			m := parse(t, []byte(raw))
			QuoteSplit(m.Text)
			if took := processorTime() - start; took > 3*time.Second {
				t.Errorf("took %v", took)
			}
			if len(m.Text) > maxText || len(m.HTML) > 8*maxHTML || len(m.Attachments) > maxAttachments || len(m.References) > maxReferences ||
				len(m.To) > maxAddresses || len(m.Subject) > 4*maxSubject || len(m.Problems) > maxProblems {
				t.Errorf("text %d, HTML %d, attachments %d, references %d", len(m.Text), len(m.HTML), len(m.Attachments), len(m.References))
			}
		})
	}
}

func refs(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "<%x@b>", i)
	}
	return out.String()
}
