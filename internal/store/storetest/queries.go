package storetest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"piper/internal/store"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// generatedQueries compares Find and Count with filter.Match over documents made to be hard, before and
// after some of them were replaced and deleted.
func (s suite) generatedQueries(t *testing.T) {
	_, things := s.things(t, func(spec *store.Spec[thing]) { spec.Unique = nil })
	ctx := everyone()
	g := generator{rnd: rand.New(rand.NewSource(1))}
	docs, queries := 300, 2000
	if s.caps.Quick {
		docs, queries = 60, 60
	}
	var list []*thing
	for range docs {
		list = append(list, g.thing())
	}
	must(t, things.CreateMany(ctx, list))
	g.compare(t, things, list, queries)

	for i, x := range list {
		switch i % 3 {
		case 0:
			id, fresh := x.Meta, g.thing()
			*x = *fresh
			x.Meta = id
			must(t, things.ReplaceMany(ctx, []*thing{x}))
		case 1:
			must(t, things.Delete(ctx, x.ID))
			list[i] = nil
		}
	}
	list = slices.DeleteFunc(list, func(x *thing) bool { return x == nil })
	g.compare(t, things, list, queries/2)
}

// generator makes documents and questions about them from one seed.
type generator struct{ rnd *rand.Rand }

var hardNumbers = []int64{0, 1, -1, 2, 7, 1 << 31, -1 << 31, 1<<53 - 1, 1 << 53, 1<<53 + 1, -(1<<53 + 1), math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1}

// text is mostly one of the hard ones, short of those that only take time.
func (g generator) text() string {
	s := hostileTexts[g.rnd.Intn(len(hostileTexts))]
	if g.rnd.Intn(3) == 0 {
		s = hostileTexts[g.rnd.Intn(20)]
	}
	if len(s) > 1000 && g.rnd.Intn(30) > 0 {
		s = s[:2]
	}
	return s
}

func (g generator) number() int64 { return hardNumbers[g.rnd.Intn(len(hardNumbers))] }

func (g generator) texts(n int) []string {
	list := []string{}
	for range g.rnd.Intn(n) {
		list = append(list, g.text())
	}
	return list
}

func (g generator) thing() *thing {
	x := &thing{Name: g.text(), Key: g.text(), Tags: g.texts(4)}
	if g.rnd.Intn(3) > 0 {
		x.Place = ptr(g.text()) // may be "" and is stored then
	}
	if g.rnd.Intn(4) > 0 {
		x.Count = ptr(g.number())
	}
	if g.rnd.Intn(3) > 0 {
		x.Done = ptr(g.rnd.Intn(2) == 0)
	}
	if g.rnd.Intn(8) == 0 {
		x.Tags = nil // null
	}
	for range g.rnd.Intn(3) {
		x.Numbers = append(x.Numbers, g.number())
		x.Lines = append(x.Lines, line{Code: g.text(), Marks: g.texts(3)})
	}
	if g.rnd.Intn(2) == 0 {
		x.Detail = &detail{Colour: g.text(), Level: g.number()}
	}
	return x
}

// value is one that the field may hold in some document.
func (g generator) value(f driver.Field) any {
	switch f.Kind {
	case driver.Int:
		return g.number()
	case driver.Bool:
		return g.rnd.Intn(2) == 0
	default:
		return g.text()
	}
}

func (g generator) values(f driver.Field) []any {
	list := []any{}
	for range g.rnd.Intn(4) {
		list = append(list, g.value(f))
	}
	return list
}

func (g generator) expr(depth int) filter.Expr {
	if depth > 0 && g.rnd.Intn(2) == 0 {
		parts := []filter.Expr{}
		for range g.rnd.Intn(4) {
			parts = append(parts, g.expr(depth-1))
		}
		switch g.rnd.Intn(3) {
		case 0:
			return filter.And(parts)
		case 1:
			return filter.Or(parts)
		default:
			return filter.Not{Expr: g.expr(depth - 1)}
		}
	}
	f := fields[g.rnd.Intn(len(fields))]
	if g.rnd.Intn(12) == 0 {
		f = driver.Field{Path: "id"}
	}
	if g.rnd.Intn(6) == 0 {
		return filter.Exists{Field: f.Path}
	}
	if f.Multi {
		return filter.Has{Field: f.Path, Values: g.values(f)}
	}
	switch n := g.rnd.Intn(4); {
	case n == 0:
		return filter.Eq{Field: f.Path, Value: g.value(f)}
	case n == 1:
		return filter.In{Field: f.Path, Values: g.values(f)}
	case n == 2 && f.Kind == driver.String:
		part := []rune(g.text())
		from := g.rnd.Intn(len(part) + 1)
		return filter.Contains{Field: f.Path, Part: string(part[from:min(len(part), from+g.rnd.Intn(4))])}
	default:
		op := []filter.Op{filter.Lt, filter.Lte, filter.Gt, filter.Gte}[g.rnd.Intn(4)]
		return filter.Compare{Field: f.Path, Op: op, Value: g.value(f)}
	}
}

func (g generator) sort() (keys []driver.Key) {
	for range g.rnd.Intn(3) {
		if f := fields[g.rnd.Intn(len(fields))]; !f.Multi {
			keys = append(keys, driver.Key{Path: f.Path, Desc: g.rnd.Intn(2) == 0})
		}
	}
	return keys
}

func (g generator) compare(t *testing.T, things *store.Collection[thing], list []*thing, queries int) {
	t.Helper()
	ctx := everyone()
	values := make(map[string]map[string][]any, len(list))
	for _, x := range list {
		values[x.ID] = declaredValues(t, x)
	}
	for i := range queries {
		where, sort := g.expr(3), g.sort()
		if i == 0 {
			where = nil
		}
		var want []string
		for id, v := range values {
			if filter.Match(where, func(field string) []any { return v[field] }) {
				want = append(want, id)
			}
		}
		slices.SortFunc(want, func(a, b string) int { return compareValues(values[a], values[b], sort) })
		n, err := things.Count(ctx, where)
		must(t, err)
		if n != len(want) {
			t.Fatalf("query %d counts %d, want %d\n%s", i, n, len(want), short(where))
		}
		limit := 1 + g.rnd.Intn(20)
		if i%4 == 0 {
			limit = 0 // all
		} else {
			want = want[:min(limit, len(want))]
		}
		found, err := things.Find(ctx, where, sort, limit)
		must(t, err)
		if got := idsOf(found); !slices.Equal(got, want) {
			t.Fatalf("query %d sorted by %v, limit %d, gives\n%v, want\n%v\n%s", i, sort, limit, got, want, short(where))
		}
	}
}

func short(where filter.Expr) string {
	s := fmt.Sprintf("%#v", where)
	return strings.ReplaceAll(s[:min(len(s), 3000)], "filter.", "")
}

func compareValues(a, b map[string][]any, sort []driver.Key) int {
	for _, k := range sort {
		c := len(a[k.Path]) - len(b[k.Path])
		if len(a[k.Path]) == 1 && len(b[k.Path]) == 1 {
			c, _ = filter.Order(a[k.Path][0], b[k.Path][0])
		}
		if k.Desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(a["id"][0].(string), b["id"][0].(string))
}

// declaredValues takes the values of the declared fields out of a document by way of encoding/json's
// own decoder, so that the walk over bytes in package driver is checked, too.
func declaredValues(t *testing.T, x *thing) map[string][]any {
	t.Helper()
	b, err := json.Marshal(x)
	must(t, err)
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.UseNumber()
	var doc any
	must(t, dec.Decode(&doc))
	values := map[string][]any{"id": {x.ID}}
	for _, f := range fields {
		values[f.Path] = walk(t, doc, strings.Split(f.Path, "."))
	}
	return values
}

func walk(t *testing.T, v any, path []string) (values []any) {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		for _, e := range v {
			values = append(values, walk(t, e, path)...)
		}
		return values
	case map[string]any:
		return walk(t, v[path[0]], path[1:])
	case json.Number:
		n, err := v.Int64()
		must(t, err)
		return []any{n}
	}
	return []any{v}
}
