package mime

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"piper/internal/mail/mailtest"
)

// Every message of the corpora is parsed or refused with a reason, quickly, and what comes out is clean.
func TestCorpus(t *testing.T) {
	unreadable := map[string]string{}
	repaired := map[string]int{}
	for _, m := range mailtest.Load(t) {
		start := processorTime()
		got, err := Parse(m.Raw)
		if took := processorTime() - start; took > time.Second {
			t.Errorf("%s/%s took %v", m.Folder, m.Name, took)
		}
		if err != nil {
			unreadable[m.Folder+"/"+m.Name] = err.Error()
			continue
		}
		for _, p := range got.Problems {
			repaired[p]++
		}
		for _, s := range everyText(got) {
			if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
				t.Errorf("%s/%s: not clean: %q", m.Folder, m.Name, s)
			}
		}
		if strings.Contains(strings.ToLower(got.HTML), "<script") || strings.Contains(got.HTML, "src=\"http") {
			t.Errorf("%s/%s: HTML reaches out", m.Folder, m.Name)
		}
	}
	// One file of the corpora is no mail at all: it is empty but for a comment.
	if len(unreadable) != 1 || !strings.Contains(unreadable["enmime/mail/erroneous.raw"], "no headers") {
		t.Errorf("unreadable: %v", unreadable)
	}
	for problem, n := range repaired {
		t.Logf("%5d %s", n, problem)
	}
}

// Generated mail is what it says: well-formed, by its senders, the same every time.
func TestGeneratedMail(t *testing.T) {
	g := mailtest.Generated{Seed: 5, Senders: 40}
	senders := map[string]bool{}
	for i := range 40 {
		senders[g.Sender(i)] = true
	}
	if len(senders) != 40 {
		t.Errorf("%d different senders, want 40", len(senders))
	}
	ids := map[string]bool{}
	hashes := make([]string, 400)
	answers, files, sizes := 0, 0, 0
	for i, raw := range g.Messages(len(hashes)) {
		m := parse(t, raw)
		if len(m.Problems) > 0 || len(m.From) != 1 || !senders[m.From[0].Address] || m.Date.IsZero() || len(m.Text) < 100 {
			t.Fatalf("message %d: %+v", i, m)
		}
		ids[m.MessageID] = true
		hashes[i] = m.ContentHash
		answers += len(m.InReplyTo)
		files += len(m.Attachments)
		sizes += len(raw)
	}
	for i, raw := range g.Messages(len(hashes)) {
		if parse(t, raw).ContentHash != hashes[i] {
			t.Fatalf("message %d differs the second time", i)
		}
	}
	if len(ids) != 400 || answers < 200 || files < 20 || sizes/400 < 5000 || sizes/400 > 20000 {
		t.Errorf("%d ids, %d answers, %d attachments, %d bytes on average", len(ids), answers, files, sizes/400)
	}
}

// everyText lists all texts of a message.
func everyText(m *Message) []string {
	list := append([]string{m.MessageID, m.Subject, m.Text, m.HTML, m.ContentHash}, m.InReplyTo...)
	list = append(list, m.References...)
	list = append(list, m.Problems...)
	for _, field := range [][]Address{m.From, m.Sender, m.ReplyTo, m.To, m.Cc, m.Bcc} {
		for _, a := range field {
			list = append(list, a.Name, a.Address)
		}
	}
	for _, a := range m.Attachments {
		list = append(list, a.Name, a.Type, a.Hash, a.ContentID)
	}
	return list
}
