package store_test

import (
	"context"
	"testing"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/store/memory"
)

// person is the document of these tests.
type person struct {
	store.Meta
	Name    string            `json:"name"`
	Email   string            `json:"email,omitempty"`
	Age     *int64            `json:"age,omitempty"`
	Closed  bool              `json:"closed"`
	Tags    []string          `json:"tags,omitempty"`
	Phones  []phone           `json:"phones,omitempty"`
	Sight   []string          `json:"sight,omitempty"`
	Extra   map[string]string `json:"extra,omitempty"`
	Private string            `json:"private,omitempty"`
}

type phone struct {
	Number string `json:"number"`
}

func personSpec() store.Spec[person] {
	return store.Spec[person]{
		Name: "people",
		Fields: []driver.Field{
			{Path: "name"}, {Path: "email"}, {Path: "age", Kind: driver.Int}, {Path: "closed", Kind: driver.Bool},
			{Path: "tags", Multi: true}, {Path: "phones.number", Multi: true}, {Path: "updatedAt"}, {Path: "rev", Kind: driver.Int},
		},
		Unique:  [][]string{{"email"}},
		Indexes: [][]driver.Key{{{Path: "name"}}},
		Words:   func(p *person) store.Words { return store.Words{Names: []string{p.Name}, Texts: p.Tags} },
	}
}

// all is a context in which everything may be seen.
func all() context.Context {
	return store.WithSight(context.Background(), store.Sight{All: true})
}

func openPeople(t *testing.T, change func(*store.Spec[person])) (*store.DB, *store.Collection[person]) {
	t.Helper()
	db := store.New(memory.New(), store.Options{})
	spec := personSpec()
	if change != nil {
		change(&spec)
	}
	people := store.Declare(db, spec)
	if err := db.Start(all(), nil); err != nil {
		t.Fatal(err)
	}
	return db, people
}

func wantCode(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got error %v, want code %q", err, code)
	}
}

func TestCollection(t *testing.T) {
	_, people := openPeople(t, nil)
	ctx := all()
	p := &person{Name: "Jörg Röder", Email: "j@example.org", Tags: []string{"Donor"}}
	if err := people.Create(ctx, p); err != nil {
		t.Fatal(err)
	}
	if p.ID == "" || p.Rev != 1 || p.CreatedAt == "" || p.UpdatedAt != p.CreatedAt {
		t.Fatalf("meta not set: %+v", p.Meta)
	}
	got, err := people.Update(ctx, p.ID, func(p *person) error { p.Tags = append(p.Tags, "mep"); return nil })
	if err != nil || got.Rev != 2 {
		t.Fatalf("update: %v %+v", err, got)
	}
	got, err = people.Update(ctx, p.ID, func(*person) error { return nil })
	if err != nil || got.Rev != 2 {
		t.Fatalf("update without a change: %v %+v", err, got)
	}
	_, err = people.UpdateAt(ctx, p.ID, 1, func(p *person) error { p.Name = "x"; return nil })
	wantCode(t, err, fault.Stale)
	wantCode(t, people.Create(ctx, &person{Name: "Other", Email: "j@example.org"}), fault.Duplicate)

	for i, want := range []store.Outcome{store.Unchanged, store.Updated, store.Created} {
		email := []string{"j@example.org", "j@example.org", "new@example.org"}[i]
		_, outcome, err := people.Upsert(ctx, filter.Eq{Field: "email", Value: email}, func(p *person, isNew bool) error {
			if p.Email = email; i > 0 {
				p.Name = "Upserted Röder"
			}
			return nil
		})
		if err != nil || outcome != want {
			t.Fatalf("upsert %d: %v %v", i, outcome, err)
		}
	}
	page, err := people.Page(ctx, store.Query{Text: "oder UPS"})
	if err != nil || page.Total != 2 || len(page.Items) != 2 || page.Items[0].Email != "new@example.org" {
		t.Fatalf("search: %+v %v", page, err)
	}
	if err := people.Delete(ctx, p.ID); err != nil {
		t.Fatal(err)
	}
	_, err = people.Get(ctx, p.ID)
	wantCode(t, err, fault.NotFound)
}
