package mime

import (
	"syscall"
	"testing"
	"time"

	"piper/internal/mail/mailtest"
)

func BenchmarkParseCorpus(b *testing.B) {
	for _, corpus := range []string{"spamassassin", "pipermail_r-project", "enmime", ""} {
		b.Run("corpus="+corpus, func(b *testing.B) {
			var list []mailtest.Message
			var size int64
			for _, m := range mailtest.Load(b) {
				if corpus == "" || m.Corpus == corpus {
					list = append(list, m)
					size += int64(len(m.Raw))
				}
			}
			b.ReportAllocs()
			before := processorTime()
			for b.Loop() {
				for _, m := range list {
					Parse(m.Raw)
				}
			}
			n := float64(len(list) * b.N)
			b.ReportMetric(n/(processorTime()-before).Seconds(), "mails/cpu-s")
			b.ReportMetric(float64(size)/float64(len(list)), "B/mail")
		})
	}
}

// BenchmarkParse is the mail of a small office: 5 to 20 KB, most of it plain text and HTML.
func BenchmarkParse(b *testing.B) {
	var list [][]byte
	size := 0
	for _, raw := range (mailtest.Generated{Seed: 1}).Messages(1000) {
		list = append(list, raw)
		size += len(raw)
	}
	b.ReportAllocs()
	b.SetBytes(int64(size))
	before := processorTime()
	for b.Loop() {
		for _, raw := range list {
			if _, err := Parse(raw); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(list)*b.N)/(processorTime()-before).Seconds(), "mails/cpu-s")
	b.ReportMetric(float64(size)/float64(len(list)), "B/mail")
}

// processorTime is what this process has used of all processors, garbage collection included. Unlike time
// on the wall it does not depend on what else the machine does.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
