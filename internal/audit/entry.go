// Package audit keeps the journal: who changed what, when, from which value to which, written in the
// transaction of the change itself. A sealer chains the entries a moment later with a key that is kept
// outside the store, so that a person who can edit the store cannot edit the past unnoticed.
package audit

import "piper/internal/store"

// What an entry says happened to a record. Bulk writes and events carry their own words.
const (
	Created = "created"
	Updated = "updated"
	Removed = "removed"
	Erased  = "erased" // values were taken out of older entries, at a person's request
)

// Forms of a FieldChange.
const (
	Plain  = ""       // Old and New are JSON
	Secret = "secret" // the field changed; its values are never written down
	Digest = "digest" // too long to keep: Old and New are {"sha256":"…","length":n}, length in bytes
)

// Entry is one line of the journal. It is written once and never again, but for an erasure and a merge.
type Entry struct {
	store.Meta
	At         store.Instant    `json:"at"`
	By         string           `json:"by"`     // account id; "" where Piper itself did it
	ByName     string           `json:"byName"` // as the account was called then, or "job calls"
	What       string           `json:"what"`
	Collection string           `json:"collection,omitempty"`
	RecordID   string           `json:"recordId,omitempty"`
	RecordRev  int64            `json:"recordRev,omitempty"`
	Changes    []FieldChange    `json:"changes,omitempty"`
	Counts     map[string]Tally `json:"counts,omitempty"` // bulk: per collection
	Digest     string           `json:"digest,omitempty"` // bulk: SHA-256 over the lines of Journal.bulk, hex
	Erases     []string         `json:"erases,omitempty"` // ids of the entries whose values this one took out

	// Commitment is HMAC-SHA256(Salt, the values of Changes). Taking the values and the salt out later
	// leaves a commitment that can no longer be guessed from, and the Mac unbroken.
	Salt       string `json:"salt,omitempty"`
	Commitment string `json:"commitment"`
	// Mac is keyed with the audit key and covers everything above but the values and the salt.
	Mac string `json:"mac"`
	// ErasedBy is the id of the entry that took the values out.
	ErasedBy string `json:"erasedBy,omitempty"`
	// Names are the ids that stand in the values: with RecordID what SetAside finds the entry by. It follows from the
	// values and is under no mark.
	Names []string `json:"names,omitempty"`
	// AsideBy is the id of the merge that keeps the whole entry (SetAside). What is left in its place says who, when and
	// what.
	AsideBy string `json:"asideBy,omitempty"`
}

// FieldChange is one top-level field of a record, or one fact of an event (New alone). Old and New hold
// JSON as text, so that an engine that reorders or retypes nested values cannot change what was
// committed to; "" = there was no value.
type FieldChange struct {
	Field string `json:"field"`
	Form  string `json:"form,omitempty"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
}

// Tally counts the records of one collection that a bulk write touched.
type Tally struct {
	Created int64 `json:"created"`
	Updated int64 `json:"updated"`
	Removed int64 `json:"removed"`
}
