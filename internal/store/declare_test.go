package store_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
	"piper/internal/store/memory"
)

// panics gives what fn panics with, "" where it does not.
func panics(fn func()) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message = fmt.Sprint(r)
		}
	}()
	fn()
	return ""
}

type noMeta struct {
	ID string `json:"id"`
}

type namedMeta struct {
	store.Meta `json:"meta"`
}

type shadowed struct {
	store.Meta
	ID string `json:"id"`
}

func TestDeclareRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		declare func(db *store.DB)
		want    string
	}{
		"no meta":        {func(db *store.DB) { store.Declare(db, store.Spec[noMeta]{Name: "x"}) }, "does not embed"},
		"meta in object": {func(db *store.DB) { store.Declare(db, store.Spec[namedMeta]{Name: "x"}) }, "does not encode"},
		"shadowed id":    {func(db *store.DB) { store.Declare(db, store.Spec[shadowed]{Name: "x"}) }, "does not encode"},
		"name":           {wrongSpec(func(s *store.Spec[person]) { s.Name = "Big Names" }), "small letters"},
		"unknown field":  {wrongSpec(func(s *store.Spec[person]) { s.Fields[0].Path = "nome" }), `no JSON field "nome"`},
		"kind":           {wrongSpec(func(s *store.Spec[person]) { s.Fields[0].Kind = driver.Int }), "of type string"},
		"multi":          {wrongSpec(func(s *store.Spec[person]) { s.Fields[4].Multi = false }), "Multi must be true"},
		"not multi":      {wrongSpec(func(s *store.Spec[person]) { s.Fields[0].Multi = true }), "Multi must be false"},
		"object":         {wrongSpec(func(s *store.Spec[person]) { s.Fields[5].Path = "phones" }), "of type"},
		"twice":          {wrongSpec(func(s *store.Spec[person]) { s.Fields[1].Path = "name" }), "twice"},
		"unique":         {wrongSpec(func(s *store.Spec[person]) { s.Unique = [][]string{{"tags"}} }), "not a declared scalar"},
		"index":          {wrongSpec(func(s *store.Spec[person]) { s.Indexes = [][]driver.Key{{{Path: "sight"}}} }), "not a declared field"},
		"two multi":      {wrongSpec(func(s *store.Spec[person]) { s.Indexes = [][]driver.Key{{{Path: "tags"}, {Path: "phones.number"}}} }), "at most one"},
		"sight":          {wrongSpec(func(s *store.Spec[person]) { s.Sight = "name" }), "sight"},
		"pairs alone":    {wrongSpec(func(s *store.Spec[person]) { s.Sighted = "tags" }), "without a sight"},
		"pairs":          {wrongSpec(func(s *store.Spec[person]) { s.Sight, s.Sighted = "tags", "name" }), "sight"},
		"ref":            {wrongSpec(func(s *store.Spec[person]) { s.Refs = []store.Ref{{Field: "name", Collection: "x", OnMerge: "lose"}} }), "OnMerge"},
	} {
		db := store.New(memory.New(), store.Options{})
		if got := panics(func() { c.declare(db) }); !strings.Contains(got, c.want) {
			t.Errorf("%s: panics with %q, want %q in it", name, got, c.want)
		}
	}
	db, _ := openPeople(t, nil)
	if got := panics(func() { store.Declare(db, store.Spec[person]{Name: "late"}) }); !strings.Contains(got, "after Start") {
		t.Errorf("a late declaration: %q", got)
	}
}

func wrongSpec(change func(*store.Spec[person])) func(*store.DB) {
	return func(db *store.DB) {
		spec := personSpec()
		change(&spec)
		store.Declare(db, spec)
	}
}

// TestUndeclaredQueryPanics: in tests a question that no index was declared for is loud.
func TestUndeclaredQueryPanics(t *testing.T) {
	_, people := openPeople(t, nil)
	for name, q := range map[string]store.Query{
		"field":       {Where: filter.Eq{Field: "private", Value: "x"}},
		"deep":        {Where: filter.And{filter.Not{Expr: filter.Or{filter.Exists{Field: "private"}}}}},
		"kind":        {Where: filter.Eq{Field: "age", Value: "1"}},
		"float":       {Where: filter.Eq{Field: "age", Value: 1.5}},
		"nil":         {Where: filter.Eq{Field: "name", Value: nil}},
		"eq on multi": {Where: filter.Eq{Field: "tags", Value: "x"}},
		"has on one":  {Where: filter.Has{Field: "name"}},
		"in, one bad": {Where: filter.In{Field: "name", Values: []any{"a", 1}}},
		"contains":    {Where: filter.Contains{Field: "tags", Part: "a"}},
		"comparison":  {Where: filter.Compare{Field: "name", Op: "!=", Value: "x"}},
		"sort":        {Sort: []driver.Key{{Path: "private"}}},
		"multi sort":  {Sort: []driver.Key{{Path: "tags"}}},
	} {
		if panics(func() { _, _ = people.Page(all(), q) }) == "" {
			t.Errorf("%s: no panic", name)
		}
	}
}

// TestValuesOfNamedTypes: a noun asks with its own string types and plain ints.
func TestValuesOfNamedTypes(t *testing.T) {
	_, people := openPeople(t, nil)
	p := &person{Name: "2026-11-21T22:57:00Z", Age: new(int64)}
	if err := people.Create(all(), p); err != nil {
		t.Fatal(err)
	}
	n, err := people.Count(all(), filter.And{filter.Eq{Field: "name", Value: store.Instant(p.Name)}, filter.In{Field: "age", Values: []any{0, int32(7)}}})
	if err != nil || n != 1 {
		t.Fatalf("found %d, %v", n, err)
	}
}

func TestPageShape(t *testing.T) {
	_, people := openPeople(t, nil)
	page, err := people.Page(all(), store.Query{})
	b, _ := json.Marshal(page)
	if err != nil || string(b) != `{"items":[],"total":0}` {
		t.Fatalf("an empty page is %s, %v", b, err)
	}
	p := &person{Name: "<a&b>"}
	if err := people.Create(all(), p); err != nil {
		t.Fatal(err)
	}
	raw, err := people.PageRaw(all(), store.Query{})
	stored, _ := people.GetRaw(all(), p.ID)
	if err != nil || len(raw.Items) != 1 || string(raw.Items[0]) != string(stored) || !strings.Contains(string(stored), `"<a&b>"`) {
		t.Fatalf("raw page %s, %v", raw.Items, err)
	}
	for limit, want := range map[int]int{-1: 50, 0: 50, 3: 3, 9999: 500} {
		var list []*person
		for range 600 / 4 {
			list = append(list, &person{})
		}
		if err := people.CreateMany(all(), list); err != nil {
			t.Fatal(err)
		}
		if page, err = people.Page(all(), store.Query{Limit: limit}); err != nil || len(page.Items) != min(want, page.Total) {
			t.Errorf("limit %d gives %d, %v", limit, len(page.Items), err)
		}
	}
}

// TestRefusedValues: an open type in a declared field is checked when it is written.
func TestRefusedValues(t *testing.T) {
	type open struct {
		store.Meta
		Value any            `json:"value"`
		Extra map[string]any `json:"extra,omitempty"`
	}
	db := store.New(memory.New(), store.Options{})
	c := store.Declare(db, store.Spec[open]{Name: "open", Fields: []driver.Field{{Path: "value"}}})
	if err := db.Start(all(), nil); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []any{1, true, []string{"x"}, map[string]any{}} {
		o := &open{Value: bad}
		wantCode(t, c.Create(all(), o), "invalid")
		if o.ID != "" || o.Rev != 0 {
			t.Errorf("a refused document has meta %+v", o.Meta)
		}
	}
	for _, good := range []any{nil, "x", json.RawMessage(`"\u0000` + "\xff" + `"`)} {
		if err := c.Create(all(), &open{Value: good}); err != nil {
			t.Errorf("%v: %v", good, err)
		}
	}
	wantCode(t, c.Create(all(), &open{Extra: map[string]any{"a.b": 1}}), "invalid")
}
