package api

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	p := pace{each: 2, all: 4}
	now := time.Date(2026, 11, 21, 12, 0, 10, 0, time.UTC)
	for i, c := range []struct {
		ip   string
		want bool
	}{
		{"10.0.0.1", true}, {"10.0.0.1", true}, {"10.0.0.1", false}, // its own limit
		{"2001:db8::1", true}, {"2001:db8::2", true}, // one network
		{"10.0.0.2", false}, // everybody's limit
	} {
		if got := p.take(c.ip, now); got != c.want {
			t.Errorf("%d: %s: %v", i, c.ip, got)
		}
	}
	if !p.take("10.0.0.1", now.Add(time.Minute)) {
		t.Error("the next minute is counted with this one")
	}
}
