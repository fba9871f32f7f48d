package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// shapes has side tables of every form: alone, with a sort, behind a scalar, and two multi fields.
var shapes = &driver.Schema{
	Name: "shapes",
	Fields: []driver.Field{
		{Path: "country"}, {Path: "name"}, {Path: "at", Kind: driver.Int}, {Path: "done", Kind: driver.Bool}, {Path: "key"},
		{Path: "tags", Multi: true}, {Path: "sight", Multi: true}, {Path: "plain", Multi: true, Kind: driver.Int},
	},
	Unique: [][]string{{"key"}},
	Indexes: [][]driver.Key{
		{{Path: "country"}, {Path: "name"}}, {{Path: "name"}}, {{Path: "at", Desc: true}},
		{{Path: "tags"}, {Path: "name"}}, {{Path: "tags"}, {Path: "at", Desc: true}},
		{{Path: "country"}, {Path: "tags"}, {Path: "at"}}, {{Path: "sight"}, {Path: "at", Desc: true}},
	},
	Searched: true,
}

// shaped fills an engine with documents whose values repeat often enough for every plan to be chosen.
func shaped(t *testing.T, n int) (*Engine, []driver.Doc) {
	e := open(t)
	t.Cleanup(func() { _ = e.Close() })
	if err := e.Ensure(t.Context(), []*driver.Schema{shapes}); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	var docs []driver.Doc
	for i := range n {
		fields := map[string]any{"tags": some(r, "t", 4), "sight": some(r, "s", 12), "plain": []int{r.IntN(3), r.IntN(3)}, "key": fmt.Sprint(i)}
		if r.IntN(5) > 0 {
			fields["country"] = fmt.Sprint("c", r.IntN(3))
		}
		if r.IntN(5) > 0 {
			fields["name"] = fmt.Sprint("n", r.IntN(30))
		}
		if r.IntN(5) > 0 {
			fields["at"] = r.IntN(40) - 20
		}
		if r.IntN(3) > 0 {
			fields["done"] = r.IntN(2) == 0
		}
		docs = append(docs, doc(shapes, fmt.Sprintf("%05d", r.IntN(1000)*100+i%100+i*100_000), fields, pick(r), pick(r)))
	}
	if err := e.Insert(t.Context(), shapes, docs); err != nil {
		t.Fatal(err)
	}
	return e, docs
}

func some(r *rand.Rand, prefix string, of int) []string {
	list := []string{}
	for range r.IntN(4) {
		list = append(list, fmt.Sprint(prefix, r.IntN(of)))
	}
	return list
}

func valuesOf(d *driver.Doc) func(string) []any {
	return func(path string) []any {
		if path == "id" {
			return []any{d.ID}
		}
		for i, f := range shapes.Fields {
			if f.Path == path {
				return d.Values[i]
			}
		}
		panic(path)
	}
}

// TestPlansAgreeWithMatch asks generated questions that lead through side tables and compares every
// answer, its order and its count with what Match says.
func TestPlansAgreeWithMatch(t *testing.T) {
	leads := map[string]int{}
	for _, n := range []int{1000, 1500} { // of which fewer, and more, have a field than are told by a list
		agree(t, n, leads)
	}
	for _, mark := range []string{" UNION ", "__fts\" f", "IN (SELECT s.n", "\" s CROSS"} {
		if leads[mark] < 10 {
			t.Errorf("only %d of the questions led through %q", leads[mark], mark)
		}
	}
}

func agree(t *testing.T, n int, leads map[string]int) {
	e, docs := shaped(t, n)
	r := rand.New(rand.NewPCG(5, 6))
	ctx := t.Context()
	for range 300 {
		q := driver.Query{Where: condition(r, 0), Limit: 1 + r.IntN(60)}
		if r.IntN(4) == 0 {
			q.Limit = n
		}
		if r.IntN(3) > 0 {
			q.Sort = sorts[r.IntN(len(sorts))]
		}
		if r.IntN(4) == 0 {
			q.Text = &driver.Text{Prefixes: []string{pick(r)[:2]}}
		}
		want := expected(docs, q)
		got, err := e.Find(ctx, shapes, q)
		if err != nil {
			t.Fatalf("%#v: %v", q, err)
		}
		plan, err := e.Explain(ctx, shapes, q)
		if err != nil {
			t.Fatal(err)
		}
		leads[strings.Fields(plan + " none")[0]]++
		for _, mark := range []string{" UNION ", "__fts\" f", "IN (SELECT s.n", "\" s CROSS"} {
			if strings.Contains(plan, mark) {
				leads[mark]++
			}
		}
		ids := idsOf(t, got)
		if !slices.Equal(ids, want[:min(len(want), q.Limit)]) {
			t.Fatalf("%#v %+v\n%s\ngot  %v\nwant %v", q.Where, q, plan, ids, want)
		}
		limit := 1 + r.IntN(2*n)
		count, err := e.Count(ctx, shapes, q, limit)
		if err != nil {
			t.Fatalf("%#v: %v", q, err)
		}
		if count != min(limit, len(want)) {
			t.Fatalf("%#v: counted %d of %d up to %d\n%s", q, count, len(want), limit, plan)
		}
	}
}

var sorts = [][]driver.Key{
	{{Path: "name"}, {Path: "id"}}, {{Path: "name", Desc: true}, {Path: "id"}}, {{Path: "at", Desc: true}, {Path: "id"}},
	{{Path: "at"}, {Path: "id", Desc: true}}, {{Path: "id"}}, {{Path: "country"}, {Path: "name"}, {Path: "id"}}, {{Path: "done"}, {Path: "at"}, {Path: "id"}},
}

func condition(r *rand.Rand, depth int) filter.Expr {
	has := func(field, prefix string, of int) filter.Expr {
		var values []any
		for range 1 + r.IntN(3)*r.IntN(5) {
			values = append(values, fmt.Sprint(prefix, r.IntN(of)))
		}
		return filter.Has{Field: field, Values: values}
	}
	switch r.IntN(11 - depth) {
	case 0, 1, 2:
		return has("tags", "t", 4)
	case 3:
		return has("sight", "s", 12)
	case 4:
		return filter.Eq{Field: "country", Value: fmt.Sprint("c", r.IntN(3))}
	case 5:
		return filter.Compare{Field: "at", Op: []filter.Op{filter.Lt, filter.Lte, filter.Gt, filter.Gte}[r.IntN(4)], Value: int64(r.IntN(40) - 20)}
	case 6:
		field := []string{"name", "at", "tags", "country"}[r.IntN(4)]
		if r.IntN(2) == 0 {
			return filter.Not{Expr: filter.Exists{Field: field}}
		}
		return filter.Exists{Field: field}
	case 7:
		return filter.Not{Expr: condition(r, depth)}
	case 8:
		return filter.Or{condition(r, depth), filter.Contains{Field: "name", Part: "1"}, filter.Has{Field: "plain", Values: []any{int64(2)}}}
	}
	return filter.And{condition(r, 3), condition(r, 3), condition(r, 4)}
}

// expected gives the ids of all that matches, in order.
func expected(docs []driver.Doc, q driver.Query) (ids []string) {
	type match struct {
		id  string
		get func(string) []any
	}
	var found []match
	for i := range docs {
		d := &docs[i]
		if !filter.Match(q.Where, valuesOf(d)) {
			continue
		}
		if q.Text != nil && !slices.ContainsFunc(strings.Fields(d.Tokens), func(s string) bool { return strings.HasPrefix(s, q.Text.Prefixes[0]) }) {
			continue
		}
		found = append(found, match{d.ID, valuesOf(d)})
	}
	if len(q.Sort) == 0 {
		slices.Reverse(found)
	}
	slices.SortStableFunc(found, func(a, b match) int {
		for _, k := range q.Sort {
			x, y := a.get(k.Path), b.get(k.Path)
			c := len(x) - len(y)
			if len(x) == 1 && len(y) == 1 {
				c, _ = filter.Order(x[0], y[0])
			}
			if k.Desc {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	for _, m := range found {
		ids = append(ids, m.id)
	}
	return ids
}

func idsOf(t *testing.T, docs [][]byte) (ids []string) {
	t.Helper()
	for _, d := range docs {
		var m struct{ ID string }
		if err := json.Unmarshal(d, &m); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, m.ID)
	}
	return ids
}

// TestListsReadNoMoreThanTheyShow looks at SQLite's plans of the shapes that collections declare.
func TestListsReadNoMoreThanTheyShow(t *testing.T) {
	e, _ := shaped(t, 3000)
	byName, byTime := []driver.Key{{Path: "name"}, {Path: "id"}}, []driver.Key{{Path: "at", Desc: true}, {Path: "id"}}
	tag := filter.Has{Field: "tags", Values: []any{"t1"}}
	after := filter.And{filter.Compare{Field: "name", Op: filter.Gte, Value: "n2"}, filter.Or{
		filter.Compare{Field: "name", Op: filter.Gt, Value: "n2"}, filter.And{filter.Eq{Field: "name", Value: "n2"}, filter.Compare{Field: "id", Op: filter.Gt, Value: "1"}}}}
	for name, q := range map[string]driver.Query{
		"all by name":             {Sort: byName},
		"all by name, next page":  {Where: after, Sort: byName},
		"newest first":            {Sort: byTime},
		"oldest first":            {Sort: []driver.Key{{Path: "at"}, {Path: "id"}}},
		"country by name":         {Where: filter.Eq{Field: "country", Value: "c1"}, Sort: byName},
		"country, next page":      {Where: filter.And{filter.Eq{Field: "country", Value: "c1"}, after}, Sort: byName},
		"tag by name":             {Where: tag, Sort: byName},
		"tag by name, next page":  {Where: filter.And{tag, after}, Sort: byName},
		"tag by time":             {Where: tag, Sort: byTime},
		"two tags by time":        {Where: filter.Has{Field: "tags", Values: []any{"t1", "t2"}}, Sort: byTime},
		"country and tag by time": {Where: filter.And{tag, filter.Eq{Field: "country", Value: "c1"}}, Sort: byTime},
		"seen, by time":           {Where: filter.Has{Field: "sight", Values: []any{"s1", "s2", "s3"}}, Sort: byTime},
		"tag, seen, by time":      {Where: filter.And{tag, filter.Has{Field: "sight", Values: []any{"s1", "s2", "s3"}}}, Sort: byTime},
		"natural key":             {Where: filter.Eq{Field: "key", Value: "7"}, Sort: []driver.Key{{Path: "id"}}},
		"search":                  {Text: &driver.Text{Prefixes: []string{"cl"}}},
		"search with a condition": {Text: &driver.Text{Prefixes: []string{"cl"}}, Where: tag},
	} {
		q.Limit = 50
		plan, err := e.Explain(context.Background(), shapes, q)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(plan) {
			if strings.HasPrefix(line, "SCAN") && !strings.Contains(line, "INDEX") || strings.Contains(line, "TEMP B-TREE FOR ORDER BY") {
				t.Errorf("%s: %s\n%s", name, line, plan)
			}
		}
	}
}

// TestNamedByIDAreLookedUp is about documents that a reader asks for by id: what the reader may see is
// looked up for each, never listed.
func TestNamedByIDAreLookedUp(t *testing.T) {
	e, docs := shaped(t, 3000)
	q := driver.Query{Sort: []driver.Key{{Path: "id"}}, Limit: 50, Where: filter.And{
		filter.In{Field: "id", Values: []any{docs[0].ID, docs[1].ID, docs[2].ID}},
		filter.Has{Field: "sight", Values: []any{"s1", "s2"}}}}
	plan, err := e.Explain(context.Background(), shapes, q)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plan, "SEARCH s ") || !strings.Contains(plan, "(id=?)") {
		t.Error(plan)
	}
}

// TestTheNarrowestLeads is about filters of several conditions on what is not in the trash, sorted by what no index of
// theirs has: the condition that finds least leads, and what is little is not looked for among everything.
func TestTheNarrowestLeads(t *testing.T) {
	drawer := &driver.Schema{
		Name:   "drawer",
		Fields: []driver.Field{{Path: "trashed"}, {Path: "country"}, {Path: "kind"}, {Path: "at", Kind: driver.Int}, {Path: "roles", Multi: true}, {Path: "tags", Multi: true}},
		Indexes: [][]driver.Key{{{Path: "trashed"}, {Path: "country"}}, {{Path: "trashed"}, {Path: "kind"}}, {{Path: "trashed"}, {Path: "at", Desc: true}},
			{{Path: "roles"}, {Path: "trashed"}}, {{Path: "tags"}, {Path: "trashed"}}},
	}
	e := open(t)
	t.Cleanup(func() { _ = e.Close() })
	if err := e.Ensure(t.Context(), []*driver.Schema{drawer}); err != nil {
		t.Fatal(err)
	}
	var docs []driver.Doc
	for i := range 6000 {
		docs = append(docs, doc(drawer, fmt.Sprintf("%05d", i), map[string]any{"country": fmt.Sprint("c", i%20), "kind": "person", "at": i,
			"roles": []string{fmt.Sprint("r", i%3)}, "tags": []string{fmt.Sprint("t", i%15)}}))
	}
	if err := e.Insert(t.Context(), drawer, docs); err != nil {
		t.Fatal(err)
	}
	kept := filter.Not{Expr: filter.Exists{Field: "trashed"}}
	country, kind := filter.Eq{Field: "country", Value: "c1"}, filter.Eq{Field: "kind", Value: "person"}
	role, tag := filter.Has{Field: "roles", Values: []any{"r1"}}, filter.Has{Field: "tags", Values: []any{"t1"}}
	for name, asked := range map[string]struct {
		where filter.And
		lead  string
	}{
		"300 of a country, 2000 in a role":  {filter.And{kept, country, role}, "SEARCH m USING INDEX drawer:trashed,country"},
		"6000 of a kind, 400 with a tag":    {filter.And{kept, kind, tag}, `SEARCH s USING PRIMARY KEY (f_tags=?`},
		"2000 in a role, 400 with a tag":    {filter.And{kept, role, tag}, `SEARCH s USING PRIMARY KEY (f_tags=?`},
		"300 of a country and nothing else": {filter.And{kept, country}, "SEARCH m USING INDEX drawer:trashed,country"},
	} {
		plan, err := e.Explain(t.Context(), drawer, driver.Query{Sort: []driver.Key{{Path: "at", Desc: true}, {Path: "id"}}, Limit: 51, Where: asked.where})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(plan, asked.lead) {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

// TestWalksPassOverTheTrash is about what is read page by page in no order that an index of what is not in the trash has: a
// page reads on from the last one.
func TestWalksPassOverTheTrash(t *testing.T) {
	drawer := &driver.Schema{
		Name:    "drawer",
		Fields:  []driver.Field{{Path: "trashed"}, {Path: "name"}},
		Indexes: [][]driver.Key{{{Path: "trashed"}, {Path: "name"}}},
	}
	e := open(t)
	t.Cleanup(func() { _ = e.Close() })
	ensure(t, e, drawer)
	var docs []driver.Doc
	for i := range 3000 {
		fields := map[string]any{"name": fmt.Sprint("n", i)}
		if i%2 == 0 {
			fields["trashed"] = fmt.Sprint("day ", i)
		}
		docs = append(docs, doc(drawer, fmt.Sprintf("%05d", i), fields))
	}
	if err := e.Insert(t.Context(), drawer, docs); err != nil {
		t.Fatal(err)
	}
	ensure(t, e, drawer) // with statistics of what is there
	kept := filter.Not{Expr: filter.Exists{Field: "trashed"}}
	for name, q := range map[string]driver.Query{
		"in no order":            {Where: kept},
		"in no order, next page": {Where: kept, Before: "02000"},
		"by id":                  {Where: kept, Sort: []driver.Key{{Path: "id"}}},
		"by id, next page":       {Where: filter.And{kept, filter.Compare{Field: "id", Op: filter.Gt, Value: "02000"}}, Sort: []driver.Key{{Path: "id"}}},
		"by name":                {Where: kept, Sort: []driver.Key{{Path: "name"}, {Path: "id"}}},
	} {
		q.Limit = 50
		plan, err := e.Explain(t.Context(), drawer, q)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}
