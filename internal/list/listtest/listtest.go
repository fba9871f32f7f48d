// Package listtest holds the lists of nouns against each other: what a random filter finds on every engine has to be
// what filter.Match says of each record.
package listtest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"piper/internal/list"
	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// Case is one list, filled with the same records on several engines.
type Case struct {
	Fields     list.Fields
	Values     map[string][]any // by the name of a field: what conditions compare it with; a field without is left out
	DB         *store.DB        // one of them, for what the collection declares
	Collection string
	Docs       map[string]any                                  // every record, by a key of the test
	Find       map[string]func(where string) ([]string, error) // by engine: the keys that the list finds
}

// Check compares n random filters, and fails where they find next to nothing, as then they prove nothing.
func (c Case) Check(t *testing.T, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, uint64(len(c.Collection))))
	values := c.extracted(t)
	found := 0
	for range n {
		text, err := json.Marshal(c.tree(r, 3))
		if err != nil {
			t.Fatal(err)
		}
		where, err := c.Fields.Where(string(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var want []string
		for id, of := range values {
			if filter.Match(where, of) {
				want = append(want, id)
			}
		}
		slices.Sort(want)
		found += len(want)
		for engine, find := range c.Find {
			got, err := find(string(text))
			if err != nil {
				t.Fatalf("%s on %s: %v", text, engine, err)
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Fatalf("%s\nfinds %d on %s, and Match %d", text, len(got), engine, len(want))
			}
		}
	}
	if found < n {
		t.Fatalf("%d filters find %d records", n, found)
	}
}

// extracted gives the declared values of every record.
func (c Case) extracted(t *testing.T) map[string]func(string) []any {
	t.Helper()
	out := map[string]func(string) []any{}
	for _, declared := range c.DB.Declared() {
		if declared.Name != c.Collection {
			continue
		}
		fields := declared.Schema.Fields
		extract := driver.NewExtractor(fields)
		for id, one := range c.Docs {
			doc, err := json.Marshal(one)
			if err != nil {
				t.Fatal(err)
			}
			values, err := extract.Extract(doc)
			if err != nil {
				t.Fatal(err)
			}
			out[id] = func(path string) []any {
				i := slices.IndexFunc(fields, func(f driver.Field) bool { return f.Path == path })
				if i < 0 {
					t.Fatalf("%s does not declare %s", c.Collection, path)
				}
				return slices.Clone(values[i])
			}
		}
	}
	return out
}

// tree makes a filter that the list takes.
func (c Case) tree(r *rand.Rand, depth int) []any {
	if depth == 0 || r.IntN(3) == 0 {
		return c.leaf(r)
	}
	if r.IntN(4) == 0 {
		return []any{"not", c.tree(r, depth-1)}
	}
	group := []any{[]any{"and", "or"}[r.IntN(2)]}
	for range 1 + r.IntN(3) {
		group = append(group, c.tree(r, depth-1))
	}
	return group
}

func (c Case) leaf(r *rand.Rand) []any {
	for {
		f := c.Fields[r.IntN(len(c.Fields))]
		values := c.Values[f.Name]
		if len(values) == 0 {
			continue
		}
		op := f.Operators()[r.IntN(len(f.Operators()))]
		one := values[r.IntN(len(values))]
		switch op.Takes() {
		case "none":
			return []any{f.Name, op}
		case "many":
			return []any{f.Name, op, []any{one, values[r.IntN(len(values))]}}
		}
		return []any{f.Name, op, one}
	}
}
