package sqlite

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// TestLoad inserts so much at once that the indexes are built last, and fails on the way first: alone,
// inside a transaction that would go on and may not, and inside one that fails.
func TestLoad(t *testing.T) {
	e := open(t)
	defer e.Close()
	ensure(t, e, lines)
	before := schemaOf(t, e)
	r := rand.New(rand.NewPCG(1, 2))
	docs := make([]driver.Doc, loadBatch+100)
	for i := range docs {
		docs[i] = lineDoc(r, i)
	}
	twice := append(docs[:len(docs):len(docs)], docs[7])
	want := func(n int) {
		t.Helper()
		if after := schemaOf(t, e); after != before {
			t.Errorf("the file has\n%s\nof\n%s", after, before)
		}
		for _, q := range []driver.Query{{}, {Where: filter.Eq{Field: "import", Value: "one"}}} {
			if got, err := e.Count(t.Context(), lines, q, 1_000_000); got != n || err != nil {
				t.Errorf("%d documents, want %d, %v", got, n, err)
			}
		}
	}
	taken := func(err error) {
		t.Helper()
		var dup *driver.DuplicateError
		if !errors.As(err, &dup) || len(dup.Key) != 1 || dup.Key[0] != "id" {
			t.Errorf("an id twice gave %v", err)
		}
	}

	taken(e.Insert(t.Context(), lines, twice))
	want(0)
	taken(e.Tx(t.Context(), func(ctx context.Context) error {
		taken(e.Insert(ctx, lines, twice))
		return e.Insert(ctx, lines, []driver.Doc{lineDoc(r, 1_000_000)})
	}))
	want(0)
	if err := e.Insert(t.Context(), lines, []driver.Doc{lineDoc(r, 1_000_000)}); err != nil {
		t.Fatal(err)
	}
	want(1)
	undone := errors.New("undone")
	if err := e.Tx(t.Context(), func(ctx context.Context) error {
		return errors.Join(e.Insert(ctx, lines, docs), undone)
	}); !errors.Is(err, undone) {
		t.Fatal(err)
	}
	want(1)
	if err := e.Insert(t.Context(), lines, docs); err != nil {
		t.Fatal(err)
	}
	want(1 + len(docs))
}

// TestManySideRows inserts documents of which the rows of an index come to several statements and some over,
// and finds each by each of its values.
func TestManySideRows(t *testing.T) {
	e := withNotes(t)
	docs := make([]driver.Doc, 2*manyRows+5)
	for i := range docs {
		tags := []string{"all", fmt.Sprint("of ", i/7), fmt.Sprint("n", i)}[:1+i%3]
		id := fmt.Sprintf("n%03d", i)
		docs[i] = doc(notes, id, map[string]any{"by": id, "tags": tags})
	}
	if err := e.Insert(t.Context(), notes, docs); err != nil {
		t.Fatal(err)
	}
	for i, d := range docs {
		for _, tag := range d.Values[1] {
			found, err := e.Find(t.Context(), notes, driver.Query{Where: filter.Has{Field: "tags", Values: []any{tag}}, Limit: len(docs)})
			if err != nil || !slices.Contains(idsOf(t, found), d.ID) {
				t.Errorf("document %d is not found by %q, %v", i, tag, err)
			}
		}
	}
	if n, err := e.Count(t.Context(), notes, driver.Query{Where: filter.Has{Field: "tags", Values: []any{"all"}}}, 1_000); n != len(docs) || err != nil {
		t.Errorf("%d documents, want %d, %v", n, len(docs), err)
	}
}
