package store

import (
	"bufio"
	"crypto/rand"
	"strings"
	"sync"

	"github.com/oklog/ulid/v2"
)

var ids = struct {
	sync.Mutex
	entropy *ulid.MonotonicEntropy
}{entropy: ulid.Monotonic(bufio.NewReader(rand.Reader), 0)}

// IsID reports whether a text has the form of an id that NewID makes.
func IsID(text string) bool {
	return len(text) == 26 && strings.Trim(text, "0123456789abcdefghjkmnpqrstvwxyz") == ""
}

// NewID gives an id that no other document has: 26 lower-case letters and digits (a ULID). Ids made by
// one process are in the order in which they were made; those of several are so to the millisecond.
func NewID() string {
	ids.Lock()
	defer ids.Unlock()
	for {
		// The one error is a millisecond whose last bits ran over; the next millisecond has new ones.
		if id, err := ulid.New(ulid.Now(), ids.entropy); err == nil {
			return strings.ToLower(id.String())
		}
	}
}
