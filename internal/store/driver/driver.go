// Package driver is the small port between Piper's collections and a database engine. Three engines
// stand behind it: sqlite, mongo and memory. An engine knows no type of Piper's: it stores encoded
// documents beside the values and tokens that the collection has already taken out of them.
package driver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/store/filter"
)

// Kind is the kind of a declared field's values.
type Kind int

// The kinds. There are no floats: money is int64 minor units, rates are decimal strings.
const (
	String Kind = iota // Go string
	Int                // Go int64
	Bool               // Go bool
)

// Field is a path of a document that may be filtered or sorted. A dotted path walks objects; where it
// meets an array on the way or at its end the field is Multi.
type Field struct {
	Path  string
	Kind  Kind
	Multi bool
}

// Key is one part of a sort or an index.
type Key struct {
	Path string
	Desc bool
}

// Schema is what a collection declares. Every index ends in "id", ascending, whether it says
// so or not.
type Schema struct {
	Name     string
	Fields   []Field    // "id" is always a declared scalar string and is not listed
	Unique   [][]string // natural keys over scalar fields; a document that lacks one of the fields is outside the key
	Indexes  [][]Key    // compound indexes; at most one key of each is a multi field
	Searched bool       // whether documents carry Tokens

	// Words gives the Tokens and Near of a document that is stored already, with which Ensure fills a search
	// index that is declared after its documents were written. nil: these are found once they are written again.
	Words func(doc []byte) (tokens string, near []string, err error)
}

// Field gives the declared field of that path.
func (s *Schema) Field(path string) (Field, bool) {
	if path == "id" {
		return Field{Path: "id", Kind: String}, true
	}
	for _, f := range s.Fields {
		if f.Path == path {
			return f, true
		}
	}
	return Field{}, false
}

// Doc is one document on its way into an engine.
type Doc struct {
	ID     string
	Rev    int64    // the revision that this write makes
	JSON   []byte   // the whole document, id and rev included, compact, keys without dots or leading $
	Values [][]any  // per Schema.Fields: its values in order of appearance, without null; at most one for a scalar
	Tokens string   // search tokens, folded, with a blank between them; sight tokens among them start with SightMark
	Near   []string // keys by which Near finds words of names; they follow from the document's tokens
}

// SightMark begins a search token that says who may find the document. It is a private-use character,
// which no token made of text can hold.
const SightMark = "\ue000"

// NearForward and NearBackward begin a key of Doc.Near. A character that stands for the length follows, and
// then the word, from its beginning or from its end.
const (
	NearForward  = "\ue002"
	NearBackward = "\ue003"
)

// NearWord gives the word of a key of Doc.Near; ok is false for other texts.
func NearWord(key string) (word string, ok bool) {
	rest, forward := strings.CutPrefix(key, NearForward)
	if !forward {
		if rest, ok = strings.CutPrefix(key, NearBackward); !ok {
			return "", false
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	if rest = rest[size:]; forward {
		return rest, true
	}
	letters := []rune(rest)
	slices.Reverse(letters)
	return string(letters), true
}

// Text is the search part of a query: a document matches when, for every prefix, one of its tokens
// begins with it, when for every list of Either that holds of one of its prefixes, and when it holds at
// least one of the Sight tokens (nil: no limit).
type Text struct {
	Prefixes []string
	Either   [][]string
	Sight    []string // with SightMark
}

// Query asks for documents of one collection.
type Query struct {
	Where filter.Expr
	Text  *Text // nil: no search
	Sort  []Key // scalar fields, the last of them "id"; a missing value sorts below every value. Empty: last inserted first
	Limit int   // always > 0

	// Before is an id and goes with an empty Sort: only documents that were inserted before that one
	// (the next page of a search). Where that document is gone, those whose id is smaller. Ids are made
	// in order of time, so an engine that keeps no order of insertion may go by id in both places.
	Before string
}

// Engine is a database. All methods honour the transaction that ctx carries, if any, and see its
// writes. Documents handed out are the caller's to keep.
type Engine interface {
	// Ensure makes the collection's tables and indexes where they are missing and fills new ones.
	Ensure(ctx context.Context, schemas []*Schema) error
	// Tx runs fn with a context that carries a transaction and commits it if fn returns nil. A nested
	// call joins the outer one. fn may run again after a passing conflict.
	Tx(ctx context.Context, fn func(ctx context.Context) error) error
	// Insert adds documents, all or none. *DuplicateError where an id or unique key is taken; the transaction that
	// ctx carries may then be over.
	Insert(ctx context.Context, s *Schema, docs []Doc) error
	// Replace puts doc in the place of revision rev. ErrNotFound, ErrStale or *DuplicateError.
	Replace(ctx context.Context, s *Schema, doc Doc, rev int64) error
	// Delete removes revision rev for good. ErrNotFound or ErrStale.
	Delete(ctx context.Context, s *Schema, id string, rev int64) error
	// Get gives the document that matches where and has the id, or ErrNotFound.
	Get(ctx context.Context, s *Schema, id string, where filter.Expr) ([]byte, error)
	// Find gives the documents that match, in order.
	Find(ctx context.Context, s *Schema, q Query) ([][]byte, error)
	// Count counts matches (Where and Text), stopping at limit.
	Count(ctx context.Context, s *Schema, q Query, limit int) (int, error)
	// Near gives the keys Doc.Near that begin with prefix, each once, in ascending order. Some may be of
	// documents that are gone.
	Near(ctx context.Context, s *Schema, prefix string, limit int) ([]string, error)
	// Each calls fn for every match in order of id, reading as it goes; for exports and figures.
	Each(ctx context.Context, s *Schema, where filter.Expr, fn func(doc []byte) error) error
	// Scan calls fn with the values of fields, declared scalars or "id", of every match, in no order: string, int64
	// or bool as declared, nil where the document has none. The slice is fn's until it returns; fn must not use
	// the engine.
	Scan(ctx context.Context, s *Schema, where filter.Expr, fields []string, fn func(values []any) error) error
	// Backup writes a consistent copy of everything while others go on writing.
	Backup(ctx context.Context, w io.Writer) error
	// Scrub makes sure that nothing of what was removed or replaced is left on the engine's disk: to be
	// called, outside a transaction, after an erasure.
	Scrub(ctx context.Context) error
	// Ping tells whether the engine answers.
	Ping(ctx context.Context) error
	// Close lets go of the engine.
	Close() error
}

// Errors that engines return; the collection turns them into faults.
var (
	ErrNotFound = errors.New("driver: no such document")
	ErrStale    = errors.New("driver: the document has another revision")
)

// DuplicateError says which key was taken. Key is the fields of the unique key, or ["id"].
type DuplicateError struct{ Key []string }

func (e *DuplicateError) Error() string { return fmt.Sprintf("driver: duplicate %v", e.Key) }
