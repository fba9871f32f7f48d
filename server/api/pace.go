package api

import (
	"net/netip"
	"sync"
	"time"
)

// pace limits how often one of those who ask (a network, by an address in it, or whatever else has a name) and all
// together may do so within a minute. It counts in this process only: what it guards costs some milliseconds, and whoever
// is over the limit by another process gains little.
type pace struct {
	each, all int // all 0: each is bounded alone

	mu     sync.Mutex
	minute time.Time
	sum    int
	counts map[string]int
}

// maxAskers bounds how many are counted within a minute. Whoever comes beyond has to wait: somebody asks under ever new
// addresses.
const maxAskers = 10_000

// take counts a request, and gives false where it is one too many.
func (p *pace) take(who string, now time.Time) bool {
	if a, err := netip.ParseAddr(who); err == nil && a.Is6() && !a.Is4In6() {
		if prefix, err := a.Prefix(64); err == nil { // a single host has a whole /64 to itself
			who = prefix.String()
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if minute := now.Truncate(time.Minute); !minute.Equal(p.minute) || p.counts == nil {
		p.minute, p.sum, p.counts = minute, 0, map[string]int{}
	}
	if _, known := p.counts[who]; !known && len(p.counts) >= maxAskers {
		return false
	}
	if p.all > 0 && p.sum >= p.all || p.counts[who] >= p.each {
		return false
	}
	p.sum++
	p.counts[who]++
	return true
}
