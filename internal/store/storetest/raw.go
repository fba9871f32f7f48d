package storetest

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// raw: documents written without their type are tidied, indexed, searched and journaled like others, and
// what was removed comes back as it was.
func (s suite) raw(t *testing.T) {
	db := s.db(t)
	spec := thingSpec()
	spec.Audited = true
	spec.Tidy = func(t *thing) error { slices.Sort(t.Tags); return nil }
	things := store.Declare(db, spec)
	var journal []store.Change
	db.Journal(func(_ context.Context, changes []store.Change) error {
		journal = append(journal, changes...)
		return nil
	})
	start(t, db)
	ctx := everyone()
	declared := db.Declared()
	raw := declared[len(declared)-1].Raw

	a := &thing{Name: "Röder", Key: "k", Place: ptr("there"), Tags: []string{"b"}}
	must(t, things.Create(ctx, a))
	docs, err := raw.Find(ctx, filter.Has{Field: "tags", Values: []any{"b"}}, 0)
	must(t, err)
	if len(docs) != 1 {
		t.Fatalf("found %d documents", len(docs))
	}
	first := docs[0]
	changed := bytes.Replace(first, []byte(`["b"]`), []byte(`["z","a"]`), 1)
	stored, err := raw.Replace(ctx, changed)
	must(t, err)
	if !bytes.Contains(stored, []byte(`["a","z"]`)) || !bytes.Contains(stored, []byte(`"rev":2`)) {
		t.Fatalf("stored %s", stored)
	}
	_, err = raw.Replace(ctx, changed)
	wantCode(t, err, fault.Stale)
	if n, err := raw.Count(ctx, filter.Has{Field: "tags", Values: []any{"z"}}); err != nil || n != 1 {
		t.Fatalf("%d with the new tag, %v", n, err)
	}

	must(t, raw.Remove(ctx, a.ID))
	wantCode(t, raw.Remove(ctx, a.ID), fault.NotFound)
	must(t, raw.Restore(ctx, stored))
	back, err := things.Get(ctx, a.ID)
	must(t, err)
	if back.Rev != 3 || back.CreatedAt != a.CreatedAt || back.Name != "Röder" || !slices.Equal(back.Tags, []string{"a", "z"}) {
		t.Fatalf("restored as %+v", back)
	}
	page, err := things.Page(ctx, store.Query{Text: "oder"})
	must(t, err)
	if len(page.Items) != 1 {
		t.Fatal("what was restored is not found by its words")
	}
	wantCode(t, raw.Restore(ctx, stored), fault.Duplicate)
	n := 0
	must(t, raw.Each(ctx, func([]byte) error { n++; return nil }))
	if n != 1 || len(journal) < 4 {
		t.Fatalf("%d documents, %d journaled writes", n, len(journal))
	}
	if last := journal[3]; last.Old != nil || last.Rev != 3 {
		t.Fatalf("the restoring was journaled as %+v", last)
	}
}
