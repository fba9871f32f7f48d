package mail

import (
	"flag"
	"testing"
	"time"

	"piper/internal/imapbox"
	"piper/internal/imapbox/imaptest"
	"piper/internal/mail/mailtest"
)

var benchSize = flag.Int("messages", 20_000, "messages in the mailbox of BenchmarkMailbox")

// BenchmarkMailbox takes in a mailbox of generated mail from a local Dovecot on SQLite, and compares that
// with a bare fetch of the same bytes: with nothing new, with 100 new messages, and from nothing.
func BenchmarkMailbox(b *testing.B) {
	const more = 100
	size := *benchSize
	dovecot := imaptest.Dovecot(b)
	g := mailtest.Generated{Seed: 1}
	known, unknown := directory{}, 0
	var late [][]byte
	for i, raw := range g.Messages(size + more) {
		if a := g.Sender(i); i%25 == 0 && known[a] == "" { // a few strangers, so that not everything is kept
			unknown++
		} else {
			known[a] = "s-" + a
		}
		if i >= size {
			late = append(late, raw)
			continue
		}
		if err := dovecot.Deliver("INBOX", raw); err != nil {
			b.Fatal(err)
		}
	}
	bare := fetchAll(b, dovecot.Account()) // the first opens the folder for Dovecot, too
	bare = min(bare, fetchAll(b, dovecot.Account()))
	for b.Loop() {
		w := newWorld(b, onSQLite)
		for a, id := range known {
			w.dir[a] = id
		}
		w.mailbox("anna", dovecot.Account())
		start := time.Now()
		w.mustRun()
		all := time.Since(start)
		start = time.Now()
		w.mustRun()
		nothing := time.Since(start)
		tally := w.tally()
		b.ReportMetric(bare.Seconds(), "bare-s")
		b.ReportMetric(all.Seconds(), "all-s")
		b.ReportMetric(all.Seconds()/bare.Seconds(), "times-bare")
		b.ReportMetric(float64(nothing.Milliseconds()), "nothing-ms")
		b.ReportMetric(100*float64(tally.Kept)/float64(size), "kept-%")
		if late != nil {
			if err := dovecot.Deliver("INBOX", late...); err != nil {
				b.Fatal(err)
			}
			start = time.Now()
			w.mustRun()
			b.ReportMetric(float64(time.Since(start).Milliseconds()), "100new-ms")
			late = nil
		}
	}
}

// fetchAll fetches every message of the INBOX and does nothing with it.
func fetchAll(b *testing.B, a imapbox.Account) time.Duration {
	b.Helper()
	start := time.Now()
	c, err := imapbox.Dial(b.Context(), a)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := c.Open(b.Context(), "INBOX"); err != nil {
		b.Fatal(err)
	}
	uids, err := c.UIDs(b.Context(), 1)
	for err == nil && len(uids) > 0 {
		n := min(500, len(uids))
		err = c.Fetch(b.Context(), uids[:n], 1<<30, func(imapbox.Raw) error { return nil })
		uids = uids[n:]
	}
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
