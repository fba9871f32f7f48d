package account

import (
	"sync"
	"time"

	"piper/internal/access"
)

// cache remembers for a short time whom a secret belongs to, so that a hot read needs no look at the
// store for it. A change made in this process empties it at once; a change made in another process
// (an account closed, a token revoked) is noticed here when the time is over.
type cache struct {
	mu    sync.RWMutex
	gen   uint64 // raised by every change, so that an answer from before it is not kept
	known map[digest]known
}

type known struct {
	reader access.Reader
	until  time.Time
}

// maxKnown bounds the cache; beyond it everything is forgotten, which costs one look-up each.
const maxKnown = 10_000

func (c *cache) get(d digest, now time.Time) (access.Reader, bool) {
	c.mu.RLock()
	k, ok := c.known[d]
	c.mu.RUnlock()
	return k.reader, ok && now.Before(k.until)
}

// generation is taken before the store is asked and handed to put with the answer.
func (c *cache) generation() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.gen
}

func (c *cache) put(gen uint64, d digest, r access.Reader, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen != c.gen {
		return
	}
	if c.known == nil || len(c.known) >= maxKnown {
		c.known = map[digest]known{}
	}
	c.known[d] = known{reader: r, until: until}
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	c.known = nil
}
