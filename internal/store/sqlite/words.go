package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/store/driver"
)

// The search index is a contentless FTS5 table: one column of tokens, kept by the document's n. Tokens
// come ready from the collection. The ascii tokenizer splits only at ASCII characters that are no letter
// or digit and takes every other byte as it is, so whatever the tokens are made of passes unchanged.
//
// The index is written in segments, which FTS5 merges later at a cost; a group that fits its buffer makes one.
func (t *table) createFTS() string {
	return "CREATE VIRTUAL TABLE " + t.fts + " USING fts5(t, content='', contentless_delete=1, detail=none, " +
		"tokenize='ascii', prefix='1 2 3')"
}

// wordsBuffer is how many bytes of entries FTS5 gathers before it writes them out, if nobody commits before:
// those of some thousand mails, where its own bound of 1 MB is reached by a hundred.
const wordsBuffer = 16 << 20

// escape writes a token, or several with a blank between them, so that the tokenizer neither splits nor folds
// one. A prefix of a token stays a prefix of its escaped form.
func escape(token string) string {
	at := 0
	for at < len(token) && passes[token[at]] {
		at++
	}
	if at == len(token) {
		return token
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	b.Grow(len(token) + len(token)/8)
	b.WriteString(token[:at])
	for i := at; i < len(token); i++ {
		if c := token[i]; passes[c] {
			b.WriteByte(c)
		} else {
			b.WriteString("\ue001")
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// passes tells which bytes stand for themselves in the index.
var passes = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x80 || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == ' '
	}
	return t
}()

// wordsOf gives the tokens of a document as they go into the index, with a checksum that tells whether they
// have changed; 0 means that there are none.
func wordsOf(tokens string) (text string, sum int64) {
	if tokens == "" {
		return "", 0
	}
	text = escape(tokens)
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))
	return text, int64(h.Sum64() | 1)
}

// match writes the text part of a query as an FTS5 expression, "" where it limits nothing. none is set
// where nothing can match.
func (t *table) match(ctx context.Context, c *conn, q *driver.Text) (expr string, none bool, err error) {
	if q == nil {
		return "", false, nil
	}
	if t.fts == "" {
		return "", false, fmt.Errorf("sqlite: %s is not searched", t.schema.Name)
	}
	var parts []string
	for _, p := range q.Prefixes {
		if p == "" {
			continue
		}
		part, err := t.begins(ctx, c, p)
		if err != nil || part == "" {
			return "", true, err
		}
		parts = append(parts, part)
	}
	for _, prefixes := range q.Either {
		var some []string
		for _, p := range prefixes {
			part, err := t.begins(ctx, c, p)
			if err != nil {
				return "", false, err
			}
			if part != "" {
				some = append(some, part)
			}
		}
		if len(some) == 0 {
			return "", true, nil
		}
		parts = append(parts, "("+strings.Join(some, " OR ")+")")
	}
	if q.Sight != nil {
		if len(q.Sight) == 0 {
			return "", true, nil
		}
		sight := make([]string, len(q.Sight))
		for i, s := range q.Sight {
			sight[i] = escape(s)
		}
		parts = append(parts, anyOf(sight))
	}
	return strings.Join(parts, " AND "), false, nil
}

// begins writes that a token begins with prefix, "" where none does.
func (t *table) begins(ctx context.Context, c *conn, prefix string) (string, error) {
	p := escape(prefix)
	if utf8.RuneCountInString(p) <= indexedPrefix {
		return `"` + p + `"*`, nil
	}
	list, ok, err := t.terms.spell(ctx, c, p)
	switch {
	case err != nil || ok && len(list) == 0:
		return "", err
	case !ok:
		return `"` + p + `"*`, nil
	}
	return anyOf(list), nil
}

func anyOf(terms []string) string {
	return `("` + strings.Join(terms, `" OR "`) + `")`
}

// wordsQueue holds back the search entries of a group until it commits. FTS5 writes its buffer out at
// every savepoint; written together and last, the entries of a whole group become one segment.
type wordsQueue struct {
	entries []wordsEntry
	written int
	touched []*terms // whose table was written to
}

type wordsEntry struct {
	table  *table
	n      int64
	remove bool
	text   string
	near   []string
}

// wordsMark is a state of the queue to go back to.
type wordsMark struct{ entries, written int }

func (q *wordsQueue) mark() wordsMark { return wordsMark{len(q.entries), q.written} }

// reset forgets what was added since m; what was written since then is undone by the savepoint.
func (q *wordsQueue) reset(m wordsMark) {
	q.entries, q.written = q.entries[:m.entries], m.written
	q.forget()
}

// forget is for when the entries written are rolled back.
func (q *wordsQueue) forget() {
	for _, t := range q.touched {
		t.forget()
	}
	q.touched = nil
}

func (q *wordsQueue) add(t *table, n int64, text string, near []string) {
	q.entries = append(q.entries, wordsEntry{table: t, n: n, text: text, near: near})
}

func (q *wordsQueue) remove(t *table, n int64) {
	q.entries = append(q.entries, wordsEntry{table: t, n: n, remove: true})
}

func (q *wordsQueue) waiting() int { return len(q.entries) - q.written }

// write brings the entries into the index and forgets those from keep on. The earlier ones stay, since
// undoing the present member takes them out of the index again. They are written in the order of the index:
// FTS5 begins a new segment wherever a document comes before the one it was told of last.
func (q *wordsQueue) write(c *conn, keep int) error {
	waiting := slices.Clone(q.entries[q.written:])
	slices.SortStableFunc(waiting, func(a, b wordsEntry) int {
		return cmp.Or(strings.Compare(a.table.name, b.table.name), cmp.Compare(a.n, b.n))
	})
	for _, e := range waiting {
		var err error
		if e.remove {
			_, err = c.exec("DELETE FROM "+e.table.fts+" WHERE rowid=?", e.n)
		} else {
			if !slices.Contains(q.touched, e.table.terms) {
				q.touched = append(q.touched, e.table.terms)
			}
			if err = e.table.terms.add(c, e.text, e.near); err == nil {
				_, err = c.exec("INSERT INTO "+e.table.fts+"(rowid, t) VALUES (?, ?)", e.n, e.text)
			}
		}
		if err != nil {
			return err
		}
	}
	clear(q.entries[keep:])
	q.entries = q.entries[:keep]
	q.written = keep
	return nil
}
