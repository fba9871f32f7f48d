package imapbox_test

import (
	"testing"

	"piper/internal/imapbox"
	"piper/internal/imapbox/imaptest"
	"piper/internal/mail/mailtest"
)

// BenchmarkFetch fetches 20,000 generated messages from a real Dovecot: whole, with and without a bound on
// their size, and the list of UIDs alone.
func BenchmarkFetch(b *testing.B) {
	d := imaptest.Dovecot(b)
	const n = 20_000
	for _, raw := range (mailtest.Generated{Seed: 3}).Messages(n) {
		if err := d.Deliver("INBOX", raw); err != nil {
			b.Fatal(err)
		}
	}
	c, err := imapbox.Dial(b.Context(), d.Account())
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Open(b.Context(), "INBOX"); err != nil {
		b.Fatal(err)
	}
	uids, err := c.UIDs(b.Context(), 1)
	if err != nil || len(uids) != n {
		b.Fatal(len(uids), err)
	}
	for name, bound := range map[string]int64{"unbounded": 0, "bounded": 10 << 20} {
		b.Run(name, func(b *testing.B) {
			var bytes int64
			for b.Loop() {
				got := 0
				err := c.Fetch(b.Context(), uids, bound, func(r imapbox.Raw) error {
					got++
					bytes += int64(len(r.Body))
					return nil
				})
				if err != nil || got != n {
					b.Fatal(got, err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "mails/s")
			b.ReportMetric(float64(bytes)/float64(b.N)/1e6, "MB")
		})
	}
	b.Run("uids", func(b *testing.B) {
		for b.Loop() {
			if uids, err := c.UIDs(b.Context(), 1); err != nil || len(uids) != n {
				b.Fatal(len(uids), err)
			}
		}
	})
}
