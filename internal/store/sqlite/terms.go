package sqlite

import (
	"context"
	sqldriver "database/sql/driver"
	"hash/maphash"
	"strconv"
	"strings"
	"unicode/utf8"
)

// FTS5 answers a prefix of up to three letters from an index of prefixes, newest first, and stops at the
// limit. For a longer one it first merges the documents of all terms that begin with it, which takes a
// microsecond for each: far too long for a frequent word in half a million messages. So every term is
// also kept in a table of its own. With it a longer prefix is written out as the terms that begin with
// it, which FTS5 reads side by side and leaves as soon as it has enough.
const (
	indexedPrefix = 3 // letters; as in createFTS
	spelledTerms  = 8 // a prefix of more terms than this is left to FTS5, since finding each costs as much as merging a hundred documents

	knownTerms  = 1 << 16      // checksums remembered, half a megabyte
	afterPrefix = "\U0010ffff" // above everything that can follow in a term
)

// terms is the table of terms, to which nothing but new ones is ever added. known remembers by their
// checksums which ones it has, so that most need no look; it belongs to the writer.
type terms struct {
	table  string // quoted
	insert string
	known  []uint64
}

var termSeed = maphash.MakeSeed()

func newTerms(name string) *terms {
	table := quote(name)
	return &terms{table: table, insert: "INSERT OR IGNORE INTO " + table + "(term) VALUES (?)"}
}

func (t *terms) create() string {
	return "CREATE TABLE " + t.table + "(term TEXT PRIMARY KEY) WITHOUT ROWID"
}

// add keeps the terms of a document, and the keys of its name beside them: these begin with a sign that no
// term begins with.
func (t *terms) add(c *conn, text string, near []string) error {
	if t.known == nil {
		t.known = make([]uint64, knownTerms)
	}
	for term := range strings.SplitSeq(text, " ") {
		if len(term) <= indexedPrefix || utf8.RuneCountInString(term) <= indexedPrefix {
			continue
		}
		if err := t.keep(c, term); err != nil {
			return err
		}
	}
	for _, key := range near {
		if err := t.keep(c, key); err != nil {
			return err
		}
	}
	return nil
}

func (t *terms) keep(c *conn, term string) error {
	sum := maphash.String(termSeed, term) | 1
	slot := &t.known[sum>>8%knownTerms]
	if *slot == sum {
		return nil
	}
	_, err := c.exec(t.insert, term)
	if err == nil {
		*slot = sum
	}
	return err
}

// forget is for when what was added has been rolled back.
func (t *terms) forget() { clear(t.known) }

// spell gives the terms that begin with prefix; ok is false where there are too many to write out.
func (t *terms) spell(ctx context.Context, c *conn, prefix string) (list []string, ok bool, err error) {
	list, err = t.from(ctx, c, prefix, spelledTerms+1)
	return list, len(list) <= spelledTerms, err
}

// from gives the terms that begin with prefix, in order.
func (t *terms) from(ctx context.Context, c *conn, prefix string, limit int) (list []string, err error) {
	err = c.query(ctx, "SELECT term FROM "+t.table+" WHERE term>=? AND term<? ORDER BY term LIMIT "+strconv.Itoa(limit),
		[]any{prefix, prefix + afterPrefix}, func(v []sqldriver.Value) error {
			term, _ := v[0].(string)
			list = append(list, term)
			return nil
		})
	return list, err
}
