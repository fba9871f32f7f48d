package mail

import (
	"encoding/json"
	"sync"
	"testing"

	"piper/internal/fault"
	"piper/internal/mail"
)

// report is a progress that remembers.
type report struct {
	mu      sync.Mutex
	counts  map[string]int64
	message string
	partial bool
}

func (r *report) Count(name string, n int) {
	r.mu.Lock()
	r.counts[name] += int64(n)
	r.mu.Unlock()
}
func (r *report) Total(int)           {}
func (r *report) Done(int)            {}
func (r *report) Reject(_, _ string)  { r.Count("rejected", 1) }
func (r *report) Say(sentence string) { r.message = sentence }
func (r *report) Partial(s string)    { r.partial, r.message = true, r.message+" "+s }

func checkCounts(t testing.TB, r *report, want map[string]int64) {
	t.Helper()
	for name, n := range want {
		if r.counts[name] != n {
			t.Errorf("%s is %d, want %d (%v)", name, r.counts[name], n, r.message)
		}
	}
}

func decode(t testing.TB, raw []byte) *mail.Message {
	t.Helper()
	m := new(mail.Message)
	if err := json.Unmarshal(raw, m); err != nil {
		t.Fatal(err)
	}
	return m
}

func isUnavailable(err error) bool { return fault.Is(err, fault.Unavailable) }
