package sqlite

import (
	"context"
	"fmt"
	"strings"
)

// rememberedCounts bounds what one reader remembers.
const rememberedCounts = 512

// counts is what a reader has counted since anything was last written. Totals are most of a list's cost,
// and people page through lists and open them again far more often than anyone writes.
type counts struct {
	version int64
	known   map[string]int64
}

// count runs a counting statement, or gives its answer where it is known and nothing has been committed
// since, by this process or another. The writer, which sees what is not committed, always counts.
func (c *conn) count(ctx context.Context, b *builder) (int64, error) {
	if !c.readOnly {
		return c.number(ctx, b.String(), b.args...)
	}
	// The number changes when any other connection commits. Read before counting, it can only be too old.
	version, err := c.number(ctx, "PRAGMA data_version")
	if err != nil {
		return 0, err
	}
	if c.counts.version != version || c.counts.known == nil || len(c.counts.known) >= rememberedCounts {
		c.counts = counts{version: version, known: map[string]int64{}}
	}
	key := b.key()
	if n, ok := c.counts.known[key]; ok {
		return n, nil
	}
	n, err := c.number(ctx, b.String(), b.args...)
	if err == nil && len(key) <= 4096 {
		c.counts.known[key] = n
	}
	return n, err
}

// key tells statements with their arguments apart.
func (b *builder) key() string {
	var key strings.Builder
	key.WriteString(b.String())
	for _, a := range b.args {
		fmt.Fprintf(&key, "\x00%#v", a)
	}
	return key.String()
}
