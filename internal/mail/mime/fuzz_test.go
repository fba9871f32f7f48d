package mime

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse checks what must hold for any bytes: no crash, clean and bounded text, and that the same bytes
// give the same message and the same attachments.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "Subject: S\n\nText", "From: \"A, B\" <a@b>, c: d@e;\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: a/b\nContent-Transfer-Encoding: base64\n\nQUJD\n--x--",
		"Subject: =?utf-8?B?xA==?= =?x?Q?=41?=\nContent-Type: text/html; charset=utf-7\n\n<p>+AXw-<img src=cid:a>",
		"Subject: S\nContent-Type: message/rfc822\n\nSubject: T\nContent-Type: text/plain; format=flowed\n\na \nb",
		"Date: Mon, 2 Mar 2026 10:00:00 +0100\nReferences: <a@b>,<c\n @d>\nContent-Type: application/x; name*0*=utf-8''%41; name*1=b\n\nx",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Parse(raw)
		if err != nil {
			if _, err := ParseHeaders(raw); err == nil {
				t.Fatal("headers can be read, the mail cannot")
			}
			return
		}
		for _, s := range everyText(m) {
			if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
				t.Fatalf("not clean: %q", s)
			}
		}
		if len(m.Text) > maxText || len(m.Attachments) > maxAttachments {
			t.Fatal("over a bound")
		}
		for _, list := range [][]Address{m.From, m.To, m.Cc} {
			for _, a := range list {
				again := parseAddresses(nil, []byte(a.Address), "", &problems{})
				if len(again) != 1 || again[0].Address != a.Address {
					t.Fatalf("%q reads as %v", a.Address, again)
				}
			}
		}
		for _, a := range m.Attachments[:min(3, len(m.Attachments))] {
			got, content, err := OpenAttachment(raw, a.Index)
			if err != nil || got != a || int64(len(content)) != a.Size {
				t.Fatalf("attachment %+v opens as %+v, %d bytes, %v", a, got, len(content), err)
			}
		}
		if shown := sanitise(m.HTML); shown != m.HTML && sanitise(shown) != shown {
			t.Fatalf("sanitising does not settle: %q, %q", m.HTML, shown)
		}
		QuoteSplit(m.Text)
	})
}

// FuzzQuoteSplit checks that no line is lost or invented.
func FuzzQuoteSplit(f *testing.F) {
	for _, seed := range []string{"a\n> b\nc", "On 1 Jan A wrote:\n> x", "-- \nsig", "From: a\nSent: b\nTo: c\nx", "-----Original Message-----\nx"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fresh, quoted := QuoteSplit(text)
		if got, want := len(strings.Fields(fresh))+len(strings.Fields(quoted)), len(strings.Fields(text)); got != want {
			t.Fatalf("%d words of %d: %q, %q", got, want, fresh, quoted)
		}
	})
}
