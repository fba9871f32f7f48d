package store

import (
	"bufio"
	"crypto/rand"
	"slices"
	"strings"
	"sync"

	"github.com/oklog/ulid/v2"
)

var ids = struct {
	sync.Mutex
	entropy *ulid.MonotonicEntropy
}{entropy: ulid.Monotonic(bufio.NewReader(rand.Reader), 0)}

// IDs gives what in texts has the form of an id that NewID makes, each once, wherever it stands: in a value, a list, a pair
// or a sentence.
func IDs(texts ...string) (list []string) {
	for _, text := range texts {
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'z') }) {
			if len(word) == 26 && strings.Trim(word, "0123456789abcdefghjkmnpqrstvwxyz") == "" && !slices.Contains(list, word) {
				list = append(list, word)
			}
		}
	}
	return list
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
