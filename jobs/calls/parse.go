package calls

import (
	"crypto/sha256"
	"encoding/hex"

	"piper/internal/calls"
)

// parsed is what a parser makes of a source's bytes. Parsers know no network, no clock and no store,
// and give the same whatever the order of the rows.
type parsed struct {
	Records    []calls.Record // each of another reference, in order of reference
	Rejects    []reject       // rows that could not be taken
	Duplicates int            // rows that repeat another's reference and language
	Unread     int            // records of which a part could not be read; their Notes say which
}

// reject is one row that could not be taken, and why.
type reject struct{ Ref, Reason string }

// hashOf is one hash over the rows of a record.
func hashOf(rows []string) string {
	h := sha256.New()
	for _, row := range rows {
		h.Write([]byte(row))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}
